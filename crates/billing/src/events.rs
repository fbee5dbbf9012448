//! What a provider tells by itself: noted in the transaction of its effect, so
//! that what is told twice happens once.

use commerce::gift::{GiftFact, GiftRefusal};
use commerce::ids::{ChargeId, OrderId};
use commerce::payment::PaymentRefusal;
use commerce::subscription::{Fact, Refusal};
use jiff::{SignedDuration, Timestamp};
use providers::payment::{Event, EventId, Method, MethodToken, Notice, Provider, SetupToken};
use store::subscriptions::CommandError;
use store::{Owner, Writing};

use crate::billing::Billing;
use crate::cards::{expires, label};
use crate::deliver::{command, gift_command, is_overtaken};
use crate::error::{BillingError, Fault};
use crate::happened::{Ear, Happening};
use crate::sales::Sales;
use crate::strangers::{given_back, still_disputed, unknown};

/// How many of the sandbox's events are heard at once: what the store writes in
/// one transaction.
const HEARD: usize = store::subscriptions::MAX_BATCH;

/// For how long an event is told again that speaks of what hasn't been heard of:
/// Stripe tells it seven times in a day. What belongs before it would have come
/// by then, had our database ever known of it.
const EARLY_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventTaken {
    /// It is done with, now or before; also where it is none of our business.
    Yes,
    /// It speaks of what hasn't been heard of yet, as when a chargeback comes
    /// before its payment. The provider should tell it again later.
    Later,
}

/// What came of one notice.
enum Came {
    Facts(Owner, Vec<&'static str>),
    Nothing,
    TooEarly,
    /// It is a dispute, and how an earlier one about the same payment ended
    /// hasn't been heard of yet.
    Disputed,
}

impl Billing {
    /// Takes an event whose signature was found right. Events that come twice,
    /// in another order or of charges that nobody knows change nothing they
    /// shouldn't.
    pub async fn take_event(&self, event: &Event) -> Result<EventTaken, BillingError> {
        self.take_event_telling(event, &Ear::default()).await
    }

    async fn take_event_telling(
        &self,
        event: &Event,
        ear: &Ear,
    ) -> Result<EventTaken, BillingError> {
        // Cards are asked about first: an event that was noted isn't told again.
        for notice in &event.notices {
            if let Notice::SetupDone { setup } = notice
                && !self.setup_done(setup).await
            {
                return Ok(EventTaken::Later);
            }
        }
        let (sales, now) = (self.sales(), self.now());
        let system = self.clock().system();
        let mut writing = self.inner.store.write().await?;
        let provider = self.provider_name();
        if !writing
            .see_event(provider, event.id.as_str(), system)
            .await?
        {
            return Ok(EventTaken::Yes);
        }
        let mut came = Vec::new();
        for notice in &event.notices {
            // When the event comes again, it is asked again how things stand.
            if !self.is_old(event) && has_failed_since(&mut writing, notice).await? {
                return Ok(EventTaken::Later);
            }
            match self.take_notice(&mut writing, &sales, notice).await? {
                Came::TooEarly if self.is_old(event) => unknown(notice),
                Came::Disputed if self.is_old(event) => still_disputed(notice),
                // Dropped, the event was never seen.
                Came::TooEarly | Came::Disputed => return Ok(EventTaken::Later),
                Came::Facts(owner, names) => came.push((owner, names)),
                Came::Nothing => {}
            }
        }
        writing.commit().await?;
        self.inner.answered.send_replace(());
        self.wake();
        tell(ear, now, came).await;
        Ok(EventTaken::Yes)
    }

    /// Whether an event was told long ago, by the clock of who tells it.
    fn is_old(&self, event: &Event) -> bool {
        let now = match *self.inner.provider {
            Provider::Sandbox(_) => self.now(),
            Provider::Stripe(_) => self.clock().system(),
        };
        now.duration_since(event.at) >= EARLY_FOR
    }

