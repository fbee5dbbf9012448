//! Which facts about a request the rules ask for at all: reading the others
//! from it would be work for nothing on every page view.

use crate::{Condition, Rules};

/// The facts that some rule depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The reader's country.
    pub country: bool,
    /// The language that the reader prefers.
    pub language: bool,
    /// The kind of device.
    pub device: bool,
    /// Where the reader says they came from.
    pub referrer: bool,
}

impl Asked {
    /// What `rules` ask for.
    pub fn by(rules: &Rules) -> Self {
        let mut asked = Self::default();
        for rule in rules.rules() {
            asked.note(&rule.when);
        }
        asked
    }

    /// Nested as deeply as conditions may be, which is bounded.
    fn note(&mut self, condition: &Condition) {
        match condition {
            Condition::Country(_) => self.country = true,
            Condition::Language(_) => self.language = true,
            Condition::Device(_) => self.device = true,
            Condition::Referrer(_) => self.referrer = true,
            Condition::Not(inner) => self.note(inner),
            Condition::Any(list) | Condition::All(list) => {
                for inner in list {
                    self.note(inner);
                }
            }
            Condition::Always
            | Condition::Tier(_)
            | Condition::Sponsored(_)
            | Condition::Section(_)
            | Condition::Tag(_)
            | Condition::Author(_)
            | Condition::Story(_)
            | Condition::Path(_)
            | Condition::Published(_)
            | Condition::Entitled(_)
            | Condition::Audience(_)
            | Condition::Network(_)
            | Condition::Locale(_)
            | Condition::From(_)
            | Condition::Until(_) => {}
        }
    }
}
