//! What files of the content there are, in a folder or in the program itself,
//! within bounds. Nothing here looks into one.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use rayon::prelude::*;

use super::derived::Stamp;
use super::error::{Findings, Problem};
use super::redirects::REDIRECTS;
use super::walk;

/// The file that describes the paper.
pub(super) const PAPER: &str = "publication.toml";

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
pub const MAX_TEXT: u64 = 1024 * 1024;

/// The largest drawing, which readers are sent as it is: more would take seconds on
/// a telephone.
const MAX_DRAWING: u64 = 4 * 1024 * 1024;

/// The largest other picture, of which readers are sent prints.
const MAX_PICTURE: u64 = pictures::MAX_BYTES as u64;

/// The largest file of redirects: a quarter of a million lines of a hundred bytes.
const MAX_REDIRECTS: u64 = 32 * 1024 * 1024;

/// What lies in a folder of the content.
pub(super) struct Kind {
    pub(super) folder: &'static str,
    pub(super) extensions: &'static [&'static str],
    pub(super) advice: &'static str,
    /// The most files there may be.
    pub(super) limit: usize,
    /// How many folders deep they may lie.
    pub(super) depth: usize,
}

/// The folders there are, and what belongs in each.
pub(super) const STORIES: Kind = Kind {
    folder: "stories",
    extensions: &["md", "markdown"],
    advice: "stories are files ending in .md, in `stories` or a folder below it",
    // Of each, memory holds about 1.5 KB: 400 MB in all. Forty a day are that
    // many after seventeen years.
    limit: 250_000,
    // A folder for each year, month and day, and a few more.
    depth: 8,
};
pub(super) const PAGES: Kind = Kind {
    folder: "pages",
    extensions: &["md", "markdown"],
    advice: "pages are files ending in .md, directly in `pages`",
    // Memory holds them whole, 10 KB each: 50 MB. Each is read at every load.
    limit: 5_000,
    depth: 0,
};
pub(super) const PICTURES: Kind = Kind {
    folder: "pictures",
    extensions: &["svg", "png", "jpg", "jpeg", "webp"],
    advice: "pictures end in .svg, .png, .jpg or .webp and lie directly in `pictures`",
    // One for each story. Memory holds their sizes, 200 bytes each.
    limit: 250_000,
    depth: 0,
};

/// Every file of the content by what it is for, each in the order of the paths.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) paper: Option<Listed>,
    /// Where old addresses lead.
    pub(super) redirects: Option<Listed>,
    pub(super) stories: Vec<Listed>,
    pub(super) pages: Vec<Listed>,
    pub(super) pictures: Vec<Listed>,
}

/// A file that is there.
#[derive(Debug)]
pub(super) struct Listed {
    /// Inside the content folder, with `/` between the parts.
    pub(super) path: Box<str>,
    pub(super) stamp: Option<Stamp>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Disk(PathBuf),
    Program(&'static [u8]),
}

/// A file that was read.
pub(super) struct Opened {
    pub(super) bytes: Bytes,
    /// What it was when it was read.
    pub(super) stamp: Option<Stamp>,
}

impl Kind {
    /// The kind of file that belongs at `path`.
    fn at(path: &str) -> Option<&'static Self> {
        let (folder, _) = path.split_once('/')?;
        [&STORIES, &PAGES, &PICTURES]
            .into_iter()
            .find(|kind| kind.folder == folder)
    }

    /// Whether a file is part of the content. Hidden files, which editors and
    /// version control leave behind, silently aren't; others that lie in the
    /// wrong place are findings, since somebody expects them to appear.
    pub(super) fn wants(&self, path: &str, findings: &mut Findings) -> bool {
        let within = path.get(self.folder.len() + 1..).unwrap_or_default();
        if within.split('/').any(|part| part.starts_with('.')) {
            return false;
        }
        let known = within
            .rsplit_once('.')
            .is_some_and(|(_, extension)| self.extensions.contains(&extension));
        let is_wanted = known && within.matches('/').count() <= self.depth;
        if !is_wanted {
            findings.add(path, None, Problem::Misplaced(self.advice));
        }
        is_wanted
    }

