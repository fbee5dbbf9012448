//! The programs' interface: what it is made of, and who receives requests for it.
//! Joins crates that must not know each other.

use std::sync::Arc;

use anyhow::Result;
use api::{Api, Parts};
use arc_swap::ArcSwap;
use gateway::Gate;

use super::readers::Readers;
use super::readers::desk::Desk;
use crate::assemble::Appearance;
use crate::config::Config;
use crate::newsroom::Stand;
use crate::origin::Pages;
use crate::secrets::Secrets;
use crate::texts::Texts;
use crate::world;

/// How stories are read, and searched.
type Ways<'a> = (&'a Arc<Gate>, &'a Arc<Texts>);

/// The programs' interface, as it is now.
pub(super) struct Programs {
    api: Arc<ArcSwap<Api>>,
    secret: [u8; 32],
}

impl Programs {
    /// Opens it, and the readers' own pages where there are any: from now on the gate
    /// hands over what is asked there.
    pub(super) fn open(
        ways: Ways<'_>,
        readers: Option<&Readers>,
        secrets: &Secrets,
        now: (&Config, &Appearance, &Pages),
    ) -> Result<Self> {
        let secret = secrets.pages()?;
        let api = made(ways, readers, secret, now)?;
        let programs = Self {
            api: Arc::new(ArcSwap::from_pointee(api)),
            secret,
        };
        let counter = readers.and_then(Readers::counter);
        let desk = Desk::new(Arc::clone(&programs.api), counter);
        ways.0.receive_by(Arc::new(desk));
        Ok(programs)
    }

    /// What another configuration, or other content, makes of it.
    pub(super) fn renewed(
        &self,
        ways: Ways<'_>,
        readers: Option<&Readers>,
        now: (&Config, &Appearance, &Pages),
    ) -> Result<Api> {
        Ok(made(ways, readers, self.secret, now)?.after(&self.api.load()))
    }

    /// Works by that from the next request on.
    pub(super) fn show(&self, api: Api) {
        self.api.store(Arc::new(api));
    }
}

fn made(
    (gate, texts): Ways<'_>,
    readers: Option<&Readers>,
    secret: [u8; 32],
    (config, appearance, pages): (&Config, &Appearance, &Pages),
) -> Result<Api> {
    let accounts = readers.map(|readers| readers.for_programs(config));
    Ok(Api::new(Parts {
        settings: api::Settings {
            name: config.name.clone(),
            url: config.url.text.clone(),
            prefix: config.gate.prefix.clone(),
            locales: config.locales.clone(),
            timezone: config.zone.iana_name().unwrap_or("UTC").to_owned(),
            colours: appearance
                .looks
                .as_ref()
                .map(|looks| looks.colours.everywhere.clone())
                .unwrap_or_default(),
            origins: config.api_origins.clone(),
        },
        gate: Arc::clone(gate),
        newsroom: Arc::new(Stand::new(pages.newspaper().cloned(), Arc::clone(texts))),
        accounts: accounts.transpose()?.flatten(),
        messages: Arc::clone(&appearance.messages),
        secret,
        world: api::World {
            system: Arc::new(world::now),
            random: Arc::new(world::random),
        },
    }))
}
