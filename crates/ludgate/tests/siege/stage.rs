//! Scenes: attacks that take more than one request, each noted with what came
//! of it.

use super::front::{Cut, Front, More, request};
use super::hunt::found;
use super::site::Site;
use super::wire::{exchange, replies};

/// What was tried: of which row, and how many canaries were found.
struct Tried {
    row: u8,
    what: String,
    found: usize,
}

/// What scenes play on.
pub(crate) struct Stage<'a> {
    pub(crate) site: &'a Site,
    pub(crate) cut: Cut,
    /// The rows, each as often as something of it is to be tried.
    promised: &'static [u8],
    tried: Vec<Tried>,
}

impl<'a> Stage<'a> {
    pub(crate) fn set(site: &'a Site, cut: Cut, promised: &'static [u8]) -> Self {
        Self {
            site,
            cut,
            promised,
            tried: Vec::new(),
        }
    }

    pub(crate) fn gate(&self, more: More) -> Front {
        Front::before(self.site, self.cut, more)
    }

    /// Notes what came.
    pub(crate) fn note(&mut self, row: u8, what: &str, bytes: &[u8]) {
        let mut seen = bytes.to_vec();
        for reply in replies(bytes, "GET") {
            seen.extend_from_slice(&reply.body);
        }
        self.tried.push(Tried {
            row,
            what: what.to_owned(),
            found: found(&self.site.hidden(), &seen).len(),
        });
    }

    /// Asks for a story, and notes what comes.
    pub(crate) fn ask(
        &mut self,
        front: &Front,
        row: u8,
        what: &str,
        story: &str,
        headers: &[&str],
    ) {
        let path = self.site.story(story).path.clone();
        let bytes = exchange(front.address(), &request("GET", &path, headers, ""));
        self.note(row, what, &bytes);
    }

    /// Holds all that was tried against what should have come of it.
    pub(crate) fn judge(self) {
        let mut rows: Vec<u8> = self.tried.iter().map(|tried| tried.row).collect();
        let mut promised = self.promised.to_vec();
        rows.sort_unstable();
        promised.sort_unstable();
        assert_eq!(rows, promised, "the rows that were tried");
        let is_wrong = |tried: &&Tried| (tried.found > 0) == (self.cut == Cut::On);
        let wrong: Vec<String> = self
            .tried
            .iter()
            .filter(is_wrong)
            .map(|tried| format!("row {}, {}: {}", tried.row, tried.what, tried.found))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
