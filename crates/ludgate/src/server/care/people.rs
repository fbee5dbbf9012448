//! What care does with accounts: sends mail again, merges, gives away all that is
//! known, forgets.

use anyhow::{Context, Result, bail};
use billing::{BillingError, Resend, Who};
use commerce::ids::AccountId;
use serde_json::{Value, json};
use store::MailAddress;
use store::acts::Act;
use store::care::{EraseError, InvoiceNames};

use super::{Care, which};
use crate::care::{Mail, plain};
use crate::server::readers::{Readers, counts};

impl Care {
    pub(super) async fn resend(&self, who: &Who, reader: &str, mail: Mail) -> Result<String> {
        let account = which::open_reader(&mut self.reading().await?, reader).await?;
        let which = match mail {
            Mail::Receipt => Resend::Receipt,
            Mail::Latest => Resend::Latest,
            Mail::Password => {
                self.send_password_link(who, account.id).await?;
                return Ok(format!(
                    "{} is sent a link that is good for an hour",
                    account.id
                ));
            }
        };
        let sent = self.billing.resend(who, account.id, which).await?;
        Ok(format!(
            "the mail about \"{}\" was sent to {}",
            sent.about,
            plain(&sent.to)
        ))
    }

    async fn send_password_link(&self, who: &Who, account: AccountId) -> Result<()> {
        let clock = self.billing.clock();
        let (system, now) = (clock.system(), clock.now());
        let readers = self.running.readers.as_ref();
        let pages = readers.and_then(Readers::pages);
        let pages = pages.context("the readers' pages aren't served")?;
        let Who::Care { actor, why } = who else {
            bail!("that is for customer care to do");
        };
        let mut writing = self.billing.store().write().await?;
        let found = writing.account(account).await?;
        let found = found.context("the account is gone")?;
        let act = Act {
            actor: actor.clone(),
            what: "resend".to_owned(),
            why: why.clone(),
            account: Some(account),
            owner: None,
        };
        writing.act(&act, now).await?;
        pages
            .send_password_link(&mut writing, &found, (system, now))
            .await?;
        writing.commit().await?;
        Ok(())
    }

    pub(super) async fn merge(&self, who: &Who, from: &str, into: &str) -> Result<String> {
        let mut reading = self.reading().await?;
        let from = which::open_reader(&mut reading, from).await?;
        let into = which::open_reader(&mut reading, into).await?;
        drop(reading);
        let merged = self.billing.merge(who, from.id, into.id).await?;
        let meter = self.running.meter.clone();
        let (old, new) = (from.id, into.id);
        let moved = tokio::task::spawn_blocking(move || counts::merge(&meter, old, new));
        if let Err(error) = moved.await? {
            tracing::warn!(%error, "what a merged account had read isn't counted for the other");
        }
        let mut said = vec![format!(
            "{} went into {}, with {} and {}",
            from.id,
            into.id,
            counted_as(merged.subscriptions.len(), "subscription"),
            counted_as(merged.seats.len(), "seat")
        )];
        let twice = self.billing.paid_twice(into.id).await?;
        if !twice.is_empty() {
            let twice: Vec<String> = twice.iter().map(ToString::to_string).collect();
            said.push(format!(
                "The same is paid for by each of {}; end what is one too many with ludgate reader \
                 cancel",
                twice.join(", ")
            ));
        }
        Ok(said.join("\n"))
    }

    /// What the store knows of somebody, what they have read, and what was mailed
    /// to them into a folder.
    pub(super) async fn export(&self, who: &Who, reader: &str) -> Result<Value> {
        let account = which::reader(&mut self.reading().await?, reader).await?;
        let mut all = self.billing.export(who, account.id).await?;
        let meter = self.running.meter.clone();
        let id = account.id;
        let counted = tokio::task::spawn_blocking(move || counts::of(&meter, id));
        let [read, given] = counted.await??;
        let folder = self.running.mail_folder()?;
        let mut theirs = self.reading().await?.former_addresses(id).await?;
        theirs.extend(account.mail);
        let traces: Vec<_> = theirs.iter().map(MailAddress::trace).collect();
        let mails = match folder {
            Some(folder) => {
                let mailed = tokio::task::spawn_blocking(move || {
                    folder.sent_to(|to| traces.iter().any(|trace| counts::is_of(to, *trace)))
                });
                mailed.await??
            }
            None => Vec::new(),
        };
        let mails: Vec<Value> = mails
            .into_iter()
            .map(|mail| {
                json!({
                    "date": mail.date.to_string(),
                    "subject": mail.subject.as_str(),
                    "text": mail.text,
                })
            })
            .collect();
        if let Value::Object(map) = &mut all {
            map.insert("read".to_owned(), Value::Array(read));
            map.insert("given".to_owned(), Value::Array(given));
            map.insert("mails".to_owned(), Value::Array(mails));
        }
        Ok(all)
    }

    /// Closes an account, or opens it again.
    pub(super) async fn set_open(&self, who: &Who, reader: &str, is_open: bool) -> Result<String> {
        let id = which::reader(&mut self.reading().await?, reader).await?.id;
        self.billing.set_open(who, id, is_open).await?;
        Ok(if is_open {
            format!("{id} is open; its reader can sign in again")
        } else {
            format!(
                "{id} is closed: it is signed out everywhere, and nobody can sign in. What it has \
                 goes on; ludgate reader cancel ends that"
            )
        })
    }

    pub(super) async fn erase(&self, who: &Who, reader: &str, names: bool) -> Result<String> {
        let account = which::reader(&mut self.reading().await?, reader).await?;
        let names = if names {
            InvoiceNames::Forgotten
        } else {
            InvoiceNames::Kept
        };
        let id = account.id;
        let erased = match self.billing.erase(who, id, names).await {
            Err(BillingError::Erase(EraseError::Active(running))) => {
                let first = running.first().map(ToString::to_string).unwrap_or_default();
                bail!(
                    "what {id} has still runs, {}: end each first, as with ludgate reader cancel \
                     {first} --now, or revoke where it was given",
                    counted_as(running.len(), "subscription")
                )
            }
            other => other?,
        };
        let mut said = vec![format!(
            "{id} is erased; mails and counts are forgotten within a moment"
        )];
        said.extend(erased.customers.iter().map(|(provider, customer)| {
            let customer = plain(customer);
            format!("{provider} knows them as {customer}, and is asked to delete them")
        }));
        Ok(said.join("\n"))
    }
}

/// So many of something: `1 seat`, `2 seats`.
fn counted_as(many: usize, what: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {what}{plural}")
}
