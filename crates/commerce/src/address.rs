//! Postal addresses, as far as a print edition's fulfilment needs them: lines
//! that can be printed, in the order in which they are.
//!
//! Facts name an address by its id; the address itself is kept where it can be
//! changed and erased. Whether it exists is for the post to say.

use access::Country;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest line, in characters: what fits on a label in small print.
pub const LONGEST_LINE: usize = 60;

/// The most lines between name and town.
const MOST_LINES: usize = 4;

/// Where something is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct PostalAddress {
    /// The name on the letter box.
    pub name: String,
    /// Street, house, floor, in care of.
    pub lines: Vec<String>,
    /// The town.
    pub city: String,
    /// The province, state or prefecture, where the post wants it.
    pub region: Option<String>,
    /// The postcode, where there is one.
    pub postcode: Option<String>,
    /// The country.
    #[serde(with = "crate::wire::country")]
    pub country: Country,
}

/// Why an address can't be printed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadAddress {
    /// A line is empty.
    #[error("the address has no {0}; write it")]
    Missing(&'static str),
    /// A line is too long.
    #[error("the {0} is longer than {LONGEST_LINE} characters; shorten it")]
    TooLong(&'static str),
    /// A line has something in it that no printer prints.
    #[error("the {0} has control characters in it; write it on one line")]
    Control(&'static str),
    /// Too many lines.
    #[error("the address has more than {MOST_LINES} lines between name and town; join some")]
    TooManyLines,
}

#[derive(Deserialize)]
struct Unchecked {
    name: String,
    lines: Vec<String>,
    city: String,
    region: Option<String>,
    postcode: Option<String>,
    #[serde(with = "crate::wire::country")]
    country: Country,
}

impl PostalAddress {
    /// Checks an address; spaces around lines are taken off.
    pub fn checked(mut self) -> Result<Self, BadAddress> {
        line(&mut self.name, "name")?;
        line(&mut self.city, "town")?;
        if self.lines.is_empty() {
            return Err(BadAddress::Missing("street"));
        }
        if self.lines.len() > MOST_LINES {
            return Err(BadAddress::TooManyLines);
        }
        for each in &mut self.lines {
            line(each, "street")?;
        }
        if let Some(region) = &mut self.region {
            line(region, "region")?;
        }
        if let Some(postcode) = &mut self.postcode {
            line(postcode, "postcode")?;
        }
        Ok(self)
    }
}

fn line(text: &mut String, what: &'static str) -> Result<(), BadAddress> {
    *text = text.trim().to_owned();
    if text.is_empty() {
        return Err(BadAddress::Missing(what));
    }
    if text.chars().count() > LONGEST_LINE {
        return Err(BadAddress::TooLong(what));
    }
    if text.chars().any(char::is_control) {
        return Err(BadAddress::Control(what));
    }
    Ok(())
}

impl TryFrom<Unchecked> for PostalAddress {
    type Error = BadAddress;

    fn try_from(from: Unchecked) -> Result<Self, BadAddress> {
        Self {
            name: from.name,
            lines: from.lines,
            city: from.city,
            region: from.region,
            postcode: from.postcode,
            country: from.country,
        }
        .checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_on_a_label() {
        let address = |name: &str, lines: &[&str]| PostalAddress {
            name: name.into(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            city: "  Fleet Street ".into(),
            region: None,
            postcode: Some("EC4".into()),
            country: Country::parse("GB").expect("a country"),
        };
        let long = "x".repeat(LONGEST_LINE + 1);
        let rows = [
            ("Ines Marlow", &["1 Ludgate Hill"][..], None),
            ("李 小龍", &["1 Ludgate Hill"], None),
            (" ", &["1 Ludgate Hill"], Some(BadAddress::Missing("name"))),
            ("Ines", &[], Some(BadAddress::Missing("street"))),
            (
                "Ines",
                &["a", "b", "c", "d", "e"],
                Some(BadAddress::TooManyLines),
            ),
            ("Ines", &["a\nb"], Some(BadAddress::Control("street"))),
            (&long, &["a"], Some(BadAddress::TooLong("name"))),
        ];
        for (name, lines, expected) in rows {
            let checked = address(name, lines).checked();
            assert_eq!(
                checked.as_ref().err(),
                expected.as_ref(),
                "{name} {lines:?}"
            );
            if let Ok(checked) = checked {
                assert_eq!(checked.city, "Fleet Street");
            }
        }
    }
}
