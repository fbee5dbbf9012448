//! What somebody pays with, who they are to a payment provider, and where
//! something is delivered: facts name these by ids, and they are kept here,
//! where they can be erased. No card number ever comes here.

use std::collections::{BTreeSet, HashMap};

use commerce::address::PostalAddress;
use commerce::ids::{AccountId, AddressId, PaymentMethodId};
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::contract::{read, write};
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::rows::{Insert, Lookup, Value};
use crate::statement::statements;

/// The most payment methods that are listed.
pub const MAX_LISTED: usize = 50;

statements! {
    BY_ID = "SELECT id, account_id, provider, reference, customer, label, expires, created_at, removed_at
        FROM payment_methods WHERE id = $1";
    RENEW = "UPDATE payment_methods SET label = $2, expires = $3 WHERE id = $1";
    OF_ACCOUNT = "SELECT id, account_id, provider, reference, customer, label, expires, created_at,
        removed_at FROM payment_methods WHERE account_id = $1 AND removed_at IS NULL
        ORDER BY created_at DESC, id LIMIT $2";
    REMOVE = "UPDATE payment_methods SET removed_at = $3
        WHERE id = $1 AND account_id = $2 AND removed_at IS NULL";
    CUSTOMER = "SELECT customer FROM customers WHERE account_id = $1 AND provider = $2
        ORDER BY customer LIMIT 1";
    DROP_CUSTOMER = "DELETE FROM customers WHERE provider = $1 AND customer = $2";
    REMOVE_OF_CUSTOMER = "UPDATE payment_methods SET removed_at = $4 WHERE account_id = $1
        AND provider = $2 AND (customer = $3 OR customer IS NULL) AND removed_at IS NULL";
    ADDRESS = "SELECT body FROM addresses WHERE id = $1";
}

/// New methods, customers and addresses.
pub(crate) const INSERTS: &[Insert] = &[ADD, ADD_CUSTOMER, ADD_ADDRESS];
const ADD: Insert = Insert {
    name: "ADD",
    head: "INSERT INTO payment_methods
        (id, account_id, provider, reference, customer, label, expires, created_at)",
    columns: 8,
    tail: "",
};
const ADD_CUSTOMER: Insert = Insert {
    name: "ADD_CUSTOMER",
    head: "INSERT INTO customers (provider, account_id, customer)",
    columns: 3,
    tail: "ON CONFLICT (provider, customer) DO NOTHING",
};
const ADD_ADDRESS: Insert = Insert {
    name: "ADD_ADDRESS",
    head: "INSERT INTO addresses (id, account_id, body, created_at)",
    columns: 4,
    tail: "",
};

/// Searches for many.
pub(crate) const LOOKUPS: &[Lookup] = &[PAYERS, AT_PROVIDER, ACCOUNTS_OF];

/// What a provider calls so.
const AT_PROVIDER: Lookup = Lookup {
    name: "AT_PROVIDER",
    head: "SELECT id, account_id, provider, reference, customer, label, expires, created_at,
        removed_at FROM payment_methods WHERE provider = $1 AND reference",
    fixed: 1,
};

/// Whose accounts a provider's customers are.
const ACCOUNTS_OF: Lookup = Lookup {
    name: "ACCOUNTS_OF",
    head: "SELECT customer, account_id FROM customers WHERE provider = $1 AND customer",
    fixed: 1,
};

/// Who pays with what.
const PAYERS: Lookup = Lookup {
    name: "PAYERS",
    head: "SELECT m.id, m.provider, m.reference, COALESCE(m.customer, (
            SELECT MIN(c.customer) FROM customers c
            WHERE c.account_id = m.account_id AND c.provider = m.provider))
        FROM payment_methods m WHERE m.id",
    fixed: 0,
};

/// Something to pay with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Its id, which facts name.
    pub id: PaymentMethodId,
    /// Whose it is.
    pub account: AccountId,
    /// Which provider has it: `sandbox`, `stripe`.
    pub provider: String,
    /// What the provider calls it.
    pub reference: String,
    /// Under which customer the provider has it; `None` where that is the only
    /// one that its account has there.
    pub customer: Option<String>,
    /// What its owner knows it by: "Visa, ending in 4242".
    pub label: String,
    /// Through which month it is good, `2029-04`, where it ends.
    pub expires: Option<String>,
    /// Since when we know it.
    pub created: Timestamp,
    /// Since when it isn't offered any more. What is under way with it goes on.
    pub removed: Option<Timestamp>,
}

