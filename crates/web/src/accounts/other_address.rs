//! Another mail address: confirmed by whoever reads mail there, and told to
//! whoever reads it at the old one.

use http::StatusCode;
use store::MailAddress;
use store::tokens::Purpose;

use super::address as read;
use super::mail::{CONFIRM_MINUTES, Errand, Whose, hash};
use super::notices::{ADDRESS_CHANGED, ADDRESS_TAKEN, LINK_OVER};
use super::pending::Pending;
use super::proof::Owner;
use super::view::{ConfirmMail, Errors, NewMail, Sent};
use crate::form::Form;
use crate::limits::Act;
use crate::pages::{Answer, Pages, Visit};
use letters::account::{Letter, LetterKind};

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
        self.may_send(visit, &mail)?;
        let mut writing = self.store.write().await?;
        let purpose = Purpose::ChangeMail;
        writing.void_tokens(owner.id, purpose, visit.now).await?;
        let errand = Errand {
            kind: LetterKind::NewAddress,
            to: &mail,
            account: Some(&owner.account),
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
    pub(crate) fn mail_link_page(&self, visit: &Visit<'_>) -> Answer {
        let key = visit.request.asked().get("key").to_owned();
        if key.is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &LINK_OVER);
        }
        self.show(visit, StatusCode::OK, &ConfirmMail { key })
    }

    /// In any browser: whoever asked has shown who they are, and whoever brings
    /// the link back reads mail there.
    pub(crate) async fn change_mail(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let from = visit.request.address;
        self.limits.network(Act::Link, from, visit.now)?;
        let mut writing = self.store.write().await?;
        let purpose = Purpose::ChangeMail;
        let used = writing.use_token(hash(form.get("key")), purpose, visit.now);
        let found = used
            .await?
            .and_then(|used| Some((used.account?, used.mail?)));
        let Some((id, mail)) = found else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        let Whose::Open(account) = Whose::of(writing.account(id).await?) else {
            return self.say(visit, StatusCode::GONE, &LINK_OVER);
        };
        if !writing.set_mail(id, &mail, visit.now).await? {
            return self.say(visit, StatusCode::CONFLICT, &ADDRESS_TAKEN);
        }
        // Those that went to the old address.
        for purpose in [
            Purpose::MagicLink,
            Purpose::ResetPassword,
            Purpose::ChangeMail,
        ] {
            writing.void_tokens(id, purpose, visit.now).await?;
        }
        if let Some(old) = account.mail.as_ref().map(MailAddress::as_str) {
            let letter = Letter {
                kind: LetterKind::AddressChanged,
                to: old.to_owned(),
                locale: account.locale.unwrap_or_else(|| visit.locale.to_string()),
                name: account.name,
                link: None,
                minutes: 0,
            };
            self.post(visit, &mut writing, &letter, Some(id)).await?;
        }
        self.tell_gate(writing.commit().await?).await;
        self.say(visit, StatusCode::OK, &ADDRESS_CHANGED)
    }
}
