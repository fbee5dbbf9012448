//! What customer care has sent at a reader's wish.

use jiff::Timestamp;
use letters::account::LetterKind;
use prompts::Locale;
use store::accounts::Account;
use store::tokens::Purpose;
use store::{StoreError, Writing};

use super::mail::{Asking, CONFIRM_MINUTES, Errand};
use super::pending::Pending;
use crate::pages::{Fault, Pages};

/// A link couldn't be written down.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// The account has no address any more.
    #[error("the account has no address; it was merged or erased")]
    NoAddress,
    /// It couldn't be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of ours failed.
    #[error("{0}")]
    Broken(String),
}

impl Pages {
    /// Has a link sent that sets a password, and by which the address is known
    /// to be theirs. Unlike a link that signs in it works in any browser, so it
    /// is good for who asks by telephone. It is good for an hour of the system
    /// clock, `now`; its mail is due by the business clock, `due`.
    ///
    /// Nothing is committed here: who asked for it, and why, belongs to it.
    pub async fn send_password_link(
        &self,
        writing: &mut Writing,
        account: &Account,
        (now, due): (Timestamp, Timestamp),
    ) -> Result<(), NotSent> {
        let to = account.mail.as_ref().ok_or(NotSent::NoAddress)?;
        let theirs = account.locale.as_deref().and_then(|tag| tag.parse().ok());
        let ours = self.settings.locales.first().cloned();
        let locale: Locale = theirs.or(ours).unwrap_or_else(Locale::english);
        let errand = Errand {
            kind: LetterKind::Reset,
            to,
            account: Some(account),
            purpose: Purpose::ResetPassword,
            pending: Pending {
                to: None,
                // Nobody's.
                browser: String::new(),
                new: None,
            },
            path: Some("reset"),
            minutes: CONFIRM_MINUTES,
        };
        let asking = Asking {
            now,
            due,
            locale: &locale,
        };
        let sent = self.send_link(&asking, writing, &errand).await;
        sent.map_err(|fault| match fault {
            Fault::Store(error) => NotSent::Store(error),
            other => NotSent::Broken(format!("{other:?}")),
        })
    }
}
