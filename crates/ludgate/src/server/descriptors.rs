//! Open files: each connection is one, and the system bounds them.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the database, the listeners and pages laid ready in files need besides
/// connections.
const BESIDES: u64 = 1024;

/// Takes as many descriptors as the system allows this process; most start it
/// with fewer. Says so where that is too few for `connections`.
pub(super) fn allow(connections: usize) -> Option<String> {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let allowed = match setrlimit(Resource::Nofile, most) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    advice(allowed, connections)
}

/// `allowed` is `None` where there is no bound.
fn advice(allowed: Option<u64>, connections: usize) -> Option<String> {
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
        assert_eq!(advice(None, 1_000_000), None);
        assert_eq!(advice(Some(11_024), 10_000), None);
        let said = advice(Some(4096), 10_000).expect("advice");
        assert!(said.contains("4096") && said.contains("11024"), "{said}");
        assert!(advice(Some(u64::MAX), usize::MAX).is_none_or(|said| !said.is_empty()));
    }

    #[test]
    fn the_limit_is_raised_to_what_is_allowed() {
        allow(1);
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
    }
}
