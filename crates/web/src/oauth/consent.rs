//! Asking the reader, and what they answer.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use store::TokenHash;
use store::apps::{Permission, Scope};

use super::asked::{Asked, NotAsked, answered};
use super::redirect::source;
use crate::device;
use crate::form::Form;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond::{self, notice};
use crate::view::{Notice, pages};

pub(crate) const UNKNOWN: Notice<'static> =
    notice("account-app-unknown-title", "account-app-unknown", None);

pub(crate) const UNFIT: Notice<'static> =
    notice("account-app-unknown-title", "account-app-unfit", None);

/// Random bytes of a code.
const CODE: usize = 32;

/// The page that asks.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Consent {
    /// The program's name.
    pub(crate) app: String,
    /// Whose account it would use.
    pub(crate) mail: String,
    /// The keys of what it might do.
    pub(crate) scopes: Vec<&'static str>,
    /// What was asked, to be sent with the answer.
    pub(crate) asked: Vec<(&'static str, String)>,
}

pages! {
    Consent => "oauth/consent.html",
}

/// The key of what a scope lets a program do.
pub(crate) fn words(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "account-app-read",
        Scope::Account => "account-app-account",
        Scope::Saved => "account-app-saved",
        Scope::History => "account-app-history",
    }
}

impl Pages {
    pub(crate) async fn consent_page(&self, visit: &Visit<'_>) -> Answer {
        let asked = match Asked::read(&visit.request.asked(), &self.settings.apps) {
            Ok(asked) => asked,
            Err(why) => return self.not_asked(visit, why),
        };
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let mail = owner.account.mail.as_ref();
        let page = Consent {
            app: asked.app.name.clone(),
            mail: mail.map_or_else(String::new, |mail| mail.as_str().to_owned()),
            scopes: asked.scopes.iter().map(words).collect(),
            asked: asked.fields(),
        };
        let mut response = self.show(visit, StatusCode::OK, &page)?;
        // Browsers hold where a form leads in the end to the policy of its page.
        let to = source(&asked.redirect).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             form-action 'self' {to}; base-uri 'none'; frame-ancestors 'none'"
        );
        if let Ok(policy) = HeaderValue::try_from(policy) {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Ok(response)
    }

    /// Sends the program its code, or that the reader doesn't want it.
    pub(crate) async fn consent(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let asked = match Asked::read(form, &self.settings.apps) {
            Ok(asked) => asked,
            Err(why) => return self.not_asked(visit, why),
        };
        let state = asked.state.as_deref();
        if form.get("answer") != "yes" {
            let said = ("error", "access_denied");
            return self.back(&asked.redirect, said, state);
        }
        let drawn = self.world.draw::<CODE>();
        let drawn = drawn.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))?;
        let code = URL_SAFE_NO_PAD.encode(drawn);
        let agent = visit.request.text(&header::USER_AGENT).unwrap_or_default();
        let where_it_is = device::label(agent);
        let permission = Permission {
            app: asked.app.id.clone(),
            redirect: asked.redirect.clone(),
            challenge: asked.challenge.clone(),
            scopes: asked.scopes.bits(),
            label: match where_it_is.as_str() {
                "" => asked.app.name.clone(),
                place => format!("{} ({place})", asked.app.name),
            },
        };
        let mut writing = self.store.write().await?;
        let (account, _) = self.still_signed_in(visit, &mut writing).await?;
        let hash = TokenHash::of(code.as_bytes());
        writing
            .add_code(hash, (account, &permission), visit.now)
            .await?;
        writing.commit().await?;
        self.back(&asked.redirect, ("code", &code), state)
    }

    fn not_asked(&self, visit: &Visit<'_>, why: NotAsked) -> Answer {
        match why {
            NotAsked::Unknown => self.say(visit, StatusCode::BAD_REQUEST, &UNKNOWN),
            NotAsked::Unfit => self.say(visit, StatusCode::BAD_REQUEST, &UNFIT),
            NotAsked::Told {
                redirect,
                state,
                error,
            } => self.back(&redirect, ("error", error), state.as_deref()),
        }
    }

    fn back(&self, redirect: &str, said: (&str, &str), state: Option<&str>) -> Answer {
        let place = answered(redirect, said, state, &self.settings.site);
        let place = HeaderValue::try_from(place);
        let place = place.map_err(|error| Fault::Broken(error.to_string()))?;
        Ok(respond::go(place))
    }
}
