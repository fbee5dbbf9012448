//! The matrix: every attack against the gate as it is, and against one that
//! withholds nothing.

use std::collections::BTreeMap;

use super::attack::{Attack, Proof};
use super::front::{Cut, Front, More};
use super::site::Site;

/// The rows of the list of known bypasses.
const ROWS: std::ops::RangeInclusive<u8> = 1..=29;

/// Rows that nothing can be tried of yet, and why.
const NOT_YET: [(u8, &str); 2] = [
    (26, "there are no gift links"),
    (27, "there are no accounts, sessions or magic links"),
];

/// The page that says which row is held by how many attacks.
const PAGE: &str = include_str!("../../../../docs/internals/threats.md");

/// All that is tried of one site.
pub(crate) struct Matrix {
    pub(crate) attacks: Vec<Attack>,
    /// The rows of what takes several requests, each as often as it is tried.
    pub(crate) scenes: &'static [u8],
    /// The heading under which the page tells how many there are.
    pub(crate) heading: &'static str,
}

impl Matrix {
    /// How many attacks there are of each row.
    fn counts(&self) -> BTreeMap<u8, usize> {
        let mut counts = BTreeMap::new();
        let rows = self.attacks.iter().map(|attack| attack.row);
        for row in rows.chain(self.scenes.iter().copied()) {
            *counts.entry(row).or_default() += 1;
        }
        counts
    }

    /// Every row has three attacks, or a reason to have none.
    pub(crate) fn leaves_no_row_out(&self) {
        let counts = self.counts();
        for row in ROWS {
            let count = counts.get(&row).copied().unwrap_or_default();
            let excused = NOT_YET.iter().any(|(other, _)| *other == row);
            assert_eq!(excused, count == 0, "row {row}");
            assert!(excused || count >= 3, "row {row}: {count}");
        }
    }

    /// The page about threats says how many there are.
    pub(crate) fn is_told_by_the_page(&self) {
        let cells = |line: &'static str| -> Vec<&str> { line.split('|').map(str::trim).collect() };
        let headings = PAGE.lines().find(|line| line.starts_with("| row |"));
        let headings = cells(headings.expect("a table"));
        let column = headings.iter().position(|cell| *cell == self.heading);
        let column = column.unwrap_or_else(|| panic!("no column is called {}", self.heading));
        let counts = self.counts();
        let mut wrong = Vec::new();
        for row in ROWS {
            let start = format!("| {row} |");
            let line = PAGE.lines().find(|line| line.starts_with(&start));
            let line = line.unwrap_or_else(|| panic!("row {row} is missing"));
            let not_yet = NOT_YET.iter().find(|(other, _)| *other == row);
            let expected = match (counts.get(&row), not_yet) {
                (_, Some((_, why))) => (*why).to_owned(),
                (count, None) => count.map(ToString::to_string).unwrap_or_default(),
            };
            let told = cells(line).get(column).copied().unwrap_or_default();
            if told != expected {
                wrong.push(format!("row {row}: \"{told}\" should be \"{expected}\""));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// No attack gets more than the beginning, and gets that where a page is due.
    pub(crate) fn is_held_before(&self, site: &Site) {
        let front = Front::before(site, Cut::On, More::default());
        let cookie = front.used_up(site);
        let (hidden, exclusive) = (site.hidden(), site.exclusive());
        let mut wrong = Vec::new();
        for attack in &self.attacks {
            let outcome = attack.make(front.address(), site, &cookie);
            let forbidden = if attack.is_new { &exclusive } else { &hidden };
            let found = outcome.found(forbidden);
            let mut complain = |what: String| {
                wrong.push(format!("row {}, {}: {what}", attack.row, attack.name));
            };
            if let Some(first) = found.first() {
                let stories = site.stories.iter();
                let of = stories.filter(|story| story.rest().contains(first));
                let of: Vec<&str> = of.map(|story| story.name.as_str()).collect();
                complain(format!(
                    "{} canaries, the first {first} of {of:?}, in\n{}",
                    found.len(),
                    outcome.head()
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

    /// With the cut switched off every attack finds something, or the site
    /// itself hands it out.
    pub(crate) fn finds_something_without_the_cut(&self, site: &Site) {
        let front = Front::before(site, Cut::Off, More::default());
        let cookie = front.used_up(site);
        let (hidden, exclusive) = (site.hidden(), site.exclusive());
        let mut vain = Vec::new();
        for attack in &self.attacks {
            let outcome = match attack.proof {
                Proof::Uncut => attack.make(front.address(), site, &cookie),
                Proof::Hidden(target) => Attack::hidden(target, site),
                Proof::Direct => attack.make(site.address, site, &cookie),
                Proof::Vain(why) => {
                    println!("row {}, {}: {why}", attack.row, attack.name);
                    continue;
                }
            };
            let forbidden = if attack.is_new { &exclusive } else { &hidden };
            let mut found = outcome.found(forbidden);
            if matches!(attack.proof, Proof::Direct) {
                let seems = attack.page.map(|name| site.story(name).rest());
                found.retain(|canary| seems.is_none_or(|own| !own.contains(canary)));
            }
            if found.is_empty() {
                let head = outcome.head();
                vain.push(format!("row {}, {}:\n{head}", attack.row, attack.name));
            }
        }
        assert!(
            vain.is_empty(),
            "these prove nothing:\n{}",
            vain.join("\n\n")
        );
    }
}
