//! What the bank tells by itself: when it is due, until somebody has heard it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::payment::{Event, EventId, Notice};

/// How many events wait to be fetched. Where nobody does, the first are lost,
/// as webhooks are.
const MAX_EVENTS: usize = 100_000;

/// Events that wait, by when they are due and their numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub(super) struct Events {
    waiting: BTreeMap<(Timestamp, u64), Notice>,
    /// When each is due, by its number.
    due: BTreeMap<u64, Timestamp>,
    /// The number of the next.
    next: u64,
}

/// Events as they are written down.
#[derive(Serialize, Deserialize)]
struct Kept {
    told: Vec<(u64, Timestamp, Notice)>,
    next: u64,
}

impl Events {
    /// Lets an event be told from then on.
    pub(super) fn tell(&mut self, notice: Notice, due: Timestamp) {
        if self.waiting.len() >= MAX_EVENTS
            && let Some(((_, number), _)) = self.waiting.pop_first()
        {
            self.due.remove(&number);
        }
        self.put(self.next, due, notice);
        self.next += 1;
    }

    /// Takes note that somebody has heard an event.
    pub(super) fn hear(&mut self, number: u64) {
        if let Some(due) = self.due.remove(&number) {
            self.waiting.remove(&(due, number));
        }
    }

    /// Whether nobody has heard an event yet.
    pub(super) fn waits(&self, number: u64) -> bool {
        self.due.contains_key(&number)
    }

    /// The events that are due, with their numbers, the first first.
    pub(super) fn due(&self, now: Timestamp) -> impl Iterator<Item = (u64, Event)> {
        let due = self.waiting.range(..=(now, u64::MAX));
        due.filter_map(|((due, number), notice)| {
            // The time is in it lest a new journal's events pass for an old one's.
            let id = format!("sbxevt_{}_{number}", due.as_second().unsigned_abs());
            let event = Event {
                id: id.parse().ok()?,
                at: *due,
                notices: vec![notice.clone()],
            };
            Some((*number, event))
        })
    }

    /// When the next event after `now` is due.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let mut later = self.waiting.range((now, u64::MAX)..);
        later
            .find(|((due, _), _)| *due > now)
            .map(|((due, _), _)| *due)
    }

    fn put(&mut self, number: u64, due: Timestamp, notice: Notice) {
        self.waiting.insert((due, number), notice);
        self.due.insert(number, due);
    }
}

/// The number of an event.
pub(in crate::sandbox) fn number_of(event: &EventId) -> Option<u64> {
    event.as_str().rsplit('_').next()?.parse().ok()
}

impl From<Kept> for Events {
    fn from(kept: Kept) -> Self {
        let mut events = Self {
            next: kept.next,
            ..Self::default()
        };
        for (number, due, notice) in kept.told {
            events.put(number, due, notice);
        }
        events
    }
}

impl From<Events> for Kept {
    fn from(events: Events) -> Self {
        let told = events.waiting.into_iter();
        Self {
            told: told
                .map(|((due, number), notice)| (number, due, notice))
                .collect(),
            next: events.next,
        }
    }
}