    fn fits(&self, path: &str, size: u64, findings: &mut Findings) -> bool {
        let (limit, advice) = self.limit_of(path);
        let fits = size <= limit;
        if !fits {
            let problem = Problem::TooLarge {
                size,
                limit,
                advice,
            };
            findings.add(path, None, problem);
        }
        fits
    }

    /// The largest file at a path, in bytes, and what to do about a larger one.
    fn limit_of(&self, path: &str) -> (u64, &'static str) {
        if self.folder != PICTURES.folder {
            (MAX_TEXT, "split the text")
        } else if path.rsplit('.').next() == Some("svg") {
            let advice = "make the drawing simpler, or hand it in as PNG";
            (MAX_DRAWING, advice)
        } else {
            let advice = "make the picture smaller; 2400 pixels are wide enough";
            (MAX_PICTURE, advice)
        }
    }
}

/// What there is; what can't be looked at is a finding.
pub(super) fn list(source: &Source, findings: &mut Findings) -> Tree {
    match source {
        Source::Embedded(table) => embedded(table, findings),
        Source::Folder(root) => folder(root, findings),
    }
}

fn embedded(table: EmbeddedFiles, findings: &mut Findings) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in table {
        let listed = Listed {
            path: (*path).into(),
            stamp: None,
            place: Place::Program(bytes),
        };
        if *path == PAPER {
            tree.paper = Some(listed);
        } else if *path == REDIRECTS {
            tree.redirects = Some(listed);
        } else if let Some(kind) = Kind::at(path)
            && kind.wants(path, findings)
            && kind.fits(path, bytes.len() as u64, findings)
        {
            tree.shelf(kind).push(listed);
        }
    }
    for shelf in [&mut tree.stories, &mut tree.pages, &mut tree.pictures] {
        shelf.sort_by(|a, b| a.path.cmp(&b.path));
        for pair in shelf.windows(2) {
            if let [a, b] = pair
                && a.path == b.path
            {
                let (slug, other) = (a.path.to_string(), "the same table".to_owned());
                findings.add(&a.path, None, Problem::Duplicate { slug, other });
            }
        }
        shelf.dedup_by(|a, b| a.path == b.path);
    }
    tree
}

fn folder(root: &Path, findings: &mut Findings) -> Tree {
    let mut tree = Tree::default();
    let home = match root.canonicalize() {
        Ok(home) => home,
        Err(error) => {
            let shown = root.display().to_string();
            findings.add(&shown, None, Problem::Unreadable(error.to_string()));
            return tree;
        }
    };
    if home.join(PAPER).exists() {
        tree.paper = listed(&home, PAPER.into(), findings);
    }
    if home.join(REDIRECTS).exists() {
        tree.redirects = listed(&home, REDIRECTS.into(), findings);
    }
    for kind in [&STORIES, &PAGES, &PICTURES] {
        let paths = walk::walk(&home, kind, findings);
        // What was found in a folder needs no further look at the way there.
        let all: Vec<(Option<Listed>, Findings)> = (paths.into_par_iter())
            .map(|path| {
                let mut found = Findings::default();
                (listed(&home, path, &mut found), found)
            })
            .collect();
        for (one, found) in all {
            tree.shelf(kind).extend(one);
            findings.join(found);
        }
        tree.shelf(kind).sort_by(|a, b| a.path.cmp(&b.path));
    }
    tree
}

