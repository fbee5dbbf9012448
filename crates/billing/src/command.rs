//! Everything that a reader or customer care may do with a subscription that
//! has begun.
//!
//! A [`Wish`] is what they say; here it becomes a command of commerce, with the
//! ids that it needs, after it was found out whose the subscription is. Who acts,
//! and why, is written down with what comes of it.

use commerce::address::PostalAddress;
use commerce::calendar::Interval;
use commerce::ids::{
    AccountId, AddressId, ChargeId, OrderId, PaymentMethodId, RefundId, SeatId, SubscriptionId,
};
use commerce::money::Money;
use commerce::payment::RefundWish;
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, ChangePlan, ChangeWhen, Command, Fact, IntroOnChange,
    SeatCommand, Subscription,
};
use commerce::tax::TaxStatus;
use jiff::Timestamp;
use jiff::civil::Date;
use store::acts::{Act, ActNumber};
use store::{Owner, Reading, Writing};

use crate::billing::{Billing, TRIES};
use crate::choice::{Chosen, For};
use crate::error::BillingError;
use crate::offers::{relation_of, uses};
use crate::outcome::PaymentState;
use crate::purchase::{Agreement, accept, own_method};
use crate::sales::Sales;

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

/// What somebody wants of a subscription.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Pay with this from now on, and at once where a payment has failed.
    PayWith(PaymentMethodId),
    /// Try a failed payment again at once.
    PayNow,
    /// End it.
    Cancel {
        /// When.
        when: CancelWhen,
        /// Why.
        reason: CancelReason,
    },
    /// Don't end it after all.
    Reactivate,
    /// Pause it at once.
    Pause {
        /// Until when; `None` for as long as the terms allow.
        resumes: Option<Timestamp>,
    },
    /// Go on with it.
    Resume,
    /// Have another plan.
    Change {
        /// Which offer.
        chosen: Box<Chosen>,
        /// When.
        when: ChangeWhen,
        /// What was agreed to.
        agreement: Box<Agreement>,
    },
    /// Keep the plan after all.
    KeepPlan,
    /// Withdraw from the contract, within the legal days.
    Withdraw,
    /// Agree to a higher price.
    AcceptPriceRise,
    /// Refuse it.
    RefusePriceRise,
    /// Have it delivered elsewhere.
    MoveTo(Box<PostalAddress>),
    /// Keep a seat for somebody. Who it is, is the caller's to mail.
    Invite,
    /// Free a seat.
    Free(SeatId),
    /// Give money back. For care.
    Refund {
        /// Drawn for it: the same one twice gives back once.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much; `None` for all that is left.
        amount: Option<Money>,
        /// What becomes of access.
        access: AfterRefund,
    },
    /// Make the period longer, for nothing. For care.
    Extend(Interval),
    /// End it at once. For care.
    Revoke,
    /// Announce a higher price. For care.
    AnnouncePriceRise {
        /// Of one seat.
        price: Money,
        /// From which day on; `None` for as early as the notice allows.
        from: Option<Date>,
    },
    /// Let another account have it. For care.
    Transfer(AccountId),
    /// Tax it otherwise; a VAT id has to be checked before. For care.
    Tax(TaxStatus),
    /// Let today's policy hold for it. For care.
    AdoptPolicy,
    /// Say who may come without an invitation. For care.
    Admit {
        /// By their verified address.
        domains: Vec<commerce::subscription::MailDomain>,
        /// By their network.
        networks: Vec<ipnet::IpNet>,
    },
}

/// What a wish came to.
#[derive(Clone, Debug)]
pub struct Came {
    /// What happened at once; nothing, where all was so already.
    pub facts: Vec<Fact>,
    /// The subscription, as it is now: after its payment, where one was asked
    /// for and had an outcome soon.
    pub subscription: Subscription,
    /// Where its payment stands.
    pub payment: PaymentState,
}

impl Billing {
    /// Does what somebody wants of a subscription. A reader's has to be their
    /// own. What is to be paid at once is asked for at once, and its outcome
    /// waited for.
    pub async fn command(
        &self,
        who: &Who,
        id: SubscriptionId,
        wish: Wish,
    ) -> Result<Came, BillingError> {
        let mut tried = 1;
        let (facts, subscription) = loop {
            match self.command_once(who, id, &wish).await {
                Err(error) if error.is_conflict() && tried < TRIES => tried += 1,
                otherwise => break otherwise?,
            }
        };
        let asks = |fact: &Fact| matches!(fact, Fact::Payment(fact) if fact.asks_provider());
        let subscription = if facts.iter().any(asks) {
            self.settled(subscription).await?
        } else {
            subscription
        };
        Ok(Came {
            facts,
            payment: PaymentState::of(&subscription),
            subscription,
        })
    }

