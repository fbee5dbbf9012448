//! Why something can't be done, worded for readers: a sentence for each refusal
//! that a reader can meet, and what to do next.

use commerce::payment::PaymentRefusal;
use commerce::subscription::{Refusal, SeatRefusal};
use jiff::Timestamp;
use prompts::Arg;

use crate::words::Speaker;

/// The sentence.
pub(super) fn said(speaker: &Speaker<'_>, refusal: &Refusal) -> String {
    let plain = |key: &str| speaker.text(key, &[]);
    let ends = |at: Option<Timestamp>| match at {
        Some(at) => speaker.until("subscription-refused-ends", at),
        None => plain("subscription-refused-no-end"),
    };
    match refusal {
        Refusal::Ended => plain("subscription-refused-ended"),
        Refusal::Incomplete => plain("subscription-refused-unpaid"),
        Refusal::Paused => plain("subscription-refused-paused"),
        Refusal::NotPaused => plain("subscription-refused-not-paused"),
        Refusal::PastDue => plain("subscription-refused-past-due"),
        Refusal::PaymentUnderWay => plain("subscription-refused-under-way"),
        Refusal::PaymentMethodMissing => plain("subscription-refused-no-method"),
        Refusal::AddressMissing => plain("subscription-refused-no-address"),
        Refusal::NotDelivered => plain("subscription-refused-not-delivered"),
        Refusal::EndsAnyway { at } => ends(*at),
        Refusal::Ending => plain("subscription-refused-ending"),
        Refusal::NotEnding => plain("subscription-refused-not-ending"),
        Refusal::NoPause => plain("subscription-refused-no-pause"),
        Refusal::PausedEnough => plain("subscription-refused-paused-enough"),
        Refusal::TrialRunning => plain("subscription-refused-trial"),
        Refusal::PauseLength { latest } => speaker.on("subscription-refused-pause-day", *latest),
        Refusal::OtherCurrency(_) => plain("subscription-refused-currency"),
        Refusal::SamePlan => plain("subscription-refused-same"),
        Refusal::NotRenewing => plain("subscription-refused-once"),
        Refusal::PaidElsewhere { until: Some(until) } => {
            speaker.on("subscription-refused-elsewhere", *until)
        }
        Refusal::SeatsDiffer => plain("subscription-refused-kind"),
        Refusal::SeatsTaken { taken } => counted(speaker, "subscription-refused-taken", *taken),
        Refusal::NoChangePending => plain("subscription-refused-no-change"),
        Refusal::WithdrawalOver { ended } => {
            speaker.until("subscription-refused-withdrawal-over", *ended)
        }
        Refusal::NoWithdrawal => plain("subscription-refused-no-withdrawal"),
        Refusal::NoRise => plain("subscription-refused-no-rise"),
        Refusal::Payment(refusal) => payment(speaker, refusal),
        Refusal::Seat(refusal) => seat(speaker, refusal),
        // What only a publisher can meet, or nobody.
        Refusal::EmptyTerms
        | Refusal::PaidElsewhere { until: None }
        | Refusal::NotARise { .. }
        | Refusal::NoticeTooShort { .. }
        | Refusal::RiseAnnounced
        | Refusal::EndsBeforeItBegins
        | Refusal::NoEnd
        | Refusal::Calendar(_)
        | Refusal::Money(_) => plain("subscription-refused-other"),
    }
}

fn payment(speaker: &Speaker<'_>, refusal: &PaymentRefusal) -> String {
    let key = match refusal {
        PaymentRefusal::UnderWay => "subscription-refused-under-way",
        PaymentRefusal::NothingOpen => "subscription-refused-nothing-open",
        PaymentRefusal::TooManyAttempts => "subscription-refused-attempts",
        _ => "subscription-refused-other",
    };
    speaker.text(key, &[])
}

fn seat(speaker: &Speaker<'_>, refusal: &SeatRefusal) -> String {
    match refusal {
        SeatRefusal::ForOne => speaker.text("subscription-refused-for-one", &[]),
        SeatRefusal::Full(seats) => counted(speaker, "subscription-refused-full", *seats),
        SeatRefusal::NoSuchSeat => speaker.text("subscription-refused-invitation", &[]),
        SeatRefusal::Taken => speaker.text("subscription-refused-seat-taken", &[]),
        SeatRefusal::OtherDomain(domain) => {
            let domain = ("domain", Arg::Text(domain.as_str()));
            speaker.text("subscription-refused-domain", &[domain])
        }
        SeatRefusal::TooManyDomains(_)
        | SeatRefusal::TooManyNetworks(_)
        | SeatRefusal::TooWide(_) => speaker.text("subscription-refused-other", &[]),
    }
}

fn counted(speaker: &Speaker<'_>, key: &str, count: u32) -> String {
    speaker.text(key, &[("count", Arg::Number(count.into()))])
}
