//! `redirects.toml`: old addresses, and where they lead now.
//!
//! A line for each, `"/2019/03/the-tide" = "/stories/the-tide"`. What a line leads to is
//! a place of this publication, never another line and never elsewhere: so there are no
//! circles, and nobody is sent away by them.

use std::collections::HashMap;

use toml::de::{DeTable, DeValue};

use super::error::{Findings, Problem, line_at};
use crate::routes::{decode, is_own_address};

/// The file.
pub(super) const REDIRECTS: &str = "redirects.toml";

/// How many lines there are at most: two old addresses for each story of an archive of
/// a hundred thousand. Each is held in memory, a hundred bytes or two.
const MAX_LINES: usize = 250_000;

/// The longest address, in bytes, as the longest path that is looked at.
const MAX_ADDRESS: usize = 2048;

/// How many mistakes are told: finding a line's number means counting up to it.
const MAX_TOLD: usize = 50;

/// Old addresses, decoded and without a final slash, and where they lead.
#[derive(Debug, Default)]
pub(crate) struct Redirects {
    ways: HashMap<Box<str>, Box<str>>,
}

impl Redirects {
    /// Where a decoded path leads, if it is an old one.
    pub(crate) fn find(&self, path: &str) -> Option<&str> {
        let path = path.trim_end_matches('/');
        self.ways.get(path).map(AsRef::as_ref)
    }

    /// Reads the file. `leads` says what is wrong with a path that it leads to; a line that
    /// leads nowhere, as when its story was deleted, is told in `astray` and kept: what it
    /// leads to isn't found until it is there again.
    pub(super) fn read(
        text: &str,
        leads: &dyn Fn(&str) -> Result<(), String>,
        findings: &mut Findings,
        astray: &mut Findings,
    ) -> Self {
        let (mut told, mut told_astray) = (0, 0);
        let mut tell = |at: usize, problem: Problem| {
            told += 1;
            if told <= MAX_TOLD {
                findings.add(REDIRECTS, Some(line_at(text, at)), problem);
            }
        };
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                tell(at, Problem::Toml(error.message().to_owned()));
                return Self::default();
            }
        };
        if table.len() > MAX_LINES {
            let what = format!(
                "has {} lines, more than the {MAX_LINES} that are kept",
                table.len()
            );
            tell(
                0,
                Problem::BadText {
                    key: REDIRECTS,
                    what,
                },
            );
            return Self::default();
        }
        let mut ways = HashMap::with_capacity(table.len());
        for (from, to) in table {
            let at = from.span().start;
            let Some(path) = old_address(from.get_ref()) else {
                let what = format!(
                    "can't begin at \"{}\": write an old path such as \"/2019/03/the-tide\", which \
                     isn't one of the publication's own",
                    shortened(from.get_ref())
                );
                tell(at, unfit(what));
                continue;
            };
            let DeValue::String(to) = to.get_ref() else {
                let what = "must lead to a path in quotation marks".to_owned();
                tell(at, unfit(what));
                continue;
            };
            let wrong = |why| Problem::BadLink {
                target: shortened(to),
                why,
            };
            if let Err(why) = target(to) {
                tell(at, wrong(why));
                continue;
            }
            if let Err(why) = leads(to) {
                told_astray += 1;
                if told_astray <= MAX_TOLD {
                    astray.add(REDIRECTS, Some(line_at(text, at)), wrong(why));
                }
            }
            // The same written the same is a mistake of the TOML already.
            if ways.insert(path, Box::from(to.as_ref())).is_some() {
                let what = format!(
                    "begins at \"{}\", which another line spells otherwise; take one of the two out",
                    shortened(from.get_ref())
                );
                tell(at, unfit(what));
            }
        }
        Self { ways }
    }
}

/// What is wrong with a line by itself.
fn unfit(what: String) -> Problem {
    let key = "a redirect";
    Problem::BadText { key, what }
}

