//! A publication on a disk, where what is made of it is kept.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_publication::{
    Aids, Beginning, ContentErrors, Mistakes, Publication, Settings, Source,
};
use prompts::Messages;

/// A content folder and what is derived from it.
pub(crate) struct Desk {
    pub(crate) dir: tempfile::TempDir,
    /// How many stories the last load looked into.
    pub(crate) looked: Cell<usize>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self {
            dir: tempfile::tempdir().unwrap(),
            looked: Cell::new(0),
        };
        super::files().write(&desk.content());
        desk
    }

    pub(crate) fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    pub(crate) fn derived(&self) -> PathBuf {
        self.dir.path().join("derived")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.content().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn with<T>(
        &self,
        before: Option<&Publication>,
        load: impl FnOnce(Aids<'_>) -> T,
    ) -> T {
        let looked = AtomicUsize::new(0);
        let progress = |_: usize, of: usize| looked.store(of, Ordering::Relaxed);
        let aids = Aids {
            before,
            // Long after the files were written, so that their times can be
            // trusted.
            now: Some("2100-01-01T00:00:00Z".parse().unwrap()),
            mistakes: Mistakes::Refuse,
            progress: &progress,
        };
        let loaded = load(aids);
        self.looked.set(looked.into_inner());
        loaded
    }

    pub(crate) fn settings(&self, derived: bool) -> Settings {
        Settings {
            url: "https://mercury.example/".to_owned(),
            locale: "en".parse().unwrap(),
            zone: TimeZone::get("Europe/London").unwrap(),
            account: None,
            subscribe: None,
            app: None,
            give: None,
            derived: derived.then(|| self.derived()),
            beginning: Beginning::default(),
            search: None,
            texts: None,
            text_search: None,
        }
    }

    pub(crate) fn try_load(&self) -> Result<Publication, ContentErrors> {
        self.with(None, |aids| {
            let messages = Arc::new(Messages::builtin().unwrap());
            let source = Source::Folder(self.content());
            Publication::load_with(&source, self.settings(true), None, messages, aids)
        })
    }

    pub(crate) fn load(&self) -> Publication {
        self.try_load().unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// The same with nothing kept.
    pub(crate) fn load_afresh(&self) -> Publication {
        let messages = Arc::new(Messages::builtin().unwrap());
        let source = Source::Folder(self.content());
        Publication::load(&source, self.settings(false), None, messages).unwrap()
    }

    pub(crate) fn renew(
        &self,
        before: &Publication,
        paths: Option<&[&str]>,
    ) -> Result<Publication, ContentErrors> {
        let source = Source::Folder(self.content());
        self.with(None, |aids| before.renewed(&source, paths, aids))
    }
}

/// Whether two publications answer alike, at every path and several times.
#[track_caller]
pub(crate) fn assert_alike(one: &Publication, other: &Publication) {
    for now in [
        "2026-11-17T12:00:00Z",
        "2026-11-23T17:00:00Z",
        "2027-01-01T00:00:00Z",
    ] {
        let now: Timestamp = now.parse().unwrap();
        let paths = one.paths(now);
        assert_eq!(paths, other.paths(now));
        for path in paths {
            let (a, b) = (
                one.respond(&path, None, now),
                other.respond(&path, None, now),
            );
            assert_eq!(a.body, b.body, "{path}");
        }
    }
}
