//! Writing out what is kept of somebody: to standard output, or to a file that
//! nobody else may read.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::plain::plain_json;

/// Where it goes.
pub(super) struct Place<'a>(Option<(File, &'a Path)>);

impl<'a> Place<'a> {
    /// Makes the file before anything is asked for: what is given away is noted, and
    /// it mustn't be noted of what nobody got.
    pub(super) fn make(to: Option<&'a Path>) -> Result<Self> {
        let Some(path) = to else {
            return Ok(Self(None));
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
        Ok(Self(Some((file, path))))
    }

    pub(super) fn write(self, all: &Value) -> Result<()> {
        let text = plain_json(&serde_json::to_string_pretty(all)?);
        let Some((mut file, path)) = self.0 else {
            return Ok(writeln!(anstream::stdout(), "{text}")?);
        };
        writeln!(file, "{text}")?;
        file.sync_all()?;
        let path = path.display();
        Ok(writeln!(
            anstream::stdout(),
            "written to {path}, which only you may read"
        )?)
    }

    /// Takes the file away again, as there is nothing for it.
    pub(super) fn unmake(self) {
        if let Some((_, path)) = self.0 {
            // It is empty, and says so itself where it stays.
            let _ = std::fs::remove_file(path);
        }
    }
}
