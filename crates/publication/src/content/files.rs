//! Reading the content, from a folder or from the program itself, within
//! bounds. Nothing here looks into a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::drafts::PAPER;
use super::error::{Findings, Problem};

/// Files compiled into the program: their path inside the content folder,
/// with `/` between the parts, and their bytes.
pub type EmbeddedFiles = &'static [(&'static str, &'static [u8])];

/// Where the content is.
#[derive(Clone, Debug)]
pub enum Source {
    /// A folder with `publication.toml`, `stories`, `pages` and `pictures`.
    Folder(PathBuf),
    /// The same, compiled into the program.
    Embedded(EmbeddedFiles),
}

/// The largest text file: a book of 150 000 words fits.
const MAX_TEXT: u64 = 1024 * 1024;

/// The largest drawing, which readers are sent as it is: more would take seconds on
/// a telephone.
const MAX_DRAWING: u64 = 4 * 1024 * 1024;

/// The largest other picture, of which readers are sent prints.
const MAX_PICTURE: u64 = pictures::MAX_BYTES as u64;

/// The most files: ten thousand stories with a picture each, far above what
/// one edition of a folder is comfortable with. All are held in memory.
const MAX_FILES: usize = 20_000;

/// The endings of pictures' names.
pub(crate) const PICTURES: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];

/// The folders there are, and what belongs in each.
const FOLDERS: [(&str, &[&str], &str); 3] = [
    (
        "stories",
        &["md", "markdown"],
        "stories are files ending in .md, directly in `stories`",
    ),
    (
        "pages",
        &["md", "markdown"],
        "pages are files ending in .md, directly in `pages`",
    ),
    (
        "pictures",
        &PICTURES,
        "pictures end in .svg, .png, .jpg or .webp and lie directly in `pictures`",
    ),
];

/// Every file of the content by its path, in the order of the paths.
pub(crate) type Files = BTreeMap<String, Bytes>;

/// Reads everything; what can't be read is a finding.
pub(crate) fn read(source: &Source, findings: &mut Findings) -> Files {
    match source {
        Source::Embedded(table) => embedded(table, findings),
        Source::Folder(root) => {
            let mut files = Files::new();
            folder(root, &mut files, findings);
            files
        }
    }
}

fn embedded(table: EmbeddedFiles, findings: &mut Findings) -> Files {
    let mut files = Files::new();
    if table.len() > MAX_FILES {
        findings.add("", None, Problem::TooManyFiles(MAX_FILES));
        return files;
    }
    for (path, bytes) in table {
        if !is_wanted(path, findings) || !fits(path, bytes.len() as u64, findings) {
            continue;
        }
        if files
            .insert((*path).to_owned(), Bytes::from_static(bytes))
            .is_some()
        {
            let (slug, other) = ((*path).to_owned(), "the same table".to_owned());
            findings.add(path, None, Problem::Duplicate { slug, other });
        }
    }
    files
}

fn folder(root: &Path, files: &mut Files, findings: &mut Findings) {
    let home = match root.canonicalize() {
        Ok(home) => home,
        Err(error) => {
            let shown = root.display().to_string();
            findings.add(&shown, None, Problem::Unreadable(error.to_string()));
            return;
        }
    };
    if home.join(PAPER).exists() {
        one(&home, PAPER, files, findings);
    }
    for (name, _, _) in FOLDERS {
        let entries = match std::fs::read_dir(home.join(name)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                findings.add(name, None, Problem::Unreadable(error.to_string()));
                continue;
            }
        };
        for entry in entries {
            if files.len() >= MAX_FILES {
                findings.add(name, None, Problem::TooManyFiles(MAX_FILES));
                return;
            }
            match entry {
                Ok(entry) => match entry.file_name().to_str() {
                    Some(file) => one(&home, &format!("{name}/{file}"), files, findings),
                    None => findings.add(name, None, Problem::NotUtf8),
                },
                Err(error) => findings.add(name, None, Problem::Unreadable(error.to_string())),
            }
        }
    }
}

/// Reads one file. A symbolic link may point elsewhere inside the folder, as
/// mounted volumes do, but never out of it: whatever is read may be served.
fn one(home: &Path, path: &str, files: &mut Files, findings: &mut Findings) {
    if !is_wanted(path, findings) {
        return;
    }
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    let read = || {
        let real = home.join(path).canonicalize().map_err(unreadable)?;
        if !real.starts_with(home) {
            return Err(Problem::Misplaced(
                "it is a link out of the content folder; copy the file",
            ));
        }
        let size = real.metadata().map_err(unreadable)?.len();
        Ok((real, size))
    };
    match read() {
        Ok((target, size)) if fits(path, size, findings) => match std::fs::read(target) {
            Ok(bytes) => {
                files.insert(path.to_owned(), Bytes::from(bytes));
            }
            Err(error) => findings.add(path, None, unreadable(error)),
        },
        Ok(_) => {}
        Err(problem) => findings.add(path, None, problem),
    }
}

/// Whether a file is part of the content. Hidden files, which editors and
/// version control leave behind, silently aren't; others that lie in the wrong
/// place are findings, since somebody expects them to appear.
fn is_wanted(path: &str, findings: &mut Findings) -> bool {
    if path == PAPER {
        return true;
    }
    let Some((folder, name)) = path.split_once('/') else {
        return false;
    };
    let Some((_, extensions, advice)) = FOLDERS.iter().find(|(known, _, _)| *known == folder)
    else {
        return false;
    };
    if name.starts_with('.') {
        return false;
    }
    let known = name
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.contains(&extension));
    if !known || name.contains('/') {
        findings.add(path, None, Problem::Misplaced(advice));
        return false;
    }
    true
}

fn fits(path: &str, size: u64, findings: &mut Findings) -> bool {
    let (limit, advice) = if path.starts_with("pictures/") && path.ends_with(".svg") {
        (
            MAX_DRAWING,
            "make the drawing simpler, or hand it in as PNG",
        )
    } else if path.starts_with("pictures/") {
        (
            MAX_PICTURE,
            "make the picture smaller; 2400 pixels are wide enough",
        )
    } else {
        (MAX_TEXT, "split the text")
    };
    if size > limit {
        findings.add(
            path,
            None,
            Problem::TooLarge {
                size,
                limit,
                advice,
            },
        );
    }
    size <= limit
}

/// The name of a file without its folder and extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
