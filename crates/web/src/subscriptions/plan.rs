//! Another plan: what it comes to, now or when the period ends, and changing to it.

use billing::{Agreement, Chosen, ComesTo, PaymentState, Preview, Wish};
use commerce::catalog::{Catalog, OfferAudience};
use commerce::ids::{OfferId, SubscriptionId};
use commerce::subscription::{
    ChangeWhen, Context, PendingChange, Refusal, SHOWN_HOLDS, Subscription,
};
use commerce::terms::{Channel, Terms};
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use prompts::Arg;

use super::What;
use super::act::Refused;
use super::ahead::{evergreen, next_charge};
use super::ask::Found;
use super::foresee::given_back;
use super::view::{Ask, Link};
use super::words::{card_said, seats_said};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::{Sort, Speaker, mark};

/// What was chosen: an offer, when, and for how many where that is to be another
/// number than it is now.
pub(super) struct Switch {
    pub(super) offer: OfferId,
    when: ChangeWhen,
    seats: Option<u32>,
}

impl Switch {
    /// What a query or a form chose; `None` where that is no offer's name. One
    /// that keeps who has a subscription holds from the next period on, with its
    /// introductory price. Where nothing is said, more seats are had at once, and
    /// fewer when what is paid for is over.
    pub(super) fn read(form: &Form, catalog: &Catalog, from: &Subscription) -> Option<Self> {
        let offer = OfferId::new(form.get("offer")).ok()?;
        let audience = catalog.offer(&offer)?.audience;
        // What is no number is none that is sold.
        let seats = Some(form.trimmed("seats")).filter(|typed| !typed.is_empty());
        let seats = seats.map(|typed| typed.parse().unwrap_or(0));
        let is_more = seats.is_some_and(|seats| seats > from.terms.quantity);
        let when = match form.get("when") {
            _ if audience == OfferAudience::Subscribers => ChangeWhen::PeriodEnd,
            "now" => ChangeWhen::Now,
            "" if is_more => ChangeWhen::Now,
            _ => ChangeWhen::PeriodEnd,
        };
        Some(Self { offer, when, seats })
    }

    /// How many it is to be for.
    fn quantity(&self, from: &Subscription) -> u32 {
        self.seats.unwrap_or(from.terms.quantity)
    }

    fn wish(
        &self,
        from: &Subscription,
        visit: &Visit<'_>,
        (as_of, shown): (Timestamp, Option<Shown>),
    ) -> Wish {
        let (words, shown) = match shown {
            Some(shown) => (shown.words, Some(shown.comes_to)),
            None => (String::new(), None),
        };
        Wish::Change {
            chosen: Box::new(Chosen {
                quantity: self.quantity(from),
                ..Chosen::one(self.offer.clone(), from.terms.currency)
            }),
            when: self.when,
            as_of: Some(as_of),
            shown,
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

    /// What [`read`](Self::read) reads, for a form.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("offer", self.offer.as_str().to_owned()),
            ("when", self.word().to_owned()),
        ];
        fields.extend(self.seats.map(|seats| ("seats", seats.to_string())));
        fields
    }

    /// The same, behind a page of the subscription's.
    pub(super) fn on(&self, id: SubscriptionId, what: What) -> String {
        let (offer, when) = (&self.offer, self.word());
        let seats = self.seats.map(|seats| format!("&seats={seats}"));
        let seats = seats.unwrap_or_default();
        format!(
            "account/{id}/{}?offer={offer}&when={when}{seats}",
            what.as_str()
        )
    }
}

/// What somebody is shown before they change, and is held to.
struct Shown {
    /// The very words.
    words: String,
    comes_to: Box<ComesTo>,
}

