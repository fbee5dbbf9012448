//! What is here already of some who come over: read for all of them at once, so
//! that each can be decided upon without asking again.

use std::collections::{HashMap, HashSet};

use commerce::ids::AccountId;
use commerce::subscription::Subscription;
use store::accounts::{Account, AccountStatus};
use store::payment_methods::PaymentMethod;
use store::{MailAddress, Reading, StoreError};

use super::{ACCOUNT, ADDRESS, Arrival, Brings, CardElsewhere, SUBSCRIPTION};
use crate::error::BillingError;

/// What is here of some who come.
pub(super) struct Here {
    /// What their ids, addresses and subscriptions there are called here.
    accounts: HashMap<String, String>,
    addresses: HashMap<String, String>,
    subscriptions: HashMap<String, String>,
    /// Who has their addresses.
    by_mail: HashMap<String, Account>,
    /// What accounts that are here have, of those who bring something.
    own: HashMap<AccountId, Vec<Subscription>>,
    /// Whose their customers at the provider are, and what their cards are.
    customers: HashMap<String, AccountId>,
    methods: HashMap<String, PaymentMethod>,
}

/// The first of some that come from one place and of whom no two are the same in
/// anything that they are known by: none of them changes what is here of another.
pub(super) fn apart(arrivals: &[Arrival]) -> &[Arrival] {
    let source = arrivals.first().map(|one| &one.source);
    let mut seen = HashSet::new();
    let mut is_new = |kind: &'static str, name: String| seen.insert((kind, name));
    let is_apart = |arrival: &&Arrival| {
        let card = card(arrival);
        Some(&arrival.source) == source
            && is_new("id", arrival.external.clone())
            && is_new("mail", arrival.mail.key())
            && card.is_none_or(|card| {
                is_new("customer", card.customer.clone()) && is_new("method", card.method.clone())
            })
    };
    let count = arrivals.iter().take_while(is_apart).count();
    arrivals.split_at(count).0
}

/// What somebody goes on paying with.
pub(super) fn card(arrival: &Arrival) -> Option<&CardElsewhere> {
    match &arrival.brings {
        Brings::Paid(paid) => paid.card.as_ref(),
        Brings::Account | Brings::Given { .. } => None,
    }
}

impl Here {
    /// Reads it for some who are [apart].
    pub(super) async fn read(
        reading: &mut Reading,
        provider: &str,
        arrivals: &[Arrival],
    ) -> Result<Self, StoreError> {
        let source = arrivals.first().map_or("", |one| one.source.as_str());
        let external: Vec<String> = arrivals.iter().map(|one| one.external.clone()).collect();
        let mails: Vec<MailAddress> = arrivals.iter().map(|one| one.mail.clone()).collect();
        let keys: Vec<String> = mails.iter().map(MailAddress::key).collect();
        let cards = || arrivals.iter().filter_map(card);
        let customers: Vec<String> = cards().map(|card| card.customer.clone()).collect();
        let methods: Vec<String> = cards().map(|card| card.method.clone()).collect();
        let mut here = Self {
            accounts: reading.local_ids(source, ACCOUNT, &external).await?,
            addresses: reading.local_ids(source, ADDRESS, &keys).await?,
            subscriptions: reading.local_ids(source, SUBSCRIPTION, &external).await?,
            by_mail: reading.accounts_by_mail(&mails).await?,
            own: HashMap::new(),
            customers: reading.accounts_of_customers(provider, &customers).await?,
            methods: reading.payment_methods_at(provider, &methods).await?,
        };
        for arrival in arrivals {
            // Who can't come has nothing that matters.
            if let (true, Ok(Some(account))) = (here.brings(arrival), here.account(arrival)) {
                let own = reading.subscriptions(account).await?;
                here.own.insert(account, own);
            }
        }
        Ok(here)
    }

    /// Whoever has come before, by this id. One with another address is somebody
    /// else, in another file.
    pub(super) fn known(&self, arrival: &Arrival) -> Result<Option<AccountId>, BillingError> {
        let Some(local) = self.accounts.get(&arrival.external) else {
            return Ok(None);
        };
        if self.addresses.get(&arrival.mail.key()) != Some(local) {
            return Err(BillingError::SomebodyElse(arrival.external.clone()));
        }
        let account = local.parse::<AccountId>();
        let account = account.map_err(|error| StoreError::Damaged(error.to_string()))?;
        Ok(Some(account))
    }

    /// Whoever has come before, or else has the address here already.
    pub(super) fn account(&self, arrival: &Arrival) -> Result<Option<AccountId>, BillingError> {
        if let Some(known) = self.known(arrival)? {
            return Ok(Some(known));
        }
        match self.by_mail.get(&arrival.mail.key()) {
            None => Ok(None),
            Some(found) if found.status == AccountStatus::Open => Ok(Some(found.id)),
            Some(_) => Err(BillingError::AccountClosed),
        }
    }

    /// Whether somebody brings something that hasn't come before.
    pub(super) fn brings(&self, arrival: &Arrival) -> bool {
        !matches!(arrival.brings, Brings::Account)
            && !self.subscriptions.contains_key(&arrival.external)
    }

    /// What an account has here.
    pub(super) fn own(&self, account: AccountId) -> &[Subscription] {
        self.own.get(&account).map_or(&[], Vec::as_slice)
    }

    /// Whose a card is, by its customer and by itself.
    pub(super) fn owners(&self, card: &CardElsewhere) -> impl Iterator<Item = AccountId> {
        let customer = self.customers.get(&card.customer).copied();
        let method = self.method(card).map(|found| found.account);
        customer.into_iter().chain(method)
    }

    /// The card, where it is here.
    pub(super) fn method(&self, card: &CardElsewhere) -> Option<&PaymentMethod> {
        self.methods.get(&card.method)
    }
}
