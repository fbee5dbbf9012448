//! Bodies that repeat one another.
//!
//! Pages show a story twice: for wide and for narrow screens, to be read and to
//! be printed. Everybody may read a third of it; with each copy counted, three
//! copies of a brief would give it away whole.

use std::collections::HashSet;

use crate::found::Text;
use crate::html::Span;
use crate::leak::{CERTAIN, STEP, WINDOW};
use crate::letters::{Letter, Markup, letters};
use crate::roll::Roller;

/// How many letters a body has, and how many that no body before it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) all: u64,
    pub(crate) new: u64,
}

impl Letters {
    /// What is new of a `length` that all letters have together.
    pub(crate) fn share(self, length: u64) -> u64 {
        match self.all {
            0 => length,
            // A page has less than 2^32 letters, and no more words.
            all => length * self.new / all,
        }
    }
}

/// The letters of each of `bodies`, which are in the order of the page.
pub(crate) fn letters_of(source: &str, bodies: &[Span], texts: &[Text]) -> Vec<Letters> {
    let mut known = Known {
        roller: Roller::new(WINDOW),
        windows: HashSet::new(),
        wholes: HashSet::new(),
        count: 0,
    };
    let mut counted = Vec::with_capacity(bodies.len());
    for body in bodies {
        let from = texts.partition_point(|text| text.span.end <= body.start);
        let inside = texts.get(from..).unwrap_or_default().iter();
        let inside = inside.take_while(|text| text.span.start < body.end);
        counted.push(known.body(inside.map(|text| text.span.of(source))));
    }
    counted
}

/// What the bodies so far have said.
struct Known {
    roller: Roller,
    /// Every eighth window, as everywhere where repetitions are looked for.
    windows: HashSet<u64>,
    /// Whole bodies: those shorter than a window are known by nothing else.
    wholes: HashSet<Vec<Letter>>,
    count: u64,
}

impl Known {
    fn body<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> Letters {
        let first = self.count;
        // Up to where the letters are known.
        let mut until = first;
        let mut repeated = 0;
        let mut start = Vec::with_capacity(CERTAIN);
        // Not known before the body's end: a refrain is no copy.
        let mut fresh = Vec::new();
        for text in texts {
            letters(text, Markup::Read, |letter| {
                let at = self.count;
                self.count += 1;
                if start.len() < CERTAIN {
                    start.push(letter);
                }
                if let Some(hash) = self.roller.push(letter) {
                    if self.windows.contains(&hash) {
                        // What is around it may be in windows left out.
                        let from = (at + 1).saturating_sub(CERTAIN as u64).max(until);
                        until = at + STEP as u64;
                        repeated += until - from;
                    }
                    if at.is_multiple_of(STEP as u64) {
                        fresh.push(hash);
                    }
                }
                true
            });
        }
        self.windows.extend(fresh);
        let all = self.count - first;
        repeated -= until.saturating_sub(self.count);
        let short = start.len() < CERTAIN;
        if short && !self.wholes.insert(start) {
            repeated = all;
        }
        Letters {
            all,
            new: all.saturating_sub(repeated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_copies_are_counted_once() {
        let brief = "The harbour office had closed its shutters long before the storm came in.";
        let other = "Nobody on the quay could say who had kept the lamp alight that night.";
        let check = |bodies: &[&str], shares: &[u64]| {
            let mut known = Known {
                roller: Roller::new(WINDOW),
                windows: HashSet::new(),
                wholes: HashSet::new(),
                count: 0,
            };
            let found: Vec<u64> = bodies
                .iter()
                .map(|body| known.body(std::iter::once(*body)).share(100))
                .collect();
            assert_eq!(found, shares, "{bodies:?}");
        };
        check(&[brief, other], &[100, 100]);
        check(&[brief, brief, brief], &[100, 0, 0]);
        check(&[&format!("{brief}{brief}")], &[100]);
        check(
            &["One line,", "another.", "One line,", "another."],
            &[100, 100, 0, 0],
        );
        let longer = format!("{brief} {other}");
        check(&[brief, &longer], &[100, 44]);
        check(&[&longer, brief], &[100, 0]);
    }
}
