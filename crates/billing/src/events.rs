//! What a provider tells by itself: noted in the transaction of its effect, so
//! that what is told twice happens once.

use commerce::gift::{GiftFact, GiftRefusal};
use commerce::payment::PaymentRefusal;
use commerce::subscription::{Fact, Refusal};
use providers::payment::{Event, Method, MethodToken, Notice, Provider, SetupToken};
use store::{Owner, Writing};

use crate::billing::Billing;
use crate::cards::{expires, label};
use crate::deliver::{command, gift_command};
use crate::error::{BillingError, Fault};
use crate::happened::{Ear, Happening};
use crate::sales::Sales;

/// How many of the sandbox's events are heard at once.
const HEARD: usize = 500;

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
            match self.take_notice(&mut writing, &sales, notice).await? {
                // Dropped, the event was never seen.
                Came::TooEarly => return Ok(EventTaken::Later),
                Came::Facts(owner, names) => came.push((owner, names)),
                Came::Nothing => {}
            }
        }
        writing.commit().await?;
        self.inner.answered.send_replace(());
        self.wake();
        for (owner, names) in came {
            for name in names {
                ear.tell(now, Some(owner), Happening::Fact(name)).await;
            }
        }
        Ok(EventTaken::Yes)
    }

    async fn take_notice(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        notice: &Notice,
    ) -> Result<Came, BillingError> {
        let owner = match notice {
            Notice::Charge { charge, .. } | Notice::Chargeback { charge, .. } => {
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
            Notice::SetupDone { .. } => return Ok(Came::Nothing),
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
            tracing::warn!(?notice, "an event speaks of what isn't known here");
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
        let result = match owner {
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
            Ok(names) => Ok(Came::Facts(owner, names)),
            Err(error @ BillingError::Store(_)) => Err(error),
            Err(refused) if is_early(notice, &refused) => Ok(Came::TooEarly),
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
        let mut heard = Vec::with_capacity(events.len());
        for event in events {
            match self.take_event_telling(&event, ear).await {
                Ok(EventTaken::Yes) => heard.push(event.id),
                Ok(EventTaken::Later) => {}
                Err(error) => self.complain(event.id.as_str(), &error.to_string()),
            }
        }
        sandbox.heard(&heard, now)?;
        Ok(heard.len())
    }
}

/// Whether a notice speaks of a payment that hasn't been reported yet: webhooks
/// come in any order.
fn is_early(notice: &Notice, refused: &BillingError) -> bool {
    let about = matches!(
        notice,
        Notice::Chargeback { .. } | Notice::ChargebackWon { .. }
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
