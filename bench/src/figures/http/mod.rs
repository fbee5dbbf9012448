//! Requests a second beside peers, and what readers wait.

mod waiting;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::contest::{self, Contestant, Sample};
use super::metered::{self, FEW, asking, charge};
use crate::effort::Effort;
use crate::load::{self, Load, Readers};
use crate::peers::{self, Ludgate, Metering, Server};
use crate::report::{Bounds, Figure};
use crate::story;
use waiting::Since;

struct Field {
    ludgate: Ludgate,
    nginx: Server,
    lua: Metering,
    bare: Server,
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
    let few = metered::few(&field.ludgate.server, &keys)?;
    let mut figures = Vec::new();
    if latency {
        figures.push(waiting::measure(&field, effort, &few, Since::Start)?);
    }
    if throughput {
        let numbers = FEW..FEW + effort.readers;
        let many = Readers::new(&keys, numbers.clone());
        figures.extend(compare(&field, effort, &few, "few readers (100)")?);
        let charging = charge_each(&field, &many)?;
        metered::spread_out(&field.ludgate.server, &keys, numbers)?;
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
    let page = peers::open_page(ludgate.server.address, &reader.cookie(0))?;
    let nginx = peers::nginx(dir, &page)?;
    let lua = peers::nginx_with_lua(dir, &page)?;
    load::fetch(nginx.address, story::PATH, "ludgate=a")?;
    for peer in [&lua.level_6, &lua.level_1] {
        let filled = load::fetch(peer.address, story::PATH, "ludgate=a")?;
        let told = filled.contains("2 free stories left");
        anyhow::ensure!(told, "the Lua meter fills nothing in");
    }
    let bytes = closed(&ludgate.server, &reader, Duration::from_millis(100))?.bytes;
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

/// What a server does when it is asked as fast as it answers.
fn closed(server: &Server, readers: &Readers, lasts: Duration) -> Result<Sample> {
    let load = Load {
        lasts,
        ..asking(server, readers)
    };
    contest::sample(server, &load)
}

/// Ludgate beside each of its peers.
fn compare(field: &Field, effort: &Effort, readers: &Readers, who: &str) -> Result<Vec<Figure>> {
    let versus = |peer: &Server, turns, name: &str, bounds| {
        let contestants = [("Ludgate", &field.ludgate.server), (name, peer)]
            .map(|(name, server)| Contestant::new(name, server, asking(server, readers)));
        let what = format!("a metered, personal story, gzip, one thread: {who} ÷ {name}");
        contest::ratio(what, contestants, turns, effort, bounds)
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

/// Every reader opens a first story: nothing but charges.
fn charge_each(field: &Field, readers: &Readers) -> Result<Figure> {
    let server = &field.ludgate.server;
    let before = server.resident()?;
    let busy = server.busy()?;
    let outcome = charge(server, readers, story::PATH)?;
    let sample = Sample::of(&outcome, server.busy()?.saturating_sub(busy));
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
