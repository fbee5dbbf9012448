//! A sample of every page of the shop in every state.

use super::notices::NOTICES;
use super::view::{
    Card, Checkout, CountryName, CurrencyLink, Errors, GiftCard, Group, KnownCard, Offers, Order,
    Redeem, Said, SeatsRange, Summary, Typed,
};
use crate::samples::{HOSTILE, Render};
use crate::view::To;
use crate::wanted::Wanted;

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    offers(render);
    checkouts(render);
    orders(render);
    bank(render);
    gifts(render);
    for notice in NOTICES {
        render.render(notice);
    }
}

/// The two scripts of a page where Stripe is paid: ours, and Stripe's.
pub(crate) const SCRIPT: &str = "/-/assets/card.js";
pub(crate) const STRIPE: &str = "https://js.stripe.example/v3/";

fn to() -> Option<To> {
    Wanted::new("/stories/a?b=c&d='e'", "/-/").map(To::from)
}

fn said(ends: Option<&str>) -> Said {
    Said {
        headline: HOSTILE.to_owned(),
        small_print: ends.map(|_| HOSTILE.to_owned()),
        ends: ends.map(str::to_owned),
        is_soon: ends.is_some(),
    }
}

fn card(id: &str, gift: bool) -> Card {
    Card {
        id: id.to_owned(),
        link: format!("subscribe/{id}?to=%2Fstories%2Fa"),
        name: HOSTILE.to_owned(),
        badge: gift.then(|| HOSTILE.to_owned()),
        stands_out: gift,
        gift,
        said: said(gift.then_some(HOSTILE)),
        benefits: vec![HOSTILE.to_owned(), "print".to_owned()],
    }
}

fn offers(render: &mut impl Render) {
    render.render(&Offers::default());
    let currency = |code: &str, is_this| CurrencyLink {
        code: code.to_owned(),
        query: format!("?currency={code}"),
        is_this,
    };
    for (gone, code_error, signed_in) in [
        (None, None, false),
        (Some(HOSTILE.to_owned()), None, true),
        (None, Some("shop-code-wrong"), true),
    ] {
        render.render(&Offers {
            picture: "/-/assets/bundle.svg".to_owned(),
            gone,
            to: to(),
            query: "?to=%2Fstories%2Fa".to_owned(),
            own: vec![card("a", false), card("b", true)],
            groups: vec![Group {
                heading: "shop-group-gift",
                cards: vec![card("c", true)],
            }],
            currencies: vec![currency("USD", true), currency("EUR", false)],
            currency: "USD".to_owned(),
            code: HOSTILE.to_owned(),
            code_error,
            signed_in,
            has_one: signed_in,
            back: "?to=%2F-%2Fsubscribe".to_owned(),
        });
    }
}

fn typed() -> Typed {
    let text = HOSTILE.to_owned();
    Typed {
        quantity: text.clone(),
        country: "DE".to_owned(),
        business: true,
        business_name: text.clone(),
        business_street: text.clone(),
        business_city: text.clone(),
        vat: text.clone(),
        post_name: text.clone(),
        post_street: text.clone(),
        post_more: text.clone(),
        post_city: text.clone(),
        post_region: text.clone(),
        post_code: text.clone(),
        gift_to: text.clone(),
        gift_mail: text.clone(),
        gift_from: text.clone(),
        gift_words: text,
        method: "new".to_owned(),
        consent: true,
    }
}

fn errors() -> Errors {
    let long = Some("shop-too-long");
    Errors {
        quantity: Some("shop-seats-wrong"),
        country: Some("shop-country-missing"),
        business_name: Some("account-error-missing"),
        business_street: long,
        business_city: long,
        vat: Some("shop-vat-wrong"),
        post_name: Some("account-error-missing"),
        post_street: Some("shop-line-wrong"),
        post_more: long,
        post_city: long,
        post_region: long,
        post_code: long,
        gift_to: Some("account-error-missing"),
        gift_mail: Some("account-error-mail"),
        gift_from: Some("account-error-missing"),
        gift_words: long,
        method: Some("shop-method-missing"),
        card_number: Some("shop-card-number-wrong"),
        card_expires: Some("shop-card-expires-wrong"),
        card_code: Some("shop-card-code-wrong"),
        consent: Some("shop-consent-missing"),
    }
}

fn countries() -> Vec<CountryName> {
    let country = |code: &str| CountryName {
        code: code.to_owned(),
        name: HOSTILE.to_owned(),
    };
    vec![country("DE"), country("JP")]
}

