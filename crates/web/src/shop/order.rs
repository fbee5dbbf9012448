//! What became of a purchase: one address, whatever its state, that can be
//! looked at again and kept.

use billing::PaymentState;
use commerce::gift::{Gift, GiftEnd, GiftStage};
use commerce::ids::{GiftId, OfferId};
use commerce::money::Money;
use commerce::payment::{AttemptState, Payments, Purpose};
use commerce::subscription::{EndReason, Stage, Subscription};
use commerce::terms::Terms;
use http::{HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;

use super::offers::Passed;
use super::view::Order;
use super::{Purchased, Shop};
use crate::pages::{Answer, Fault, Visit};
use crate::respond::{self, MISSING};
use crate::subscriptions::latest;
use crate::view::To;
use crate::wanted::Wanted;
use crate::words::{Sort, declined};

/// How often a page that waits looks again, in seconds, by how long it has
/// waited: a bank that answers late takes some, and who reads by ear is brought
/// back to its top each time. By a header, which browsers heed and which no
/// reader is surprised by: the page says so.
const AGAIN: [(i64, HeaderValue); 3] = [
    (20, HeaderValue::from_static("5")),
    (120, HeaderValue::from_static("15")),
    (i64::MAX, HeaderValue::from_static("60")),
];

const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// What was bought, as it is now.
pub(super) enum Found {
    Subscription(Box<Subscription>),
    Gift(Box<Gift>),
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is theirs.
    Done,
    /// It is being paid.
    Open(PaymentState),
    /// It was theirs before something else was to be paid for it; what came of
    /// that is said on the account's page, by this word.
    Since(&'static str),
    /// It was theirs, or is in a way; the account tells the rest. In one word.
    Otherwise(&'static str),
    /// It never came to anything.
    NeverPaid,
}

/// Whether it was never paid, or called off before it was.
fn came_to_nothing(found: &Subscription, why: EndReason) -> bool {
    let was_paid = found.payments.payments().next().is_some();
    match why {
        EndReason::NeverPaid => true,
        EndReason::Cancelled(_) => !was_paid,
        _ => false,
    }
}

/// Whether something is to be paid for one that had begun before: a renewal, or a
/// change of plan, that waits for the reader's bank or for word of it.
fn is_collected(found: &Subscription) -> bool {
    let payment = PaymentState::of(found);
    matches!(
        payment,
        PaymentState::NeedsAuthentication { .. } | PaymentState::Unknown { .. }
    )
}

/// Whether something was paid for, or wasn't, since it began.
fn has_gone_on(found: &Subscription) -> bool {
    let latest = found.payments.closed.last();
    latest.is_some_and(|order| order.purpose != Purpose::Begin)
}

impl Found {
    pub(super) fn standing(&self) -> Standing {
        match self {
            Self::Subscription(found) if is_collected(found) => {
                Standing::Open(PaymentState::of(found))
            }
            Self::Subscription(found) => match found.stage {
                Stage::Incomplete { .. } => Standing::Open(PaymentState::of(found)),
                Stage::Active if has_gone_on(found) => Standing::Since(latest(found)),
                Stage::Active => Standing::Done,
                Stage::PastDue { .. } => Standing::Otherwise("past_due"),
                Stage::Paused { .. } => Standing::Otherwise("paused"),
                Stage::Ended { why, .. } if came_to_nothing(found, why) => Standing::NeverPaid,
                Stage::Ended { .. } => Standing::Otherwise("ended"),
            },
            Self::Gift(found) => match found.stage {
                GiftStage::Incomplete { .. } => Standing::Open(PaymentState::of_gift(found)),
                GiftStage::Ready { .. } => Standing::Done,
                GiftStage::Redeemed { .. } => Standing::Otherwise("redeemed"),
                GiftStage::Ended {
                    why: GiftEnd::NeverPaid,
                } => Standing::NeverPaid,
                GiftStage::Ended { .. } => Standing::Otherwise("gift_ended"),
            },
        }
    }

    pub(super) fn terms(&self) -> &Terms {
        match self {
            Self::Subscription(found) => &found.terms,
            Self::Gift(found) => &found.bought.terms,
        }
    }

    fn payments(&self) -> &Payments {
        match self {
            Self::Subscription(found) => &found.payments,
            Self::Gift(found) => &found.payments,
        }
    }

    /// Since when an answer is waited for.
    fn waits_since(&self) -> Option<Timestamp> {
        let open = self.payments().open.as_ref()?;
        match open.attempt.state {
            AttemptState::InFlight { since, .. } => Some(since),
            AttemptState::AwaitingReader { .. } | AttemptState::Declined { .. } => None,
        }
    }

    fn open_amount(&self) -> Option<Money> {
        let open = self.payments().open.as_ref();
        open.map(|order| order.bill.total)
    }
}

impl Shop<'_> {
    /// Another's purchase is as unknown as one that never was.
    pub(super) async fn purchase(
        &self,
        visit: &Visit<'_>,
        purchased: Purchased,
    ) -> Result<Option<Found>, Fault> {
        let account = visit.account();
        let mut reading = self.store.read().await?;
        Ok(match purchased {
            Purchased::Subscription(id) => {
                let found = reading.subscription(id).await?;
                found
                    .filter(|found| Some(found.account) == account)
                    .map(|found| Found::Subscription(Box::new(found)))
            }
            Purchased::Gift(id) => {
                let found = reading.gift(id).await?;
                found
                    .filter(|found| Some(found.bought.buyer) == account)
                    .map(|found| Found::Gift(Box::new(found)))
            }
        })
    }

    pub(super) async fn order_page(&self, visit: &Visit<'_>, purchased: Purchased) -> Answer {
        let Some(found) = self.purchase(visit, purchased).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &MISSING);
        };
        let to = self.story_wanted(visit, &visit.request.asked());
        let mut page = self.order(visit, purchased, &found, to.as_ref());
        let since = found.waits_since().unwrap_or(visit.request.now);
        let mut status = StatusCode::OK;
        match found.standing() {
            Standing::Done => {
                // They go on to the story, which has to be open then.
                let end = self.store.read().await?.feed_end().await?;
                self.gate_knows(end).await;
                page.state = "welcome";
                if let Purchased::Gift(id) = purchased {
                    self.show_gift(visit, id, &mut page).await?;
                }
            }
            Standing::Since(what) => {
                if let Purchased::Subscription(id) = purchased {
                    return Ok(respond::go(self.done(what, id)));
                }
            }
            Standing::Otherwise(how) => {
                page.state = "otherwise";
                page.how = how;
            }
            Standing::NeverPaid => {
                page.state = "over";
                status = StatusCode::GONE;
            }
            Standing::Open(PaymentState::Declined { reason, .. }) => {
                page.state = "declined";
                page.declined = Some(declined(reason));
                status = StatusCode::PAYMENT_REQUIRED;
            }
            Standing::Open(PaymentState::NeedsAuthentication { charge }) => {
                return self.bank_page(visit, page, (charge, since)).await;
            }
            Standing::Open(PaymentState::Unknown { .. } | PaymentState::Settled) => {
                return self.wait_page(visit, page, since);
            }
        }
        self.show(visit, status, &page)
    }

    pub(super) fn wait_page(&self, visit: &Visit<'_>, mut page: Order, since: Timestamp) -> Answer {
        page.state = "wait";
        let mut response = self.show(visit, StatusCode::OK, &page)?;
        let waited = visit.request.now.duration_since(since).as_secs();
        let again = AGAIN.into_iter().find(|(until, _)| waited < *until);
        if let Some((_, again)) = again {
            response.headers_mut().insert(REFRESH, again);
        }
        Ok(response)
    }

    fn order(
        &self,
        visit: &Visit<'_>,
        purchased: Purchased,
        found: &Found,
        to: Option<&Wanted>,
    ) -> Order {
        let speaker = self.speaker(visit);
        let terms = found.terms();
        let sort = match found {
            Found::Gift(_) => Sort::of_gift(terms),
            Found::Subscription(found) => Sort::of_subscription(found),
        };
        let paid = found.payments().payments().next().map(|paid| paid.total);
        let amount = found.open_amount().or(paid);
        Order {
            kind: if terms.seated {
                "team"
            } else if terms.story.is_none() && !sort.reads() {
                "delivered"
            } else if terms.renews() {
                "subscription"
            } else {
                "once"
            },
            path: purchased.path(),
            query: Wanted::query(to),
            to: to.cloned().map(To::from),
            amount: amount.map_or_else(String::new, |amount| speaker.money(amount)),
            name: speaker.name(&sort),
            benefits: speaker.benefits(&sort),
            again: self.again(terms, to.cloned()),
            script: self.asset(crate::assets::card_script()),
            stripe: self.settings.stripe.script.clone(),
            ..Order::default()
        }
    }

    /// Where the same can be bought once more: in the same currency, and with
    /// the code that its buyer has typed.
    pub(crate) fn again(&self, terms: &Terms, to: Option<Wanted>) -> String {
        let sales = self.billing.sales();
        let offer = sales.catalog.offer(&terms.offer);
        let passed = Passed {
            to,
            currency: terms.currency,
            is_own: terms.currency == sales.currency,
            code: offer.and_then(|offer| offer.code.clone()),
        };
        format!("subscribe/{}{}", terms.offer, passed.query())
    }

    /// A gift's code is its buyer's to see while nobody has it: the mail that
    /// brings it may be lost, or its address mistyped.
    async fn show_gift(
        &self,
        visit: &Visit<'_>,
        id: GiftId,
        page: &mut Order,
    ) -> Result<(), Fault> {
        let account = visit.account().ok_or(Fault::Busy)?;
        page.state = "gift";
        page.gift = format!("account/gifts/{id}");
        page.code = self.billing.gift_code(account, id).await?;
        let card = self.billing.gift_card(account, id).await?;
        page.mailed_to = card.and_then(|card| card.to);
        Ok(())
    }

    /// Why an earlier purchase of the same offer, that is still open, failed: in
    /// one word.
    pub(super) async fn declined_before(
        &self,
        visit: &Visit<'_>,
        offer: &OfferId,
    ) -> Result<Option<&'static str>, Fault> {
        let Some(account) = visit.account() else {
            return Ok(None);
        };
        let own = self.store.read().await?.subscriptions(account).await?;
        let open = own
            .iter()
            .find(|one| matches!(one.stage, Stage::Incomplete { .. }) && one.terms.offer == *offer);
        Ok(match open.map(PaymentState::of) {
            Some(PaymentState::Declined { reason, .. }) => Some(declined(reason)),
            _ => None,
        })
    }
}
