//! A copy of the database as it was at one moment, made beside its users.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::file::{create_private, sync_folder};
use crate::lock::beside;
use crate::store::Store;

/// SQLite's own way: a copy without its free pages, of one moment.
const COPY: &str = "VACUUM INTO $1";

/// A backup couldn't be made. There is none, not half of one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already.
    #[error("{} is there already; choose another name, or move it away", .0.display())]
    Exists(PathBuf),
    /// A path that SQLite can't be told.
    #[error("{} can't be written down as text; choose another path", .0.display())]
    Path(PathBuf),
    /// The file can't be written.
    #[error("the backup {} can't be written: {source}", path.display())]
    File {
        /// The backup.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Copies the database into a new file that only its owner may read. Others
    /// go on reading and writing; what they commit meanwhile isn't in it. The
    /// copy is on disk when this returns, and appears under its name only then.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        if to.exists() {
            return Err(BackupError::Exists(to.to_owned()));
        }
        let part = beside(to, ".part");
        let written = self.copy(&part).await.and_then(|()| {
            let done = File::open(&part).and_then(|file| file.sync_all());
            let done = done.and_then(|()| std::fs::rename(&part, to));
            done.and_then(|()| sync_folder(to))
                .map_err(|source| BackupError::File {
                    path: to.to_owned(),
                    source,
                })
        });
        if written.is_err() {
            // What is left of it is no backup; nothing more can be done.
            let _ = std::fs::remove_file(&part);
        }
        written
    }

    async fn copy(&self, part: &Path) -> Result<(), BackupError> {
        let text = part
            .to_str()
            .ok_or_else(|| BackupError::Path(part.to_owned()))?;
        let failed = |source| BackupError::File {
            path: part.to_owned(),
            source,
        };
        // One that was begun and never finished is in the way.
        match std::fs::remove_file(part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        create_private(part).map_err(failed)?;
        let mut connection = self.reader().await?;
        sqlx::query(COPY)
            .bind(text)
            .execute(&mut *connection)
            .await
            .map_err(StoreError::from)?;
        Ok(())
    }
}
