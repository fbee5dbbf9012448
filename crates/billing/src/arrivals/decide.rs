//! What becomes of somebody who comes over: decided by what is here, with nothing
//! read and nothing written.

use commerce::address::PostalAddress;
use commerce::ids::{AccountId, AddressId, PaymentMethodId, SubscriptionId};
use commerce::subscription::{Begin, Context, Funding, begin};
use commerce::tax::TaxStatus;
use commerce::terms::Channel;
use jiff::{SignedDuration, Timestamp};
use providers::payment::{CustomerToken, MethodToken, Provider};

use super::here::Here;
use super::{Arrival, Arrived, Brings, CardElsewhere, Holding, PaidElsewhere};
use crate::billing::Billing;
use crate::error::BillingError;
use crate::grants::{as_planned, by, complimentary};
use crate::purchase::not_there_already;
use crate::sales::Sales;

/// How Stripe's names of customers begin, and those of what can be charged: of
/// today, and of earlier years.
const CUSTOMERS: &str = "cus_";
const METHODS: [&str; 3] = ["pm_", "card_", "src_"];

/// How long what is over is taken to have lasted, where nobody says since when.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// What is to be written.
pub(super) struct Decided {
    had_account: bool,
    has: Holding,
    /// `None` where they have come before.
    pub(super) landing: Option<Landing>,
}

/// Somebody who comes.
pub(super) struct Landing {
    /// Their account.
    pub(super) account: AccountId,
    /// Whether it is to be made.
    pub(super) is_new: bool,
    /// Whether they came before, with less.
    pub(super) is_known: bool,
    /// What they have.
    pub(super) begins: Option<Beginning>,
}

/// A subscription to begin.
pub(super) struct Beginning {
    pub(super) id: SubscriptionId,
    pub(super) begin: Begin,
    /// When: now, or in the past for what is over.
    pub(super) at: Timestamp,
    /// When it was over, where it is.
    pub(super) ended: Option<Timestamp>,
    /// What it is paid with, where that isn't known here yet.
    pub(super) card: Option<CardElsewhere>,
    /// Where it is delivered, where it is.
    pub(super) post: Option<PostalAddress>,
}

impl Decided {
    fn before() -> Self {
        Self {
            had_account: true,
            has: Holding::Account,
            landing: None,
        }
    }

    /// Whose account is written to.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.landing.as_ref().map(|landing| landing.account)
    }

    pub(super) fn arrived(&self) -> Arrived {
        match self.landing {
            None => Arrived::Before,
            Some(_) => Arrived::Now {
                had_account: self.had_account,
                has: self.has,
            },
        }
    }
}

impl Billing {
    pub(super) fn decide(
        &self,
        here: &Here,
        sales: &Sales,
        arrival: &Arrival,
    ) -> Result<Decided, BillingError> {
        let is_known = here.known(arrival)?.is_some();
        if is_known && !here.brings(arrival) {
            return Ok(Decided::before());
        }
        let (account, is_new) = match here.account(arrival)? {
            Some(account) => (account, false),
            None => (AccountId::new(self.inner.world.draw()?), true),
        };
        let (has, begins) = self.begins(here, sales, arrival, account)?;
        if is_known && begins.is_none() {
            return Ok(Decided::before());
        }
        Ok(Decided {
            had_account: !is_new,
            has,
            landing: Some(Landing {
                account,
                is_new,
                is_known,
                begins,
            }),
        })
    }

    fn begins(
        &self,
        here: &Here,
        sales: &Sales,
        arrival: &Arrival,
        account: AccountId,
    ) -> Result<(Holding, Option<Beginning>), BillingError> {
        match &arrival.brings {
            Brings::Account => Ok((Holding::Account, None)),
            Brings::Given { product, until } => {
                let now = self.now();
                let terms = complimentary(sales, product)?;
                if until.is_some_and(|until| until <= now) {
                    return Ok((Holding::Account, None));
                }
                let begin = Begin {
                    account,
                    terms,
                    acceptance: by(Channel::Import, now),
                    tax_status: TaxStatus::consumer(sales.tax.seller()),
                    method: None,
                    address: None,
                    funding: Funding::Complimentary { until: *until },
                };
                let beginning = self.beginning(begin, now)?;
                let beginning = fits(here, sales, beginning)?;
                Ok((Holding::Given, Some(beginning)))
            }
            Brings::Paid(paid) => self.paid(here, sales, (arrival, paid), account),
        }
    }

