//! Open files: each connection is one, and the system bounds them.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the database, the listeners and pages laid ready in files need besides
/// connections.
const BESIDES: u64 = 4096;

/// Takes as many descriptors as the system allows this process; most start it
/// with fewer.
pub(super) fn raise() {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Where that is refused, there are as many as before.
    let _ = setrlimit(Resource::Nofile, most);
}

/// What to say where there are too few for `connections`.
pub(super) fn advice(connections: usize) -> Option<String> {
    advise(getrlimit(Resource::Nofile).current, connections)
}

/// `allowed` is `None` where there is no bound.
fn advise(allowed: Option<u64>, connections: usize) -> Option<String> {
    let needed = (connections as u64).saturating_add(BESIDES);
    let allowed = allowed.filter(|&allowed| allowed < needed)?;
    Some(format!(
        "[server] connections is {connections}, but the system lets this process open only \
         {allowed} files, and each connection is one: beyond that readers have to wait. Raise the \
         limit to {needed} (LimitNOFILE in systemd, ulimit -Hn in a shell), or lower connections"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_given_where_there_are_too_few() {
        assert_eq!(advise(None, 1_000_000), None);
        assert_eq!(advise(Some(14_096), 10_000), None);
        let said = advise(Some(4096), 10_000).expect("advice");
        assert!(said.contains("4096") && said.contains("14096"), "{said}");
        assert!(advise(Some(u64::MAX), usize::MAX).is_none_or(|said| !said.is_empty()));
    }

    #[test]
    fn the_limit_is_raised_to_what_is_allowed() {
        raise();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
    }
}