    async fn command_once(
        &self,
        who: &Who,
        id: SubscriptionId,
        wish: &Wish,
    ) -> Result<(Vec<Fact>, Subscription), BillingError> {
        if let (Who::Reader(_), Some(what)) = (who, only_care(wish)) {
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
        let act = acted(&mut writing, who, name(wish), subscription.account, id, now).await?;
        let books = sales.books(now, act);
        let done = writing.command(id, &command, &books).await?;
        if done.facts.is_empty() {
            // Nothing was done, so nobody did it.
            return Ok((done.facts, done.subscription));
        }
        writing.commit().await?;
        self.wake();
        Ok((done.facts, done.subscription))
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
                own_method(writing, account, Some(*method)).await?;
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
                agreement,
            } => {
                self.change(writing, sales, account, (chosen, *when, agreement))
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
            Wish::Invite => Command::Seat(SeatCommand::Invite {
                seat: SeatId::new(drawn()?),
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
            Wish::Extend(by) => Command::Extend { by: *by },
            Wish::Revoke => Command::Revoke,
            Wish::AnnouncePriceRise { price, from } => Command::AnnouncePriceRise {
                price: *price,
                from: *from,
            },
            Wish::Transfer(to) => Command::Transfer { to: *to },
            Wish::Tax(status) => Command::SetTaxStatus { status: *status },
            Wish::AdoptPolicy => Command::AdoptPolicy {
                policy: sales.catalog.policy.clone(),
            },
            Wish::Admit { domains, networks } => Command::Seat(SeatCommand::Admit {
                domains: domains.clone(),
                networks: networks.clone(),
            }),
        })
    }

    async fn change(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        account: AccountId,
        (chosen, when, agreement): (&Chosen, ChangeWhen, &Agreement),
    ) -> Result<Command, BillingError> {
        let now = self.now();
        let offer = chosen.offer(sales, For::Oneself)?;
        let relation = relation_of(writing, Some(account), now).await?;
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

/// Writes down who acts.
pub(crate) async fn acted(
    writing: &mut Writing,
    who: &Who,
    what: &str,
    account: AccountId,
    id: SubscriptionId,
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
        owner: Some(Owner::Subscription(id)),
    };
    Ok(Some(writing.act(&act, now).await?))
}

/// What a reader may not wish for, in words.
fn only_care(wish: &Wish) -> Option<&'static str> {
    Some(match wish {
        Wish::Refund { .. } => "a refund",
        Wish::Extend(_) => "a longer period",
        Wish::Revoke => "a revocation",
        Wish::AnnouncePriceRise { .. } => "a price rise",
        Wish::Transfer(_) => "a transfer to another account",
        Wish::Tax(_) => "another tax status",
        Wish::AdoptPolicy => "another policy",
        Wish::Admit { .. } => "who may come without an invitation",
        _ => return None,
    })
}

/// What a wish is called where acts are listed.
fn name(wish: &Wish) -> &'static str {
    match wish {
        Wish::PayWith(_) => "pay_with",
        Wish::PayNow => "pay_now",
        Wish::Cancel { .. } => "cancel",
        Wish::Reactivate => "reactivate",
        Wish::Pause { .. } => "pause",
        Wish::Resume => "resume",
        Wish::Change { .. } => "change_plan",
        Wish::KeepPlan => "keep_plan",
        Wish::Withdraw => "withdraw",
        Wish::AcceptPriceRise => "accept_price_rise",
        Wish::RefusePriceRise => "refuse_price_rise",
        Wish::MoveTo(_) => "move_to",
        Wish::Invite => "invite",
        Wish::Free(_) => "free_seat",
        Wish::Refund { .. } => "refund",
        Wish::Extend(_) => "extend",
        Wish::Revoke => "revoke",
        Wish::AnnouncePriceRise { .. } => "announce_price_rise",
        Wish::Transfer(_) => "transfer",
        Wish::Tax(_) => "tax",
        Wish::AdoptPolicy => "adopt_policy",
        Wish::Admit { .. } => "admit",
    }
}
