//! The folders that a configuration names: whether they are there, and whether
//! one lies in another that it would disturb.

use std::path::{Path, PathBuf};

use toml::Spanned;

use super::errors::ConfigError;
use super::{Config, raw};

/// A folder that is read, and watched for changes.
struct Read<'a> {
    path: &'a Path,
    written: &'a Spanned<PathBuf>,
    holds: &'static str,
}

impl Config {
    /// What is wrong with the folders. Without one there is nothing to say
    /// about what is in it.
    pub(super) fn places(&self, raw: &raw::File) -> Result<(), Vec<ConfigError>> {
        let content = self.origin.content().zip(raw.origin.content.as_ref());
        let content = content.map(|(path, written)| Read {
            path,
            written,
            holds: "the stories",
        });
        let theme = [
            (&self.templates, &raw.theme.templates, "the templates"),
            (&self.messages, &raw.theme.messages, "the messages"),
        ];
        let theme = theme.into_iter().filter_map(|(path, written, holds)| {
            Some(Read {
                path: path.as_deref()?,
                written: written.as_ref()?,
                holds,
            })
        });
        let data = Data {
            written: raw.server.data.as_ref(),
            place: place(&self.server.data),
        };
        let errors: Vec<ConfigError> = content
            .into_iter()
            .chain(theme)
            .filter_map(|folder| folder.missing().or_else(|| data.within(&folder)))
            .collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

impl Read<'_> {
    fn missing(&self) -> Option<ConfigError> {
        if self.path.is_dir() {
            return None;
        }
        let message = format!("there is no folder {}", self.path.display());
        let help = format!(
            "make it, or name the folder that holds {}; it is looked for from the folder of this \
             file",
            self.holds
        );
        Some(ConfigError::at(self.written.span(), message).help(help))
    }
}

/// The data folder, which may not be there yet.
struct Data<'a> {
    written: Option<&'a Spanned<PathBuf>>,
    place: PathBuf,
}

impl Data<'_> {
    /// What the meter writes would be taken for a change of what it lies in, so
    /// that every story that is counted would have everything read again.
    fn within(&self, read: &Read<'_>) -> Option<ConfigError> {
        if !self.place.starts_with(place(read.path)) {
            return None;
        }
        let message = format!(
            "the data folder lies in {}, which is watched: every count would be a change of it",
            read.path.display()
        );
        let span = self.written.unwrap_or(read.written).span();
        Some(ConfigError::at(span, message).help(format!(
            "keep {} in a folder of their own beside the data folder, or name a data folder \
             elsewhere: [server] data = \"/var/lib/ludgate\"",
            read.holds
        )))
    }
}

/// Where a path leads, as far as it is there.
fn place(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = path
        .ancestors()
        .find_map(|above| Some((above, above.canonicalize().ok()?)));
    match found {
        Some((above, canonical)) => match path.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => canonical.join(rest),
            _ => canonical,
        },
        None => path,
    }
}
