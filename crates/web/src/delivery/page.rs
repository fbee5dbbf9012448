//! The page that says what comes where, and taking back what was wished.

use commerce::delivery::{Undone, is_printed, undo};
use commerce::ids::{DeliveryWishId, SubscriptionId};
use commerce::subscription::Subscription;
use http::StatusCode;
use jiff::civil::Date;
use prompts::Arg;
use store::delivery::{Place, WishError, Wished};

use super::Room;
use super::ahead::spans;
use super::view::{self, Delivery};
use super::words::{in_lines, refusal, wish_said};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::words::{Sort, Speaker};

/// A subscription of the reader's own with print, and how it is delivered.
pub(super) struct Found {
    pub(super) subscription: Subscription,
    /// Where it always goes.
    pub(super) home: Option<Place>,
    /// All that is and was wished.
    pub(super) wishes: Vec<Wished>,
    /// The latest day whose addresses are with the printers.
    pub(super) exported: Option<Date>,
}

impl Room<'_> {
    /// The reader's own subscription with print; another's is as unknown as none.
    pub(super) async fn own(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
    ) -> Result<Option<Found>, Fault> {
        let mut reading = self.pages.store.read().await?;
        let found = reading.subscription(id).await?;
        let found = found.filter(|found| Some(found.account) == visit.account());
        let Some(subscription) = found.filter(is_printed) else {
            return Ok(None);
        };
        let mut places = reading.places(subscription.address).await?;
        let product = &subscription.terms.product;
        Ok(Some(Found {
            home: subscription.address.and_then(|id| places.remove(&id)),
            wishes: reading.delivery_wishes(id).await?,
            exported: reading.exported_until(product, visit.request.now).await?,
            subscription,
        }))
    }

    pub(super) fn speaker<'a>(&'a self, visit: &'a Visit<'_>) -> Speaker<'a> {
        self.pages.speaker(visit)
    }

    /// What it is called.
    pub(super) fn name(&self, visit: &Visit<'_>, found: &Found) -> String {
        let sort = Sort::of_subscription(&found.subscription);
        self.speaker(visit).name(&sort)
    }

    pub(super) fn missing(&self, visit: &Visit<'_>) -> Answer {
        self.pages
            .say(visit, StatusCode::NOT_FOUND, &respond::MISSING)
    }

    pub(super) async fn see(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        self.show(visit, &found, None)
    }

    fn show(&self, visit: &Visit<'_>, found: &Found, refused: Option<String>) -> Answer {
        let speaker = self.speaker(visit);
        let now = visit.request.now;
        let open = self.schedule.first_open(now, found.exported);
        let lasting = |one: &&Wished| one.wish.last.is_none_or(|last| last >= self.today(visit));
        let wishes = found.wishes.iter().rev().filter(lasting);
        let status = match refused {
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::OK,
        };
        let page = Delivery {
            id: found.subscription.id.to_string(),
            name: self.name(visit, found),
            done: done(&speaker, visit, found),
            refused,
            home: found
                .home
                .clone()
                .map_or_else(Vec::new, |home| in_lines(&speaker, home.address)),
            can_move: found.subscription.terms.delivered && self.pages.billing.is_some(),
            spans: spans(&speaker, found, self.schedule, now),
            settled: self.settled(&speaker, found, open),
            wishes: wishes.map(|one| self.wish(visit, found, one)).collect(),
            suspends: self.schedule.limits.suspensions_a_year > 0,
        };
        self.pages.show(visit, status, &page)
    }

    pub(super) fn today(&self, visit: &Visit<'_>) -> Date {
        self.schedule.zone.civil(visit.request.now).date()
    }

    /// From when on a change holds.
    fn settled(&self, speaker: &Speaker<'_>, found: &Found, open: Date) -> Option<String> {
        let next = self.schedule.next_open(speaker.now, found.exported)?;
        let day = speaker.date(next.max(open));
        Some(speaker.text("delivery-settled", &[("day", Arg::Text(&day))]))
    }

    fn wish(&self, visit: &Visit<'_>, found: &Found, wished: &Wished) -> view::Wished {
        let speaker = self.speaker(visit);
        let now = visit.request.now;
        let key = match undo(&wished.wish, self.schedule, found.exported, now) {
            Ok(Undone::Dropped) => Some("delivery-undo"),
            Ok(Undone::Ends(_)) => Some("delivery-undo-rest"),
            Err(_) => None,
        };
        view::Wished {
            id: wished.wish.id.to_string(),
            says: wish_said(&speaker, wished),
            undo: key.map(|key| speaker.text(key, &[])),
        }
    }

    /// Takes back what isn't settled of a wish.
    pub(super) async fn undo(&self, visit: &Visit<'_>, id: SubscriptionId, form: &Form) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        let wish: Option<DeliveryWishId> = form.get("wish").parse().ok();
        let gone = respond::go(self.pages.below(&format!("delivery/{id}?done=undone")));
        let Some(wish) = wish else {
            return self.missing(visit);
        };
        let now = visit.request.now;
        let mut writing = self.pages.store.write().await?;
        match writing
            .undo_delivery_wish(id, wish, self.schedule, now)
            .await
        {
            Ok(_) => {
                writing.commit().await?;
                Ok(gone)
            }
            // The same form twice.
            Err(WishError::Unknown) => Ok(gone),
            Err(WishError::Refused(why)) => {
                drop(writing);
                let refused = refusal(&self.speaker(visit), why);
                self.show(visit, &found, Some(refused))
            }
            Err(WishError::Store(error)) => Err(error.into()),
        }
    }
}

/// What was done: only while it is so, since anybody may write an address.
fn done(speaker: &Speaker<'_>, visit: &Visit<'_>, found: &Found) -> Option<String> {
    let asked = visit.request.asked();
    if asked.get("done") == "undone" {
        return Some(speaker.text("delivery-undone", &[]));
    }
    let id: DeliveryWishId = asked.get("done").parse().ok()?;
    let wished = found.wishes.iter().find(|one| one.wish.id == id)?;
    Some(wish_said(speaker, wished))
}
