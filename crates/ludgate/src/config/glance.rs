//! A glance at a configuration: what a command must know to find the server
//! that works by it, however broken the rest of the file is by now.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::errors::{ConfigError, ConfigErrors};
use super::{DATA, PublicationUrl, read};

/// What is needed to find a server and to speak its language.
#[derive(Debug)]
pub(crate) struct Glance {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The publication's zone, if the file names one that exists.
    pub(crate) zone: Option<TimeZone>,
    /// The publication's own address, if the file names one.
    pub(crate) url: Option<PublicationUrl>,
}

impl Glance {
    /// Reads the file, which must be TOML.
    pub(crate) fn at(file: &Path) -> Result<Self, ConfigErrors> {
        let text = read(file).map_err(|message| ConfigErrors::unreadable(file, message))?;
        let table: toml::Table = match toml::from_str(&text) {
            Ok(table) => table,
            Err(error) => {
                let error = ConfigError::from_toml(&error)
                    .help("put it right, or name the server's data folder with --data");
                return Err(ConfigErrors {
                    file: file.to_owned(),
                    text,
                    errors: vec![error],
                });
            }
        };
        let text = |section: &str, key: &str| table.get(section)?.get(key)?.as_str();
        let folder = file.parent().unwrap_or(Path::new(""));
        let zone = text("publication", "timezone").and_then(|name| TimeZone::get(name).ok());
        Ok(Self {
            data: folder.join(text("server", "data").unwrap_or(DATA)),
            zone,
            url: text("publication", "url").and_then(PublicationUrl::parse),
        })
    }
}
