//! What is bought: billing, joined to a provider, to what is sold, and to the
//! clock it goes by.

use std::path::Path;
use std::sync::Arc;

use access::Country;
use anyhow::{Context, Result, bail};
use billing::{Billing, Clock, Parts, Post, Sales, World};
use commerce::calendar::{Interval, Zone};
use commerce::catalog::Catalog;
use commerce::invoice::Party;
use commerce::money::Currency;
use commerce::tax::{TaxBasis, TaxRates};
use commerce::terms::Policy;
use jiff::Timestamp;
use providers::payment::Provider;
use providers::sandbox::Sandbox;
use providers::stripe::Stripe;
use store::{Issuer, Stakes, Store};

use crate::config::{Config, Payments};
use crate::upkeep::JOURNAL;
use crate::world;

/// Where nobody is established: of a publication that doesn't say where it is,
/// and so sells nothing. Two letters that users may assign, and so no country's
/// for good (ISO 3166-1); "ZZ" and "XX" are read as no country at all.
const NOWHERE: &str = "QZ";

/// The business clock: the system's, except in a test publication.
pub(super) async fn clock(config: &Config, store: Option<&Store>) -> Result<Clock> {
    let system = Arc::new(world::now) as Arc<dyn Fn() -> Timestamp + Send + Sync>;
    let Some(store) = store else {
        return Ok(Clock::real(system));
    };
    if config.is_test {
        return Ok(Clock::test(store, system).await?);
    }
    let ahead = store.read().await?.clock_ahead().await?;
    if !ahead.is_zero() {
        bail!(
            "the clock of {} was moved {} days ahead while this was a test, and what was sold then \
             is dated by it; put test = true back into [publication], or begin with another data \
             folder",
            config.server.data.display(),
            // The last one isn't over.
            ahead.as_hours() / 24 + 1
        );
    }
    Ok(Clock::real(system))
}

/// Refuses books of play money to whoever is about to take real money; whoever is
/// about to play in the midst of real subscriptions is told what that means.
pub(super) async fn stakes(config: &Config, store: Option<&Store>) -> Result<()> {
    let (Some(store), Some(payments)) = (store, &config.payments) else {
        return Ok(());
    };
    let stakes = payments.stakes();
    let mut writing = store.write().await?;
    let agrees = writing.play_for(stakes).await?;
    writing.commit().await?;
    let data = config.server.data.display();
    match stakes {
        _ if agrees => {}
        Stakes::Real => bail!(
            "what was sold so far in {data} was paid with play money, and the key in [payments] \
             moves real money: those readers would go on reading, and their invoices stand among \
             real ones. Begin with another data folder"
        ),
        Stakes::Play => tracing::warn!(
            "what was sold so far in {data} was paid with real money, and [payments] moves none: \
             nobody is charged for a renewal, and whoever pays with a test card reads. Put the \
             live key back, or try things out in a copy"
        ),
    }
    Ok(())
}

/// What buying goes through.
pub(super) fn billing(
    config: &Config,
    (store, clock): (Store, Clock),
    post: Arc<dyn Post>,
    codes: [u8; 32],
) -> Result<Billing> {
    let provider = provider(config.payments.as_ref(), &config.server.data)?;
    Ok(Billing::new(Parts {
        store,
        provider: Arc::new(provider),
        sales: sales(config, config.payments.is_some())?,
        world: World {
            clock,
            random: Arc::new(world::random),
        },
        post,
        codes,
    })?)
}

/// Without payments nothing is sold, so the sandbox is never asked for money.
fn provider(payments: Option<&Payments>, data: &Path) -> Result<Provider> {
    Ok(match payments {
        Some(Payments::Stripe(settings)) => {
            Provider::Stripe(Box::new(Stripe::new((**settings).clone())?))
        }
        Some(Payments::Sandbox) | None => {
            let journal = data.join(JOURNAL);
            let sandbox = Sandbox::open(&journal).with_context(|| {
                let journal = journal.display();
                format!("the sandbox's journal {journal} can't be used; remove it to begin anew")
            })?;
            Provider::Sandbox(Box::new(sandbox))
        }
    })
}

/// What the configuration sells: nothing, where nobody moves the money. Walls may
/// hold out what is sold elsewhere.
pub(super) fn sales(config: &Config, moves_money: bool) -> Result<Sales> {
    let sold = config.sales.as_ref().filter(|_| moves_money);
    let taxed = sold.and_then(|sold| sold.taxed.as_ref());
    let nowhere = Country::parse(NOWHERE).context("QZ is written as a country")?;
    Ok(Sales {
        catalog: match sold {
            Some(sold) => sold.catalog.clone(),
            None => nothing(config)?,
        },
        tax: taxed.map_or_else(|| TaxRates::none(nowhere), |taxed| taxed.rates.clone()),
        issuer: taxed.map_or_else(|| nobody(config, nowhere), |taxed| taxed.issuer.clone()),
        currency: match sold {
            Some(sold) => sold.currency,
            None => Currency::parse("USD")?,
        },
        gifts_redeemable: Interval::YEAR,
    })
}

fn nothing(config: &Config) -> Result<Catalog> {
    Ok(Catalog {
        zone: Zone::new(config.zone.clone())?,
        tax_basis: TaxBasis::Inclusive,
        policy: Policy::default(),
        products: Vec::new(),
        plans: Vec::new(),
        offers: Vec::new(),
    })
}

fn nobody(config: &Config, country: Country) -> Issuer {
    Issuer {
        seller: Party {
            name: config.name.clone(),
            address: Vec::new(),
            country,
            vat_id: None,
        },
        invoices: String::new(),
        credit_notes: String::new(),
    }
}
