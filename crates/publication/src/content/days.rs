//! Days that can't lie ahead: on which something was put right, or withdrawn.
//!
//! A story is taken apart without a clock, and what was found of it is kept, so this is
//! looked at whenever the content is.

use jiff::civil::Date;

use super::error::{Findings, Problem};
use super::files::PAPER;
use super::gone::{Gone, Withdrawn};
use super::story::Story;

/// Whether a story says that something has happened which hasn't at the end of `today`.
pub(super) fn is_ahead(story: &Story, today: Date) -> bool {
    let gone = story.gone.iter().map(|gone| gone.date);
    let corrections = story.corrections.iter().map(|one| one.date);
    gone.chain(corrections).any(|day| day > today)
}

/// Finds those days of a story that lie after `today`.
pub(super) fn check(story: &Story, today: Date, findings: &mut Findings) {
    for one in &story.corrections {
        if one.date > today {
            let what = ahead(one.date, today, "on which it was put right");
            let problem = Problem::BadText { key: "date", what };
            findings.add(&story.file, Some(one.line), problem);
        }
    }
    if let Some(gone) = &story.gone {
        check_gone(gone, &story.file, today, findings);
    }
}

/// Finds those days of the list `[[gone]]` that lie after `today`.
pub(super) fn check_listed(listed: &[Withdrawn], today: Date, findings: &mut Findings) {
    for one in listed {
        check_gone(&one.gone, PAPER, today, findings);
    }
}

fn check_gone(gone: &Gone, file: &str, today: Date, findings: &mut Findings) {
    if gone.date > today {
        let what = ahead(gone.date, today, "on which it was withdrawn");
        let problem = Problem::BadText { key: "date", what };
        findings.add(file, Some(gone.line), problem);
    }
}

fn ahead(day: Date, today: Date, which: &str) -> String {
    format!("is {day}, after today, {today}; write the day {which}")
}
