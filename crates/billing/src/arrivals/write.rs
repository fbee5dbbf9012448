//! Writes down what was decided of somebody who comes over.

use commerce::ids::{AccountId, OrderId, PaymentMethodId};
use commerce::subscription::Command;
use jiff::Timestamp;
use store::accounts::NewAccount;
use store::acts::ActNumber;
use store::payment_methods::PaymentMethod;
use store::{Owner, StoreError, Writing};

use super::decide::{Beginning, Landing};
use super::{ACCOUNT, ADDRESS, Arrival, CardElsewhere, Coming, SUBSCRIPTION};
use crate::billing::Billing;
use crate::command::{Who, acted_on};
use crate::error::BillingError;
use crate::sales::Sales;

/// What somebody agrees to who gets a newsletter, and by which way we know.
const NEWSLETTER: &str = "newsletter";
const BY_IMPORT: &str = "import";

/// What a card is called of which nothing else is known.
const A_CARD: &str = "Card";

impl Billing {
    pub(super) async fn land(
        &self,
        writing: &mut Writing,
        (sales, who): (&Sales, &Who),
        arrival: &Arrival,
        landing: Landing,
        coming: Coming,
    ) -> Result<(), BillingError> {
        let Landing {
            account,
            is_new,
            is_known,
            begins,
        } = landing;
        let (now, system) = (self.now(), self.clock().system());
        if is_new {
            let since = arrival.since.unwrap_or(system).min(system);
            let new = NewAccount {
                id: account,
                mail: arrival.mail.clone(),
                name: arrival.name.clone(),
                locale: arrival.locale.clone(),
                password: None,
                verified: arrival.verified.then_some(system),
            };
            // It was looked up in this very transaction.
            if !writing.add_account(&new, since).await? {
                return Err(StoreError::Taken("the address".to_owned()).into());
            }
        }
        if !is_known {
            let id = account.to_string();
            let name = arrival.named(ACCOUNT, arrival.external.clone());
            writing.add_external_id(&name, &id).await?;
            let address = arrival.named(ADDRESS, arrival.mail.key());
            writing.add_external_id(&address, &id).await?;
            if arrival.newsletter {
                agreed(writing, arrival, account, system).await?;
            }
        }
        let owner = begins.as_ref().map(|begins| Owner::Subscription(begins.id));
        let act = acted_on(writing, who, "import", (account, owner), now).await?;
        if let Some(begins) = begins {
            let id = begins.id.to_string();
            let name = arrival.named(SUBSCRIPTION, arrival.external.clone());
            writing.add_external_id(&name, &id).await?;
            self.start(writing, sales, begins, (act, coming)).await?;
        }
        Ok(())
    }

    async fn start(
        &self,
        writing: &mut Writing,
        sales: &Sales,
        begins: Beginning,
        (act, coming): (Option<ActNumber>, Coming),
    ) -> Result<(), BillingError> {
        let Beginning {
            id,
            begin,
            at,
            ended,
            card,
        } = begins;
        if let (Some(method), Some(card)) = (begin.method, card) {
            self.keep(writing, begin.account, method, card).await?;
        }
        let books = sales.books(at, act);
        if coming == Coming::Told && ended.is_none() {
            writing.begin_subscription(id, &begin, &books).await?;
        } else {
            writing
                .begin_subscription_quietly(id, &begin, &books)
                .await?;
        }
        let Some(ended) = ended else {
            return Ok(());
        };
        let order = OrderId::new(self.inner.world.draw()?);
        let over = [(id, Command::Tick { order })];
        let books = sales.books(ended, act);
        for done in writing.commands_quietly(&over, &books).await? {
            done?;
        }
        Ok(())
    }

    async fn keep(
        &self,
        writing: &mut Writing,
        account: AccountId,
        id: PaymentMethodId,
        card: CardElsewhere,
    ) -> Result<(), BillingError> {
        let provider = self.provider_name();
        writing
            .add_customer(account, provider, &card.customer)
            .await?;
        let method = PaymentMethod {
            id,
            account,
            provider: provider.to_owned(),
            reference: card.method,
            customer: Some(card.customer),
            label: card.label.unwrap_or_else(|| A_CARD.to_owned()),
            expires: card.expires,
            created: self.now(),
            removed: None,
        };
        writing.add_payment_method(&method).await?;
        Ok(())
    }
}

/// Notes an agreement that was given elsewhere, to words that nobody here knows.
/// Whoever has spoken about it here is left as they are.
async fn agreed(
    writing: &mut Writing,
    arrival: &Arrival,
    account: AccountId,
    now: Timestamp,
) -> Result<(), BillingError> {
    let there = writing.consents(account).await?;
    if there.iter().any(|consent| consent.purpose == NEWSLETTER) {
        return Ok(());
    }
    let words = format!(
        "What was brought over from \"{}\" says that its reader has agreed to get a newsletter.",
        arrival.source
    );
    let words = writing.keep_words(&words, now).await?;
    writing
        .give_consent(account, NEWSLETTER, &words, BY_IMPORT, now)
        .await?;
    Ok(())
}
