//! Text that may stand in XML, and markup that may stand anywhere: without
//! characters that no XML can hold, and with addresses that begin with a scheme.

use serde::{Serialize, Serializer};

use crate::view::Markup;

/// Text for XML. Templates print it escaped already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Xml(pub(crate) String);

impl Serialize for Xml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Markup::url(&self.0).serialize(serializer)
    }
}

/// The text without the characters that XML 1.0 has no way to write, which are
/// of no use in JSON either.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| is_xml(*c)).collect()
}

/// XML 1.0, production 2.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The attributes in which our own markup has addresses.
const ADDRESSES: [&str; 2] = ["href=\"/", "src=\"/"];

/// Our own HTML with the addresses in it made absolute. In it, quotes stand around
/// attributes and `<` only before tags; both are escaped in text.
pub(crate) fn absolute(html: &str, url: &str) -> String {
    let mut whole = String::with_capacity(html.len() + 64);
    for (index, piece) in html.split('<').enumerate() {
        let (tag, text) = match piece.split_once('>') {
            Some((tag, text)) if index > 0 => (tag, Some(text)),
            _ if index > 0 => (piece, None),
            _ => ("", Some(piece)),
        };
        if index > 0 {
            whole.push('<');
            let mut tag = tag.to_owned();
            for address in ADDRESSES {
                // A second slash would be a host.
                let at = tag.find(address).filter(|at| {
                    let is_own = tag[..*at].ends_with(' ');
                    is_own && !tag[at + address.len()..].starts_with('/')
                });
                if let Some(at) = at {
                    tag.insert_str(at + address.len() - 1, url);
                }
            }
            whole.push_str(&tag);
            if text.is_some() {
                whole.push('>');
            }
        }
        whole.push_str(text.unwrap_or_default());
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_xml_can_hold_is_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text:?}");
        check("a\0b\u{1}c\u{b}d\u{1f}e", "abcde");
        check("\u{fffe}\u{ffff}", "");
        check("tab\tline\nreturn\r", "tab\tline\nreturn\r");
        check(
            "“Łódź” 港 \u{1f6a2} \u{fffd}",
            "“Łódź” 港 \u{1f6a2} \u{fffd}",
        );
    }

    #[test]
    fn addresses_in_tags_become_absolute_and_those_in_text_stay() {
        let check = |html: &str, expected: &str| {
            assert_eq!(absolute(html, "https://a.example"), expected, "{html}");
        };
        check(
            "<p>See <a href=\"/stories/b\">b</a></p>",
            "<p>See <a href=\"https://a.example/stories/b\">b</a></p>",
        );
        check(
            "<img alt=\"a\" src=\"/pictures/c.svg\">",
            "<img alt=\"a\" src=\"https://a.example/pictures/c.svg\">",
        );
        for same in [
            "<a href=\"https://b.example/\">b</a>",
            "<a href=\"//b.example/\">b</a>",
            "<a href=\"#note\">n</a>",
            "<p>write href=\"/here\" or src=\"/there\"</p>",
            "<a data-href=\"/a\">n</a>",
            "no markup",
            "",
        ] {
            check(same, same);
        }
    }
}
