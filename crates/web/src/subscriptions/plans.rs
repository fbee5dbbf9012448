//! Which other plans there are.

use billing::Held;
use commerce::catalog::{OfferAudience, Scope, Term};
use commerce::subscription::Subscription;
use http::StatusCode;
use prompts::Arg;

use super::ask::Found;
use super::view::{Plan, Plans};
use crate::pages::{Answer, Visit};
use crate::shop::Shop;
use crate::words::{Sort, Speaker};

/// The most plans that are shown.
const MOST: usize = 20;

impl Shop<'_> {
    pub(super) async fn plans_page(&self, visit: &Visit<'_>, found: &Found) -> Answer {
        let subscription = &found.subscription;
        let speaker = self.speaker(visit);
        let currency = subscription.terms.currency;
        let account = Some(subscription.account);
        let held = self.billing.offers_for(account, None, currency).await?;
        let plans = self.plans(&speaker, subscription, &held);
        let name = speaker.name(&Sort::of_subscription(subscription));
        let page = Plans {
            now: speaker.text("subscription-plan-now", &[("name", Arg::Text(&name))]),
            list: plans,
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// One offer of each plan that it could become.
    fn plans(&self, speaker: &Speaker<'_>, from: &Subscription, held: &[Held]) -> Vec<Plan> {
        let sales = self.billing.sales();
        let mut plans: Vec<Plan> = Vec::new();
        let mut seen = vec![from.terms.plan.clone()];
        for one in held {
            let fits = one.may.is_ok()
                && !one.gift
                && one.scope == Scope::Everything
                && one.seats.is_some() == from.terms.seated;
            let Term::Renews { every } = one.pitch.term else {
                continue;
            };
            let offer = sales.catalog.offer(&one.pitch.offer);
            let is_kept = offer.is_some_and(|it| it.audience == OfferAudience::Subscribers);
            if !fits || is_kept || seen.contains(&one.pitch.plan) || plans.len() == MOST {
                continue;
            }
            seen.push(one.pitch.plan.clone());
            let sort = sort_of(one);
            let to = |when: &str| {
                let offer = one.pitch.offer.as_str();
                format!("account/{}/change?offer={offer}&when={when}", from.id)
            };
            plans.push(Plan {
                id: one.pitch.plan.as_str().to_owned(),
                name: speaker.name(&sort),
                rate: speaker.rate(one.pitch.price, every),
                benefits: speaker.benefits(&sort),
                now: to("now"),
                then: to("then"),
            });
        }
        plans
    }
}

/// What a plan is called that goes on and on, and is for everything.
pub(super) fn sort_of(held: &Held) -> Sort<'_> {
    Sort {
        offer: held.pitch.offer.as_str(),
        plan: held.pitch.plan.as_str(),
        product: held.pitch.product.as_str(),
        grants: &held.pitch.grants,
        is_story: false,
        is_once: false,
        is_seated: held.seats.is_some(),
        is_gift: false,
    }
}
