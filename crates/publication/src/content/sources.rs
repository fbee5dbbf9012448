//! The text of stories, kept by what it is: whoever knows a story knows the
//! fingerprint of the file that it was read from, and gets that very text back,
//! whatever has become of the file since.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};

use super::derived::Derived;
use super::draft;
use super::error::{Findings, line_at};
use super::files;
use super::markdown::{self, Body, Typography};
use super::story::Story;

/// What a file was, to know it again by: its BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<blake3::Hash> for Fingerprint {
    fn from(hash: blake3::Hash) -> Self {
        Self(*hash.as_bytes())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            blake3::Hash::from_bytes(self.0)
                .to_hex()
                .get(..12)
                .unwrap_or_default(),
        )
    }
}

/// The text of a story can't be had. Its page can't be made; that it isn't is
/// all that readers may notice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It isn't where it was kept.
    #[error("the text of {0} is gone")]
    Gone(String),
}

/// Bodies that were made last, in bytes of their text and HTML. A body is
/// wanted by the page, by a search's index and by a feed at about the same
/// time, and hardly again: a few hundred stories of 20 KB are enough.
const MADE: u64 = 8 << 20;

/// How many bodies that is, to size the table by.
const MADE_COUNT: usize = 400;

/// Where the text of stories is.
#[derive(Debug)]
pub(crate) struct Sources {
    pub(super) kept: HashMap<Fingerprint, Bytes>,
    pub(super) derived: Option<Arc<Derived>>,
    /// The content folder: what can't be had elsewhere may be there still.
    pub(super) home: Option<PathBuf>,
    made: Cache<Fingerprint, Arc<Body>, BySize>,
}

#[derive(Clone, Debug)]
struct BySize;

impl Weighter<Fingerprint, Arc<Body>> for BySize {
    fn weight(&self, _: &Fingerprint, body: &Arc<Body>) -> u64 {
        // The HTML is about as long as the text.
        2 * body.text.len() as u64 + 1
    }
}

impl Sources {
    pub(super) fn of(
        kept: HashMap<Fingerprint, Bytes>,
        derived: Option<Arc<Derived>>,
        home: Option<PathBuf>,
    ) -> Self {
        Self {
            kept,
            derived,
            home,
            made: Cache::with_weighter(MADE_COUNT, MADE, BySize),
        }
    }

    /// The file of a story as it was when the story was read from it.
    pub(super) fn text(&self, story: &Story) -> Option<Bytes> {
        if let Some(text) = self.kept.get(&story.source) {
            return Some(text.clone());
        }
        let derived = self.derived.as_ref();
        if let Some(text) = derived.and_then(|derived| derived.text(story.source)) {
            return Some(text);
        }
        let file = self.home.as_ref()?.join(&*story.file);
        let text = files::read_within(&file).ok()?;
        (Fingerprint::of(&text) == story.source).then(|| text.into())
    }

    /// The line of its file that the text of a story begins on.
    pub(super) fn line_of_text(&self, story: &Story) -> Option<usize> {
        let source = self.text(story)?;
        let text = std::str::from_utf8(&source).ok()?;
        let parts = draft::split("", text, &mut Findings::default())?;
        let text = parts.body.trim_start();
        let blank = parts.body.len() - text.len();
        Some(parts.lines_before_body + line_at(parts.body, blank))
    }

    /// The text of a story, taken apart.
    pub(crate) fn body(
        &self,
        story: &Story,
        typography: Typography,
    ) -> Result<Arc<Body>, BodyError> {
        if let Some(body) = self.made.get(&story.source) {
            return Ok(body);
        }
        let gone = || BodyError::Gone(story.path());
        let source = self.text(story).ok_or_else(gone)?;
        let text = std::str::from_utf8(&source).map_err(|_| gone())?;
        // What is wrong with it was found when it was read first.
        let mut findings = Findings::default();
        let parts = draft::split("", text, &mut findings).ok_or_else(gone)?;
        let lines = parts.lines_before_body;
        let body = markdown::render("", parts.body, lines, typography, &mut findings);
        let body = Arc::new(body);
        self.made.insert(story.source, Arc::clone(&body));
        Ok(body)
    }
}