    fn paid(
        &self,
        here: &Here,
        sales: &Sales,
        (arrival, paid): (&Arrival, &PaidElsewhere),
        account: AccountId,
    ) -> Result<(Holding, Option<Beginning>), BillingError> {
        let now = self.now();
        let currency = paid.currency.unwrap_or(sales.currency);
        let mut terms = as_planned(sales, &paid.plan, currency, now)?;
        let is_over = paid.until <= now;
        // What is over isn't delivered any more, and needs no address.
        terms.delivered &= !is_over;
        // Nor is one kept to which nothing goes.
        let post = arrival.post.as_ref().filter(|_| terms.delivered);
        let address = post.map(|_| self.inner.world.draw().map(AddressId::new));
        let card = match &paid.card {
            Some(card) if !is_over && terms.renews() => self.card(here, card, account)?,
            _ => None,
        };
        let (method, card) = card.unzip();
        let at = if is_over {
            let since = arrival.since.filter(|since| *since < paid.until);
            let before = || paid.until.checked_sub(A_DAY).unwrap_or(Timestamp::MIN);
            since.unwrap_or_else(before)
        } else {
            now
        };
        let begin = Begin {
            account,
            terms,
            acceptance: by(Channel::Import, at),
            tax_status: TaxStatus::consumer(paid.country.unwrap_or(sales.tax.seller())),
            method,
            address: address.transpose()?,
            funding: Funding::Elsewhere { until: paid.until },
        };
        let mut beginning = self.beginning(begin, at)?;
        beginning.card = card.flatten();
        beginning.post = post.cloned();
        if is_over {
            // Whoever has had something here since is known by that.
            if !here.own(account).is_empty() {
                return Ok((Holding::Account, None));
            }
            beginning.ended = Some(paid.until);
            let beginning = fits(here, sales, beginning)?;
            return Ok((Holding::Ended, Some(beginning)));
        }
        let has = match method {
            Some(_) => Holding::GoesOn(paid.until),
            None => Holding::RunsOut,
        };
        let beginning = fits(here, sales, beginning)?;
        Ok((has, Some(beginning)))
    }

    fn beginning(&self, begin: Begin, at: Timestamp) -> Result<Beginning, BillingError> {
        Ok(Beginning {
            id: self.draw_subscription()?,
            begin,
            at,
            ended: None,
            card: None,
            post: None,
        })
    }

    /// A card that nobody else has. The sandbox charges none but its own, so that
    /// a file can be rehearsed with it.
    fn card(
        &self,
        here: &Here,
        card: &CardElsewhere,
        account: AccountId,
    ) -> Result<Option<(PaymentMethodId, Option<CardElsewhere>)>, BillingError> {
        let is_stripe = matches!(*self.inner.provider, Provider::Stripe(_));
        if is_stripe {
            stripes(card)?;
        }
        if here.owners(card).any(|owner| owner != account) {
            return Err(BillingError::CardOfAnother);
        }
        if let Some(there) = here.method(card).filter(|found| found.removed.is_none()) {
            return Ok(Some((there.id, None)));
        }
        if !is_stripe {
            return Ok(None);
        }
        let id = PaymentMethodId::new(self.inner.world.draw()?);
        Ok(Some((id, Some(card.clone()))))
    }
}

/// Whether these may be Stripe's names. Two columns are quickly mistaken for each
/// other.
fn stripes(card: &CardElsewhere) -> Result<(), BillingError> {
    let customer = card.customer.parse::<CustomerToken>();
    if customer.is_err() || !card.customer.starts_with(CUSTOMERS) {
        return Err(BillingError::NotStripes("a customer", CUSTOMERS));
    }
    let method = card.method.parse::<MethodToken>();
    if method.is_err() || !METHODS.iter().any(|own| card.method.starts_with(own)) {
        return Err(BillingError::NotStripes("a payment method", "pm_"));
    }
    Ok(())
}

/// Refuses what the account has already, and what can't begin.
fn fits(here: &Here, sales: &Sales, beginning: Beginning) -> Result<Beginning, BillingError> {
    let own = here.own(beginning.begin.account);
    not_there_already(own, &beginning.begin.terms)?;
    let context = Context {
        now: beginning.at,
        tax: &sales.tax,
    };
    begin(beginning.id, &beginning.begin, &context)?;
    Ok(beginning)
}
