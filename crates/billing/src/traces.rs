//! What is kept of somebody outside of the store: counts, mails in a folder. It
//! is forgotten by those who keep it, behind [`Traces`].

use std::pin::Pin;

use commerce::ids::AccountId;
use store::TokenHash;

/// Who keeps something of readers outside of the store.
pub trait Traces: Send + Sync {
    /// Forgets all that is kept of somebody who was erased, or says what went
    /// wrong: then it is tried again. Twice is as good as once.
    fn forget<'a>(&'a self, whom: &'a Erased) -> Forgetting<'a>;
}

/// Somebody being forgotten.
pub type Forgetting<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Somebody who was erased.
#[derive(Clone, Debug)]
pub struct Erased {
    /// Their account, and those that went into it.
    pub accounts: Vec<AccountId>,
    /// The [trace](store::MailAddress::trace) of the address they had.
    pub mail: Option<TokenHash>,
    /// Those of the addresses they had before, and that nobody else has now.
    pub former: Vec<TokenHash>,
}
