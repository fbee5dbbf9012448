//! Opening a session and ending it.

use bytes::Bytes;
use commerce::ids::AccountId;
use http::{Response, StatusCode, header};
use store::sessions::NewSession;
use store::{MailAddress, Writing};

use super::notices::SIGNED_OUT;
use crate::device;
use crate::gate::Sender;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;
use crate::wanted::Wanted;

impl Pages {
    /// Signs the browser in to an account with that address, in the transaction of whatever it is
    /// that lets it, and sends it where it wanted to go. The session is drawn
    /// anew; one that the browser had ends, whoever gave it to it.
    pub(super) async fn open(
        &self,
        visit: &Visit<'_>,
        mut writing: Writing,
        (account, mail): (AccountId, &MailAddress),
        to: Option<Wanted>,
    ) -> Answer {
        let until = visit.now + self.settings.session;
        let new = self.gate.new_session(until, visit.now);
        let new = new.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))?;
        self.end(visit, &mut writing).await?;
        let agent = visit.request.text(&header::USER_AGENT).unwrap_or_default();
        let session = NewSession {
            id: new.id,
            account,
            label: device::label(agent),
            expires: until,
        };
        let kept = writing.account(account).await?;
        let password = kept.and_then(|kept| kept.password);
        let most = self.settings.devices;
        writing.add_session(&session, most, visit.now).await?;
        self.tell_gate(writing.commit().await?).await;
        // What was read before counts; but nobody is kept out for it.
        let headers = &visit.request.headers;
        if let Err(error) = self.gate.take_over(headers, account.into()).await {
            tracing::warn!(error, "what a browser had read couldn't be taken over");
        }
        let to = to.map_or_else(|| self.below("account"), |to| to.header());
        let mut response = respond::go(to);
        let headers = response.headers_mut();
        headers.append(header::SET_COOKIE, new.cookie);
        if let Some(mark) = self
            .marks
            .mark(&self.world, (mail, password.as_ref()), visit.now)
        {
            headers.append(header::SET_COOKIE, mark);
        }
        // Whoever had the browser before may have gone without signing out.
        if self.settings.app.is_some() {
            self.forget_copies(&mut response);
        }
        Ok(response)
    }

    /// Ends the session that the browser shows, if it shows one.
    async fn end(&self, visit: &Visit<'_>, writing: &mut Writing) -> Result<(), Fault> {
        if let Sender::SignedIn { session, account } = visit.sender {
            let account = AccountId::new(account.0);
            let now = visit.now;
            writing.revoke_session(account, session, now).await?;
        }
        Ok(())
    }

    pub(crate) async fn sign_out(&self, visit: &Visit<'_>) -> Answer {
        if visit.account().is_some() {
            let mut writing = self.store.write().await?;
            self.end(visit, &mut writing).await?;
            self.tell_gate(writing.commit().await?).await;
        }
        let out = Visit {
            sender: Sender::Anonymous,
            locale: visit.locale.clone(),
            ..*visit
        };
        let response = self.say(&out, StatusCode::OK, &SIGNED_OUT)?;
        Ok(self.forgetting(visit, response))
    }

    /// The response, which takes the session away from the browser, and the copies of
    /// stories that were kept by it.
    pub(crate) fn forgetting(
        &self,
        visit: &Visit<'_>,
        mut response: Response<Bytes>,
    ) -> Response<Bytes> {
        if let Some(cookie) = self.gate.forget_session(visit.now) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        self.forget_copies(&mut response);
        response
    }
}
