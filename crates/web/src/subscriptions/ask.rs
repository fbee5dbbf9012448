//! The pages that say what will happen before there is a button to press.

use billing::Held;
use commerce::calendar::read_day;
use commerce::catalog::OfferAudience;
use commerce::ids::SubscriptionId;
use commerce::subscription::{CancelReason, Stage, Subscription};
use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use prompts::Arg;
use store::payment_methods::PaymentMethod;

use super::What;
use super::view::{Ask, Day, Fields, Stay};
use crate::form::Form;
use crate::pages::{Answer, Fault, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::{Sort, Speaker};

/// The reasons for cancelling, in the order in which they are listed.
const REASONS: [(CancelReason, &str); 6] = [
    (CancelReason::Price, "price"),
    (CancelReason::Time, "time"),
    (CancelReason::Content, "content"),
    (CancelReason::Technical, "technical"),
    (CancelReason::Competitor, "competitor"),
    (CancelReason::Other, "other"),
];

/// A subscription of the reader's own, and what they pay with.
pub(super) struct Found {
    pub(super) subscription: Subscription,
    pub(super) method: Option<PaymentMethod>,
}

impl Shop<'_> {
    /// What is said before something is done with a subscription.
    pub(super) async fn ask_page(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
        what: What,
    ) -> Answer {
        let Some(found) = self.own(visit, id).await? else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let asked = visit.request.asked();
        let ask = self.ask(visit, &found, what, &asked).await?;
        let status = match ask.to {
            Some(_) => StatusCode::OK,
            None => StatusCode::CONFLICT,
        };
        self.show(visit, status, &ask)
    }

    /// The reader's own subscription; another's is as unknown as none.
    pub(super) async fn own(
        &self,
        visit: &Visit<'_>,
        id: SubscriptionId,
    ) -> Result<Option<Found>, Fault> {
        let mut reading = self.store.read().await?;
        let found = reading.subscription(id).await?;
        let found = found.filter(|found| Some(found.account) == visit.account());
        let Some(subscription) = found else {
            return Ok(None);
        };
        let method = match subscription.method {
            Some(method) => reading.payment_method(method).await?,
            None => None,
        };
        Ok(Some(Found {
            subscription,
            method,
        }))
    }

    /// The page, with what was typed where a form came back.
    pub(super) async fn ask(
        &self,
        visit: &Visit<'_>,
        found: &Found,
        what: What,
        typed: &Form,
    ) -> Result<Ask, Fault> {
        let speaker = self.speaker(visit);
        let subscription = &found.subscription;
        let name = speaker.name(&Sort::of_subscription(subscription));
        let word = ("what", Arg::Word(what.as_str()));
        let mut ask = Ask {
            title: speaker.text(
                "subscription-ask-title",
                &[word, ("name", Arg::Text(&name))],
            ),
            button: speaker.text("subscription-ask-button", &[word]),
            back: "account".to_owned(),
            ..Ask::default()
        };
        match self.foresee(visit, found, what).await? {
            Ok(says) => {
                ask.says = says;
                ask.fields = fields(&speaker, subscription, what, typed);
                if what == What::Price {
                    ask.two_answers(&speaker, typed.get("answer") == "refuse");
                }
                ask.to = Some(format!("account/{}/{}", subscription.id, what.as_str()));
                if what == What::Cancel {
                    ask.fields.stay = self.stay(&speaker, subscription).await?;
                }
            }
            Err(refused) => ask.refused = Some(refused.said(&speaker)),
        }
        Ok(ask)
    }

    /// The first offer of the catalog that keeps who wants to leave and may be had,
    /// unless they have it or have agreed to it.
    async fn stay(
        &self,
        speaker: &Speaker<'_>,
        subscription: &Subscription,
    ) -> Result<Option<Stay>, Fault> {
        if subscription.stage != Stage::Active || subscription.terms.seated {
            return Ok(None);
        }
        let currency = subscription.terms.currency;
        let account = Some(subscription.account);
        let all = self.billing.offers_for(account, None, currency).await?;
        let sales = self.billing.sales();
        let keeps = |one: &&Held| {
            let offer = sales.catalog.offer(&one.pitch.offer);
            let is_kept = offer.is_some_and(|it| it.audience == OfferAudience::Subscribers);
            is_kept && one.may.is_ok() && !one.gift
        };
        let Some(Held { pitch, .. }) = all.iter().find(keeps) else {
            return Ok(None);
        };
        let known = [&subscription.terms, subscription.terms_ahead()];
        let is_theirs = known.iter().any(|terms| terms.offer == pitch.offer);
        let said = speaker.pitch(pitch).filter(|_| !is_theirs);
        Ok(said.map(|said| Stay {
            headline: said.headline,
            small_print: said.small_print,
            to: format!(
                "account/{}/change?offer={}&when=then",
                subscription.id,
                pitch.offer.as_str()
            ),
        }))
    }
}

