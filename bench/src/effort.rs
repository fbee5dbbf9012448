//! How long to measure: a machine that is free for an hour deserves better
//! figures than one that checks a change.

use std::time::Duration;

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    pub(crate) name: &'static str,
    /// Before a measured run, to fill caches and open connections.
    pub(crate) warm_up: Duration,
    /// A measured run of a closed loop.
    pub(crate) span: Duration,
    /// How often a figure is taken.
    pub(crate) rounds: usize,
    /// How often two servers take turns where they are compared: in many short
    /// turns, whatever else slows the machine slows both alike.
    pub(crate) turns: usize,
    /// What stands for "a million readers".
    pub(crate) readers: u64,
    /// A measured run of an open loop.
    pub(crate) open_span: Duration,
    /// How often servers take turns in an open loop.
    pub(crate) open_turns: usize,
    /// Stories of a site whose cache has room for half of them.
    pub(crate) stories: usize,
    /// Stories of the built-in publication's archive.
    pub(crate) archive: usize,
    /// Downloads that stand still at a time.
    pub(crate) films: usize,
    /// How long more come than can be answered.
    pub(crate) crowd: Duration,
    /// Subscriptions in the store, and how many of them fall due in one night.
    pub(crate) subscriptions: u64,
    pub(crate) due: u64,
    /// How long people go on signing in.
    pub(crate) signing_in: Duration,
    /// Whether the crates' own benchmarks are built and run.
    pub(crate) crates: bool,
}

impl Effort {
    /// For docs/internals/performance.md: about twenty-five minutes.
    pub(crate) const FULL: Self = Self {
        name: "full",
        warm_up: Duration::from_secs(1),
        span: Duration::from_millis(500),
        rounds: 5,
        turns: 41,
        readers: 1_000_000,
        open_span: Duration::from_millis(500),
        open_turns: 41,
        stories: 10_000,
        archive: 100_000,
        films: 1_000,
        crowd: Duration::from_secs(10),
        subscriptions: 1_000_000,
        due: 33_000,
        signing_in: Duration::from_secs(20),
        crates: true,
    };

    /// For work on something: about five minutes once all is built.
    pub(crate) const QUICK: Self = Self {
        name: "quick",
        warm_up: Duration::from_millis(300),
        span: Duration::from_millis(300),
        rounds: 3,
        turns: 15,
        readers: 200_000,
        open_span: Duration::from_millis(500),
        open_turns: 15,
        stories: 2_000,
        archive: 100_000,
        films: 1_000,
        crowd: Duration::from_secs(3),
        subscriptions: 100_000,
        due: 3_300,
        signing_in: Duration::from_secs(10),
        crates: true,
    };

    /// To see that it runs: about forty seconds.
    pub(crate) const SMOKE: Self = Self {
        name: "smoke",
        warm_up: Duration::from_millis(100),
        span: Duration::from_millis(300),
        rounds: 1,
        turns: 1,
        readers: 20_000,
        open_span: Duration::from_millis(500),
        open_turns: 1,
        stories: 200,
        archive: 2_000,
        films: 50,
        crowd: Duration::from_millis(500),
        subscriptions: 2_000,
        due: 66,
        signing_in: Duration::from_secs(2),
        crates: false,
    };
}
