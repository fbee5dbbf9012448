//! Writing out what is kept of somebody: to standard output, or to a file that
//! nobody else may read.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::plain::plain_json;

pub(super) fn write(all: &Value, to: Option<&Path>) -> Result<()> {
    let text = plain_json(&serde_json::to_string_pretty(all)?);
    let Some(path) = to else {
        return Ok(writeln!(anstream::stdout(), "{text}")?);
    };
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| {
            let path = path.display();
            format!("{path} can't be written; name a file that isn't there yet")
        })?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    let path = path.display();
    Ok(writeln!(
        anstream::stdout(),
        "written to {path}, which only you may read"
    )?)
}
