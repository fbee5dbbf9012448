//! What one subscription is to the gate.

use access::{
    Entitlement, EntitlementName, Entitlements, NetworkGrant, Standing, StoryEntitlement, StoryId,
};
use commerce::entitlement::{Standings, network, standing};
use commerce::ids::AccountId;
use commerce::subscription::{SeatHolder, Subscription};
use ipnet::IpNet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What one subscription lets its readers do. An account's entitlements are
/// those of all subscriptions that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    /// Who reads by it.
    pub readers: Vec<AccountId>,
    /// Who pays for it, where a payment has failed and that may be another than who
    /// reads by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<AccountId>,
    /// What they may use: `read`, `apps`. Empty where it is one story.
    pub names: Vec<String>,
    /// The one story, where it isn't everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// How it stands.
    pub standing: Until,
    /// Networks whose readers need no account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<String>,
}

/// A standing, and the first instant at which it no longer holds; of what has
/// ended, since when. Named as `access` names it, which knows no serialisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// On trial.
    Trial(Option<Timestamp>),
    /// Paid for.
    Paid(Option<Timestamp>),
    /// A payment failed and is retried.
    Grace(Option<Timestamp>),
    /// Given.
    Complimentary(Option<Timestamp>),
    /// Paused; when it is meant to go on.
    Paused(Option<Timestamp>),
    /// A trial that ended.
    EndedTrial(Option<Timestamp>),
    /// A subscription that ended.
    EndedSubscription(Option<Timestamp>),
}

impl Until {
    fn of(standing: Standing, until: Option<Timestamp>) -> Self {
        match standing {
            Standing::Trial => Self::Trial(until),
            Standing::Paid => Self::Paid(until),
            Standing::Grace => Self::Grace(until),
            Standing::Complimentary => Self::Complimentary(until),
            Standing::Paused => Self::Paused(until),
            Standing::EndedTrial => Self::EndedTrial(until),
            Standing::EndedSubscription => Self::EndedSubscription(until),
        }
    }

    fn standings(self) -> Standings {
        let (standing, until) = self.parts();
        Standings { standing, until }
    }

    /// As `access` has it.
    pub fn parts(self) -> (Standing, Option<Timestamp>) {
        match self {
            Self::Trial(until) => (Standing::Trial, until),
            Self::Paid(until) => (Standing::Paid, until),
            Self::Grace(until) => (Standing::Grace, until),
            Self::Complimentary(until) => (Standing::Complimentary, until),
            Self::Paused(until) => (Standing::Paused, until),
            Self::EndedTrial(until) => (Standing::EndedTrial, until),
            Self::EndedSubscription(until) => (Standing::EndedSubscription, until),
        }
    }
}

impl Grants {
    /// What a subscription lets its readers do; `None` where it is nothing to
    /// the gate.
    pub(crate) fn of(subscription: &Subscription) -> Option<Self> {
        let found = standing(subscription)?;
        let terms = &subscription.terms;
        let is_active = found.standing.is_active();
        if terms.story.is_some() && !is_active {
            return None;
        }
        let readers = if terms.seated {
            members(subscription)
        } else {
            vec![subscription.account]
        };
        let networks = network(subscription).map_or_else(Vec::new, |found| found.networks);
        let is_trouble = terms.seated && found.standing == Standing::Grace;
        let names = match terms.story {
            Some(_) => Vec::new(),
            None => terms.grants.iter().map(ToString::to_string).collect(),
        };
        Some(Self {
            readers,
            payer: is_trouble.then_some(subscription.account),
            names,
            story: terms.story.as_ref().map(|story| story.as_str().to_owned()),
            standing: Until::of(found.standing, found.until),
            networks: networks.iter().map(IpNet::to_string).collect(),
        })
    }

    /// Its entitlements for one of its readers, as the gate has them.
    pub fn entitlements(&self, reader: AccountId) -> Vec<Entitlement> {
        let pays = self.payer.is_none_or(|payer| payer == reader);
        if pays {
            self.with(self.standing.standings())
        } else {
            self.with(self.standing.standings().for_others())
        }
    }

    fn with(&self, Standings { standing, until }: Standings) -> Vec<Entitlement> {
        let entitlement = |name: &String| Entitlement {
            name: EntitlementName::new(name),
            standing,
            until,
        };
        self.names.iter().map(entitlement).collect()
    }

    /// The story that it opens, and until when.
    pub fn story(&self) -> Option<StoryEntitlement> {
        let (_, until) = self.standing.parts();
        let story = StoryId::new(self.story.as_ref()?);
        Some(StoryEntitlement { story, until })
    }

    /// What readers of its networks may use without an account.
    pub fn networks(&self) -> Vec<NetworkGrant> {
        let standings = self.standing.standings().for_others();
        let entitlements = Entitlements::new(self.with(standings));
        let grant = |network| NetworkGrant {
            network,
            entitlements: entitlements.clone(),
            until: standings.until,
        };
        // What isn't a network admits nobody.
        let networks = self.networks.iter().filter_map(|text| text.parse().ok());
        networks.map(grant).collect()
    }
}

/// Who sits in a subscription for several.
pub(crate) fn members(subscription: &Subscription) -> Vec<AccountId> {
    let member = |seat: &commerce::subscription::Seat| match seat.holder {
        SeatHolder::Member(account) => Some(account),
        SeatHolder::Invited => None,
    };
    subscription.seats.seats.iter().filter_map(member).collect()
}
