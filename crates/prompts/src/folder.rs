//! Reading a publisher's folder of messages or templates, within bounds.

use std::path::{Path, PathBuf};

use crate::load_error::{LoadError, LoadErrors, Problem};

/// The largest file read. The longest built-in one has less than a twentieth.
const MAX_FILE: u64 = 256 * 1024;

/// The most files read from one folder: six locales or a whole theme several
/// times over.
const MAX_FILES: usize = 500;

/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 4;

/// One file that was found.
pub(crate) struct Found {
    /// Its path inside the folder, with `/` between the parts.
    pub(crate) name: String,
    /// Its whole path as it is shown to the publisher.
    pub(crate) path: String,
    /// What it says, without a byte order mark.
    pub(crate) text: String,
}

/// Every file below `folder` whose extension is one of `extensions`, sorted by
/// name so that the outcome doesn't depend on the file system.
///
/// Hidden files are left out: editors and version control leave them behind.
pub(crate) fn read(folder: &Path, extensions: &[&str]) -> Result<Vec<Found>, LoadErrors> {
    let mut paths = Vec::new();
    list(folder, extensions, 0, &mut paths)?;
    paths.sort();
    paths.iter().map(|path| open(folder, path)).collect()
}

fn list(
    folder: &Path,
    extensions: &[&str],
    depth: usize,
    paths: &mut Vec<PathBuf>,
) -> Result<(), LoadErrors> {
    let unreadable = |error: std::io::Error| at(folder, Problem::Unreadable(error.to_string()));
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth + 1 >= MAX_DEPTH {
                return Err(at(&path, Problem::TooMany { limit: MAX_FILES }));
            }
            list(&path, extensions, depth + 1, paths)?;
        } else if has_extension(&path, extensions) {
            if paths.len() == MAX_FILES {
                return Err(at(folder, Problem::TooMany { limit: MAX_FILES }));
            }
            paths.push(path);
        }
    }
    Ok(())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|found| extensions.iter().any(|extension| found == *extension))
}

fn open(folder: &Path, path: &Path) -> Result<Found, LoadErrors> {
    let unreadable = |error: std::io::Error| at(path, Problem::Unreadable(error.to_string()));
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE {
        return Err(at(path, Problem::TooLarge { limit: MAX_FILE }));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let name = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    Ok(Found {
        name: parts.join("/"),
        path: path.display().to_string(),
        text: text
            .strip_prefix('\u{feff}')
            .map_or_else(|| text.clone(), str::to_owned),
    })
}

fn at(path: &Path, problem: Problem) -> LoadErrors {
    LoadErrors::from(LoadError {
        file: path.display().to_string(),
        line: None,
        problem,
    })
}
