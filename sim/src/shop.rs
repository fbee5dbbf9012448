//! What the publication sells: plans of every rhythm, in a zone with a summer
//! time, so that months, leap days and clock changes come about by themselves.

use access::{Country, EntitlementName};
use anyhow::{Context, Result, anyhow};
use billing::Sales;
use commerce::calendar::{Interval, Zone};
use commerce::catalog::{
    Caps, Catalog, Offer, OfferAudience, OfferPhase, Plan, Product, Scope, Seating, Term, Window,
};
use commerce::ids::{OfferId, PlanId, ProductId, TaxClass};
use commerce::invoice::Party;
use commerce::money::{Currency, Money};
use commerce::tax::{DatedRate, TaxBasis, TaxRate, TaxRates};
use commerce::terms::{PhaseKind, Policy};
use jiff::tz::TimeZone;
use store::Issuer;

/// What readers take out, by who they are.
pub(crate) const NEW: [&str; 6] = ["standard", "yearly", "weekly", "trial", "taster", "winter"];
pub(crate) const BACK: [&str; 3] = ["back", "standard", "pass"];
pub(crate) const GIFT: &str = "gift";

/// The plans between which readers change.
pub(crate) const PLANS: [&str; 4] = ["standard", "premium", "yearly", "weekly"];

pub(crate) fn dollars() -> Result<Currency> {
    Currency::parse("USD").context("dollars")
}

/// Everything that is sold. Every other seed has tax come on top of the prices, and
/// readers told of renewals beforehand.
pub(crate) fn sales(seed: u64) -> Result<Sales> {
    let seller = Country::parse("DE").context("a country")?;
    let rate = |from: &str, millionths| -> Result<DatedRate> {
        Ok(DatedRate {
            country: seller,
            class: TaxClass::new("digital")?,
            from: from.parse()?,
            rate: TaxRate::from_millionths(millionths)?,
        })
    };
    // The rate changes while subscriptions run.
    let rates = vec![rate("2020-01-01", 190_000)?, rate("2027-07-01", 160_000)?];
    Ok(Sales {
        catalog: catalog(seed)?,
        tax: TaxRates::new(seller, rates, Vec::new())?,
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
        currency: dollars()?,
        gifts_redeemable: Interval::Months(12),
    })
}

fn catalog(seed: u64) -> Result<Catalog> {
    let is_other = seed.is_multiple_of(2);
    let mut policy = Policy::default();
    if is_other {
        policy.reminders.renewal_days = vec![7, 1];
    }
    let catalog = Catalog {
        zone: Zone::new(TimeZone::get("Europe/London")?)?,
        tax_basis: if is_other {
            TaxBasis::Exclusive
        } else {
            TaxBasis::Inclusive
        },
        policy,
        products: vec![product("digital")?, product("team")?],
        plans: plans()?,
        offers: offers()?,
    };
    catalog.check().map_err(|all| anyhow!("{all:?}"))?;
    Ok(catalog)
}

fn product(id: &str) -> Result<Product> {
    Ok(Product {
        id: ProductId::new(id)?,
        grants: vec![EntitlementName::new("read"), EntitlementName::new("apps")],
        scope: Scope::Everything,
        delivered: false,
        tax_class: TaxClass::new("digital")?,
    })
}

fn plans() -> Result<Vec<Plan>> {
    let renews = |every| Term::Renews { every };
    let once = |lasts| Term::Once { lasts: Some(lasts) };
    Ok(vec![
        plan("monthly", renews(Interval::MONTH), "15.00 USD")?,
        plan("premium", renews(Interval::MONTH), "30.00 USD")?,
        plan("yearly", renews(Interval::YEAR), "120.00 USD")?,
        plan("weekly", renews(Interval::Days(7)), "4.00 USD")?,
        plan("pass", once(Interval::DAY), "2.00 USD")?,
        plan("quarter", once(Interval::Months(3)), "40.00 USD")?,
        Plan {
            product: ProductId::new("team")?,
            seats: Some(Seating { least: 2, most: 50 }),
            ..plan("team", renews(Interval::MONTH), "10.00 USD")?
        },
    ])
}

fn offers() -> Result<Vec<Offer>> {
    let trial = |days| OfferPhase {
        kind: PhaseKind::Trial,
        prices: Vec::new(),
        every: Interval::Days(days),
        times: 1,
    };
    let intro = |price: &str, every, times| -> Result<OfferPhase> {
        Ok(OfferPhase {
            kind: PhaseKind::Intro,
            prices: vec![money(price)?],
            every,
            times,
        })
    };
    Ok(vec![
        offer("standard", "monthly")?,
        offer("premium", "premium")?,
        offer("yearly", "yearly")?,
        offer("weekly", "weekly")?,
        offer("pass", "pass")?,
        offer("team", "team")?,
        Offer {
            phases: vec![trial(14)],
            method_needed: true,
            ..offer("trial", "monthly")?
        },
        Offer {
            phases: vec![trial(14)],
            ..offer("taster", "monthly")?
        },
        Offer {
            phases: vec![intro("9.00 USD", Interval::Months(3), 1)?],
            audience: OfferAudience::New,
            ..offer("winter", "monthly")?
        },
        Offer {
            phases: vec![intro("5.00 USD", Interval::MONTH, 2)?],
            audience: OfferAudience::Lapsed,
            ..offer("back", "monthly")?
        },
        Offer {
            gift: true,
            ..offer(GIFT, "quarter")?
        },
    ])
}

fn plan(id: &str, term: Term, price: &str) -> Result<Plan> {
    Ok(Plan {
        id: PlanId::new(id)?,
        product: ProductId::new("digital")?,
        term,
        prices: vec![money(price)?],
        seats: None,
    })
}

fn offer(id: &str, plan: &str) -> Result<Offer> {
    Ok(Offer {
        id: OfferId::new(id)?,
        plan: PlanId::new(plan)?,
        phases: Vec::new(),
        window: Window::default(),
        audience: OfferAudience::Everyone,
        code: None,
        caps: Caps::default(),
        method_needed: false,
        gift: false,
    })
}

fn money(text: &str) -> Result<Money> {
    Ok(text.parse()?)
}
