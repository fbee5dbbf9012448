//! The matrix: every attack against the gate as it is, and against one that
//! withholds nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::attack::{Attack, Outcome, Proof};
use super::front::{Cut, Front};
use super::site::{Site, Story};
use super::way::{Door, Way};

/// Attacks that are made at a time: as many as keep two processors busy.
const AT_A_TIME: usize = 4;

/// The rows of the list of known bypasses.
const ROWS: std::ops::RangeInclusive<u8> = 1..=29;

/// Rows that a reader of one site alone can't try: links that somebody gave,
/// and accounts that somebody shares. The page says which tests hold them.
const ELSEWHERE: [u8; 2] = [26, 27];

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
            let excused = ELSEWHERE.contains(&row);
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
            let expected = match counts.get(&row) {
                Some(count) => count.to_string(),
                None => "—".to_owned(),
            };
            let told = cells(line).get(column).copied().unwrap_or_default();
            if told != expected {
                wrong.push(format!("row {row}: \"{told}\" should be \"{expected}\""));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// And how many are made each way.
    pub(crate) fn ways_are_told_by_the_page(&self, ways: &[Way]) {
        for way in ways {
            let scenes = match way {
                Way::Plain => self.scenes.len(),
                _ => 0,
            };
            let line = format!("| {} | {} |", way.name(), self.made(*way).count() + scenes);
            assert!(PAGE.lines().any(|own| own == line), "missing: {line}");
        }
    }

    /// No attack gets more than the beginning, and gets that where a page is due.
    pub(crate) fn is_held_before(&self, site: &Site, way: Way) {
        let front = Front::by(way, site, Cut::On);
        let cookie = front.used_up(site);
        let (hidden, exclusive) = (site.hidden(), site.exclusive());
        let wrong = self.each(way, |attack| {
            let page = attack.page.filter(|_| {
                // Whom nginx turns away gets no page.
                way != Way::Asking || attack.is_vain(way).is_none()
            });
            let insists = page.is_some();
            let outcome = attack.make(&front.door, site, &cookie, insists);
            let forbidden = if attack.is_new { &exclusive } else { &hidden };
            let mut wrong = Vec::new();
            let found = outcome.found(forbidden);
            if let Some(first) = found.first() {
                let stories = site.stories.iter();
                let of = stories.filter(|story| story.rest().contains(first));
                let of: Vec<&str> = of.map(|story| story.name.as_str()).collect();
                wrong.push(format!(
                    "{} canaries, the first {first} of {of:?}, in\n{}",
                    found.len(),
                    outcome.head()
                ));
            }
            if let Some(name) = page {
                wrong.extend(is_missing(&outcome, site.story(name)));
            }
            wrong
        });
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }

    /// With the cut switched off every attack finds something, or the site
    /// itself hands it out. What the site does is the same whichever way led to
    /// the gate, and is seen once.
    pub(crate) fn finds_something_without_the_cut(&self, site: &Site, way: Way) {
        let front = Front::by(way, site, Cut::Off);
        let cookie = front.used_up(site);
        let (hidden, exclusive) = (site.hidden(), site.exclusive());
        let own = Door::plain(site.address);
        let vain = self.each(way, |attack| {
            if let Some(why) = attack.is_vain(way) {
                println!("row {}, {}: {why}", attack.row, attack.name);
                return Vec::new();
            }
            let outcome = match attack.proof {
                Proof::Uncut => attack.make(&front.door, site, &cookie, true),
                Proof::Careless(text) => Attack::careless(text, site),
                _ if way != Way::Plain => return Vec::new(),
                Proof::Hidden(target) => Attack::hidden(target, site),
                Proof::Direct => attack.make(&own, site, &cookie, false),
                Proof::Vain(_) => return Vec::new(),
            };
            let forbidden = if attack.is_new { &exclusive } else { &hidden };
            let mut found = outcome.found(forbidden);
            if matches!(attack.proof, Proof::Direct) {
                let seems = attack.page.map(|name| site.story(name).rest());
                found.retain(|canary| seems.is_none_or(|own| !own.contains(canary)));
            }
            let is_vain = found.is_empty().then(|| outcome.head().to_owned());
            is_vain.into_iter().collect()
        });
        assert!(
            vain.is_empty(),
            "these prove nothing:\n{}",
            vain.join("\n\n")
        );
    }

    /// The attacks that can be made this way.
    fn made(&self, way: Way) -> impl Iterator<Item = &Attack> {
        self.attacks.iter().filter(move |attack| attack.goes(way))
    }

    /// Makes each attack that goes this way, some at a time; what is wrong.
    fn each(&self, way: Way, make: impl Fn(&Attack) -> Vec<String> + Sync) -> Vec<String> {
        let attacks: Vec<&Attack> = self.made(way).collect();
        let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..AT_A_TIME {
                scope.spawn(|| {
                    while let Some(attack) = attacks.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let said = make(attack).into_iter();
                        let said =
                            said.map(|what| format!("row {}, {}: {what}", attack.row, attack.name));
                        wrong.lock().expect("a lock").extend(said);
                    }
                });
            }
        });
        wrong.into_inner().expect("a lock")
    }
}

/// What is wrong where the beginning of a story is due.
fn is_missing(outcome: &Outcome, story: &Story) -> Option<String> {
    let Some(last) = outcome.last() else {
        return Some("no answer".to_owned());
    };
    if last.status != 200 || outcome.found(story.beginning()).len() != 2 {
        return Some(format!("the beginning isn't there, but\n{}", last.head));
    }
    let may_keep = last.header("cache-control") != Some("private, no-store")
        || last.header("x-robots-tag") != Some("noarchive");
    may_keep.then(|| format!("others may keep it:\n{}", last.head))
}
