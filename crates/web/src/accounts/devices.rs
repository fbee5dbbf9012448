//! Where an account is signed in, and signing devices out.

use access::SessionId;
use commerce::ids::AccountId;
use store::sessions::Session;
use store::tokens::Purpose;
use store::{Lapsed, Reading};

use super::view;
use crate::form::Form;
use crate::gate::Sender;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;

impl Pages {
    /// The devices that are signed in, as the account's page lists them.
    pub(crate) fn devices(&self, sessions: &[Session], this: SessionId) -> Vec<view::Device> {
        let device = |session: &Session| view::Device {
            id: written(session.id),
            label: session.label.clone(),
            seen: self
                .settings
                .zone
                .to_datetime(session.seen)
                .date()
                .to_string(),
            is_this: session.id == this,
        };
        sessions.iter().map(device).collect()
    }

    /// Signs out the device that the form names, or all others, and with them what
    /// they may have begun: another address that waits for its link. Only devices
    /// of the account that asks: another's is as unknown as one that never was.
    pub(crate) async fn end_devices(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let mut writing = self.store.write().await?;
        let (account, this) = self.still_signed_in(visit, &mut writing).await?;
        let named = read(form.get("device"));
        if form.get("others") == "yes" {
            writing
                .revoke_sessions(account, Some(this), visit.now)
                .await?;
        } else if let Some(session) = named {
            writing.revoke_session(account, session, visit.now).await?;
        }
        if named != Some(this) {
            let purpose = Purpose::ChangeMail;
            writing.void_tokens(account, purpose, visit.now).await?;
        }
        self.tell_gate(writing.commit().await?).await;
        if named == Some(this) {
            return Ok(self.forgetting(visit, respond::go(self.below("login"))));
        }
        Ok(respond::go(self.below("account")))
    }

    /// Whose account and which session it is, in the transaction of what they
    /// asked for: a device that another has signed out meanwhile does nothing to
    /// that one any more.
    pub(crate) async fn still_signed_in(
        &self,
        visit: &Visit<'_>,
        reading: &mut Reading,
    ) -> Result<(AccountId, SessionId), Fault> {
        let (account, session) = signed_in(visit)?;
        let whose = reading.session_of(session, visit.now).await?;
        if whose != Some(account) {
            return Err(Lapsed::SignedOut.into());
        }
        Ok((account, session))
    }
}

/// Whose account and which session it is, where one has to be signed in.
pub(crate) fn signed_in(visit: &Visit<'_>) -> Result<(AccountId, SessionId), Fault> {
    match visit.sender {
        Sender::SignedIn { session, account } => Ok((AccountId::new(account.0), session)),
        // They were sent to sign in before they got here.
        Sender::Anonymous | Sender::Unknown => Err(Fault::Busy),
    }
}

fn written(session: SessionId) -> String {
    format!("{:032x}", u128::from_be_bytes(session.0))
}

fn read(text: &str) -> Option<SessionId> {
    let is_one = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let bits = is_one
        .then(|| u128::from_str_radix(text, 16).ok())
        .flatten()?;
    Some(SessionId(bits.to_be_bytes()))
}
