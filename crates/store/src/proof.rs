//! By what somebody was known who asked for something that matters: looked at
//! once more in the transaction of what they asked for.
//!
//! Comparing a password takes a while, and nothing may be held of the store
//! meanwhile. In that while the device may have been signed out, the password
//! changed or the account closed, by whoever has just found out that a stranger
//! sits there.

use access::SessionId;
use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::accounts::{Account, AccountStatus, PasswordHash};
use crate::connection::Reading;
use crate::error::StoreError;

/// What showed who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Whose account they use.
    pub account: AccountId,
    /// By which session.
    pub session: SessionId,
    /// The account's password at that time, where it had one.
    pub password: Option<PasswordHash>,
}

/// What showed who somebody is shows nothing any more. Nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lapsed {
    /// Their device is signed out, or the account isn't open any more.
    #[error("whoever asked has been signed out meanwhile; have them sign in again")]
    SignedOut,
    /// The account has another password.
    #[error("the password was changed meanwhile; have them type the new one")]
    OtherPassword,
}

impl Reading {
    /// The account, where who asked for something is still known by the same. A
    /// [`Writing`](crate::Writing) that says so may do it. `system` is the system
    /// clock, which sessions live by.
    pub async fn prove(
        &mut self,
        proof: &Proof,
        system: Timestamp,
    ) -> Result<Result<Account, Lapsed>, StoreError> {
        let whose = self.session_of(proof.session, system).await?;
        let found = self.account(proof.account).await?;
        let is_open = |found: &Account| found.status == AccountStatus::Open;
        let Some(found) = found
            .filter(is_open)
            .filter(|_| whose == Some(proof.account))
        else {
            return Ok(Err(Lapsed::SignedOut));
        };
        if found.password != proof.password {
            return Ok(Err(Lapsed::OtherPassword));
        }
        Ok(Ok(found))
    }
}
