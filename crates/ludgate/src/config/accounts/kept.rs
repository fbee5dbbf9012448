//! Secrets that a configuration names and doesn't hold: they are in a file or in
//! the environment.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::Spanned;

use super::raw::Kept;
use crate::config::ConfigError;
use crate::config::check::Check;
use crate::world;

/// The largest file with a secret, in bytes: one word or a long password.
const MOST: u64 = 4096;

impl Check<'_> {
    /// The secret, as `parse` reads it. It is repeated nowhere.
    pub(super) fn kept<T, E: ToString>(
        &mut self,
        raw: &Spanned<Kept>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let (text, from) = match raw.get_ref() {
            Kept::Inline => {
                let message = "a secret doesn't stand in the configuration";
                let help = "write { file = \"…\" } or { env = \"…\" }, and change this secret: \
                            it has been where others may have read it";
                self.errors
                    .push(ConfigError::at(raw.span(), message).help(help).hidden());
                return None;
            }
            Kept::File(file) => {
                let file = self.folder.join(file);
                (read(&file), file.display().to_string())
            }
            Kept::Environment(name) => (
                world::environment(name).ok_or_else(|| "isn't set".to_owned()),
                format!("the variable {name}"),
            ),
        };
        let parsed = text.and_then(|text| parse(&text).map_err(|error| error.to_string()));
        parsed
            .map_err(|why| self.wrong(raw, format!("{from}: {why}")))
            .ok()
    }
}

fn read(file: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("can't be read: {error}");
    let mut text = String::new();
    let opened = File::open(file).map_err(failed)?;
    opened
        .take(MOST + 1)
        .read_to_string(&mut text)
        .map_err(failed)?;
    if text.len() as u64 > MOST {
        return Err("is too large to hold one secret".to_owned());
    }
    Ok(text)
}
