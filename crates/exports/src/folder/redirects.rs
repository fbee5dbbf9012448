//! Where old addresses lead, added to `redirects.toml` in the content folder.
//!
//! Lines are added and none is changed, so what somebody has written there stays.

use std::collections::BTreeMap;

use super::home::Home;
use super::{BringError, index::Index};
use crate::sheet::quoted;

/// The file.
pub(crate) const FILE: &str = "redirects.toml";

/// How a new one begins.
const HEAD: &str = "# Old addresses, and where they lead now.\n";

/// Adds those of what came. Gives back how many are new.
pub(crate) fn add(home: &Home, index: &Index, write: bool) -> Result<usize, BringError> {
    let before = home.read(FILE)?;
    let text = before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_else(|| HEAD.to_owned());
    let known: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let what = format!("{}; put it right, and begin again", error.message());
        BringError::file(FILE.as_ref(), std::io::Error::other(what))
    })?;
    let has = |path: &str| known.contains_key(path) || known.contains_key(&format!("{path}/"));
    let new: BTreeMap<&str, String> = index
        .ways()
        .filter(|(from, to)| from != to && !publication::is_own_address(from) && !has(from))
        .collect();
    if new.is_empty() {
        return Ok(0);
    }
    if write {
        let mut text = text;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        for (from, to) in &new {
            text.push_str(&quoted(from));
            text.push_str(" = ");
            text.push_str(&quoted(to));
            text.push('\n');
        }
        home.write(FILE, text.as_bytes())?;
    }
    Ok(new.len())
}