/// A file as it is there now; `None` where it has vanished. A symbolic link may
/// point elsewhere inside the folder, as mounted volumes do, but never out of it:
/// whatever is read may be served.
fn listed(home: &Path, path: Box<str>, findings: &mut Findings) -> Option<Listed> {
    let place = home.join(&*path);
    let found = (|| {
        let found = fs::symlink_metadata(&place)?;
        if !found.is_symlink() {
            return Ok(Some(found));
        }
        let real = place.canonicalize()?;
        if real.starts_with(home) {
            real.metadata().map(Some)
        } else {
            Ok(None)
        }
    })();
    match found {
        Ok(Some(found)) if found.is_file() => Some(Listed {
            path,
            stamp: Some(Stamp::of(&found)),
            place: Place::Disk(place),
        }),
        Ok(Some(_)) => {
            findings.add(
                &path,
                None,
                Problem::Misplaced("it is no file; take it out"),
            );
            None
        }
        Ok(None) => {
            let advice = "it is a link out of the content folder; copy the file";
            findings.add(&path, None, Problem::Misplaced(advice));
            None
        }
        // A link that leads nowhere has vanished as little as it was there.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !place.is_symlink() => None,
        Err(error) => {
            findings.add(&path, None, Problem::Unreadable(error.to_string()));
            None
        }
    }
}

/// The file at `path` inside the content folder `home`, if it is a story that is
/// there and lies nowhere else.
pub(super) fn one_story(home: &Path, path: &str) -> Option<Listed> {
    let kind = Kind::at(path).filter(|kind| kind.folder == STORIES.folder)?;
    let mut findings = Findings::default();
    let is_plain =
        kind.wants(path, &mut findings) && home.join(path).canonicalize().ok()? == home.join(path);
    let listed = is_plain.then(|| listed(home, path.into(), &mut findings));
    listed.flatten().filter(|_| findings.is_empty())
}

impl Tree {
    fn shelf(&mut self, kind: &Kind) -> &mut Vec<Listed> {
        match kind.folder {
            "stories" => &mut self.stories,
            "pages" => &mut self.pages,
            _ => &mut self.pictures,
        }
    }
}

impl Listed {
    /// Where the file is, where it isn't in the program.
    pub(super) fn place(&self) -> Option<&Path> {
        match &self.place {
            Place::Disk(place) => Some(place),
            Place::Program(_) => None,
        }
    }

    /// Reads the file. `None` where it has vanished meanwhile, which is as if it
    /// had never been there, and where it can't be read, which is a finding.
    pub(super) fn read(&self, findings: &mut Findings) -> Option<Opened> {
        let place = match &self.place {
            Place::Program(bytes) => {
                let bytes = Bytes::from_static(bytes);
                return Some(Opened { bytes, stamp: None });
            }
            Place::Disk(place) => place,
        };
        let kind = Kind::at(&self.path);
        let limit = match kind {
            Some(kind) => kind.limit_of(&self.path).0,
            None if &*self.path == REDIRECTS => MAX_REDIRECTS,
            None => MAX_TEXT,
        };
        let read = || {
            let file = fs::File::open(place)?;
            // Before it is read: a change in between shows in the next stamp.
            let stamp = Stamp::of(&file.metadata()?);
            let mut bytes = Vec::new();
            // It may have grown since it was looked at.
            file.take(limit + 1).read_to_end(&mut bytes)?;
            Ok((bytes, stamp))
        };
        match read() {
            Ok((bytes, stamp)) => {
                let size = bytes.len() as u64;
                let size = size.max(stamp.size());
                if kind.is_some_and(|kind| !kind.fits(&self.path, size, findings)) {
                    return None;
                }
                Some(Opened {
                    bytes: bytes.into(),
                    stamp: Some(stamp),
                })
            }
            Err(error) => {
                let error: io::Error = error;
                if error.kind() != io::ErrorKind::NotFound {
                    findings.add(&self.path, None, Problem::Unreadable(error.to_string()));
                }
                None
            }
        }
    }
}

/// The bytes of a file, or of its beginning where it is larger than any may be:
/// then it isn't what it was when it was looked at.
pub(super) fn read_within(place: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(place)?;
    file.take(MAX_PICTURE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The largest picture of that name, in bytes.
pub fn largest_picture(name: &str) -> u64 {
    PICTURES.limit_of(name).0
}

/// The name of a file without its folder and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
