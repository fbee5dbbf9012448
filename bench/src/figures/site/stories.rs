//! Stories of a site: one that everybody reads, and many of which the caches
//! hold half.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::page_of_a_site;
use crate::effort::Effort;
use crate::figures::contest::{self, Contestant};
use crate::figures::metered::{self, asking};
use crate::load::{self, Load, Many, Order, Paths, Readers};
use crate::peers::origin::{self, Origin};
use crate::peers::{self, Behind, Ludgate, Proxying, Server};
use crate::report::{Bounds, Figure};

/// Stories that belong to one reader, who has counted them all: as many as a
/// month has free ones.
const OF_EACH: usize = 3;

/// Stories of which it is seen what one takes.
const A_FEW: usize = 60;

/// The longest that asking for every story once may take.
const FILLING: Duration = Duration::from_mins(2);

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    let demo = Ludgate::start(&dir.join("demo"))?;
    let page = page_of_a_site(&demo)?;
    let mut figures = vec![warm(dir, effort, &demo, page.clone())?];
    drop(demo);
    for site_compresses in [false, true] {
        let site = Origin::start(page.clone(), site_compresses)?;
        let dir = dir.join(if site_compresses { "gzip" } else { "plain" });
        figures.push(half(&dir, effort, &site, site_compresses)?);
    }
    Ok(figures)
}

/// One story, asked for again and again, beside the built-in publication's.
fn warm(
    dir: &Path,
    effort: &Effort,
    demo: &Ludgate,
    page: impl Fn(&str) -> String + Send + 'static,
) -> Result<Figure> {
    let site = Origin::start(page, true)?;
    let behind = Behind {
        origin: site.address,
        memory: "256 MB".to_owned(),
    };
    let foreign = Ludgate::before(&dir.join("foreign"), &behind)?;
    let few = |ludgate: &Ludgate| metered::few(&ludgate.server, &load::keyring(&ludgate.data)?);
    let (readers, readers_of_demo) = (few(&foreign)?, few(demo)?);
    contest::ratio(
        "a metered, personal story, gzip, one thread: a site's ÷ the built-in publication's"
            .to_owned(),
        [
            Contestant::new(
                "before a site",
                &foreign.server,
                asking(&foreign.server, &readers),
            ),
            Contestant::new(
                "the built-in publication",
                &demo.server,
                asking(&demo.server, &readers_of_demo),
            ),
        ],
        effort.turns,
        effort,
        Some(Bounds::at_least(0.95, 1.0, "")),
    )
}

/// Many stories, and caches with room for half of them.
fn half(dir: &Path, effort: &Effort, site: &Origin, site_compresses: bool) -> Result<Figure> {
    std::fs::create_dir_all(dir)?;
    let count = effort.stories;
    let room = count / 2;
    let behind = |memory| Behind {
        origin: site.address,
        memory,
    };
    let weight = weight(&Ludgate::before(
        &dir.join("weighed"),
        &behind("1 GB".to_owned()),
    )?)?;
    let memory = format!("{} KB", weight * room as u64 / 1000);
    let ludgate = Ludgate::before(&dir.join("ludgate"), &behind(memory.clone()))?;
    let readers = readers(&ludgate, count)?;
    let proxying = Proxying {
        origin: site.address,
        room,
        site_compresses,
    };
    let nginx = peers::nginx_before(dir, &proxying)?;
    for server in [&ludgate.server, &nginx] {
        fill(server, &readers, count)?;
    }
    let contestants = [("Ludgate", &ludgate.server), ("nginx proxy_cache", &nginx)];
    let contestants = contestants.map(|(name, server)| {
        let load = Load {
            paths: stories(count, Order::Mixed),
            ..asking(server, &readers)
        };
        Contestant::new(name, server, load).before(site)
    });
    let who = if site_compresses {
        "the site compresses"
    } else {
        "the site doesn't compress, nginx does"
    };
    let mut figure = contest::ratio(
        format!(
            "{count} stories of a site, caches with room for half: Ludgate, metered ÷ nginx proxy_cache, for everybody ({who})"
        ),
        contestants,
        effort.turns,
        effort,
        Some(Bounds::at_least(0.5, 1.0, "")),
    )?;
    let rooms = format!("; `[articles] memory` is {memory}, nginx has keys for {room}");
    figure.note.push_str(&rooms);
    Ok(figure)
}

fn stories(count: usize, order: Order) -> Paths<'static> {
    Paths::Many(Many {
        prefix: origin::STORIES,
        count,
        of_each: OF_EACH,
        order,
    })
}

fn readers(ludgate: &Ludgate, count: usize) -> Result<Readers> {
    let numbers = 0..count.div_ceil(OF_EACH) as u64;
    Ok(Readers::new(&load::keyring(&ludgate.data)?, numbers))
}

/// What a page takes in Ludgate's memory by its own account, in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tens of kilobytes"
)]
fn weight(ludgate: &Ludgate) -> Result<u64> {
    fill(&ludgate.server, &readers(ludgate, A_FEW)?, A_FEW)?;
    let pages = ludgate.metric("ludgate_pages")?;
    Ok((ludgate.metric("ludgate_page_bytes")? / pages) as u64)
}

/// Asks for every story once, each for its own reader, who counts it.
fn fill(server: &Server, readers: &Readers, count: usize) -> Result<()> {
    let outcome = load::run(&Load {
        paths: stories(count, Order::InTurn),
        lasts: FILLING,
        requests: count as u64,
        ..asking(server, readers)
    })?;
    ensure!(
        outcome.answered == count as u64,
        "asking for each of {count} stories takes more than {FILLING:?}"
    );
    Ok(())
}
