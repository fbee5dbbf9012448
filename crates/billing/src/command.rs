//! Everything that a reader or customer care may do with a subscription that
//! has begun.
//!
//! A [`Wish`] is what they say; here it becomes a command of commerce, with the
//! ids that it needs, after it was found out whose the subscription is. Who acts,
//! and why, is written down with what comes of it.

use commerce::ids::{AccountId, AddressId, OrderId, RefundId, SubscriptionId};
use commerce::payment::RefundWish;
use commerce::subscription::{
    ChangePlan, ChangeWhen, Command, Fact, IntroOnChange, SeatCommand, Subscription,
};
use jiff::Timestamp;
use store::acts::{Act, ActNumber};
use store::{Owner, Reading, Writing};

use crate::billing::{Billing, TRIES};
use crate::choice::{Chosen, For};
use crate::error::BillingError;
use crate::offers::{Comer, uses};
use crate::outcome::PaymentState;
use crate::preview::Preview;
use crate::purchase::{Agreement, accept, as_shown};
use crate::sales::Sales;
use crate::wish::Wish;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The reader whose it is.
    Reader(AccountId),
    /// Customer care, on somebody's behalf.
    Care {
        /// A name that the publisher knows: `cli:anna`.
        actor: String,
        /// Why, in their words.
        why: String,
    },
    /// Ourselves: what has to follow from something else.
    Ourselves,
}

/// Whether what is done in a transaction is to count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    Yes,
    No,
}

/// What a wish came to.
#[derive(Clone, Debug)]
pub struct Came {
    /// What happened at once; nothing, where all was so already.
    pub facts: Vec<Fact>,
    /// The subscription, as it is now: after its payment, where one was asked
    /// for and had an outcome soon.
    pub subscription: Subscription,
    /// Where the payment stands that was asked for: declined as well where what
    /// it was for was dropped for that, and nothing is open any more.
    pub payment: PaymentState,
}

impl Billing {
    /// Does what somebody wants of a subscription. A reader's has to be their
    /// own. What is to be paid at once is asked for at once, and its outcome
    /// waited for. A change of
    /// plan that would come to something else than was shown is refused.
    pub async fn command(
        &self,
        who: &Who,
        id: SubscriptionId,
        wish: Wish,
    ) -> Result<Came, BillingError> {
        let mut tried = 1;
        let Preview {
            facts,
            subscription,
        } = loop {
            match self.command_once(who, id, &wish, Keep::Yes).await {
                Err(error) if error.is_conflict() && tried < TRIES => tried += 1,
                otherwise => break otherwise?,
            }
        };
        let asks = |fact: &Fact| matches!(fact, Fact::Payment(fact) if fact.asks_provider());
        let subscription = if facts.iter().any(asks) {
            self.settled(subscription).await
        } else {
            subscription
        };
        Ok(Came {
            payment: self.payment_after(&facts, &subscription).await,
            facts,
            subscription,
        })
    }

    pub(crate) async fn command_once(
        &self,
        who: &Who,
        id: SubscriptionId,
        wish: &Wish,
        keep: Keep,
    ) -> Result<Preview, BillingError> {
        if let (Who::Reader(_), Some(what)) = (who, wish.only_care()) {
            return Err(BillingError::OnlyCare(what));
        }
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let found = writing.subscription(id).await?;
        let subscription = found
            .filter(|found| match who {
                Who::Reader(account) => found.account == *account,
                Who::Care { .. } | Who::Ourselves => true,
            })
            .ok_or(BillingError::not_theirs(id))?;
        let command = self
            .worded(&mut writing, &sales, &subscription, wish)
            .await?;
        let act = acted(
            &mut writing,
            who,
            wish.name(),
            subscription.account,
            id,
            now,
        )
        .await?;
        let books = sales.books(now, act);
        let done = writing.command(id, &command, &books).await?;
        let done = Preview {
            facts: done.facts,
            subscription: done.subscription,
        };
        if let Wish::Change { shown, .. } = wish {
            as_shown(shown.as_deref(), &done.comes_to())?;
        }
        let names_otherwise = match wish {
            Wish::Tax(taxed) => taxed.print(&mut writing, subscription.account).await?,
            _ => false,
        };
        // Where nothing was done, nobody did it.
        if keep == Keep::No || (done.facts.is_empty() && !names_otherwise) {
            return Ok(done);
        }
        if let Wish::Invite(invitation) = wish
            && !self
                .write_to(&mut writing, &done.subscription, invitation)
                .await?
        {
            // It was sent before, and the seat taken back since: a form that is
            // sent once more doesn't bring it back.
            return Ok(Preview {
                facts: Vec::new(),
                subscription,
            });
        }
        writing.commit().await?;
        self.wake();
        Ok(done)
    }

