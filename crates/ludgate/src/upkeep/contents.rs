//! What a backup holds, and what it says of itself.
//!
//! A backup is a folder with the same names in it as the data folder, and a list
//! of them: so one that lost a part on its way is known for what it is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{openings, secrets};

/// What readers have opened: a folder.
pub(crate) const METER: &str = "meter";

/// Readers with accounts, and what they have bought.
pub(crate) const DATABASE: &str = "ludgate.db";

/// What the sandbox was told.
pub(crate) const JOURNAL: &str = "sandbox.journal";

/// The list.
pub(super) const LIST: &str = "backup.json";

/// The files that are copied as they are: what is open, the sandbox's journal,
/// and the keys. Without those every reader would start anew, and no code of a
/// gift be good.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    [openings::FILE, JOURNAL].into_iter().chain(secrets::FILES)
}

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct List {
    /// The version that made it.
    pub(super) version: String,
    pub(super) made: Timestamp,
    pub(super) holds: Vec<String>,
}

impl List {
    pub(super) fn new(made: Timestamp) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made,
            holds: Vec::new(),
        }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        Ok(private::replace(&folder.join(LIST), &(text + "\n"))?)
    }

    fn has(&self, name: &str) -> bool {
        self.holds.iter().any(|held| held == name)
    }
}

/// A backup that was found, with all that it says is in it.
#[derive(Debug)]
pub(super) struct Backup {
    pub(super) folder: PathBuf,
    pub(super) meter: PathBuf,
    pub(super) database: Option<PathBuf>,
    pub(super) files: Vec<&'static str>,
    /// When it was made; of the meter alone nobody knows.
    pub(super) made: Option<Timestamp>,
}

impl Backup {
    pub(super) fn find(folder: &Path) -> Result<Self> {
        // All there was before there were accounts.
        if is_meter(folder) {
            return Ok(Self {
                folder: folder.to_owned(),
                meter: folder.to_owned(),
                database: None,
                files: Vec::new(),
                made: None,
            });
        }
        let list = read(folder)?;
        let known =
            |name: &str| name == METER || name == DATABASE || files().any(|one| one == name);
        for name in &list.holds {
            if !known(name) {
                bail!(
                    "the backup {} holds {name:?}, which this version knows nothing of; restore \
                     it with version {} or a later one",
                    folder.display(),
                    list.version
                );
            }
            if !folder.join(name).exists() {
                bail!(
                    "the backup {} has lost {name}, which it had when it was made; copy it again, \
                     or choose another",
                    folder.display()
                );
            }
        }
        let meter = folder.join(METER);
        if !list.has(METER) || !is_meter(&meter) {
            bail!("{} is no meter; choose another backup", meter.display());
        }
        Ok(Self {
            meter,
            database: list.has(DATABASE).then(|| folder.join(DATABASE)),
            files: files().filter(|name| list.has(name)).collect(),
            made: Some(list.made),
            folder: folder.to_owned(),
        })
    }
}

/// A meter without a mark or a database would be begun anew.
fn is_meter(folder: &Path) -> bool {
    folder.join("mark").is_file() && folder.join("db").is_dir()
}

fn read(folder: &Path) -> Result<List> {
    let path = folder.join(LIST);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "{} is no backup: there is no {LIST} in it. Name a folder that `ludgate backup` has \
             made; a copy of a whole data folder is put in the place of that as it is",
            folder.display()
        ),
        other => other.with_context(|| format!("{} can't be read", path.display()))?,
    };
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{} is damaged; copy the backup again, or choose another",
            path.display()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_backup_or_lacks_something_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path();
        let refused = |words: &str| {
            let error = Backup::find(folder).expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        };
        refused("no backup");
        std::fs::write(folder.join(LIST), "{").expect("a file");
        refused("is damaged");
        let mut list = List::new(Timestamp::UNIX_EPOCH);
        list.write(folder).expect("written");
        refused("is no meter");
        list.holds = vec![METER.to_owned(), DATABASE.to_owned()];
        list.write(folder).expect("written");
        std::fs::create_dir_all(folder.join("meter/db")).expect("a folder");
        std::fs::write(folder.join("meter/mark"), "").expect("a file");
        refused("has lost ludgate.db");
        list.holds.push("../../else".to_owned());
        std::fs::write(folder.join(DATABASE), "").expect("a file");
        list.write(folder).expect("written");
        refused("knows nothing of");
        list.holds.pop();
        list.write(folder).expect("written");
        let found = Backup::find(folder).expect("a backup");
        assert_eq!(found.database, Some(folder.join(DATABASE)));
        let alone = Backup::find(&folder.join("meter")).expect("the meter alone");
        assert_eq!((alone.database, alone.made), (None, None));
    }
}
