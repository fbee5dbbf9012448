//! Recording: what was decided, how long it took, and what the meter and the
//! cache are doing, for Prometheus.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::{Decision, Reason};
use crawlers::Verdict;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::quiet::Quiet;
use crate::refused::Refused;

/// One request in this many has its phases timed: reading a clock ten times
/// would cost more than deciding does.
const SAMPLE: u64 = 16;

/// The named phases of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading and normalising the request.
    Normalise,
    /// Finding the compiled page.
    Find,
    /// Reading the cookie and the address.
    Identify,
    /// Deciding, looking up what was counted included.
    Decide,
    /// Counting, where a meter has to pay; waiting for the disk included.
    Count,
    /// Making the response.
    Splice,
}

impl Phase {
    const ALL: [Self; 6] = [
        Self::Normalise,
        Self::Find,
        Self::Identify,
        Self::Decide,
        Self::Count,
        Self::Splice,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Normalise => "normalise",
            Self::Find => "find",
            Self::Identify => "identify",
            Self::Decide => "decide",
            Self::Count => "count",
            Self::Splice => "splice",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DecisionLabels {
    outcome: &'static str,
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PhaseLabels {
    phase: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AuthorizedLabels {
    answer: &'static str,
}

/// What a proxy that asks has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorized {
    /// It may get it.
    Yes,
    /// It mustn't.
    No,
    /// It has to let the request go through the gate.
    GateOnly,
}

impl Authorized {
    const ALL: [Self; 3] = [Self::Yes, Self::No, Self::GateOnly];

    fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::GateOnly => "gate-only",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClaimLabels {
    verdict: &'static str,
}

/// What has become of those who say that they are crawlers.
#[derive(Debug)]
struct Claims {
    verified: Counter,
    refuted: Counter,
    unknown: Counter,
}

impl Claims {
    fn new(registry: &mut Registry) -> Self {
        let claims = Family::<ClaimLabels, Counter>::default();
        registry.register(
            "ludgate_crawler_claims",
            "Requests for a story by who says that they are a search engine's crawler, by what \
             was found out",
            claims.clone(),
        );
        let counter = |verdict| claims.get_or_create_owned(&ClaimLabels { verdict });
        Self {
            verified: counter("verified"),
            refuted: counter("refuted"),
            unknown: counter("unknown"),
        }
    }
}

/// The gate's own counters.
#[derive(Debug)]
pub struct Metrics {
    /// By reason: looked up once, so that counting a decision is one addition.
    decisions: Vec<Counter>,
    phases: Vec<Histogram>,
    refusals: Vec<Counter>,
    observed: Vec<Counter>,
    authorized: Vec<Counter>,
    public: Counter,
    prefetches: Counter,
    fresh: Counter,
    claims: Claims,
    reserved: Counter,
    unmetered: Quiet,
    seen: AtomicU64,
}

impl Metrics {
    /// Registers the gate's metrics, every series present from the start.
    pub fn new(registry: &mut Registry) -> Self {
        let decisions = Family::<DecisionLabels, Counter>::default();
        registry.register(
            "ludgate_decisions",
            "Decisions by outcome and reason",
            decisions.clone(),
        );
        let counter = |reason: Reason| {
            decisions.get_or_create_owned(&DecisionLabels {
                outcome: reason.outcome().as_str(),
                reason: reason.as_str(),
            })
        };
        let decided = Reason::ALL.map(counter).to_vec();

        let phases = Family::<PhaseLabels, Histogram>::new_with_constructor(|| {
            // From half a microsecond to a second.
            Histogram::new((0..21).map(|power| 0.5e-6 * f64::from(1_u32 << power)))
        });
        registry.register_with_unit(
            "ludgate_phase_duration",
            "Time spent in a phase of a request, one request in 16",
            Unit::Seconds,
            phases.clone(),
        );
        let phase = |phase: &Phase| {
            phases.get_or_create_owned(&PhaseLabels {
                phase: phase.as_str(),
            })
        };

        let refusals = Family::<RefusalLabels, Counter>::default();
        registry.register(
            "ludgate_refusals",
            "Requests refused, by reason",
            refusals.clone(),
        );
        let refusals = Refused::ALL.map(|reason| {
            refusals.get_or_create_owned(&RefusalLabels {
                reason: reason.as_str(),
            })
        });
        let observed = Family::<RefusalLabels, Counter>::default();
        registry.register(
            "ludgate_observed_refusals",
            "Requests that would have been refused if the gate did more than observe, by reason",
            observed.clone(),
        );
        let observed = Refused::OF_ANSWERS.map(|reason| {
            observed.get_or_create_owned(&RefusalLabels {
                reason: reason.as_str(),
            })
        });
        let authorized = Family::<AuthorizedLabels, Counter>::default();
        registry.register(
            "ludgate_authorizations",
            "Questions of a proxy that asks, by answer",
            authorized.clone(),
        );
        let authorized = Authorized::ALL.map(|answer| {
            authorized.get_or_create_owned(&AuthorizedLabels {
                answer: answer.as_str(),
            })
        });
        let counter = |registry: &mut Registry, name: &str, help: &str| {
            let counter = Counter::default();
            registry.register(name, help, counter.clone());
            counter
        };
        Self {
            decisions: decided,
            phases: Phase::ALL.iter().map(phase).collect(),
            refusals: refusals.to_vec(),
            observed: observed.to_vec(),
            authorized: authorized.to_vec(),
            public: counter(
                registry,
                "ludgate_public",
                "Responses that needed no decision",
            ),
            prefetches: counter(
                registry,
                "ludgate_prefetches_declined",
                "Speculative requests told to come back when the reader does",
            ),
            fresh: counter(registry, "ludgate_fresh_readers", "Reader ids made"),
            claims: Claims::new(registry),
            reserved: counter(
                registry,
                "ludgate_reserved",
                "Requests below the reserved prefix",
            ),
            unmetered: Quiet::new(),
            seen: AtomicU64::new(0),
        }
    }

    /// A decision that was acted upon.
    pub fn decided(&self, decision: &Decision) {
        if let Some(counter) = self.decisions.get(decision.reason as usize) {
            counter.inc();
        }
    }

    /// A request that was refused before any decision.
    pub fn refused(&self, reason: Refused) {
        if let Some(counter) = self.refusals.get(reason as usize) {
            counter.inc();
        }
    }

    /// A request that was answered only because the gate observes.
    pub fn would_refuse(&self, reason: Refused) {
        let place = Refused::OF_ANSWERS.iter().position(|one| *one == reason);
        if let Some(counter) = place.and_then(|place| self.observed.get(place)) {
            counter.inc();
        }
    }

    /// A question of a proxy that asks.
    pub fn authorized(&self, answer: Authorized) {
        if let Some(counter) = self.authorized.get(answer as usize) {
            counter.inc();
        }
    }

    /// A response without a story in it.
    pub fn public(&self) {
        self.public.inc();
    }

    /// A prefetch that would have charged.
    pub fn declined_prefetch(&self) {
        self.prefetches.inc();
    }

    /// A reader id that was made.
    pub fn fresh_reader(&self) {
        self.fresh.inc();
    }

    /// Somebody said that they were a crawler.
    pub fn claimed(&self, verdict: Verdict) {
        let claims = &self.claims;
        let counter = match verdict {
            Verdict::Crawler(_) => &claims.verified,
            Verdict::Stranger => &claims.refuted,
            Verdict::Unknown => &claims.unknown,
        };
        counter.inc();
    }

    /// A request below the reserved prefix.
    pub fn reserved(&self) {
        self.reserved.inc();
    }

    /// A request that the meter failed at `now`, on the clock for measuring;
    /// how many there have been, where it is time to say so.
    pub(crate) fn unmetered(&self, now: Duration) -> Option<u64> {
        self.unmetered.cause(now)
    }

    /// Whether this request's phases are to be timed.
    pub fn samples(&self) -> bool {
        self.seen
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(SAMPLE)
    }

    /// How long a phase took.
    pub fn took(&self, phase: Phase, time: Duration) {
        if let Some(histogram) = self.phases.get(phase as usize) {
            histogram.observe(time.as_secs_f64());
        }
    }
}

/// Times the phases of one request, if it is one of the sample.
pub(crate) struct Stopwatch<'a> {
    metrics: &'a Metrics,
    elapsed: Option<&'a (dyn Fn() -> Duration + Send + Sync)>,
    last: Duration,
}

impl<'a> Stopwatch<'a> {
    /// Starts, if the request is one of the sample.
    pub(crate) fn start(
        metrics: &'a Metrics,
        elapsed: &'a (dyn Fn() -> Duration + Send + Sync),
    ) -> Self {
        let elapsed = metrics.samples().then_some(elapsed);
        Self {
            metrics,
            elapsed,
            last: elapsed.map_or(Duration::ZERO, |read| read()),
        }
    }

    /// The phase that has just ended.
    pub(crate) fn lap(&mut self, phase: Phase) {
        if let Some(read) = self.elapsed {
            let now = read();
            self.metrics.took(phase, now.saturating_sub(self.last));
            self.last = now;
        }
    }
}
