//! Subscriptions that the reader doesn't buy: given by the publisher, or brought
//! over from another system. For customer care and imports.

use commerce::catalog::{NotOffered, Relation, Uses};
use commerce::ids::{AccountId, OfferId, PaymentMethodId, PlanId, ProductId, SubscriptionId};
use commerce::money::Money;
use commerce::subscription::{Begin, Funding, Subscription};
use commerce::tax::TaxStatus;
use commerce::terms::{Acceptance, Channel, Phase, PhaseKind, Terms, Then};
use jiff::Timestamp;

use crate::billing::{Billing, open_account};
use crate::choice::{Chosen, For};
use crate::command::{Who, acted};
use crate::error::BillingError;
use crate::purchase::not_there_already;
use crate::sales::Sales;

/// What complimentary terms are called, where an offer and a plan have names.
const COMPLIMENTARY: &str = "complimentary";

/// A subscription that was begun in another system.
#[derive(Clone, Debug)]
pub struct BroughtOver {
    /// Its id, drawn for it. One that is there already isn't begun again.
    pub id: SubscriptionId,
    /// Whose it is.
    pub account: AccountId,
    /// Which offer of ours its terms are from now on. Dates, audiences, codes
    /// and caps don't matter, nor do trials and introductory prices.
    pub chosen: Chosen,
    /// How they are taxed.
    pub tax: TaxStatus,
    /// Until when it is paid for there.
    pub until: Timestamp,
    /// With what it goes on; `None` where it ends then.
    pub method: Option<PaymentMethodId>,
}

impl Billing {
    /// Gives an account a product, until a moment or until it is revoked. The
    /// same id again changes nothing.
    pub async fn give(
        &self,
        who: &Who,
        id: SubscriptionId,
        account: AccountId,
        product: &ProductId,
        until: Option<Timestamp>,
    ) -> Result<Subscription, BillingError> {
        if matches!(who, Who::Reader(_)) {
            return Err(BillingError::OnlyCare("complimentary access"));
        }
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        if let Some(known) = writing.subscription(id).await? {
            return Ok(known);
        }
        open_account(&mut writing, account).await?;
        let terms = complimentary(&sales, product)?;
        let own = writing.subscriptions(account).await?;
        not_there_already(&own, &terms)?;
        let begin = Begin {
            account,
            terms,
            acceptance: by(Channel::Care, now),
            tax_status: TaxStatus::consumer(sales.tax.seller()),
            method: None,
            address: None,
            funding: Funding::Complimentary { until },
        };
        let act = acted(&mut writing, who, "give", account, id, now).await?;
        let books = sales.books(now, act);
        let done = writing.begin_subscription(id, &begin, &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.subscription)
    }

    /// Brings a subscription over. Nothing is charged before what was paid
    /// elsewhere is over.
    pub async fn bring_over(
        &self,
        who: &Who,
        brought: &BroughtOver,
    ) -> Result<Subscription, BillingError> {
        if matches!(who, Who::Reader(_)) {
            return Err(BillingError::OnlyCare("an import"));
        }
        let (sales, now) = (self.sales(), self.now());
        let (id, account) = (brought.id, brought.account);
        let mut writing = self.inner.store.write().await?;
        if let Some(known) = writing.subscription(id).await? {
            return Ok(known);
        }
        open_account(&mut writing, account).await?;
        let begin = Begin {
            account,
            terms: as_sold(&sales, &brought.chosen, now)?,
            acceptance: by(Channel::Import, now),
            tax_status: brought.tax,
            method: brought.method,
            address: None,
            funding: Funding::Elsewhere {
                until: brought.until,
            },
        };
        let act = acted(&mut writing, who, "bring_over", account, id, now).await?;
        let books = sales.books(now, act);
        let done = writing.begin_subscription(id, &begin, &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.subscription)
    }

    /// Draws an id for what is begun by care.
    pub fn draw_subscription(&self) -> Result<SubscriptionId, BillingError> {
        self.inner.world.draw().map(SubscriptionId::new)
    }

    /// Draws an id for a refund.
    pub fn draw_refund(&self) -> Result<commerce::ids::RefundId, BillingError> {
        self.inner.world.draw().map(commerce::ids::RefundId::new)
    }
}

/// Nobody has read any words.
fn by(channel: Channel, at: Timestamp) -> Acceptance {
    Acceptance {
        at,
        locale: String::new(),
        words: String::new(),
        channel,
        withdrawal_waived: false,
    }
}

/// A product for nothing.
fn complimentary(sales: &Sales, product: &ProductId) -> Result<Terms, BillingError> {
    let catalog = &sales.catalog;
    let found = catalog.product(product);
    let found = found.ok_or_else(|| BillingError::NoSuchProduct(product.clone()))?;
    let named = BillingError::NoSuchProduct(product.clone());
    let (Ok(offer), Ok(plan)) = (OfferId::new(COMPLIMENTARY), PlanId::new(COMPLIMENTARY)) else {
        return Err(named);
    };
    Ok(Terms {
        offer,
        plan,
        product: found.id.clone(),
        grants: found.grants.clone(),
        story: None,
        phases: vec![Phase {
            kind: PhaseKind::Complimentary,
            price: Money::zero(sales.currency),
            every: None,
            times: 1,
        }],
        then: Then::Ends,
        quantity: 1,
        seated: false,
        delivered: false,
        method_needed: false,
        currency: sales.currency,
        tax_basis: catalog.tax_basis,
        tax_class: found.tax_class.clone(),
        zone: catalog.zone.clone(),
        policy: catalog.policy.clone(),
    })
}

/// An offer's terms, whoever asks and whenever.
fn as_sold(sales: &Sales, chosen: &Chosen, now: Timestamp) -> Result<Terms, BillingError> {
    let offer = chosen.offer(sales, For::Oneself)?;
    let mut open = sales.clone();
    for other in &mut open.catalog.offers {
        if other.id == offer.id {
            other.window = commerce::catalog::Window::default();
            other.audience = commerce::catalog::OfferAudience::Everyone;
            other.caps = commerce::catalog::Caps::default();
            other.code = None;
            other.phases = Vec::new();
        }
    }
    let anybody = Chosen {
        code: None,
        ..chosen.clone()
    };
    let terms = anybody.terms(&open, Relation::Registered, Uses::default(), now);
    terms.map_err(|error: NotOffered| error.into())
}