    async fn take_notice(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        notice: &Notice,
    ) -> Result<Came, BillingError> {
        let owner = match notice {
            Notice::Charge { charge, .. }
            | Notice::Chargeback { charge, .. }
            | Notice::RefundElsewhere { charge, .. } => {
                writing.owner_of_order(charge.order).await?
            }
            Notice::Refund { refund, .. } => writing.owner_of_refund(*refund).await?,
            Notice::ChargebackWon { dispute } => {
                match writing.owner_of_dispute(*dispute).await? {
                    Some(owner) => Some(owner),
                    // The dispute itself hasn't been heard of yet.
                    None => return Ok(Came::TooEarly),
                }
            }
            Notice::Introduced { .. } | Notice::SetupDone { .. } => return Ok(Came::Nothing),
            Notice::MethodChanged(method) => {
                self.renew(writing, method).await?;
                return Ok(Came::Nothing);
            }
            Notice::MethodGone { method } => {
                self.gone(writing, method).await?;
                return Ok(Came::Nothing);
            }
        };
        let Some(owner) = owner else {
            unknown(notice);
            return Ok(Came::Nothing);
        };
        self.report(writing, sales, owner, notice).await
    }

    async fn report(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        owner: Owner,
        notice: &Notice,
    ) -> Result<Came, BillingError> {
        let books = sales.books(self.now(), None);
        let result: Result<Vec<&'static str>, BillingError> = match owner {
            Owner::Subscription(id) => match command(notice) {
                Some(command) => writing
                    .command(id, &command, &books)
                    .await
                    .map(|done| done.facts.iter().map(Fact::name).collect())
                    .map_err(BillingError::from),
                None => Ok(Vec::new()),
            },
            Owner::Gift(id) => match gift_command(notice) {
                Some(command) => writing
                    .gift_command(id, &command, &books)
                    .await
                    .map(|done| done.facts.iter().map(GiftFact::name).collect())
                    .map_err(BillingError::from),
                None => Ok(Vec::new()),
            },
        };
        match result {
            Ok(names) => {
                if !names.is_empty() {
                    given_back(owner, notice);
                }
                Ok(Came::Facts(owner, names))
            }
            Err(error @ BillingError::Store(_)) => Err(error),
            Err(refused) if is_early(notice, &refused) => Ok(Came::TooEarly),
            Err(
                BillingError::Refused(Refusal::Payment(PaymentRefusal::TakenBack(_)))
                | BillingError::Gift(GiftRefusal::Payment(PaymentRefusal::TakenBack(_))),
            ) if matches!(notice, Notice::Chargeback { .. }) => Ok(Came::Disputed),
            Err(refused) => {
                tracing::error!(%owner, ?notice, why = %refused, "an event isn't taken");
                Ok(Came::Nothing)
            }
        }
    }

    async fn renew(&self, writing: &mut Writing, method: &Method) -> Result<(), BillingError> {
        let token = method.token.as_str();
        let known = writing
            .payment_method_at(self.provider_name(), token)
            .await?;
        if let Some(known) = known {
            let (label, expires) = (label(method.card), expires(method.card));
            writing
                .renew_payment_method(known.id, &label, Some(&expires))
                .await?;
        }
        Ok(())
    }

    async fn gone(&self, writing: &mut Writing, method: &MethodToken) -> Result<(), BillingError> {
        let provider = self.provider_name();
        let known = writing.payment_method_at(provider, method.as_str()).await?;
        if let Some(known) = known {
            let now = self.now();
            writing
                .remove_payment_method(known.account, known.id, now)
                .await?;
        }
        Ok(())
    }

    /// A card was entered, and its reader hasn't come back; `false` where it may
    /// be kept another time.
    async fn setup_done(&self, setup: &SetupToken) -> bool {
        let Err(error) = self.card_entered_by_event(setup).await else {
            return true;
        };
        tracing::warn!(%error, "a card that was entered isn't kept yet");
        error.fault() == Fault::Theirs
    }

    /// Hears what the sandbox tells; says how many it has taken.
    pub(crate) async fn hear(&self, ear: &Ear) -> Result<usize, BillingError> {
        let Provider::Sandbox(sandbox) = &*self.inner.provider else {
            return Ok(0);
        };
        let now = self.now();
        let events = sandbox.events(now, HEARD)?;
        let (charges, mut others): (Vec<Event>, Vec<Event>) = events
            .into_iter()
            .partition(|event| of_charge(event).is_some());
        let mut heard: Vec<EventId> = Vec::with_capacity(charges.len() + others.len());
        match self.take_charges(&charges, ear).await {
            Ok(()) => heard.extend(charges.into_iter().map(|event| event.id)),
            Err(error) => {
                tracing::warn!(%error, "events couldn't be taken together; each is by itself");
                others.splice(0..0, charges);
            }
        }
        for event in others {
            match self.take_event_telling(&event, ear).await {
                Ok(EventTaken::Yes) => heard.push(event.id),
                Ok(EventTaken::Later) => {}
                Err(error) => self.complain(event.id.as_str(), &error.to_string()),
            }
        }
        sandbox.heard(&heard, now)?;
        Ok(heard.len())
    }

