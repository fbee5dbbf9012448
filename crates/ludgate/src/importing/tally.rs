//! What became of all rows, counted and in words.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::wire::{Fate, Has};
use crate::openings::local;

/// How many bad rows are told one by one: a screenful. The rest is counted.
const MOST_TOLD: usize = 50;

/// How many levels that nobody has spoken of are told.
const MOST_LEVELS: usize = 50;

/// What became of the rows of a file.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// All of them.
    pub(super) rows: u64,
    /// Those with a card.
    pub(super) cards: u64,
    before: u64,
    deleted: u64,
    new_accounts: u64,
    had_account: u64,
    given: u64,
    runs_out: u64,
    ended: u64,
    goes_on: u64,
    first_charge: Option<Timestamp>,
    /// When the last of what they have ends.
    last_end: Option<Timestamp>,
    /// Those that renewed there and don't here.
    renewed_there: u64,
    /// Bad ones, and what is wrong with the first of them.
    pub(super) bad: u64,
    pub(super) told: Vec<String>,
    /// Levels that nobody has spoken of, and how many have them.
    pub(super) levels: BTreeMap<String, u64>,
    more_levels: u64,
}

/// What is known of a row apart from its fate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) renews: bool,
    pub(super) until: Option<Timestamp>,
}

impl Tally {
    /// A row that can't be read, or that can't come.
    pub(super) fn is_bad(&mut self, complaint: impl FnOnce() -> String) {
        self.bad += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(complaint());
        }
    }

    /// Somebody who has left there.
    pub(super) fn is_deleted(&mut self) {
        self.deleted += 1;
    }

    pub(super) fn count(&mut self, row: Row, fate: Fate) {
        let (had_account, has) = match fate {
            Fate::Before => return self.before += 1,
            Fate::Refused(why) => return self.is_bad(|| format!("line {}: {why}", row.line)),
            Fate::Level(level) => return self.knows_no(level),
            Fate::Came { had_account, has } => (had_account, has),
        };
        *(if had_account {
            &mut self.had_account
        } else {
            &mut self.new_accounts
        }) += 1;
        if matches!(has, Has::Given | Has::RunsOut | Has::GoesOn(_)) {
            self.last_end = self.last_end.max(row.until);
        }
        match has {
            Has::Account => {}
            Has::Given => self.given += 1,
            Has::Ended => self.ended += 1,
            Has::RunsOut => {
                self.runs_out += 1;
                self.renewed_there += u64::from(row.renews);
            }
            Has::GoesOn(from) => {
                self.goes_on += 1;
                self.first_charge = Some(self.first_charge.map_or(from, |at| at.min(from)));
            }
        }
    }

    fn knows_no(&mut self, level: String) {
        if self.levels.len() < MOST_LEVELS || self.levels.contains_key(&level) {
            *self.levels.entry(level).or_default() += 1;
        } else {
            self.more_levels += 1;
        }
    }

    /// Whether everybody has come before.
    pub(super) fn is_nothing_new(&self) -> bool {
        self.new_accounts + self.had_account == 0
    }

    /// Whether there are rows, and all of them are wrong.
    pub(super) fn is_all_bad(&self) -> bool {
        self.bad > 0 && self.bad == self.rows
    }

    /// The levels that nobody has spoken of, in words.
    pub(super) fn unknown_levels(&self) -> Option<String> {
        if self.levels.is_empty() {
            return None;
        }
        let named = self.levels.iter().map(|(level, rows)| {
            format!(
                "  \"{}\"  {}",
                level.escape_debug(),
                counted(*rows, "row", "rows")
            )
        });
        let mut lines: Vec<String> = named.collect();
        if self.more_levels > 0 {
            let rows = counted(self.more_levels, "row", "rows");
            lines.push(format!("  and others, of {rows}"));
        }
        Some(lines.join("\n"))
    }

    /// The bad rows, in words.
    pub(super) fn complaints(&self) -> Vec<String> {
        let mut lines = self.told.clone();
        let rest = self.bad - self.told.len() as u64;
        if rest > 0 {
            let rows = counted(rest, "other row is wrong", "other rows are wrong");
            lines.push(format!("and {rows}"));
        }
        lines
    }

    /// What became of the others, in words.
    pub(super) fn in_words(&self, zone: &TimeZone) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |count: u64, what: String| {
            if count > 0 {
                lines.push(format!("{:>11}  {what}", grouped(count)));
            }
        };
        say(self.new_accounts, "new accounts".to_owned());
        say(self.had_account, "have an account here already".to_owned());
        say(self.given, "have something for nothing".to_owned());
        let first = self.first_charge.map(|at| local(at, zone).to_string());
        say(
            self.goes_on,
            format!(
                "have a subscription that goes on; the first is charged on {}",
                first.unwrap_or_default()
            ),
        );
        let renewed = match self.renewed_there {
            0 => String::new(),
            some => format!(
                "; {} renewed by themselves there, and here have to enter a card",
                grouped(some)
            ),
        };
        say(
            self.runs_out,
            format!("have a subscription that runs out at its end{renewed}"),
        );
        say(self.ended, "had a subscription, which is over".to_owned());
        say(
            self.before,
            "are here already, and stay as they are".to_owned(),
        );
        say(self.deleted, "have left there, and are left out".to_owned());
        say(self.bad, "are wrong".to_owned());
        if let Some(end) = self.last_end {
            let end = local(end, zone);
            lines.push(format!("The last day of what they bring ends at {end}."));
        }
        lines
    }
}

