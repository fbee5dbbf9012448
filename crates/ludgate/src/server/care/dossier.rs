//! All about a reader, put together of one look into the store.

use anyhow::Result;
use commerce::subscription::{Stage, Subscription};
use jiff::Timestamp;
use store::accounts::{Account, AccountStatus};
use store::care::{Entry, What};
use store::{Owner, Reading};

use super::words::{Teller, said};
use super::{Care, which};
use crate::care::{Dossier, Happened, Payment, Person, Subscribed, Told};

impl Care {
    pub(super) fn people(&self, accounts: &[Account]) -> Told {
        Told::Found {
            zone: self.zone_name(),
            people: accounts.iter().map(person).collect(),
        }
    }

    pub(super) async fn dossier(&self, reader: &str, most: usize) -> Result<Dossier> {
        let mut reading = self.reading().await?;
        let account = which::reader(&mut reading, reader).await?;
        let id = account.id;
        let system = self.billing.clock().system();
        let subscriptions = reading.subscriptions(id).await?;
        let seats = reading.seats(id).await?;
        let payments = which::payments(&mut reading, id).await?;
        let cards = reading.payment_methods(id).await?;
        let delivery = self.wishes(&mut reading, id).await?;
        let devices = reading.sessions(id, system).await?.len();
        let (events, has_more) = self.events(&mut reading, id, most).await?;
        Ok(Dossier {
            zone: self.zone_name(),
            person: person(&account),
            subscriptions: subscriptions.iter().map(subscribed).collect(),
            seats: seats.iter().map(subscribed).collect(),
            payments: payments.into_iter().map(payment).collect::<Result<_>>()?,
            delivery,
            cards: cards.into_iter().map(|card| card.label).collect(),
            devices,
            events,
            has_more,
        })
    }

    /// The latest of what happened, and whether there is more.
    async fn events(
        &self,
        reading: &mut Reading,
        account: commerce::ids::AccountId,
        most: usize,
    ) -> Result<(Vec<Happened>, bool)> {
        let mut entries = reading.timeline(account, Timestamp::MAX).await?;
        let mut page = entries.clone();
        while entries.len() <= most {
            let Some(last) = page.last() else { break };
            page = reading.timeline_after(account, last).await?;
            if page.is_empty() {
                break;
            }
            entries.extend(page.iter().cloned());
        }
        let has_more = entries.len() > most;
        entries.truncate(most);
        let teller = Teller(&self.zone);
        let events = entries.into_iter().map(|entry| event(entry, &teller));
        Ok((events.collect(), has_more))
    }
}

fn person(account: &Account) -> Person {
    Person {
        id: account.id.to_string(),
        status: match account.status {
            AccountStatus::Open => "open".to_owned(),
            AccountStatus::Closed => "closed".to_owned(),
            AccountStatus::Merged(into) => format!("merged into {into}"),
            AccountStatus::Erased => "erased".to_owned(),
        },
        mail: account.mail.as_ref().map(ToString::to_string),
        verified: account.verified,
        name: account.name.clone(),
        locale: account.locale.clone(),
        created: account.created,
    }
}

fn subscribed(one: &Subscription) -> Subscribed {
    let (stage, why, until) = match &one.stage {
        Stage::Incomplete { expires } => ("incomplete", None, Some(*expires)),
        Stage::Active => ("active", one.ends_with_period(), one.period_end()),
        Stage::PastDue { until } => ("past due", None, Some(*until)),
        Stage::Paused { resumes, .. } => ("paused", None, Some(*resumes)),
        Stage::Ended { at, why } => ("ended", Some(*why), Some(*at)),
    };
    Subscribed {
        id: one.id.to_string(),
        product: one.terms.product.to_string(),
        offer: one.terms.offer.to_string(),
        origin: said(&one.origin),
        stage: stage.to_owned(),
        why: why.map(|why| said(&why)),
        until,
        then: one.next_charge().map(|(_, amount)| amount.to_string()),
    }
}

fn payment(paid: which::Paid) -> Result<Payment> {
    let left = paid.payment.refundable()?;
    let (invoice, date) = paid.invoice.unzip();
    Ok(Payment {
        charge: paid.payment.charge.to_string(),
        of: paid.owner.to_string(),
        invoice,
        date,
        total: paid.payment.total.to_string(),
        refunded: paid.payment.refunded.to_string(),
        left: left.to_string(),
    })
}

fn event(entry: Entry, teller: &Teller<'_>) -> Happened {
    match entry.what {
        What::Fact {
            owner,
            name,
            act,
            body,
            ..
        } => {
            // One of a later version is shown by its name alone.
            let detail = match owner {
                Owner::Subscription(_) => {
                    serde_json::from_value(body.clone()).map(|fact| teller.fact(&fact))
                }
                Owner::Gift(_) => {
                    serde_json::from_value(body.clone()).map(|fact| teller.gift(&fact))
                }
            };
            Happened {
                at: entry.at,
                of: Some(owner.to_string()),
                what: name,
                detail: detail.unwrap_or_default(),
                act: act.map(store::acts::ActNumber::get),
                by: None,
                reason: None,
                fact: Some(body),
            }
        }
        What::Act {
            number,
            actor,
            what,
            why,
            owner,
        } => Happened {
            at: entry.at,
            of: owner.map(|owner| owner.to_string()),
            what,
            detail: String::new(),
            act: Some(number.get()),
            by: Some(actor),
            reason: (!why.is_empty()).then_some(why),
            fact: None,
        },
    }
}
