//! Walking through the folders of the content. Nothing here opens a file.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Findings, Problem};
use super::files::Kind;

/// The most folders: one for every day of thirty years, and as many again.
const MAX_FOLDERS: usize = 20_000;

/// The paths of the files of a kind, from `home`, in no order.
pub(super) fn walk(home: &Path, kind: &Kind, findings: &mut Findings) -> Vec<Box<str>> {
    let mut walk = Walk {
        home,
        kind,
        findings,
        paths: Vec::new(),
        visited: HashSet::new(),
    };
    let start = home.join(kind.folder);
    if start.symlink_metadata().is_ok() {
        walk.enter(kind.folder, 0);
    }
    walk.paths
}

struct Walk<'a> {
    home: &'a Path,
    kind: &'a Kind,
    findings: &'a mut Findings,
    paths: Vec<Box<str>>,
    /// Where the folders really are that were walked through: a link may lead
    /// back to one, and the walk would have no end.
    visited: HashSet<PathBuf>,
}

impl Walk<'_> {
    fn refuse(&mut self, path: &str, problem: Problem) {
        self.findings.add(path, None, problem);
    }

    /// Walks through a folder. A link to one may lead elsewhere inside the
    /// content, as mounted volumes do, but never out of it.
    fn enter(&mut self, folder: &str, depth: usize) {
        let entries = match self.open(folder) {
            Ok(Some(entries)) => entries,
            Ok(None) => return,
            Err(problem) => return self.refuse(folder, problem),
        };
        for entry in entries {
            if self.paths.len() >= self.kind.limit {
                let problem = Problem::TooManyFiles(self.kind.limit);
                return self.refuse(self.kind.folder, problem);
            }
            match entry {
                Ok(entry) => self.meet(folder, depth, &entry),
                Err(error) => self.refuse(folder, Problem::Unreadable(error.to_string())),
            }
        }
    }

    fn open(&mut self, folder: &str) -> Result<Option<fs::ReadDir>, Problem> {
        let unreadable = |error: io::Error| Problem::Unreadable(error.to_string());
        let real = self.home.join(folder).canonicalize().map_err(unreadable)?;
        if !real.starts_with(self.home) {
            return Err(Problem::Misplaced(
                "it is a link out of the content folder; copy what it leads to",
            ));
        }
        if self.visited.len() >= MAX_FOLDERS {
            return Err(Problem::TooManyFolders(MAX_FOLDERS));
        }
        if !self.visited.insert(real.clone()) {
            return Err(Problem::Misplaced(
                "it is a link to a folder that is part of the content already; take it out",
            ));
        }
        match fs::read_dir(real) {
            Ok(entries) => Ok(Some(entries)),
            // It was there a moment ago.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(error)),
        }
    }

    fn meet(&mut self, folder: &str, depth: usize, entry: &fs::DirEntry) {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return self.refuse(folder, Problem::NotUtf8);
        };
        if name.starts_with('.') {
            return;
        }
        let path = format!("{folder}/{name}");
        let is_folder = match entry.file_type() {
            Ok(found) if found.is_symlink() => entry.path().is_dir(),
            Ok(found) => found.is_dir(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.refuse(&path, Problem::Unreadable(error.to_string())),
        };
        if !is_folder {
            if self.kind.wants(&path, self.findings) {
                self.paths.push(path.into());
            }
        } else if depth < self.kind.depth {
            self.enter(&path, depth + 1);
        } else {
            self.refuse(&path, Problem::Misplaced(self.kind.advice));
        }
    }
}
