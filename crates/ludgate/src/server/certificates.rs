//! The certificates of a running server: put to work, reloaded, renewed, and
//! looked at day by day.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use tls::{Acceptor, Certificates, Challenges, Keeper, Served, Status, World};
use tokio::sync::watch;

use super::door::Door;
use super::knocks::Knocks;
use crate::config::{Config, Tls};
use crate::world;

/// How long before its end a certificate is spoken of at most. Those of 90 days
/// are renewed four weeks before it, as a rule.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// And for one of a few days the part of its time that is left: half of what is
/// left when it should have been renewed.
const PART: i32 = 6;

/// How often they are looked at.
const EVERY: Duration = Duration::from_hours(24);

/// What a server with TLS works by.
pub(crate) struct Secured {
    certificates: Arc<Certificates>,
    pub(super) challenges: Arc<Challenges>,
    keeper: Option<Arc<Keeper>>,
}

impl Secured {
    /// Reads what is to be served. Reads and makes files.
    pub(super) fn new(config: &Tls) -> Result<Self> {
        let (certificates, _) = Certificates::open(&config.files, world::now())?;
        let challenges = Challenges::new();
        let keeper = config.acme.clone().map(|settings| {
            let (certificates, challenges) = (Arc::clone(&certificates), Arc::clone(&challenges));
            Keeper::open(settings, certificates, challenges, clock())
        });
        let keeper = keeper
            .transpose()
            .context("certificates can't be kept")?
            .map(Arc::new);
        Ok(Self {
            certificates,
            challenges,
            keeper,
        })
    }

    /// Takes the files of `config` in place of those before; where anything is
    /// wrong with any, all stays as it was.
    pub(super) fn reload(&self, config: &Tls) -> Result<()> {
        self.certificates.reload(&config.files, world::now())?;
        Ok(())
    }

    fn acceptor(&self, patience: Duration) -> Result<Acceptor> {
        let (certificates, challenges) = (&self.certificates, &self.challenges);
        Ok(Acceptor::new(
            Arc::clone(certificates),
            Arc::clone(challenges),
            patience,
            &clock(),
        )?)
    }

    /// Orders and renews, and says when one comes to its end, until `stop` turns
    /// true. Must be called within a runtime.
    pub(super) fn tend(self: &Arc<Self>, stop: &watch::Receiver<bool>) {
        if let Some(keeper) = &self.keeper {
            let (keeper, stop) = (Arc::clone(keeper), stop.clone());
            tokio::spawn(async move { keeper.run(stop).await });
        }
        let own = Arc::clone(self);
        tokio::spawn(async move {
            loop {
                for served in own.served() {
                    if let Some(said) = ending(&served, world::now()) {
                        tracing::warn!("{said}");
                    }
                }
                tokio::time::sleep(EVERY).await;
            }
        });
    }

    /// What is being served, the default first.
    pub(crate) fn served(&self) -> Vec<Served> {
        self.certificates.served()
    }

    /// How things stand with the authority, where there is one.
    pub(crate) fn authority(&self) -> Option<Status> {
        self.keeper.as_ref().map(|keeper| keeper.status())
    }

    /// A line about each certificate, and about the authority.
    pub(crate) fn in_words(&self, now: Timestamp) -> Vec<String> {
        let mut lines: Vec<String> = self
            .served()
            .iter()
            .map(|served| {
                ending(served, now).unwrap_or_else(|| {
                    format!("{} until {}", name(served), served.validity.not_after)
                })
            })
            .collect();
        if lines.is_empty() {
            lines.push("NONE YET: nobody can connect".to_owned());
        }
        let failure = self.authority().and_then(|status| status.failure);
        lines.extend(failure.map(|failure| format!("FAILED at {}: {}", failure.at, failure.what)));
        lines
    }
}

/// The door that `config` asks for; none where sockets are read as they are.
pub(super) fn door(
    config: &Config,
    secured: Option<&Secured>,
    knocks: &Arc<Knocks>,
) -> Result<Option<Arc<Door>>> {
    let server = &config.server;
    if secured.is_none() && !server.proxy_protocol {
        return Ok(None);
    }
    let acceptor = secured.map(|secured| secured.acceptor(server.handshake));
    Ok(Some(Arc::new(Door {
        asks_proxies: server.proxy_protocol,
        patience: server.handshake,
        acceptor: acceptor.transpose()?,
        knocks: Arc::clone(knocks),
    })))
}

fn clock() -> World {
    World {
        now: Arc::new(world::now),
        random: Arc::new(world::random),
    }
}

/// The first of its names.
pub(crate) fn name(served: &Served) -> &str {
    served.names.first().map_or("(no name)", String::as_str)
}

/// What is to be said of a certificate that has ended, or soon will.
fn ending(served: &Served, now: Timestamp) -> Option<String> {
    let until = served.validity.not_after;
    let name = name(served);
    if now > until {
        return Some(format!(
            "the certificate for {name} ran out at {until}: browsers refuse it. Renew it"
        ));
    }
    let lifetime = until.duration_since(served.validity.not_before);
    (until.duration_since(now) < SOON.min(lifetime / PART)).then(|| {
        format!("the certificate for {name} runs out at {until}, and nobody has renewed it yet")
    })
}

#[cfg(test)]
mod tests {
    use tls::{Source, Validity};

    use super::*;

    #[test]
    fn an_end_is_told_two_weeks_before_it_and_from_then_on() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let mut served = Served {
            source: Source::Files,
            names: vec!["a.example".to_owned()],
            validity: Validity {
                not_before: at("2026-01-01T00:00:00Z"),
                not_after: at("2026-03-31T00:00:00Z"),
            },
        };
        let said = |now| ending(&served, at(now)).unwrap_or_default();
        assert_eq!(said("2026-03-16T23:59:59Z"), "");
        assert!(said("2026-03-17T00:00:01Z").contains("runs out at 2026-03-31"));
        assert!(said("2026-03-31T00:00:01Z").contains("ran out"));
        // One of six days is as good as new with five left.
        served.validity.not_before = at("2026-03-25T00:00:00Z");
        let said = |now| ending(&served, at(now)).is_some();
        assert!(!said("2026-03-29T23:59:59Z") && said("2026-03-30T00:00:01Z"));
    }
}
