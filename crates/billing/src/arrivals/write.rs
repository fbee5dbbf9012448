//! Writes down what was decided of some who come over: each kind of row for all
//! of them at once.

use commerce::ids::AccountId;
use jiff::Timestamp;
use store::accounts::NewAccount;
use store::acts::{Act, ActNumber};
use store::consents::NEWSLETTER;
use store::payment_methods::PaymentMethod;
use store::subscriptions::Elsewhere;
use store::{Owner, StoreError, Writing};

use super::decide::{Beginning, Landing};
use super::{ACCOUNT, ADDRESS, Arrival, Coming, SUBSCRIPTION};
use crate::billing::Billing;
use crate::command::Who;
use crate::error::BillingError;
use crate::sales::Sales;

/// By which way we know that somebody agreed to get a newsletter.
const BY_IMPORT: &str = "import";

/// What a card is called of which nothing else is known.
const A_CARD: &str = "Card";

/// Those who come, and what is to be written of each.
type Landings<'a> = [(&'a Arrival, Landing)];

impl Billing {
    pub(super) async fn land(
        &self,
        writing: &mut Writing,
        (sales, who): (&Sales, &Who),
        landings: &Landings<'_>,
        coming: Coming,
    ) -> Result<(), BillingError> {
        let (now, system) = (self.now(), self.clock().system());
        accounts(writing, landings, system).await?;
        names(writing, landings).await?;
        agreements(writing, landings, system).await?;
        cards(writing, self.provider_name(), landings, now).await?;
        addresses(writing, landings, now).await?;
        let acts = acts(writing, who, landings, now).await?;
        let mut begins = Vec::new();
        for ((_, landing), act) in landings.iter().zip(acts) {
            if let Some(beginning) = &landing.begins {
                begins.push(elsewhere(beginning, act, coming));
            }
        }
        writing.put_down(&begins, &sales.books(now, None)).await?;
        Ok(())
    }
}

fn elsewhere(beginning: &Beginning, act: Option<ActNumber>, coming: Coming) -> Elsewhere {
    Elsewhere {
        id: beginning.id,
        begin: beginning.begin.clone(),
        since: beginning.at,
        over: beginning.ended,
        act,
        is_told: coming == Coming::Told && beginning.ended.is_none(),
    }
}

/// Keeps what they go on paying with.
async fn cards(
    writing: &mut Writing,
    provider: &str,
    landings: &Landings<'_>,
    now: Timestamp,
) -> Result<(), BillingError> {
    let (mut customers, mut methods) = (Vec::new(), Vec::new());
    for (_, landing) in landings {
        let account = landing.account;
        let Some(begins) = &landing.begins else {
            continue;
        };
        let (Some(id), Some(card)) = (begins.begin.method, &begins.card) else {
            continue;
        };
        customers.push((account, card.customer.clone()));
        methods.push(PaymentMethod {
            id,
            account,
            provider: provider.to_owned(),
            reference: card.method.clone(),
            customer: Some(card.customer.clone()),
            label: card.label.clone().unwrap_or_else(|| A_CARD.to_owned()),
            expires: card.expires.clone(),
            created: now,
            removed: None,
        });
    }
    writing.add_customers(provider, &customers).await?;
    writing.add_payment_methods(&methods).await?;
    Ok(())
}

/// Keeps where it is delivered.
async fn addresses(
    writing: &mut Writing,
    landings: &Landings<'_>,
    now: Timestamp,
) -> Result<(), BillingError> {
    let mut new = Vec::new();
    for (_, landing) in landings {
        if let Some(begins) = &landing.begins
            && let (Some(id), Some(post)) = (begins.begin.address, &begins.post)
        {
            new.push((id, landing.account, post));
        }
    }
    writing.add_addresses(&new, now).await?;
    Ok(())
}

async fn accounts(
    writing: &mut Writing,
    landings: &Landings<'_>,
    now: Timestamp,
) -> Result<(), BillingError> {
    let new = landings.iter().filter(|(_, landing)| landing.is_new);
    let new = new.map(|(arrival, landing)| {
        let account = NewAccount {
            id: landing.account,
            mail: arrival.mail.clone(),
            name: arrival.name.clone(),
            locale: arrival.locale.clone(),
            password: None,
            verified: arrival.verified.then_some(now),
        };
        (account, arrival.since.unwrap_or(now).min(now))
    });
    let new: Vec<_> = new.collect();
    // They were looked up in this very transaction.
    if writing.add_accounts(&new).await? != new.len() {
        return Err(StoreError::Taken("an address".to_owned()).into());
    }
    Ok(())
}

/// Notes by which names they have come.
async fn names(writing: &mut Writing, landings: &Landings<'_>) -> Result<(), BillingError> {
    let mut names = Vec::new();
    for (arrival, landing) in landings {
        let account = landing.account.to_string();
        if !landing.is_known {
            let id = arrival.named(ACCOUNT, arrival.external.clone());
            names.push((id, account.clone()));
            names.push((arrival.named(ADDRESS, arrival.mail.key()), account));
        }
        if let Some(begins) = &landing.begins {
            let id = arrival.named(SUBSCRIPTION, arrival.external.clone());
            names.push((id, begins.id.to_string()));
        }
    }
    writing.add_external_ids(&names).await?;
    Ok(())
}

/// Notes agreements that were given elsewhere, to words that nobody here knows.
/// Whoever has spoken about it here is left as they are.
async fn agreements(
    writing: &mut Writing,
    landings: &Landings<'_>,
    now: Timestamp,
) -> Result<(), BillingError> {
    let agreed = landings
        .iter()
        .filter(|(arrival, landing)| arrival.newsletter && !landing.is_known);
    let mut accounts: Vec<AccountId> = agreed.map(|(_, landing)| landing.account).collect();
    let spoke = writing.spoke_of(NEWSLETTER, &accounts).await?;
    accounts.retain(|account| !spoke.contains(account));
    let (Some((arrival, _)), false) = (landings.first(), accounts.is_empty()) else {
        return Ok(());
    };
    // They are all from one place.
    let words = format!(
        "What was brought over from \"{}\" says that its reader has agreed to get a newsletter.",
        arrival.source
    );
    let words = writing.keep_words(&words, now).await?;
    writing
        .give_consents(&accounts, NEWSLETTER, &words, BY_IMPORT, now)
        .await?;
    Ok(())
}

/// Writes down who brings each of them.
async fn acts(
    writing: &mut Writing,
    who: &Who,
    landings: &Landings<'_>,
    now: Timestamp,
) -> Result<Vec<Option<ActNumber>>, BillingError> {
    let Who::Care { actor, why } = who else {
        return Ok(vec![None; landings.len()]);
    };
    let act = |(_, landing): &(&Arrival, Landing)| {
        let begins = landing.begins.as_ref();
        Act {
            actor: actor.clone(),
            what: "import".to_owned(),
            why: why.clone(),
            account: Some(landing.account),
            owner: begins.map(|begins| Owner::Subscription(begins.id)),
        }
    };
    let acts: Vec<Act> = landings.iter().map(act).collect();
    let numbers = writing.note_acts(&acts, now).await?;
    Ok(numbers.into_iter().map(Some).collect())
}
