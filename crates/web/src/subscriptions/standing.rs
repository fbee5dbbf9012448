//! Where a subscription stands, in words: until when, what is charged next, what
//! has to be done, and what can be.

use commerce::address::PostalAddress;
use commerce::ids::AccountId;
use commerce::subscription::{
    Answer, Context, EndReason, MailDomain, Origin, PendingChange, Stage, Subscription,
};
use commerce::terms::{PhaseKind, Silence, Terms};
use prompts::Arg;
use store::payment_methods::PaymentMethod;

use super::What;
use super::ahead::{evergreen, in_all, next_charge, open_ways};
use super::pay::ways_to_pay;
use super::view::{Card, Link, Row};
use super::words::{card_said, seats_said, warning};
use crate::words::{Sort, Speaker};

/// A subscription and what is known beside it.
pub(super) struct Has<'a> {
    pub(super) subscription: &'a Subscription,
    /// With what it is paid.
    pub(super) method: Option<&'a PaymentMethod>,
    /// Where it is delivered.
    pub(super) address: Option<&'a PostalAddress>,
}

/// A state, for the looks and for a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unpaid,
    Trial,
    Active,
    Trouble,
    Paused,
    Ending,
    Ended,
}

impl State {
    fn of(subscription: &Subscription) -> Self {
        match subscription.stage {
            Stage::Incomplete { .. } => Self::Unpaid,
            Stage::PastDue { .. } => Self::Trouble,
            Stage::Paused { .. } => Self::Paused,
            Stage::Ended { .. } => Self::Ended,
            Stage::Active if subscription.ending.is_some() => Self::Ending,
            Stage::Active => match subscription.cycle.as_ref().map(|cycle| cycle.kind) {
                Some(PhaseKind::Trial) => Self::Trial,
                _ => Self::Active,
            },
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Trial => "trial",
            Self::Active => "active",
            Self::Trouble => "trouble",
            Self::Paused => "paused",
            Self::Ending => "ending",
            Self::Ended => "ended",
        }
    }
}

/// Says where it stands.
pub(super) fn card(speaker: &Speaker<'_>, has: &Has<'_>, context: Option<&Context<'_>>) -> Card {
    let subscription = has.subscription;
    let telling = Telling {
        speaker,
        has,
        context,
    };
    let state = State::of(subscription);
    let sort = Sort::of_subscription(subscription);
    Card {
        id: subscription.id.to_string(),
        name: speaker.name(&sort),
        state: state.as_str(),
        badge: speaker.text(
            "subscription-state",
            &[("state", Arg::Word(state.as_str()))],
        ),
        says: telling.says(),
        warns: warning(speaker, &subscription.payments),
        rows: telling.rows(),
        benefits: speaker.benefits(&sort),
        acts: telling.acts(),
        can_join: false,
        can_leave: false,
    }
}

/// Says where one stands in which somebody has a seat, that another pays for.
pub(super) fn seat_card(speaker: &Speaker<'_>, subscription: &Subscription) -> Card {
    let state = match State::of(subscription) {
        // For who pays to see to.
        State::Trouble => State::Active,
        state => state,
    };
    let sort = Sort::of_subscription(subscription);
    let says = match subscription.stage {
        Stage::Ended { at, .. } => speaker.on("subscription-seat-ended", at),
        Stage::Paused { resumes, .. } => speaker.on("subscription-paused", resumes),
        _ => match subscription.period_end() {
            Some(end) if subscription.ends_with_period().is_some() => {
                speaker.until("subscription-seat-until", end)
            }
            _ => speaker.text("subscription-seat", &[]),
        },
    };
    Card {
        id: subscription.id.to_string(),
        name: speaker.name(&sort),
        state: state.as_str(),
        badge: speaker.text(
            "subscription-state",
            &[("state", Arg::Word(state.as_str()))],
        ),
        says: vec![says],
        benefits: speaker.benefits(&sort),
        can_leave: !subscription.is_ended(),
        ..Card::default()
    }
}

