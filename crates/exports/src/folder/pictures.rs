//! Pictures out of the copy of the old site's folder. Nothing is ever fetched.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use publication::{Slug, largest_picture};

use super::home::Home;
use super::ledger::{Ledger, hash};
use super::{BringError, Landed};
use crate::remark::Remark;
use crate::slug;

/// Where systems keep what is uploaded, in the addresses of their sites.
const SHELVES: [&str; 3] = [
    "/wp-content/uploads/",
    "/content/images/",
    "/content/media/",
];

/// What ends in these is a picture, whether it can be taken or not.
const ENDINGS: [&str; 12] = [
    "svg", "png", "jpg", "jpeg", "webp", "gif", "avif", "bmp", "tif", "tiff", "heic", "jpe",
];

/// How many pictures are remembered: two for each of a quarter of a million stories.
const MAX_KNOWN: usize = 500_000;

/// How many files of one folder are looked through for a smaller copy of a picture.
const MAX_LISTED: usize = 50_000;

/// How many numbers are tried behind a name that is taken.
const MAX_TRIES: usize = 10_000;

/// The folder, and what is known of what is in it.
#[derive(Debug)]
pub(crate) struct Pictures {
    /// `None` where none was named.
    root: Option<PathBuf>,
    /// By their paths in addresses, under which file each is.
    known: HashMap<String, Result<String, Remark>>,
    /// By the file: several addresses may be those of one picture and its copies.
    files: HashMap<String, Found>,
    /// Names given out, without their endings.
    given: HashSet<String>,
    source: String,
}

/// A picture that can be taken.
#[derive(Debug)]
struct Found {
    from: PathBuf,
    /// Its name among the publication's pictures.
    name: String,
    is_written: bool,
}

impl Pictures {
    /// The pictures of `source` in a folder.
    pub(crate) fn open(root: Option<&Path>, source: &str) -> Result<Self, BringError> {
        let root = match root {
            None => None,
            Some(root) => {
                let refuse = |error| BringError::file(root, error);
                let real = root.canonicalize().map_err(refuse)?;
                if !real.is_dir() {
                    return Err(refuse(std::io::Error::other("it is no folder")));
                }
                Some(real)
            }
        };
        Ok(Self {
            root,
            known: HashMap::new(),
            files: HashMap::new(),
            given: HashSet::new(),
            source: source.to_owned(),
        })
    }

    /// The picture of an address.
    pub(crate) fn find(
        &mut self,
        address: &str,
        home: &Home,
        ledger: &Ledger,
    ) -> Result<String, Remark> {
        let Some(path) = shelf_path(address) else {
            return Err(Remark::PictureMissing(address.to_owned()));
        };
        if !self.known.contains_key(&path) {
            if self.known.len() >= MAX_KNOWN {
                return Err(Remark::PictureRefused(
                    path,
                    "there are too many".to_owned(),
                ));
            }
            let found = self.look(&path, home, ledger);
            self.known.insert(path.clone(), found);
        }
        match self.known.get(&path) {
            Some(Ok(key)) => {
                let found = self.files.get(key).map(|found| found.name.clone());
                found.ok_or(Remark::PictureMissing(path))
            }
            Some(Err(remark)) => Err(remark.clone()),
            None => Err(Remark::PictureMissing(path)),
        }
    }

    /// Finds the file of a picture, looks at it and gives it a name, and says under which
    /// key it is in `files`.
    fn look(&mut self, path: &str, home: &Home, ledger: &Ledger) -> Result<String, Remark> {
        let Some(root) = self.root.clone() else {
            return Err(Remark::PicturesNotGiven(path.to_owned()));
        };
        let missing = || Remark::PictureMissing(path.to_owned());
        let from = on_disk(&root, path).ok_or_else(missing)?;
        let from = fitting(&from).ok_or_else(|| {
            let limit = largest_picture(path) / (1024 * 1024);
            let why = format!("it has more than {limit} MB");
            Remark::PictureRefused(path.to_owned(), why)
        })?;
        let key = from.strip_prefix(&root).unwrap_or(&from);
        let key = format!("picture {} {}", self.source, key.display());
        if self.files.contains_key(&key) {
            return Ok(key);
        }
        let refused = |why: String| Remark::PictureRefused(path.to_owned(), why);
        let bytes = fs::read(&from).map_err(|error| refused(error.to_string()))?;
        let Some(kind) = publication::picture_kind(&bytes) else {
            return Err(refused("it is neither SVG, PNG, JPEG nor WebP".to_owned()));
        };
        if let Some(problem) = publication::picture_fault(&format!("a.{kind}"), &Bytes::from(bytes))
        {
            return Err(refused(problem.to_string()));
        }
        let name = match ledger.find(&key) {
            Some(line) => line.file.trim_start_matches("pictures/").to_owned(),
            None => self.name(&from, kind, home),
        };
        let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
        self.given.insert(stem.to_owned());
        let found = Found {
            from,
            name,
            is_written: false,
        };
        self.files.insert(key.clone(), found);
        Ok(key)
    }