    async fn worded(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        subscription: &Subscription,
        wish: &Wish,
    ) -> Result<Command, BillingError> {
        let account = subscription.account;
        let drawn = || self.inner.world.draw();
        Ok(match wish {
            Wish::PayWith(method) => {
                self.own_method(writing, account, Some(*method)).await?;
                Command::SetPaymentMethod { method: *method }
            }
            Wish::PayNow => Command::PayNow,
            Wish::Cancel { when, reason } => Command::Cancel {
                when: *when,
                reason: *reason,
            },
            Wish::Reactivate => Command::Reactivate,
            Wish::Pause { resumes } => Command::Pause { resumes: *resumes },
            Wish::Resume => Command::Resume,
            Wish::Change {
                chosen,
                when,
                as_of,
                agreement,
                ..
            } => {
                let when = (*when, *as_of);
                self.change(writing, sales, account, (chosen, when, agreement))
                    .await?
            }
            Wish::KeepPlan => Command::KeepPlan,
            Wish::Withdraw => Command::Withdraw {
                refund: RefundId::new(drawn()?),
            },
            Wish::AcceptPriceRise => Command::AcceptPriceRise,
            Wish::RefusePriceRise => Command::RefusePriceRise,
            Wish::MoveTo(place) => {
                let address = AddressId::new(drawn()?);
                let now = self.now();
                writing.add_address(address, account, place, now).await?;
                Command::SetAddress { address }
            }
            Wish::Invite(invitation) => Command::Seat(SeatCommand::Invite {
                seat: invitation.seat,
            }),
            Wish::Free(seat) => Command::Seat(SeatCommand::Free { seat: *seat }),
            Wish::Refund {
                refund,
                charge,
                amount,
                access,
            } => Command::Refund {
                wish: RefundWish {
                    refund: *refund,
                    charge: *charge,
                    amount: *amount,
                },
                access: *access,
            },
            Wish::RefundAgain { failed, refund } => Command::RefundAgain {
                failed: *failed,
                refund: *refund,
            },
            Wish::Extend(by) => Command::Extend { by: *by },
            Wish::Revoke => Command::Revoke,
            Wish::AnnouncePriceRise { price, from } => Command::AnnouncePriceRise {
                price: *price,
                from: *from,
            },
            Wish::Transfer(to) => Command::Transfer { to: *to },
            Wish::Tax(taxed) => Command::SetTaxStatus {
                status: taxed.status(),
            },
            Wish::Admit(entrances) => entrances.and(&subscription.seats),
            Wish::Dismiss(entrances) => entrances.taken_from(&subscription.seats),
        })
    }

    async fn change(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        account: AccountId,
        (chosen, (when, as_of), agreement): (&Chosen, (ChangeWhen, Option<Timestamp>), &Agreement),
    ) -> Result<Command, BillingError> {
        let now = self.now();
        let offer = chosen.offer(sales, For::Oneself)?;
        let comer = Comer::read(writing, Some(account)).await?;
        let relation = comer.is_to(&sales.catalog, offer, now);
        let uses = uses(writing, offer, Some(account)).await?;
        let terms = chosen.terms(sales, relation, uses, now)?;
        // Introductory prices are for who begins, but for an offer that is made
        // to who has a subscription.
        let holds = offer.audience == commerce::catalog::OfferAudience::Subscribers
            && when == ChangeWhen::PeriodEnd;
        Ok(Command::ChangePlan(Box::new(ChangePlan {
            terms,
            intro: if holds {
                IntroOnChange::Holds
            } else {
                IntroOnChange::LeftOut
            },
            acceptance: accept(writing, agreement, now).await?,
            when,
            as_of,
            order: OrderId::new(self.inner.world.draw()?),
            refund: RefundId::new(self.inner.world.draw()?),
        })))
    }
}

/// A subscription that has to be the account's own; whose it is otherwise is
/// nobody's business.
pub(crate) async fn own(
    reading: &mut Reading,
    account: AccountId,
    id: SubscriptionId,
) -> Result<Subscription, BillingError> {
    let found = reading.subscription(id).await?;
    found
        .filter(|found| found.account == account)
        .ok_or(BillingError::not_theirs(id))
}

/// Writes down who acts on a subscription.
pub(crate) async fn acted(
    writing: &mut Writing,
    who: &Who,
    what: &str,
    account: AccountId,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<Option<ActNumber>, BillingError> {
    let owner = Some(Owner::Subscription(id));
    acted_on(writing, who, what, (account, owner), now).await
}

/// Writes down who acts on an account, or on something of its.
pub(crate) async fn acted_on(
    writing: &mut Writing,
    who: &Who,
    what: &str,
    (account, owner): (AccountId, Option<Owner>),
    now: Timestamp,
) -> Result<Option<ActNumber>, BillingError> {
    let (actor, why) = match who {
        Who::Reader(_) => ("reader".to_owned(), String::new()),
        Who::Care { actor, why } => (actor.clone(), why.clone()),
        Who::Ourselves => return Ok(None),
    };
    let act = Act {
        actor,
        what: what.to_owned(),
        why,
        account: Some(account),
        owner,
    };
    Ok(Some(writing.act(&act, now).await?))
}
