//! Signing in with a password.

use http::StatusCode;
use store::accounts::{Account, AccountStatus};

use super::address;
use super::mail::Whose;
use super::notices::CLOSED;
use super::view::{Errors, SignIn};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::passwords::Compared;
use crate::respond;
use crate::view::To;

impl Pages {
    pub(crate) fn sign_in_page(&self, visit: &Visit<'_>) -> Answer {
        let to = self.wanted(visit, &visit.request.asked());
        if visit.account().is_some() {
            let to = to.map_or_else(|| self.below("account"), |to| to.header());
            return Ok(respond::go(to));
        }
        let page = SignIn {
            to: to.map(To::from),
            ..SignIn::default()
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// An address that nobody has, an account without a password and a wrong
    /// password are answered alike, after the same work.
    pub(crate) async fn sign_in(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let typed = form.get("password");
        let mail = address(form.trimmed("mail"));
        let missing = typed.is_empty().then_some("account-error-missing");
        let mail = match mail {
            Ok(mail) if missing.is_none() => mail,
            mail => {
                let errors = Errors {
                    mail: mail.err(),
                    password: missing,
                    form: None,
                };
                return self.sign_in_again(visit, form, errors);
            }
        };
        let from = visit.request.address;
        self.limits.network(Act::SignIn, from, visit.now)?;
        self.count(visit, Act::SignIn, &mail).await?;

        let found = self.store.read().await?.account_by_mail(&mail).await?;
        let kept = found.as_ref().and_then(|found| found.password.clone());
        let compared = self.passwords.compare(typed.to_owned(), kept).await?;
        let (Compared::Right { is_stale }, Some(account)) = (compared, found) else {
            let errors = Errors {
                form: Some("account-wrong"),
                ..Errors::default()
            };
            return self.sign_in_again(visit, form, errors);
        };
        if account.status != AccountStatus::Open {
            return self.say(visit, StatusCode::FORBIDDEN, &CLOSED);
        }
        let fresh = if is_stale {
            let salt = self.draw()?;
            Some(self.passwords.hash(typed.to_owned(), salt).await?)
        } else {
            None
        };
        let mut writing = self.store.write().await?;
        // It may have been closed, or given another password, meanwhile.
        let now = writing.account(account.id).await?;
        if !is_unchanged(&account, now) {
            return Err(Fault::Busy);
        }
        if let Some(fresh) = &fresh {
            writing.set_password(account.id, Some(fresh)).await?;
        }
        let to = self.wanted(visit, form);
        self.open(visit, writing, (account.id, &mail), to).await
    }

    fn sign_in_again(&self, visit: &Visit<'_>, form: &Form, errors: Errors) -> Answer {
        let page = SignIn {
            mail: form.trimmed("mail").to_owned(),
            to: self.wanted(visit, form).map(To::from),
            errors,
        };
        self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

fn is_unchanged(before: &Account, now: Option<Account>) -> bool {
    match Whose::of(now) {
        Whose::Open(now) => now.password == before.password,
        Whose::Nobody | Whose::Closed => false,
    }
}
