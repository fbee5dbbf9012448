//! From subscriptions to what the gate knows of them: entitlements with their
//! standing, and until when.
//!
//! Every date is the earliest at which access may end by what is known now, so
//! a snapshot that isn't renewed closes by itself, and never early. It holds
//! until the next fact of any of the subscriptions. Not here: how snapshots
//! reach the gate, and who is asking it.

pub use access::Snapshot;
use access::{Entitlement, EntitlementName, Entitlements, Standing, Stories, StoryEntitlement};
use ipnet::IpNet;
use jiff::Timestamp;

use crate::calendar::{Interval, OutOfCalendar};
use crate::catalog::Relation;
use crate::ids::AccountId;
use crate::payment::{ANSWER_DAYS, AttemptState};
use crate::subscription::{Cycle, Stage, Subscription};
use crate::terms::PhaseKind;

/// What is bought once for fewer days is a pass, and not a subscription that
/// somebody could be asked to come back to.
const PASS_DAYS: u16 = 28;

/// The entitlement to read, which rules and walls ask about.
const READ: &str = "read";

/// What readers of certain networks may use without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkEntitlement {
    /// Which networks.
    pub networks: Vec<IpNet>,
    /// What they may use.
    pub entitlements: Entitlements,
}

/// How a subscription stands, and the first instant at which it no longer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standings {
    /// How.
    pub standing: Standing,
    /// Until when; of what has ended, since when; of a pause, when it goes on.
    pub until: Option<Timestamp>,
}

impl Standings {
    /// The same for who reads by what another pays for: that a payment failed is
    /// for who pays to hear, and to put right.
    #[must_use]
    pub fn for_others(self) -> Self {
        match self.standing {
            Standing::Grace => Self {
                standing: Standing::Paid,
                ..self
            },
            _ => self,
        }
    }
}

/// What all of an account's subscriptions together entitle it to: its own, and
/// those in which it has a seat. Others are passed over.
pub fn snapshot<'a>(
    account: AccountId,
    subscriptions: impl IntoIterator<Item = &'a Subscription>,
) -> Snapshot {
    let mut grants = Vec::new();
    let mut stories = Vec::new();
    for subscription in subscriptions {
        let reads = if subscription.terms.seated {
            subscription.seats.has_member(account)
        } else {
            subscription.account == account
        };
        let Some(standing) = standing(subscription).filter(|_| reads) else {
            continue;
        };
        let standing = if subscription.account == account {
            standing
        } else {
            standing.for_others()
        };
        match &subscription.terms.story {
            Some(story) if standing.standing.is_active() => stories.push(StoryEntitlement {
                story: story.clone(),
                until: standing.until,
            }),
            Some(_) => {}
            None => grants.extend(entitlements(&subscription.terms.grants, standing)),
        }
    }
    Snapshot {
        entitlements: Entitlements::new(grants),
        stories: Stories::new(stories),
    }
}

/// What readers of a subscription's networks may use; `None` where it has none,
/// or is over.
pub fn network(subscription: &Subscription) -> Option<NetworkEntitlement> {
    let standing = standing(subscription)?.for_others();
    let networks = &subscription.seats.networks;
    if !subscription.terms.seated || networks.is_empty() || !standing.standing.is_active() {
        return None;
    }
    Some(NetworkEntitlement {
        networks: networks.clone(),
        entitlements: Entitlements::new(entitlements(&subscription.terms.grants, standing)),
    })
}

/// What an account is to the publication, as a whole: by the entitlement to read.
/// Stories and passes that are over make nobody a lapsed subscriber.
pub fn relation<'a>(
    account: AccountId,
    subscriptions: impl IntoIterator<Item = &'a Subscription>,
    now: Timestamp,
) -> Relation {
    relation_to(&[], account, subscriptions, now)
}

