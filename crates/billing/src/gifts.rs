//! Gifts: bought for somebody else, redeemed by a [code](crate::codes).

use commerce::address::PostalAddress;
use commerce::gift::{self, Gift, GiftCommand, GiftStage};
use commerce::ids::{AccountId, GiftId, PaymentMethodId, RefundId};
use commerce::invoice::Party;
use commerce::money::Money;
use commerce::payment::RefundWish;
use commerce::subscription::{Begin, Funding, Subscription};
use commerce::tax::TaxStatus;
use store::acts::Act;
use store::{Owner, Reading};

use crate::billing::{Billing, TRIES, open_account};
use crate::choice::{Chosen, For};
use crate::codes::{gift_of, hash_of, written};
use crate::command::{Who, acted_on};
use crate::error::BillingError;
use crate::form::FormToken;
use crate::offers::{Comer, makes_room, uses};
use crate::outcome::{PaymentState, found_or};
use crate::party::keep_party;
use crate::post::GiftCard;
use crate::purchase::{Agreement, accept, as_shown, not_there_already};
use crate::quote::{Quote, first_gift_bill};

/// A gift to be bought.
#[derive(Clone, Debug)]
pub struct GiftPurchase {
    /// Who gives it.
    pub account: AccountId,
    /// What.
    pub chosen: Chosen,
    /// What they were shown that it comes to, where they were: what comes to
    /// something else meanwhile is refused.
    pub shown: Option<Box<Quote>>,
    /// How the buyer is taxed.
    pub tax: TaxStatus,
    /// Whom the invoice is for, where that is a business.
    pub party: Option<Party>,
    /// What they agreed to.
    pub agreement: Agreement,
    /// With what they pay.
    pub method: PaymentMethodId,
    /// What is written on it.
    pub card: GiftCard,
    /// The form that was sent.
    pub form: FormToken,
}

/// A gift that was bought.
#[derive(Clone, Debug)]
pub struct GiftBought {
    /// The gift, as it is now.
    pub gift: Gift,
    /// Where its payment stands.
    pub payment: PaymentState,
    /// Whether the same form had bought it before.
    pub again: bool,
}

/// Somebody has a gift's code and wants what it gives.
#[derive(Clone, Debug)]
pub struct Redemption {
    /// Who.
    pub account: AccountId,
    /// What they typed.
    pub code: String,
    /// How they are taxed.
    pub tax: TaxStatus,
    /// What they agreed to.
    pub agreement: Agreement,
    /// Where it is delivered, where it is.
    pub address: Option<PostalAddress>,
    /// The form that was sent.
    pub form: FormToken,
}

impl Billing {
    /// Buys a gift; its payment is asked for at once, and its outcome waited
    /// for. When it is paid, its buyer gets the code by mail.
    ///
    /// A gift of the same offer whose payment was declined makes room for it.
    pub async fn buy_gift(&self, purchase: &GiftPurchase) -> Result<GiftBought, BillingError> {
        let mut tried = 1;
        let (gift, again) = loop {
            match self.buy_gift_once(purchase).await {
                Err(error) if error.is_conflict() && tried < TRIES => tried += 1,
                otherwise => break otherwise?,
            }
        };
        let gift = self.settled_gift(gift).await;
        Ok(GiftBought {
            payment: PaymentState::of_gift(&gift),
            gift,
            again,
        })
    }

    async fn buy_gift_once(&self, purchase: &GiftPurchase) -> Result<(Gift, bool), BillingError> {
        let (account, chosen) = (purchase.account, &purchase.chosen);
        let (sales, now) = (self.sales(), self.now());
        let id = purchase.form.gift(account);
        let mut writing = self.inner.store.write().await?;
        if let Some(known) = writing.gift(id).await? {
            let same = known.bought.terms.offer == chosen.offer;
            return same.then_some((known, true)).ok_or(BillingError::FormUsed);
        }
        open_account(&mut writing, account).await?;
        let offer = chosen.offer(&sales, For::Another)?;
        let comer = Comer::read(&mut writing, Some(account)).await?;
        let relation = comer.is_to(&sales.catalog, offer, now);
        let books = sales.books(now, None);
        for open in writing.gifts(account).await? {
            if makes_room(&open, offer) {
                let command = GiftCommand::GiveUp;
                writing.gift_command(open.id, &command, &books).await?;
            }
        }
        let uses = uses(&mut writing, offer, Some(account)).await?;
        self.own_method(&mut writing, account, Some(purchase.method))
            .await?;
        keep_party(&mut writing, account, purchase.party.as_ref()).await?;
        let terms = chosen.terms(&sales, relation, uses, now)?;
        let shown = purchase.shown.as_deref();
        as_shown(shown.map(|quote| &quote.terms), &terms)?;
        let buy = gift::Buy {
            buyer: account,
            terms,
            acceptance: accept(&mut writing, &purchase.agreement, now).await?,
            tax_status: purchase.tax,
            method: purchase.method,
            order: purchase.form.order(account),
            redeemable: sales.gifts_redeemable,
        };
        let done = writing.buy_gift(id, &buy, &books).await?;
        let today = first_gift_bill(&done.facts).map(|bill| bill.total);
        as_shown(shown.map(Quote::total), &today)?;
        let hash = hash_of(&self.code_of(id, done.gift.code));
        writing.set_gift_code(id, hash).await?;
        writing.set_gift_card(id, &written(&purchase.card)?).await?;
        writing.commit().await?;
        self.wake();
        Ok((done.gift, false))
    }

