//! Another plan: which there are, and what each comes to, now or when the period
//! ends.

use billing::{Agreement, Chosen, Held, PaymentState, Preview, Wish};
use commerce::catalog::{Catalog, OfferAudience, Scope, Term};
use commerce::ids::{OfferId, SubscriptionId};
use commerce::subscription::{ChangeWhen, Context, PendingChange, Subscription};
use commerce::terms::{Channel, Terms};
use http::StatusCode;
use prompts::Arg;

use super::What;
use super::act::Refused;
use super::ahead::{evergreen, next_charge};
use super::ask::Found;
use super::foresee::given_back;
use super::view::{Ask, Plan, Plans};
use super::words::{card_said, decline};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::{Sort, Speaker};

/// The most plans that are shown.
const MOST: usize = 20;

/// What was chosen: an offer, and when.
struct Switch {
    offer: OfferId,
    when: ChangeWhen,
}

impl Switch {
    /// What a query or a form chose; `None` where that is no offer's name. One
    /// that keeps who has a subscription holds from the next period on, with its
    /// introductory price.
    fn read(form: &Form, catalog: &Catalog) -> Option<Self> {
        let offer = OfferId::new(form.get("offer")).ok()?;
        let audience = catalog.offer(&offer)?.audience;
        let when = match form.get("when") {
            "now" if audience != OfferAudience::Subscribers => ChangeWhen::Now,
            _ => ChangeWhen::PeriodEnd,
        };
        Some(Self { offer, when })
    }

    fn wish(&self, from: &Subscription, visit: &Visit<'_>, words: String) -> Wish {
        Wish::Change {
            chosen: Box::new(Chosen {
                quantity: from.terms.quantity,
                ..Chosen::one(self.offer.clone(), from.terms.currency)
            }),
            when: self.when,
            as_of: None,
            shown: None,
            agreement: Box::new(Agreement {
                locale: visit.locale.to_string(),
                words,
                channel: Channel::Web,
                withdrawal_waived: false,
            }),
        }
    }

    fn word(&self) -> &'static str {
        match self.when {
            ChangeWhen::Now => "now",
            ChangeWhen::PeriodEnd => "then",
        }
    }
}

