//! Requests a second beside peers, and what readers wait.

mod mix;
mod waiting;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::effort::Effort;
use crate::load::{self, Load, Outcome, Pace, Readers};
use crate::peers::{self, Ludgate, Metering, Server};
use crate::report::{Bounds, Figure, spread};
use crate::story;
use waiting::Since;

/// Browsers at once; more only adds to what waits.
const CONNECTIONS: usize = 64;

/// Readers where there are few.
const FEW: u64 = 100;

/// The longest that charging every reader once may take.
const CHARGING: Duration = Duration::from_secs(90);

/// How busy the generator may be before a figure is one of its own.
const TOO_BUSY: f64 = 0.95;

struct Field {
    ludgate: Ludgate,
    nginx: Server,
    lua: Metering,
    bare: Server,
}

/// A run of a closed loop.
struct Sample {
    answered: u64,
    rate: f64,
    /// Shares of their cores.
    server: f64,
    own: f64,
    /// Of a response.
    bytes: f64,
}

impl Sample {
    /// Requests for each second that the server had its core: what is left of
    /// the figure where something else ran on the machine.
    fn per_core_second(&self) -> f64 {
        self.rate / self.server
    }
}

/// The samples of one server.
#[derive(Default)]
struct Samples(Vec<Sample>);

impl Samples {
    fn middle(&self, of: impl Fn(&Sample) -> f64) -> f64 {
        spread(self.0.iter().map(of).collect()).0
    }

    fn to_text(&self, name: &str) -> String {
        let (rate, least, most) = spread(self.0.iter().map(|sample| sample.rate).collect());
        let saturated = if self.middle(|sample| sample.own) > TOO_BUSY {
            " (the generator was the limit)"
        } else {
            ""
        };
        format!(
            "{name} {rate:.0}/s ({least:.0}–{most:.0}), {:.1} KB, server {:.0} %, generator {:.0} %{saturated}",
            self.middle(|sample| sample.bytes) / 1e3,
            self.middle(|sample| sample.server) * 100.0,
            self.middle(|sample| sample.own) * 100.0
        )
    }
}

/// Measures throughput, latency, or both, on one set of servers.
pub(super) fn measure(
    dir: &Path,
    effort: &Effort,
    throughput: bool,
    latency: bool,
) -> Result<Vec<Figure>> {
    let field = set_up(dir)?;
    let keys = load::keyring(&field.ludgate.data)?;
    let few = Readers::new(&keys, 0..FEW);
    charge(&field, &few, story::PATH)?;
    mix::spread_out(&field, &keys, 0..FEW)?;
    mix::must_be_told_apart(&field, &few)?;
    let mut figures = Vec::new();
    if latency {
        figures.push(waiting::measure(&field, effort, &few, Since::Start)?);
    }
    if throughput {
        let numbers = FEW..FEW + effort.readers;
        let many = Readers::new(&keys, numbers.clone());
        figures.extend(compare(&field, effort, &few, "few readers (100)")?);
        let charging = charge_each(&field, &many)?;
        mix::spread_out(&field, &keys, numbers)?;
        let name = format!("{} different returning readers", effort.readers);
        figures.extend(compare(&field, effort, &many, &name)?);
        figures.push(charging);
        if latency {
            figures.push(waiting::measure(&field, effort, &few, Since::Many)?);
        }
    }
    Ok(figures)
}

fn set_up(dir: &Path) -> Result<Field> {
    fs::create_dir_all(dir)?;
    // nginx's workers are another user's where root starts them.
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))?;
    let ludgate = Ludgate::start(&dir.join("ludgate"))?;
    let keys = load::keyring(&ludgate.data)?;
    let reader = Readers::new(&keys, 0..1);
    let cookie = String::from_utf8_lossy(reader.value(0)).into_owned();
    let page = peers::open_page(ludgate.server.address, &cookie)?;
    let nginx = peers::nginx(dir, &page)?;
    let lua = peers::nginx_with_lua(dir, &page)?;
    load::fetch(nginx.address, story::PATH, "ludgate=a")?;
    for peer in [&lua.level_6, &lua.level_1] {
        let filled = load::fetch(peer.address, story::PATH, "ludgate=a")?;
        let told = filled.contains("2 free stories left");
        anyhow::ensure!(told, "the Lua meter fills nothing in");
    }
    let bytes = closed(&ludgate.server, &reader, 0, Duration::from_millis(100))?.bytes;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "tens of kilobytes"
    )]
    let bare = peers::bare::bare(bytes as usize)?;
    Ok(Field {
        ludgate,
        nginx,
        lua,
        bare,
    })
}

/// `from` is the first reader to ask.
fn closed(server: &Server, readers: &Readers, from: usize, lasts: Duration) -> Result<Sample> {
    let busy = server.busy()?;
    let outcome = load::run(&Load {
        address: server.address,
        path: story::PATH,
        readers,
        from,
        connections: CONNECTIONS,
        pace: Pace::Closed,
        lasts,
        requests: u64::MAX,
    })?;
    Ok(sample(&outcome, server.busy()?.saturating_sub(busy)))
}

