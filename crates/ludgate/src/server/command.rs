//! What commands from the control socket come to.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use gateway::Purge;
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::Running;
use super::readers::Readers;
use crate::config::instant;
use crate::control::{Command, News, Pages, Said};
use crate::explain;
use crate::importing::{self, Answer, Ask};
use crate::openings::Openings;
use crate::upkeep::Kept;
use crate::world;

impl Running {
    /// Carries out a command from the control socket. What reads files or
    /// waits for its turn does so on a thread that may block.
    pub(crate) async fn command(
        self: &Arc<Self>,
        command: Command,
        progress: mpsc::Sender<News>,
    ) -> Result<Said> {
        match command {
            Command::Explain(question) => {
                let at = match &question.at {
                    Some(text) => self.instant(text, false)?,
                    None => self.clock.now(),
                };
                explain::explain(self, &question, at)
                    .await
                    .map(|said| Said::Explained(Box::new(said)))
            }
            Command::Backup { to, by } => self.backup(to, &by, progress).await,
            Command::Open { what, until } => {
                let until = self.instant(&until, true)?;
                let open = move |running: &Self| running.open(what, until, running.clock.now());
                self.blocking(open).await.map(Said::Done)
            }
            Command::Close { id } => {
                let close = move |running: &Self| running.close(&id);
                self.blocking(close).await.map(Said::Done)
            }
            Command::Rotate { by } => {
                let rotate = move |running: &Self| running.rotate_keys(&by);
                self.blocking(rotate).await.map(Said::Done)
            }
            Command::Staff { hours, by } => self.staff_link(hours, &by).map(Said::Done),
            Command::Care(asked) => self.care(asked).await.map(Said::Care),
            Command::Clock => Ok(Said::Done(self.clock_says())),
            Command::Advance(how) => self.move_clock(&how, progress).await.map(Said::Done),
            Command::Import(ask) => self.import(*ask).await.map(Said::Import),
            Command::PriceRise(raise) => self.raise_price(raise, progress).await.map(Said::Done),
            Command::Print(ask) => self.print(ask, progress).await.map(Said::Print),
            Command::Purge(pages) => self.purge(&pages).map(Said::Done),
            Command::Openings => {
                let openings = self.blocking(|running| Openings::load(running.data()));
                let openings = openings.await?;
                let zone = &self.config().zone;
                let open = openings.at(self.clock.now());
                Ok(Said::Openings(open.map(|one| one.in_words(zone)).collect()))
            }
        }
    }

    /// Does something that blocks where that holds nobody up.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let running = Arc::clone(self);
        tokio::task::spawn_blocking(move || work(&running)).await?
    }

    async fn import(&self, ask: Ask) -> Result<Answer> {
        let Some(billing) = self.readers.as_ref().and_then(Readers::billing) else {
            bail!(importing::NO_ACCOUNTS);
        };
        importing::answer(billing, &self.config().zone, ask).await
    }

    fn instant(&self, text: &str, inclusive: bool) -> Result<Timestamp> {
        instant(text, &self.config().zone, inclusive).map_err(anyhow::Error::msg)
    }

    fn purge(&self, pages: &Pages) -> Result<String> {
        let mut which = Vec::new();
        if pages.all {
            which.push(Purge::Everything);
        }
        let no_address = |text: &str| format!("\"{text}\" is no address of a page");
        for url in &pages.urls {
            which.push(Purge::url(url).with_context(|| no_address(url))?);
        }
        for prefix in &pages.prefixes {
            which.push(Purge::prefix(prefix).with_context(|| no_address(prefix))?);
        }
        let tags = pages.tags.iter();
        which.extend(tags.map(|tag| Purge::Tag(tag.as_str().into())));
        Ok(match self.gate.purge(&which) {
            0 => "nothing of that was kept".to_owned(),
            1 => "1 page is forgotten and asked for anew".to_owned(),
            many => format!("{many} pages are forgotten and asked for anew"),
        })
    }

    async fn backup(&self, to: PathBuf, by: &str, progress: mpsc::Sender<News>) -> Result<Said> {
        ensure!(
            to.is_absolute(),
            "the backup's folder must be an absolute path"
        );
        let kept = Kept {
            data: self.data().to_owned(),
            meter: self.meter.clone(),
            store: self.readers.as_ref().map(|readers| readers.store().clone()),
        };
        let copy = kept.copy(to.clone(), world::now(), progress);
        // Done to its end, though nobody waits for it any more.
        let said = tokio::spawn(copy).await??;
        tracing::info!(to = %to.display(), by, "a backup was made");
        Ok(Said::Done(said))
    }
}
