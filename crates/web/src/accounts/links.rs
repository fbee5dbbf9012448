//! Links by mail that sign in, or make an account and sign in to it.
//!
//! They are followed by a button, since mail scanners follow links; good once
//! and for ten minutes; and only in the browser that asked, so that nobody is
//! signed in to another's account by a link that was sent to them.

use http::StatusCode;
use letters::account::LetterKind;
use store::accounts::PasswordHash;
use store::tokens::Purpose;
use store::{MailAddress, Writing, accounts::NewAccount};

use commerce::ids::AccountId;

use super::address;
use super::mail::{Errand, SIGN_IN_MINUTES, Whose, hash};
use super::newsletter::agreed;
use super::notices::{CLOSED, ELSEWHERE, LINK_OVER};
use super::pending::{NewReader, Pending};
use super::view::{Confirm, Errors, Sent, SignIn};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::view::To;
use crate::wanted::Wanted;

impl Pages {
    /// Sends a link, whether or not there is an account: where there is none,
    /// one that makes it.
    pub(crate) async fn ask_for_link(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let to = self.wanted(visit, form);
        let mail = match address(form.trimmed("mail")) {
            Ok(mail) => mail,
            Err(error) => {
                let errors = Errors {
                    mail: Some(error),
                    ..Errors::default()
                };
                let mail = form.trimmed("mail").to_owned();
                let to = to.map(To::from);
                let page = SignIn { mail, to, errors };
                return self.show(visit, StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        };
        self.may_send(visit, &mail).await?;
        let mut writing = self.store.write().await?;
        let found = Whose::of(writing.account_by_mail(&mail).await?);
        let (kind, path, account) = match &found {
            Whose::Nobody => (LetterKind::SignUp, Some("login/link"), None),
            Whose::Open(account) => (LetterKind::SignIn, Some("login/link"), Some(account)),
            Whose::Closed => (LetterKind::Closed, None, None),
        };
        let new = NewReader {
            name: None,
            locale: visit.locale.to_string(),
            password: None,
            newsletter: self.wants_newsletter(visit, form),
        };
        let errand = Errand {
            kind,
            to: &mail,
            account,
            purpose: Purpose::MagicLink,
            pending: Pending {
                to: to.map(|to| to.to_string()),
                browser: visit.browser.trace(),
                new: Some(new),
            },
            path,
            minutes: SIGN_IN_MINUTES,
        };
        self.send(visit, &mut writing, &errand).await?;
        writing.commit().await?;
        let page = Sent {
            mail: mail.as_str().to_owned(),
            minutes: SIGN_IN_MINUTES,
            only_here: true,
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// What a link leads to. It can't be told here whether it is any good:
    /// looking at it must not use it up.
    pub(crate) fn link_page(&self, visit: &Visit<'_>, is_new: bool) -> Answer {
        let page = Confirm {
            key: visit.request.asked().get("key").to_owned(),
            is_new,
            ..Confirm::default()
        };
        if page.key.is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &LINK_OVER);
        }
        self.show(visit, StatusCode::OK, &page)
    }

    /// A transaction that isn't committed uses nothing up.
    pub(crate) async fn follow_link(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        let mut writing = self.store.write().await?;
        let key = hash(form.get("key"));
        let used = writing
            .use_token(key, Purpose::MagicLink, visit.now)
            .await?;
        let Some((used, mail)) = used.and_then(|used| Some((used.clone(), used.mail?))) else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        let pending = Pending::read(&used.body)?;
        if pending.browser != visit.browser.trace() {
            return self.say(visit, StatusCode::FORBIDDEN, &ELSEWHERE);
        }
        let to = self.still_wanted(&pending);
        let account = match Whose::of(writing.account_by_mail(&mail).await?) {
            Whose::Closed => return self.say(visit, StatusCode::FORBIDDEN, &CLOSED),
            Whose::Open(account) if used.account.is_none_or(|id| id == account.id) => {
                writing.verify_mail(account.id, &mail, visit.now).await?;
                writing
                    .void_tokens(account.id, Purpose::MagicLink, visit.now)
                    .await?;
                account.id
            }
            // They have another address by now, or are gone.
            Whose::Open(_) => return self.say(visit, StatusCode::GONE, &LINK_OVER),
            Whose::Nobody if used.account.is_some() => {
                return self.say(visit, StatusCode::GONE, &LINK_OVER);
            }
            Whose::Nobody => match pending.new {
                Some(new) => self.make(visit, &mut writing, mail.clone(), new).await?,
                None => return self.say(visit, StatusCode::GONE, &LINK_OVER),
            },
        };
        self.open(visit, writing, (account, &mail), to).await
    }

    /// Makes an account whose address is known to be theirs.
    pub(super) async fn make(
        &self,
        visit: &Visit<'_>,
        writing: &mut Writing,
        mail: MailAddress,
        new: NewReader,
    ) -> Result<AccountId, Fault> {
        let id = AccountId::new(u128::from_be_bytes(self.draw()?));
        let account = NewAccount {
            id,
            mail,
            name: new.name,
            locale: Some(new.locale),
            password: new.password.map(PasswordHash::new),
            verified: Some(visit.now),
        };
        let is_new = writing.add_account(&account, visit.now).await?;
        // It was looked up in this very transaction.
        if !is_new {
            return Err(Fault::Busy);
        }
        // What they ticked counts now that it is known who ticked it.
        if let Some(words) = new.newsletter {
            agreed(writing, id, &words, visit.request.now).await?;
        }
        Ok(id)
    }

    /// Where they wanted to go, if that is still a place here.
    pub(super) fn still_wanted(&self, pending: &Pending) -> Option<Wanted> {
        let to = pending.to.as_deref()?;
        Wanted::new(to, &self.settings.prefix)
    }

    /// Whether another mail may tell whoever is signed in of what they do. Not by
    /// their address: what strangers have sent there keeps nobody from anything.
    pub(crate) fn may_be_told(&self, visit: &Visit<'_>) -> Result<(), Fault> {
        if let Some(account) = visit.account() {
            self.limits.account(Act::Mail, account, visit.now)?;
        }
        Ok(())
    }

    /// Whether another mail may be sent, by this network, by whoever is signed in
    /// and to this address.
    pub(crate) async fn may_send(
        &self,
        visit: &Visit<'_>,
        mail: &MailAddress,
    ) -> Result<(), Fault> {
        let from = visit.request.address;
        self.limits.network(Act::Mail, from, visit.now)?;
        if let Some(account) = visit.account() {
            self.limits.account(Act::Mail, account, visit.now)?;
        }
        self.count(visit, Act::Mail, mail).await
    }
}
