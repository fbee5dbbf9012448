//! What a publisher does when a payment fails, a price rises or a reader
//! changes their mind. Part of the terms: what readers were told when they
//! agreed is what they get.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most retries of one failed payment. Card networks fine merchants who
/// try more than fifteen times in thirty days.
pub const MAX_RETRIES: usize = 10;

/// The longest of any of these times, in days: a year and a day.
const LONGEST: u16 = 366;

/// The most reminders of one kind.
const MAX_REMINDERS: usize = 4;

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// When a renewal's payment fails.
    pub dunning: Dunning,
    /// The legal right to withdraw; `None` where there is none.
    pub withdrawal: Option<Withdrawal>,
    /// Whether and for how long a subscription may be paused.
    pub pause: Option<PausePolicy>,
    /// How a higher price comes about.
    pub price_rise: PriceRisePolicy,
    /// What is announced beforehand.
    pub reminders: Reminders,
}

/// How a failed payment is collected after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dunning {
    /// For how many days after the end of what was paid access is kept.
    pub grace_days: u16,
    /// On which days after that end the payment is tried again.
    pub retry_days: Vec<u16>,
}

/// The legal days in which a consumer may withdraw from the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// How many days, counted from the day after acceptance; through the last.
    pub days: u16,
    /// How much is given back.
    pub refund: WithdrawalRefund,
}

/// How much a withdrawal gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalRefund {
    /// Everything.
    Full,
    /// What isn't used yet, by time: what the European directive allows where
    /// the reader asked to begin at once.
    Prorated,
}

/// Pausing at the reader's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausePolicy {
    /// After so many days it resumes by itself.
    pub longest_days: u16,
}

/// How a higher price comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRisePolicy {
    /// How many days before its first charge it has to be announced.
    pub notice_days: u16,
    /// What saying nothing means.
    pub silence: Silence,
}

/// What it means that a reader doesn't answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The reader agrees.
    Accepts,
    /// The reader doesn't, and the subscription ends before the new price.
    Refuses,
}

/// How many days beforehand readers are told of what is to come. Each list may
/// be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// Before a trial ends.
    pub trial_days: Vec<u16>,
    /// Before a renewal is charged.
    pub renewal_days: Vec<u16>,
}

/// A policy that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// Retries that don't follow one another, or come after grace.
    #[error(
        "retries have to come one after another, from day 1 to before the end of grace (day {0})"
    )]
    Retries(u16),
    /// More than are allowed.
    #[error("{0} retries are too many; at most {MAX_RETRIES}, or card networks complain")]
    TooManyRetries(usize),
    /// A time that is too long.
    #[error("{what} of {days} days is too long; at most {LONGEST}")]
    TooLong {
        /// Which time.
        what: &'static str,
        /// How long it is.
        days: u16,
    },
    /// A length of nothing.
    #[error("{0} of no days does nothing; leave it out, or give it days")]
    Nothing(&'static str),
    /// Too many reminders.
    #[error("{0} reminders of one kind are too many; at most {MAX_REMINDERS}")]
    TooManyReminders(usize),
}

impl Policy {
    /// Whether it makes sense.
    pub fn check(&self) -> Result<(), PolicyError> {
        self.dunning.check()?;
        let within = |what, days| {
            if days > LONGEST {
                return Err(PolicyError::TooLong { what, days });
            }
            Ok(())
        };
        within("a grace", self.dunning.grace_days)?;
        within("a notice of price rises", self.price_rise.notice_days)?;
        if let Some(withdrawal) = &self.withdrawal {
            within("a withdrawal period", withdrawal.days)?;
            some("a withdrawal period", withdrawal.days)?;
        }
        if let Some(pause) = &self.pause {
            within("a pause", pause.longest_days)?;
            some("a pause", pause.longest_days)?;
        }
        for list in [&self.reminders.trial_days, &self.reminders.renewal_days] {
            if list.len() > MAX_REMINDERS {
                return Err(PolicyError::TooManyReminders(list.len()));
            }
            for days in list {
                within("a reminder", *days)?;
                some("a reminder", *days)?;
            }
        }
        Ok(())
    }
}

fn some(what: &'static str, days: u16) -> Result<(), PolicyError> {
    if days == 0 {
        return Err(PolicyError::Nothing(what));
    }
    Ok(())
}

impl Dunning {
    fn check(&self) -> Result<(), PolicyError> {
        if self.retry_days.len() > MAX_RETRIES {
            return Err(PolicyError::TooManyRetries(self.retry_days.len()));
        }
        let rising = self
            .retry_days
            .windows(2)
            .all(|pair| pair.first() < pair.last());
        let within = self
            .retry_days
            .iter()
            .all(|day| (1..self.grace_days.max(1)).contains(day));
        if rising && within {
            return Ok(());
        }
        Err(PolicyError::Retries(self.grace_days))
    }
}

impl Default for Policy {
    /// What most publishers do: two weeks of grace with four retries, fourteen
    /// days to withdraw with the unused part given back, pauses of up to
    /// ninety days, thirty days' notice of a price rise that silence accepts,
    /// reminders a week and a day before a trial ends.
    fn default() -> Self {
        Self {
            dunning: Dunning {
                grace_days: 14,
                retry_days: vec![1, 3, 7, 12],
            },
            withdrawal: Some(Withdrawal {
                days: 14,
                refund: WithdrawalRefund::Prorated,
            }),
            pause: Some(PausePolicy { longest_days: 90 }),
            price_rise: PriceRisePolicy {
                notice_days: 30,
                silence: Silence::Accepts,
            },
            reminders: Reminders {
                trial_days: vec![7, 1],
                renewal_days: Vec::new(),
            },
        }
    }
}
