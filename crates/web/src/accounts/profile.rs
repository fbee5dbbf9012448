//! What somebody is called, in which language they get mail, and their password.

use http::{StatusCode, header};
use store::tokens::Purpose;

use super::devices::signed_in;
use super::notices::{PASSWORD_CHANGED, PROFILE_SAVED};
use super::proof::Owner;
use super::view::{Errors, Language, NewPassword, Profile};
use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::passwords::{BadPassword, LONGEST, SHORTEST};
use letters::account::{Letter, LetterKind};

impl Pages {
    pub(crate) async fn profile_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let chosen = owner.account.locale.unwrap_or_default();
        let page = Profile {
            name: owner.account.name.unwrap_or_default(),
            languages: self.languages(&chosen),
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// The publication's languages, each by its own name.
    fn languages(&self, chosen: &str) -> Vec<Language> {
        let messages = self.templates.messages();
        let language = |locale: &prompts::Locale| {
            let tag = locale.to_string();
            Language {
                name: messages.text(locale, "account-this-language", &[]),
                is_chosen: tag == chosen,
                tag,
            }
        };
        self.settings.locales.iter().map(language).collect()
    }

    /// A name that is too long is cut by the store; a language that isn't one of
    /// the publication's leaves it as it was.
    pub(crate) async fn save_profile(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let name = form.trimmed("name");
        let plain: String = name.chars().filter(|sign| !sign.is_control()).collect();
        let name = (!plain.is_empty()).then_some(&*plain);
        let chosen = form.get("locale");
        let locales = &self.settings.locales;
        let known = locales.iter().any(|locale| locale.to_string() == chosen);
        let locale = if known {
            Some(chosen.to_owned())
        } else {
            owner.account.locale
        };
        let mut writing = self.store.write().await?;
        self.still_signed_in(visit, &mut writing).await?;
        writing
            .set_profile(owner.id, name, locale.as_deref())
            .await?;
        writing.commit().await?;
        self.say(visit, StatusCode::OK, &PROFILE_SAVED)
    }

    pub(crate) async fn password_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        self.choose(visit, &owner, NewPassword::default())
    }

    fn choose(&self, visit: &Visit<'_>, owner: &Owner, page: NewPassword) -> Answer {
        let is_wrong = page.errors.password.is_some() || page.new_error.is_some();
        let page = NewPassword {
            asks_password: owner.asks_password(),
            hindrance: owner.hindrance(),
            least: SHORTEST,
            most: LONGEST,
            ..page
        };
        self.show(visit, Self::status(is_wrong), &page)
    }

    /// All other devices are signed out: whoever had the old one has no more of
    /// it.
    pub(crate) async fn change_password(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let mail = owner.account.mail.as_ref();
        let typed = form.get("new");
        let bad = BadPassword::of(typed, mail.map_or("", |mail| mail.as_str()));
        let wrong = match bad {
            Some(_) => None,
            None => self.prove(visit, &owner, form).await?,
        };
        if bad.is_some() || wrong.is_some() {
            let errors = Errors {
                password: wrong,
                ..Errors::default()
            };
            let page = NewPassword {
                new_error: bad.map(BadPassword::message),
                errors,
                ..NewPassword::default()
            };
            return self.choose(visit, &owner, page);
        }
        let password = self.passwords.hash(typed.to_owned(), self.draw()?).await?;
        let (_, this) = signed_in(visit)?;
        let (id, now) = (owner.id, visit.now);
        let mut writing = self.store.write().await?;
        let account = self.still(visit, &mut writing, &owner).await?;
        let mail = account.mail.as_ref();
        writing.set_password(id, Some(&password)).await?;
        writing.revoke_sessions(id, Some(this), now).await?;
        for purpose in [
            Purpose::ResetPassword,
            Purpose::MagicLink,
            Purpose::ChangeMail,
        ] {
            writing.void_tokens(id, purpose, now).await?;
        }
        if let Some(mail) = mail {
            let locale = account.locale.clone();
            let letter = Letter {
                kind: LetterKind::PasswordChanged,
                to: mail.as_str().to_owned(),
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
        let mut response = self.say(visit, StatusCode::OK, &PASSWORD_CHANGED)?;
        // Of all browsers that know the address this alone knows who it is.
        let mark = mail.and_then(|mail| {
            let whose = (mail, Some(&password));
            self.marks.mark(&self.world, whose, now)
        });
        if let Some(mark) = mark {
            response.headers_mut().append(header::SET_COOKIE, mark);
        }
        Ok(response)
    }
}