/// A number and what is counted.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number that people read: `20,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Row = Row {
        line: 7,
        renews: true,
        until: None,
    };

    #[test]
    fn numbers_are_grouped() {
        let all = [0, 7, 999, 1_000, 20_000, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "7", "999", "1,000", "20,000", "1,234,567"]);
    }

    #[test]
    fn the_first_bad_rows_are_told_and_the_rest_counted() {
        let mut tally = Tally::default();
        for _ in 0..MOST_TOLD + 2 {
            tally.count(ROW, Fate::Refused("so it is".to_owned()));
        }
        let said = tally.complaints();
        assert_eq!(said.len(), MOST_TOLD + 1);
        assert_eq!(said.first().map(String::as_str), Some("line 7: so it is"));
        let last = said.last().map(String::as_str);
        assert_eq!(last, Some("and 2 other rows are wrong"));
    }

    #[test]
    fn levels_are_told_with_how_many_have_them() {
        let mut tally = Tally::default();
        assert_eq!(tally.unknown_levels(), None);
        for number in 0..=MOST_LEVELS {
            tally.count(ROW, Fate::Level(format!("level {number:03}")));
        }
        tally.count(ROW, Fate::Level("level 001".to_owned()));
        let said = tally.unknown_levels().expect("some");
        assert!(said.contains("\"level 001\"  2 rows"), "{said}");
        assert!(said.ends_with("and others, of 1 row"), "{said}");
    }

    #[test]
    fn what_came_is_said_by_what_they_have() {
        let mut tally = Tally::default();
        let came = |has| Fate::Came {
            had_account: false,
            has,
        };
        let day = |text: &str| text.parse().expect("a time");
        let until = |text| Row {
            until: Some(day(text)),
            ..ROW
        };
        tally.count(until("2036-01-31T00:00:00Z"), came(Has::RunsOut));
        tally.count(until("2099-01-31T00:00:00Z"), came(Has::Account));
        tally.count(ROW, came(Has::GoesOn(day("2027-02-01T00:00:00Z"))));
        tally.count(ROW, came(Has::GoesOn(day("2027-01-01T00:00:00Z"))));
        tally.count(ROW, Fate::Before);
        let said = tally.in_words(&TimeZone::UTC).join("\n");
        for words in [
            "4  new accounts",
            "charged on 2027-01-01",
            "1 renewed by",
            "1  are here",
            "ends at 2036-01-31",
        ] {
            assert!(said.contains(words), "{words} in {said}");
        }
        assert!(!tally.is_nothing_new());
    }
}
