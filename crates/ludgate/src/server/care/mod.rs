//! What customer care has the running server do: finds who is meant, has billing
//! do it in the name of whoever asked, and says what came of it once the gate
//! acts on it.
//!
//! What may be done is decided by commerce and billing.

mod delivery;
mod dossier;
mod jobs;
mod money;
mod owed;
mod people;
mod seats;
mod subscriptions;
mod tax;
mod which;
mod words;

use std::sync::Arc;

use anyhow::{Context, Result};
use billing::{Billing, Who};
use jiff::tz::TimeZone;
use store::Reading;

use self::delivery::Arranged;
use self::money::How;
use super::Running;
use super::readers::Readers;
use crate::care::{Act, Asked, By, Told};

/// Everything that care needs.
struct Care {
    running: Arc<Running>,
    billing: Billing,
    zone: TimeZone,
}

impl Running {
    /// Does what care asks.
    pub(super) async fn care(self: &Arc<Self>, asked: Asked) -> Result<Told> {
        let billing = self.readers.as_ref().and_then(Readers::billing);
        let billing = billing.context(
            "there are no readers with accounts here: the configuration says nothing of [mail]",
        )?;
        let care = Care {
            running: Arc::clone(self),
            billing: billing.clone(),
            zone: self.config().zone.clone(),
        };
        match asked {
            Asked::Find { text, by } => {
                let found = care.reading().await?.find(&text).await?;
                // What was looked for may be an address, which no log has.
                tracing::info!(by, found = found.len(), "readers were looked for");
                Ok(care.people(&found))
            }
            Asked::Who { reader } => {
                let found = which::reader(&mut care.reading().await?, &reader).await?;
                Ok(care.people(std::slice::from_ref(&found)))
            }
            Asked::Show { reader, events, by } => {
                let dossier = care.dossier(&reader, events).await?;
                tracing::info!(by, account = dossier.person.id, "a reader was looked at");
                Ok(Told::Shown(Box::new(dossier)))
            }
            Asked::Seats {
                reader,
                subscription,
                by,
            } => {
                let list = care.seats((&reader, subscription.as_deref())).await?;
                tracing::info!(by, subscription = list.id, "seats were looked at");
                Ok(Told::Seats(list))
            }
            Asked::Jobs {} => Ok(Told::Jobs(care.job_list().await?)),
            Asked::Act { by, act } => care.act(by, act).await,
        }
    }
}

impl Care {
    async fn reading(&self) -> Result<Reading> {
        Ok(self.billing.store().read().await?)
    }

    fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    async fn act(&self, By { who, why }: By, act: Act) -> Result<Told> {
        let is_for_show = act.is_for_show();
        let who = Who::Care { actor: who, why };
        let said = match act {
            Act::Export { reader } => return self.export(&who, &reader).await.map(Told::Exported),
            Act::Retry { id } => return self.retry(&who, id).await.map(Told::Done),
            Act::Grant {
                reader,
                product,
                until,
            } => {
                self.grant(&who, &reader, &product, until.as_deref())
                    .await?
            }
            Act::Revoke {
                reader,
                subscription,
                dry_run,
            } => {
                let named = subscription.as_deref();
                self.revoke(&who, (&reader, named), dry_run).await?
            }
            Act::Cancel {
                reader,
                subscription,
                now,
                dry_run,
            } => {
                let named = subscription.as_deref();
                self.cancel(&who, (&reader, named), now, dry_run).await?
            }
            Act::Tax {
                reader,
                subscription,
                country,
                business,
                dry_run,
            } => {
                let named = (reader.as_str(), subscription.as_deref());
                let taxed = tax::taxed(&country, business.as_deref())?;
                self.tax(&who, named, taxed, dry_run).await?
            }
            Act::Seats {
                reader,
                subscription,
                turn,
                domains,
                networks,
                dry_run,
            } => {
                let named = (reader.as_str(), subscription.as_deref());
                let whom = seats::whom(&domains, &networks)?;
                self.turn(&who, named, (turn, whom), dry_run).await?
            }
            Act::Delivery {
                reader,
                subscription,
                from,
                to,
                address,
            } => {
                let named = (reader.as_str(), subscription.as_deref());
                let arranged = Arranged { from, to, address };
                self.arrange(&who, named, arranged).await?
            }
            Act::Undo { reader, wish } => self.undo_delivery(&who, &reader, &wish).await?,
            Act::Refund {
                reader,
                payment,
                amount,
                end,
                again,
                dry_run,
            } => {
                let named = (reader.as_str(), payment.as_deref());
                let how = How {
                    end,
                    again,
                    dry_run,
                };
                self.refund(&who, named, amount.as_deref(), how).await?
            }
            Act::Resend { reader, mail } => self.resend(&who, &reader, mail).await?,
            Act::Merge { from, into } => self.merge(&who, &from, &into).await?,
            Act::Close { reader } => self.set_open(&who, &reader, false).await?,
            Act::Reopen { reader } => self.set_open(&who, &reader, true).await?,
            Act::Erase { reader, names } => self.erase(&who, &reader, names).await?,
        };
        if is_for_show || self.is_heard().await? {
            return Ok(Told::Done(said));
        }
        Ok(Told::Done(format!(
            "{said}\nThe gate doesn't act on that yet; its log may say why"
        )))
    }

    /// Whether the gate acts on all that is so by now, after a moment.
    async fn is_heard(&self) -> Result<bool> {
        match &self.running.readers {
            Some(readers) => Ok(readers.has_heard_all().await?),
            None => Ok(true),
        }
    }
}
