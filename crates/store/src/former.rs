//! Addresses that an account had before: by its reader's wish, or because another
//! account went into it. They are nobody's way to be found or to sign in, and are
//! kept for one thing: that what was sent there is given away and forgotten with
//! the rest.

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::mail_address::MailAddress;
use crate::moment::micros;
use crate::statement::statements;

/// The most that are listed of an account: an address changed every month for
/// eight years.
const MOST: i64 = 100;

statements! {
    KEEP = "INSERT INTO former_addresses (account_id, mail_key, until_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, mail_key) DO UPDATE SET until_at = excluded.until_at";
    // Whose it is by now is another's, and so is what is sent there.
    OF_ACCOUNT = "SELECT f.mail_key FROM former_addresses f WHERE f.account_id = $1
        AND NOT EXISTS (
            SELECT 1 FROM accounts a WHERE a.mail_key = f.mail_key AND a.id <> $1)
        ORDER BY f.until_at, f.mail_key LIMIT $2";
    // An address is one account's at a time: what was sent there to nobody yet
    // was sent to whoever has it now.
    CLAIM_JOBS = "UPDATE jobs SET account_id = $1 WHERE account_id IS NULL AND mail = $2";
    DROP_TOKENS = "DELETE FROM tokens WHERE account_id IS NULL AND mail_key = $1";
}

impl Reading {
    /// The addresses that an account had before and that nobody else has now, the
    /// first first. At most a hundred.
    pub async fn former_addresses(
        &mut self,
        account: AccountId,
    ) -> Result<Vec<MailAddress>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(MOST)
            .fetch_all(self.connection())
            .await?;
        let address = |(key,): &(String,)| {
            let address = MailAddress::new(key);
            address.map_err(|error| StoreError::damaged(format!("{account} had {error}")))
        };
        rows.iter().map(address).collect()
    }
}

impl Writing {
    /// Notes that an account has an address no more. What was sent there before
    /// there was an account belongs to it from then on, and links that went there
    /// are good for nothing.
    pub(crate) async fn leave_address(
        &mut self,
        account: AccountId,
        mail: &MailAddress,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let part = self.begins();
        let query = sqlx::query(KEEP)
            .bind(account.to_string())
            .bind(mail.key())
            .bind(micros(until));
        self.run(query).await?;
        let query = sqlx::query(CLAIM_JOBS)
            .bind(account.to_string())
            .bind(mail.trace().to_string());
        self.run(query).await?;
        self.run(sqlx::query(DROP_TOKENS).bind(mail.key())).await?;
        self.ends(part);
        Ok(())
    }
}
