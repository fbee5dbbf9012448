//! Addresses that mail can be sent to, and nothing else.

use std::fmt;
use std::str::FromStr;

use idna::AsciiDenyList;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest address, in bytes: RFC 5321's path of 256 less its brackets.
const LONGEST: usize = 254;

/// The longest part before the @ (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// An address as mail servers take it: ASCII, the domain in small letters and
/// punycode. What is before the @ stays as it was written, since only its
/// server knows whether case matters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    text: String,
    /// Where the @ is.
    at: usize,
}

/// Why a text is no address that mail can be sent to. For the person who has
/// written it; it isn't repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadAddress {
    /// There is no @, or nothing on one side of it.
    #[error("an e-mail address is written name@example.com")]
    Shape,
    /// Too long.
    #[error("this address is longer than mail servers allow")]
    TooLong,
    /// Spaces, line breaks and the like.
    #[error("an e-mail address has no spaces or line breaks in it")]
    Space,
    /// Quotes or brackets: legal, and hardly ever meant.
    #[error("write the address without quotes, brackets or a name: name@example.com")]
    Quoted,
    /// Letters before the @ that many servers can't take.
    #[error(
        "the part before the @ has letters that not every mail server can take; use an address \
         with a-z and 0-9 there"
    )]
    Local,
    /// Points where none may be.
    #[error("the part before the @ neither begins nor ends with a point, nor has two in a row")]
    Points,
    /// The domain can't be one.
    #[error("the part after the @ is no domain; is it spelled right?")]
    Domain,
}

impl Address {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part after the @.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    /// Reads what somebody has typed; spaces around it don't count.
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim_matches(' ');
        if text.len() > 4 * LONGEST {
            return Err(BadAddress::TooLong);
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(BadAddress::Space);
        }
        if text.contains(['"', '<', '>', '(', ')', '[', ']', ',', ';', ':', '\\']) {
            return Err(BadAddress::Quoted);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(BadAddress::Shape)?;
        if local.is_empty() || domain.is_empty() || local.contains('@') {
            return Err(BadAddress::Shape);
        }
        check_local(local)?;
        let domain = ascii(domain)?;
        let text = format!("{local}@{domain}");
        if text.len() > LONGEST {
            return Err(BadAddress::TooLong);
        }
        let at = local.len();
        Ok(Self { text, at })
    }
}

fn check_local(local: &str) -> Result<(), BadAddress> {
    if local.len() > LONGEST_LOCAL {
        return Err(BadAddress::TooLong);
    }
    // RFC 5322's atoms.
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&c);
    if !local.bytes().all(plain) {
        return Err(BadAddress::Local);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(BadAddress::Points);
    }
    Ok(())
}

/// A domain as the DNS knows it.
fn ascii(domain: &str) -> Result<String, BadAddress> {
    let bad = |_| BadAddress::Domain;
    let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::STD3).map_err(bad)?;
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let mut labels = ascii.split('.');
    let top = ascii.rsplit('.').next().unwrap_or_default();
    // A number at the end would be an address of another kind.
    let is_named = top.bytes().any(|c| c.is_ascii_alphabetic());
    let is_public = ascii.contains('.') || ascii == "localhost";
    if ascii.len() > 253 || !is_public || !is_named || !labels.all(is_label) {
        return Err(BadAddress::Domain);
    }
    Ok(ascii.into_owned())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// In logs of everything, a reader is a letter and a domain.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.text.get(..1).unwrap_or_default();
        write!(f, "{first}…@{}", self.domain())
    }
}

impl TryFrom<String> for Address {
    type Error = BadAddress;

    fn try_from(text: String) -> Result<Self, BadAddress> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_every_server_takes() {
        let long = format!("{}@example.com", "a".repeat(64));
        for (typed, expected) in [
            ("reader@example.com", "reader@example.com"),
            (" reader@example.com ", "reader@example.com"),
            (
                "Reader.Name+news@Example.COM",
                "Reader.Name+news@example.com",
            ),
            ("o'brien@example.co.uk", "o'brien@example.co.uk"),
            ("reader@bücher.example", "reader@xn--bcher-kva.example"),
            ("reader@例え.テスト", "reader@xn--r8jz45g.xn--zckzah"),
            (
                "reader@xn--bcher-kva.example",
                "reader@xn--bcher-kva.example",
            ),
            ("reader@localhost", "reader@localhost"),
            (&long, &long),
        ] {
            let read: Result<Address, _> = typed.parse();
            let read = read.map(|address| address.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn an_address_from_hell_is_refused_and_told_why() {
        let local = format!("{}@example.com", "a".repeat(65));
        let domain = format!("a@{}.com", "a".repeat(64));
        let domains = format!("a@{}com", "abcdefgh.".repeat(30));
        let huge = "a".repeat(1_000_000);
        for (typed, expected) in [
            ("", BadAddress::Shape),
            ("reader", BadAddress::Shape),
            ("@example.com", BadAddress::Shape),
            ("reader@", BadAddress::Shape),
            ("a@b@example.com", BadAddress::Shape),
            ("a@example.com\r\nBcc: b@example.com", BadAddress::Space),
            ("a@example.com\nRCPT TO:x", BadAddress::Space),
            ("a\0@example.com", BadAddress::Space),
            ("a b@example.com", BadAddress::Space),
            ("a\u{a0}b@example.com", BadAddress::Space),
            ("\u{2028}a@example.com", BadAddress::Space),
            ("\"a b\"@example.com", BadAddress::Space),
            ("\"ab\"@example.com", BadAddress::Quoted),
            ("Reader<a@example.com>", BadAddress::Quoted),
            ("a@example.com,b@example.com", BadAddress::Quoted),
            ("a(comment)@example.com", BadAddress::Quoted),
            ("a@[127.0.0.1]", BadAddress::Quoted),
            ("zoë@example.com", BadAddress::Local),
            ("読者@example.com", BadAddress::Local),
            (".a@example.com", BadAddress::Points),
            ("a.@example.com", BadAddress::Points),
            ("a..b@example.com", BadAddress::Points),
            ("a@example", BadAddress::Domain),
            ("a@.example.com", BadAddress::Domain),
            ("a@example..com", BadAddress::Domain),
            ("a@-example.com", BadAddress::Domain),
            ("a@example_1.com", BadAddress::Domain),
            ("a@127.0.0.1", BadAddress::Domain),
            ("a@xn--a.com", BadAddress::Domain),
            (&local, BadAddress::TooLong),
            (&domain, BadAddress::Domain),
            (&domains, BadAddress::Domain),
            (&huge, BadAddress::TooLong),
        ] {
            let shown: String = typed.chars().take(60).collect();
            assert_eq!(typed.parse::<Address>(), Err(expected), "{shown}");
        }
    }

    #[test]
    fn a_log_of_everything_shows_a_letter_and_a_domain() {
        let address: Address = "reader@example.com".parse().expect("an address");
        assert_eq!(format!("{address:?}"), "r…@example.com");
        let json = serde_json::to_string(&address).expect("written");
        assert_eq!(
            serde_json::from_str::<Address>(&json).expect("read"),
            address
        );
    }
}
