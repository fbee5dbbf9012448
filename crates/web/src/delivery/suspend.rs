//! Suspending delivery for a while.

use commerce::calendar::read_day;
use commerce::delivery::{Limits, Made, Refused, Wish, WishKind};
use commerce::ids::{DeliveryWishId, SubscriptionId};
use http::StatusCode;
use jiff::civil::Date;
use prompts::Arg;
use store::delivery::WishError;

use super::page::Found;
use super::view::{Chosen, Suspend};
use super::words::refusal;
use super::{DeliveryNews, Room};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;

impl Room<'_> {
    pub(super) async fn suspend_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        let page = Suspend {
            form: self.draw()?.to_string(),
            ..Suspend::default()
        };
        self.show_suspend(visit, &found, StatusCode::OK, page)
    }

    fn show_suspend(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        status: StatusCode,
        page: Suspend,
    ) -> Answer {
        if self.schedule.limits.suspensions_a_year == 0 {
            return self.missing(visit);
        }
        let page = Suspend {
            id: found.subscription.id.to_string(),
            name: self.name(visit, found),
            says: self.says(visit, found),
            hint: self.hint(visit, found),
            first: self.bounded(visit, found, page.first),
            last: self.bounded(visit, found, page.last),
            ..page
        };
        self.pages.show(visit, status, &page)
    }

    /// What it comes to, and how often and how long it may be.
    fn says(&self, visit: &Visit<'_>, found: &Found) -> Vec<String> {
        let speaker = self.speaker(visit);
        let Limits {
            suspensions_a_year,
            longest_days,
            ..
        } = self.schedule.limits;
        let year = self.today(visit).year();
        let counts = |wish: &Wish| {
            wish.kind == WishKind::Suspended
                && wish.first.year() == year
                && !wish.is_nothing(&found.exported)
        };
        let begun = found.wishes.iter().filter(|one| counts(&one.wish));
        let begun = i64::try_from(begun.count()).unwrap_or(i64::MAX);
        let left = i64::from(suspensions_a_year).saturating_sub(begun).max(0);
        let year = year.to_string();
        vec![
            speaker.text("delivery-suspend-says", &[]),
            speaker.text(
                "delivery-suspend-days",
                &[("count", Arg::Number(longest_days.into()))],
            ),
            speaker.text(
                "delivery-suspend-left",
                &[("count", Arg::Number(left)), ("year", Arg::Text(&year))],
            ),
        ]
    }

    /// From which day on something can be wished for.
    pub(super) fn hint(&self, visit: &Visit<'_>, found: &Found) -> String {
        let speaker = self.speaker(visit);
        let day = speaker.date(self.first(visit, found));
        speaker.text("delivery-first-hint", &[("day", Arg::Text(&day))])
    }

    fn first(&self, visit: &Visit<'_>, found: &Found) -> Date {
        let now = visit.request.now;
        let open = self.schedule.first_open(now);
        let next = self.schedule.next_open(now, open, &found.exported);
        next.unwrap_or(open)
    }

    /// A day with its bounds, as browsers keep to them.
    pub(super) fn bounded(&self, visit: &Visit<'_>, found: &Found, chosen: Chosen) -> Chosen {
        Chosen {
            least: self.first(visit, found).to_string(),
            ..chosen
        }
    }

    /// A day that was typed; what is wrong with one that is none.
    pub(super) fn day(
        &self,
        visit: &Visit<'_>,
        form: &Form,
        name: &str,
    ) -> Result<Option<Date>, Chosen> {
        let typed = form.trimmed(name);
        if typed.is_empty() {
            return Ok(None);
        }
        read_day(typed).map(Some).ok_or_else(|| {
            let error = self.speaker(visit).text("delivery-refused-day", &[]);
            Chosen {
                error: Some(error),
                ..chosen(form, name)
            }
        })
    }

    pub(super) fn needed(&self, visit: &Visit<'_>, form: &Form, name: &str) -> Chosen {
        let error = self.speaker(visit).text("account-error-missing", &[]);
        Chosen {
            error: Some(error),
            ..chosen(form, name)
        }
    }

    /// What a form is known by: it becomes the wish's id.
    pub(super) fn draw(&self) -> Result<DeliveryWishId, Fault> {
        let drawn = self.pages.world.draw().map(u128::from_be_bytes);
        let drawn = drawn.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))?;
        Ok(DeliveryWishId::new(drawn))
    }

    /// One that came without it is a form of its own.
    pub(super) fn form_of(&self, form: &Form) -> Result<DeliveryWishId, Fault> {
        form.get("form").parse().or_else(|_| self.draw())
    }

    pub(super) async fn suspend(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        let known = self.form_of(form)?;
        let page = Suspend {
            form: known.to_string(),
            first: chosen(form, "first"),
            last: chosen(form, "last"),
            ..Suspend::default()
        };
        let first = self.day(visit, form, "first");
        let last = self.day(visit, form, "last");
        let (first, last) = match (first, last) {
            (Ok(Some(first)), Ok(Some(last))) => (first, last),
            (first, last) => {
                let wrong = |found: Result<Option<Date>, Chosen>, name, typed| match found {
                    Ok(Some(_)) => typed,
                    Ok(None) => self.needed(visit, form, name),
                    Err(wrong) => wrong,
                };
                let page = Suspend {
                    first: wrong(first, "first", page.first),
                    last: wrong(last, "last", page.last),
                    ..page
                };
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.show_suspend(visit, &found, status, page);
            }
        };
        let wish = Wish {
            id: known,
            subscription: id,
            kind: WishKind::Suspended,
            first,
            last: Some(last),
            made: visit.request.now,
            beside: Made::default(),
        };
        let mut writing = self.pages.store.write().await?;
        match writing.add_delivery_wish(&wish, self.schedule).await {
            Ok(taken) => {
                if taken.is_new {
                    let is_late = !taken.late.is_empty();
                    let news = DeliveryNews::arranged(&wish, None, is_late);
                    let (what, days) = (("suspend_delivery", id), (first, Some(last)));
                    self.note(visit, &mut writing, what, days, news).await?;
                }
                writing.commit().await?;
                Ok(respond::go(self.done(&wish)))
            }
            Err(WishError::Unknown) => self.missing(visit),
            Err(WishError::Store(error)) => Err(error.into()),
            Err(WishError::Refused(why)) => {
                drop(writing);
                let page = Suspend {
                    refused: Some(self.refused(visit, why)),
                    ..page
                };
                self.show_suspend(visit, &found, StatusCode::CONFLICT, page)
            }
        }
    }

    pub(super) fn refused(&self, visit: &Visit<'_>, why: Refused) -> String {
        refusal(&self.speaker(visit), why)
    }

    pub(super) fn done(&self, wish: &Wish) -> http::HeaderValue {
        let Wish {
            id, subscription, ..
        } = wish;
        self.pages
            .below(&format!("delivery/{subscription}?done={id}"))
    }
}

/// A day as it was typed.
pub(super) fn chosen(form: &Form, name: &str) -> Chosen {
    Chosen {
        value: form.trimmed(name).to_owned(),
        ..Chosen::default()
    }
}