/// A subscription that somebody may take a seat of by their address. Who pays for
/// it sees it once more only while there is a seat for them.
pub(super) fn open_card(
    speaker: &Speaker<'_>,
    account: AccountId,
    domain: &MailDomain,
    subscription: &Subscription,
) -> Option<Card> {
    let sort = Sort::of_subscription(subscription);
    let has_room = subscription.seats.taken() < subscription.terms.quantity;
    let key = match (subscription.account == account, has_room) {
        (true, true) => "subscription-seat-own",
        (true, false) => return None,
        (false, true) => "subscription-seat-domain",
        (false, false) => "subscription-seat-domain-full",
    };
    Some(Card {
        id: subscription.id.to_string(),
        name: speaker.name(&sort),
        state: "open",
        says: vec![speaker.text(key, &[("domain", Arg::Text(domain.as_str()))])],
        benefits: speaker.benefits(&sort),
        can_join: has_room,
        ..Card::default()
    })
}

/// What is said of a price rise that is to come, and what saying nothing means.
pub(super) fn rise(speaker: &Speaker<'_>, has: &Has<'_>, context: &Context<'_>) -> Option<String> {
    let telling = Telling {
        speaker,
        has,
        context: Some(context),
    };
    telling.rise()
}

struct Telling<'a> {
    speaker: &'a Speaker<'a>,
    has: &'a Has<'a>,
    /// `None` where nothing is sold, and so nothing charged or changed.
    context: Option<&'a Context<'a>>,
}

