//! Servers that take turns, so that whatever else the machine does slows all of
//! them alike.

use std::time::Duration;

use anyhow::Result;

use crate::effort::Effort;
use crate::load::{self, Load, Outcome};
use crate::peers::{Origin, Server};
use crate::report::{Bounds, Figure, spread};

/// How busy the generator may be before a figure is one of its own.
const TOO_BUSY: f64 = 0.95;

/// From here on a response is a download, of which bytes a second are told.
const DOWNLOAD: f64 = 1e6;

/// A run of a closed loop.
pub(super) struct Sample {
    pub(super) answered: u64,
    pub(super) rate: f64,
    /// Shares of their cores.
    pub(super) server: f64,
    pub(super) own: f64,
    /// Of a response.
    pub(super) bytes: f64,
    /// Requests to the site behind, for each that was answered.
    passed_on: f64,
}

impl Sample {
    /// What a run of a server that was `busy` for so long has given.
    #[expect(clippy::cast_precision_loss, reason = "figures to be printed")]
    pub(super) fn of(outcome: &Outcome, busy: Duration) -> Self {
        Self {
            answered: outcome.answered,
            rate: outcome.rate(),
            server: busy.as_secs_f64() / outcome.took.as_secs_f64(),
            own: outcome.own,
            bytes: outcome.bytes as f64 / outcome.answered.max(1) as f64,
            passed_on: 0.0,
        }
    }

    /// Requests for each second that the server had its core: what is left of
    /// the figure where something else ran on the machine.
    fn per_core_second(&self) -> f64 {
        self.rate / self.server
    }
}

/// Runs `load` and looks how busy `server` was with it.
pub(super) fn sample(server: &Server, load: &Load<'_>) -> Result<Sample> {
    let busy = server.busy()?;
    let outcome = load::run(load)?;
    Ok(Sample::of(&outcome, server.busy()?.saturating_sub(busy)))
}

/// A server in a comparison.
pub(super) struct Contestant<'a> {
    pub(super) name: &'a str,
    pub(super) server: &'a Server,
    /// What it is asked. Each turn goes on where the last one ended, so that all
    /// readers come by in turn and none is warm from a moment ago.
    pub(super) load: Load<'a>,
    /// The site that it stands before.
    site: Option<&'a Origin>,
    samples: Vec<Sample>,
}

impl<'a> Contestant<'a> {
    pub(super) fn new(name: &'a str, server: &'a Server, load: Load<'a>) -> Self {
        Self {
            name,
            server,
            load,
            site: None,
            samples: Vec::new(),
        }
    }

    /// The same, which passes on to `site` what it doesn't have.
    pub(super) fn before(mut self, site: &'a Origin) -> Self {
        self.site = Some(site);
        self
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
    fn take_turn(&mut self, lasts: Duration) -> Result<()> {
        self.load.lasts = lasts;
        let asked = self.site.map_or(0, Origin::asked);
        let mut sample = sample(self.server, &self.load)?;
        let passed_on = self.site.map_or(0, Origin::asked) - asked;
        sample.passed_on = passed_on as f64 / sample.answered.max(1) as f64;
        self.load.from += usize::try_from(sample.answered)?;
        self.samples.push(sample);
        Ok(())
    }

    fn middle(&self, of: impl Fn(&Sample) -> f64) -> f64 {
        spread(self.samples.iter().map(of).collect()).0
    }

    fn to_text(&self) -> String {
        let (rate, least, most) = spread(self.samples.iter().map(|one| one.rate).collect());
        let bytes = self.middle(|sample| sample.bytes);
        let rates = if bytes < DOWNLOAD {
            let kilobytes = bytes / 1e3;
            format!("{rate:.0}/s ({least:.0}–{most:.0}), {kilobytes:.1} KB")
        } else {
            let megabytes = |rate: f64| rate * bytes / 1e6;
            format!(
                "{:.0} MB/s ({:.0}–{:.0})",
                megabytes(rate),
                megabytes(least),
                megabytes(most)
            )
        };
        let own = self.middle(|sample| sample.own);
        let saturated = if own > TOO_BUSY {
            " (the generator was the limit)"
        } else {
            ""
        };
        let passed_on = self.site.map_or_else(String::new, |_| {
            let share = self.middle(|sample| sample.passed_on);
            format!(", {:.0} % asked of the site", share * 100.0)
        });
        format!(
            "{} {rates}{passed_on}, server {:.0} %, generator {:.0} %{saturated}",
            self.name,
            self.middle(|sample| sample.server) * 100.0,
            own * 100.0
        )
    }
}

/// Measures two servers turn by turn, the first of each pair by turns too: what
/// the first does by what the second does.
pub(super) fn ratio(
    what: String,
    [mut ours, mut theirs]: [Contestant<'_>; 2],
    turns: usize,
    effort: &Effort,
    bounds: Option<Bounds>,
) -> Result<Figure> {
    for contestant in [&mut ours, &mut theirs] {
        contestant.take_turn(effort.warm_up)?;
        contestant.samples.clear();
    }
    for turn in 0..turns {
        let pair = if turn % 2 == 0 {
            [&mut ours, &mut theirs]
        } else {
            [&mut theirs, &mut ours]
        };
        for contestant in pair {
            contestant.take_turn(effort.span)?;
        }
    }
    let pairs = ours.samples.iter().zip(&theirs.samples);
    let ratios = pairs.map(|(ours, theirs)| ours.rate / theirs.rate);
    let (middle, least, most) = spread(ratios.collect());
    Ok(Figure {
        what,
        value: format!("{middle:.2} ({least:.2}–{most:.2})"),
        measured: middle,
        bounds,
        note: format!(
            "{turns} turns each; {}; {}; per second of core time {:.2}",
            ours.to_text(),
            theirs.to_text(),
            ours.middle(Sample::per_core_second) / theirs.middle(Sample::per_core_second)
        ),
    })
}
