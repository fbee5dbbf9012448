//! Mail addresses: as somebody wrote them, and what makes them one person's.

use std::fmt;

use thiserror::Error;

/// The longest address (RFC 5321, 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// The longest part before the `@` (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// A mail address that mail can be sent to as it stands.
///
/// Two are the same person's where they differ in the case of letters only, though
/// the standard lets that matter, since nobody tells two people apart by it. Dots
/// and what follows a `+` do matter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MailAddress(String);

/// Why a text is no mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAnAddress {
    /// No `@`, or nothing on one side of it.
    #[error("a mail address has a name, an @ and a domain, such as anna@example.com")]
    Incomplete,
    /// Too long.
    #[error(
        "a mail address has at most {LONGEST} characters, {LONGEST_LOCAL} of them before the @"
    )]
    TooLong,
    /// Something that can't be in one.
    #[error("a mail address has no spaces, quotes, brackets, commas or control characters")]
    Forbidden,
    /// The domain isn't one.
    #[error("what is behind the @ is no domain; it is written like example.com")]
    Domain,
}

impl MailAddress {
    /// Reads what somebody typed; spaces around it don't matter.
    pub fn new(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress::Incomplete)?;
        // What is kept is what is looked at: small letters may be more
        // characters than the large ones were, and others.
        let domain = domain.to_lowercase();
        let text = format!("{local}@{domain}");
        if local.is_empty() || domain.is_empty() {
            return Err(NotAnAddress::Incomplete);
        }
        if text.len() > LONGEST || local.len() > LONGEST_LOCAL {
            return Err(NotAnAddress::TooLong);
        }
        // What could become a second address, a header or a comment.
        let forbidden =
            |c: char| c.is_control() || c.is_whitespace() || "\"(),:;<>@[\\]".contains(c);
        if local.contains(forbidden) || is_invisible(&text) {
            return Err(NotAnAddress::Forbidden);
        }
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(NotAnAddress::Forbidden);
        }
        if !is_domain(&domain) {
            return Err(NotAnAddress::Domain);
        }
        Ok(Self(text))
    }

    /// The address to send mail to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it one person's.
    pub(crate) fn key(&self) -> String {
        // A sigma has two small letters, by whether it ends a word.
        self.0.to_lowercase().replace('ς', "σ")
    }

    /// What is behind the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Characters that nobody sees, with which an address could pass for another.
fn is_invisible(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
    })
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        let inside = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !label.is_empty()
            && label.len() <= 63
            && inside
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not for logs.
impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_persons_however_their_letters_are_written() {
        let check = |one: &str, other: &str, same: bool| {
            let key = |text| MailAddress::new(text).expect("an address").key();
            assert_eq!(key(one) == key(other), same, "{one} {other}");
        };
        check("Anna@Example.com", "anna@example.COM", true);
        check(" anna@example.com\n", "anna@example.com", true);
        check("ÄNNE@example.com", "änne@example.com", true);
        check("ΝΙΚΟΣ@example.com", "νικοσ@example.com", true);
        check("ΝΙΚΟΣ@example.com", "νικος@example.com", true);
        check("an.na@example.com", "anna@example.com", false);
        check("anna+news@example.com", "anna@example.com", false);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        use NotAnAddress::*;
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(130));
        let rows = [
            ("", Incomplete),
            ("anna", Incomplete),
            ("@example.com", Incomplete),
            ("anna@", Incomplete),
            (long.as_str(), TooLong),
            (longer.as_str(), TooLong),
            ("anna@b@example.com", Forbidden),
            ("anna b@example.com", Forbidden),
            ("anna\r\nBcc:all@example.com", Forbidden),
            ("<anna>@example.com", Forbidden),
            ("\"anna\"@example.com", Forbidden),
            ("anna,bert@example.com", Forbidden),
            ("an\u{200b}na@example.com", Forbidden),
            (".anna@example.com", Forbidden),
            ("an..na@example.com", Forbidden),
            ("anna@localhost", Domain),
            ("anna@-example.com", Domain),
            ("anna@example..com", Domain),
            ("anna@[127.0.0.1]", Domain),
            ("anna@exa_mple.com", Domain),
        ];
        for (text, expected) in rows {
            assert_eq!(MailAddress::new(text), Err(expected), "{text:?}");
        }
        assert!(MailAddress::new("o'brien@example.com").is_ok());
    }

    #[test]
    fn what_is_kept_is_an_address_too() {
        // The small letter of this one is two characters, of which one is none.
        assert_eq!(MailAddress::new("a@\u{130}.com"), Err(NotAnAddress::Domain));
        let large = ('\0'..=char::MAX).filter(|c| !c.to_lowercase().eq([*c]));
        for c in large {
            for text in [format!("a{c}b@example.com"), format!("a@b{c}.com")] {
                let Ok(address) = MailAddress::new(&text) else {
                    continue;
                };
                let again = MailAddress::new(address.as_str());
                assert_eq!(again.as_ref(), Ok(&address), "{text:?}");
                assert_eq!(again.map(|it| it.key()), Ok(address.key()), "{text:?}");
            }
        }
    }

    #[test]
    fn an_address_isnt_shown_by_accident() {
        let address = MailAddress::new("anna@example.com").expect("an address");
        assert_eq!(format!("{address:?}"), "MailAddress");
    }
}
