//! Another mail address: confirmed by whoever reads mail there, and told to
//! whoever reads it at the old one.

use http::StatusCode;
use store::MailAddress;
use store::accounts::Account;
use store::tokens::Purpose;

use super::address as read;
use super::mail::{CONFIRM_MINUTES, Errand, Whose, hash, masked};
use super::notices::{ADDRESS_CHANGED, ADDRESS_TAKEN, LINK_OVER};
use super::pending::Pending;
use super::proof::Owner;
use super::view::{ConfirmMail, Errors, NewMail, Sent};
use crate::form::Form;
use crate::gate::Sender;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Pages, Visit};
use letters::account::{Letter, LetterKind};

/// That an account gets another address, as a link says it.
struct Wish {
    account: Account,
    mail: MailAddress,
    /// Whether another browser asked for it.
    is_elsewhere: bool,
}

impl Wish {
    fn asks_password(&self) -> bool {
        self.is_elsewhere && self.account.password.is_some()
    }
}

impl Pages {
    pub(crate) async fn mail_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        self.show_mail(visit, &owner, NewMail::default())
    }

    fn show_mail(&self, visit: &Visit<'_>, owner: &Owner, page: NewMail) -> Answer {
        let is_wrong = page.errors != Errors::default();
        let now = owner.account.mail.as_ref();
        let page = NewMail {
            now: now.map_or_else(String::new, |mail| mail.as_str().to_owned()),
            is_unconfirmed: owner.account.verified.is_none(),
            asks_password: owner.asks_password(),
            hindrance: owner.hindrance(),
            ..page
        };
        self.show(visit, Self::status(is_wrong), &page)
    }

    /// Sends a link to the new address. Whether somebody has it already is told
    /// to whoever reads mail there, and to nobody else.
    pub(crate) async fn ask_for_mail(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let typed = form.trimmed("mail");
        let mail = read(typed).and_then(|mail| {
            let is_same = owner.account.mail.as_ref() == Some(&mail);
            (!is_same).then_some(mail).ok_or("account-error-mail-same")
        });
        let wrong = match &mail {
            Ok(_) => self.prove(visit, &owner, form).await?,
            Err(_) => None,
        };
        let mail = match mail {
            Ok(mail) if wrong.is_none() => mail,
            mail => {
                let page = NewMail {
                    mail: typed.to_owned(),
                    errors: Errors {
                        mail: mail.err(),
                        password: wrong,
                        form: None,
                    },
                    ..NewMail::default()
                };
                return self.show_mail(visit, &owner, page);
            }
        };
        self.may_send(visit, &mail).await?;
        let mut writing = self.store.write().await?;
        let account = self.still(visit, &mut writing, &owner).await?;
        let purpose = Purpose::ChangeMail;
        writing.void_tokens(owner.id, purpose, visit.now).await?;
        let errand = Errand {
            kind: LetterKind::NewAddress,
            to: &mail,
            account: Some(&account),
            purpose,
            pending: Pending {
                to: None,
                browser: visit.browser.trace(),
                new: None,
            },
            path: Some("account/mail/link"),
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

    /// What the link leads to. Looking at it uses nothing up.
    pub(crate) async fn mail_link_page(&self, visit: &Visit<'_>) -> Answer {
        let key = visit.request.asked().get("key").to_owned();
        if key.is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &LINK_OVER);
        }
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        match self.wish(visit, &key).await? {
            Some(wish) => self.show_mail_link(visit, key, &wish, Errors::default()),
            None => self.say(visit, StatusCode::GONE, &LINK_OVER),
        }
    }

    fn show_mail_link(
        &self,
        visit: &Visit<'_>,
        key: String,
        wish: &Wish,
        errors: Errors,
    ) -> Answer {
        let is_wrong = errors != Errors::default();
        let page = ConfirmMail {
            key,
            account: wish.account.mail.as_ref().map(masked),
            asks_password: wish.asks_password(),
            errors,
        };
        self.show(visit, Self::status(is_wrong), &page)
    }

    /// What a link is for, as long as it is good and there is such an account.
    async fn wish(&self, visit: &Visit<'_>, key: &str) -> Result<Option<Wish>, Fault> {
        let peeked = self.peek(visit, key, Purpose::ChangeMail).await?;
        let Some((used, pending)) = peeked else {
            return Ok(None);
        };
        let (Some(id), Some(mail)) = (used.account, used.mail) else {
            return Ok(None);
        };
        let found = self.store.read().await?.account(id).await?;
        let Whose::Open(account) = Whose::of(found) else {
            return Ok(None);
        };
        Ok(Some(Wish {
            account,
            mail,
            is_elsewhere: pending.browser != visit.browser.trace(),
        }))
    }

    /// Whoever brings the link back reads mail there, and whoever asked has shown
    /// who they are; but that may be two. A stranger who typed another's address
    /// mustn't have their account grow into that one's by a click: so in another
    /// browser than the one that asked it takes the account's password, and where
    /// there is none, whoever is signed in to it elsewhere has no more of it.
    pub(crate) async fn change_mail(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        let key = form.get("key");
        let Some(wish) = self.wish(visit, key).await? else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        if wish.asks_password() {
            let password = self.prove_by_password(visit, &wish.account, form).await?;
            if password.is_some() {
                let errors = Errors {
                    password,
                    ..Errors::default()
                };
                return self.show_mail_link(visit, key.to_owned(), &wish, errors);
            }
        }
        let Wish { account, mail, .. } = &wish;
        let id = account.id;
        let purpose = Purpose::ChangeMail;
        let mut writing = self.store.write().await?;
        let used = writing.use_token(hash(key), purpose, visit.now).await?;
        if used.is_none() {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        }
        // It may have been closed, or given another password, meanwhile.
        let now = writing.account(id).await?;
        if now.as_ref() != Some(account) {
            return Err(Fault::Busy);
        }
        if !writing.set_mail(id, mail, visit.now).await? {
            return self.say(visit, StatusCode::CONFLICT, &ADDRESS_TAKEN);
        }
        // What was theirs by the old address, as long as they had it.
        if let Some(billing) = &self.billing {
            billing.moved_away(&mut writing, id).await?;
        }
        // Those that went to the old address.
        for purpose in [
            Purpose::MagicLink,
            Purpose::ResetPassword,
            Purpose::ChangeMail,
        ] {
            writing.void_tokens(id, purpose, visit.now).await?;
        }
        if wish.is_elsewhere && !wish.asks_password() {
            let here = match visit.sender {
                Sender::SignedIn { session, .. } if visit.account() == Some(id) => Some(session),
                _ => None,
            };
            writing.revoke_sessions(id, here, visit.now).await?;
        }
        if let Some(old) = account.mail.as_ref().map(MailAddress::as_str) {
            let locale = account.locale.clone();
            let letter = Letter {
                kind: LetterKind::AddressChanged,
                to: old.to_owned(),
                locale: locale.unwrap_or_else(|| visit.locale.to_string()),
                name: account.name.clone(),
                link: None,
                minutes: 0,
                about: None,
                invitation: None,
                delivery: None,
            };
            self.post(visit, &mut writing, &letter, Some(id)).await?;
        }
        self.tell_gate(writing.commit().await?).await;
        self.say(visit, StatusCode::OK, &ADDRESS_CHANGED)
    }
}
