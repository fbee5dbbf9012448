//! What has been found out about addresses, and for how long it holds.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use quick_cache::sync::Cache;

use crate::agent::Agent;

/// Results kept: some twenty thousand addresses of the crawlers in the table,
/// as far as they are published, of which a site sees a few thousand, and as
/// many liars. At some 80 bytes each they take under 3 MB. Those asked about
/// again survive a flood of others.
const KEPT: usize = 32 * 1024;

/// An address stays a crawler's for a day: operators say to look at their
/// ranges daily.
const VERIFIED: Duration = Duration::from_hours(24);

/// An address may become a crawler's, and a mistake in somebody's DNS ends.
const REFUTED: Duration = Duration::from_hours(1);

/// What couldn't be found out is tried again soon, but not at every request.
const FAILED: Duration = Duration::from_mins(1);

/// Whose claim about which address.
pub(crate) type Claim = (Agent, IpAddr);

/// What a look-up found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The address is the agent's.
    Verified,
    /// It isn't.
    Refuted,
    /// Nothing could be found out.
    Failed,
}

impl Outcome {
    fn holds(self) -> Duration {
        match self {
            Self::Verified => VERIFIED,
            Self::Refuted => REFUTED,
            Self::Failed => FAILED,
        }
    }
}

/// The results kept.
pub(crate) struct Results {
    kept: Cache<Claim, (Outcome, Duration)>,
    /// The longest that one holds.
    longest: Duration,
}

impl Results {
    /// Results that hold for `longest` at most.
    pub(crate) fn new(longest: Duration) -> Self {
        Self {
            kept: Cache::new(KEPT),
            longest,
        }
    }

    /// What was found out about `claim` and still holds at `now`.
    pub(crate) fn get(&self, claim: Claim, now: Duration) -> Option<Outcome> {
        let (outcome, until) = self.kept.get(&claim)?;
        (now < until).then_some(outcome)
    }

    /// Keeps what a look-up found that was started at `now`.
    pub(crate) fn put(&self, claim: Claim, outcome: Outcome, now: Duration) {
        let holds = outcome.holds().min(self.longest);
        self.kept.insert(claim, (outcome, now + holds));
    }

    /// Lets go of what doesn't hold any more at `now`.
    pub(crate) fn forget(&self, now: Duration) {
        self.kept.retain(|_, (_, until)| now < *until);
    }

    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }
}

impl fmt::Debug for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Results({})", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    #[test]
    fn a_result_holds_for_its_time_and_no_longer() {
        let claim = (
            Agent::named("googlebot").expect("an agent"),
            IpAddr::from([192, 0, 2, 1]),
        );
        let start = Duration::from_secs(1000);
        let hours = Duration::from_hours;
        let rows = [
            (Outcome::Verified, DAY, 24 * 60 * 60),
            (Outcome::Verified, hours(48), 24 * 60 * 60),
            (Outcome::Verified, hours(2), 2 * 60 * 60),
            (Outcome::Refuted, DAY, 60 * 60),
            (Outcome::Failed, DAY, 60),
        ];
        for (outcome, longest, seconds) in rows {
            let results = Results::new(longest);
            results.put(claim, outcome, start);
            let end = start + Duration::from_secs(seconds);
            let last = end.saturating_sub(Duration::from_millis(1));
            assert_eq!(results.get(claim, start), Some(outcome));
            assert_eq!(results.get(claim, last), Some(outcome));
            assert_eq!(results.get(claim, end), None);
            results.forget(last);
            assert_eq!(results.len(), 1);
            results.forget(end);
            assert_eq!(results.len(), 0, "the address itself is gone");
        }
    }

    #[test]
    fn a_flood_of_addresses_is_not_kept_and_does_not_push_out_the_regulars() {
        let agent = Agent::named("googlebot").expect("an agent");
        let now = Duration::ZERO;
        let results = Results::new(DAY);
        let regulars: Vec<Claim> = (0..200)
            .map(|last| (agent, IpAddr::from([66, 249, 64, last])))
            .collect();
        for _ in 0..3 {
            for &claim in &regulars {
                results.put(claim, Outcome::Verified, now);
                results.get(claim, now);
            }
        }
        for number in 0..4 * u32::try_from(KEPT).expect("a small number") {
            let address = IpAddr::from((number | 0x0a00_0000).to_be_bytes());
            results.put((agent, address), Outcome::Refuted, now);
            if number % 4096 == 0 {
                assert!(
                    regulars
                        .iter()
                        .all(|&claim| results.get(claim, now).is_some())
                );
            }
        }
        assert!(results.len() <= KEPT, "{}", results.len());
    }
}