#[expect(clippy::cast_precision_loss, reason = "figures to be printed")]
fn sample(outcome: &Outcome, busy: Duration) -> Sample {
    Sample {
        answered: outcome.answered,
        rate: outcome.rate(),
        server: busy.as_secs_f64() / outcome.took.as_secs_f64(),
        own: outcome.own,
        bytes: outcome.bytes as f64 / outcome.answered.max(1) as f64,
    }
}

/// Ludgate beside each of its peers.
fn compare(field: &Field, effort: &Effort, readers: &Readers, who: &str) -> Result<Vec<Figure>> {
    let versus = |peer: &Server, turns, name: &str, bounds| -> Result<Figure> {
        let (ours, theirs) = take_turns(&field.ludgate.server, peer, turns, effort, readers)?;
        let pairs = ours.0.iter().zip(&theirs.0);
        let ratios = pairs.map(|(ours, theirs)| ours.rate / theirs.rate);
        let (middle, least, most) = spread(ratios.collect());
        Ok(Figure {
            what: format!("a metered, personal story, gzip, one thread: {who} ÷ {name}"),
            value: format!("{middle:.2} ({least:.2}–{most:.2})"),
            measured: middle,
            bounds,
            note: format!(
                "{turns} turns each; {}; {}; per second of core time {:.2}",
                ours.to_text("Ludgate"),
                theirs.to_text(name),
                ours.middle(Sample::per_core_second) / theirs.middle(Sample::per_core_second)
            ),
        })
    };
    let Metering {
        level_6, level_1, ..
    } = &field.lua;
    let (turns, rounds) = (effort.turns, effort.rounds);
    Ok(vec![
        versus(
            &field.nginx,
            turns,
            "nginx, one file for everybody",
            Some(Bounds::at_least(1.0, 1.3, "")),
        )?,
        versus(
            &field.bare,
            turns,
            "a loop that only writes as many bytes",
            None,
        )?,
        versus(
            level_6,
            rounds,
            "nginx + Lua + Redis, gzip level 6",
            Some(Bounds::at_least(30.0, 45.0, "")),
        )?,
        versus(level_1, rounds, "nginx + Lua + Redis, gzip level 1", None)?,
    ])
}

/// Measures two servers turn by turn, the first of each pair by turns too.
fn take_turns(
    ours: &Server,
    peer: &Server,
    turns: usize,
    effort: &Effort,
    readers: &Readers,
) -> Result<(Samples, Samples)> {
    let mut mine = Contestant::warmed_up(ours, effort, readers)?;
    let mut theirs = Contestant::warmed_up(peer, effort, readers)?;
    for turn in 0..turns {
        let pair = if turn % 2 == 0 {
            [&mut mine, &mut theirs]
        } else {
            [&mut theirs, &mut mine]
        };
        for contestant in pair {
            contestant.take_turn(effort.span)?;
        }
    }
    Ok((mine.samples, theirs.samples))
}

/// A server in a comparison.
struct Contestant<'a> {
    server: &'a Server,
    readers: &'a Readers,
    /// The reader who comes next: each turn goes on where the last one ended, so
    /// that all come by in turn and none is warm from a moment ago.
    next: usize,
    samples: Samples,
}

impl<'a> Contestant<'a> {
    fn warmed_up(server: &'a Server, effort: &Effort, readers: &'a Readers) -> Result<Self> {
        let mut contestant = Self {
            server,
            readers,
            next: 0,
            samples: Samples::default(),
        };
        contestant.take_turn(effort.warm_up)?;
        contestant.samples.0.clear();
        Ok(contestant)
    }

    fn take_turn(&mut self, lasts: Duration) -> Result<()> {
        let sample = closed(self.server, self.readers, self.next, lasts)?;
        self.next += usize::try_from(sample.answered)?;
        self.samples.0.push(sample);
        Ok(())
    }
}

/// Every reader opens a first story: nothing but charges.
fn charge_each(field: &Field, readers: &Readers) -> Result<Figure> {
    let server = &field.ludgate.server;
    let before = server.resident()?;
    let busy = server.busy()?;
    let outcome = charge(field, readers, story::PATH)?;
    let sample = sample(&outcome, server.busy()?.saturating_sub(busy));
    Ok(Figure {
        what: format!(
            "the same where each of {} readers is charged, requests/s",
            readers.len()
        ),
        value: format!("{:.0}/s", sample.rate),
        measured: sample.rate,
        bounds: None,
        note: format!(
            "writing to disk included; server {:.0} %, generator {:.0} %; grew from {} to {} MiB",
            sample.server * 100.0,
            sample.own * 100.0,
            before >> 20,
            server.resident()? >> 20
        ),
    })
}

/// Every reader opens the story at `path`, once.
fn charge(field: &Field, readers: &Readers, path: &str) -> Result<Outcome> {
    let outcome = load::run(&Load {
        address: field.ludgate.server.address,
        path,
        readers,
        from: 0,
        connections: CONNECTIONS,
        pace: Pace::Closed,
        lasts: CHARGING,
        requests: readers.len() as u64,
    })?;
    anyhow::ensure!(
        outcome.answered == readers.len() as u64,
        "charging everybody takes more than {CHARGING:?}"
    );
    Ok(outcome)
}
