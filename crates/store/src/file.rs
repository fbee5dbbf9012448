//! Files that only their owner may read, and folders that are on disk.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes an empty file that only its owner may read. SQLite takes one for a new
/// database, and gives the files beside it the same permissions.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// A file's new name is only on disk when its folder is.
pub(crate) fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
