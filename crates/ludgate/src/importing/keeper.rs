//! Who is asked: the server that runs, or the command's own hands while none
//! does.

use anyhow::{Context, Result, bail};
use billing::Billing;
use jiff::tz::TimeZone;
use store::Store;

use super::office;
use super::wire::{Answer, Ask};
use crate::cli::TargetArgs;
use crate::config::Config;
use crate::control::{self, Command, Said};
use crate::folder::{self, Owned};
use crate::reach::{another, data_of};
use crate::secrets::Secrets;
use crate::server;

/// Who keeps the readers.
pub(super) enum Keeper {
    /// The server that owns the folder.
    Server(std::path::PathBuf),
    /// Nobody does, so the folder is ours until this is let go.
    Ourselves(Box<Ourselves>),
}

pub(super) struct Ourselves {
    store: Store,
    billing: Billing,
    zone: TimeZone,
    _folder: Owned,
}

impl Keeper {
    pub(super) async fn find(target: &TargetArgs) -> Result<Self> {
        let data = data_of(target)?;
        if control::is_there(&data)? && control::is_alive(&data).await? {
            return Ok(Self::Server(data));
        }
        if target.data.is_some() {
            bail!(
                "no server is running in the folder {}; start one, or name the configuration \
                 instead, with --config",
                data.display()
            );
        }
        let config = Config::load(&target.config)?;
        let secrets = Secrets::open(&data)?;
        let owned = folder::own(&data)?;
        let (store, billing) = server::billing_alone(&config, &secrets).await?;
        Ok(Self::Ourselves(Box::new(Ourselves {
            store,
            billing,
            zone: config.zone.clone(),
            _folder: owned,
        })))
    }

    pub(super) async fn ask(&self, ask: Ask) -> Result<Answer> {
        let data = match self {
            Self::Server(data) => data,
            Self::Ourselves(ours) => return office::answer(&ours.billing, &ours.zone, ask).await,
        };
        let said = control::ask(data, &Command::Import(Box::new(ask)), |_| {}).await?;
        match said.context("the server has stopped")? {
            Said::Import(answer) => Ok(answer),
            _ => Err(another()),
        }
    }

    /// Lets go of what was opened.
    pub(super) async fn close(self) {
        if let Self::Ourselves(ours) = self {
            ours.store.close().await;
        }
    }
}
