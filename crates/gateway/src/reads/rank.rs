//! Which stories are read most, in a fixed piece of memory: the space-saving
//! algorithm (Metwally, Agrawal and El Abbadi, 2005), with readings that count for
//! less as they grow old.

use std::collections::HashMap;

use access::StoryId;
use jiff::Timestamp;

/// How many stories are followed: those among the first few are among them for
/// certain, since each has more than a five-hundredth of all readings.
const STORIES: usize = 512;

/// After how many seconds a reading counts half: eight hours, so that after a day
/// it is an eighth.
const HALF: f64 = 8.0 * 60.0 * 60.0;

/// How many halves are counted up before all scores are written smaller.
const MOST_HALVES: f64 = 64.0;

/// A story that is read, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The story.
    pub story: StoryId,
    /// Its readings, each for as much as it counts by now; surely not fewer.
    pub score: f64,
}

/// Stories and their scores.
#[derive(Default)]
pub(super) struct Rank {
    places: HashMap<StoryId, usize>,
    entries: Vec<Entry>,
    /// From when on scores are counted: a reading then counts one, and a later one
    /// more.
    since: Timestamp,
}

struct Entry {
    story: StoryId,
    score: f64,
    /// How much of it may belong to the stories that had its place before.
    over: f64,
}

impl Rank {
    /// Counts a reading.
    pub(super) fn add(&mut self, story: &StoryId, now: Timestamp) {
        let gain = self.worth(now);
        self.gain(story, gain);
    }

    fn gain(&mut self, story: &StoryId, gain: f64) {
        if let Some(entry) = self
            .places
            .get(story)
            .and_then(|at| self.entries.get_mut(*at))
        {
            entry.score += gain;
            return;
        }
        if self.entries.len() < STORIES {
            self.places.insert(story.clone(), self.entries.len());
            self.entries.push(Entry {
                story: story.clone(),
                score: gain,
                over: 0.0,
            });
            return;
        }
        let least = self.entries.iter_mut().enumerate();
        let least = least.min_by(|(_, one), (_, other)| one.score.total_cmp(&other.score));
        if let Some((at, entry)) = least {
            self.places.remove(&entry.story);
            self.places.insert(story.clone(), at);
            *entry = Entry {
                story: story.clone(),
                score: entry.score + gain,
                over: entry.score,
            };
        }
    }

    /// What a reading counts at a time, beside those before.
    fn worth(&mut self, now: Timestamp) -> f64 {
        if self.entries.is_empty() {
            self.since = now;
        }
        let mut halves = self.halves(now);
        if halves > MOST_HALVES {
            let shrink = (-halves).exp2();
            for entry in &mut self.entries {
                entry.score *= shrink;
                entry.over *= shrink;
            }
            self.since = now;
            halves = 0.0;
        }
        halves.exp2()
    }

    /// How many halves have passed; none where the clock was put back.
    fn halves(&self, now: Timestamp) -> f64 {
        let seconds = now.duration_since(self.since).as_secs_f64();
        (seconds / HALF).max(0.0)
    }

    pub(super) fn ranked(&self, most: usize, now: Timestamp) -> Vec<Ranked> {
        let age = (-self.halves(now)).exp2();
        let score = |entry: &Entry| (entry.score - entry.over) * age;
        let mut ranked: Vec<Ranked> = self
            .entries
            .iter()
            .map(|entry| Ranked {
                story: entry.story.clone(),
                score: score(entry),
            })
            .collect();
        // Of those alike the first by name, so that a page doesn't change for nothing.
        ranked.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then_with(|| one.story.cmp(&other.story))
        });
        ranked.truncate(most);
        ranked
    }

    pub(super) fn resume(&mut self, before: &[Ranked], now: Timestamp) {
        let worth = self.worth(now);
        let usable = before
            .iter()
            .filter(|one| one.score.is_finite() && one.score > 0.0);
        for one in usable.take(STORIES) {
            self.gain(&one.story, one.score * worth);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn noon() -> Timestamp {
        "2026-12-01T12:00:00Z".parse().expect("a time")
    }

    fn story(number: usize) -> StoryId {
        StoryId::new(format!("/stories/{number}"))
    }

    fn names(ranked: &[Ranked]) -> Vec<&str> {
        ranked.iter().map(|one| one.story.as_str()).collect()
    }

    #[test]
    fn what_is_read_most_is_found_among_a_hundred_thousand_stories() {
        let mut rank = Rank::default();
        for round in 0..300_000_usize {
            // Every tenth reading is of one of three.
            let which = match round % 30 {
                0 => 1,
                10 if round % 60 == 10 => 2,
                20 if round % 120 == 20 => 3,
                _ => 10 + round % 100_000,
            };
            rank.add(&story(which), noon());
        }
        let ranked = rank.ranked(3, noon());
        assert_eq!(names(&ranked), ["/stories/1", "/stories/2", "/stories/3"]);
        assert_eq!(rank.entries.len(), STORIES);
        assert_eq!(rank.places.len(), STORIES);
    }

    #[test]
    fn yesterdays_readings_count_for_an_eighth_and_years_do_no_harm() {
        let mut rank = Rank::default();
        for _ in 0..16 {
            rank.add(&story(1), noon());
        }
        let later = noon() + SignedDuration::from_hours(24);
        for _ in 0..3 {
            rank.add(&story(2), later);
        }
        let ranked = rank.ranked(2, later);
        assert_eq!(names(&ranked), ["/stories/2", "/stories/1"]);
        assert!((ranked[1].score - 2.0).abs() < 1e-9, "{ranked:?}");
        let much_later = noon() + SignedDuration::from_hours(24 * 3_000);
        rank.add(&story(3), much_later);
        let ranked = rank.ranked(2, much_later);
        assert_eq!(names(&ranked)[0], "/stories/3");
        assert!((ranked[0].score - 1.0).abs() < 1e-9, "{ranked:?}");
        // A clock that is put back takes nothing away.
        rank.add(&story(3), noon());
        assert!(rank.ranked(1, noon())[0].score >= 1.0);
    }

    #[test]
    fn a_restart_goes_on_and_damaged_scores_are_left_out() {
        let mut rank = Rank::default();
        for _ in 0..4 {
            rank.add(&story(1), noon());
        }
        rank.add(&story(2), noon());
        let kept = rank.ranked(10, noon());
        let mut again = Rank::default();
        again.resume(&kept, noon());
        assert_eq!(again.ranked(10, noon()), kept);
        let broken = [f64::NAN, f64::INFINITY, -1.0].map(|score| Ranked {
            story: story(9),
            score,
        });
        again.resume(&broken, noon());
        assert_eq!(again.ranked(10, noon()), kept);
    }
}