/// The checkout of a kind, as it is opened.
fn checkout(kind: &'static str) -> Checkout {
    Checkout {
        kind,
        offer: "winter".to_owned(),
        query: "?to=%2Fstories%2Fa".to_owned(),
        to: to(),
        currency: "USD".to_owned(),
        summary: Summary {
            name: HOSTILE.to_owned(),
            said: said(Some(HOSTILE)),
            benefits: vec![HOSTILE.to_owned()],
            today: Some(HOSTILE.to_owned()),
            tax: Some(HOSTILE.to_owned()),
            later: vec![HOSTILE.to_owned()],
            terms: vec![HOSTILE.to_owned(), HOSTILE.to_owned()],
            mark: "0".repeat(32),
        },
        form: "0".repeat(32),
        countries: countries(),
        pays: true,
        entry: "sandbox",
        typed: Typed {
            method: "new".to_owned(),
            ..Typed::default()
        },
        ..Checkout::default()
    }
}

fn known_card() -> KnownCard {
    KnownCard {
        id: "pay_0".to_owned(),
        label: HOSTILE.to_owned(),
        until: "2030-05".to_owned(),
    }
}

fn checkouts(render: &mut impl Render) {
    for kind in ["subscription", "once", "gift"] {
        render.render(&checkout(kind));
        render.render(&Checkout {
            back: Some("?to=%2F-%2Fsubscribe%2Fwinter".to_owned()),
            ..checkout(kind)
        });
        render.render(&Checkout {
            code: HOSTILE.to_owned(),
            seats: Some(SeatsRange { least: 2, most: 50 }),
            delivered: true,
            cards: vec![known_card()],
            failed: true,
            declined: Some("insufficient_funds"),
            typed: typed(),
            errors: errors(),
            ..checkout(kind)
        });
    }
    // Where Stripe is paid: a new card, and one that is known.
    for cards in [Vec::new(), vec![known_card()]] {
        render.render(&Checkout {
            entry: "stripe",
            script: SCRIPT.to_owned(),
            stripe: STRIPE.to_owned(),
            key: HOSTILE.to_owned(),
            cards,
            errors: errors(),
            ..checkout("subscription")
        });
    }
    // Not taken: too often, or too late.
    for not_taken in [("shop-kept-many", 2), ("shop-kept-old", 0)] {
        render.render(&Checkout {
            failed: true,
            not_taken: Some(not_taken),
            typed: typed(),
            ..checkout("gift")
        });
    }
    // Free, with nothing to pay with.
    for kind in ["subscription", "trial"] {
        render.render(&Checkout {
            pays: false,
            failed: true,
            changed: true,
            summary: Summary::default(),
            ..checkout(kind)
        });
    }
}

fn orders(render: &mut impl Render) {
    for (state, kind) in [
        ("welcome", "subscription"),
        ("welcome", "once"),
        ("welcome", "team"),
        ("welcome", "delivered"),
        ("otherwise", "subscription"),
        ("gift", "once"),
        ("wait", "subscription"),
        ("bank", "subscription"),
        ("declined", "subscription"),
        ("over", "subscription"),
    ] {
        for known in [false, true] {
            render.render(&Order {
                state,
                kind,
                how: "past_due",
                path: "order/sub_0".to_owned(),
                to: if known { to() } else { None },
                amount: if known {
                    HOSTILE.to_owned()
                } else {
                    String::new()
                },
                name: HOSTILE.to_owned(),
                benefits: vec![HOSTILE.to_owned()],
                code: known.then(|| HOSTILE.to_owned()),
                mailed_to: known.then(|| HOSTILE.to_owned()),
                again: "subscribe/winter".to_owned(),
                declined: Some("refused"),
                entry: "sandbox",
                ..Order::default()
            });
        }
    }
}

/// A charge that is confirmed with Stripe's script.
fn bank(render: &mut impl Render) {
    for method in [None, Some(HOSTILE.to_owned())] {
        render.render(&Order {
            state: "bank",
            kind: "subscription",
            path: "order/sub_0".to_owned(),
            to: to(),
            amount: HOSTILE.to_owned(),
            entry: "stripe",
            script: SCRIPT.to_owned(),
            stripe: STRIPE.to_owned(),
            key: HOSTILE.to_owned(),
            secret: HOSTILE.to_owned(),
            method,
            ..Order::default()
        });
    }
}

fn gifts(render: &mut impl Render) {
    render.render(&Redeem::default());
    render.render(&Redeem {
        code: HOSTILE.to_owned(),
        error: Some("shop-redeem-unknown"),
        failed: true,
        ..Redeem::default()
    });
    let text = || HOSTILE.to_owned();
    let back = Some("?to=%2F-%2Fredeem".to_owned());
    for (back, has) in [(None, None), (back, None), (None, Some(text()))] {
        render.render(&Redeem {
            code: text(),
            failed: true,
            gift: Some(GiftCard {
                name: text(),
                benefits: vec![text()],
                length: text(),
                to: text(),
                from: text(),
                words: text(),
            }),
            back,
            has,
            form: "0".repeat(32),
            not_taken: Some(("shop-kept-old", 0)),
            countries: countries(),
            delivered: true,
            typed: typed(),
            errors: errors(),
            ..Redeem::default()
        });
    }
}
