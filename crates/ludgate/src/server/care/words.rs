//! What has happened, in a few words for whoever looks after readers: how much,
//! until when, why. Names are those of the configuration and of the facts.

use commerce::gift::GiftFact;
use commerce::payment::PaymentFact;
use commerce::subscription::{Cycle, Fact, SeatFact, Stage, Subscription};
use commerce::tax::TaxStatus;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

/// Where a subscription stands.
pub(super) fn standing(one: &Subscription) -> String {
    let product = &one.terms.product;
    match &one.stage {
        Stage::Incomplete { .. } => format!("{product}, waits for its first payment"),
        Stage::Active => match one.ends_with_period() {
            Some(_) if one.period_end().is_some() => format!("{product}, active, and ends"),
            _ => format!("{product}, active"),
        },
        Stage::PastDue { .. } => format!("{product}, a payment has failed; still open"),
        Stage::Paused { .. } => format!("{product}, paused"),
        Stage::Ended { why, .. } => format!("{product}, ended: {}", said(why)),
    }
}

/// What is written in snake case where things are kept: `cancelled (price)`.
pub(super) fn said(what: &impl Serialize) -> String {
    words(&serde_json::to_value(what).unwrap_or_default())
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('_', " "),
        Value::Object(map) => {
            let one = map.iter().next();
            one.map_or(String::new(), |(name, inner)| {
                let (name, inner) = (name.replace('_', " "), words(inner));
                if inner.is_empty() {
                    name
                } else {
                    format!("{name} ({inner})")
                }
            })
        }
        _ => String::new(),
    }
}

/// How a subscription is taxed.
pub(super) fn taxed(status: TaxStatus) -> String {
    let whom = if status.business {
        "as a business"
    } else {
        "as a consumer"
    };
    format!("{whom} in {}", status.country)
}

/// Puts facts into words, with times of a zone.
pub(super) struct Teller<'a>(pub(super) &'a TimeZone);

