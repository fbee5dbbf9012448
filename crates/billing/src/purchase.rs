//! A purchase: from what somebody chose to a subscription in the books, its
//! first payment asked for at once.

use commerce::address::PostalAddress;
use commerce::entitlement::relation_to;
use commerce::ids::{AccountId, PaymentMethodId, SubscriptionId};
use commerce::invoice::Party;
use commerce::subscription::{
    Begin, CancelReason, CancelWhen, Command, Funding, Origin, Stage, Subscription,
};
use commerce::tax::TaxStatus;
use commerce::terms::{Acceptance, Channel, Terms};
use jiff::Timestamp;
use store::{Owner, Writing};

use crate::billing::{Billing, TRIES, open_account};
use crate::choice::{Chosen, For};
use crate::error::BillingError;
use crate::form::FormToken;
use crate::offers::{grants, uses};
use crate::outcome::{PaymentState, found_or};
use crate::party::keep_party;
use crate::quote::{Quote, first_bill};

/// A purchase for oneself.
#[derive(Clone, Debug)]
pub struct Purchase {
    /// Who buys.
    pub account: AccountId,
    /// What.
    pub chosen: Chosen,
    /// What they were shown that it comes to, where they were: what comes to
    /// something else meanwhile is refused.
    pub shown: Option<Box<Quote>>,
    /// How they are taxed.
    pub tax: TaxStatus,
    /// Whom the invoices are for, where that is a business.
    pub party: Option<Party>,
    /// What they agreed to.
    pub agreement: Agreement,
    /// With what they pay, one of the account's own; `None` for what is free
    /// now and doesn't go on by itself.
    pub method: Option<PaymentMethodId>,
    /// Where it is delivered, where it is.
    pub address: Option<PostalAddress>,
    /// The form that was sent.
    pub form: FormToken,
}

/// What somebody agreed to, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// In which language they read it: a BCP 47 tag.
    pub locale: String,
    /// The very words. They are kept under their digest.
    pub words: String,
    /// By which way.
    pub channel: Channel,
    /// Whether they asked for immediate use and gave up the right to withdraw.
    pub withdrawal_waived: bool,
}

/// A purchase that was made.
#[derive(Clone, Debug)]
pub struct Bought {
    /// The subscription, as it is now.
    pub subscription: Subscription,
    /// Where its payment stands.
    pub payment: PaymentState,
    /// Whether the same form had begun it before.
    pub again: bool,
}

impl Billing {
    /// Buys a subscription, a pass, a story. What is due at once is asked for at
    /// once, and its outcome waited for, some seconds long.
    ///
    /// A purchase that was begun before and hasn't been paid makes room for the
    /// new one, unless its payment may still succeed.
    pub async fn begin(&self, purchase: &Purchase) -> Result<Bought, BillingError> {
        let (begun, again) = self.begun(purchase).await?;
        let subscription = self.settled(begun).await;
        Ok(Bought {
            payment: PaymentState::of(&subscription),
            subscription,
            again,
        })
    }

