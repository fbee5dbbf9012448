//! What a wish would come to, before it is done for good.

use commerce::bill::Bill;
use commerce::ids::SubscriptionId;
use commerce::money::Money;
use commerce::payment::PaymentFact;
use commerce::subscription::{Fact, PendingChange, Subscription};
use commerce::terms::Terms;
use jiff::Timestamp;

use crate::billing::Billing;
use crate::command::{Keep, Who};
use crate::error::BillingError;
use crate::wish::Wish;

/// What a wish would come to.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What would happen at once.
    pub facts: Vec<Fact>,
    /// The subscription as it would be then; its next charge is known.
    pub subscription: Subscription,
}

/// All that somebody who changes the plan agrees to: it is held to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComesTo {
    /// What it is on from then on.
    pub terms: Terms,
    /// What is charged at once, tax included; `None` where nothing is.
    pub charged: Option<Money>,
    /// What is given back at once, each payment by itself, tax included.
    pub given_back: Vec<Money>,
    /// When the next charge is due, and what it states, without tax on top.
    pub next: Option<(Timestamp, Money)>,
}

impl Preview {
    /// What would be charged at once.
    pub fn charged(&self) -> Option<&Bill> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::Payment(PaymentFact::OrderOpened { bill, .. }) => Some(bill),
            _ => None,
        })
    }

    /// What would be given back, each payment by itself, tax included.
    pub fn given_back(&self) -> Vec<Money> {
        let back = |fact: &Fact| match fact {
            Fact::Payment(PaymentFact::RefundRequested { amount, .. }) => Some(*amount),
            _ => None,
        };
        self.facts.iter().filter_map(back).collect()
    }

    /// What a change of plan would come to in all.
    pub fn comes_to(&self) -> ComesTo {
        let then = match &self.subscription.change {
            Some(
                PendingChange::AtPeriodEnd { terms, .. } | PendingChange::OnPayment { terms, .. },
            ) => terms,
            None => &self.subscription.terms,
        };
        ComesTo {
            terms: Terms::clone(then),
            charged: self.charged().map(|bill| bill.total),
            given_back: self.given_back(),
            next: self.subscription.next_charge(),
        }
    }
}

impl Billing {
    /// What a wish would come to now, without doing it: what is charged at once,
    /// what is given back. The same may come to something else a moment later.
    pub async fn preview(
        &self,
        who: &Who,
        id: SubscriptionId,
        wish: &Wish,
    ) -> Result<Preview, BillingError> {
        self.command_once(who, id, wish, Keep::No).await
    }
}