    /// Takes what is told of charges, together: every charge of a night is told
    /// of, and nearly all of them are known by then.
    async fn take_charges(&self, events: &[Event], ear: &Ear) -> Result<(), BillingError> {
        if events.is_empty() {
            return Ok(());
        }
        let (sales, now) = (self.sales(), self.now());
        let (books, system) = (sales.books(now, None), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        let ids: Vec<&str> = events.iter().map(|event| event.id.as_str()).collect();
        let provider = self.provider_name();
        let new = writing.see_events(provider, &ids, system).await?;
        let news = events
            .iter()
            .filter(|event| new.contains(event.id.as_str()));
        let told: Vec<(ChargeId, &Notice)> = news.filter_map(of_charge).collect();
        let orders: Vec<OrderId> = told.iter().map(|(charge, _)| charge.order).collect();
        let owners = writing.owners_of_orders(&orders).await?;
        let (mut reports, mut came) = (Vec::with_capacity(told.len()), Vec::new());
        for (charge, notice) in told {
            match owners.get(&charge.order) {
                Some(Owner::Subscription(id)) => {
                    reports.extend(command(notice).map(|command| (*id, command)));
                }
                Some(owner) => {
                    let of_gift = self.report(&mut writing, &sales, *owner, notice).await?;
                    if let Came::Facts(owner, names) = of_gift {
                        came.push((owner, names));
                    }
                }
                None => unknown(notice),
            }
        }
        let results = writing.commands(&reports, &books).await?;
        for ((id, _), result) in reports.iter().zip(results) {
            let owner = Owner::Subscription(*id);
            match result {
                Ok(done) => came.push((owner, done.facts.iter().map(Fact::name).collect())),
                Err(CommandError::Store(error)) => return Err(error.into()),
                Err(CommandError::Refused(why)) => {
                    tracing::error!(%owner, %why, "an event isn't taken");
                }
            }
        }
        writing.commit().await?;
        self.inner.answered.send_replace(());
        self.wake();
        tell(ear, now, came).await;
        Ok(())
    }
}

/// Whether a refund that was made, when that was asked for an event, is known to
/// have failed by now.
async fn has_failed_since(writing: &mut Writing, notice: &Notice) -> Result<bool, BillingError> {
    let Notice::Refund { refund, done: true } = notice else {
        return Ok(false);
    };
    match writing.owner_of_refund(*refund).await? {
        Some(owner) => Ok(is_overtaken(writing, owner, notice).await?),
        None => Ok(false),
    }
}

/// The charge that an event is of, where it is of nothing else.
fn of_charge(event: &Event) -> Option<(ChargeId, &Notice)> {
    match event.notices.as_slice() {
        [notice @ Notice::Charge { charge, .. }] => Some((*charge, notice)),
        _ => None,
    }
}

async fn tell(ear: &Ear, now: Timestamp, came: Vec<(Owner, Vec<&'static str>)>) {
    for (owner, names) in came {
        for name in names {
            ear.tell(now, Some(owner), Happening::Fact(name)).await;
        }
    }
}

/// Whether a notice speaks of a payment that hasn't been reported yet: webhooks
/// come in any order.
fn is_early(notice: &Notice, refused: &BillingError) -> bool {
    let about = matches!(
        notice,
        Notice::Chargeback { .. } | Notice::ChargebackWon { .. } | Notice::RefundElsewhere { .. }
    );
    let unknown = |refusal: &PaymentRefusal| {
        matches!(
            refusal,
            PaymentRefusal::UnknownPayment(_) | PaymentRefusal::UnknownDispute(_)
        )
    };
    let (BillingError::Refused(Refusal::Payment(refusal))
    | BillingError::Gift(GiftRefusal::Payment(refusal))) = refused
    else {
        return false;
    };
    about && unknown(refusal)
}