/// Who pays with what, in a provider's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    /// Which provider.
    pub provider: String,
    /// What it calls the payment method; empty once that was erased.
    pub reference: String,
    /// What it calls whose method it is, where that is known.
    pub customer: Option<String>,
}

type PayerRow = (String, String, String, Option<String>);

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    i64,
    Option<i64>,
);

fn method(row: Row) -> Result<PaymentMethod, StoreError> {
    let (id, account, provider, reference, customer, label, expires, created, removed) = row;
    Ok(PaymentMethod {
        id: parse(&id)?,
        account: parse(&account)?,
        provider,
        reference,
        customer,
        label,
        expires,
        created: timestamp(created)?,
        removed: some_timestamp(removed)?,
    })
}

impl Reading {
    /// A payment method, also one that was removed: money may go back to it.
    pub async fn payment_method(
        &mut self,
        id: PaymentMethodId,
    ) -> Result<Option<PaymentMethod>, StoreError> {
        let row: Option<Row> = sqlx::query_as(BY_ID)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(method).transpose()
    }

    /// Who pays with a method, also with one that was removed.
    pub async fn payer(&mut self, id: PaymentMethodId) -> Result<Option<Payer>, StoreError> {
        Ok(self.payers(&[id]).await?.remove(&id))
    }

    /// The same of many; what isn't there isn't among them.
    pub async fn payers(
        &mut self,
        ids: &[PaymentMethodId],
    ) -> Result<HashMap<PaymentMethodId, Payer>, StoreError> {
        let ids: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let rows: Vec<PayerRow> = PAYERS.find(self, &ids).await?;
        let keyed = rows.into_iter().map(|(id, provider, reference, customer)| {
            let payer = Payer {
                provider,
                reference,
                customer,
            };
            Ok((parse(&id)?, payer))
        });
        keyed.collect()
    }

    /// The payment method that a provider calls so.
    pub async fn payment_method_at(
        &mut self,
        provider: &str,
        reference: &str,
    ) -> Result<Option<PaymentMethod>, StoreError> {
        let references = [reference.to_owned()];
        let found = self.payment_methods_at(provider, &references).await?;
        Ok(found.into_values().next())
    }

    /// The same of many, by what the provider calls them; of several that it
    /// calls alike, the oldest.
    pub async fn payment_methods_at(
        &mut self,
        provider: &str,
        references: &[String],
    ) -> Result<HashMap<String, PaymentMethod>, StoreError> {
        let rows: Vec<Row> = AT_PROVIDER.find_with(self, &[provider], references).await?;
        let found = rows.into_iter().map(method);
        let mut found = found.collect::<Result<Vec<_>, _>>()?;
        found.sort_by_key(|one| std::cmp::Reverse((one.created, one.id.to_string())));
        let keyed = found.into_iter().map(|one| (one.reference.clone(), one));
        Ok(keyed.collect())
    }

    /// What an account pays with, the latest first; at most [`MAX_LISTED`].
    pub async fn payment_methods(
        &mut self,
        account: AccountId,
    ) -> Result<Vec<PaymentMethod>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.into_iter().map(method).collect()
    }

    /// Who an account is to a provider.
    pub async fn customer_at(
        &mut self,
        account: AccountId,
        provider: &str,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(CUSTOMER)
            .bind(account.to_string())
            .bind(provider)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|(customer,)| customer))
    }

    /// Whose accounts a provider's customers are; whom nobody knows isn't among them.
    pub async fn accounts_of_customers(
        &mut self,
        provider: &str,
        customers: &[String],
    ) -> Result<HashMap<String, AccountId>, StoreError> {
        let rows: Vec<(String, String)> =
            ACCOUNTS_OF.find_with(self, &[provider], customers).await?;
        let keyed = rows.into_iter();
        let keyed = keyed.map(|(customer, account)| Ok((customer, parse(&account)?)));
        keyed.collect()
    }

    /// A postal address; `None` where it is unknown or was erased.
    pub async fn address(&mut self, id: AddressId) -> Result<Option<PostalAddress>, StoreError> {
        let row: Option<(Option<String>,)> = sqlx::query_as(ADDRESS)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        let body = row.and_then(|(body,)| body);
        body.map(|body| read("an address", &body)).transpose()
    }
}

