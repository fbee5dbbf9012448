//! What was agreed to: what it gives, what it costs, what comes next.

use access::{EntitlementName, Offer};
use prompts::Arg;

use super::Pen;
use crate::letter::{Agreed, NextCharge};
use crate::sheet::{Piece, Row};

/// What it gives, as it is called everywhere.
pub(super) fn gives(pen: &Pen<'_>, agreed: &Agreed, heading: &str) -> Vec<Piece> {
    if agreed.story.is_some() {
        return list(pen, heading, vec![pen.say("shop-benefit-story")]);
    }
    let grants = agreed.grants.iter().map(EntitlementName::as_str);
    entitles(pen, grants, heading)
}

/// What these entitlements let one do.
pub(super) fn entitles<'g>(
    pen: &Pen<'_>,
    grants: impl Iterator<Item = &'g str>,
    heading: &str,
) -> Vec<Piece> {
    let said = |grant| pen.say_with("shop-benefit", &[("grant", Arg::Word(grant))]);
    list(pen, heading, grants.map(said).collect())
}

fn list(pen: &Pen<'_>, heading: &str, items: Vec<String>) -> Vec<Piece> {
    if items.is_empty() {
        return Vec::new();
    }
    let text = pen.say(heading);
    vec![Piece::Heading { text }, Piece::List { items }]
}

/// What it costs, in the words of an offer; nothing for what was bought once.
pub(super) fn price(pen: &Pen<'_>, agreed: &Agreed) -> Option<Row> {
    let (price, every) = agreed.lasting?;
    let offer = Offer {
        id: "agreed".into(),
        audience: access::OfferFor::Everyone,
        grants: Vec::new(),
        phases: agreed.phases.clone(),
        price,
        every,
        goes_on: true,
        opens: None,
        ends: None,
        closes: None,
        link: None,
    };
    let said = pen.messages.offer(pen.locale, &offer, None);
    let mut price = said.headline;
    if agreed.seats.is_some() {
        price = [price, pen.say("shop-each")].join(&pen.say("letter-joint"));
    }
    if let Some(then) = said.small_print.filter(|_| !agreed.phases.is_empty()) {
        let args = [("first", Arg::Text(&price)), ("then", Arg::Text(&then))];
        price = pen.say_with("letter-price-then", &args);
    }
    if agreed.plus_tax {
        let tax = if agreed.phases.is_empty() {
            "letter-plus-tax"
        } else {
            "letter-tax-added"
        };
        let tax = pen.say(tax);
        price = [price, tax].join(&pen.say("letter-joint"));
    }
    Some(pen.row("letter-row-price", &price))
}

/// How many seats.
pub(super) fn seats(pen: &Pen<'_>, agreed: &Agreed) -> Option<Row> {
    let count = agreed.seats?;
    let count = pen.messages.number(pen.locale, count.into(), 0);
    Some(pen.row("letter-row-seats", &count))
}

/// What is charged next.
pub(super) fn next(pen: &Pen<'_>, next: Option<NextCharge>) -> Option<Row> {
    let next = next?;
    let amount = charge(pen, next);
    let day = pen.day(next.date);
    let args = [("amount", Arg::Text(&amount)), ("date", Arg::Text(&day))];
    let value = pen.say_with("letter-row-next-value", &args);
    Some(pen.row("letter-row-next", &value))
}

/// An amount, and that tax comes on top where it does.
pub(super) fn charge(pen: &Pen<'_>, next: NextCharge) -> String {
    let amount = pen.money(next.amount);
    if next.plus_tax {
        return [amount, pen.say("letter-plus-tax")].join(&pen.say("letter-joint"));
    }
    amount
}

/// An offer, as walls hold it out.
pub(super) fn offer(pen: &Pen<'_>, offer: &Offer) -> Piece {
    let said = pen.messages.offer(pen.locale, offer, None);
    Piece::Offer {
        headline: said.headline,
        small_print: said.small_print,
        ends: said.ends,
    }
}
