//! What the publication sells.

use access::{Country, EntitlementName, StoryId};
use commerce::calendar::{Interval, Zone};
use commerce::catalog::{
    Caps, Catalog, Offer, OfferAudience, OfferPhase, Plan, Product, Scope, Seating, Term, Window,
};
use commerce::ids::{OfferId, PlanId, ProductId, TaxClass};
use commerce::invoice::Party;
use commerce::money::{Currency, Money};
use commerce::tax::{DatedRate, TaxRate, TaxRates, TaxStatus};
use commerce::terms::{Channel, PhaseKind, Policy};
use jiff::tz::TimeZone;
use ludgate_billing::{Agreement, Chosen, Sales};
use store::Issuer;

pub(crate) fn country(code: &str) -> Country {
    Country::parse(code).expect("a country")
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub(crate) fn usd() -> Currency {
    Currency::parse("USD").expect("a currency")
}

pub(crate) fn consumer() -> TaxStatus {
    TaxStatus::consumer(country("DE"))
}

pub(crate) fn agreement() -> Agreement {
    Agreement {
        locale: "en".into(),
        words: "You agree to pay.".into(),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}

/// One of an offer; three seats of the one with seats, a story of the one that
/// buys one.
pub(crate) fn chosen(offer: &str) -> Chosen {
    let mut chosen = Chosen::one(OfferId::new(offer).expect("an offer"), usd());
    match offer {
        "team" => chosen.quantity = 3,
        "story" => chosen.story = Some(StoryId::new("/stories/the-tide-gauge")),
        _ => {}
    }
    chosen
}

fn product(id: &str, grants: &[&str]) -> Product {
    Product {
        id: ProductId::new(id).expect("a product"),
        grants: grants.iter().copied().map(EntitlementName::new).collect(),
        scope: Scope::Everything,
        delivered: false,
        tax_class: TaxClass::new("digital").expect("a class"),
    }
}

fn plan(id: &str, product: &str, term: Term, price: &str) -> Plan {
    Plan {
        id: PlanId::new(id).expect("a plan"),
        product: ProductId::new(product).expect("a product"),
        term,
        prices: vec![money(price)],
        seats: None,
    }
}

fn offer(id: &str, plan: &str) -> Offer {
    Offer {
        id: OfferId::new(id).expect("an offer"),
        plan: PlanId::new(plan).expect("a plan"),
        phases: Vec::new(),
        window: Window::default(),
        audience: OfferAudience::Everyone,
        code: None,
        caps: Caps::default(),
        method_needed: false,
        gift: false,
    }
}

fn trial(days: u16) -> OfferPhase {
    OfferPhase {
        kind: PhaseKind::Trial,
        prices: Vec::new(),
        every: Interval::Days(days),
        times: 1,
    }
}

fn intro(price: &str, months: u16) -> OfferPhase {
    OfferPhase {
        kind: PhaseKind::Intro,
        prices: vec![money(price)],
        every: Interval::Months(months),
        times: 1,
    }
}

fn plans() -> Vec<Plan> {
    let month = Term::Renews {
        every: Interval::MONTH,
    };
    let once = |lasts| Term::Once { lasts };
    vec![
        plan("monthly", "digital", month, "15.00 USD"),
        plan("monthly-print", "print", month, "40.00 USD"),
        plan(
            "quarter",
            "digital",
            once(Some(Interval::Months(3))),
            "40.00 USD",
        ),
        plan("pass", "pass", once(Some(Interval::Days(1))), "2.00 USD"),
        plan("story", "story", once(None), "1.00 USD"),
        Plan {
            seats: Some(Seating { least: 2, most: 50 }),
            ..plan("team", "team", month, "10.00 USD")
        },
    ]
}

fn offers() -> Vec<Offer> {
    vec![
        offer("standard", "monthly"),
        Offer {
            phases: vec![trial(14)],
            method_needed: true,
            ..offer("trial", "monthly")
        },
        Offer {
            phases: vec![intro("9.00 USD", 3)],
            window: Window {
                starts: None,
                ends: Some("2027-01-31".parse().expect("a date")),
            },
            audience: OfferAudience::New,
            ..offer("winter", "monthly")
        },
        Offer {
            phases: vec![intro("5.00 USD", 1)],
            audience: OfferAudience::Lapsed,
            caps: Caps {
                total: None,
                per_account: Some(1),
            },
            ..offer("come-back", "monthly")
        },
        Offer {
            caps: Caps {
                total: Some(1),
                per_account: Some(1),
            },
            ..offer("rare", "monthly")
        },
        offer("print", "monthly-print"),
        offer("pass", "pass"),
        offer("story", "story"),
        offer("team", "team"),
        Offer {
            gift: true,
            ..offer("gift", "quarter")
        },
    ]
}

pub(crate) fn sales() -> Sales {
    let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
    let catalog = Catalog {
        zone: Zone::new(zone).expect("a name"),
        tax_basis: commerce::tax::TaxBasis::Inclusive,
        policy: Policy::default(),
        products: vec![
            product("digital", &["read", "apps"]),
            product("print", &["read", "apps", "print"]),
            product("pass", &["read"]),
            Product {
                scope: Scope::OneStory,
                ..product("story", &["read"])
            },
            product("team", &["read", "apps"]),
        ],
        plans: plans(),
        offers: offers(),
    };
    catalog.check().expect("a catalog that makes sense");
    let seller = country("DE");
    let rate = DatedRate {
        country: seller,
        class: TaxClass::new("digital").expect("a class"),
        from: "2020-01-01".parse().expect("a date"),
        rate: TaxRate::from_millionths(190_000).expect("a rate"),
    };
    Sales {
        catalog,
        tax: TaxRates::new(seller, vec![rate], Vec::new()).expect("rates"),
        issuer: Issuer {
            seller: Party {
                name: "The Ludgate Review".into(),
                address: vec!["1 Ludgate Hill".into()],
                country: seller,
                vat_id: None,
            },
            invoices: "LR-".into(),
            credit_notes: "LRC-".into(),
        },
        currency: usd(),
        gifts_redeemable: Interval::Months(12),
    }
}