    /// Gives an unpaid gift up that its buyer thinks better of. What waits for
    /// their bank is called off at once; whose payment may still succeed by
    /// itself is refused. One that is over or paid stays as it is.
    pub async fn give_up_gift(&self, account: AccountId, id: GiftId) -> Result<Gift, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let gift = own_gift(&mut writing, account, id).await?;
        let (who, of) = (Who::Reader(account), (account, Some(Owner::Gift(id))));
        let act = acted_on(&mut writing, &who, "give_up", of, now).await?;
        let books = sales.books(now, act);
        let command = GiftCommand::GiveUp;
        let done = writing.gift_command(id, &command, &books).await?;
        // Where nothing was done, nobody did it.
        if done.facts.is_empty() {
            return Ok(gift);
        }
        writing.commit().await?;
        self.wake();
        // So that nobody is asked any more when they look at their bank.
        if let Err(error) = self.settle(Owner::Gift(id)).await {
            tracing::warn!(%error, %id, "its charge isn't called off yet");
        }
        Ok(done.gift)
    }

    /// Redeems a gift: it is the account's, and its subscription begins. The same
    /// form again is the same subscription; another's is refused, as a code is
    /// good once.
    pub async fn redeem(&self, redemption: &Redemption) -> Result<Subscription, BillingError> {
        let mut tried = 1;
        loop {
            match self.redeem_once(redemption).await {
                Err(error) if error.is_conflict() && tried < TRIES => tried += 1,
                otherwise => return otherwise,
            }
        }
    }

    async fn redeem_once(&self, redemption: &Redemption) -> Result<Subscription, BillingError> {
        let (account, form) = (redemption.account, redemption.form);
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        open_account(&mut writing, account).await?;
        let gift = gift_of(&mut writing, &redemption.code, now).await?;
        let id = form.subscription(account);
        if let Some(known) = writing.subscription(id).await? {
            return Ok(known);
        }
        if matches!(gift.stage, GiftStage::Ready { .. }) {
            // The code stays good for when that is over.
            let own = writing.subscriptions(account).await?;
            not_there_already(&own, &gift.bought.terms)?;
        }
        let address = form.address(account);
        if let Some(place) = &redemption.address {
            writing.add_address(address, account, place, now).await?;
        }
        let begin = Begin {
            account,
            terms: gift.bought.terms.clone(),
            acceptance: accept(&mut writing, &redemption.agreement, now).await?,
            tax_status: redemption.tax,
            method: None,
            address: redemption.address.as_ref().map(|_| address),
            // The store puts in what was paid for it.
            funding: Funding::Gift {
                gift: gift.id,
                prepaid: Money::zero(gift.bought.terms.currency),
            },
        };
        let books = sales.books(now, None);
        let (_, done) = writing.redeem_gift(gift.id, id, &begin, &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.subscription)
    }

    /// Gives a gift's payment back, all of it or a part. For care; the same
    /// `refund` twice gives back once.
    pub async fn refund_gift(
        &self,
        who: &Who,
        id: GiftId,
        refund: RefundId,
        amount: Option<Money>,
    ) -> Result<Gift, BillingError> {
        let wish = |gift: &Gift| {
            let paid = gift.payments.payments().last();
            let wish = RefundWish {
                refund,
                charge: paid.ok_or(BillingError::NoSuchCharge)?.charge,
                amount,
            };
            Ok(GiftCommand::Refund { wish })
        };
        self.give_back(who, id, "refund", wish).await
    }

    /// Asks once more for what couldn't be given back of it. For care.
    pub async fn refund_gift_again(
        &self,
        who: &Who,
        id: GiftId,
        failed: RefundId,
        refund: RefundId,
    ) -> Result<Gift, BillingError> {
        let again = |_: &Gift| Ok(GiftCommand::RefundAgain { failed, refund });
        self.give_back(who, id, "refund_again", again).await
    }

    async fn give_back(
        &self,
        who: &Who,
        id: GiftId,
        what: &str,
        command: impl FnOnce(&Gift) -> Result<GiftCommand, BillingError>,
    ) -> Result<Gift, BillingError> {
        let Who::Care { actor, why } = who else {
            return Err(BillingError::OnlyCare("a refund"));
        };
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let found = writing.gift(id).await?;
        let gift = found.ok_or(BillingError::not_their_gift(id))?;
        let command = command(&gift)?;
        let act = Act {
            actor: actor.clone(),
            what: what.to_owned(),
            why: why.clone(),
            account: Some(gift.bought.buyer),
            owner: Some(Owner::Gift(id)),
        };
        let act = writing.act(&act, now).await?;
        let books = sales.books(now, Some(act));
        let done = writing.gift_command(id, &command, &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.gift)
    }

    /// A gift once what is asked for of it has an outcome.
    async fn settled_gift(&self, gift: Gift) -> Gift {
        let owner = Owner::Gift(gift.id);
        match self.waited_for(owner, PaymentState::of_gift(&gift)).await {
            Some(mut reading) => found_or(reading.gift(gift.id).await, gift),
            None => gift,
        }
    }
}

pub(crate) async fn own_gift(
    reading: &mut Reading,
    account: AccountId,
    id: GiftId,
) -> Result<Gift, BillingError> {
    let found = reading.gift(id).await?;
    found
        .filter(|gift| gift.bought.buyer == account)
        .ok_or(BillingError::not_their_gift(id))
}
