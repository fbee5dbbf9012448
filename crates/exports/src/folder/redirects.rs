//! Where old addresses lead, added to `redirects.toml` in the content folder.
//!
//! Lines are added, and none is changed that an import hasn't written, so what somebody has
//! written there stays.

use std::collections::{BTreeMap, HashSet};

use super::BringError;
use super::home::Home;
use super::index::{Index, old_path};
use crate::sheet::quoted;

/// The file.
pub(crate) const FILE: &str = "redirects.toml";

/// How a new one begins.
const HEAD: &str = "# Old addresses, and where they lead now.\n";

/// What became of the lines.
pub(crate) struct Ways {
    /// How many are new.
    pub(crate) new: usize,
    /// How many led to what was deleted here by hand, and are no more.
    pub(crate) ended: usize,
}

/// Adds those of what came, and takes out those that an import has written for what was
/// deleted here by hand since: they would lead nowhere. What was withdrawn keeps its own.
pub(crate) fn renew(home: &Home, index: &Index, write: bool) -> Result<Ways, BringError> {
    let before = home.read(FILE)?;
    let text = before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_else(|| HEAD.to_owned());
    let known: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let what = format!("{}; put it right, and begin again", error.message());
        BringError::file(FILE.as_ref(), std::io::Error::other(what))
    })?;
    // However somebody has spelt it.
    let known: HashSet<String> = known.keys().filter_map(|from| old_path(from)).collect();
    let has = |path: &str| known.contains(path);
    let new: BTreeMap<&str, String> = index
        .ways()
        .filter(|(from, to)| from != to && !publication::is_own_address(from) && !has(from))
        .collect();
    let withdrawn = home.masthead.iter().flat_map(|paper| &paper.withdrawn);
    let withdrawn: HashSet<String> = withdrawn.map(|name| format!("/stories/{name}")).collect();
    let dead: HashSet<String> = index
        .dead_ways()
        .filter(|(_, to)| !withdrawn.contains(to))
        .map(|(from, to)| line(from, &to))
        .collect();
    let is_dead = |line: &&str| dead.contains(line.trim_end_matches(['\r', '\n']));
    let ended = text.split_inclusive('\n').filter(is_dead).count();
    if write && (ended > 0 || !new.is_empty()) {
        let kept = text.split_inclusive('\n').filter(|line| !is_dead(line));
        let mut text: String = kept.collect();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for (from, to) in &new {
            text.push_str(&line(from, to));
            text.push('\n');
        }
        home.write(FILE, text.as_bytes())?;
    }
    let new = new.len();
    Ok(Ways { new, ended })
}

/// A line as an import writes it.
fn line(from: &str, to: &str) -> String {
    format!("{} = {}", quoted(from), quoted(to))
}
