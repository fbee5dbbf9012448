//! What a reader may use and until when: all the gate knows of commerce.

use std::sync::Arc;

use jiff::Timestamp;

use crate::Name;

/// The name of something a reader may use: `read`, `apps`, `print`, …
pub type EntitlementName = Name;

/// How a reader comes by an entitlement, or came by it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A trial that is running.
    Trial,
    /// Paid for.
    Paid,
    /// A payment failed and is being retried; access is kept meanwhile.
    Grace,
    /// Given by the publisher.
    Complimentary,
    /// Paused at the reader's wish: no access until it goes on.
    Paused,
    /// A trial that has ended.
    EndedTrial,
    /// A subscription that has ended.
    EndedSubscription,
}

impl Standing {
    /// Whether the standing gives access.
    pub fn is_active(self) -> bool {
        match self {
            Self::Trial | Self::Paid | Self::Grace | Self::Complimentary => true,
            Self::Paused | Self::EndedTrial | Self::EndedSubscription => false,
        }
    }

    /// What the standing becomes once its time is up. A pause doesn't end by
    /// itself: what goes on then, and how, is said by the next snapshot.
    fn ended(self) -> Self {
        match self {
            Self::Paused => Self::Paused,
            Self::Trial | Self::EndedTrial => Self::EndedTrial,
            Self::Paid | Self::Grace | Self::Complimentary | Self::EndedSubscription => {
                Self::EndedSubscription
            }
        }
    }

    /// Among several grants of one entitlement the best one speaks: any active
    /// one before any other, among active ones the least worrying, and a pause
    /// before what has ended.
    fn rank(self) -> u8 {
        match self {
            Self::Paid => 6,
            Self::Complimentary => 5,
            Self::Trial => 4,
            Self::Grace => 3,
            Self::Paused => 2,
            Self::EndedSubscription => 1,
            Self::EndedTrial => 0,
        }
    }
}

/// One grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// What may be used.
    pub name: EntitlementName,
    /// How the reader came by it.
    pub standing: Standing,
    /// The first instant it no longer holds; `None` for no end. Of a pause: when
    /// it is meant to end.
    pub until: Option<Timestamp>,
}

/// All of a reader's grants. Cheap to clone; the empty set costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entitlements(Option<Arc<[Entitlement]>>);

impl Entitlements {
    /// The set of `grants`.
    pub fn new(grants: Vec<Entitlement>) -> Self {
        Self((!grants.is_empty()).then(|| grants.into()))
    }

    /// All of these and all of those.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        match (&self.0, &others.0) {
            (_, None) => self.clone(),
            (None, _) => others.clone(),
            (Some(own), Some(more)) => Self::new(own.iter().chain(&**more).cloned().collect()),
        }
    }

    /// The best standing of the named entitlement at `now`; `None` where the
    /// reader never had it.
    pub fn standing(&self, name: &str, now: Timestamp) -> Option<Standing> {
        self.0
            .iter()
            .flat_map(|grants| grants.iter())
            .filter(|grant| grant.name.as_str() == name)
            .map(|grant| match grant.until {
                Some(until) if until <= now => grant.standing.ended(),
                _ => grant.standing,
            })
            .max_by_key(|standing| standing.rank())
    }

    /// When the pause of the named thing is meant to end, where that is known and
    /// still to come at `now`.
    pub fn paused_until(&self, name: &str, now: Timestamp) -> Option<Timestamp> {
        let grants = self.0.iter().flat_map(|grants| grants.iter());
        grants
            .filter(|grant| grant.name.as_str() == name && grant.standing == Standing::Paused)
            .filter_map(|grant| grant.until)
            .filter(|until| *until > now)
            .min()
    }

    /// The names of all that there is a grant for, whether it holds or not; some more
    /// than once.
    pub fn names(&self) -> impl Iterator<Item = &EntitlementName> {
        let grants = self.0.iter().flat_map(|grants| grants.iter());
        grants.map(|grant| &grant.name)
    }

    /// Whether the reader may use anything at all at `now`.
    pub fn any_active(&self, now: Timestamp) -> bool {
        self.names().any(|name| self.active(name.as_str(), now))
    }

    /// Whether the reader may use the named thing at `now`.
    pub fn active(&self, name: &str, now: Timestamp) -> bool {
        self.standing(name, now).is_some_and(Standing::is_active)
    }
}
