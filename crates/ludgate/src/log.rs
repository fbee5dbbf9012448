//! Logging: one line an event, for people or for machines.

use anyhow::{Result, anyhow};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging to standard error. Addresses and reader ids never get here:
/// the crates that see them don't log them.
pub(crate) fn start(log: &Log, colour: bool) -> Result<()> {
    let filter = filter(&log.level)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Human => builder.with_ansi(colour).with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    }
    .map_err(|error| anyhow!("logging can't be started: {error}"))
}

/// Everything of ours at `level`, and of others what is wrong. A name stands
/// for all that begin with it, so this is all of our crates: `ludgate_meter`
/// and the others, and the target `ludgate::decision`. The resolver says nothing:
/// the names that it asks for have addresses in them.
fn filter(level: &str) -> Result<EnvFilter> {
    Ok(EnvFilter::try_new(format!(
        "warn,hickory=off,ludgate={level}"
    ))?)
}

#[cfg(test)]
mod tests {
    use tracing::Level;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn the_level_is_that_of_all_our_crates_and_of_nobody_elses() {
        let filter = filter("debug").expect("a filter");
        let subscriber = tracing_subscriber::registry().with(filter);
        tracing::subscriber::with_default(subscriber, || {
            assert!(tracing::enabled!(target: "ludgate::server", Level::DEBUG));
            assert!(tracing::enabled!(target: "ludgate::decision", Level::DEBUG));
            assert!(tracing::enabled!(target: "ludgate_gateway::pages", Level::DEBUG));
            assert!(tracing::enabled!(target: "ludgate_meter::writer", Level::DEBUG));
            assert!(tracing::enabled!(target: "ludgate_page", Level::DEBUG));
            assert!(!tracing::enabled!(target: "ludgate_meter", Level::TRACE));
            assert!(!tracing::enabled!(target: "fjall", Level::INFO));
            assert!(tracing::enabled!(target: "fjall", Level::WARN));
            assert!(!tracing::enabled!(target: "hickory_resolver::resolver", Level::ERROR));
        });
    }
}
