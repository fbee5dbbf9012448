//! What the publication sells, and who carries its mail.

use access::{Country, EntitlementName};
use billing::{NotSent, Parcel, Post, Sales, Sending};
use commerce::calendar::{Interval, Zone};
use commerce::catalog::{
    Caps, Catalog, Offer, OfferAudience, OfferPhase, Plan, Product, Scope, Seating, Term, Window,
};
use commerce::ids::{OfferId, PlanId, ProductId, PromotionCode, TaxClass};
use commerce::invoice::Party;
use commerce::money::Currency;
use commerce::tax::{DatedRate, TaxBasis, TaxRate, TaxRates};
use commerce::terms::{PhaseKind, Policy};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Issuer;

/// Mail that goes nowhere: the shop sends none itself.
pub(crate) struct NoPost;

impl Post for NoPost {
    fn send<'a>(&'a self, _: &'a Parcel) -> Sending<'a> {
        Box::pin(async { Ok::<bool, NotSent>(true) })
    }
}

fn country(code: &str) -> Country {
    Country::parse(code).expect("a country")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
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
    let price = |text: &&str| text.parse().expect("a price");
    Plan {
        id: PlanId::new(id).expect("a plan"),
        product: ProductId::new(product).expect("a product"),
        term,
        prices: prices.iter().map(price).collect(),
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

fn once_each() -> Caps {
    Caps {
        total: Some(1),
        per_account: Some(1),
    }
}

fn until(ends: &str) -> Window {
    Window {
        starts: None,
        ends: Some(day(ends)),
    }
}

fn phase(kind: PhaseKind, prices: &[&str], every: Interval) -> OfferPhase {
    let price = |text: &&str| text.parse().expect("a price");
    OfferPhase {
        kind,
        prices: prices.iter().map(price).collect(),
        every,
        times: 1,
    }
}

fn plans() -> Vec<Plan> {
    let month = Term::Renews {
        every: Interval::MONTH,
    };
    let year = Term::Renews {
        every: Interval::YEAR,
    };
    let once = |lasts| Term::Once { lasts };
    vec![
        plan(
            "digital-monthly",
            "digital",
            month,
            &["14.90 USD", "13.90 EUR"],
        ),
        plan("bundle-monthly", "bundle", month, &["24.90 USD"]),
        plan("story", "story", once(None), &["1.50 USD"]),
        plan("pass", "pass", once(Some(Interval::DAY)), &["2.00 USD"]),
        plan(
            "gift-year",
            "digital",
            once(Some(Interval::YEAR)),
            &["99.00 USD"],
        ),
        Plan {
            seats: Some(Seating { least: 2, most: 50 }),
            ..plan("team-yearly", "team", year, &["120.00 USD"])
        },
    ]
}

fn offers() -> Vec<Offer> {
    vec![
        Offer {
            phases: vec![phase(
                PhaseKind::Intro,
                &["9.00 USD", "8.00 EUR"],
                Interval::Months(3),
            )],
            window: until("2027-01-31"),
            audience: OfferAudience::New,
            ..offer("winter", "digital-monthly")
        },
        offer("monthly", "digital-monthly"),
        Offer {
            phases: vec![phase(PhaseKind::Trial, &[], Interval::Days(14))],
            audience: OfferAudience::Registered,
            method_needed: true,
            ..offer("trial", "digital-monthly")
        },
        offer("bundle", "bundle-monthly"),
        Offer {
            phases: vec![phase(PhaseKind::Trial, &[], Interval::Days(10))],
            ..offer("taste", "bundle-monthly")
        },
        Offer {
            // The last day of the tests.
            window: until("2026-11-12"),
            ..offer("today", "digital-monthly")
        },
        Offer {
            window: until("2026-11-11"),
            ..offer("autumn", "bundle-monthly")
        },
        Offer {
            audience: OfferAudience::Lapsed,
            ..offer("come-back", "digital-monthly")
        },
        Offer {
            phases: vec![phase(
                PhaseKind::Intro,
                &["1.00 USD", "1.00 EUR"],
                Interval::MONTH,
            )],
            code: Some(PromotionCode::new("FRIENDS-26").expect("a code")),
            ..offer("friends", "digital-monthly")
        },
        Offer {
            caps: Caps {
                total: Some(1),
                per_account: None,
            },
            ..offer("rare", "digital-monthly")
        },
        Offer {
            phases: vec![phase(
                PhaseKind::Intro,
                &["21.00 USD", "20.00 EUR"],
                Interval::Months(3),
            )],
            audience: OfferAudience::Subscribers,
            ..offer("stay", "digital-monthly")
        },
        offer("story", "story"),
        offer("day", "pass"),
        offer("team", "team-yearly"),
        Offer {
            gift: true,
            ..offer("present", "gift-year")
        },
        Offer {
            caps: once_each(),
            ..offer("once", "digital-monthly")
        },
        Offer {
            caps: once_each(),
            gift: true,
            ..offer("present-once", "gift-year")
        },
    ]
}

pub(crate) fn sales() -> Sales {
    let catalog = Catalog {
        zone: Zone::new(TimeZone::get("UTC").expect("a zone")).expect("a name"),
        tax_basis: TaxBasis::Inclusive,
        policy: Policy::default(),
        products: vec![
            product("digital", &["read", "apps"]),
            Product {
                delivered: true,
                ..product("bundle", &["read", "apps", "print"])
            },
            Product {
                scope: Scope::OneStory,
                ..product("story", &["read"])
            },
            product("pass", &["read"]),
            product("team", &["read", "apps"]),
        ],
        plans: plans(),
        offers: offers(),
    };
    catalog.check().expect("a catalog that makes sense");
    let rate = |code: &str, millionths| DatedRate {
        country: country(code),
        class: TaxClass::new("digital").expect("a class"),
        from: day("2020-01-01"),
        rate: TaxRate::from_millionths(millionths).expect("a rate"),
    };
    let rates = vec![rate("DE", 190_000), rate("FR", 200_000)];
    Sales {
        catalog,
        tax: TaxRates::new(country("DE"), rates, vec![country("FR")]).expect("rates"),
        issuer: Issuer {
            seller: Party {
                name: "The Ludgate Review".to_owned(),
                address: vec!["1 Ludgate Hill".to_owned()],
                country: country("DE"),
                vat_id: None,
            },
            invoices: "LR-".to_owned(),
            credit_notes: "LRC-".to_owned(),
        },
        currency: Currency::parse("USD").expect("a currency"),
        gifts_redeemable: Interval::YEAR,
    }
}
