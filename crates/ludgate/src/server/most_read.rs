//! What is read most: once a minute the publication is told what the gate has
//! counted, and now and then that is written down, for the next start to go on
//! with.
//!
//! What is lost with the machine's power is ten minutes of a rank, which nobody
//! waits for a disk for.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use access::StoryId;
use gateway::Ranked;
use jiff::Timestamp;
use publication::Slug;
use serde::{Deserialize, Serialize};

use super::Running;
use super::change::turn;

/// How often the publication is told, and so how often a page may change for it.
const EVERY: Duration = Duration::from_mins(1);

/// After how many times it is written down.
const WRITTEN: u32 = 10;

/// How many stories it is told of: more than any place on a page.
const MOST: usize = 100;

/// How many readings a story needs by now to be called read: one is nobody's
/// opinion.
const LEAST: f64 = 1.5;

/// The file in the data folder.
const FILE: &str = "most-read.json";

/// The most that is read of it, in bytes: a hundred ids of the greatest length.
const MAX_FILE: u64 = 512 * 1024;

/// Where stories of the built-in publication are.
const STORIES: &str = "/stories/";

/// What is written down.
#[derive(Serialize, Deserialize)]
struct Kept {
    at: Timestamp,
    stories: Vec<Story>,
}

#[derive(Serialize, Deserialize)]
struct Story {
    id: String,
    score: f64,
}

impl Running {
    /// Counts what is read where that is shown, goes on with what was read before,
    /// and tells the publication.
    pub(super) fn begin_reads(&self) {
        let path = self.data().join(FILE);
        match resumed(&path) {
            Ok(Some((before, at))) => self.gate.reads().resume(&before, at),
            Ok(None) => {}
            // It is made anew by what is read from now on.
            Err(error) => tracing::warn!(%error, "what was read most isn't known any more"),
        }
        self.tell_most_read();
    }

    /// Tells the publication, where there is one that shows it.
    pub(super) fn tell_most_read(&self) {
        let installed = turn(&self.installed).clone();
        let publication = installed.pages.publication();
        let is_shown = publication.is_some() && installed.config.gate.most_read;
        self.gate.reads().turn(is_shown);
        let Some(publication) = publication else {
            return;
        };
        // What isn't to be shown any more is taken away.
        let ranked = if is_shown {
            self.gate.reads().ranked(MOST, self.clock.now())
        } else {
            Vec::new()
        };
        let slugs = ranked.iter().filter(|one| one.score >= LEAST);
        publication.rank(slugs.filter_map(|one| slug(&one.story)));
    }

    /// Writes down what is read most.
    pub(super) fn keep_reads(&self) {
        if !self.gate.reads().is_on() {
            return;
        }
        let now = self.clock.now();
        let ranked = self.gate.reads().ranked(MOST, now);
        if let Err(error) = keep(&self.data().join(FILE), &ranked, now) {
            tracing::warn!(%error, "what is read most isn't written down");
        }
    }
}

/// Tells and keeps it, for as long as the runtime lives.
pub(super) async fn keep_telling(running: Arc<Running>) {
    for round in 1_u32.. {
        tokio::time::sleep(EVERY).await;
        let running = Arc::clone(&running);
        let told = tokio::task::spawn_blocking(move || {
            running.tell_most_read();
            if round.is_multiple_of(WRITTEN) {
                running.keep_reads();
            }
        });
        let _ = told.await;
    }
}

fn slug(story: &StoryId) -> Option<Slug> {
    Slug::parse(story.as_str().strip_prefix(STORIES)?)
}

fn keep(path: &Path, ranked: &[Ranked], now: Timestamp) -> anyhow::Result<()> {
    let story = |one: &Ranked| Story {
        id: one.story.as_str().to_owned(),
        score: one.score,
    };
    let kept = Kept {
        at: now,
        stories: ranked.iter().map(story).collect(),
    };
    Ok(private::put(path, &serde_json::to_string(&kept)?)?)
}

/// What was written down and when; `None` where nothing was.
fn resumed(path: &Path) -> anyhow::Result<Option<(Vec<Ranked>, Timestamp)>> {
    let is_long = |found: std::fs::Metadata| found.len() > MAX_FILE;
    if std::fs::metadata(path).is_ok_and(is_long) {
        anyhow::bail!("{} is too long", path.display());
    }
    let Some(text) = private::read(path)? else {
        return Ok(None);
    };
    let kept: Kept = serde_json::from_str(&text)?;
    let stories = kept.stories.into_iter().take(MOST).map(|one| Ranked {
        story: StoryId::new(one.id),
        score: one.score,
    });
    Ok(Some((stories.collect(), kept.at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again_and_a_broken_file_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        assert!(resumed(&path).expect("none").is_none());
        let now: Timestamp = "2026-12-01T12:00:00Z".parse().expect("a time");
        let ranked = ["/stories/a", "/stories/b"].map(|id| Ranked {
            story: StoryId::new(id),
            score: 2.5,
        });
        keep(&path, &ranked, now).expect("kept");
        let (read, at) = resumed(&path).expect("read").expect("there");
        assert_eq!((read.as_slice(), at), (&ranked[..], now));
        std::fs::write(&path, "{").expect("written");
        assert!(resumed(&path).is_err());
    }

    #[test]
    fn only_stories_have_slugs() {
        let of = |id: &str| slug(&StoryId::new(id)).map(|slug| slug.to_string());
        assert_eq!(
            of("/stories/the-tide-gauge").as_deref(),
            Some("the-tide-gauge")
        );
        assert_eq!(of("/stories/a/b"), None);
        assert_eq!(of("/2026/11/a"), None);
    }
}
