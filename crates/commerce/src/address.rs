//! Postal addresses, as far as a print edition's fulfilment needs them: lines
//! that can be printed, in the order in which they are.
//!
//! What can't be seen, and what turns the direction of text, is taken off a line as
//! spaces around it are: it comes along with what was copied, and nobody could see
//! what to put right. What ends a line is refused, where somebody writes it.
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
    text.retain(|sign| !is_unseen(sign));
    *text = text.trim().to_owned();
    // What joins signs, or keeps them apart, is no sign by itself.
    if text.chars().all(joins) {
        return Err(BadAddress::Missing(what));
    }
    if text.chars().count() > LONGEST_LINE {
        return Err(BadAddress::TooLong(what));
    }
    if text
        .chars()
        .any(|sign| sign.is_control() || ends_line(sign))
    {
        return Err(BadAddress::Control(what));
    }
    Ok(())
}

/// What takes no room and turns the direction of text (Unicode Standard Annex 9), or
/// isn't seen at all. What joins signs isn't among it, since names of Persia and India
/// are written with it; nor are selectors of variants, which names of Japan have.
fn is_unseen(sign: char) -> bool {
    matches!(sign,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The joiner and the non-joiner.
fn joins(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}')
}

/// Ends of lines and paragraphs that aren't control characters.
fn ends_line(sign: char) -> bool {
    matches!(sign, '\u{2028}' | '\u{2029}')
}

/// A line that was taken by an earlier version, and that a label has to be printed of
/// all the same: a space where it ended, and a dash where nothing is left.
fn mended(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|sign| !is_unseen(*sign))
        .map(|sign| if ends_line(sign) { ' ' } else { sign })
        .collect();
    let was_nothing = text.chars().all(|sign| joins(sign) || sign.is_whitespace());
    if was_nothing { "-".to_owned() } else { text }
}

impl TryFrom<Unchecked> for PostalAddress {
    type Error = BadAddress;

    fn try_from(from: Unchecked) -> Result<Self, BadAddress> {
        Self {
            name: mended(&from.name),
            lines: from.lines.iter().map(|line| mended(line)).collect(),
            city: mended(&from.city),
            region: from.region.as_deref().map(mended),
            postcode: from.postcode.as_deref().map(mended),
            country: from.country,
        }
        .checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unseen_is_printed_and_what_was_kept_before_is_still_read() {
        let address = |name: &str| PostalAddress {
            name: name.to_owned(),
            lines: vec!["1 Ludgate Hill".to_owned()],
            city: "London".to_owned(),
            region: None,
            postcode: None,
            country: Country::parse("GB").expect("a country"),
        };
        let control = Err(BadAddress::Control("name"));
        let missing = Err(BadAddress::Missing("name"));
        for (name, written, kept) in [
            ("Ines\u{2028}Marlow", control.clone(), "Ines Marlow"),
            ("Ines\u{2029}Marlow", control, "Ines Marlow"),
            ("\u{202e}Ines\u{202c}", Ok("Ines"), "Ines"),
            ("\u{2066}I\u{200b}nes\u{2069}", Ok("Ines"), "Ines"),
            ("\u{feff} Ines \u{200f}", Ok("Ines"), "Ines"),
            ("\u{200b}\u{feff}", missing.clone(), "-"),
            ("\u{200d}", missing, "-"),
            // Names that need what can't be seen.
            ("می\u{200c}نا", Ok("می\u{200c}نا"), "می\u{200c}نا"),
            ("葛\u{e0100}城", Ok("葛\u{e0100}城"), "葛\u{e0100}城"),
        ] {
            let checked = address(name).checked().map(|address| address.name);
            assert_eq!(checked, written.map(str::to_owned), "{name:?}");
            let body = serde_json::to_string(&address(name)).expect("written");
            let read: PostalAddress = serde_json::from_str(&body).expect("read");
            assert_eq!(read.name, kept, "{name:?}");
        }
    }

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