    /// A name that nothing else has.
    fn name(&self, from: &Path, kind: &str, home: &Home) -> String {
        let stem = from
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let wanted = slug::safe(stem).or_else(|| Slug::parse("picture"));
        let Some(wanted) = wanted else {
            // The word is a slug.
            return format!("picture.{kind}");
        };
        let is_free =
            |stem: &str| !self.given.contains(stem) && !home.has(&format!("pictures/{stem}"));
        if is_free(wanted.as_str()) {
            return format!("{wanted}.{kind}");
        }
        // The month of the folder says more than a number.
        let folders = from
            .parent()
            .into_iter()
            .flat_map(Path::components)
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        let digits = folders
            .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()));
        let month: Vec<String> = digits.collect();
        let month = month.last_chunk::<2>().map(|pair| pair.join("-"));
        let dated = month.and_then(|month| slug::with(&wanted, &month));
        if let Some(dated) = dated.filter(|dated| is_free(dated.as_str())) {
            return format!("{dated}.{kind}");
        }
        let numbered = (2..MAX_TRIES).find_map(|number| {
            let stem = slug::with(&wanted, &number.to_string())?;
            is_free(stem.as_str()).then_some(stem)
        });
        format!("{}.{kind}", numbered.unwrap_or(wanted))
    }

    /// Copies a picture to its place, once. One that is there is left as it is.
    pub(crate) fn write(
        &mut self,
        address: &str,
        home: &Home,
        ledger: &mut Ledger,
    ) -> Result<Landed, BringError> {
        let known = shelf_path(address).and_then(|path| self.known.get(&path));
        let Some(Ok(key)) = known else {
            return Ok(Landed::Same);
        };
        let Some(found) = self.files.get_mut(key).filter(|found| !found.is_written) else {
            return Ok(Landed::Same);
        };
        found.is_written = true;
        let file = format!("pictures/{}", found.name);
        if ledger.find(key).is_some_and(|line| !line.hash.is_empty()) && home.read(&file)?.is_some()
        {
            return Ok(Landed::Same);
        }
        let bytes = fs::read(&found.from).map_err(|error| BringError::file(&found.from, error))?;
        ledger.begin(key, &file)?;
        home.write(&file, &bytes)?;
        ledger.note(key, &file, &hash(&bytes))?;
        Ok(Landed::New)
    }
}

/// Whether an address is that of a picture, by its ending.
pub(crate) fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

/// The path of a picture within the folder, decoded; `None` where there is none.
fn shelf_path(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let shelf = SHELVES
        .iter()
        .find_map(|shelf| path.find(shelf).map(|at| at + shelf.len()));
    let path = match (shelf, path.split_once("://")) {
        (Some(at), _) => &path[at..],
        (None, Some((_, rest))) => rest.split_once('/')?.1,
        (None, None) => path.trim_start_matches('/'),
    };
    // Ghost makes smaller copies in folders of their own.
    let path = match path.strip_prefix("size/w") {
        Some(rest) => rest.split_once('/').map_or(rest, |(_, rest)| rest),
        None => path,
    };
    let path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let is_plain = path.split('/').all(|part| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0'])
    });
    (is_plain && path.len() < 1024).then(|| path.into_owned())
}

/// Where a picture is in the folder: under its path, under the end of it, as for a copy of
/// a part of the folder, or the one that it is a smaller copy of. Nothing outside of the
/// folder is found, whatever links are in it.
fn on_disk(root: &Path, path: &str) -> Option<PathBuf> {
    let within = |path: &str| {
        let real = root.join(path).canonicalize().ok()?;
        (real.starts_with(root) && real.is_file()).then_some(real)
    };
    let under = |path: &str| {
        let shelves = [
            "",
            "uploads/",
            "images/",
            "wp-content/uploads/",
            "content/images/",
        ];
        shelves
            .iter()
            .find_map(|shelf| within(&format!("{shelf}{path}")))
    };
    let mut tail = Some(path);
    while let Some(path) = tail {
        // The one that others were made of is the best. Of one that was very large,
        // WordPress shows a smaller one as if it were that.
        let whole = without_size(path);
        let scaled = whole.as_deref().and_then(scaled);
        let names = [whole, scaled, Some(path.to_owned())];
        if let Some(found) = names.into_iter().flatten().find_map(|name| under(&name)) {
            return Some(found);
        }
        tail = path.split_once('/').map(|(_, rest)| rest);
    }
    None
}

/// `a/photo.jpg` as `a/photo-scaled.jpg`.
fn scaled(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    Some(format!("{stem}-scaled.{ending}"))
}

/// `a/photo-300x200.jpg` as `a/photo.jpg`, WordPress's way to name smaller copies.
fn without_size(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (whole, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{whole}.{ending}"))
}

/// The file, or the largest smaller copy beside it that isn't too long.
fn fitting(from: &Path) -> Option<PathBuf> {
    let length = |path: &Path| fs::metadata(path).map(|found| found.len()).ok();
    let most = largest_picture(&from.to_string_lossy());
    if length(from)? <= most {
        return Some(from.to_owned());
    }
    let own = from.file_name()?.to_str()?;
    let is_copy = |name: &str| {
        without_size(name)
            .is_some_and(|whole| whole == own || whole == own.replace("-scaled.", "."))
    };
    let beside = fs::read_dir(from.parent()?)
        .ok()?
        .take(MAX_LISTED)
        .flatten();
    let copies = beside.filter(|entry| entry.file_name().to_str().is_some_and(is_copy));
    let sized = copies.filter_map(|entry| {
        let path = entry.path();
        let length = length(&path).filter(|length| *length <= most)?;
        Some((length, path))
    });
    sized.max().map(|(_, path)| path)
}
