//! The page that says what comes where, and taking back what was wished.

use commerce::delivery::{Exported, Schedule, Undone, Wish, due_on, is_printed, undo};
use commerce::ids::{DeliveryWishId, SubscriptionId};
use commerce::subscription::{Origin, Subscription};
use http::StatusCode;
use jiff::civil::Date;
use prompts::Arg;
use store::delivery::{Place, WishError, Wished};

use super::ahead::spans;
use super::view::{self, Delivery};
use super::words::{days_said, in_lines, refusal, spans_of, wish_said};
use super::{DeliveryNews, Room};
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
    /// The days that were exported, which are settled however far they are.
    pub(super) exported: Exported,
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
        let exports = reading.standing_exports(self.today(visit), visit.request.now);
        let exports = exports.await?;
        Ok(Some(Found {
            home: subscription.address.and_then(|id| places.remove(&id)),
            wishes: reading.delivery_wishes(id).await?,
            exported: exports.of(&subscription.terms.product),
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
        let today = self.today(visit);
        let lasting = |one: &&Wished| one.wish.last.is_none_or(|last| last >= today);
        let wishes = found.wishes.iter().rev().filter(lasting);
        let (done, done_but) = self.done_words(visit, found).unzip();
        let (settled, settled_too) = self.settled(&speaker, found).unzip();
        let status = match refused {
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::OK,
        };
        let page = Delivery {
            id: found.subscription.id.to_string(),
            name: self.name(visit, found),
            done,
            done_but: done_but.flatten(),
            refused,
            home: found
                .home
                .clone()
                .map_or_else(Vec::new, |home| in_lines(&speaker, home.address)),
            can_move: found.subscription.terms.delivered && self.pages.billing.is_some(),
            spans: spans(&speaker, found, self.schedule, now),
            early: self.early(&speaker, found),
            settled,
            settled_too: settled_too.flatten(),
            wishes: wishes
                .flat_map(|one| self.wish(visit, found, one))
                .collect(),
            suspends: self.schedule.limits.suspensions_a_year > 0,
        };
        self.pages.show(visit, status, &page)
    }

    pub(super) fn today(&self, visit: &Visit<'_>) -> Date {
        self.schedule.zone.civil(visit.request.now).date()
    }

    /// Who has just subscribed may be in no file for days that were settled by then.
    fn early(&self, speaker: &Speaker<'_>, found: &Found) -> Option<String> {
        let Schedule { days, zone, .. } = self.schedule;
        let subscription = &found.subscription;
        if subscription.origin == Origin::Imported {
            // They had print before, in files that others have written.
            return None;
        }
        let began = subscription.first_acceptance.at;
        let open = days.from(self.schedule.first_open(began)).next()?;
        let today = zone.civil(speaker.now).date();
        let mut near = days.from(today).take_while(|day| *day < open);
        let is_due = near.any(|day| matches!(due_on(subscription, day, zone), Ok(Some(_))));
        is_due.then(|| {
            let day = speaker.date(open);
            speaker.text("delivery-early", &[("day", Arg::Text(&day))])
        })
    }

    /// From when on a change holds, and for which later days it doesn't.
    fn settled(&self, speaker: &Speaker<'_>, found: &Found) -> Option<(String, Option<String>)> {
        let Schedule { days, .. } = self.schedule;
        let open = self.schedule.first_open(speaker.now);
        let next = self
            .schedule
            .next_open(speaker.now, open, &found.exported)?;
        let day = speaker.date(next);
        let later = found.exported.from(next).filter(|day| days.has(*day));
        let later = days_said(speaker, days, &later.collect::<Vec<_>>());
        let too =
            later.map(|days| speaker.text("delivery-settled-too", &[("days", Arg::Text(&days))]));
        let from = speaker.text("delivery-settled", &[("day", Arg::Text(&day))]);
        Some((from, too))
    }

    /// What was wished for; by spans of what is left of it where it was taken back.
    fn wish(&self, visit: &Visit<'_>, found: &Found, wished: &Wished) -> Vec<view::Wished> {
        let speaker = self.speaker(visit);
        let now = visit.request.now;
        let wish = &wished.wish;
        if wish.beside.back.is_some() {
            return self.left(visit, found, wished);
        }
        let key = match undo(wish, self.schedule, &found.exported, now) {
            Ok(Undone::Dropped) => Some("delivery-undo"),
            Ok(Undone::Ends(_) | Undone::Except(_)) => Some("delivery-undo-rest"),
            Err(_) => None,
        };
        vec![view::Wished {
            id: wish.id.to_string(),
            says: wish_said(&speaker, wished),
            but: self.but(visit, found, wished),
            undo: key.map(|key| speaker.text(key, &[])),
        }]
    }

    /// What is left of a wish that was taken back: days that were exported before.
    fn left(&self, visit: &Visit<'_>, found: &Found, wished: &Wished) -> Vec<view::Wished> {
        let days = &self.schedule.days;
        let wish = &wished.wish;
        let left = wish.left(self.today(visit), days, &found.exported);
        let said = |(first, last)| {
            let part = Wished {
                wish: Wish {
                    first,
                    last: Some(last),
                    ..wish.clone()
                },
                ..wished.clone()
            };
            view::Wished {
                id: wish.id.to_string(),
                says: wish_said(&self.speaker(visit), &part),
                but: None,
                undo: None,
            }
        };
        spans_of(days, &left).into_iter().map(said).collect()
    }

    /// The days for which a wish came too late.
    fn but(&self, visit: &Visit<'_>, found: &Found, wished: &Wished) -> Option<String> {
        let speaker = self.speaker(visit);
        let days = &self.schedule.days;
        let late = wished
            .wish
            .came_late_for(self.today(visit), days, &found.exported);
        let said = days_said(&speaker, days, &late)?;
        Some(speaker.text("delivery-wish-but", &[("days", Arg::Text(&said))]))
    }

    /// What was done: only while it is so, since anybody may write an address.
    fn done_words(&self, visit: &Visit<'_>, found: &Found) -> Option<(String, Option<String>)> {
        let asked = visit.request.asked();
        let speaker = self.speaker(visit);
        if asked.get("done") == "undone" {
            return Some((speaker.text("delivery-undone", &[]), None));
        }
        let id: DeliveryWishId = asked.get("done").parse().ok()?;
        let wished = found.wishes.iter().find(|one| one.wish.id == id)?;
        let is_so = wished.wish.beside.back.is_none();
        is_so.then(|| (wish_said(&speaker, wished), self.but(visit, found, wished)))
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
            Ok(undone) => {
                let all = found.wishes.iter();
                let done = all.map(|one| &one.wish).find(|one| one.id == wish);
                if let Some(done) = done {
                    let news = DeliveryNews::taken_back(done, undone);
                    let what = ("undo_delivery", id);
                    let days = (done.first, done.last);
                    self.note(visit, &mut writing, what, days, news).await?;
                }
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
