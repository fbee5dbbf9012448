//! Reaching the running server that a command is for: its folder, its socket,
//! and what it says.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::ProgressBar;

use crate::bar;
use crate::cli::TargetArgs;
use crate::config::Glance;
use crate::control::{self, Command, News, Said};

/// Has the running server do something, and prints what it says to that.
pub(crate) fn tell_server(target: &TargetArgs, command: &Command) -> Result<()> {
    match ask_server(target, command)? {
        Some(said) => say(said),
        None => Err(no_server(target)),
    }
}

/// Has the running server say something.
pub(crate) fn tell_and_take(target: &TargetArgs, command: &Command) -> Result<Said> {
    ask_server(target, command)?.ok_or_else(|| no_server(target))
}

/// Prints what was done.
pub(crate) fn say(said: Said) -> Result<()> {
    match said {
        Said::Done(said) => Ok(writeln!(anstream::stdout(), "{said}")?),
        _ => Err(another()),
    }
}

/// The data folder. Whatever else may be wrong with the configuration: a
/// command that is in a hurry must find the server.
pub(crate) fn data_of(target: &TargetArgs) -> Result<PathBuf> {
    match &target.data {
        Some(data) => Ok(data.clone()),
        None => Ok(Glance::at(&target.config)?.data),
    }
}

/// What is known of the publication whose data folder is `data`.
pub(crate) fn home_of(target: &TargetArgs, data: &Path) -> Option<Glance> {
    let glance = Glance::at(&target.config).ok()?;
    let same = |path: &Path| path.canonicalize().ok();
    let ours = same(&glance.data).is_some_and(|path| Some(path) == same(data));
    ours.then_some(glance)
}

/// Why an answer is none.
pub(crate) fn another() -> anyhow::Error {
    anyhow::anyhow!("the server answered something else; is it of another version?")
}

pub(crate) fn no_server(target: &TargetArgs) -> anyhow::Error {
    let folder = data_of(target).unwrap_or_default();
    anyhow::anyhow!(
        "no server is running in the folder {}; start one, or name its folder with --data",
        folder.display()
    )
}

/// Asks the running server, with a progress bar where it takes a while.
pub(crate) fn ask_server(target: &TargetArgs, command: &Command) -> Result<Option<Said>> {
    let data = data_of(target)?;
    if !control::is_there(&data)? {
        return Ok(None);
    }
    let bar = match command {
        Command::Backup { .. } => bar::endless("{spinner} {pos} records copied in {elapsed}")?,
        Command::PriceRise(_) => {
            bar::endless("{spinner} {pos} subscriptions looked at in {elapsed}")?
        }
        _ => ProgressBar::hidden(),
    };
    let said = runtime()?.block_on(ask(&data, command, &bar));
    bar.finish_and_clear();
    said
}

async fn ask(data: &Path, command: &Command, bar: &ProgressBar) -> Result<Option<Said>> {
    control::ask(data, command, |news| match news {
        News::Progress(done) => bar.set_position(done),
        // Whoever has stopped looking doesn't stop what happens.
        News::Told(line) => drop(writeln!(anstream::stdout(), "{line}")),
        // Only who asks for a file is sent one.
        News::Rows(_) => {}
    })
    .await
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}