/// As of when it is reckoned, to the second: as a form has it, for as long as that
/// holds, else now. What depends on the time is charged as it was shown.
fn as_of(form: &Form, now: Timestamp) -> Timestamp {
    let at = |second| Timestamp::from_second(second).ok();
    let shown = form.get("at").parse().ok().and_then(at);
    let holds = |at: &Timestamp| *at <= now && now.duration_since(*at) <= SHOWN_HOLDS;
    let shown = shown.filter(holds);
    shown.or_else(|| at(now.as_second())).unwrap_or(now)
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
        let ask = match Switch::read(&asked, &self.billing.sales().catalog, &found.subscription) {
            Some(switch) => {
                let now = as_of(&Form::default(), visit.request.now);
                self.ask_change(visit, &found, &switch, now).await?.0
            }
            None => self.no_such_plan(visit, &found),
        };
        // Where it is to be delivered has to be said before anything else.
        if let (None, Some(first)) = (&ask.to, &ask.also) {
            return Ok(respond::go(self.below(&first.to)));
        }
        let status = match ask.to {
            Some(_) => StatusCode::OK,
            None => StatusCode::CONFLICT,
        };
        self.show(visit, status, &ask)
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

    /// What a change comes to, reckoned as of then; `None` where it can't be.
    async fn ask_change(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        switch: &Switch,
        as_of: Timestamp,
    ) -> Result<(Ask, Option<Shown>), Fault> {
        let speaker = self.speaker(visit);
        let subscription = &found.subscription;
        let wish = switch.wish(subscription, visit, (as_of, None));
        let preview = match self.preview(found, &wish).await? {
            Ok(preview) => preview,
            Err(refused) => {
                let lacks_address = matches!(refused, Refused::Commerce(Refusal::AddressMissing));
                let ask = Ask {
                    refused: Some(refused.said(&speaker)),
                    also: lacks_address.then(|| Link {
                        to: switch.on(subscription.id, What::Address),
                        text: speaker.doing(What::Address.as_str()),
                        is_first: false,
                    }),
                    ..self.no_such_plan(visit, found)
                };
                return Ok((ask, None));
            }
        };
        let sales = self.billing.sales();
        let context = Context {
            now: visit.request.now,
            tax: &sales.tax,
        };
        let terms = terms_then(&preview.subscription);
        let name = speaker.name(&Sort::of_terms(terms));
        let title = speaker.text("subscription-plan-to", &[("name", Arg::Text(&name))]);
        let mut says = changes(&speaker, found, switch.when, &preview, &context);
        if switch.seats.is_some() {
            says.insert(0, seats_said(&speaker, subscription, terms.quantity));
        }
        let words = format!("{title}\n{}", says.join("\n"));
        let way = format!("account/{}/change", subscription.id);
        let also = preview.charged().map(|_| Link {
            to: format!("account/{}/{}", subscription.id, What::Card.as_str()),
            text: speaker.doing(What::Card.as_str()),
            is_first: false,
        });
        let ask = Ask {
            title,
            says,
            button: speaker.text("subscription-plan-button", &[]),
            back: way.clone(),
            to: Some(way),
            hidden: [
                switch.fields(),
                vec![
                    ("at", as_of.as_second().to_string()),
                    ("mark", mark(&words)),
                ],
            ]
            .concat(),
            also,
            ..Ask::default()
        };
        let comes_to = Box::new(preview.comes_to());
        Ok((ask, Some(Shown { words, comes_to })))
    }

    /// Changes it, if it comes to what was shown, to the word and to the cent;
    /// else shows what it comes to now.
    pub(super) async fn change_plan(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        form: &Form,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let sales = self.billing.sales();
        let Some(switch) = Switch::read(form, &sales.catalog, &found.subscription) else {
            let page = self.no_such_plan(visit, &found);
            return self.show(visit, StatusCode::CONFLICT, &page);
        };
        let then = terms_then(&found.subscription);
        let is_so_many = then.quantity == switch.quantity(&found.subscription);
        if then.offer == switch.offer && is_so_many {
            // The same form again.
            let payment = PaymentState::of(&found.subscription);
            return Ok(respond::go(self.on_its_way(id, payment)));
        }
        let as_of = as_of(form, visit.request.now);
        let (mut ask, shown) = self.ask_change(visit, &found, &switch, as_of).await?;
        let shown = shown.filter(|shown| mark(&shown.words) == form.get("mark"));
        let Some(shown) = shown else {
            return self.changed(visit, &found, &switch).await;
        };
        let wish = switch.wish(&found.subscription, visit, (as_of, Some(shown)));
        match self.command(visit, id, wish).await? {
            Ok(came) => {
                let PaymentState::Declined { reason, .. } = came.payment else {
                    return Ok(respond::go(self.on_its_way(id, came.payment)));
                };
                let speaker = self.speaker(visit);
                let stays = speaker.text("subscription-plan-stays", &[]);
                ask.refused = Some(speaker.joined(&speaker.declined(reason), &stays));
                self.show(visit, StatusCode::PAYMENT_REQUIRED, &ask)
            }
            Err(Refused::Changed) => self.changed(visit, &found, &switch).await,
            Err(refused) => self.refuse_change(visit, ask, &refused),
        }
    }

    /// Where it is told how a change stands that was agreed to: the bank's page,
    /// or the account's, which says that it waits for its payment where it does.
    fn on_its_way(&self, id: SubscriptionId, payment: PaymentState) -> HeaderValue {
        match payment {
            PaymentState::NeedsAuthentication { .. } => self.below(&format!("order/{id}")),
            _ => self.done(What::Change.as_str(), id),
        }
    }

    /// What it comes to now, with a notice that this isn't what was shown.
    async fn changed(&self, visit: &Visit<'_>, found: &Found, switch: &Switch) -> Answer {
        let now = as_of(&Form::default(), visit.request.now);
        let (mut ask, _) = self.ask_change(visit, found, switch, now).await?;
        if ask.refused.is_none() {
            ask.refused = Some(Refused::Changed.said(&self.speaker(visit)));
        }
        self.show(visit, StatusCode::CONFLICT, &ask)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_holds_for_half_an_hour_and_nothing_else_does() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let now = 1_800_000_000;
        for (typed, expected) in [
            ("1799999999", now - 1),
            ("1800000000", now),
            ("1799998200", now - 1_800),
            ("1799998199", now),
            ("1800000001", now),
            ("", now),
            ("-1", now),
            ("9999999999999999999", now),
            ("x", now),
        ] {
            let form = Form::read(format!("at={typed}").as_bytes());
            assert_eq!(as_of(&form, at(now)), at(expected), "{typed}");
        }
    }
}