impl Shop<'_> {
    /// All plans there are, or what the one that was chosen comes to.
    pub(super) async fn change_page(&self, visit: &Visit<'_>, id: SubscriptionId) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let asked = visit.request.asked();
        if asked.get("offer").is_empty() {
            return self.plans_page(visit, &found).await;
        }
        let ask = match Switch::read(&asked, &self.billing.sales().catalog) {
            Some(switch) => self.ask_change(visit, &found, &switch).await?,
            None => self.no_such_plan(visit, &found),
        };
        let status = match ask.to {
            Some(_) => StatusCode::OK,
            None => StatusCode::CONFLICT,
        };
        self.show(visit, status, &ask)
    }

    async fn plans_page(&self, visit: &Visit<'_>, found: &Found) -> Answer {
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
            let sort = Sort {
                offer: one.pitch.offer.as_str(),
                plan: one.pitch.plan.as_str(),
                product: one.pitch.product.as_str(),
                grants: &one.pitch.grants,
                is_story: false,
                is_once: false,
                is_seated: from.terms.seated,
                is_gift: false,
            };
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

    fn no_such_plan(&self, visit: &Visit<'_>, found: &Found) -> Ask {
        let speaker = self.speaker(visit);
        Ask {
            title: speaker.text("subscription-plan-title", &[]),
            refused: Some(speaker.text("subscription-refused-offer", &[])),
            back: format!("account/{}/change", found.subscription.id),
            ..Ask::default()
        }
    }

    /// What a change comes to.
    async fn ask_change(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        switch: &Switch,
    ) -> Result<Ask, Fault> {
        let speaker = self.speaker(visit);
        let subscription = &found.subscription;
        let wish = switch.wish(subscription, visit, String::new());
        let preview = match self.preview(found, &wish).await? {
            Ok(preview) => preview,
            Err(refused) => {
                return Ok(Ask {
                    refused: Some(refused.said(&speaker)),
                    ..self.no_such_plan(visit, found)
                });
            }
        };
        let sales = self.billing.sales();
        let context = Context {
            now: visit.request.now,
            tax: &sales.tax,
        };
        let terms = terms_then(&preview.subscription);
        let name = speaker.name(&Sort::of_terms(terms));
        let most = preview.charged().map_or(0, |bill| bill.total.minor());
        let way = format!("account/{}/change", subscription.id);
        Ok(Ask {
            title: speaker.text("subscription-plan-to", &[("name", Arg::Text(&name))]),
            says: changes(&speaker, found, switch.when, &preview, &context),
            button: speaker.text("subscription-plan-button", &[]),
            back: way.clone(),
            to: Some(way),
            hidden: vec![
                ("offer", switch.offer.as_str().to_owned()),
                ("when", switch.word().to_owned()),
                ("most", most.to_string()),
            ],
            ..Ask::default()
        })
    }

    /// Changes it, if it costs no more than was shown: an amount goes down by
    /// the second, and up only where something else has changed.
    pub(super) async fn change_plan(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let speaker = self.speaker(visit);
        let Some(switch) = Switch::read(form, &self.billing.sales().catalog) else {
            let page = self.no_such_plan(visit, &found);
            return self.show(visit, StatusCode::CONFLICT, &page);
        };
        let done = self.done(What::Change.as_str(), id);
        if terms_then(&found.subscription).offer == switch.offer {
            // The same form again.
            return Ok(respond::go(done));
        }
        let mut ask = self.ask_change(visit, &found, &switch).await?;
        let amount = |fields: &[(&'static str, String)]| {
            let most = fields.iter().find(|(name, _)| *name == "most");
            most.and_then(|(_, most)| most.parse::<i64>().ok())
        };
        let agreed: Option<i64> = form.get("most").parse().ok();
        let asked = amount(&ask.hidden);
        if ask.to.is_none() || asked.is_none() || agreed < asked {
            if ask.refused.is_none() {
                ask.refused = Some(speaker.text("subscription-plan-dearer", &[]));
            }
            return self.show(visit, StatusCode::CONFLICT, &ask);
        }
        let wish = switch.wish(&found.subscription, visit, ask.says.join("\n"));
        match self.command(visit, id, wish).await? {
            Ok(came) => match came.payment {
                PaymentState::NeedsAuthentication { .. } => {
                    Ok(respond::go(self.below(&format!("order/{id}"))))
                }
                PaymentState::Declined { reason, .. } => {
                    let reason = ("reason", Arg::Word(decline(reason)));
                    ask.refused = Some(speaker.text("subscription-plan-declined", &[reason]));
                    self.show(visit, StatusCode::PAYMENT_REQUIRED, &ask)
                }
                PaymentState::Settled | PaymentState::Unknown { .. } => Ok(respond::go(done)),
            },
            Err(refused) => self.refuse_change(visit, ask, &refused),
        }
    }

    fn refuse_change(&self, visit: &Visit<'_>, mut ask: Ask, refused: &Refused) -> Answer {
        ask.refused = Some(refused.said(&self.speaker(visit)));
        ask.to = None;
        self.show(visit, StatusCode::CONFLICT, &ask)
    }
}

/// The terms that it has, or will have once what was begun is done.
fn terms_then(subscription: &Subscription) -> &Terms {
    match &subscription.change {
        Some(PendingChange::AtPeriodEnd { terms, .. } | PendingChange::OnPayment { terms, .. }) => {
            terms
        }
        None => &subscription.terms,
    }
}

/// What a change comes to, sentence by sentence.
fn changes(
    speaker: &Speaker<'_>,
    found: &Found,
    when: ChangeWhen,
    preview: &Preview,
    context: &Context<'_>,
) -> Vec<String> {
    let (before, after) = (&found.subscription, &preview.subscription);
    let mut says = Vec::new();
    match when {
        ChangeWhen::Now => says.push(today(speaker, found, preview)),
        ChangeWhen::PeriodEnd => {
            let end = before.period_end().unwrap_or(context.now);
            says.push(speaker.on("subscription-plan-then", end));
            if let Some((at, amount)) = next_charge(after, context.tax, context.now) {
                let (day, amount) = (speaker.day(at), speaker.money(amount));
                let args = [("day", Arg::Text(&day)), ("amount", Arg::Text(&amount))];
                says.push(speaker.text("subscription-plan-next", &args));
            }
        }
    }
    if let Some((price, every)) = evergreen(before, terms_then(after), context) {
        let rate = speaker.rate(price, every);
        says.push(speaker.text("subscription-plan-rate", &[("rate", Arg::Text(&rate))]));
    }
    says
}

/// What is charged or given back at once.
fn today(speaker: &Speaker<'_>, found: &Found, preview: &Preview) -> String {
    if let Some(bill) = preview.charged() {
        let amount = speaker.money(bill.total);
        let card = found.method.as_ref().map(|card| card_said(speaker, card));
        let card = card.unwrap_or_default();
        let args = [("amount", Arg::Text(&amount)), ("card", Arg::Text(&card))];
        return speaker.text("subscription-plan-charged", &args);
    }
    match given_back(preview) {
        Some(amount) => {
            let amount = speaker.money(amount);
            speaker.text("subscription-plan-back", &[("amount", Arg::Text(&amount))])
        }
        None => speaker.text("subscription-plan-free", &[]),
    }
}