impl Writing {
    /// Keeps a payment method.
    pub async fn add_payment_method(&mut self, new: &PaymentMethod) -> Result<(), StoreError> {
        self.add_payment_methods(std::slice::from_ref(new)).await
    }

    /// Keeps many.
    pub async fn add_payment_methods(&mut self, new: &[PaymentMethod]) -> Result<(), StoreError> {
        let row = |new: &PaymentMethod| {
            vec![
                new.id.to_string().into(),
                new.account.to_string().into(),
                new.provider.as_str().into(),
                new.reference.as_str().into(),
                new.customer.clone().into(),
                new.label.as_str().into(),
                new.expires.clone().into(),
                micros(new.created).into(),
            ]
        };
        let rows: Vec<Vec<Value>> = new.iter().map(row).collect();
        ADD.write(self, &rows).await
    }

    /// Notes that a method is known by something else now: its bank has sent a
    /// new card.
    pub async fn renew_payment_method(
        &mut self,
        id: PaymentMethodId,
        label: &str,
        expires: Option<&str>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(RENEW)
            .bind(id.to_string())
            .bind(label)
            .bind(expires);
        self.run(query).await?;
        Ok(())
    }

    /// Offers one of an account's methods no more; `false` where it has no such.
    pub async fn remove_payment_method(
        &mut self,
        account: AccountId,
        id: PaymentMethodId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(REMOVE)
            .bind(id.to_string())
            .bind(account.to_string())
            .bind(micros(now));
        let rows = self.run(query).await?;
        Ok(rows == 1)
    }

    /// Notes who an account is to a provider.
    pub async fn add_customer(
        &mut self,
        account: AccountId,
        provider: &str,
        customer: &str,
    ) -> Result<(), StoreError> {
        let new = [(account, customer.to_owned())];
        self.add_customers(provider, &new).await
    }

    /// The same of many.
    pub async fn add_customers(
        &mut self,
        provider: &str,
        new: &[(AccountId, String)],
    ) -> Result<(), StoreError> {
        let row = |(account, customer): &(AccountId, String)| {
            vec![
                provider.into(),
                account.to_string().into(),
                customer.as_str().into(),
            ]
        };
        let rows: Vec<Vec<Value>> = new.iter().map(row).collect();
        ADD_CUSTOMER.write(self, &rows).await
    }

    /// Notes that a provider has deleted a customer that an account was, with all
    /// cards: nobody is asked for any of it again, and none is offered.
    pub async fn drop_customer(
        &mut self,
        account: AccountId,
        (provider, customer): (&str, &str),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(REMOVE_OF_CUSTOMER)
            .bind(account.to_string())
            .bind(provider)
            .bind(customer)
            .bind(micros(now));
        self.run(query).await?;
        let query = sqlx::query(DROP_CUSTOMER).bind(provider).bind(customer);
        self.run(query).await.map(drop)
    }

    /// Keeps a postal address. A changed one is another: facts say which held
    /// when.
    pub async fn add_address(
        &mut self,
        id: AddressId,
        account: AccountId,
        address: &PostalAddress,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.add_addresses(&[(id, account, address)], now).await
    }

    /// Keeps many.
    pub async fn add_addresses(
        &mut self,
        new: &[(AddressId, AccountId, &PostalAddress)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = |(id, account, address): &(AddressId, AccountId, &PostalAddress)| {
            Ok(vec![
                id.to_string().into(),
                account.to_string().into(),
                write(*address)?.into(),
                micros(now).into(),
            ])
        };
        let rows = new
            .iter()
            .map(row)
            .collect::<Result<Vec<_>, StoreError>>()?;
        ADD_ADDRESS.write(self, &rows).await
    }
}
