//! Making an account with a password.
//!
//! Nothing is made before the mail is answered. In another browser than the one
//! that asked, the password has to be typed once more: else whoever signs up with
//! another's address would only need them to press a button.

use http::StatusCode;
use letters::account::LetterKind;
use store::tokens::Purpose;

use super::address;
use super::mail::{CONFIRM_MINUTES, Errand, Whose, hash};
use super::notices::LINK_OVER;
use super::pending::{NewReader, Pending};
use super::view::{Confirm, Errors, Sent, SignUp};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Pages, Visit};
use crate::passwords::{BadPassword, Compared, LONGEST, SHORTEST};
use crate::respond;
use crate::view::To;
use store::accounts::PasswordHash;

/// The longest name, in characters, as the store has it.
const LONGEST_NAME: usize = 200;

impl Pages {
    pub(crate) fn sign_up_page(&self, visit: &Visit<'_>) -> Answer {
        let to = self.wanted(visit, &visit.request.asked());
        if visit.account().is_some() {
            let to = to.map_or_else(|| self.below("account"), |to| to.header());
            return Ok(respond::go(to));
        }
        let page = SignUp {
            to: to.map(To::from),
            least: SHORTEST,
            most: LONGEST,
            has_newsletter: self.settings.newsletter,
            ..SignUp::default()
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// Whoever has an account already is told so by mail, and nobody else.
    pub(crate) async fn sign_up(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let typed = form.get("password");
        let bad = BadPassword::of(typed, form.trimmed("mail"));
        let mail = match address(form.trimmed("mail")) {
            Ok(mail) if bad.is_none() => mail,
            mail => {
                let errors = Errors {
                    mail: mail.err(),
                    password: bad.map(BadPassword::message),
                    form: None,
                };
                return self.sign_up_again(visit, form, errors);
            }
        };
        self.may_send(visit, &mail).await?;
        // Before anybody looks whether there is an account.
        let password = self.passwords.hash(typed.to_owned(), self.draw()?).await?;
        let mut writing = self.store.write().await?;
        let found = Whose::of(writing.account_by_mail(&mail).await?);
        let (kind, purpose, path) = match &found {
            Whose::Nobody => (LetterKind::Confirm, Purpose::Verify, Some("register/link")),
            Whose::Open(_) => {
                let kind = LetterKind::AlreadyThere;
                (kind, Purpose::MagicLink, Some("login/link"))
            }
            Whose::Closed => (LetterKind::Closed, Purpose::MagicLink, None),
        };
        let account = match &found {
            Whose::Open(account) => Some(account),
            Whose::Nobody | Whose::Closed => None,
        };
        let new = NewReader {
            name: name(form.trimmed("name")),
            locale: visit.locale.to_string(),
            password: Some(password.as_str().to_owned()),
            newsletter: self.wants_newsletter(visit, form),
        };
        let errand = Errand {
            kind,
            to: &mail,
            account,
            purpose,
            pending: Pending {
                to: self.wanted(visit, form).map(|to| to.to_string()),
                browser: visit.browser.trace(),
                new: Some(new),
            },
            path,
            // The same for both, as the page says it.
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

    fn sign_up_again(&self, visit: &Visit<'_>, form: &Form, errors: Errors) -> Answer {
        let page = SignUp {
            mail: form.trimmed("mail").to_owned(),
            name: form.trimmed("name").to_owned(),
            to: self.wanted(visit, form).map(To::from),
            least: SHORTEST,
            most: LONGEST,
            has_newsletter: self.settings.newsletter,
            newsletter: form.get("newsletter") == "yes",
            errors,
        };
        self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    pub(crate) async fn confirm(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        let key = form.get("key");
        let Some((used, pending)) = self.peek(visit, key, Purpose::Verify).await? else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        let (Some(mail), Some(new)) = (used.mail, pending.new.clone()) else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        if pending.browser != visit.browser.trace() {
            let typed = form.get("password").to_owned();
            let mut errors = Errors::default();
            if typed.is_empty() {
                return self.ask_password(visit, key, errors);
            }
            self.count(visit, Act::SignIn, &mail).await?;
            let kept = new.password.clone().map(PasswordHash::new);
            if self.passwords.compare(typed, kept).await? == Compared::Wrong {
                errors.password = Some("account-wrong-password");
                return self.ask_password(visit, key, errors);
            }
        }
        let mut writing = self.store.write().await?;
        let used = writing
            .use_token(hash(key), Purpose::Verify, visit.now)
            .await?;
        let is_taken = writing.account_by_mail(&mail).await?.is_some();
        if used.is_none() || is_taken {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        }
        let account = self.make(visit, &mut writing, mail.clone(), new).await?;
        let to = self.still_wanted(&pending);
        self.open(visit, writing, (account, &mail), to).await
    }

    fn ask_password(&self, visit: &Visit<'_>, key: &str, errors: Errors) -> Answer {
        let page = Confirm {
            key: key.to_owned(),
            is_new: true,
            asks_password: true,
            errors,
        };
        self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

/// What somebody is called, without what nobody sees, and cut.
fn name(typed: &str) -> Option<String> {
    let seen = typed.chars().filter(|sign| !sign.is_control());
    let name: String = seen.take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}
