//! The order in which terms are gone through: phase after phase, period after
//! period.

use serde::{Deserialize, Serialize};

use crate::calendar::Interval;
use crate::money::Money;
use crate::terms::{PhaseKind, Terms, Then};

/// Where in its terms a period lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Before them: the terms are new to the subscription, and the next period
    /// is their first.
    Start,
    /// In a phase.
    Phase {
        /// Which phase, from 0.
        index: u8,
        /// Which of its periods, from 0.
        period: u16,
    },
    /// After them all.
    Evergreen,
}

/// A period that terms provide for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) position: Position,
    pub(crate) kind: PhaseKind,
    /// For one seat.
    pub(crate) price: Money,
    pub(crate) every: Option<Interval>,
}

/// What terms begin with; `None` for terms of nothing.
pub(crate) fn first(terms: &Terms) -> Option<Segment> {
    in_phase(terms, 0, 0)
}

/// What follows a period; `None` where nothing does.
pub(crate) fn following(terms: &Terms, position: Position) -> Option<Segment> {
    match position {
        Position::Start => first(terms),
        Position::Evergreen => evergreen(terms),
        Position::Phase { index, period } => {
            let times = terms
                .phases
                .get(usize::from(index))
                .map_or(0, |phase| phase.times);
            match period.checked_add(1).filter(|next| *next < times) {
                Some(next) => in_phase(terms, index, next),
                None => in_phase(terms, index.saturating_add(1), 0),
            }
        }
    }
}

fn in_phase(terms: &Terms, index: u8, period: u16) -> Option<Segment> {
    let Some(phase) = terms.phases.get(usize::from(index)) else {
        return evergreen(terms);
    };
    Some(Segment {
        position: Position::Phase { index, period },
        kind: phase.kind,
        price: phase.price,
        every: phase.every,
    })
}

fn evergreen(terms: &Terms) -> Option<Segment> {
    match terms.then {
        Then::Renews { price, every } => Some(Segment {
            position: Position::Evergreen,
            kind: PhaseKind::Evergreen,
            price,
            every: Some(every),
        }),
        Then::Ends => None,
    }
}
