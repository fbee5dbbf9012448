//! Gifts.

use access::Span;
use prompts::Arg;

use super::{Pen, payment, terms};
use crate::letter::{Gift, GiftBought, GiftFor};
use crate::plain;
use crate::sheet::{Piece, Row, Sheet};

pub(super) fn bought(pen: &Pen<'_>, bought: &GiftBought) -> Sheet {
    let receipt = &bought.receipt;
    let sheet = pen
        .reader_sheet(pen.say("letter-gift-bought-title"))
        .text(pen.say_amount("letter-gift-bought", receipt.total))
        .text(pen.say("letter-gift-bought-next"))
        .with_all(terms::gives(pen, &bought.agreed, "letter-gives-gift"))
        .rows(lasts(pen, bought.lasts).into_iter().collect())
        .with_all(payment::bill(pen, receipt));
    match &receipt.invoice {
        Some(printed) => {
            let label = pen.say("letter-invoice-button");
            sheet.button(label, pen.places.invoice(printed.id))
        }
        None => sheet,
    }
}

pub(super) fn gift(pen: &Pen<'_>, gift: &Gift) -> Sheet {
    let giver = gift.giver.as_deref().and_then(plain::name);
    let sheet = match (gift.to, &giver) {
        (GiftFor::Buyer, _) => pen
            .reader_sheet(pen.say("letter-gift-yours-title"))
            .text(pen.say("letter-gift-yours")),
        (GiftFor::Receiver, Some(giver)) => {
            let giver = [("giver", Arg::Text(giver))];
            told(pen, pen.say_with("letter-gift-title", &giver)).text(pen.say("letter-gift"))
        }
        (GiftFor::Receiver, None) => {
            told(pen, pen.say("letter-gift-title-anonymous")).text(pen.say("letter-gift"))
        }
    };
    let words = gift.words.as_deref().map(plain::words).unwrap_or_default();
    let rows = lasts(pen, gift.lasts)
        .into_iter()
        .chain([pen.row("letter-row-redeem-by", &pen.day(gift.until))]);
    sheet
        .with_all(words.into_iter().map(|text| Piece::Quote { text }))
        .with(Piece::Code {
            label: pen.say("letter-row-code"),
            text: gift.code.clone(),
        })
        .rows(rows.collect())
        .button(pen.say("letter-gift-button"), pen.places.redeem(&gift.code))
        .with_all(terms::gives(pen, &gift.agreed, "letter-gives"))
}

pub(super) fn redeemed(pen: &Pen<'_>) -> Sheet {
    pen.reader_sheet(pen.say("letter-gift-redeemed-title"))
        .text(pen.say("letter-gift-redeemed"))
}

/// A letter to somebody of whom others have told.
fn told(pen: &Pen<'_>, title: String) -> Sheet {
    Sheet::new(title, pen.say("letter-why-told"))
}

fn lasts(pen: &Pen<'_>, lasts: Option<Span>) -> Option<Row> {
    let span = pen.messages.length(pen.locale, lasts?);
    Some(pen.row("letter-row-lasts", &span))
}
