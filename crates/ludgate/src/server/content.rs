//! Taking up what has changed in the content folder, and nothing else: the
//! stories that were written are looked into, exchanged under the gate, and of
//! the pages that it keeps those are forgotten that they are on.

use std::path::{Component, Path};
use std::sync::Arc;

use anyhow::{Result, anyhow};
use gateway::Purge;
use publication::{Aids, Changes, ContentErrors, Mistakes, Publication};

use super::Running;
use super::change::turn;
use crate::assemble::compile;
use crate::watcher::Seen;
use crate::world;

/// Stories whose pages are forgotten one by one. Each is looked for among all that
/// are kept, so with more it is better to forget all.
const ONE_BY_ONE: usize = 64;

/// Pages that show nothing of any story but their own; pictures are asked for by
/// the name of their file, and a publication with others is another one.
const APART: [&str; 2] = ["/stories/", "/pictures/"];

impl Running {
    /// Takes up what was seen to change: the content alone, where it was that.
    /// Blocks.
    pub(crate) fn follow(&self, seen: &Seen) {
        const WHY: &str = "files changed";
        // While something is wrong on disk, whether that was mended is the question.
        let Some(paths) = self.within_content(seen).filter(|_| self.reloads.is_well()) else {
            return self.reload_and_say(WHY);
        };
        if paths.is_empty() {
            return;
        }
        let taken_up = {
            let _turn = turn(&self.changing);
            let taken_up = self.renew(&paths);
            self.reloads.record(&taken_up);
            taken_up
        };
        match taken_up {
            Ok(forgotten) => tracing::info!(why = WHY, forgotten, "reloaded"),
            Err(error) if self.is_ending() => tracing::debug!(why = WHY, "{error:#}"),
            Err(error) => {
                tracing::error!("{WHY}: not reloaded, everything stays as it was:\n{error:#}");
            }
        }
    }

    /// The paths inside the content folder, where nothing else has changed. What
    /// editors keep beside their files is no part of it.
    fn within_content(&self, seen: &Seen) -> Option<Vec<String>> {
        let config = self.config();
        let home = std::path::absolute(config.origin.content()?).ok()?;
        let mut paths = Vec::new();
        for path in seen.paths()? {
            let within = path.strip_prefix(&home).ok()?;
            if !is_hidden(within) {
                paths.push(within.to_str()?.to_owned());
            }
        }
        Some(paths)
    }

    /// Exchanges the content; how many pages were forgotten.
    fn renew(&self, paths: &[String]) -> Result<usize> {
        let installed = turn(&self.installed).clone();
        let Some(paper) = installed.pages.newspaper() else {
            return Ok(0);
        };
        let before = paper.edition();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let aids = Aids {
            now: Some(world::now()),
            mistakes: Mistakes::HoldBack,
            ..Aids::default()
        };
        let source = self.source(&installed.config);
        let edition = before
            .renewed(&source, Some(&paths), aids)
            .map_err(|errors| anyhow!("{errors}"))?;
        let how = compile(&installed.config)?;
        let edition = Arc::new(self.cuts.settle(edition, Some(&before), &how)?);
        let changes = edition.changes_since(&before);
        self.prints.make_for(&edition)?;
        paper.exchange(Arc::clone(&edition));
        self.indexing.tell(&installed.pages);
        let forgotten = self.forget(&changes);
        // No decision is made by the pages of before any more.
        self.texts.read_from(installed.pages.publication());
        say_what_is_held_back(&before, &edition);
        self.cuts.go_on(edition, how);
        Ok(forgotten)
    }

    /// What is wrong with stories that are served as they were, where some are.
    pub(crate) fn held_back(&self) -> Option<ContentErrors> {
        let pages = turn(&self.installed).pages.clone();
        pages.publication()?.held_back()
    }

    /// Forgets the pages that a change is on.
    fn forget(&self, changes: &Changes) -> usize {
        let which = match changes {
            Changes::Stories(slugs) if slugs.is_empty() => return 0,
            Changes::Stories(slugs) if slugs.len() <= ONE_BY_ONE => {
                let urls = slugs.iter().map(|slug| format!("/stories/{slug}"));
                let urls = urls.map(|url| Purge::Url(url.into()));
                let others = Purge::Outside(APART.map(Into::into).into());
                urls.chain([others]).collect()
            }
            Changes::Stories(_) | Changes::Anything => vec![Purge::Everything],
        };
        self.gate.purge(&which)
    }
}

/// Says in the log which stories aren't served as their files are, where that has
/// changed.
pub(super) fn say_what_is_held_back(before: &Publication, after: &Publication) {
    match (before.held_back(), after.held_back()) {
        (before, Some(errors)) if before.as_ref() != Some(&errors) => {
            tracing::error!(
                "stories with mistakes stay as they were, and new ones out of the publication; old \
                 addresses that lead nowhere find nothing:\n\
                 {errors}"
            );
        }
        (Some(_), None) => tracing::info!("all stories are served as their files are again"),
        _ => {}
    }
}

/// Whether a path is one that editors and version control keep for themselves.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| match part {
        Component::Normal(name) => name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    })
}
