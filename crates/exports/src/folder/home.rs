//! The content folder that stories are brought into: what is in it, and writing into it.
//!
//! A file is written whole under a hidden name and then given its own, so that neither a
//! crash nor a server that watches the folder meets half of one.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use publication::Masthead;

use super::BringError;

/// The file that describes the paper.
pub(crate) const PAPER: &str = "publication.toml";

/// How many files of a kind are looked at: ten times an archive of a hundred thousand.
const MAX_FILES: usize = 1_000_000;

/// The folder.
#[derive(Debug)]
pub(crate) struct Home {
    root: PathBuf,
    /// The paper that it is; `None` where there is none yet.
    pub(crate) masthead: Option<Masthead>,
    /// What is there, by its path without its ending, such as `stories/night-ferry`.
    taken: HashSet<String>,
    /// Where the stories are that don't lie as they would be written, by the same.
    moved: HashMap<String, String>,
}

impl Home {
    /// Looks into the folder. One that isn't there is made when something is written.
    pub(crate) fn open(root: &Path) -> Result<Self, BringError> {
        let mut home = Self {
            root: root.to_owned(),
            masthead: None,
            taken: HashSet::new(),
            moved: HashMap::new(),
        };
        if root.exists() && !root.is_dir() {
            let error = std::io::Error::other("it is no folder");
            return Err(BringError::file(root, error));
        }
        let paper = root.join(PAPER);
        match std::fs::read_to_string(&paper) {
            Ok(text) => home.masthead = Some(publication::masthead(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(BringError::file(&paper, error)),
        }
        for folder in ["stories", "pages", "pictures"] {
            home.look(folder)?;
        }
        for file in publication::story_files(root) {
            let path = address_of(&file);
            if *file != *format!("{path}.md") {
                home.moved.insert(path.clone(), file.into());
            }
            home.taken.insert(path);
        }
        Ok(home)
    }

    fn look(&mut self, folder: &str) -> Result<(), BringError> {
        let path = self.root.join(folder);
        let refuse = |error| BringError::file(&path, error);
        let entries = match std::fs::read_dir(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(refuse)?,
        };
        for entry in entries.take(MAX_FILES) {
            let name = entry.map_err(refuse)?.file_name();
            if let Some((stem, _)) = name.to_str().and_then(|name| name.rsplit_once('.')) {
                self.taken.insert(format!("{folder}/{stem}"));
            }
        }
        Ok(())
    }

    /// Whether something of that path without an ending is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.taken.contains(path)
    }

    /// The file of what has that path without an ending: where it lies, or is to.
    pub(crate) fn file_of(&self, path: &str) -> String {
        let moved = self.moved.get(path).cloned();
        moved.unwrap_or_else(|| format!("{path}.md"))
    }

    /// What is in a file; `None` where there is none.
    pub(crate) fn read(&self, file: &str) -> Result<Option<Vec<u8>>, BringError> {
        let path = self.root.join(file);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(BringError::file(&path, error)),
        }
    }

    /// Writes a file whole or not at all.
    pub(crate) fn write(&self, file: &str, bytes: &[u8]) -> Result<(), BringError> {
        let path = self.root.join(file);
        let folder = path.parent().unwrap_or(&self.root);
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut draft = tempfile::Builder::new()
                .prefix(".importing-")
                .permissions(readable())
                .tempfile_in(folder)?;
            draft.write_all(bytes)?;
            draft.persist(&path)?;
            Ok(())
        };
        write().map_err(|error| BringError::file(&path, error))
    }
}

/// A file's path without its ending and without the folders between, which are no part of
/// an address: `stories/2026/night-ferry.md` is `stories/night-ferry`.
pub(crate) fn address_of(file: &str) -> String {
    let (folder, rest) = file.split_once('/').unwrap_or(("", file));
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{folder}/{stem}")
}

/// As other files are: everybody may read, its owner write.
pub(super) fn readable() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(0o644)
}
