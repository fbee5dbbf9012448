//! `ludgate backup`: the running server copies what it keeps. Whole or not at
//! all: it is made beside its place and renamed at the end.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use jiff::Timestamp;
use store::Store;
use tokio::sync::mpsc;

use super::contents::{DATABASE, List, METER, files};
use super::partial::Partial;
use crate::actor::actor;
use crate::cli::TargetArgs;
use crate::control::{Command, News};
use crate::reach::{ask_server, no_server, say};

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// The folder to copy into, which must not exist or be empty
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

/// `ludgate backup`
pub(crate) fn backup(args: &BackupArgs) -> Result<()> {
    let to = std::path::absolute(&args.to)?;
    let by = actor(None);
    match ask_server(&args.target, &Command::Backup { to, by })? {
        Some(said) => say(said),
        None => bail!(
            "{}; a stopped server's data folder can be copied as it is",
            no_server(&args.target)
        ),
    }
}

/// What a running server keeps.
pub(crate) struct Kept {
    pub(crate) data: PathBuf,
    pub(crate) meter: meter::Store,
    /// `None` where there are no accounts.
    pub(crate) store: Option<Store>,
}

impl Kept {
    /// Copies it into a folder that isn't there yet, or empty. What was done, in
    /// words.
    pub(crate) async fn copy(
        self,
        to: PathBuf,
        now: Timestamp,
        progress: mpsc::Sender<News>,
    ) -> Result<String> {
        let place = to.clone();
        let partial = tokio::task::spawn_blocking(move || Partial::take(&place)).await??;
        let filled = self.fill(&partial.path, now, progress).await;
        let finish = move || match filled {
            Ok(list) => partial.finish().map(|()| list),
            Err(error) => {
                partial.remove();
                Err(error)
            }
        };
        let list = tokio::task::spawn_blocking(finish).await??;
        Ok(words(&to, &list))
    }

    async fn fill(self, into: &Path, now: Timestamp, progress: mpsc::Sender<News>) -> Result<List> {
        let mut list = List::new(now);
        let (meter, place) = (self.meter, into.join(METER));
        let copied = tokio::task::spawn_blocking(move || {
            meter.backup(&place, &mut |step| {
                // Progress that nobody takes in time is not worth waiting for.
                let _ = progress.try_send(News::Progress(step.copied));
            })
        });
        copied.await??;
        list.holds.push(METER.to_owned());
        if let Some(store) = &self.store {
            store.backup(&into.join(DATABASE)).await?;
            list.holds.push(DATABASE.to_owned());
        }
        // After the database: a sandbox may know more than that, as a bank would,
        // and never less.
        let (data, into) = (self.data, into.to_owned());
        let copy = move || {
            for name in files() {
                if private::copy(&data.join(name), &into.join(name))? {
                    list.holds.push(name.to_owned());
                }
            }
            list.write(&into)?;
            Ok(list)
        };
        tokio::task::spawn_blocking(copy).await?
    }
}

fn words(to: &Path, list: &List) -> String {
    format!(
        "the backup is in {}: {}\n\
         not in it: the configuration and what it names (content, theme, words, passwords, \
         certificates, mails), and acme/, which an authority gives anew\n\
         it holds keys: let nobody have it who may not have the data folder",
        to.display(),
        list.holds.join(", ")
    )
}
