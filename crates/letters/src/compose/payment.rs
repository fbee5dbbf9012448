//! Money that came, didn't come, or goes back.

use commerce::money::Money;
use commerce::payment::{DeclineReason, RefundReason};
use jiff::civil::Date;
use prompts::Arg;

use super::{Pen, terms};
use crate::letter::{
    AfterFailure, Authentication, Failed, Line, LineFor, Printed, Purchase, Receipt, Refund,
};
use crate::plain;
use crate::sheet::{Piece, Row, Sheet, Sold};

pub(super) fn receipt(pen: &Pen<'_>, receipt: &Receipt) -> Sheet {
    let sheet = pen
        .reader_sheet(pen.say_amount("letter-receipt-title", receipt.total))
        .text(pen.say_amount("letter-receipt", receipt.total))
        .with_all(bill(pen, receipt))
        .rows(terms::next(pen, receipt.next).into_iter().collect());
    match &receipt.invoice {
        Some(printed) => {
            let label = pen.say("letter-invoice-button");
            sheet.button(label, pen.places.invoice(printed.id))
        }
        None => pen.account_button(sheet),
    }
}

/// The number, the lines, tax and total.
pub(super) fn bill(pen: &Pen<'_>, receipt: &Receipt) -> Vec<Piece> {
    let mut sums = Vec::new();
    let is_plain = receipt.lines.len() == 1 && receipt.taxes.len() <= 1;
    if !is_plain && !receipt.taxes.is_empty() {
        sums.push(pen.row("letter-net", &pen.money(receipt.net)));
    }
    for (rate, tax) in &receipt.taxes {
        let rate = pen.messages.percent(pen.locale, rate.millionths());
        let label = pen.say_with("letter-tax", &[("rate", Arg::Text(&rate))]);
        sums.push(Row {
            label,
            ..pen.row("letter-total", &pen.money(*tax))
        });
    }
    sums.push(pen.row("letter-total", &pen.money(receipt.total)));
    let lines = receipt.lines.iter().map(|line| sold(pen, line)).collect();
    let mut pieces = Vec::new();
    match &receipt.invoice {
        Some(invoice) => pieces.push(Piece::Rows {
            rows: printed(pen, "letter-row-invoice", invoice),
        }),
        None => pieces.push(Piece::Small {
            text: pen.say("letter-invoice-soon"),
        }),
    }
    pieces.push(Piece::Bill { lines, sums });
    if receipt.reverse_charge {
        let text = pen.say("letter-reverse-charge");
        pieces.push(Piece::Small { text });
    }
    pieces
}

fn printed(pen: &Pen<'_>, number: &str, printed: &Printed) -> Vec<Row> {
    let mut rows = vec![
        pen.row(number, &printed.number),
        pen.row("letter-row-date", &pen.day(printed.date)),
    ];
    if let Some(corrects) = &printed.corrects {
        rows.push(pen.row("letter-row-corrects", corrects));
    }
    let name = |key, name: &str| pen.row(key, &plain::line(name));
    rows.push(name("letter-row-seller", &printed.seller));
    rows.push(name("letter-row-customer", &printed.customer));
    rows
}

fn sold(pen: &Pen<'_>, line: &Line) -> Sold {
    let what = pen.say(match line.of {
        LineFor::Plan => "letter-line-plan",
        LineFor::Once => "letter-line-once",
        LineFor::Difference => "letter-line-difference",
        LineFor::Unused => "letter-line-unused",
        LineFor::Gift => "letter-line-gift",
    });
    let what = if line.quantity > 1 {
        let args = [
            ("what", Arg::Text(&what)),
            ("count", Arg::Number(line.quantity.into())),
        ];
        pen.say_with("letter-line-seats", &args)
    } else {
        what
    };
    let when = line.period.map(|(from, to)| match to {
        Some(to) => pen.span(from, to),
        None => pen.day(from),
    });
    Sold {
        what,
        when,
        amount: pen.by_itself(&pen.money(line.net)),
    }
}

pub(super) fn refund(pen: &Pen<'_>, refund: &Refund) -> Sheet {
    let why = match refund.why {
        RefundReason::Care | RefundReason::Elsewhere => None,
        RefundReason::Withdrawal => Some("letter-refund-withdrawal"),
        RefundReason::PlanChange => Some("letter-refund-plan"),
        RefundReason::Surplus => Some("letter-refund-surplus"),
    };
    let mut sheet = pen.reader_sheet(pen.say_amount("letter-refund-title", refund.amount));
    if let Some(why) = why {
        sheet = sheet.text(pen.say(why));
    }
    sheet = sheet.text(pen.say_amount("letter-refund", refund.amount));
    match &refund.credit_note {
        Some(note) => sheet
            .rows(printed(pen, "letter-row-credit-note", note))
            .button(
                pen.say("letter-credit-note-button"),
                pen.places.invoice(note.id),
            ),
        None => sheet,
    }
}

