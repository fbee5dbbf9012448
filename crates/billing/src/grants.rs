//! Subscriptions that the reader doesn't buy: what the publisher gives, and the
//! terms of what is brought over from [another system](crate::Arrival).

use commerce::catalog::{Caps, Catalog, Choice, Offer, OfferAudience, Relation, Uses, Window};
use commerce::ids::{AccountId, OfferId, PlanId, ProductId, SubscriptionId};
use commerce::money::{Currency, Money};
use commerce::subscription::{Begin, Funding, Subscription};
use commerce::tax::TaxStatus;
use commerce::terms::{Acceptance, Channel, Phase, PhaseKind, Terms, Then};
use jiff::Timestamp;

use crate::billing::{Billing, open_account};
use crate::command::{Who, acted};
use crate::error::BillingError;
use crate::purchase::not_there_already;
use crate::sales::Sales;

/// What complimentary terms are called, where an offer and a plan have names.
const COMPLIMENTARY: &str = "complimentary";

/// What terms are called that no offer led to: they were brought over.
const IMPORTED: &str = "imported";

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
pub(crate) fn by(channel: Channel, at: Timestamp) -> Acceptance {
    Acceptance {
        at,
        locale: String::new(),
        words: String::new(),
        channel,
        withdrawal_waived: false,
    }
}

/// A product for nothing.
pub(crate) fn complimentary(sales: &Sales, product: &ProductId) -> Result<Terms, BillingError> {
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

/// A plan's terms, as if an offer led to it that anybody may accept.
pub(crate) fn as_planned(
    sales: &Sales,
    plan: &PlanId,
    currency: Currency,
    now: Timestamp,
) -> Result<Terms, BillingError> {
    let unknown = || BillingError::NoSuchPlan(plan.clone());
    let found = sales.catalog.plan(plan).ok_or_else(unknown)?;
    let offer = Offer {
        id: OfferId::new(IMPORTED).map_err(|_| unknown())?,
        plan: plan.clone(),
        phases: Vec::new(),
        window: Window::default(),
        audience: OfferAudience::Everyone,
        code: None,
        caps: Caps::default(),
        method_needed: false,
        gift: false,
    };
    let choice = Choice {
        offer: &offer.id,
        currency,
        quantity: found.seats.map_or(1, |seats| seats.least),
        code: None,
        story: None,
    };
    let catalog = Catalog {
        offers: vec![offer.clone()],
        ..sales.catalog.clone()
    };
    Ok(catalog.terms(&choice, Relation::Registered, Uses::default(), now)?)
}
