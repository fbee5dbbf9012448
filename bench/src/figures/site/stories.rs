//! Stories of a site: one that everybody reads, and many of which memory holds
//! half.

use std::path::Path;

use anyhow::Result;

use super::many::Field;
use super::page_of_a_site;
use crate::effort::Effort;
use crate::figures::contest::{self, Contestant};
use crate::figures::metered::{self, asking};
use crate::load;
use crate::peers::{Behind, Ludgate, Origin};
use crate::report::{Bounds, Figure};

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    let demo = Ludgate::start(&dir.join("demo"))?;
    let page = page_of_a_site(&demo)?;
    let mut figures = vec![warm(dir, effort, &demo, page.clone())?];
    drop(demo);
    figures.extend(many(dir, effort, page)?);
    Ok(figures)
}

/// Many stories, beside caches with room for half of them, or all.
fn many(
    dir: &Path,
    effort: &Effort,
    page: impl Fn(&str) -> String + Clone + Send + 'static,
) -> Result<Vec<Figure>> {
    let compressing = Field::new(&dir.join("gzip"), effort, page.clone(), true)?;
    let half = compressing.nginx("half", effort.stories / 2)?;
    let disk = compressing.ludgate("disk", true)?;
    let floor = Some(Bounds::at_least(0.5, 1.0, ""));
    let mut figures = vec![compressing.versus(&disk, &half, effort.turns, floor)?];
    let all = compressing.nginx("all", effort.stories)?;
    figures.push(compressing.versus(&disk, &all, effort.rounds, None)?);
    let alone = compressing.ludgate("alone", false)?;
    figures.push(compressing.versus(&alone, &half, effort.rounds, None)?);
    drop((half, disk, all, alone, compressing));
    let plain = Field::new(&dir.join("plain"), effort, page, false)?;
    let half = plain.nginx("half", effort.stories / 2)?;
    let disk = plain.ludgate("disk", true)?;
    figures.push(plain.versus(&disk, &half, effort.rounds, None)?);
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
    let foreign = Ludgate::before(&dir.join("foreign"), &Behind::fitting(site.address))?;
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
