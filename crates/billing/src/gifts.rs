//! Gifts: bought for somebody else, redeemed by a code.
//!
//! A code is made of the gift's id by a key, so that it can be mailed again and
//! shown again, and only its hash is kept.

use commerce::address::PostalAddress;
use commerce::gift::{self, Gift, GiftCommand, GiftStage};
use commerce::ids::{AccountId, GiftId, PaymentMethodId, RefundId};
use commerce::invoice::Party;
use commerce::money::Money;
use commerce::payment::RefundWish;
use commerce::subscription::{Begin, Funding, Subscription};
use commerce::tax::TaxStatus;
use store::acts::Act;
use store::{Owner, Reading, TokenHash};

use crate::billing::{Billing, TRIES, open_account};
use crate::choice::{Chosen, For};
use crate::command::Who;
use crate::error::BillingError;
use crate::form::FormToken;
use crate::offers::{makes_room, relation_of, uses};
use crate::outcome::PaymentState;
use crate::party::keep_party;
use crate::post::GiftCard;
use crate::purchase::{Agreement, accept, as_shown, not_there_already};
use crate::quote::{Quote, first_gift_bill};

/// Crockford's alphabet: no letter is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The characters of a code, five bits each: 80 bits can't be guessed.
const CODE_CHARS: usize = 16;

/// The longest code that is looked at, in bytes, with all of its hyphens.
const LONGEST_TYPED: usize = 64;

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

/// A gift as whoever has its code sees it.
#[derive(Clone, Debug)]
pub struct GiftSeen {
    /// The gift.
    pub gift: Gift,
    /// What is written on it.
    pub card: Option<GiftCard>,
}

impl Billing {
    /// The gift that a code belongs to, whoever asks and however it is typed.
    /// Looking uses nothing up.
    pub async fn gift_by_code(&self, code: &str) -> Result<GiftSeen, BillingError> {
        let hash = typed(code).ok_or(BillingError::NoSuchGift)?;
        let mut reading = self.inner.store.read().await?;
        let found = reading.gift_by_code(hash).await?;
        let gift = found.ok_or(BillingError::NoSuchGift)?;
        let card = reading.gift_card(gift.id).await?;
        let card = card.and_then(|card| serde_json::from_str(&card).ok());
        Ok(GiftSeen { gift, card })
    }

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
        let relation = relation_of(&mut writing, Some(account), now).await?;
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
        let hash = hash_of(&self.code_of(id));
        writing.set_gift_code(id, hash).await?;
        writing.set_gift_card(id, &written(&purchase.card)?).await?;
        writing.commit().await?;
        self.wake();
        Ok((done.gift, false))
    }

    /// Pays an unpaid gift with another card.
    pub async fn pay_gift(
        &self,
        account: AccountId,
        id: GiftId,
        method: PaymentMethodId,
    ) -> Result<GiftBought, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        own_gift(&mut writing, account, id).await?;
        self.own_method(&mut writing, account, Some(method)).await?;
        let command = GiftCommand::PayWith { method };
        let books = sales.books(now, None);
        let done = writing.gift_command(id, &command, &books).await?;
        writing.commit().await?;
        self.wake();
        let gift = self.settled_gift(done.gift).await;
        Ok(GiftBought {
            payment: PaymentState::of_gift(&gift),
            gift,
            again: false,
        })
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
        let hash = typed(&redemption.code).ok_or(BillingError::NoSuchGift)?;
        let mut writing = self.inner.store.write().await?;
        open_account(&mut writing, account).await?;
        let found = writing.gift_by_code(hash).await?;
        let gift = found.ok_or(BillingError::NoSuchGift)?;
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
        let Who::Care { actor, why } = who else {
            return Err(BillingError::OnlyCare("a refund"));
        };
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let found = writing.gift(id).await?;
        let gift = found.ok_or(BillingError::not_their_gift(id))?;
        let paid = gift.payments.payments().last();
        let charge = paid.ok_or(BillingError::NoSuchCharge)?.charge;
        let act = Act {
            actor: actor.clone(),
            what: "refund".to_owned(),
            why: why.clone(),
            account: Some(gift.bought.buyer),
            owner: Some(Owner::Gift(id)),
        };
        let act = writing.act(&act, now).await?;
        let wish = RefundWish {
            refund,
            charge,
            amount,
        };
        let books = sales.books(now, Some(act));
        let command = GiftCommand::Refund { wish };
        let done = writing.gift_command(id, &command, &books).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.gift)
    }

    /// The code of one of the account's own gifts, once it is paid and while
    /// nobody has it: to be handed over, or written on a card.
    pub async fn gift_code(
        &self,
        account: AccountId,
        id: GiftId,
    ) -> Result<Option<String>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let gift = own_gift(&mut reading, account, id).await?;
        if !matches!(gift.stage, GiftStage::Ready { .. }) {
            return Ok(None);
        }
        self.known_code(&mut reading, id).await.map(Some)
    }

    /// The code of a gift, which will be known when it comes back.
    pub(crate) async fn known_code(
        &self,
        reading: &mut Reading,
        id: GiftId,
    ) -> Result<String, BillingError> {
        let code = self.code_of(id);
        let hash = hash_of(&code);
        if reading.gift_by_code(hash).await?.is_none() {
            // The key is another one than when it was bought.
            let mut writing = self.inner.store.write().await?;
            writing.set_gift_code(id, hash).await?;
            writing.commit().await?;
        }
        Ok(code)
    }

    /// Four groups of four characters, made of the gift by a key.
    fn code_of(&self, id: GiftId) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.inner.codes);
        hasher.update(b"gift");
        hasher.update(&id.get().to_be_bytes());
        let mut bytes = [0; CODE_CHARS];
        hasher.finalize_xof().fill(&mut bytes);
        let mut code = String::with_capacity(CODE_CHARS + 3);
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 && index % 4 == 0 {
                code.push('-');
            }
            let letter = ALPHABET.get(usize::from(byte % 32));
            code.extend(letter.map(|letter| char::from(*letter)));
        }
        code
    }

    /// As for a subscription.
    async fn settled_gift(&self, gift: Gift) -> Gift {
        if !PaymentState::of_gift(&gift).is_open() {
            return gift;
        }
        let id = gift.id;
        let waited = async {
            self.settle(Owner::Gift(id)).await?;
            Ok::<_, BillingError>(self.inner.store.read().await?.gift(id).await?)
        };
        match waited.await {
            Ok(found) => found.unwrap_or(gift),
            Err(error) => {
                tracing::warn!(%error, %id, "its payment couldn't be waited for");
                gift
            }
        }
    }
}

async fn own_gift(
    reading: &mut Reading,
    account: AccountId,
    id: GiftId,
) -> Result<Gift, BillingError> {
    let found = reading.gift(id).await?;
    found
        .filter(|gift| gift.bought.buyer == account)
        .ok_or(BillingError::not_their_gift(id))
}

fn written(card: &GiftCard) -> Result<String, BillingError> {
    let text = serde_json::to_string(card);
    text.map_err(|error| store::StoreError::Damaged(error.to_string()).into())
}

/// The hash of a code, as that is written or typed: case, spaces and hyphens
/// don't matter, and letters that look like digits are those.
fn hash_of(code: &str) -> TokenHash {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    TokenHash::of(plain.as_bytes())
}

/// The hash of what was typed; `None` where that can be no code.
fn typed(code: &str) -> Option<TokenHash> {
    (code.len() <= LONGEST_TYPED).then(|| hash_of(code))
}
