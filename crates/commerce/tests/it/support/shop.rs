//! What the publication sells.

use access::{Country, EntitlementName};
use ludgate_commerce::calendar::Interval;
use ludgate_commerce::catalog::*;
use ludgate_commerce::ids::*;
use ludgate_commerce::money::Money;
use ludgate_commerce::tax::{TaxBasis, TaxRates};
use ludgate_commerce::terms::{Acceptance, Channel, PhaseKind, Policy, Terms};

use super::{currency, money, zone};

pub(crate) fn no_tax() -> TaxRates {
    TaxRates::none(Country::parse("JP").expect("a country"))
}

pub(crate) fn plan_id(id: &str) -> PlanId {
    PlanId::new(id).expect("a plan")
}

pub(crate) fn offer_id(id: &str) -> OfferId {
    OfferId::new(id).expect("an offer")
}

fn product(id: &str, grants: &[&str]) -> Product {
    Product {
        id: ProductId::new(id).expect("a product"),
        grants: grants.iter().map(EntitlementName::new).collect(),
        scope: Scope::Everything,
        delivered: false,
        tax_class: TaxClass::new("digital").expect("a class"),
    }
}

fn plan(id: &str, product: &str, term: Term, prices: &[&str]) -> Plan {
    Plan {
        id: plan_id(id),
        product: ProductId::new(product).expect("a product"),
        term,
        prices: prices
            .iter()
            .map(|price| money(price))
            .collect::<Vec<Money>>(),
        seats: None,
    }
}

pub(crate) fn offer(id: &str, plan: &str) -> Offer {
    Offer {
        id: offer_id(id),
        plan: plan_id(plan),
        phases: Vec::new(),
        window: Window::default(),
        audience: OfferAudience::Everyone,
        code: None,
        caps: Caps::default(),
        method_needed: false,
        gift: false,
    }
}

pub(crate) fn trial(days: u16) -> OfferPhase {
    OfferPhase {
        kind: PhaseKind::Trial,
        prices: Vec::new(),
        every: Interval::Days(days),
        times: 1,
    }
}

pub(crate) fn intro(prices: &[&str], every: Interval, times: u16) -> OfferPhase {
    OfferPhase {
        kind: PhaseKind::Intro,
        prices: prices.iter().map(|price| money(price)).collect(),
        every,
        times,
    }
}

fn products() -> Vec<Product> {
    vec![
        product("digital", &["read", "apps"]),
        Product {
            delivered: true,
            ..product("paper", &["read", "apps", "print"])
        },
        Product {
            scope: Scope::OneStory,
            ..product("story", &["read"])
        },
        product("team", &["read"]),
    ]
}

fn plans() -> Vec<Plan> {
    let renews = |every| Term::Renews { every };
    let once = |lasts| Term::Once { lasts };
    let month = renews(Interval::MONTH);
    vec![
        plan(
            "monthly",
            "digital",
            month,
            &["15.00 USD", "1500 JPY", "4.500 KWD"],
        ),
        plan("premium", "digital", month, &["30.00 USD"]),
        plan("yearly", "digital", renews(Interval::YEAR), &["120.00 USD"]),
        plan(
            "weekly",
            "digital",
            renews(Interval::Days(7)),
            &["4.00 USD"],
        ),
        plan("paper", "paper", month, &["40.00 USD"]),
        plan("pass", "digital", once(Some(Interval::DAY)), &["2.00 USD"]),
        plan("single", "story", once(None), &["1.50 USD"]),
        plan(
            "quarter",
            "digital",
            once(Some(Interval::Months(3))),
            &["40.00 USD"],
        ),
        Plan {
            seats: Some(Seating { least: 2, most: 50 }),
            ..plan("team", "team", month, &["10.00 USD"])
        },
    ]
}

fn offers() -> Vec<Offer> {
    vec![
        offer("standard", "monthly"),
        offer("premium", "premium"),
        offer("yearly", "yearly"),
        offer("weekly", "weekly"),
        offer("paper", "paper"),
        offer("pass", "pass"),
        offer("single", "single"),
        offer("team", "team"),
        Offer {
            phases: vec![trial(14)],
            method_needed: true,
            ..offer("trial", "monthly")
        },
        Offer {
            phases: vec![trial(14)],
            ..offer("taster", "monthly")
        },
        Offer {
            phases: vec![intro(
                &["9.00 USD", "900 JPY", "2.700 KWD"],
                Interval::Months(3),
                1,
            )],
            window: Window {
                starts: Some("2026-12-01".parse().expect("a date")),
                ends: Some("2027-01-31".parse().expect("a date")),
            },
            audience: OfferAudience::New,
            ..offer("winter", "monthly")
        },
        Offer {
            phases: vec![
                trial(7),
                intro(&["1.00 USD", "100 JPY", "0.500 KWD"], Interval::MONTH, 2),
            ],
            method_needed: true,
            ..offer("gentle", "monthly")
        },
        Offer {
            phases: vec![intro(
                &["5.00 USD", "500 JPY", "1.500 KWD"],
                Interval::MONTH,
                1,
            )],
            audience: OfferAudience::Lapsed,
            ..offer("back", "monthly")
        },
        Offer {
            gift: true,
            ..offer("gift", "quarter")
        },
        Offer {
            phases: vec![intro(
                &["7.50 USD", "750 JPY", "2.250 KWD"],
                Interval::MONTH,
                2,
            )],
            audience: OfferAudience::Subscribers,
            ..offer("stay", "monthly")
        },
    ]
}

/// The catalog of a publication in Tokyo.
pub(crate) fn catalog() -> Catalog {
    catalog_in("Asia/Tokyo")
}

pub(crate) fn catalog_in(zone_name: &str) -> Catalog {
    Catalog {
        zone: zone(zone_name),
        tax_basis: TaxBasis::Inclusive,
        policy: Policy::default(),
        products: products(),
        plans: plans(),
        offers: offers(),
    }
}

/// The terms of an offer for whoever it is for, whenever that is.
pub(crate) fn terms(catalog: &Catalog, id: &str, code: &str) -> Terms {
    terms_for(catalog, id, code, 1)
}

pub(crate) fn terms_for(catalog: &Catalog, id: &str, code: &str, quantity: u32) -> Terms {
    let offer = catalog.offer(&offer_id(id)).expect("an offer");
    let relation = match offer.audience {
        OfferAudience::Lapsed => Relation::Lapsed,
        OfferAudience::Subscribers => Relation::Current,
        _ => Relation::Registered,
    };
    let story = access::StoryId::new("/stories/the-tide-gauge");
    let plan = catalog.plan(&offer.plan).expect("a plan");
    let one = catalog.product(&plan.product).expect("a product").scope == Scope::OneStory;
    let id = offer_id(id);
    let choice = Choice {
        offer: &id,
        currency: currency(code),
        quantity,
        code: None,
        story: one.then_some(&story),
    };
    let noon = super::local(&catalog.zone, "2027-01-01 12:00");
    catalog
        .terms(&choice, relation, Uses::default(), noon)
        .expect("terms")
}

pub(crate) fn acceptance(at: jiff::Timestamp) -> Acceptance {
    Acceptance {
        at,
        locale: "en".into(),
        words: "00".repeat(32),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}
