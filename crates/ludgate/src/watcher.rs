//! Reloading on change: when a watched file or folder has been quiet for a
//! moment after a change, everything is read again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::server::Running;

/// How long nothing may have changed before a reload: editors write a file in
/// several steps, and uploads come one by one.
const QUIET: Duration = Duration::from_millis(200);

/// How long a change waits at most while others go on: something that writes
/// all the time must not keep a correction back.
const AT_MOST: Duration = Duration::from_secs(2);

/// Watches files and folders until it is dropped.
pub(crate) struct Watch {
    notice: mpsc::Sender<()>,
    /// `None` while there is nothing to watch.
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches nothing yet. Must be called within a runtime.
    pub(crate) fn new(running: Arc<Running>) -> Self {
        // One waiting notice is enough: a reload reads everything.
        let (notice, notices) = mpsc::channel(1);
        tokio::spawn(reload_when_quiet(notices, running));
        Self {
            notice,
            watcher: None,
        }
    }

    /// Watches these from now on and no others. What was watched before is let
    /// go of last, so that no change is missed in between. Folders that were
    /// put in the place of others are found anew.
    pub(crate) fn follow(&mut self, paths: &[PathBuf]) -> Result<()> {
        self.watcher = match paths {
            [] => None,
            paths => Some(watcher(paths, self.notice.clone())?),
        };
        Ok(())
    }
}

fn watcher(paths: &[PathBuf], notice: mpsc::Sender<()>) -> Result<RecommendedWatcher> {
    let places = paths
        .iter()
        .map(std::path::absolute)
        .collect::<Result<Vec<_>, _>>()?;
    let concerns = move |event: &notify::Event| {
        !event.kind.is_access()
            && event.paths.iter().any(|path| {
                let path = std::path::absolute(path).unwrap_or_default();
                places.iter().any(|place| path.starts_with(place))
            })
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // What else lies in a watched file's folder, a log perhaps, is no
        // reason to reload.
        if event.is_ok_and(|event| concerns(&event)) {
            let _ = notice.try_send(());
        }
    })
    .context("changes of files can't be watched")?;
    for path in paths {
        // An editor that replaces a file leaves a watch on the old one behind,
        // so a file is watched by way of its folder.
        let (place, mode) = if path.is_dir() {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            (folder(path), RecursiveMode::NonRecursive)
        };
        watcher
            .watch(place, mode)
            .with_context(|| format!("{} can't be watched", place.display()))?;
    }
    Ok(watcher)
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

async fn reload_when_quiet(mut notices: mpsc::Receiver<()>, running: Arc<Running>) {
    while notices.recv().await.is_some() {
        let quiet =
            async { while let Ok(Some(())) = tokio::time::timeout(QUIET, notices.recv()).await {} };
        let _ = tokio::time::timeout(AT_MOST, quiet).await;
        let running = Arc::clone(&running);
        let _ = tokio::task::spawn_blocking(move || running.reload_and_say("files changed")).await;
    }
}
