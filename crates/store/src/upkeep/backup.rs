//! A copy of the database as it was at one moment, made beside its users.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::file::{also_name, aside, open_private, remove, sync_folder};
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
        let lock = begin(&part).await?;
        let copied = self.copy(&part).await;
        if let Err(error) = copied {
            // What is left of it is no backup; nothing more can be done.
            let _ = std::fs::remove_file(&part);
            return Err(error);
        }
        let to = to.to_owned();
        let (from, name) = (part, to.clone());
        let named = aside(move || {
            lock.sync_all()?;
            let named = also_name(&from, &name);
            remove(&from)?;
            named?;
            sync_folder(&name)
        });
        named.await.map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(to),
            _ => BackupError::File { path: to, source },
        })
    }

    async fn copy(&self, part: &Path) -> Result<(), BackupError> {
        let text = part
            .to_str()
            .ok_or_else(|| BackupError::Path(part.to_owned()))?;
        let mut connection = self.reader().await?;
        sqlx::query(COPY)
            .bind(text)
            .execute(&mut *connection)
            .await
            .map_err(StoreError::from)?;
        Ok(())
    }
}

/// An empty file to copy into, which is nobody else's as long as it is held: two
/// backups of one name would write over one another. One that was begun and
/// never finished is emptied.
async fn begin(part: &Path) -> Result<File, BackupError> {
    let path = part.to_owned();
    let begun = aside(move || {
        let file = open_private(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        file.set_len(0)?;
        Ok(file)
    });
    begun.await.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(part.to_owned()),
        _ => BackupError::File {
            path: part.to_owned(),
            source,
        },
    })
}
