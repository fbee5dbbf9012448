//! The matrix: every attack against the gate as it is, and against one that
//! withholds nothing.

use std::collections::BTreeMap;

use crate::attack::{Attack, Proof};
use crate::front::{Cut, Front, More};
use crate::site::WordPress;
use crate::{content, identity, parsers, scenes};

/// The rows of the list of known bypasses.
const ROWS: std::ops::RangeInclusive<u8> = 1..=29;

/// Rows that nothing can be tried of yet, and why.
const NOT_YET: [(u8, &str); 2] = [
    (26, "there are no gift links"),
    (27, "there are no accounts, sessions or magic links"),
];

/// The page that says which row is held by which tests.
const PAGE: &str = include_str!("../../../../docs/internals/threats.md");

fn attacks() -> Vec<Attack> {
    let mut all = identity::attacks();
    all.extend(content::attacks());
    all.extend(parsers::attacks());
    all
}

/// How many attacks there are of each row, scenes counted.
fn counts() -> BTreeMap<u8, usize> {
    let mut counts = BTreeMap::new();
    let rows = attacks().into_iter().map(|attack| attack.row);
    for row in rows.chain(scenes::ROWS) {
        *counts.entry(row).or_default() += 1;
    }
    counts
}

#[test]
fn every_row_has_three_attacks_or_a_reason() {
    let counts = counts();
    for row in ROWS {
        let count = counts.get(&row).copied().unwrap_or_default();
        let excused = NOT_YET.iter().any(|(other, _)| *other == row);
        assert_eq!(excused, count == 0, "row {row}");
        assert!(excused || count >= 3, "row {row}: {count}");
    }
}

#[test]
fn the_page_about_threats_says_what_there_is() {
    let counts = counts();
    for row in ROWS {
        let start = format!("| {row} |");
        let line = PAGE.lines().find(|line| line.starts_with(&start));
        let line = line.unwrap_or_else(|| panic!("row {row} is missing"));
        let said = line.trim_end_matches('|').rsplit('|').next();
        let said = said.unwrap_or_default().trim();
        let not_yet = NOT_YET.iter().find(|(other, _)| *other == row);
        let expected = match (counts.get(&row), not_yet) {
            (_, Some((_, why))) => (*why).to_owned(),
            (count, None) => count.map(ToString::to_string).unwrap_or_default(),
        };
        assert_eq!(said, expected, "row {row}");
    }
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn no_attack_gets_more_than_the_beginning() {
    let site = WordPress::start();
    let front = Front::before(&site, Cut::On, More::default());
    let cookie = front.used_up(&site);
    let (hidden, exclusive) = (site.hidden(), site.exclusive());
    let mut wrong = Vec::new();
    for attack in attacks() {
        let mut complain = |what: String| {
            wrong.push(format!("row {}, {}: {what}", attack.row, attack.name));
        };
        let outcome = attack.make(front.address(), &site, &cookie);
        let forbidden = if attack.is_new { &exclusive } else { &hidden };
        let found = outcome.found(forbidden);
        if let Some(first) = found.first() {
            let stories = site.stories.iter();
            let of = stories
                .filter(|story| story.rest().contains(first))
                .map(|story| story.name.as_str());
            let of: Vec<&str> = of.collect();
            complain(format!(
                "{} canaries, the first {first} of {of:?}, in\n{}",
                found.len(),
                outcome.last().head
            ));
        }
        let Some(story) = attack.page.map(|name| site.story(name)) else {
            continue;
        };
        let last = outcome.last();
        if last.status != 200 || outcome.found(story.beginning()).len() != 2 {
            complain(format!("the beginning isn't there, but\n{}", last.head));
        } else if last.header("cache-control") != Some("private, no-store")
            || last.header("x-robots-tag") != Some("noarchive")
        {
            complain(format!("others may keep it:\n{}", last.head));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn with_the_cut_switched_off_every_attack_finds_something() {
    let site = WordPress::start();
    let front = Front::before(&site, Cut::Off, More::default());
    let cookie = front.used_up(&site);
    let (hidden, exclusive) = (site.hidden(), site.exclusive());
    let mut vain = Vec::new();
    for attack in attacks() {
        let outcome = match attack.proof {
            Proof::Uncut => attack.make(front.address(), &site, &cookie),
            Proof::Hidden(target) => Attack::hidden(target, &site),
            Proof::Vain(why) => {
                println!("row {}, {}: {why}", attack.row, attack.name);
                continue;
            }
        };
        let forbidden = if attack.is_new { &exclusive } else { &hidden };
        if outcome.found(forbidden).is_empty() {
            let head = &outcome.last().head;
            vain.push(format!("row {}, {}:\n{head}", attack.row, attack.name));
        }
    }
    assert!(
        vain.is_empty(),
        "these prove nothing:\n{}",
        vain.join("\n\n")
    );
}
