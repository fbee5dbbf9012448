//! What shows people that something goes on: on terminals only.

use std::io::IsTerminal;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How many stories have been looked at.
pub(crate) const STORIES: &str = "{bar:40} {pos} of {len} stories, {eta} left";

/// How often one of which the end isn't known moves though nothing is told.
const TICK: Duration = Duration::from_millis(100);

/// One that is told how far it has to go.
pub(crate) fn measured(template: &str) -> Result<ProgressBar> {
    let bar = ProgressBar::hidden();
    if std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template(template)?);
    }
    Ok(bar)
}

/// One of which it isn't known how far it has to go.
pub(crate) fn endless(template: &str) -> Result<ProgressBar> {
    let bar = measured(template)?;
    if !bar.is_hidden() {
        bar.enable_steady_tick(TICK);
    }
    Ok(bar)
}
