//! Where a file of addresses goes: to standard output, or to a file that nobody
//! else may read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};

/// Where it goes.
pub(super) struct Place<'a>(To<'a>);

enum To<'a> {
    Out(std::io::Stdout),
    File(BufWriter<File>, &'a Path),
}

impl<'a> Place<'a> {
    /// Makes the file before anything is asked for: what is exported is settled, and
    /// nothing is to be settled for a file that can't be written.
    pub(super) fn make(to: Option<&'a Path>) -> Result<Self> {
        let Some(path) = to else {
            return Ok(Self(To::Out(std::io::stdout())));
        };
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .with_context(|| {
                let path = path.display();
                format!("{path} can't be written; name a file that isn't there yet")
            })?;
        Ok(Self(To::File(BufWriter::new(file), path)))
    }

    pub(super) fn write(&mut self, rows: &str) -> Result<()> {
        match &mut self.0 {
            To::Out(out) => out.write_all(rows.as_bytes())?,
            To::File(file, path) => file
                .write_all(rows.as_bytes())
                .with_context(|| format!("{} can't be written", path.display()))?,
        }
        Ok(())
    }

    /// It is whole: on the disk, where it is a file.
    pub(super) fn done(self) -> Result<()> {
        match self.0 {
            To::Out(mut out) => Ok(out.flush()?),
            To::File(file, path) => {
                let written = file
                    .into_inner()
                    .map_err(std::io::IntoInnerError::into_error);
                let synced = written.and_then(|file| file.sync_all());
                synced.with_context(|| format!("{} can't be written", path.display()))
            }
        }
    }

    /// Takes the file away again: half of one would be taken for a whole one.
    pub(super) fn unmake(self) {
        if let To::File(file, path) = self.0 {
            drop(file);
            // Where it stays, it was said that it isn't whole.
            let _ = std::fs::remove_file(path);
        }
    }
}
