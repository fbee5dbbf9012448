//! Reloading on change: when a watched file or folder has been quiet for a
//! moment after a change, everything is read again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
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

/// Paths that are told apart. After more, it is quicker to look at everything.
const MAX_PATHS: usize = 1000;

/// What was seen to change.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    paths: BTreeSet<PathBuf>,
    /// More than those paths, or it isn't known what.
    more: bool,
}

impl Seen {
    /// The paths of everything that has changed, made absolute; `None` where there
    /// is more.
    pub(crate) fn paths(&self) -> Option<impl Iterator<Item = &Path>> {
        (!self.more).then(|| self.paths.iter().map(PathBuf::as_path))
    }

    fn add(&mut self, event: &notify::Event, concern: Concern) {
        self.more |= concern == Concern::Exchanged || event.need_rescan();
        for path in &event.paths {
            match std::path::absolute(path) {
                Ok(path) if self.paths.len() < MAX_PATHS => {
                    self.paths.insert(path);
                }
                _ => self.more = true,
            }
        }
        self.more |= event.paths.is_empty();
    }
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Concern {
    /// Nothing that is watched.
    Nothing,
    /// What it names.
    Named,
    /// Something that a link leads to elsewhere now.
    Exchanged,
}

/// Where what was seen waits for whoever takes it up.
#[derive(Clone)]
struct Notice {
    seen: Arc<Mutex<Seen>>,
    bell: mpsc::Sender<()>,
}

impl Notice {
    fn give(&self, event: &notify::Event, concern: Concern) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.add(event, concern);
        drop(seen);
        let _ = self.bell.try_send(());
    }
}

/// Watches files and folders until it is dropped.
pub(crate) struct Watch {
    notice: Notice,
    /// `None` while there is nothing to watch.
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches nothing yet. Must be called within a runtime.
    pub(crate) fn new(running: Arc<Running>) -> Self {
        // One ring that waits is enough: what it is about lies beside it.
        let (bell, rings) = mpsc::channel(1);
        let seen = Arc::default();
        tokio::spawn(follow_when_quiet(rings, Arc::clone(&seen), running));
        Self {
            notice: Notice { seen, bell },
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

/// A path that is watched, and where it leads.
struct Watched {
    place: PathBuf,
    target: Option<PathBuf>,
}

impl Watched {
    fn new(path: &Path) -> std::io::Result<Self> {
        let place = std::path::absolute(path)?;
        let target = place.canonicalize().ok();
        Ok(Self { place, target })
    }

    /// Whether it leads elsewhere than when this was last asked. A link may
    /// lead through another one that is exchanged, and then nothing of its own
    /// name changes: Kubernetes brings new versions of a file so.
    fn is_exchanged(&mut self) -> bool {
        let target = self.place.canonicalize().ok();
        let exchanged = target != self.target;
        self.target = target;
        exchanged
    }
}

/// Which of them what happened is about. What else lies in a watched file's
/// folder, a log perhaps, is no reason to do anything.
fn concern(watched: &mut [Watched], event: &notify::Event) -> Concern {
    if event.kind.is_access() {
        return Concern::Nothing;
    }
    let about = |one: &Watched| {
        event.paths.iter().any(|path| {
            let path = std::path::absolute(path).unwrap_or_default();
            path.starts_with(&one.place)
        })
    };
    let named = watched.iter().any(about);
    // Each is asked, so that each knows from now on where it leads.
    let mut exchanged = false;
    for one in watched {
        exchanged |= one.is_exchanged();
    }
    match (exchanged, named || event.need_rescan()) {
        (true, _) => Concern::Exchanged,
        (false, true) => Concern::Named,
        (false, false) => Concern::Nothing,
    }
}

fn watcher(paths: &[PathBuf], notice: Notice) -> Result<RecommendedWatcher> {
    let mut places = paths
        .iter()
        .map(|path| Watched::new(path))
        .collect::<Result<Vec<_>, _>>()?;
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        match concern(&mut places, &event) {
            Concern::Nothing => {}
            concern => notice.give(&event, concern),
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

async fn follow_when_quiet(
    mut rings: mpsc::Receiver<()>,
    seen: Arc<Mutex<Seen>>,
    running: Arc<Running>,
) {
    while rings.recv().await.is_some() {
        let quiet =
            async { while let Ok(Some(())) = tokio::time::timeout(QUIET, rings.recv()).await {} };
        let _ = tokio::time::timeout(AT_MOST, quiet).await;
        let running = Arc::clone(&running);
        let seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = tokio::task::spawn_blocking(move || running.follow(&seen)).await;
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use notify::EventKind;
    use notify::event::{AccessKind, ModifyKind};

    use super::*;

    /// A configuration as Kubernetes mounts it: a link through a folder that
    /// is itself a link.
    fn mounted(dir: &Path) -> PathBuf {
        for version in ["..1", "..2"] {
            std::fs::create_dir(dir.join(version)).expect("a folder");
            std::fs::write(dir.join(version).join("ludgate.toml"), version).expect("a file");
        }
        symlink("..1", dir.join("..data")).expect("a link");
        let file = dir.join("ludgate.toml");
        symlink("..data/ludgate.toml", &file).expect("a link");
        file
    }

    fn event(kind: EventKind, path: &Path) -> notify::Event {
        notify::Event::new(kind).add_path(path.to_owned())
    }

    const CHANGED: EventKind = EventKind::Modify(ModifyKind::Any);

    #[test]
    fn a_link_that_comes_to_lead_elsewhere_is_a_change_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = mounted(dir.path());
        let mut watched = [Watched::new(&file).expect("a path")];
        let data = dir.path().join("..data");
        assert_eq!(
            concern(&mut watched, &event(CHANGED, &data)),
            Concern::Nothing
        );
        symlink("..2", dir.path().join("..new")).expect("a link");
        std::fs::rename(dir.path().join("..new"), &data).expect("exchanged");
        assert_eq!(
            concern(&mut watched, &event(CHANGED, &data)),
            Concern::Exchanged
        );
        assert_eq!(
            concern(&mut watched, &event(CHANGED, &data)),
            Concern::Nothing
        );
    }

    #[test]
    fn only_changes_of_what_is_watched_count() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("ludgate.toml");
        std::fs::write(&file, "").expect("a file");
        let mut watched = [Watched::new(&file).expect("a path")];
        let mut said = |kind, path: &Path| concern(&mut watched, &event(kind, path));
        assert_eq!(said(CHANGED, &file), Concern::Named);
        assert_eq!(
            said(EventKind::Access(AccessKind::Any), &file),
            Concern::Nothing
        );
        assert_eq!(
            said(CHANGED, &dir.path().join("ludgate.log")),
            Concern::Nothing
        );
    }
}
