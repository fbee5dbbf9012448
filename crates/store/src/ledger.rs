//! The books, as rows: `commerce` says what is posted, and every entry sums to
//! zero before it gets here.

use access::Country;
use commerce::ledger::{Entry, LedgerAccount};

use crate::connection::Reading;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::rows::{Insert, Value};
use crate::statement::statements;

statements! {
    BALANCES = "SELECT account, currency, CAST(SUM(amount) AS BIGINT) FROM postings
        GROUP BY account, currency ORDER BY account, currency";
}

/// A line of the books.
pub(crate) const POSTINGS: Insert = Insert {
    name: "POSTINGS",
    head: "INSERT INTO postings (owner, seq, line, account, currency, amount, at)",
    columns: 7,
    tail: "",
};

/// What an account of the books is called: `provider`, `tax_payable:DE`.
fn name(account: LedgerAccount) -> String {
    let country = |country: Option<Country>| country.map_or("-".to_owned(), |it| it.to_string());
    match account {
        LedgerAccount::Provider => "provider".to_owned(),
        LedgerAccount::DeferredRevenue => "deferred_revenue".to_owned(),
        LedgerAccount::Revenue => "revenue".to_owned(),
        LedgerAccount::TaxPayable(whose) => format!("tax_payable:{}", country(whose)),
        LedgerAccount::RefundsPayable => "refunds_payable".to_owned(),
        LedgerAccount::Surplus => "surplus".to_owned(),
    }
}

/// The rows of a fact's entry.
pub(crate) fn rows(owner: Owner, seq: u64, entry: Option<&Entry>, at: i64) -> Vec<Vec<Value>> {
    let postings = entry.map(Entry::postings).unwrap_or_default();
    let row = |(line, posting): (i64, &commerce::ledger::Posting)| {
        vec![
            owner.to_string().into(),
            i64::try_from(seq).unwrap_or(i64::MAX).into(),
            line.into(),
            name(posting.account).into(),
            posting.amount.currency().code().into(),
            posting.amount.minor().into(),
            at.into(),
        ]
    };
    (1..).zip(postings).map(row).collect()
}

/// The balance of an account of the books in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The account: `provider`, `deferred_revenue`, `revenue`,
    /// `tax_payable:DE`, `refunds_payable`, `surplus`.
    pub account: String,
    /// The currency's code.
    pub currency: String,
    /// In minor units: debits above nought, credits below.
    pub amount: i64,
}

impl Reading {
    /// Every balance. Reads the whole ledger.
    pub async fn balances(&mut self) -> Result<Vec<Balance>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(BALANCES)
            .fetch_all(self.connection())
            .await?;
        let balance = |(account, currency, amount)| Balance {
            account,
            currency,
            amount,
        };
        Ok(rows.into_iter().map(balance).collect())
    }
}
