//! Files of a site: films, which pass by, films that nobody goes on watching, and
//! pictures that may be kept or not.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::clock;
use crate::effort::Effort;
use crate::figures::contest::{self, Contestant};
use crate::figures::metered::{CONNECTIONS, asking};
use crate::load::{self, Load, Paths, Readers, Stalled, Wants};
use crate::peers::origin::{FILM, KEPT_PICTURE, Origin, PICTURE};
use crate::peers::{self, Behind, Ludgate, Proxying, Server};
use crate::report::{Bounds, Figure};

/// Downloads at a time.
const DOWNLOADS: usize = 4;

/// What a reader has seen of a film before it bores them.
const BEGINNING: usize = 1 << 20;

/// When nothing more is sent for so long, all buffers are full.
const AT_REST: Duration = Duration::from_millis(300);

/// The longest that it may take until then; slow readers are cut off later.
const FILLING: Duration = Duration::from_secs(20);

/// Answers that nginx may keep: all there are.
const ROOM: usize = 1000;

struct Field {
    site: Origin,
    ludgate: Ludgate,
    nginx: Server,
    readers: Readers,
}

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    let site = Origin::start(str::to_owned, true)?;
    let ludgate = Ludgate::before(&dir.join("ludgate"), &Behind::fitting(site.address))?;
    let proxying = Proxying {
        origin: site.address,
        room: ROOM,
        site_compresses: true,
    };
    let nginx = peers::nginx_before(dir, &proxying)?;
    let readers = Readers::new(&load::keyring(&ludgate.data)?, 0..1);
    let field = Field {
        site,
        ludgate,
        nginx,
        readers,
    };
    Ok(vec![
        field.versus(
            FILM,
            "downloads of 100 MB, four at a time",
            DOWNLOADS,
            Bounds::at_least(0.8, 1.0, ""),
            effort,
        )?,
        field.stalled(effort)?,
        field.versus(
            PICTURE,
            "pictures of 4 KB that nobody may keep",
            CONNECTIONS,
            Bounds::at_least(0.7, 1.0, ""),
            effort,
        )?,
        field.versus(
            KEPT_PICTURE,
            "pictures of 4 KB that both keep",
            CONNECTIONS,
            Bounds::at_least(0.7, 1.0, ""),
            effort,
        )?,
    ])
}

impl Field {
    fn versus(
        &self,
        path: &str,
        what: &str,
        connections: usize,
        bounds: Bounds,
        effort: &Effort,
    ) -> Result<Figure> {
        let contestants = [("Ludgate", &self.ludgate.server), ("nginx", &self.nginx)];
        let contestants = contestants.map(|(name, server)| {
            let load = Load {
                paths: Paths::One(path),
                wants: Wants::File,
                connections,
                ..asking(server, &self.readers)
            };
            Contestant::new(name, server, load).before(&self.site)
        });
        let what = format!("a site's files, one thread: {what} ÷ nginx");
        contest::ratio(what, contestants, effort.turns, effort, Some(bounds))
    }

    /// Memory for films that stand still.
    fn stalled(&self, effort: &Effort) -> Result<Figure> {
        let count = effort.films;
        let ours = self.grown(&self.ludgate.server, count)?;
        let theirs = self.grown(&self.nginx, count)?;
        Ok(Figure {
            what: format!("memory for each of {count} downloads that stand still"),
            value: format!("{ours:.0} KB"),
            measured: ours,
            bounds: Some(Bounds::at_most(256.0, 128.0, "KB")),
            note: format!(
                "of 100 MB each, whose readers stop after the first MB; the growth of what is \
                 resident, once the site can send no more; nginx {theirs:.0} KB"
            ),
        })
    }

    /// Kilobytes for each of so many downloads.
    #[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
    fn grown(&self, server: &Server, count: usize) -> Result<f64> {
        let before = server.resident()?;
        let mut downloads = Vec::new();
        for _ in 0..count {
            downloads.push(Stalled::after(server.address, FILM, BEGINNING)?);
        }
        let start = clock::now();
        let (mut sent, mut since) = (self.site.sent(), start);
        while since.elapsed() < AT_REST {
            ensure!(
                start.elapsed() < FILLING,
                "downloads that nobody reads go on after {FILLING:?}"
            );
            clock::pause();
            let now = self.site.sent();
            if now != sent {
                (sent, since) = (now, clock::now());
            }
        }
        let grown = server.resident()?.saturating_sub(before);
        Ok(grown as f64 / 1e3 / count as f64)
    }
}
