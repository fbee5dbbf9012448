//! Which entry gets which name here, and where the old addresses lead.
//!
//! It is made in the first pass, so that a text can link to what comes after it.

use std::collections::{HashMap, HashSet};

use publication::Slug;

use super::home::{Home, address_of};
use super::ledger::Ledger;
use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::html::Dialect;
use crate::slug;

/// How many entries an export has: an archive of half a century.
const MAX_ENTRIES: usize = 500_000;

/// How many numbers are tried behind a name that is taken.
const MAX_TRIES: usize = 10_000;

/// Where an entry goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its address here without the slash, such as `stories/night-ferry`.
    pub(crate) stem: String,
    /// Its file, which may lie in a folder of its own.
    pub(crate) file: String,
    /// Whether its name isn't the one that it had, and why.
    pub(crate) renamed: Option<String>,
}

impl Place {
    /// One that is new, in the file of that name.
    fn new(stem: String, renamed: Option<String>) -> Self {
        let file = format!("{stem}.md");
        Self {
            stem,
            file,
            renamed,
        }
    }

    /// Its address here.
    pub(crate) fn path(&self) -> String {
        format!("/{}", self.stem)
    }
}

/// Everything that comes.
#[derive(Debug, Default)]
pub(crate) struct Index {
    places: HashMap<String, Place>,
    /// Names given out in this run.
    given: HashSet<String>,
    /// Old paths, as [`old_path`] has them, with the entry's key.
    addresses: HashMap<String, String>,
    /// Entries that turned out not to come after all.
    lost: HashSet<String>,
    /// Those of them that came before and were deleted here by hand.
    deleted: HashSet<String>,
}

impl Index {
    /// Gives an entry its name. `false` where one of that id has come already.
    pub(crate) fn add(
        &mut self,
        key: &str,
        entry: &Entry,
        title: &str,
        home: &Home,
        ledger: &Ledger,
    ) -> Result<bool, Error> {
        if self.places.contains_key(key) {
            return Ok(false);
        }
        if self.places.len() >= MAX_ENTRIES {
            return Err(Error::TooMany("half a million stories and pages"));
        }
        let place = self.place(key, entry, title, home, ledger);
        self.given.insert(place.stem.clone());
        if let Some(path) = entry.address.as_deref().and_then(old_path) {
            self.addresses.entry(path).or_insert_with(|| key.to_owned());
        }
        if entry.dialect == Dialect::WordPress {
            let short = format!("{SHORT}{}", entry.id);
            self.addresses
                .entry(short)
                .or_insert_with(|| key.to_owned());
        }
        self.places.insert(key.to_owned(), place);
        Ok(true)
    }

    fn place(&self, key: &str, entry: &Entry, title: &str, home: &Home, ledger: &Ledger) -> Place {
        let folder = if entry.kind == Kind::Page {
            "pages"
        } else {
            "stories"
        };
        // What came before keeps its name.
        if let Some(line) = ledger.find(key)
            && let stem = address_of(&line.file)
            && !self.given.contains(&stem)
        {
            // Also where somebody has moved it to since.
            return Place {
                file: home.file_of(&stem),
                stem,
                renamed: None,
            };
        }
        let own = slug::safe(&entry.slug);
        let mut renamed = None;
        if own.as_ref().map(Slug::as_str) != Some(entry.slug.as_str()) && !entry.slug.is_empty() {
            renamed = Some(format!("\"{}\" can't stand in an address here", entry.slug));
        }
        let number: String = entry
            .id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(24)
            .collect();
        let last = format!("entry-{}", number.to_ascii_lowercase());
        let made = own
            .or_else(|| slug::safe(title))
            .or_else(|| Slug::parse(&last));
        let Some(wanted) = made.or_else(|| Slug::parse("entry")) else {
            // The word is a slug.
            return Place::new(format!("{folder}/entry"), renamed);
        };
        let is_free = |stem: &str| !home.has(stem) && !self.given.contains(stem);
        let first = format!("{folder}/{wanted}");
        if is_free(&first) {
            return Place::new(first, renamed);
        }
        let numbered = (2..MAX_TRIES).find_map(|number| {
            let stem = format!("{folder}/{}", slug::with(&wanted, &number.to_string())?);
            is_free(&stem).then_some(stem)
        });
        let why = format!("\"{wanted}\" was taken");
        Place::new(numbered.unwrap_or(first), Some(why))
    }

    /// Where an entry goes, whether or not it comes in the end.
    pub(crate) fn find(&self, key: &str) -> Option<&Place> {
        self.places.get(key)
    }

    /// Its address here; `None` where it turned out not to come.
    fn path(&self, key: &str) -> Option<String> {
        let place = self.places.get(key).filter(|_| !self.lost.contains(key));
        place.map(Place::path)
    }

    /// Says that an entry doesn't come after all, so that nothing links to it.
    pub(crate) fn lose(&mut self, key: &str) {
        if self.places.contains_key(key) {
            self.lost.insert(key.to_owned());
        }
    }

    /// Says that an entry came before and was deleted here since.
    pub(crate) fn forget(&mut self, key: &str) {
        self.lose(key);
        self.deleted.insert(key.to_owned());
    }

    /// Each old path that led to what was deleted here by hand, with where.
    pub(crate) fn dead_ways(&self) -> impl Iterator<Item = (&str, String)> {
        let ways = self.addresses.iter();
        let dead = ways.filter(|(_, key)| self.deleted.contains(*key));
        dead.filter_map(|(path, key)| Some((path.as_str(), self.places.get(key)?.path())))
    }

    /// Where an old path leads here.
    pub(crate) fn way(&self, path: &str) -> Option<String> {
        let key = self.addresses.get(path)?;
        self.path(key)
    }

    /// Each old path that leads somewhere here, with where. One that only a query makes
    /// is none: what is redirected is known by its path.
    pub(crate) fn ways(&self) -> impl Iterator<Item = (&str, String)> {
        let ways = self
            .addresses
            .iter()
            .filter(|(path, _)| path.starts_with('/'));
        ways.filter_map(|(path, key)| Some((path.as_str(), self.path(key)?)))
    }
}

/// Under which WordPress finds every entry by its number, whatever its address is.
const SHORT: &str = "?p=";

/// The short address of an entry, where a path of the old site's root is one.
pub(crate) fn short_address(path: &str) -> Option<String> {
    let (root, query) = path.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, number) = pairs.find(|(name, _)| matches!(*name, "p" | "page_id"))?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && matches!(root, "" | "/" | "/index.php")).then(|| format!("{SHORT}{number}"))
}

/// The path of an address, decoded and without a final slash, as old addresses are
/// compared; `None` for the site's root, and where only a query tells pages apart.
pub(crate) fn old_path(address: &str) -> Option<String> {
    let path = match address.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => address,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let path = path.trim_end_matches('/');
    let is_one = path.starts_with('/')
        && !path.starts_with("//")
        && !path
            .chars()
            .any(|c| c.is_control() || matches!(c, '\\' | '?' | '#'));
    is_one.then(|| path.to_owned())
}
