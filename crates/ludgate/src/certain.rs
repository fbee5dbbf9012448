//! Asking whether something is really meant.

use std::io::{IsTerminal, Write};

use anyhow::{Result, bail};

/// Says on a terminal what would be done and asks, where it wasn't said that
/// nobody need be asked. Fails where it isn't meant, or nobody can be asked.
pub(crate) fn make_certain(is_said: bool, what: impl FnOnce() -> Result<String>) -> Result<()> {
    if is_said {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        bail!("nothing was done, for it can't be undone; say --yes where nobody can be asked");
    }
    let what = what()?;
    let mut out = anstream::stderr().lock();
    write!(out, "{what} Write yes to go on: ")?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if answer.trim() != "yes" {
        bail!("nothing was done");
    }
    Ok(())
}