/// The old path as it is looked up, whether it was written percent-encoded or not;
/// `None` where it can't be one.
fn old_address(from: &str) -> Option<Box<str>> {
    let is_plain = !from
        .chars()
        .any(|c| c.is_control() || matches!(c, '\\' | '?' | '#'));
    let is_one = from.starts_with('/') && !from.starts_with("//") && from.len() <= MAX_ADDRESS;
    let decoded = decode(from).filter(|_| is_plain && is_one)?;
    let path = decoded.trim_end_matches('/');
    (!is_own_address(path)).then(|| path.into())
}

/// Whether it is a path of this publication, by how it is written.
fn target(to: &str) -> Result<(), String> {
    let is_plain = to
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'?' | b'#'));
    if to.starts_with('/') && !to.starts_with("//") && is_plain && to.len() <= MAX_ADDRESS {
        return Ok(());
    }
    Err("must be a path within the publication such as /stories/the-tide".to_owned())
}

fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)], complaints: &[&str]) {
        let leads = |to: &str| {
            let known = ["/stories/tide", "/sections/city", "/"].contains(&to);
            known
                .then_some(())
                .ok_or_else(|| "leads nowhere".to_owned())
        };
        let mut findings = Findings::default();
        let mut astray = Findings::default();
        let redirects = Redirects::read(text, &leads, &mut findings, &mut astray);
        findings.join(astray);
        for (from, to) in expected {
            assert_eq!(redirects.find(from), Some(*to), "{from}");
        }
        let found: Vec<String> = findings
            .into_all()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found.len(), complaints.len(), "{found:?}");
        for (found, expected) in found.iter().zip(complaints) {
            assert!(found.contains(expected), "{expected} in {found}");
        }
    }

    #[test]
    fn an_old_address_leads_to_a_place_of_the_publication() {
        let text = "\"/2019/03/tide/\" = \"/stories/tide\"\n\"/łódź\" = \"/sections/city\"\n\
                    \"/caf%c3%a9\" = \"/\"\n\"/what%3F\" = \"/\"\n";
        let expected = [
            ("/2019/03/tide", "/stories/tide"),
            ("/2019/03/tide/", "/stories/tide"),
            ("/łódź", "/sections/city"),
            ("/café", "/"),
            ("/what?", "/"),
        ];
        check(text, &expected, &[]);
    }

    #[test]
    fn nobody_is_sent_elsewhere_in_circles_or_away_from_a_page() {
        for (line, complaint) in [
            (
                "\"/a\" = \"https://elsewhere.example/\"",
                "must be a path within",
            ),
            ("\"/a\" = \"//elsewhere.example/\"", "must be a path within"),
            (
                "\"/a\" = \"/\\\\elsewhere.example\"",
                "must be a path within",
            ),
            ("\"/a\" = \"/stories/none\"", "leads nowhere"),
            ("\"/a\" = \"/a\"", "leads nowhere"),
            (
                "\"/stories/tide\" = \"/sections/city\"",
                "publication's own",
            ),
            ("\"/-/login\" = \"/\"", "publication's own"),
            ("\"/\" = \"/stories/tide\"", "publication's own"),
            ("\"//a\" = \"/\"", "can't begin at"),
            ("\"/a?b\" = \"/\"", "can't begin at"),
            ("\"a\" = \"/\"", "can't begin at"),
            ("\"/a\" = 3", "in quotation marks"),
            (
                "\"/a\" = \"/\"\n\"/a/\" = \"/\"",
                "which another line spells otherwise",
            ),
            (
                "\"/caf%c3%a9\" = \"/\"\n\"/café\" = \"/\"",
                "which another line spells otherwise",
            ),
            ("\"/%73tories/tide\" = \"/\"", "publication's own"),
            ("\"/a%2Fb\" = \"/\"", "can't begin at"),
            ("\"/caf%E9\" = \"/\"", "can't begin at"),
            ("[table]\n", "can't begin at"),
            ("what", "redirects.toml:1"),
        ] {
            check(line, &[], &[complaint]);
        }
    }
}
