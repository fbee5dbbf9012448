//! What the publication sells.

use access::{Country, EntitlementName};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_store::{Books, Issuer};

use commerce::calendar::{Interval, Zone};
use commerce::catalog::*;
use commerce::ids::*;
use commerce::invoice::Party;
use commerce::money::{Currency, Money};
use commerce::tax::*;
use commerce::terms::{Acceptance, Channel, PhaseKind, Policy, Terms};

pub(crate) struct Shop {
    pub(crate) catalog: Catalog,
    pub(crate) tax: TaxRates,
    pub(crate) issuer: Issuer,
}

pub(crate) fn country(code: &str) -> Country {
    Country::parse(code).expect("a country")
}

pub(crate) fn acceptance(at: Timestamp) -> Acceptance {
    Acceptance {
        at,
        locale: "en".into(),
        words: "00".repeat(32),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
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

fn digital(id: &str) -> Product {
    Product {
        id: ProductId::new(id).expect("a product"),
        grants: vec![EntitlementName::new("read"), EntitlementName::new("apps")],
        scope: Scope::Everything,
        delivered: false,
        tax_class: TaxClass::new("digital").expect("a class"),
    }
}

fn catalog() -> Catalog {
    let zone = Zone::new(TimeZone::get("Asia/Tokyo").expect("a zone")).expect("a name");
    let month = Term::Renews {
        every: Interval::MONTH,
    };
    let quarter = Term::Once {
        lasts: Some(Interval::Months(3)),
    };
    Catalog {
        zone,
        tax_basis: TaxBasis::Inclusive,
        policy: Policy::default(),
        products: vec![digital("digital"), digital("team")],
        plans: vec![
            plan("monthly", "digital", month, "15.00 USD"),
            plan("quarter", "digital", quarter, "40.00 USD"),
            Plan {
                seats: Some(Seating { least: 2, most: 50 }),
                ..plan("team", "team", month, "10.00 USD")
            },
        ],
        offers: vec![
            offer("standard", "monthly"),
            Offer {
                phases: vec![OfferPhase {
                    kind: PhaseKind::Trial,
                    prices: Vec::new(),
                    every: Interval::Days(14),
                    times: 1,
                }],
                ..offer("trial", "monthly")
            },
            Offer {
                phases: vec![OfferPhase {
                    kind: PhaseKind::Trial,
                    prices: Vec::new(),
                    every: Interval::Days(5),
                    times: 1,
                }],
                ..offer("short-trial", "monthly")
            },
            offer("team", "team"),
            Offer {
                gift: true,
                ..offer("gift", "quarter")
            },
        ],
    }
}

impl Shop {
    pub(crate) fn new() -> Self {
        let catalog = catalog();
        catalog.check().expect("a catalog that makes sense");
        let seller = country("DE");
        let rate = DatedRate {
            country: seller,
            class: TaxClass::new("digital").expect("a class"),
            from: "2020-01-01".parse().expect("a date"),
            rate: TaxRate::from_millionths(190_000).expect("a rate"),
        };
        Self {
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
        }
    }

    pub(crate) fn books(&self, now: Timestamp) -> Books<'_> {
        Books {
            now,
            tax: &self.tax,
            issuer: &self.issuer,
            act: None,
        }
    }

    pub(crate) fn terms(&self, offer: &str) -> Terms {
        let offer = OfferId::new(offer).expect("an offer");
        let quantity = if offer.as_str() == "team" { 3 } else { 1 };
        let choice = Choice {
            offer: &offer,
            currency: Currency::parse("USD").expect("a currency"),
            quantity,
            code: None,
            story: None,
        };
        let now = super::new_year();
        let uses = Uses::default();
        let terms = self.catalog.terms(&choice, Relation::Registered, uses, now);
        terms.expect("terms")
    }
}
