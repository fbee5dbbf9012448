//! Ten times as many as can be answered, none of whom may read on.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::page_of_a_site;
use crate::effort::Effort;
use crate::figures::metered::{asking, charge};
use crate::load::{self, Load, Many, Order, Outcome, Pace, Paths, Readers, Wants};
use crate::peers::origin::{self, Origin};
use crate::peers::{Behind, Ludgate};
use crate::report::{Bounds, Figure};
use crate::story;

/// Readers, all of whom have used up their month.
const READERS: u64 = 300;

/// What they have used it up with.
const USED: [&str; 3] = ["/stories/used-1", "/stories/used-2", "/stories/used-3"];

/// How many times what can be answered is asked for.
const TIMES: f64 = 10.0;

/// Connections that have a core make pages all the time: with more, some would be
/// told to come back, and the rest is what is to be known.
const ENOUGH: usize = 8;

/// Connections of the crowd.
const CROWD: usize = 1000;

/// Stories that they would read now: as many as there are numbers for, so that
/// hardly one is asked for twice and each has to be made, which takes longest.
const STORIES: usize = 100_000;

/// Room for a hundred pages or two.
const MEMORY: &str = "4 MB";

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    let demo = Ludgate::start(&dir.join("demo"))?;
    // It compresses nothing: that would be done on the generator's core.
    let site = Origin::start(page_of_a_site(&demo)?, false)?;
    drop(demo);
    let behind = Behind {
        origin: site.address,
        memory: MEMORY.to_owned(),
        disk: None,
    };
    let ludgate = Ludgate::before(&dir.join("ludgate"), &behind)?;
    let readers = Readers::new(&load::keyring(&ludgate.data)?, 0..READERS);
    for path in USED {
        charge(&ludgate.server, &readers, path)?;
    }
    let usual = Load {
        paths: Paths::Many(Many {
            prefix: origin::STORIES,
            count: STORIES,
            of_each: 1,
            order: Order::Mixed,
        }),
        wants: Wants::PageOrRefusal,
        connections: ENOUGH,
        lasts: effort.crowd / 2,
        ..asking(&ludgate.server, &readers)
    };
    // Once for memory to be full, and once to see what can be answered.
    load::run(&usual)?;
    let before = load::run(&usual)?;
    let resident = ludgate.server.resident()?;
    let crowd = load::run(&Load {
        connections: CROWD,
        pace: Pace::Open(before.rate() * TIMES),
        lasts: effort.crowd,
        ..usual.clone()
    })?;
    let grown = ludgate.server.resident()?.saturating_sub(resident);
    let after = load::run(&usual)?;
    for outcome in [&before, &crowd, &after] {
        nothing_may_open(outcome)?;
    }
    Ok(figures(&before, &crowd, &after, grown))
}

/// Whether no page that was answered holds more than its beginning.
fn nothing_may_open(outcome: &Outcome) -> Result<()> {
    for page in &outcome.pages {
        let mut text = String::new();
        flate2::read::GzDecoder::new(&page[..]).read_to_string(&mut text)?;
        story::must_be_closed(&text)?;
    }
    ensure!(!outcome.pages.is_empty(), "nobody was answered");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures to be printed")]
fn figures(before: &Outcome, crowd: &Outcome, after: &Outcome, grown: u64) -> Vec<Figure> {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let admitted = milliseconds(crowd.quantile(0.99));
    let refused = milliseconds(crowd.refused_within(0.99));
    let what = |what: &str| format!("ten times the load that can be answered: {what}");
    let again = after.rate() / before.rate();
    vec![
        Figure {
            what: what("p99 of who is admitted"),
            value: format!("{admitted:.1} ms"),
            measured: admitted,
            bounds: Some(Bounds::at_most(50.0, 25.0, "ms")),
            note: format!(
                "{:.0}/s asked for {:.1} s over {CROWD} connections, {TIMES} times the {:.0}/s answered \
                 before; {} admitted, {} told to come back (503), {} never sent; from when each was due; \
                 readers who have used up their month, pages that are made anew; none of {} pages held \
                 more than its beginning",
                before.rate() * TIMES,
                crowd.took.as_secs_f64(),
                before.rate(),
                crowd.answered,
                crowd.refused.len(),
                crowd.unsent,
                crowd.pages.len()
            ),
        },
        Figure {
            what: what("p99 of who is told to come back"),
            value: format!("{refused:.1} ms"),
            measured: refused,
            bounds: Some(Bounds::at_most(50.0, 25.0, "ms")),
            note: format!("median {:.1} ms", milliseconds(crowd.refused_within(0.5))),
        },
        Figure {
            what: what("growth of memory"),
            value: format!("{:.0} MB", grown as f64 / 1e6),
            measured: grown as f64 / 1e6,
            bounds: Some(Bounds::at_most(64.0, 32.0, "MB")),
            note: format!("resident, with {CROWD} connections"),
        },
        Figure {
            what: what("what is answered right afterwards ÷ before"),
            value: format!("{again:.2}"),
            measured: again,
            bounds: Some(Bounds::at_least(0.8, 0.95, "")),
            note: format!(
                "{:.0}/s; {} of them told to come back",
                after.rate(),
                after.refused.len()
            ),
        },
    ]
}