/// What an account is to the publication, as [offers](crate::catalog::Offer) ask
/// that lead to what `grants` says: by the entitlement to read, unless they grant
/// others and not that. Who has paper only has a subscription like anybody else,
/// but is new to reading.
pub fn relation_to<'a>(
    grants: &[EntitlementName],
    account: AccountId,
    subscriptions: impl IntoIterator<Item = &'a Subscription>,
    now: Timestamp,
) -> Relation {
    let known = snapshot(account, subscriptions).entitlements;
    let gives_reading = grants.is_empty() || grants.iter().any(|name| name.as_str() == READ);
    let names: Vec<&str> = if gives_reading {
        vec![READ]
    } else {
        grants.iter().map(EntitlementName::as_str).collect()
    };
    let standings = names.iter().filter_map(|name| known.standing(name, now));
    let mut relation = Relation::Registered;
    for standing in standings {
        // Who pauses has a subscription, and isn't to be sold another one.
        if standing.is_active() || standing == Standing::Paused {
            return Relation::Current;
        }
        relation = Relation::Lapsed;
    }
    relation
}

fn entitlements(names: &[EntitlementName], standing: Standings) -> Vec<Entitlement> {
    let entitlement = |name: &EntitlementName| Entitlement {
        name: name.clone(),
        standing: standing.standing,
        until: standing.until,
    };
    names.iter().map(entitlement).collect()
}

/// How a subscription stands; `None` where it never gave access. A pass for
/// days that is over leaves no trace, as its reader never subscribed.
pub fn standing(subscription: &Subscription) -> Option<Standings> {
    let cycle = subscription.cycle.as_ref()?;
    let (standing, until) = match subscription.stage {
        Stage::Incomplete { .. } => return None,
        Stage::Active => (running(cycle), kept_until(subscription, cycle)),
        Stage::PastDue { until } => (Standing::Grace, Some(settled(subscription, until))),
        Stage::Paused { resumes, .. } => (Standing::Paused, Some(resumes)),
        Stage::Ended { .. } if is_pass(cycle) => return None,
        Stage::Ended { at, .. } => (ended(cycle), Some(at)),
    };
    Some(Standings { standing, until })
}

fn running(cycle: &Cycle) -> Standing {
    match cycle.kind {
        PhaseKind::Trial => Standing::Trial,
        PhaseKind::Complimentary => Standing::Complimentary,
        PhaseKind::Intro | PhaseKind::FixedTerm | PhaseKind::Evergreen => Standing::Paid,
    }
}

/// A trial that nobody went on to pay for is an ended trial; everything else
/// an ended subscription.
fn ended(cycle: &Cycle) -> Standing {
    match cycle.kind {
        PhaseKind::Trial => Standing::EndedTrial,
        _ => Standing::EndedSubscription,
    }
}

fn is_pass(cycle: &Cycle) -> bool {
    let days = matches!(cycle.every, Some(Interval::Days(days)) if days < PASS_DAYS);
    cycle.kind == PhaseKind::FixedTerm && days
}

fn kept_until(subscription: &Subscription, cycle: &Cycle) -> Option<Timestamp> {
    let end = cycle.period.end?;
    let charged = subscription.payments.open.is_some();
    if !charged && subscription.ends_with_period().is_some() {
        return Some(end);
    }
    let kept = subscription.kept_after(end).unwrap_or(end);
    Some(settled(subscription, kept))
}

/// As long as a charge may still succeed access isn't taken away: the money may
/// have been. Somebody has to go on asking about it, though.
fn settled(subscription: &Subscription, until: Timestamp) -> Timestamp {
    let order = subscription.payments.open.as_ref();
    let next = match order.map(|order| order.attempt.state) {
        Some(AttemptState::InFlight { ask_at, .. }) => ask_at,
        Some(AttemptState::AwaitingReader { until }) => until,
        Some(AttemptState::Declined { .. }) | None => return until,
    };
    let zone = &subscription.terms.zone;
    let settled: Result<Timestamp, OutOfCalendar> = zone.days_from(next, ANSWER_DAYS);
    settled.map_or(until, |settled| settled.max(until))
}