pub(super) fn refund_delayed(pen: &Pen<'_>, amount: Money) -> Sheet {
    pen.reader_sheet(pen.say_amount("letter-refund-delayed-title", amount))
        .text(pen.say_amount("letter-refund-delayed", amount))
}

pub(super) fn failed(pen: &Pen<'_>, failed: &Failed) -> Sheet {
    match failed.then {
        AfterFailure::GoesOn { until, retry } => renewal_failed(pen, failed, until, retry),
        AfterFailure::NothingBegun(purchase) => purchase_failed(pen, failed, purchase),
        AfterFailure::PlanStays => change_failed(pen, failed),
    }
}

fn renewal_failed(pen: &Pen<'_>, failed: &Failed, until: Date, retry: Option<Date>) -> Sheet {
    let again = retry.map(|day| pen.row("letter-row-retry", &pen.day(day)));
    let rows = std::iter::once(pen.row("letter-row-amount", &pen.money(failed.amount)))
        .chain(again)
        .chain([pen.row("letter-row-access-until", &pen.day(until))]);
    let next = match retry {
        Some(_) => pen.say("letter-failed-again"),
        None => pen.say_day("letter-failed-final", "until", until),
    };
    pen.reader_sheet(pen.say("letter-failed-title"))
        .text(with_reason(pen, "letter-failed", failed.why))
        .rows(rows.collect())
        .text(next)
        .button(pen.say("letter-card-button"), pen.places.card())
}

fn purchase_failed(pen: &Pen<'_>, failed: &Failed, purchase: Purchase) -> Sheet {
    let rows = vec![pen.row("letter-row-amount", &pen.money(failed.amount))];
    let next = match failed.why {
        // It may have been booked all the same.
        DeclineReason::NeverAnswered => "letter-failed-unknown",
        _ => "letter-failed-nothing",
    };
    pen.reader_sheet(pen.say("letter-failed-title"))
        .text(with_reason(pen, "letter-failed-purchase", failed.why))
        .rows(rows)
        .text(pen.say(next))
        .button(
            pen.say("letter-purchase-button"),
            pen.places.purchase(purchase),
        )
}

fn change_failed(pen: &Pen<'_>, failed: &Failed) -> Sheet {
    pen.reader_sheet(pen.say("letter-failed-title"))
        .text(with_reason(pen, "letter-failed-plan", failed.why))
        .rows(vec![
            pen.row("letter-row-amount", &pen.money(failed.amount)),
        ])
        .text(pen.say("letter-failed-plan-stays"))
        .button(pen.say("letter-card-button"), pen.places.card())
}

/// That a payment failed, and why.
fn with_reason(pen: &Pen<'_>, what: &str, why: DeclineReason) -> String {
    let why = match why {
        DeclineReason::InsufficientFunds => "letter-failed-funds",
        DeclineReason::CardExpired => "letter-failed-expired",
        DeclineReason::CardBlocked => "letter-failed-blocked",
        DeclineReason::AuthenticationFailed => "letter-failed-unconfirmed",
        DeclineReason::Refused => "letter-failed-refused",
        // Not the reader's doing, nor anything that they could change.
        DeclineReason::ProviderError | DeclineReason::Voided | DeclineReason::NeverAnswered => {
            return pen.say(what);
        }
    };
    [pen.say(what), pen.say(why)].join(&pen.say("letter-joint"))
}

pub(super) fn authentication(pen: &Pen<'_>, asked: &Authentication) -> Sheet {
    let (text, until, link) = match asked.begins {
        Some(purchase) => (
            "letter-bank-purchase",
            "letter-row-confirm-by",
            pen.places.purchase(purchase),
        ),
        None => ("letter-bank", "letter-row-access-until", pen.places.card()),
    };
    let rows = vec![
        pen.row("letter-row-amount", &pen.money(asked.amount)),
        pen.row(until, &pen.day(asked.until)),
    ];
    pen.reader_sheet(pen.say("letter-bank-title"))
        .text(pen.say(text))
        .rows(rows)
        .button(pen.say("letter-bank-button"), link)
}
