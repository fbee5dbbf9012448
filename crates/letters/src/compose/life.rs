//! How a subscription begins, goes on and ends.

use access::Offer;
use commerce::subscription::EndReason;
use commerce::terms::Silence;
use jiff::civil::Date;
use prompts::{Arg, DateStyle};

use super::{Pen, payment, terms};
use crate::letter::{
    Ended, NextCharge, PlanChanged, PriceRise, TrialEnds, TrialThen, Welcome, WelcomeTo,
    Withdrawing,
};
use crate::sheet::{Piece, Sheet};

pub(super) fn welcome(pen: &Pen<'_>, welcome: &Welcome) -> Sheet {
    let lead = match welcome.to {
        WelcomeTo::Subscription => pen.say("letter-welcome-paid"),
        WelcomeTo::Bought => pen.say("letter-welcome-bought"),
        WelcomeTo::Trial(until) => pen.say_day("letter-welcome-trial", "until", until),
        WelcomeTo::Gift(until) => pen.say_day("letter-welcome-gift", "until", until),
        WelcomeTo::Given(Some(until)) => pen.say_day("letter-welcome-given", "until", until),
        WelcomeTo::Given(None) => pen.say("letter-welcome-given-open"),
    };
    let agreed = &welcome.agreed;
    let ends = welcome
        .ends
        .map(|day| pen.row("letter-row-ends", &pen.day(day)));
    let rows = [
        terms::price(pen, agreed),
        terms::seats(pen, agreed),
        terms::next(pen, welcome.next),
        ends,
    ];
    let rows: Vec<_> = rows.into_iter().flatten().collect();
    let mut sheet = pen.reader_sheet(pen.say("letter-welcome-title")).text(lead);
    // Who pays for seats reads nothing before one of them is theirs.
    sheet = if agreed.seats.is_some() {
        pen.account_button(sheet.text(pen.say("letter-welcome-seats")))
    } else {
        sheet.button(
            pen.say("letter-read-button"),
            pen.places.reading(agreed.story.as_ref()),
        )
    };
    sheet = sheet.with_all(terms::gives(pen, agreed, "letter-gives"));
    if !rows.is_empty() {
        let text = pen.say("letter-agreed");
        sheet = sheet.with(Piece::Heading { text }).rows(rows);
    }
    if agreed.lasting.is_some() {
        sheet = match (welcome.to, welcome.next) {
            (WelcomeTo::Trial(_), Some(next)) => {
                sheet.text(pen.say_day("letter-cancel-trial", "date", next.date))
            }
            _ => sheet.text(pen.say("letter-cancel")),
        };
    }
    sheet = match welcome.withdrawing {
        Some(Withdrawing::Part(day)) => {
            sheet.text(pen.say_day("letter-withdraw-part", "date", day))
        }
        Some(Withdrawing::Full(day)) => {
            sheet.text(pen.say_day("letter-withdraw-full", "date", day))
        }
        Some(Withdrawing::Waived) => sheet.text(pen.say("letter-withdraw-waived")),
        None => sheet,
    };
    if let Some(receipt) = &welcome.receipt {
        let text = pen.say("letter-receipt-heading");
        sheet = sheet
            .with(Piece::Heading { text })
            .with_all(payment::bill(pen, receipt));
        if let Some(printed) = &receipt.invoice {
            let label = pen.say("letter-invoice-button");
            sheet = sheet.link(label, pen.places.invoice(printed.id));
        }
    }
    if agreed.seats.is_some() {
        return sheet;
    }
    sheet.link(pen.say("letter-account-button"), pen.places.account())
}

pub(super) fn trial_ends(pen: &Pen<'_>, trial: &TrialEnds) -> Sheet {
    let days = [("days", Arg::Number(trial.days.into()))];
    let sheet = pen.reader_sheet(pen.say_with("letter-trial-ends-title", &days));
    match &trial.then {
        TrialThen::Charged(next) => {
            let amount = terms::charge(pen, *next);
            let args = [
                ("date", Arg::Date(trial.date, DateStyle::Full)),
                ("amount", Arg::Text(&amount)),
            ];
            let cancel = pen.say_day("letter-cancel-trial", "date", trial.date);
            let ends = pen.row("letter-row-ends-trial", &pen.day(trial.date));
            let rows = std::iter::once(ends).chain(terms::next(pen, Some(*next)));
            let sheet = sheet
                .text(pen.say_with("letter-trial-charged", &args))
                .rows(rows.collect())
                .text(cancel);
            pen.account_button(sheet)
        }
        TrialThen::Over(offer) => {
            let sheet = sheet
                .text(pen.say_day("letter-trial-over", "date", trial.date))
                .text(pen.say("letter-trial-go-on"));
            held_out(pen, sheet, offer.as_ref(), "letter-subscribe-button")
        }
    }
}

/// An offer with its button; without one, the way to all offers.
fn held_out(pen: &Pen<'_>, sheet: Sheet, offer: Option<&Offer>, button: &str) -> Sheet {
    let link = offer
        .and_then(|offer| offer.link.as_deref().map(str::to_owned))
        .unwrap_or_else(|| pen.places.offers());
    sheet
        .with_all(offer.map(|offer| terms::offer(pen, offer)))
        .button(pen.say(button), link)
}

