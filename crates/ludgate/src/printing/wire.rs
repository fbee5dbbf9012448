//! What is asked of the server about print and what it answers, as both cross the
//! socket and as programs get it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is asked. Days and products are as they were written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ask {
    /// A file for a day.
    Export {
        day: String,
        product: Option<String>,
        /// Whether it is meant, though it is far ahead.
        yes: bool,
        by: String,
    },
    /// Which were made.
    Exports {},
    /// One of them again.
    Again { number: i64, by: String },
    /// One of them is void.
    Void { number: i64, by: String },
}

/// What the server says; the lines of a file come before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    Written(Box<Report>),
    Exports(Vec<Record>),
    /// What was done, in words.
    Done(String),
}

/// An export by which nobody delivers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Voided {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
}

/// What a file has in it, and who isn't in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) number: i64,
    pub(crate) day: Date,
    pub(crate) product: Option<String>,
    pub(crate) lines: u64,
    pub(crate) copies: u64,
    /// Of the file, SHA-256 in hexadecimal.
    pub(crate) digest: String,
    pub(crate) skipped: Skipped,
    /// The one for the same day before.
    pub(crate) before: Option<Before>,
    /// Of one that is written again: how many lines belonged to somebody who was
    /// erased since.
    pub(crate) erased: Option<u64>,
    /// Of one that is written again: whether what stands in a cell was written by
    /// other rules then, and the file is another.
    pub(crate) by_other_rules: bool,
    /// Of one that is written again: since when nobody delivers by it.
    pub(crate) voided: Option<Voided>,
}

/// Who isn't in it, or is in it with something to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Skipped {
    /// Copies that go to another address than usual.
    pub(crate) redirected: u64,
    /// In it, though a payment has failed and is being retried.
    pub(crate) grace: u64,
    /// Not in it for that reason.
    pub(crate) grace_left_out: u64,
    /// Not in it at their wish.
    pub(crate) suspended: u64,
    /// Entitled to it, and nobody knows where they are.
    pub(crate) no_address: u64,
    /// Their subscriptions; a hundred at most.
    pub(crate) without: Vec<String>,
}

/// An export for the same day that there was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Before {
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    /// What is different now; unknown where its lines aren't kept any more.
    pub(crate) differs: Option<Differs>,
}

/// What is different from one export to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Differs {
    pub(crate) added: u64,
    pub(crate) removed: u64,
    pub(crate) changed: u64,
    /// `+`, `-` or `~` and the copy's name; a hundred at most.
    pub(crate) some: Vec<String>,
}

/// An export that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) number: i64,
    pub(crate) day: Date,
    pub(crate) product: Option<String>,
    pub(crate) by: String,
    pub(crate) begun: Timestamp,
    /// Nothing of one that broke off.
    pub(crate) finished: Option<Timestamp>,
    pub(crate) lines: u64,
    pub(crate) copies: u64,
    pub(crate) digest: Option<String>,
    /// By which settings.
    pub(crate) configuration: serde_json::Value,
    pub(crate) skipped: Option<Skipped>,
    /// Nothing of one that stands.
    pub(crate) voided: Option<Voided>,
}

impl Report {
    /// What a person is told.
    pub(crate) fn in_words(&self) -> String {
        let of = self
            .product
            .as_deref()
            .map_or(String::new(), |product| format!(" of {product}"));
        let mut said = vec![format!(
            "Export {} for {}{of}: {}, {}.\nSHA-256 {}",
            self.number,
            self.day,
            counted(self.lines, "line", "lines"),
            counted(self.copies, "copy", "copies"),
            self.digest
        )];
        said.extend(self.skipped.in_words());
        said.extend(self.before.iter().flat_map(Before::in_words));
        match self.erased {
            Some(0) if self.by_other_rules => {}
            Some(0) => said.push("It is the same as it was then.".to_owned()),
            Some(erased) => said.push(format!(
                "{} of it belonged to readers who were erased since, and are left out; so its \
                 digest is another.",
                counted(erased, "line", "lines")
            )),
            None => {}
        }
        if self.by_other_rules {
            said.push(
                "It was exported by a version that wrote some cells otherwise, and is written by \
                 the rules of this one; so it isn't byte for byte the same, and its digest is \
                 another."
                    .to_owned(),
            );
        }
        if let Some(voided) = &self.voided {
            said.push(format!(
                "It is {}: nothing is delivered by it.",
                voided.in_words()
            ));
        }
        said.join("\n")
    }
}

impl Voided {
    fn in_words(&self) -> String {
        let at = self.at.strftime("%Y-%m-%d %H:%M");
        format!("void since {at} UTC by {}", self.by)
    }
}

impl Skipped {
    fn in_words(&self) -> Vec<String> {
        let mut said = Vec::new();
        let mut say = |count: u64, one: &str, many: &str| {
            if count > 0 {
                said.push(format!("{}.", counted(count, one, many)));
            }
        };
        say(
            self.redirected,
            "goes to another address than usual",
            "go to another address than usual",
        );
        say(
            self.grace,
            "is in it though a payment has failed and is being retried",
            "are in it though a payment has failed and is being retried",
        );
        say(
            self.grace_left_out,
            "is left out because a payment has failed and is being retried",
            "are left out because a payment has failed and is being retried",
        );
        say(
            self.suspended,
            "is left out at the reader's wish",
            "are left out at their readers' wish",
        );
        say(
            self.no_address,
            "has no address and is left out; ask its reader for one",
            "have no address and are left out; ask their readers for one",
        );
        said.extend(self.without.iter().map(|id| format!("  {id}")));
        said
    }
}

impl Before {
    fn in_words(&self) -> Vec<String> {
        let of = format!("There was one for that day before, export {}", self.number);
        let Some(differs) = &self.differs else {
            return vec![format!("{of}. What was in it isn't kept any more.")];
        };
        let Differs {
            added,
            removed,
            changed,
            some,
        } = differs;
        if some.is_empty() {
            return vec![format!("{of}. Nothing differs from it.")];
        }
        let mut said = vec![format!(
            "{of}. Since then {added} added (+), {removed} removed (-), {changed} changed (~):"
        )];
        said.extend(some.iter().map(|line| format!("  {line}")));
        let more = (added + removed + changed).saturating_sub(some.len() as u64);
        if more > 0 {
            said.push(format!("  … and {more} more"));
        }
        said
    }
}

impl Record {
    pub(crate) fn in_words(&self) -> String {
        let of = self.product.as_deref().unwrap_or("all");
        let how = match (self.finished, &self.digest) {
            (Some(_), Some(digest)) => {
                let lines = counted(self.lines, "line", "lines");
                let copies = counted(self.copies, "copy", "copies");
                format!("{lines}  {copies}  {digest}")
            }
            _ => "broke off".to_owned(),
        };
        let at = self.begun.strftime("%Y-%m-%d %H:%M");
        let void = self.voided.as_ref();
        let void = void.map_or(String::new(), |voided| format!("  {}", voided.in_words()));
        format!(
            "{}  for {}  of {of}  at {at} UTC  by {}  {how}{void}",
            self.number, self.day, self.by
        )
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    format!("{count} {what}")
}
