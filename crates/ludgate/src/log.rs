//! Logging: one line an event, for people or for machines.

use anyhow::{Result, anyhow};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging to standard error. Addresses and reader ids never get here:
/// the crates that see them don't log them.
pub(crate) fn start(log: &Log, colour: bool) -> Result<()> {
    let filter = EnvFilter::try_new(format!(
        "warn,ludgate={level},gateway={level},ludgate_gateway={level},ludgate_meter={level}",
        level = log.level
    ))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Human => builder.with_ansi(colour).with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    }
    .map_err(|error| anyhow!("logging can't be started: {error}"))
}
