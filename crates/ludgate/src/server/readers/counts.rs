//! What is kept of readers outside of the store: stories that were counted, and
//! mails in a folder. Given away and forgotten with the rest.

use std::sync::Arc;

use access::{Counted, ReaderId};
use anyhow::Result;
use billing::{Erased, Forgetting, Traces};
use commerce::ids::AccountId;
use gateway::{gifts_of, reader_of};
use meter::{Lookup, Store};
use providers::mail::Address;
use serde_json::{Value, json};
use store::{MailAddress, TokenHash};

use super::post::Postman;

/// Where the meter keeps what an account has read, and what it has given.
fn records(account: AccountId) -> [ReaderId; 2] {
    let reader = reader_of(account.into());
    [reader, gifts_of(reader)]
}

/// The stories that were counted for an account, and those it has given to
/// others. Blocks.
pub(crate) fn of(meter: &Store, account: AccountId) -> Result<[Vec<Value>; 2]> {
    let [read, given] = records(account);
    Ok([stories(meter, read)?, stories(meter, given)?])
}

fn stories(meter: &Store, reader: ReaderId) -> Result<Vec<Value>> {
    meter.warm(reader)?;
    let counted = match meter.read(reader, <[Counted]>::to_vec) {
        Lookup::Warm(counted) => counted,
        Lookup::Cold => Vec::new(),
    };
    let mut all = Vec::with_capacity(counted.len());
    for one in counted {
        let story = meter.story_id(one.story)?;
        all.push(json!({
            "story": story.map(|story| story.to_string()),
            "at": one.at.timestamp().to_string(),
        }));
    }
    Ok(all)
}

/// Counts for one account what was counted for another. Blocks.
pub(crate) fn merge(meter: &Store, from: AccountId, into: AccountId) -> Result<()> {
    for (from, into) in records(from).into_iter().zip(records(into)) {
        meter.merge(from, into)?;
        meter.forget(from)?;
    }
    Ok(())
}

/// Whether an address is the one of that trace.
pub(crate) fn is_of(address: &Address, trace: TokenHash) -> bool {
    MailAddress::new(address.as_str()).is_ok_and(|address| address.trace() == trace)
}

/// Who forgets it.
pub(super) struct Keepers {
    pub(super) meter: Store,
    pub(super) postman: Arc<Postman>,
}

impl Traces for Keepers {
    fn forget<'a>(&'a self, whom: &'a Erased) -> Forgetting<'a> {
        let (meter, folder) = (self.meter.clone(), self.postman.folder());
        let whom = whom.clone();
        Box::pin(async move {
            let forgotten = tokio::task::spawn_blocking(move || {
                for record in whom.accounts.iter().copied().flat_map(records) {
                    meter.forget(record)?;
                }
                if let Some(folder) = folder {
                    let traces: Vec<TokenHash> = whom.mail.into_iter().chain(whom.former).collect();
                    folder.forget(|to| traces.iter().any(|trace| is_of(to, *trace)))?;
                }
                Ok::<(), anyhow::Error>(())
            });
            match forgotten.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(format!("{error:#}")),
                Err(error) => Err(error.to_string()),
            }
        })
    }
}
