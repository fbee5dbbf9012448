//! A DNS name that an authority can be asked for.

use std::fmt;
use std::str::FromStr;

use rustls::pki_types::DnsName;

/// The most names on one certificate, which is Let's Encrypt's bound too.
pub const MAX_NAMES: usize = 100;

/// A DNS name, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

/// It is no name that can be ordered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// A wildcard.
    #[error(
        "\"{0}\" stands for many names, and an authority gives those only to who can change the \
         DNS. Write each name out, or get the certificate by other means and name its files"
    )]
    Wildcard(String),
    /// Something else.
    #[error("\"{0}\" is no DNS name; it should look like \"review.example\"")]
    NoName(String),
    /// None, or more than one certificate can hold.
    #[error("{0} names; a certificate is for 1 to {MAX_NAMES}")]
    Number(usize),
}

impl Name {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.starts_with("*.") {
            return Err(NameError::Wildcard(text.to_owned()));
        }
        // An authority orders names of the public DNS, which have a dot within
        // and none at the end.
        let is_public = text.contains('.') && !text.ends_with('.');
        match DnsName::try_from(text) {
            Ok(name) if is_public => Ok(Self(name.as_ref().to_ascii_lowercase())),
            _ => Err(NameError::NoName(text.to_owned())),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_public_dns_can_be_ordered_and_nothing_else() {
        for name in [
            "review.example",
            "Www.Review.Example",
            "xn--bcher-kva.example",
            "a-1.b.c",
        ] {
            assert_eq!(
                name.parse::<Name>().expect(name).as_str(),
                name.to_ascii_lowercase()
            );
        }
        let wildcard = "*.review.example";
        assert_eq!(
            wildcard.parse::<Name>(),
            Err(NameError::Wildcard(wildcard.to_owned()))
        );
        let rows = [
            "",
            ".",
            "localhost",
            "review.example.",
            ".review.example",
            "bücher.example",
            "https://review.example",
            "review.example:443",
            "review.example/",
            "a b.example",
            "127.0.0.1",
            "::1",
            "-.-.*",
        ];
        for text in rows {
            assert_eq!(
                text.parse::<Name>(),
                Err(NameError::NoName(text.to_owned())),
                "{text}"
            );
        }
    }
}
