//! That it is really they, before something is done that somebody at an open
//! browser mustn't: the password, or where there is none, a sign-in a moment ago.

use access::SessionId;
use bytes::Bytes;
use commerce::ids::AccountId;
use http::{Response, StatusCode};
use jiff::SignedDuration;
use store::accounts::{Account, AccountStatus};
use store::{Proof, Reading, acts};

use super::devices::signed_in;
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Fault, Pages, Visit};
use crate::passwords::Compared;
use crate::respond;

/// How long a sign-in by mail counts as a moment ago: as long as its link did.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// An account that is open, and whether it was signed in to a moment ago.
pub(crate) struct Owner {
    pub(crate) id: AccountId,
    pub(crate) account: Account,
    session: SessionId,
    is_fresh: bool,
}

impl Owner {
    /// Whether they are asked for a password.
    pub(super) fn asks_password(&self) -> bool {
        self.account.password.is_some()
    }

    /// By what they are known, to be looked at once more when it is done.
    pub(super) fn proof(&self) -> Proof {
        Proof {
            account: self.id,
            session: self.session,
            password: self.account.password.clone(),
        }
    }

    /// That it was they who did something, and here.
    pub(crate) fn act(&self, what: &str) -> acts::Act {
        acts::Act {
            actor: "reader".to_owned(),
            what: what.to_owned(),
            why: "on the account's page".to_owned(),
            account: Some(self.id),
            owner: None,
        }
    }

    /// What keeps them from doing it here and now, whatever they type.
    pub(super) fn hindrance(&self) -> Option<&'static str> {
        (!self.asks_password() && !self.is_fresh).then_some("account-error-stale")
    }
}

impl Pages {
    /// Whose account it is; `None` where it was closed a moment ago.
    pub(crate) async fn owner(&self, visit: &Visit<'_>) -> Result<Option<Owner>, Fault> {
        let (id, session) = signed_in(visit)?;
        let mut reading = self.store.read().await?;
        let account = reading.account(id).await?;
        let Some(account) = account.filter(|found| found.status == AccountStatus::Open) else {
            return Ok(None);
        };
        let sessions = reading.sessions(id, visit.now).await?;
        let this = sessions.iter().find(|one| one.id == session);
        let is_fresh = this.is_some_and(|one| visit.now.duration_since(one.created) <= FRESH);
        Ok(Some(Owner {
            id,
            account,
            session,
            is_fresh,
        }))
    }

    /// Whether it is they: the key of what is wrong, if it isn't shown.
    pub(super) async fn prove(
        &self,
        visit: &Visit<'_>,
        owner: &Owner,
        form: &Form,
    ) -> Result<Option<&'static str>, Fault> {
        if !owner.asks_password() {
            return Ok(owner.hindrance());
        }
        self.prove_by_password(visit, &owner.account, form).await
    }

    /// Their account as it is in the transaction of what they asked for, where
    /// they are still known by what they were known by before it began.
    pub(super) async fn still(
        &self,
        visit: &Visit<'_>,
        reading: &mut Reading,
        owner: &Owner,
    ) -> Result<Account, Fault> {
        Ok(reading.prove(&owner.proof(), visit.now).await??)
    }

    /// Whether they know the account's password: the key of what is wrong, if
    /// they don't, and so where there is none to know.
    pub(super) async fn prove_by_password(
        &self,
        visit: &Visit<'_>,
        account: &Account,
        form: &Form,
    ) -> Result<Option<&'static str>, Fault> {
        let typed = form.get("password");
        if typed.is_empty() {
            return Ok(Some("account-error-missing"));
        }
        // As often as when signing in, and of the same: a guess is a guess.
        let from = visit.request.address;
        self.limits.network(Act::SignIn, from, visit.now)?;
        if let Some(mail) = &account.mail {
            self.count(visit, Act::SignIn, mail).await?;
        }
        let kept = account.password.clone();
        let compared = self.passwords.compare(typed.to_owned(), kept).await?;
        Ok(match compared {
            Compared::Right { .. } => None,
            Compared::Wrong => Some("account-error-password-wrong"),
        })
    }

    /// Where somebody goes whose account isn't there any more.
    pub(crate) fn gone(&self, visit: &Visit<'_>) -> Response<Bytes> {
        self.forgetting(visit, respond::go(self.below("login")))
    }

    /// The status of a page that is shown again because of what was typed.
    pub(super) fn status(is_wrong: bool) -> StatusCode {
        if is_wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        }
    }
}
