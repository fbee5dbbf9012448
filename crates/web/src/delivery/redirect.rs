//! Having it sent elsewhere, for a while or from a day on.

use commerce::address::PostalAddress;
use commerce::delivery::{Made, Wish, WishKind};
use commerce::ids::{DeliveryWishId, SubscriptionId};
use http::StatusCode;
use jiff::civil::Date;
use store::delivery::WishError;

use super::page::Found;
use super::suspend::chosen;
use super::view::Redirect;
use super::{DeliveryNews, Room};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::view::Typed;

/// What was typed, where nothing is wrong with it.
struct Read {
    first: Date,
    last: Option<Date>,
    place: PostalAddress,
}

impl Room<'_> {
    pub(super) async fn redirect_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        // Who it goes to is most often the same, and so is the country.
        let home = found.home.as_ref().map(|home| &home.address);
        let page = Redirect {
            form: self.draw()?.to_string(),
            typed: Typed {
                country: home.map_or_else(String::new, |home| home.country.to_string()),
                post_name: home.map_or_else(String::new, |home| home.name.clone()),
                ..Typed::default()
            },
            ..Redirect::default()
        };
        self.show_redirect(visit, &found, StatusCode::OK, page)
    }

    fn show_redirect(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        status: StatusCode,
        page: Redirect,
    ) -> Answer {
        let page = Redirect {
            id: found.subscription.id.to_string(),
            name: self.name(visit, found),
            hint: self.hint(visit, found),
            failed: !page.errors.is_none(),
            first: self.bounded(visit, found, page.first),
            last: self.bounded(visit, found, page.last),
            countries: self.pages.countries.of(&visit.locale).to_vec(),
            ..page
        };
        self.pages.show(visit, status, &page)
    }

    pub(super) async fn redirect(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.missing(visit);
        };
        let known = self.form_of(form)?;
        let mut page = Redirect {
            form: known.to_string(),
            first: chosen(form, "first"),
            last: chosen(form, "last"),
            typed: Typed::read(form),
            ..Redirect::default()
        };
        let Some(read) = self.read(visit, form, &mut page) else {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return self.show_redirect(visit, &found, status, page);
        };
        match self.keep(visit, (&found, known), read).await? {
            Ok(wish) => Ok(respond::go(self.done(&wish))),
            Err(WishError::Unknown) => self.missing(visit),
            Err(WishError::Store(error)) => Err(error.into()),
            Err(WishError::Refused(why)) => {
                page.refused = Some(self.refused(visit, why));
                self.show_redirect(visit, &found, StatusCode::CONFLICT, page)
            }
        }
    }

    fn read(&self, visit: &Visit<'_>, form: &Form, page: &mut Redirect) -> Option<Read> {
        let country = self.pages.countries.chosen(&visit.locale, &page.typed);
        page.errors.country = country.is_none().then_some("shop-country-missing");
        // Whatever the country is, so that all that is wrong is said at once.
        let any = access::Country::parse("GB");
        let place = country
            .or(any)
            .and_then(|country| page.typed.post(country, &mut page.errors));
        let first = match self.day(visit, form, "first") {
            Ok(Some(first)) => Some(first),
            Ok(None) => {
                page.first = self.needed(visit, form, "first");
                None
            }
            Err(wrong) => {
                page.first = wrong;
                None
            }
        };
        let last = self.day(visit, form, "last");
        let last = last.map_err(|wrong| page.last = wrong).ok();
        country?;
        Some(Read {
            first: first?,
            last: last?,
            place: place?,
        })
    }

    /// Keeps the address and takes the wish, both or neither.
    async fn keep(
        &self,
        visit: &Visit<'_>,
        (found, known): (&Found, DeliveryWishId),
        read: Read,
    ) -> Result<Result<Wish, WishError>, Fault> {
        let subscription = &found.subscription;
        // Made of the form, so that sending it twice keeps one address.
        let address = commerce::ids::AddressId::new(known.get());
        let now = visit.request.now;
        let wish = Wish {
            id: known,
            subscription: subscription.id,
            kind: WishKind::Redirected(address),
            first: read.first,
            last: read.last,
            made: now,
            beside: Made::default(),
        };
        let mut writing = self.pages.store.write().await?;
        let there = writing.delivery_wishes(subscription.id).await?;
        if there.iter().any(|one| one.wish.id == known) {
            return Ok(Ok(wish));
        }
        writing
            .add_address(address, subscription.account, &read.place, now)
            .await?;
        let taken = match writing.add_delivery_wish(&wish, self.schedule).await {
            Ok(taken) => taken,
            Err(error) => return Ok(Err(error)),
        };
        let is_late = !taken.late.is_empty();
        let news = DeliveryNews::arranged(&wish, Some(&read.place.city), is_late);
        let what = ("redirect_delivery", subscription.id);
        let days = (read.first, read.last);
        self.note(visit, &mut writing, what, days, news).await?;
        writing.commit().await?;
        Ok(Ok(wish))
    }
}
