//! What is known when a prompt is shown: plain numbers and formatted texts,
//! handed over by those who decide and sell.

use std::sync::Arc;

use access::{EntitlementName, GiftOver, Period, Prompt, Reading};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a publication says of itself in every prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The name of the publication.
    pub publication: String,
    /// Where the prompts lead.
    pub links: Links,
    /// What a subscription gives, in the order in which it is said.
    pub benefits: Vec<Benefit>,
}

/// The addresses that prompts link to, as they stand in `href`. Where there is
/// no such place, no prompt speaks of it, and templates see no such variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Links {
    /// Where the offer of the day is taken.
    pub subscribe: String,
    /// Where all offers are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers: Option<String>,
    /// Where readers sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Where readers create an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Where readers see to their payments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Something that a subscription gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Benefit {
    /// Every story.
    Stories,
    /// The apps for phones and tablets.
    Apps,
    /// The printed edition.
    Print,
}

impl Benefit {
    /// Everything that a subscription can give.
    pub const ALL: [Self; 3] = [Self::Stories, Self::Apps, Self::Print];

    /// The entitlement by which it is given.
    pub(crate) fn grant(self) -> &'static str {
        match self {
            Self::Stories => "read",
            Self::Apps => "apps",
            Self::Print => "print",
        }
    }
}

/// The offer of the day, in the words of the reader's locale: what
/// [`Messages::offer`](crate::Messages::offer) makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferText {
    /// What is offered: "Three months for $9.00".
    pub headline: String,
    /// What comes after: "Then $14.90 a month. Cancel at any time."
    pub small_print: Option<String>,
    /// Until when: "Ends 31 January".
    pub ends: Option<String>,
    /// What it entitles to; where that is nothing, what a subscription gives is
    /// said.
    #[serde(skip)]
    pub grants: Vec<EntitlementName>,
    /// Where it is taken, if that isn't where offers are taken otherwise.
    #[serde(skip)]
    pub link: Option<String>,
}

/// One prompt as one reader is to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptView {
    /// Which prompt.
    pub prompt: Prompt,
    /// Where the reader stands; `None` where no meter had a say.
    pub meter: Option<MeterView>,
    /// The offer of the day; `None` where there is none.
    pub offer: Option<Arc<OfferText>>,
    /// Whether the reader is signed in, so isn't asked to.
    pub signed_in: bool,
    /// Whether the reader is new and has come from a network of which no more
    /// new readers are let in today.
    pub crowded: bool,
    /// The day, in the publication's zone, on which the reader's paused
    /// subscription goes on; `None` where that isn't said.
    pub resumes: Option<Date>,
    /// Why the gift link that the reader holds opens nothing any more; `None`
    /// where they hold none that is over.
    pub over: Option<GiftOver>,
}

/// A meter in a reader's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterView {
    /// Stories opened in the period.
    pub used: u16,
    /// Stories that may be opened in the period.
    pub limit: u16,
    /// The period.
    pub period: PeriodWord,
    /// The first day, in the publication's zone, on which the reader has free
    /// stories again; `None` where that isn't said.
    pub renews: Option<Date>,
}

/// How a period is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodWord {
    /// "this month"
    Month,
    /// "this week"
    Week,
    /// The last so many days.
    Days(u16),
}

impl From<Period> for PeriodWord {
    fn from(period: Period) -> Self {
        match period {
            Period::CalendarMonth => Self::Month,
            Period::CalendarWeek { .. } => Self::Week,
            Period::RollingDays(days) => Self::Days(days),
        }
    }
}

impl MeterView {
    /// What a decision's reading says, with the day on which free stories
    /// renew.
    pub fn new(reading: Reading, period: Period, renews: Option<Date>) -> Self {
        Self {
            used: reading.used,
            limit: reading.limit,
            period: period.into(),
            renews,
        }
    }

    /// Stories left in the period.
    pub fn left(self) -> u16 {
        self.limit.saturating_sub(self.used)
    }
}

impl PromptView {
    /// A prompt of which nothing further is known.
    pub fn new(prompt: Prompt) -> Self {
        Self {
            prompt,
            meter: None,
            offer: None,
            signed_in: false,
            crowded: false,
            resumes: None,
            over: None,
        }
    }

    /// Whether the prompt speaks of a meter and of nothing else, so that there
    /// is nothing to say without one.
    pub fn needs_meter(&self) -> bool {
        matches!(self.prompt, Prompt::Countdown | Prompt::LastStory)
    }

    /// This prompt with what the meter says.
    #[must_use]
    pub fn metered(self, meter: MeterView) -> Self {
        Self {
            meter: Some(meter),
            ..self
        }
    }

    /// This prompt for somebody who is signed in.
    #[must_use]
    pub fn signed_in(self) -> Self {
        Self {
            signed_in: true,
            ..self
        }
    }

    /// This prompt for a new reader too many from their network.
    #[must_use]
    pub fn crowded(self, crowded: bool) -> Self {
        Self { crowded, ..self }
    }

    /// This prompt for somebody whose subscription goes on again that day.
    #[must_use]
    pub fn resuming(self, resumes: Option<Date>) -> Self {
        Self { resumes, ..self }
    }

    /// This prompt for somebody who holds a gift link that is over.
    #[must_use]
    pub fn with_a_gift_over(self, over: GiftOver) -> Self {
        Self {
            over: Some(over),
            ..self
        }
    }

    /// This prompt with the offer of the day.
    #[must_use]
    pub fn offering(self, offer: Arc<OfferText>) -> Self {
        Self {
            offer: Some(offer),
            ..self
        }
    }
}
