//! The index: where it lies, how it is opened, and asking it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;
use parking_lot::Mutex;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy};

use crate::answer::{Answer, Request, answer, respelt};
use crate::document::Second;
use crate::error::Error;
use crate::marks::Marker;
use crate::query::Query;
use crate::schema::{FORMAT, Fields, Keeps};
use crate::snapshot::Snapshot;
use crate::suggest::{Suggestions, suggest};

/// What the writer may keep in memory before it writes, in bytes: a few
/// thousand stories. There is one writer with one thread.
const WRITER: usize = 32 * 1024 * 1024;

/// The part of a segment's stories that may have been taken out before it is
/// written anew: until then they weigh on how rare a word seems.
const TAKEN_OUT: f32 = 0.2;

/// Stories that are written before they can be found: about a second's work.
/// More are found later, fewer make many small files.
const BATCH: usize = 2000;

/// Blocks of stories that are kept unpacked, of 16 KiB each.
const BLOCKS: usize = 32;

/// The file that says of which format an index is.
const FORMAT_FILE: &str = "format";

/// Where stories are found by their words.
///
/// It is opened by the first [`sync`](Self::sync); until then it finds
/// nothing, and says that it isn't complete. All of it can be deleted while
/// nobody uses it, and is made again.
///
/// An index has no idea of who may read what. Whatever goes into it can be
/// found out, word for word, by who may ask it.
pub struct Index {
    fields: Arc<Fields>,
    pub(crate) keeps: Keeps,
    /// Stories that are written before they can be found.
    pub(crate) batch: usize,
    /// `None` for one in memory.
    folder: Option<PathBuf>,
    pub(crate) shelf: Mutex<Option<Shelf>>,
    pub(crate) snapshot: ArcSwapOption<Snapshot>,
    pub(crate) complete: AtomicBool,
}

/// An index that is open for writing.
pub(crate) struct Shelf {
    pub(crate) fields: Arc<Fields>,
    index: tantivy::Index,
    reader: IndexReader,
    /// `None` only while it is being replaced.
    pub(crate) writer: Option<IndexWriter>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.folder)
            .field("stories", &self.len())
            .finish_non_exhaustive()
    }
}

impl Index {
    /// An index in `folder`, which nobody else may use, or in memory. Touches
    /// nothing yet.
    pub fn new(folder: Option<&Path>) -> Self {
        Self::keeping(Keeps::Excerpts, BATCH, folder)
    }

    pub(crate) fn keeping(keeps: Keeps, batch: usize, folder: Option<&Path>) -> Self {
        Self {
            fields: Arc::new(Fields::new()),
            keeps,
            batch,
            folder: folder.map(Path::to_owned),
            shelf: Mutex::new(None),
            snapshot: ArcSwapOption::empty(),
            complete: AtomicBool::new(false),
        }
    }

    /// Answers a question. Doesn't wait for anybody, but reads files and takes
    /// milliseconds: not for a thread that others wait for.
    pub fn search(&self, request: &Request) -> Result<Answer, Error> {
        let complete = self.is_complete();
        match self.snapshot.load_full() {
            Some(snapshot) => answer(&snapshot, request, complete),
            None => Ok(Answer {
                count: 0,
                hits: Vec::new(),
                facets: [const { Vec::new() }; 4],
                instead: None,
                complete,
                marker: Marker::default(),
            }),
        }
    }

    /// What a reader may mean who has typed so much.
    pub fn suggest(&self, query: &Query, now: Second) -> Result<Suggestions, Error> {
        match self.snapshot.load_full() {
            Some(snapshot) => suggest(&snapshot, query, now),
            None => Ok(Suggestions::default()),
        }
    }

    /// The query with the words that no story has replaced by those that they may
    /// be a slip of the pen for; `None` where there is nothing to replace.
    pub fn respelt(&self, query: &Query, now: Second) -> Result<Option<String>, Error> {
        match self.snapshot.load_full() {
            Some(snapshot) => respelt(&snapshot, query, now),
            None => Ok(None),
        }
    }

    /// How many stories it holds.
    pub fn len(&self) -> usize {
        self.snapshot
            .load()
            .as_ref()
            .map_or(0, |snapshot| snapshot.len())
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it holds everything that it should.
    pub fn is_complete(&self) -> bool {
        self.complete.load(Ordering::Acquire)
    }

    /// Opens the index; makes a new one where there is none, or one that
    /// can't be used.
    pub(crate) fn open(&self) -> Result<Shelf, Error> {
        let Some(folder) = &self.folder else {
            let index = tantivy::Index::create_in_ram(self.fields.schema.clone());
            return Shelf::new(&self.fields, index);
        };
        match self.kept(folder) {
            Ok(Some(kept)) => return Ok(kept),
            Ok(None) => tracing::info!(folder = %folder.display(), "a search index is made"),
            Err(error) => tracing::warn!(
                folder = %folder.display(),
                %error,
                "the search index is thrown away and made anew"
            ),
        }
        let failed = |source| Error::Folder {
            folder: folder.clone(),
            source,
        };
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(failed)?;
        }
        fs::create_dir_all(folder).map_err(failed)?;
        let index = tantivy::Index::create_in_dir(folder, self.fields.schema.clone())?;
        // Last, so that one that was half made is made anew.
        fs::write(folder.join(FORMAT_FILE), FORMAT.to_string()).map_err(failed)?;
        Shelf::new(&self.fields, index)
    }

    /// The index that lies in the folder; `None` where there is none of this
    /// format.
    fn kept(&self, folder: &Path) -> Result<Option<Shelf>, Error> {
        let format = fs::read_to_string(folder.join(FORMAT_FILE)).unwrap_or_default();
        if format.trim() != FORMAT.to_string() {
            return Ok(None);
        }
        let index = tantivy::Index::open(
            MmapDirectory::open(folder).map_err(tantivy::TantivyError::OpenDirectoryError)?,
        )?;
        if index.schema() != self.fields.schema {
            return Ok(None);
        }
        // What was read from a damaged file could be anything.
        let damaged = index.validate_checksum()?;
        if let Some(file) = damaged.iter().min() {
            let what = format!("{} is damaged", file.display());
            return Err(Error::Io(std::io::Error::other(what)));
        }
        Shelf::new(&self.fields, index).map(Some)
    }
}

impl Shelf {
    fn new(fields: &Arc<Fields>, index: tantivy::Index) -> Result<Self, Error> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()?;
        let mut shelf = Self {
            fields: Arc::clone(fields),
            index,
            reader,
            writer: None,
        };
        shelf.writer()?;
        Ok(shelf)
    }

    /// The writer.
    pub(crate) fn writer(&mut self) -> Result<&mut IndexWriter, Error> {
        let writer = if let Some(writer) = self.writer.take() {
            writer
        } else {
            let options = IndexWriterOptions::builder()
                .memory_budget_per_thread(WRITER)
                .num_worker_threads(1)
                .num_merge_threads(1)
                .build();
            let writer = self.index.writer_with_options(options)?;
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(TAKEN_OUT);
            writer.set_merge_policy(Box::new(policy));
            writer
        };
        Ok(self.writer.insert(writer))
    }

    /// The index as it is now.
    pub(crate) fn look(&self, before: Option<&Snapshot>) -> Result<Snapshot, Error> {
        self.reader.reload()?;
        Snapshot::take(&self.fields, self.reader.searcher(), before)
    }
}
