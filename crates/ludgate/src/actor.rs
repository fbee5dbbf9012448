//! Who uses the command line.

use clap::Args;

use crate::world;

/// Why something is done, and by whom. Both are kept.
#[derive(Debug, Args)]
pub(crate) struct Reason {
    /// Why; it is kept with what is done
    #[arg(long, value_name = "WHY", value_parser = said)]
    pub(crate) reason: String,
    /// Who does it; who is logged in is kept too
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
}

/// Words, and not none.
pub(crate) fn said(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("say it in a few words");
    }
    Ok(text.to_owned())
}

/// Where the system says which numbers are whom.
const USERS: &str = "/etc/passwd";

/// The longest name that is kept, in characters.
const LONGEST: usize = 64;

/// Who does what is asked for: whose login this is, and, apart from that, who they
/// say that they are. With `sudo -u ludgate` that is who has called it and not the
/// server's user.
pub(crate) fn actor(named: Option<&str>) -> String {
    let caller = world::environment("SUDO_USER").filter(|name| !name.is_empty());
    told(&caller.unwrap_or_else(login), named)
}

/// `cli:anna`, or `cli:mallory as anna`.
fn told(login: &str, named: Option<&str>) -> String {
    let short = |name: &str| -> String { name.chars().take(LONGEST).collect() };
    let login = short(login);
    match named.map(short).filter(|named| *named != login) {
        Some(named) => format!("cli:{login} as {named}"),
        None => format!("cli:{login}"),
    }
}

fn login() -> String {
    let number = rustix::process::getuid().as_raw();
    let users = std::fs::read_to_string(USERS).unwrap_or_default();
    name_of(&users, number).unwrap_or_else(|| format!("user {number}"))
}

/// `anna:x:1000:…`
fn name_of(users: &str, number: u32) -> Option<String> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let theirs: u32 = fields.nth(1)?.parse().ok()?;
        (theirs == number).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_who_is_logged_in_whoever_they_say_they_are() {
        assert_eq!(told("anna", None), "cli:anna");
        assert_eq!(told("anna", Some("anna")), "cli:anna");
        assert_eq!(told("mallory", Some("anna")), "cli:mallory as anna");
        let long = "a".repeat(100);
        assert_eq!(told(&long, None).len(), "cli:".len() + LONGEST);
        assert!(actor(None).len() > "cli:".len());
        assert!(actor(Some("anna b")).ends_with(" as anna b"));
        let users = "root:x:0:0:root:/home:/bin/sh\nbroken\nanna:x:1000:1000::/home/anna:/bin/sh\n";
        assert_eq!(name_of(users, 1000).as_deref(), Some("anna"));
        assert_eq!(name_of(users, 7), None);
    }
}