impl Ask {
    /// Two buttons: whoever comes by a link that says so finds refusing first.
    fn two_answers(&mut self, speaker: &Speaker<'_>, refuses: bool) {
        let accept = ("accept", std::mem::take(&mut self.button));
        let refuse = ("refuse", speaker.text("subscription-price-refuse", &[]));
        let (first, other) = if refuses {
            (refuse, accept)
        } else {
            (accept, refuse)
        };
        self.answer = Some(first.0);
        self.button = first.1;
        self.fields.other = Some(other);
    }
}

fn fields(speaker: &Speaker<'_>, subscription: &Subscription, what: What, typed: &Form) -> Fields {
    let said = |word: &'static str| {
        let reason = ("reason", Arg::Word(word));
        (word, speaker.text("subscription-cancel-reason", &[reason]))
    };
    match what {
        What::Cancel => Fields {
            reasons: REASONS.iter().map(|(_, word)| said(word)).collect(),
            ..Fields::default()
        },
        What::Pause => Fields {
            day: day(speaker, subscription, typed),
            ..Fields::default()
        },
        _ => Fields::default(),
    }
}

/// The day on which a pause ends by itself.
fn day(speaker: &Speaker<'_>, subscription: &Subscription, typed: &Form) -> Option<Day> {
    let (least, most) = pause_days(subscription, speaker.now)?;
    let typed = typed.trimmed("day");
    let most_said = speaker.date(most);
    let latest = [("day", Arg::Text(&most_said))];
    let is_wrong = !typed.is_empty() && chosen(typed, least, most).is_none();
    Some(Day {
        label: speaker.text("subscription-pause-day", &[]),
        hint: speaker.text("subscription-pause-day-hint", &latest),
        value: if typed.is_empty() {
            most.to_string()
        } else {
            typed.to_owned()
        },
        least: least.to_string(),
        most: most.to_string(),
        error: is_wrong.then(|| speaker.text("subscription-refused-pause-day", &latest)),
    })
}

/// The days on which a pause that begins now may end.
pub(super) fn pause_days(subscription: &Subscription, now: Timestamp) -> Option<(Date, Date)> {
    let zone = &subscription.terms.zone;
    let least = zone.civil(now).date().tomorrow().ok()?;
    // The first instant of that day is within the pause.
    let most = zone.civil(subscription.longest_pause(now)?).date();
    (most >= least).then_some((least, most))
}

/// The day that was typed, if it is one of them.
pub(super) fn chosen(typed: &str, least: Date, most: Date) -> Option<Date> {
    let day = read_day(typed)?;
    (least..=most).contains(&day).then_some(day)
}

/// Why they leave, as the form says.
pub(super) fn reason(form: &Form) -> CancelReason {
    let typed = form.get("reason");
    let found = REASONS.iter().find(|(_, word)| *word == typed);
    found.map_or(CancelReason::Unsaid, |(reason, _)| *reason)
}