impl Telling<'_> {
    fn says(&self) -> Vec<String> {
        let subscription = self.has.subscription;
        let mut says = vec![self.stands()];
        if matches!(subscription.origin, Origin::Gift(_)) && !subscription.is_ended() {
            says.push(self.speaker.text("subscription-gift", &[]));
        }
        says.extend(self.change());
        says.extend(self.rise());
        says
    }

    /// Until when, and what then.
    fn stands(&self) -> String {
        let (speaker, subscription) = (self.speaker, self.has.subscription);
        match subscription.stage {
            Stage::Incomplete { expires } => speaker.on("subscription-unpaid", expires),
            Stage::PastDue { until } => speaker.until("subscription-grace", until),
            Stage::Paused { resumes, .. } => {
                let key = if subscription.ending.is_some() {
                    "subscription-paused-ending"
                } else {
                    "subscription-paused"
                };
                speaker.on(key, resumes)
            }
            Stage::Ended { at, why } => {
                let day = speaker.last_day(at);
                let args = [("day", Arg::Text(&day)), ("why", Arg::Word(ended(why)))];
                speaker.text("subscription-ended", &args)
            }
            Stage::Active => self.running(),
        }
    }

    fn running(&self) -> String {
        let (speaker, subscription) = (self.speaker, self.has.subscription);
        let Some(end) = subscription.period_end() else {
            return match subscription.origin {
                Origin::Complimentary => speaker.text("subscription-given", &[]),
                _ => speaker.text("subscription-for-good", &[]),
            };
        };
        let key = match subscription.ends_with_period() {
            Some(EndReason::Cancelled(_)) => "subscription-ending",
            Some(EndReason::TrialOver) => "subscription-trial-ends",
            Some(EndReason::PaymentFailed) => "subscription-no-method",
            Some(EndReason::PriceRiseRefused) => "subscription-price-ends",
            Some(_) if subscription.origin == Origin::Complimentary => "subscription-given-until",
            Some(_) => "subscription-expires",
            None if subscription.cycle.as_ref().is_some_and(is_trial) => "subscription-trial",
            None => "subscription-renews",
        };
        speaker.until(key, end)
    }

    /// A change of plan that is to come.
    fn change(&self) -> Option<String> {
        let subscription = self.has.subscription;
        let change = subscription.change.as_ref()?;
        let (terms, key) = match change {
            PendingChange::AtPeriodEnd { terms, .. } => (terms, "subscription-change-then"),
            PendingChange::OnPayment { terms, .. } => (terms, "subscription-change-paid"),
        };
        let name = self.speaker.name(&Sort::of_terms(terms));
        let rate = self.rate(terms)?;
        let day = self.speaker.day(subscription.period_end()?);
        let args = [
            ("name", Arg::Text(&name)),
            ("rate", Arg::Text(&rate)),
            ("day", Arg::Text(&day)),
        ];
        Some(self.speaker.text(key, &args))
    }

    /// A price rise that is to come, and what saying nothing means.
    fn rise(&self) -> Option<String> {
        let subscription = self.has.subscription;
        let rise = subscription.rise.filter(|_| !subscription.is_ended())?;
        let (_, every) = subscription.terms.evergreen()?;
        let new = in_all(subscription, &subscription.terms, rise.price, self.context?)?;
        let new = self.speaker.rate(new, every);
        let old = self.rate(&subscription.terms)?;
        let day = self.speaker.day(rise.from);
        let answer = match (rise.answer, rise.silence) {
            (Answer::Accepted, _) => "accepted",
            (Answer::Refused, _) => "refused",
            (Answer::None, Silence::Accepts) => "accepts",
            (Answer::None, Silence::Refuses) => "refuses",
        };
        let args = [
            ("rate", Arg::Text(&new)),
            ("old", Arg::Text(&old)),
            ("day", Arg::Text(&day)),
            ("answer", Arg::Word(answer)),
        ];
        Some(self.speaker.text("subscription-rise", &args))
    }

    fn rows(&self) -> Vec<Row> {
        let (speaker, subscription) = (self.speaker, self.has.subscription);
        let is_over = subscription.is_ended();
        let plan = self.rate(&subscription.terms);
        let next = self
            .context
            .and_then(|context| next_charge(subscription, context.tax, context.now));
        let next = next.map(|(at, amount)| {
            let (day, amount) = (speaker.day(at), speaker.money(amount));
            let args = [("day", Arg::Text(&day)), ("amount", Arg::Text(&amount))];
            speaker.text("subscription-next", &args)
        });
        let method = self.has.method.filter(|_| subscription.terms.renews());
        let address = self.has.address.map(|address| {
            let mut parts = vec![address.name.as_str()];
            parts.extend(address.lines.iter().map(String::as_str));
            let city = match &address.postcode {
                Some(code) => format!("{code} {}", address.city),
                None => address.city.clone(),
            };
            parts.push(&city);
            parts.join(", ")
        });
        let seats = subscription
            .terms
            .seated
            .then(|| seats_said(speaker, subscription, subscription.terms.quantity));
        [
            ("subscription-row-plan", plan),
            ("subscription-row-next", next),
            (
                "subscription-row-card",
                method.map(|method| card_said(speaker, method)),
            ),
            ("subscription-row-address", address),
            ("subscription-row-seats", seats),
        ]
        .into_iter()
        .filter(|_| !is_over)
        .filter_map(|(label, value)| {
            Some(Row {
                label: speaker.text(label, &[]),
                value: value?,
            })
        })
        .collect()
    }

    /// What it costs on and on, tax included.
    fn rate(&self, terms: &Terms) -> Option<String> {
        let (price, every) = evergreen(self.has.subscription, terms, self.context?)?;
        Some(self.speaker.rate(price, every))
    }

    /// What can be done: what wouldn't be refused.
    fn acts(&self) -> Vec<Link> {
        let subscription = self.has.subscription;
        let Some(context) = self.context else {
            return Vec::new();
        };
        if subscription.is_ended() {
            return vec![self.link("subscribe", "again", true)];
        }
        let ways = open_ways(subscription, context).flat_map(|(what, is_first)| match what {
            What::Pay | What::Card => ways_to_pay(self.speaker, subscription),
            what => {
                let what = what.as_str();
                let to = format!("account/{}/{what}", subscription.id);
                vec![self.link(&to, what, is_first)]
            }
        });
        ways.collect()
    }

    fn link(&self, to: &str, what: &'static str, is_first: bool) -> Link {
        Link {
            to: to.to_owned(),
            text: self.speaker.doing(what),
            is_first,
        }
    }
}

fn is_trial(cycle: &commerce::subscription::Cycle) -> bool {
    cycle.kind == PhaseKind::Trial
}

fn ended(why: EndReason) -> &'static str {
    match why {
        EndReason::Cancelled(_) => "cancelled",
        EndReason::TrialOver => "trial",
        EndReason::Expired => "expired",
        EndReason::NeverPaid => "unpaid",
        EndReason::PaymentFailed => "failed",
        EndReason::PriceRiseRefused => "price",
        EndReason::Withdrawn => "withdrawn",
        EndReason::Refunded => "refunded",
        EndReason::ChargedBack => "bank",
        EndReason::Revoked => "revoked",
    }
}