    /// What a form has begun already, if it was sent before.
    pub async fn begun_by(
        &self,
        account: AccountId,
        form: FormToken,
    ) -> Result<Option<Owner>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let subscription = reading.subscription(form.subscription(account)).await?;
        if let Some(found) = subscription {
            return Ok(Some(Owner::Subscription(found.id)));
        }
        let gift = reading.gift(form.gift(account)).await?;
        Ok(gift.map(|found| Owner::Gift(found.id)))
    }

    /// Refuses what an account has already, as a purchase and a gift that is
    /// redeemed would be.
    pub async fn not_had(&self, account: AccountId, terms: &Terms) -> Result<(), BillingError> {
        let mut reading = self.inner.store.read().await?;
        let own = reading.subscriptions(account).await?;
        not_there_already(&own, terms)
    }

    async fn begun(&self, purchase: &Purchase) -> Result<(Subscription, bool), BillingError> {
        let mut tried = 1;
        loop {
            match self.begin_once(purchase).await {
                Err(error) if error.is_conflict() && tried < TRIES => tried += 1,
                otherwise => return otherwise,
            }
        }
    }

    async fn begin_once(&self, purchase: &Purchase) -> Result<(Subscription, bool), BillingError> {
        let Purchase {
            account,
            chosen,
            form,
            ..
        } = purchase;
        let account = *account;
        let (sales, now) = (self.sales(), self.now());
        let id = form.subscription(account);
        let mut writing = self.inner.store.write().await?;
        if let Some(known) = writing.subscription(id).await? {
            return if known.terms.offer == chosen.offer {
                Ok((known, true))
            } else {
                Err(BillingError::FormUsed)
            };
        }
        open_account(&mut writing, account).await?;
        let offer = chosen.offer(&sales, For::Oneself)?;
        let own = writing.subscriptions(account).await?;
        let seats = writing.seats(account).await?;
        let has = own.iter().chain(&seats);
        let relation = relation_to(grants(&sales.catalog, offer), account, has, now);
        let books = sales.books(now, None);
        // Before uses are counted: what makes room isn't one any more.
        for open in given_up(&own)? {
            let command = Command::Cancel {
                when: CancelWhen::Now,
                reason: CancelReason::Unsaid,
            };
            writing.command(open, &command, &books).await?;
        }
        let uses = uses(&mut writing, offer, Some(account)).await?;
        let terms = chosen.terms(&sales, relation, uses, now)?;
        not_there_already(&own, &terms)?;
        let shown = purchase.shown.as_deref();
        as_shown(shown.map(|quote| &quote.terms), &terms)?;
        self.own_method(&mut writing, account, purchase.method)
            .await?;
        keep_party(&mut writing, account, purchase.party.as_ref()).await?;
        let address = form.address(account);
        if let Some(place) = &purchase.address {
            writing.add_address(address, account, place, now).await?;
        }
        let begin = Begin {
            account,
            terms,
            acceptance: accept(&mut writing, &purchase.agreement, now).await?,
            tax_status: purchase.tax,
            method: purchase.method,
            address: purchase.address.as_ref().map(|_| address),
            funding: Funding::Own {
                order: form.order(account),
            },
        };
        let done = writing.begin_subscription(id, &begin, &books).await?;
        let today = first_bill(&done.facts).map(|bill| bill.total);
        as_shown(shown.map(Quote::total), &today)?;
        writing.commit().await?;
        self.wake();
        Ok((done.subscription, false))
    }

    /// Refuses a card that isn't the account's, was removed, or is with another
    /// provider than the one that moves the money today.
    pub(crate) async fn own_method(
        &self,
        writing: &mut Writing,
        account: AccountId,
        method: Option<PaymentMethodId>,
    ) -> Result<(), BillingError> {
        let Some(method) = method else {
            return Ok(());
        };
        let found = writing.payment_method(method).await?;
        let is_good = found.is_some_and(|found| {
            found.account == account
                && found.removed.is_none()
                && found.provider == self.provider_name()
        });
        if is_good {
            return Ok(());
        }
        Err(BillingError::NoSuchMethod)
    }

    /// A subscription once what is asked for of it has an outcome.
    pub(crate) async fn settled(&self, subscription: Subscription) -> Subscription {
        let owner = Owner::Subscription(subscription.id);
        match self
            .waited_for(owner, PaymentState::of(&subscription))
            .await
        {
            Some(mut reading) => {
                found_or(reading.subscription(subscription.id).await, subscription)
            }
            None => subscription,
        }
    }
}

/// Refuses what isn't as it was shown: the words that were agreed to would be
/// kept of something else.
pub(crate) fn as_shown<T: PartialEq>(
    shown: Option<impl std::borrow::Borrow<T>>,
    is: &T,
) -> Result<(), BillingError> {
    match shown {
        Some(shown) if shown.borrow() != is => Err(BillingError::Changed),
        _ => Ok(()),
    }
}

/// The record of an agreement; its words are kept.
pub(crate) async fn accept(
    writing: &mut Writing,
    agreement: &Agreement,
    now: Timestamp,
) -> Result<Acceptance, BillingError> {
    Ok(Acceptance {
        at: now,
        locale: agreement.locale.clone(),
        words: writing.keep_words(&agreement.words, now).await?,
        channel: agreement.channel,
        withdrawal_waived: agreement.withdrawal_waived,
    })
}

/// Purchases that were begun and never paid; refused where one may still be.
fn given_up(own: &[Subscription]) -> Result<Vec<SubscriptionId>, BillingError> {
    let mut given_up = Vec::new();
    for subscription in own {
        if !matches!(subscription.stage, Stage::Incomplete { .. }) {
            continue;
        }
        let open = subscription.payments.open.as_ref();
        if open.is_some_and(commerce::payment::Order::is_under_way) {
            return Err(BillingError::PaymentUnderWay(subscription.id));
        }
        given_up.push(subscription.id);
    }
    Ok(given_up)
}

/// Refuses what the account has: the same product, or nothing beyond what it may
/// use already. What ends by itself is no reason not to buy what goes on.
pub(crate) fn not_there_already(own: &[Subscription], terms: &Terms) -> Result<(), BillingError> {
    let stays = |has: &Subscription| has.terms.renews() && has.origin != Origin::Complimentary;
    let same =
        |has: &Subscription| has.terms.product == terms.product && has.terms.story == terms.story;
    let covers = |has: &Subscription| {
        let everything = has.terms.story.is_none() && !has.terms.seated && !terms.seated;
        let all = terms
            .grants
            .iter()
            .all(|name| has.terms.grants.contains(name));
        everything && all
    };
    let found = own.iter().find(|has| {
        let running = !has.is_ended() && !matches!(has.stage, Stage::Incomplete { .. });
        running && (stays(has) || !terms.renews()) && (same(has) || covers(has))
    });
    found.map_or(Ok(()), |has| Err(BillingError::HasAlready(has.id)))
}
