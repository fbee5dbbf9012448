//! The account's own page: where it is signed in, and signing devices out.

use access::SessionId;
use commerce::ids::AccountId;
use http::StatusCode;
use store::accounts::{Account, AccountStatus};
use store::sessions::Session;

use super::view;
use crate::form::Form;
use crate::gate::Sender;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;

impl Pages {
    pub(crate) async fn account_page(&self, visit: &Visit<'_>) -> Answer {
        let (id, session) = signed_in(visit)?;
        let mut reading = self.store.read().await?;
        let account = reading.account(id).await?;
        let Some(account) = account.filter(|found| found.status == AccountStatus::Open) else {
            // It was closed or erased a moment ago.
            return Ok(self.forgetting(visit, respond::go(self.below("login"))));
        };
        let sessions = reading.sessions(id, visit.now).await?;
        let page = self.account_view(account, &sessions, session);
        self.show(visit, StatusCode::OK, &page)
    }

    fn account_view(
        &self,
        account: Account,
        sessions: &[Session],
        this: SessionId,
    ) -> view::Account {
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
        view::Account {
            mail: account
                .mail
                .map_or_else(String::new, |mail| mail.as_str().to_owned()),
            name: account.name,
            devices: sessions.iter().map(device).collect(),
        }
    }

    /// Signs out the device that the form names, or all others. Only devices of
    /// the account that asks: another's is as unknown as one that never was.
    pub(crate) async fn end_devices(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let (account, this) = signed_in(visit)?;
        let mut writing = self.store.write().await?;
        let named = read(form.get("device"));
        if form.get("others") == "yes" {
            writing
                .revoke_sessions(account, Some(this), visit.now)
                .await?;
        } else if let Some(session) = named {
            writing.revoke_session(account, session, visit.now).await?;
        }
        self.tell_gate(writing.commit().await?).await;
        if named == Some(this) {
            return Ok(self.forgetting(visit, respond::go(self.below("login"))));
        }
        Ok(respond::go(self.below("account")))
    }
}

/// Whose account and which session it is, where one has to be signed in.
pub(super) fn signed_in(visit: &Visit<'_>) -> Result<(AccountId, SessionId), Fault> {
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
