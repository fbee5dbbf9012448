//! Where a subscription is delivered.

use billing::Wish;
use commerce::address::PostalAddress;
use commerce::ids::SubscriptionId;
use http::StatusCode;

use super::What;
use super::ask::Found;
use super::plan::Switch;
use super::plans::sort_of;
use super::view::Deliver;
use crate::form::Form;
use crate::pages::{Answer, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::shop::view::Typed;
use crate::words::Sort;

impl Shop<'_> {
    pub(super) async fn address_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let typed = match found.subscription.address {
            Some(address) => self.store.read().await?.address(address).await?,
            None => None,
        };
        let page = Deliver {
            typed: typed.map(written).unwrap_or_default(),
            ..Deliver::default()
        };
        let to = Switch::read(
            &visit.request.asked(),
            &self.billing.sales().catalog,
            &found.subscription,
        );
        self.show_address(visit, &found, to.as_ref(), page)
    }

    /// The address of what somebody has, or of what it is `to` become.
    fn show_address(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        to: Option<&Switch>,
        page: Deliver,
    ) -> Answer {
        let speaker = self.speaker(visit);
        let subscription = &found.subscription;
        let currency = subscription.terms.currency;
        let held = to.and_then(|to| self.billing.held_out(&to.offer, currency));
        let name = speaker.name(&match &held {
            Some(held) => sort_of(held),
            None => Sort::of_subscription(subscription),
        });
        let failed = !page.errors.is_none();
        let status = match (&page.refused, failed) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, false) => StatusCode::OK,
        };
        let page = Deliver {
            id: subscription.id.to_string(),
            name,
            says: if held.is_some() {
                "subscription-refused-no-address"
            } else {
                "subscription-address-says"
            },
            hidden: to.map(Switch::fields).unwrap_or_default(),
            failed,
            countries: self.countries.of(&visit.locale).to_vec(),
            ..page
        };
        self.show(visit, status, &page)
    }

    pub(super) async fn move_to(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let sales = self.billing.sales();
        let to = Switch::read(form, &sales.catalog, &found.subscription);
        let mut page = Deliver {
            typed: Typed::read(form),
            ..Deliver::default()
        };
        let known = self.countries.chosen(&visit.locale, &page.typed);
        page.errors.country = known.is_none().then_some("shop-country-missing");
        // Whatever the country is, so that all that is wrong is said at once.
        let country = known.unwrap_or_else(|| self.billing.sales().tax.seller());
        let place = page.typed.post(country, &mut page.errors);
        let (Some(_), Some(place)) = (known, place) else {
            return self.show_address(visit, &found, to.as_ref(), page);
        };
        if found.subscription.delivered_to().is_some() {
            self.may_be_told(visit)?;
        }
        let wish = Wish::MoveTo(Box::new(place));
        if let Err(refused) = self.command(visit, id, wish).await? {
            page.refused = Some(refused.said(&self.speaker(visit)));
            return self.show_address(visit, &found, to.as_ref(), page);
        }
        Ok(respond::go(match to {
            Some(to) => self.below(&to.on(id, What::Change)),
            None => self.done(What::Address.as_str(), id),
        }))
    }
}

/// An address as it stands in the form.
fn written(address: PostalAddress) -> Typed {
    let mut lines = address.lines.into_iter();
    Typed {
        post_name: address.name,
        post_street: lines.next().unwrap_or_default(),
        post_more: lines.collect::<Vec<_>>().join(", "),
        post_city: address.city,
        post_region: address.region.unwrap_or_default(),
        post_code: address.postcode.unwrap_or_default(),
        country: address.country.to_string(),
        ..Typed::default()
    }
}
