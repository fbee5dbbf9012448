//! Facts in brief: a line each, ids as the small numbers they are in the tests.

use ludgate_commerce::calendar::Zone;
use ludgate_commerce::gift::GiftFact;
use ludgate_commerce::ids::{ChargeId, OrderId};
use ludgate_commerce::payment::PaymentFact;
use ludgate_commerce::subscription::{ChangeForm, Cycle, Fact, SeatFact};

use super::written;

fn order(id: OrderId) -> String {
    format!("#{}", id.get())
}

fn charge(id: ChargeId) -> String {
    format!("{}/{}", order(id.order), id.attempt)
}

fn word(value: impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let mut words = String::new();
    for (index, c) in text.chars().enumerate() {
        if c.is_ascii_uppercase()
            && index > 0
            && words.chars().last().is_some_and(char::is_alphabetic)
        {
            words.push('-');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

fn cycle(zone: &Zone, cycle: &Cycle) -> String {
    let start = written(zone, cycle.period.start);
    let end = cycle.period.end.map(|end| written(zone, end));
    format!(
        "{} from {start} to {}",
        word(cycle.kind),
        end.unwrap_or("ever".into())
    )
}

pub(crate) fn brief(zone: &Zone, fact: &Fact) -> String {
    let on = |at| written(zone, at);
    match fact {
        Fact::Begun(begun) => format!("begun {}", begun.terms.offer),
        Fact::Payment(fact) => brief_payment(zone, fact),
        Fact::Seat(fact) => match fact {
            SeatFact::Invited { seat } => format!("seat {} kept", seat.get()),
            SeatFact::Taken { seat, account, .. } => {
                format!("seat {} taken by {}", seat.get(), account.get())
            }
            SeatFact::Freed { seat, .. } => format!("seat {} freed", seat.get()),
            SeatFact::Admitted { domains, networks } => {
                format!(
                    "{} domains and {} networks admitted",
                    domains.len(),
                    networks.len()
                )
            }
        },
        Fact::PeriodStarted(new) => format!("period {}", cycle(zone, new)),
        Fact::PeriodEnded { earned } => format!("period over, {earned} earned"),
        Fact::GraceStarted { until } => format!("grace until {}", on(*until)),
        Fact::Recovered => "recovered".into(),
        Fact::CancellationScheduled { at, cause, .. } => {
            let at = at.map_or("then".into(), on);
            format!("cancelled for {at} ({})", word(cause))
        }
        Fact::CancellationWithdrawn => "not cancelled after all".into(),
        Fact::Ended { why, .. } => format!("ended: {}", word(why)),
        Fact::Paused { resumes, .. } => format!("paused until {}", on(*resumes)),
        Fact::Resumed { period, .. } => {
            format!("resumed until {}", period.end.map_or("ever".into(), on))
        }
        Fact::Extended { period, .. } => {
            format!("extended until {}", period.end.map_or("ever".into(), on))
        }
        Fact::PlanChangeAgreed { terms, form, .. } => {
            let when = match form {
                ChangeForm::AtPeriodEnd => "at the period's end",
                ChangeForm::OnPayment => "on payment",
                ChangeForm::OnPaymentAnew { .. } => "on payment, anew",
            };
            format!("to be {} {when}", terms.plan)
        }
        Fact::PlanChangeDropped => "no change of plan".into(),
        Fact::PlanChanged { terms, .. } => format!("is {} now", terms.plan),
        Fact::PriceRiseAnnounced(rise) => format!("{} from {}", rise.price, on(rise.from)),
        Fact::PriceRiseTold { from } => format!("told, from {}", on(*from)),
        Fact::PriceRiseAccepted => "price rise accepted".into(),
        Fact::PriceRiseRefused => "price rise refused".into(),
        Fact::PriceRiseApplied { price } => format!("costs {price} now"),
        Fact::ReminderDue { kind, days, .. } => format!("reminder: {} in {days} days", word(kind)),
        Fact::PaymentMethodSet { method } => format!("method {}", method.get()),
        Fact::Transferred { account } => format!("is {}'s", account.get()),
        Fact::AddressSet { .. } => "address set".into(),
        Fact::TaxStatusSet { .. } => "tax status set".into(),
    }
}

fn brief_payment(zone: &Zone, fact: &PaymentFact) -> String {
    let on = |at| written(zone, at);
    match fact {
        PaymentFact::OrderOpened {
            order: id,
            purpose,
            bill,
            ..
        } => format!("order {} {} {}", order(*id), word(purpose), bill.total),
        PaymentFact::ChargeRequested { charge: id, .. } => format!("charge {}", charge(*id)),
        PaymentFact::ChargeDeclined {
            charge: id,
            reason,
            retry_at,
            ..
        } => {
            let again = retry_at.map_or(String::new(), |at| format!(", again {}", on(at)));
            format!("declined {} ({}){again}", charge(*id), word(reason))
        }
        PaymentFact::OutcomeUnknown { charge: id, ask_at } => {
            format!("unknown {}, ask {}", charge(*id), on(*ask_at))
        }
        PaymentFact::InquiryRequested {
            charge: id, asked, ..
        } => format!("inquiry {asked} about {}", charge(*id)),
        PaymentFact::AuthenticationRequired { charge: id, until } => {
            format!("confirm {} until {}", charge(*id), on(*until))
        }
        PaymentFact::VoidRequested { charge: id, .. } => format!("void {}", charge(*id)),
        PaymentFact::OrderFailed { order: id } => format!("failed {}", order(*id)),
        PaymentFact::Paid { charge: id, .. } => format!("paid {}", charge(*id)),
        PaymentFact::SurplusReceived { charge: id, amount } => {
            format!("surplus {} {amount}", charge(*id))
        }
        PaymentFact::RefundRequested {
            charge: id,
            amount,
            reason,
            ..
        } => format!("refund {amount} of {} ({})", charge(*id), word(reason)),
        PaymentFact::Refunded { amount, .. } => format!("refunded {amount}"),
        PaymentFact::RefundFailed { returned, .. } => returned
            .map_or("refund failed".into(), |amount| {
                format!("refund returned {amount}")
            }),
        PaymentFact::RefundAgainRequested {
            charge: id, amount, ..
        } => format!("refund {amount} of {} again", charge(*id)),
        PaymentFact::ChargedBack { charge: id, .. } => format!("charged back {}", charge(*id)),
        PaymentFact::ChargebackWon { amount, .. } => format!("chargeback won {amount}"),
    }
}

pub(crate) fn brief_gift(zone: &Zone, fact: &GiftFact) -> String {
    match fact {
        GiftFact::Bought(bought) => format!("bought {}", bought.terms.plan),
        GiftFact::Payment(fact) => brief_payment(zone, fact),
        GiftFact::Ready { until } => format!("ready until {}", written(zone, *until)),
        GiftFact::SentAgain { elsewhere } if *elsewhere => "sent elsewhere".into(),
        GiftFact::SentAgain { .. } => "sent again".into(),
        GiftFact::Redeemed {
            account, prepaid, ..
        } => format!("redeemed by {}, {prepaid}", account.get()),
        GiftFact::Forfeited { earned } => format!("forfeited {earned}"),
        GiftFact::Ended { why } => format!("ended: {}", word(why)),
        GiftFact::RevocationRequested { .. } => "revoke".into(),
        GiftFact::PaymentMethodSet { method } => format!("method {}", method.get()),
    }
}
