//! The newsletter: whether somebody wants it, what they have said of it and when,
//! and a change of mind. None is sent from here; whoever sends one asks who wants
//! it.

use commerce::ids::AccountId;
use http::StatusCode;
use jiff::Timestamp;
use store::consents::{Consent, NEWSLETTER};
use store::{StoreError, Writing};

use super::notices::{NEWSLETTER_OFF, NEWSLETTER_ON};
use super::proof::Owner;
use super::view::{Newsletter, Said};
use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};

/// By which way they say so here.
const BY_WEB: &str = "web";

impl Pages {
    pub(crate) async fn newsletter_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let all = self.store.read().await?.consents(owner.id).await?;
        self.show(visit, StatusCode::OK, &self.newsletter(&owner, &all))
    }

    fn newsletter(&self, owner: &Owner, all: &[Consent]) -> Newsletter {
        let mail = owner.account.mail.as_ref();
        let day = |at| self.settings.zone.to_datetime(at).date().to_string();
        let of_it = all.iter().filter(|one| one.purpose == NEWSLETTER);
        let said = of_it.clone().flat_map(|one| {
            let withdrawn = one.withdrawn.map(|at| Said {
                day: day(at),
                is_given: false,
                how: BY_WEB.to_owned(),
            });
            let given = Said {
                day: day(one.given),
                is_given: true,
                how: one.channel.clone(),
            };
            withdrawn.into_iter().chain([given])
        });
        Newsletter {
            mail: mail.map_or_else(String::new, |mail| mail.as_str().to_owned()),
            wants: of_it.clone().any(|one| one.withdrawn.is_none()),
            is_offered: self.settings.newsletter,
            said: said.collect(),
        }
    }

    /// Yes counts only where there is a newsletter to be had; no, always. Either
    /// changes nothing where it is so already.
    pub(crate) async fn choose_newsletter(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let now = visit.request.now;
        let mut writing = self.store.write().await?;
        self.still_signed_in(visit, &mut writing).await?;
        if form.get("wants") != "yes" {
            if writing.withdraw_consent(owner.id, NEWSLETTER, now).await? {
                // A consent says so itself, what withdraws it doesn't.
                let act = owner.act("newsletter_withdrawn");
                writing.act(&act, now).await?;
            }
            writing.commit().await?;
            return self.say(visit, StatusCode::OK, &NEWSLETTER_OFF);
        }
        let all = writing.consents(owner.id).await?;
        let page = self.newsletter(&owner, &all);
        if !page.is_offered {
            return self.show(visit, StatusCode::CONFLICT, &page);
        }
        if !page.wants {
            let words = self.newsletter_words(visit);
            agreed(&mut writing, owner.id, &words, now).await?;
            let act = owner.act("newsletter_wanted");
            writing.act(&act, now).await?;
        }
        writing.commit().await?;
        self.say(visit, StatusCode::OK, &NEWSLETTER_ON)
    }

    /// What somebody agrees to, in the words that they read.
    fn newsletter_words(&self, visit: &Visit<'_>) -> String {
        self.speaker(visit).text("account-newsletter-consent", &[])
    }

    /// The words that were agreed to in a form that makes an account, if they
    /// were.
    pub(super) fn wants_newsletter(&self, visit: &Visit<'_>, form: &Form) -> Option<String> {
        let wants = self.settings.newsletter && form.get("newsletter") == "yes";
        wants.then(|| self.newsletter_words(visit))
    }
}

/// Notes that somebody agreed, to those words.
pub(super) async fn agreed(
    writing: &mut Writing,
    account: AccountId,
    words: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let digest = writing.keep_words(words, now).await?;
    writing
        .give_consent(account, NEWSLETTER, &digest, BY_WEB, now)
        .await
}
