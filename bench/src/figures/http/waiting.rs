//! What readers wait at half of the load that the server can carry.

use std::time::Duration;

use anyhow::Result;

use super::{Field, closed};
use crate::clock;
use crate::effort::Effort;
use crate::figures::metered::asking;
use crate::load::{self, Load, Outcome, Pace, Readers};
use crate::peers::Server;
use crate::report::{Bounds, Figure, spread};

/// What the server has done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// Nothing to speak of.
    Start,
    /// Many readers have been charged and have come back.
    Many,
}

/// Half of Ludgate's most, at a fixed rate. The peers are asked for as much, by
/// turns: what all of them wait is the machine's.
///
/// The most is measured anew before each turn. A rented machine does twice as
/// much in one minute as in the next, and half of what it did then may be all
/// that it can do now.
pub(super) fn measure(
    field: &Field,
    effort: &Effort,
    readers: &Readers,
    since: Since,
) -> Result<Figure> {
    let ours = &field.ludgate.server;
    closed(ours, readers, effort.warm_up)?;
    let servers = [ours, &field.nginx, &field.bare];
    let mut runs = [Vec::new(), Vec::new(), Vec::new()];
    let mut halves = Vec::new();
    for _ in 0..effort.open_turns {
        let half = closed(ours, readers, effort.span)?.rate / 2.0;
        halves.push(half);
        for (server, runs) in servers.iter().zip(&mut runs) {
            runs.push(open(server, readers, half, effort)?);
        }
    }
    let (half, least_half, most_half) = spread(halves);
    let [ours, nginx, bare] = runs;
    let (p99, least, longest) = quantile(&ours, 0.99);
    let (rate, ..) = spread(ours.iter().map(|run| run.outcome.rate()).collect());
    Ok(Figure {
        what: match since {
            Since::Start => "p99 at half of the most, open loop, loopback".into(),
            Since::Many => format!("that p99 with {} readers in memory", effort.readers),
        },
        value: format!("{p99:.3} ms ({least:.3}–{longest:.3})"),
        measured: p99,
        bounds: (since == Since::Start).then(|| Bounds::at_most(1.0, 0.3, "ms")),
        note: format!(
            "{} turns each; {rate:.0}/s of {half:.0}/s asked ({least_half:.0}–{most_half:.0}, half of \
             what it did just before); from when each was due; median {:.3} ms; asked for as much, \
             nginx's p99 is {:.3} ms, that of a loop that only writes {:.3} ms; {}, {}, {}",
            effort.open_turns,
            quantile(&ours, 0.5).0,
            quantile(&nginx, 0.99).0,
            quantile(&bare, 0.99).0,
            undisturbed("Ludgate", &ours),
            undisturbed("nginx", &nginx),
            undisturbed("the loop", &bare),
        ),
    })
}

/// A run, and what the machine did to it.
struct Run {
    outcome: Outcome,
    /// Time that the hypervisor took from the two cores.
    stolen: Duration,
}

/// What runs give from which nothing was stolen, and what became of the others.
fn undisturbed(name: &str, runs: &[Run]) -> String {
    let all = runs.len();
    let calm: Vec<&Run> = runs.iter().filter(|run| run.stolen.is_zero()).collect();
    let milliseconds = |of: fn(&Run) -> Duration| {
        let (middle, _, most) =
            spread(runs.iter().map(|run| of(run).as_secs_f64() * 1e3).collect());
        format!("{middle:.1} ms of a run, at most {most:.1}")
    };
    let p99 = if calm.is_empty() {
        "no run without steal".to_owned()
    } else {
        let (p99, ..) = quantile(calm.iter().copied(), 0.99);
        format!(
            "{p99:.3} ms over the {} of {all} runs without steal",
            calm.len()
        )
    };
    format!(
        "{name}: {p99} (steal {}; the generator stood still {})",
        milliseconds(|run| run.stolen),
        milliseconds(|run| run.outcome.paused)
    )
}

fn open(server: &Server, readers: &Readers, rate: f64, effort: &Effort) -> Result<Run> {
    let stolen = clock::stolen();
    let outcome = load::run(&Load {
        pace: Pace::Open(rate),
        lasts: effort.open_span,
        ..asking(server, readers)
    })?;
    Ok(Run {
        outcome,
        stolen: clock::stolen().saturating_sub(stolen),
    })
}

/// Milliseconds: the middle of the runs, the least and the most.
fn quantile<'a>(runs: impl IntoIterator<Item = &'a Run>, quantile: f64) -> (f64, f64, f64) {
    spread(
        runs.into_iter()
            .map(|run| run.outcome.quantile(quantile).as_secs_f64() * 1e3)
            .collect(),
    )
}