impl Teller<'_> {
    fn at(&self, time: Timestamp) -> String {
        let there = time.to_zoned_datetime(self.0.clone());
        there.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn some(&self, word: &str, time: Option<Timestamp>) -> String {
        time.map_or(String::new(), |time| format!("{word} {}", self.at(time)))
    }

    /// What a fact of a subscription comes to.
    pub(super) fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Begun(begun) => {
                let terms = &begun.terms;
                let origin = said(&begun.origin);
                format!("{}, {}, {origin}", terms.product, terms.offer)
            }
            Fact::Payment(fact) => self.payment(fact),
            Fact::Seat(fact) => seat(fact),
            Fact::PeriodStarted(cycle) => self.cycle(cycle),
            Fact::PeriodEnded { earned } => format!("{earned} earned"),
            Fact::GraceStarted { until } => format!("open until {}", self.at(*until)),
            Fact::CancellationScheduled { at, cause, .. } => {
                join(&[said(cause), self.some("ends", *at)])
            }
            Fact::Ended { why, .. } => said(why),
            Fact::Paused { resumes, .. } => format!("until {}", self.at(*resumes)),
            Fact::Resumed { period, .. } | Fact::Extended { period, .. } => {
                self.some("until", period.end)
            }
            Fact::PlanChangeAgreed { terms, form, .. } => {
                join(&[terms.plan.to_string(), said(form)])
            }
            Fact::PlanChanged { terms, .. } => terms.plan.to_string(),
            Fact::PriceRiseAnnounced(rise) => {
                format!("{} from {}", rise.price, self.at(rise.from))
            }
            Fact::PriceRiseTold { from } => format!("from {}", self.at(*from)),
            Fact::PriceRiseApplied { price } => price.to_string(),
            Fact::ReminderDue { kind, at, .. } => format!("{} {}", said(kind), self.at(*at)),
            Fact::PaymentMethodSet { method } => method.to_string(),
            Fact::Transferred { account } => format!("to {account}"),
            Fact::AddressSet { address, .. } => address.to_string(),
            Fact::TaxStatusSet { status } => taxed(*status),
            Fact::Recovered
            | Fact::CancellationWithdrawn
            | Fact::PlanChangeDropped
            | Fact::PriceRiseAccepted
            | Fact::PriceRiseRefused => String::new(),
        }
    }

    /// What a fact of a gift comes to.
    pub(super) fn gift(&self, fact: &GiftFact) -> String {
        match fact {
            GiftFact::Bought(bought) => {
                format!("{}, {}", bought.terms.product, bought.terms.offer)
            }
            GiftFact::Payment(fact) => self.payment(fact),
            GiftFact::Ready { until } => format!("until {}", self.at(*until)),
            GiftFact::SentAgain { elsewhere } => {
                let how = if *elsewhere {
                    "to another address"
                } else {
                    "to the same address"
                };
                how.to_owned()
            }
            GiftFact::Redeemed { subscription, .. }
            | GiftFact::RevocationRequested { subscription } => subscription.to_string(),
            GiftFact::Forfeited { earned } => format!("{earned} earned"),
            GiftFact::Ended { why } => said(why),
            GiftFact::PaymentMethodSet { method } => method.to_string(),
        }
    }

    fn payment(&self, fact: &PaymentFact) -> String {
        match fact {
            PaymentFact::OrderOpened { purpose, bill, .. } => {
                join(&[said(purpose), bill.total.to_string()])
            }
            PaymentFact::ChargeRequested { charge, amount, .. }
            | PaymentFact::SurplusReceived { charge, amount }
            | PaymentFact::ChargedBack { charge, amount, .. } => format!("{amount}, {charge}"),
            PaymentFact::ChargeDeclined {
                reason, retry_at, ..
            } => join(&[said(reason), self.some("again", *retry_at)]),
            PaymentFact::OutcomeUnknown { ask_at, .. }
            | PaymentFact::InquiryRequested { ask_at, .. } => {
                format!("asked again {}", self.at(*ask_at))
            }
            PaymentFact::AuthenticationRequired { until, .. } => {
                format!("until {}", self.at(*until))
            }
            PaymentFact::VoidRequested { charge, .. } => charge.to_string(),
            PaymentFact::OrderFailed { order } => order.to_string(),
            PaymentFact::Paid { charge, bill, .. } => format!("{}, {charge}", bill.total),
            PaymentFact::RefundRequested {
                charge,
                amount,
                reason,
                ..
            } => join(&[amount.to_string(), said(reason), charge.to_string()]),
            PaymentFact::RefundAgainRequested { charge, amount, .. } => {
                format!("{amount}, {charge}")
            }
            PaymentFact::Refunded { amount, .. } | PaymentFact::ChargebackWon { amount, .. } => {
                amount.to_string()
            }
            PaymentFact::RefundFailed { refund, .. } => format!("{refund}; it is still owed"),
        }
    }

    fn cycle(&self, cycle: &Cycle) -> String {
        let price = cycle.price.to_string();
        join(&[
            said(&cycle.kind),
            self.some("until", cycle.period.end),
            if cycle.paid { price } else { String::new() },
        ])
    }
}

fn seat(fact: &SeatFact) -> String {
    match fact {
        SeatFact::Invited { seat } => seat.to_string(),
        SeatFact::Taken {
            seat,
            account,
            domain,
        } => match domain {
            Some(domain) => format!("{seat} by {account}, as {}", domain.as_str()),
            None => format!("{seat} by {account}"),
        },
        SeatFact::Freed { seat, account } => match account {
            Some(account) => format!("{seat} by {account}"),
            None => seat.to_string(),
        },
        SeatFact::Admitted { domains, networks } => {
            let domains = domains.iter().map(|domain| domain.as_str().to_owned());
            let networks = networks.iter().map(ToString::to_string);
            domains.chain(networks).collect::<Vec<_>>().join(", ")
        }
    }
}

/// What there is of it, with commas.
fn join(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use commerce::subscription::{CancelReason, EndReason};

    use super::*;

    #[test]
    fn what_is_kept_in_snake_case_is_said_in_words() {
        assert_eq!(said(&EndReason::NeverPaid), "never paid");
        let why = EndReason::Cancelled(CancelReason::Price);
        assert_eq!(said(&why), "cancelled (price)");
        assert_eq!(join(&["a".into(), String::new(), "b".into()]), "a, b");
    }
}
