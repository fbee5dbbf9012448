//! Who uses the command line.

use clap::Args;

use crate::world;

/// Why something is done, and by whom. Both are kept.
#[derive(Debug, Args)]
pub(crate) struct Reason {
    /// Why; it is kept with what is done
    #[arg(long, value_name = "WHY", value_parser = said)]
    pub(crate) reason: String,
    /// Who does it [default: who is logged in]
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

/// Who does what is asked for: who was named, or else whose login this is. With
/// `sudo -u ludgate` that is who has called it and not the server's user.
pub(crate) fn actor(named: Option<&str>) -> String {
    let name = match named {
        Some(name) => name.to_owned(),
        None => world::environment("SUDO_USER")
            .filter(|name| !name.is_empty())
            .unwrap_or_else(login),
    };
    let name: String = name.chars().take(LONGEST).collect();
    format!("cli:{name}")
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
    fn somebody_is_who_they_say_or_who_is_logged_in() {
        assert_eq!(actor(Some("anna")), "cli:anna");
        assert_eq!(actor(Some(&"a".repeat(100))).len(), "cli:".len() + LONGEST);
        assert!(actor(None).len() > "cli:".len());
        let users = "root:x:0:0:root:/home:/bin/sh\nbroken\nanna:x:1000:1000::/home/anna:/bin/sh\n";
        assert_eq!(name_of(users, 1000).as_deref(), Some("anna"));
        assert_eq!(name_of(users, 7), None);
    }
}
