//! Many stories of a site, and servers that hold so many of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::effort::Effort;
use crate::figures::contest::{self, Contestant};
use crate::figures::metered::asking;
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

/// How many ask for them at a time: few enough that nobody is told to come back,
/// and enough to keep a core at work.
const AT_A_TIME: usize = 16;

/// Room for all stories, and more.
const ON_DISK: &str = "2 GB";

/// A site with many stories.
pub(super) struct Field<'a> {
    dir: PathBuf,
    effort: &'a Effort,
    site: Origin,
    site_compresses: bool,
    /// What a page takes in Ludgate's memory by its own account, in bytes.
    weight: u64,
}

/// A server before it that has been asked for each story.
pub(super) struct Filled<S> {
    server: S,
    /// What it has room for.
    room: String,
}

impl<'a> Field<'a> {
    pub(super) fn new(
        dir: &Path,
        effort: &'a Effort,
        page: impl Fn(&str) -> String + Send + 'static,
        site_compresses: bool,
    ) -> Result<Self> {
        let site = Origin::start(page, site_compresses)?;
        let weight = weight(&dir.join("weighed"), &site)?;
        Ok(Self {
            dir: dir.to_owned(),
            effort,
            site,
            site_compresses,
            weight,
        })
    }

    /// Ludgate with memory for half of the stories, and room for the others `on_disk`
    /// or not.
    pub(super) fn ludgate(&self, name: &str, on_disk: bool) -> Result<Filled<Ludgate>> {
        let count = self.effort.stories;
        let memory = format!("{} KB", self.weight * count as u64 / 2 / 1000);
        let behind = Behind {
            origin: self.site.address,
            memory: memory.clone(),
            disk: on_disk.then_some(ON_DISK),
        };
        let server = Ludgate::before(&self.dir.join(name), &behind)?;
        fill(&server.server, &readers(&server, count)?, count)?;
        let rest = if on_disk { "all on disk" } else { "no disk" };
        Ok(Filled {
            server,
            room: format!("memory for half ({memory}), {rest}"),
        })
    }

    /// nginx with room for so many stories.
    pub(super) fn nginx(&self, name: &str, stories: usize) -> Result<Filled<Server>> {
        let dir = self.dir.join(format!("nginx-{name}"));
        fs::create_dir_all(&dir)?;
        let proxying = Proxying {
            origin: self.site.address,
            room: stories,
            site_compresses: self.site_compresses,
        };
        let server = peers::nginx_before(&dir, &proxying)?;
        let count = self.effort.stories;
        fill(&server, &Readers::of_nobody(), count)?;
        let share = if stories < count { "half" } else { "all" };
        Ok(Filled {
            server,
            room: format!("room for {share}"),
        })
    }

    /// Ludgate beside nginx.
    pub(super) fn versus(
        &self,
        ludgate: &Filled<Ludgate>,
        nginx: &Filled<Server>,
        turns: usize,
        bounds: Option<Bounds>,
    ) -> Result<Figure> {
        let count = self.effort.stories;
        let readers = readers(&ludgate.server, count)?;
        let contestants = [
            ("Ludgate", &ludgate.server.server),
            ("nginx proxy_cache", &nginx.server),
        ];
        let contestants = contestants.map(|(name, server)| {
            let load = Load {
                paths: stories(count, Order::Mixed),
                connections: AT_A_TIME,
                ..asking(server, &readers)
            };
            Contestant::new(name, server, load).before(&self.site)
        });
        let who = if self.site_compresses {
            "the site"
        } else {
            "nginx"
        };
        let what = format!(
            "{count} metered stories of a site, gzip by {who}: Ludgate with {} ÷ nginx proxy_cache with {}, \
             unmetered",
            ludgate.room, nginx.room
        );
        contest::ratio(what, contestants, turns, self.effort, bounds)
    }
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
fn weight(dir: &Path, site: &Origin) -> Result<u64> {
    let ludgate = Ludgate::before(dir, &Behind::fitting(site.address))?;
    fill(&ludgate.server, &readers(&ludgate, A_FEW)?, A_FEW)?;
    let pages = ludgate.metric("ludgate_pages")?;
    Ok((ludgate.metric("ludgate_page_bytes")? / pages) as u64)
}

/// Asks for every story once, each for its own reader, who counts it.
fn fill(server: &Server, readers: &Readers, count: usize) -> Result<()> {
    let outcome = load::run(&Load {
        paths: stories(count, Order::InTurn),
        connections: AT_A_TIME,
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
