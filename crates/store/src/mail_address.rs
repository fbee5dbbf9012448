//! Mail addresses: as somebody wrote them, and what makes them one person's.

use std::fmt;

use idna::AsciiDenyList;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::TokenHash;

/// The longest address (RFC 5321, 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// The longest part before the `@` (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// The longest text that is looked at, in bytes: four for each character of an
/// address in other letters than a-z.
const LONGEST_TYPED: usize = 4 * LONGEST;

/// A mail address that mail can be sent to as it stands: what is before the `@`
/// is ASCII, as not every server takes more, and the domain is as the DNS has
/// it. Whatever is one, the mailer takes.
///
/// Two are the same person's where they differ in the case of letters only, though
/// the standard lets that matter, since nobody tells two people apart by it. Dots
/// and what follows a `+` do matter.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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
    /// Something that can't be in one, or that not every server takes.
    #[error(
        "before the @ a mail address has letters a-z, digits and single dots, and no spaces, \
         quotes, brackets or commas"
    )]
    Forbidden,
    /// The domain isn't one.
    #[error("what is behind the @ is no domain; it is written like example.com")]
    Domain,
}

impl MailAddress {
    /// Reads what somebody typed; spaces around it don't matter.
    pub fn new(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        if text.len() > LONGEST_TYPED {
            return Err(NotAnAddress::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress::Incomplete)?;
        if local.is_empty() || domain.is_empty() {
            return Err(NotAnAddress::Incomplete);
        }
        if local.len() > LONGEST_LOCAL {
            return Err(NotAnAddress::TooLong);
        }
        if !local.bytes().all(is_plain) {
            return Err(NotAnAddress::Forbidden);
        }
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(NotAnAddress::Forbidden);
        }
        // However it is spelled, one domain is one.
        let domain = idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::STD3);
        let domain = domain.map_err(|_| NotAnAddress::Domain)?;
        let text = format!("{local}@{domain}");
        if text.len() > LONGEST {
            return Err(NotAnAddress::TooLong);
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
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// By what mail that was kept is known to be theirs, once nobody is to know
    /// the address any more.
    pub fn trace(&self) -> TokenHash {
        TokenHash::of(self.key().as_bytes())
    }

    /// What is behind the `@`, as the DNS has it: in lower case and punycode.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl TryFrom<String> for MailAddress {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::new(&text)
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

/// What an atom is made of (RFC 5322, 3.2.3), and dots: nothing that could become
/// a second address, a header or a comment.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    // A number at the end would be an address of another kind.
    let top = domain.rsplit('.').next().unwrap_or_default();
    let is_named = top.bytes().any(|byte| byte.is_ascii_alphabetic());
    domain.len() <= 253 && domain.contains('.') && is_named && domain.split('.').all(label)
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
        check("anna@ｅxample.com", "anna@example.com", true);
        check("anna@BÜCHER.example", "anna@xn--bcher-kva.example", true);
        check("anna@ΝΙΚΟΣ.example", "anna@νικοσ.example", true);
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
            ("jörg@example.com", Forbidden),
            ("\u{212a}arl@example.com", Forbidden),
            (".anna@example.com", Forbidden),
            ("an..na@example.com", Forbidden),
            ("anna@localhost", Domain),
            ("anna@-example.com", Domain),
            ("anna@example..com", Domain),
            ("anna@[127.0.0.1]", Domain),
            ("anna@exa_mple.com", Domain),
            ("anna@127.0.0.1", Domain),
            ("anna@xn--a.com", Domain),
        ];
        for (text, expected) in rows {
            assert_eq!(MailAddress::new(text), Err(expected), "{text:?}");
        }
        assert!(MailAddress::new("o'brien@example.com").is_ok());
    }

    #[test]
    fn what_is_kept_is_an_address_too() {
        let large = ('\0'..=char::MAX).filter(|c| !c.to_lowercase().eq([*c]));
        for c in large {
            let text = format!("a@b{c}.com");
            let Ok(address) = MailAddress::new(&text) else {
                continue;
            };
            let again = MailAddress::new(address.as_str());
            assert_eq!(again.as_ref(), Ok(&address), "{text:?}");
            assert_eq!(again.map(|it| it.key()), Ok(address.key()), "{text:?}");
        }
    }

    #[test]
    fn an_address_isnt_shown_by_accident() {
        let address = MailAddress::new("anna@example.com").expect("an address");
        assert_eq!(format!("{address:?}"), "MailAddress");
    }
}
