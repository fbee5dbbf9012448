//! `cargo xtask tidy`: the house rules that a machine can check.
//!
//! Each finding names the file, the line and what to do. Rules that need
//! judgement are no business of this module.

mod direction;
mod manifest;
mod sources;
mod words;

use std::fmt;
use std::path::PathBuf;

use crate::place::Place;
use crate::run::{Failed, say};

/// A rule that is broken somewhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    file: PathBuf,
    line: usize,
    what: String,
}

impl Finding {
    fn new(file: impl Into<PathBuf>, line: usize, what: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// Prints what there is to tidy; anything is a failure.
pub(crate) fn run(place: &Place) -> Result<(), Failed> {
    let findings = findings(place)?;
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        say("Tidy.");
        return Ok(());
    }
    Err(Failed::new(format!("{} to tidy", findings.len())))
}

fn findings(place: &Place) -> Result<Vec<Finding>, Failed> {
    let files = place.files()?;
    let mut findings = direction::check(place);
    findings.extend(manifest::check(&place.root)?);
    findings.extend(sources::check(&place.root, &files)?);
    findings.extend(words::check(&place.root, &files));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_own_rules() {
        let place = Place::find().expect("a checkout");
        let findings = findings(&place).expect("the rules can be checked");
        let list: Vec<String> = findings.iter().map(Finding::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }
}
