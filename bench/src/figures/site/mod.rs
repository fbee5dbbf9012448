//! In front of a site that somebody else has made: its stories, its files, and
//! more readers than can be answered.

mod crowd;
mod files;
mod many;
mod stories;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Result;

use crate::effort::Effort;
use crate::load::{self, Readers};
use crate::peers::{self, Ludgate};
use crate::report::Figure;
use crate::story;

/// The parts, which can be asked for one by one.
pub(super) const STORIES: &str = "stories";
pub(super) const FILES: &str = "files";
pub(super) const CROWD: &str = "crowd";

/// Measures the parts that are wanted.
pub(super) fn measure(
    dir: &Path,
    effort: &Effort,
    wants: impl Fn(&str) -> bool,
) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let part = |name: &str| -> Result<Option<std::path::PathBuf>> {
        if !wants(name) {
            return Ok(None);
        }
        let dir = dir.join(name);
        fs::create_dir_all(&dir)?;
        // nginx's workers are another user's where root starts them.
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755))?;
        Ok(Some(dir))
    };
    if let Some(dir) = part(STORIES)? {
        figures.extend(stories::measure(&dir, effort)?);
    }
    if let Some(dir) = part(FILES)? {
        figures.extend(files::measure(&dir, effort)?);
    }
    if let Some(dir) = part(CROWD)? {
        figures.extend(crowd::measure(&dir, effort)?);
    }
    Ok(figures)
}

/// The long story as a page of a site, by the name that it has there.
fn page_of_a_site(demo: &Ludgate) -> Result<impl Fn(&str) -> String + Clone + Send + use<>> {
    let reader = Readers::new(&load::keyring(&demo.data)?, 0..1);
    let page = peers::open_page(demo.server.address, &reader.cookie(0))?;
    story::as_a_site_has_it(&page)
}
