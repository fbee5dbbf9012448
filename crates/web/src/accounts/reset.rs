//! A new password for who has forgotten theirs.

use http::StatusCode;
use letters::account::{Letter, LetterKind};
use store::tokens::Purpose;

use super::address;
use super::mail::{CONFIRM_MINUTES, Errand, Whose, hash};
use super::notices::{CLOSED, LINK_OVER, PASSWORD_SET};
use super::pending::Pending;
use super::view::{Errors, Forgot, Reset, Sent};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Pages, Visit};
use crate::passwords::{BadPassword, LONGEST, SHORTEST};
use crate::view::To;
use crate::wanted::Wanted;

impl Pages {
    pub(crate) fn forgot_page(&self, visit: &Visit<'_>) -> Answer {
        let to = self.wanted(visit, &visit.request.asked());
        let page = Forgot {
            to: to.map(To::from),
            ..Forgot::default()
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// Sends a link, and where there is no account, a mail that says so.
    pub(crate) async fn forgot(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let to = self.wanted(visit, form);
        let mail = match address(form.trimmed("mail")) {
            Ok(mail) => mail,
            Err(error) => {
                let page = Forgot {
                    mail: form.trimmed("mail").to_owned(),
                    to: to.map(To::from),
                    errors: Errors {
                        mail: Some(error),
                        ..Errors::default()
                    },
                };
                return self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        };
        self.may_send(visit, &mail).await?;
        let mut writing = self.store.write().await?;
        let found = Whose::of(writing.account_by_mail(&mail).await?);
        let (kind, path, account) = match &found {
            Whose::Nobody => (LetterKind::NoAccount, Some("register"), None),
            Whose::Open(account) => (LetterKind::Reset, Some("reset"), Some(account)),
            Whose::Closed => (LetterKind::Closed, None, None),
        };
        let errand = Errand {
            kind,
            to: &mail,
            account,
            purpose: Purpose::ResetPassword,
            pending: Pending {
                to: to.map(|to| to.to_string()),
                browser: visit.browser.trace(),
                new: None,
            },
            path,
            minutes: CONFIRM_MINUTES,
        };
        self.send(visit, &mut writing, &errand).await?;
        writing.commit().await?;
        let page = Sent {
            mail: mail.as_str().to_owned(),
            minutes: CONFIRM_MINUTES,
            only_here: false,
        };
        self.show(visit, StatusCode::OK, &page)
    }

    pub(crate) fn reset_page(&self, visit: &Visit<'_>) -> Answer {
        let key = visit.request.asked().get("key").to_owned();
        if key.is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &LINK_OVER);
        }
        self.choose_password(visit, StatusCode::OK, key, None)
    }

    fn choose_password(
        &self,
        visit: &Visit<'_>,
        status: StatusCode,
        key: String,
        bad: Option<BadPassword>,
    ) -> Answer {
        let page = Reset {
            key,
            least: SHORTEST,
            most: LONGEST,
            errors: Errors {
                password: bad.map(BadPassword::message),
                ..Errors::default()
            },
        };
        self.show(visit, status, &page)
    }

    /// Sets it and signs every device out: whoever had the old one has no more
    /// of it.
    pub(crate) async fn reset(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let (key, typed) = (form.get("key"), form.get("password"));
        if let Some(bad) = BadPassword::of(typed, "") {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return self.choose_password(visit, status, key.to_owned(), Some(bad));
        }
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        let password = self.passwords.hash(typed.to_owned(), self.draw()?).await?;
        let now = visit.now;
        let mut writing = self.store.write().await?;
        let purpose = Purpose::ResetPassword;
        let used = writing.use_token(hash(key), purpose, now).await?;
        let found = used.and_then(|used| Some((used.account?, used.mail?, used.body)));
        let Some((id, mail, body)) = found else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        let to = self.still_wanted(&Pending::read(&body)?);
        // Whose it is, only the link knows; it isn't used up by this.
        if let Some(bad) = BadPassword::of(typed, mail.as_str()) {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return self.choose_password(visit, status, key.to_owned(), Some(bad));
        }
        let Whose::Open(account) = Whose::of(writing.account(id).await?) else {
            return self.say(visit, StatusCode::FORBIDDEN, &CLOSED);
        };
        if !writing.verify_mail(id, &mail, now).await? {
            // They have another address by now.
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        }
        writing.set_password(id, Some(&password)).await?;
        writing.revoke_sessions(id, None, now).await?;
        for purpose in [
            Purpose::ResetPassword,
            Purpose::MagicLink,
            Purpose::ChangeMail,
        ] {
            writing.void_tokens(id, purpose, now).await?;
        }
        let letter = Letter {
            kind: LetterKind::PasswordChanged,
            to: mail.as_str().to_owned(),
            locale: account.locale.unwrap_or_else(|| visit.locale.to_string()),
            name: account.name,
            link: None,
            minutes: 0,
            about: None,
            invitation: None,
            delivery: None,
        };
        self.post(visit, &mut writing, &letter, Some(id)).await?;
        self.tell_gate(writing.commit().await?).await;
        // They sign in next, and then go on.
        let login = format!("login{}", Wanted::query(to.as_ref()));
        self.say(visit, StatusCode::OK, &PASSWORD_SET.leading_to(&login))
    }
}