pub(super) fn renewal(pen: &Pen<'_>, next: NextCharge) -> Sheet {
    let amount = terms::charge(pen, next);
    let args = [
        ("date", Arg::Date(next.date, DateStyle::Full)),
        ("amount", Arg::Text(&amount)),
    ];
    let sheet = pen
        .reader_sheet(pen.say_day("letter-renewal-title", "date", next.date))
        .text(pen.say_with("letter-renewal", &args))
        .rows(terms::next(pen, Some(next)).into_iter().collect())
        .text(pen.say("letter-renewal-cancel"));
    pen.account_button(sheet)
}

pub(super) fn price_rise(pen: &Pen<'_>, rise: &PriceRise) -> Sheet {
    let rate = |price| {
        let rate = pen.rate(price, rise.every);
        if rise.plus_tax {
            format!(
                "{rate}{}{}",
                pen.say("letter-joint"),
                pen.say("letter-plus-tax")
            )
        } else {
            rate
        }
    };
    let rows = vec![
        pen.row("letter-row-old-price", &rate(rise.old)),
        pen.row("letter-row-new-price", &rate(rise.new)),
        pen.row("letter-row-from", &pen.day(rise.from)),
    ];
    let silence = match rise.silence {
        Silence::Accepts => "letter-rise-silence-accepts",
        Silence::Refuses => "letter-rise-silence-refuses",
    };
    let link = |accept| pen.places.price(rise.subscription, accept);
    pen.reader_sheet(pen.say_day("letter-rise-title", "date", rise.from))
        .text(pen.say_day("letter-rise", "date", rise.from))
        .rows(rows)
        .text(pen.say_day(silence, "date", rise.from))
        .button(pen.say("letter-rise-accept-button"), link(true))
        .link(pen.say("letter-rise-refuse"), link(false))
}

pub(super) fn ended(pen: &Pen<'_>, ended: &Ended) -> Sheet {
    let title = match ended.why {
        EndReason::TrialOver => "letter-trial-ended-title",
        _ if ended.renews => "letter-ended-title",
        _ => "letter-access-ended-title",
    };
    let why = match ended.why {
        EndReason::Cancelled(_) => "letter-ended-cancelled",
        EndReason::TrialOver => "letter-ended-trial",
        EndReason::Expired => "letter-ended-expired",
        EndReason::NeverPaid | EndReason::PaymentFailed => "letter-ended-payment",
        EndReason::PriceRiseRefused => "letter-ended-price",
        EndReason::Withdrawn => "letter-ended-withdrawn",
        EndReason::Refunded => "letter-ended-refunded",
        EndReason::ChargedBack => "letter-ended-charged-back",
        EndReason::Revoked => "letter-ended-revoked",
    };
    let sheet = pen
        .reader_sheet(pen.say(title))
        .text(pen.say_day(why, "date", ended.date));
    if !wants_back(ended.why) {
        return sheet;
    }
    let button = match ended.why {
        EndReason::TrialOver => "letter-subscribe-button",
        _ => "letter-back-button",
    };
    let sheet = sheet.text(pen.say("letter-ended-back"));
    held_out(pen, sheet, ended.offer.as_ref(), button)
}

/// Whether one asks them back: not after a quarrel.
fn wants_back(why: EndReason) -> bool {
    !matches!(
        why,
        EndReason::ChargedBack | EndReason::Revoked | EndReason::Withdrawn | EndReason::Refunded
    )
}

pub(super) fn cancelled(pen: &Pen<'_>, until: Option<Date>) -> Sheet {
    let text = match until {
        Some(until) => pen.say_day("letter-cancelled", "until", until),
        None => pen.say("letter-cancelled-open"),
    };
    pen.reader_sheet(pen.say("letter-cancelled-title"))
        .text(text)
        .text(pen.say("letter-cancelled-back"))
        .button(pen.say("letter-cancelled-button"), pen.places.account())
}

pub(super) fn paused(pen: &Pen<'_>, resumes: Date) -> Sheet {
    pen.reader_sheet(pen.say("letter-paused-title"))
        .text(pen.say_day("letter-paused", "date", resumes))
        .button(pen.say("letter-paused-button"), pen.places.account())
}

pub(super) fn resumed(pen: &Pen<'_>, until: Option<Date>, next: Option<NextCharge>) -> Sheet {
    let until = until.map(|day| pen.row("letter-row-paid-until", &pen.day(day)));
    let rows = until.into_iter().chain(terms::next(pen, next));
    pen.reader_sheet(pen.say("letter-resumed-title"))
        .text(pen.say("letter-resumed"))
        .rows(rows.collect())
        .button(pen.say("letter-read-button"), pen.places.home())
}

pub(super) fn address_set(pen: &Pen<'_>) -> Sheet {
    let sheet = pen
        .reader_sheet(pen.say("letter-delivery-address-title"))
        .text(pen.say("letter-delivery-address"));
    pen.account_button(sheet)
        .small(pen.say("letter-delivery-not-you"))
}

pub(super) fn plan_changed(pen: &Pen<'_>, changed: &PlanChanged) -> Sheet {
    let agreed = &changed.agreed;
    let rows = [
        terms::price(pen, agreed),
        terms::seats(pen, agreed),
        terms::next(pen, changed.next),
    ];
    let sheet = pen
        .reader_sheet(pen.say("letter-plan-title"))
        .text(pen.say("letter-plan"))
        .with_all(terms::gives(pen, agreed, "letter-gives"))
        .rows(rows.into_iter().flatten().collect());
    pen.account_button(sheet)
}
