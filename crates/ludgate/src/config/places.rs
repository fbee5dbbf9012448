//! The folders that a configuration names: whether they are there, and whether
//! one lies in another that it would disturb.

use std::path::{Path, PathBuf};

use toml::Spanned;

use super::errors::ConfigError;
use super::{Config, Way, raw};

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
        let data = Written {
            at: raw.server.data.as_ref(),
            place: place(&self.server.data),
            what: Kept::Data,
        };
        let mails = self.mail.as_ref().and_then(|mail| match &mail.way {
            Way::Folder(path) => Some(Written {
                at: raw.mail.as_ref().and_then(|mail| mail.get_ref().folder()),
                place: place(path),
                what: Kept::Mails,
            }),
            Way::Server(_) => None,
        });
        let written: Vec<Written> = [Some(data), mails].into_iter().flatten().collect();
        let errors: Vec<ConfigError> = content
            .into_iter()
            .chain(theme)
            .flat_map(|folder| match folder.missing() {
                Some(missing) => vec![missing],
                None => written
                    .iter()
                    .filter_map(|one| one.within(&folder))
                    .collect(),
            })
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

/// A folder that is written to, and may not be there yet.
struct Written<'a> {
    at: Option<&'a Spanned<PathBuf>>,
    place: PathBuf,
    what: Kept,
}

/// What is written there.
#[derive(Clone, Copy)]
enum Kept {
    Data,
    Mails,
}

impl Written<'_> {
    /// What is written would be taken for a change of what it lies in, so that
    /// every story that is counted, or mail that is sent, would have everything
    /// read again.
    fn within(&self, read: &Read<'_>) -> Option<ConfigError> {
        if !self.place.starts_with(place(read.path)) {
            return None;
        }
        let watched = read.path.display();
        let holds = read.holds;
        let (message, help) = match self.what {
            Kept::Data => (
                format!(
                    "the data folder lies in {watched}, which is watched: every count would be a \
                     change of it"
                ),
                format!(
                    "keep {holds} in a folder of their own beside the data folder, or name a data \
                     folder elsewhere: [server] data = \"/var/lib/ludgate\""
                ),
            ),
            Kept::Mails => (
                format!(
                    "the folder of mails lies in {watched}, which is watched: every mail would be \
                     a change of it"
                ),
                format!(
                    "keep {holds} in a folder of their own, or name a folder for mails elsewhere: \
                     [mail] folder = \"mail\""
                ),
            ),
        };
        let span = self.at.unwrap_or(read.written).span();
        Some(ConfigError::at(span, message).help(help))
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
