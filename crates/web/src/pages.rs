//! What holds for every page: who may see it, what a form has to be to be taken,
//! and the frame around it.
//!
//! Which pages there are is in [`ways`](crate::ways); each room has its own
//! handlers, views, notices and samples.

use std::path::Path;
use std::sync::Arc;

use billing::Billing;
use bytes::Bytes;
use commerce::ids::AccountId;
use http::{HeaderValue, Method, Response, StatusCode, header};
use jiff::Timestamp;
use prompts::{LoadErrors, Locale, Messages};
use store::{Committed, Store};

use crate::assets::{Asset, style};
use crate::csrf::{Browser, Forms};
pub(crate) use crate::fault::{Answer, Fault};
use crate::feeds::Spread;
use crate::form::Form;
use crate::gate::{Gate, Sender};
use crate::known::Marks;
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::request::Request;
use crate::respond;
use crate::settings::Settings;
use crate::shop::Countries;
use crate::theme::Templates;
use crate::view::{Frame, Notice, Page};
use crate::wanted::Wanted;
use crate::ways::Way;
use crate::world::World;

/// What the pages are made of.
pub struct Parts<'a> {
    /// What the publication says of itself.
    pub settings: Settings,
    /// Where accounts are.
    pub store: Store,
    /// Who sells, and sees to what was bought; `None` where nothing is sold.
    pub billing: Option<Billing>,
    /// Who knows who is signed in.
    pub gate: Arc<dyn Gate>,
    /// The words.
    pub messages: Arc<Messages>,
    /// A publisher's templates.
    pub theme: Option<&'a Path>,
    /// What hashes passwords.
    pub passwords: Passwords,
    /// What forms are signed with: kept, so that a form outlives a restart.
    pub secret: [u8; 32],
    /// Time and chance.
    pub world: World,
}

/// The readers' own pages. One serves everybody.
pub struct Pages {
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    pub(crate) billing: Option<Billing>,
    pub(crate) gate: Arc<dyn Gate>,
    pub(crate) passwords: Passwords,
    pub(crate) limits: Limits,
    pub(crate) world: World,
    pub(crate) countries: Countries,
    pub(crate) templates: Templates,
    pub(crate) marks: Marks,
    pub(crate) spread: Spread,
    forms: Forms,
    style: String,
}

/// One request and what is known of it.
pub(crate) struct Visit<'a> {
    pub(crate) request: &'a Request,
    pub(crate) sender: Sender,
    pub(crate) browser: Browser,
    pub(crate) locale: Locale,
    /// The system clock.
    pub(crate) now: Timestamp,
}

impl Pages {
    /// Puts the parts together. Every page is tried in every locale first.
    pub fn load(parts: Parts<'_>) -> Result<Self, LoadErrors> {
        let Parts { settings, .. } = parts;
        Ok(Self {
            countries: Countries::load(&parts.messages),
            templates: Templates::load(parts.theme, parts.messages)?,
            forms: Forms::new(&parts.secret, &settings.site),
            marks: Marks::new(&parts.secret, &settings.site),
            limits: Limits::new(&parts.secret),
            spread: Spread::new(&parts.secret),
            style: format!("{}{}", settings.prefix, style().path),
            store: parts.store,
            billing: parts.billing,
            gate: parts.gate,
            passwords: parts.passwords,
            world: parts.world,
            settings,
        })
    }

    /// The same pages in the place of others: what was tried too often there is
    /// still too often.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        self.limits = before.limits.clone();
        self.spread = before.spread.clone();
        self
    }

    /// Whether pages could be made of these words and a publisher's templates:
    /// each is tried in every locale.
    pub fn check(theme: Option<&Path>, messages: Arc<Messages>) -> Result<(), LoadErrors> {
        Templates::load(theme, messages).map(|_| ())
    }

    /// How many passwords have been hashed or compared since the start.
    pub fn passwords_done(&self) -> u64 {
        self.passwords.done()
    }

    /// Answers a request.
    pub async fn answer(&self, request: &Request) -> Response<Bytes> {
        if request.method == Method::GET
            && let Some(response) = self.by_feed_address(request).await
        {
            return response;
        }
        if let Some(response) = self.app_file(request) {
            return response;
        }
        let now = (self.world.system)();
        let known = self.forms.browser(request);
        let Some(browser) = known.or_else(|| Browser::greeted(&self.world)) else {
            return respond::broken();
        };
        let visit = Visit {
            request,
            sender: self.gate.sender(&request.headers, request.now),
            browser,
            locale: self.locale(request),
            now,
        };
        let answer = match self.go(&visit).await {
            Err(fault) => self.once_more(&visit, fault).await,
            answer => answer,
        };
        let mut response = answer.unwrap_or_else(|fault| self.excuse(&visit, fault));
        if let Some(cookie) = self.forms.cookie(browser) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    async fn go(&self, visit: &Visit<'_>) -> Answer {
        let request = visit.request;
        let Some(way) = Way::to(&request.path) else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        // While accounts are loaded, who is signed in isn't nobody: their forms
        // wait, and so does what is sold by who asks.
        let matters = way.is_private() || request.method == Method::POST || way.sells();
        match visit.sender {
            Sender::Unknown if matters => return Err(Fault::Busy),
            Sender::Anonymous if way.is_private() => return Ok(self.to_sign_in(visit)),
            Sender::SignedIn { .. } | Sender::Anonymous | Sender::Unknown => {}
        }
        if request.method == Method::GET {
            return way.look(self, visit).await;
        }
        let form = request.sent();
        let browser = self.forms.check(request, visit.sender, form.get("token"));
        browser.map_err(Fault::NotOurs)?;
        if let Sender::SignedIn { session, .. } = visit.sender {
            self.limits.form(session, visit.now)?;
        }
        way.act(self, visit, &form).await
    }

    /// Signing in, and then back to a page that is one's own, where it is only
    /// looked at.
    pub(crate) fn to_sign_in(&self, visit: &Visit<'_>) -> Response<Bytes> {
        let Request { path, method, .. } = visit.request;
        let query = visit.request.query.as_deref();
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        let place = format!("{}{path}{query}", self.settings.prefix);
        let back = Wanted::new(&place, &self.settings.prefix).filter(|_| method == Method::GET);
        let query = Wanted::query(back.as_ref());
        respond::go(self.below(&format!("login{query}")))
    }

    /// A page with its frame.
    pub(crate) fn show<P: Page>(&self, visit: &Visit<'_>, status: StatusCode, page: &P) -> Answer {
        let token = self.forms.token(&self.world, visit.browser, visit.sender);
        let token = token.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))?;
        let language = self.gate.language();
        let frame = Frame {
            publication: &self.settings.name,
            language: language.as_deref(),
            prefix: &self.settings.prefix,
            style: &self.style,
            looks: self.settings.looks.as_deref(),
            token: &token,
            page,
        };
        let html = self.templates.render(&frame, &visit.locale);
        let html = html.map_err(|error| Fault::Broken(error.to_string()))?;
        Ok(respond::page(status, html))
    }

    pub(crate) fn say(&self, visit: &Visit<'_>, status: StatusCode, notice: &Notice<'_>) -> Answer {
        self.show(visit, status, notice)
    }

    /// The address of something that pages bring along.
    pub(crate) fn asset(&self, asset: &Asset) -> String {
        format!("{}{}", self.settings.prefix, asset.path)
    }

    /// An address below the prefix.
    pub(crate) fn below(&self, path: &str) -> HeaderValue {
        let place = format!("{}{path}", self.settings.prefix);
        HeaderValue::try_from(place).unwrap_or(HeaderValue::from_static("/"))
    }

    /// Where the reader wants to go.
    pub(crate) fn wanted(&self, visit: &Visit<'_>, form: &Form) -> Option<Wanted> {
        let Settings { site, prefix, .. } = &self.settings;
        Wanted::of(form, visit.request, site, prefix)
    }

    /// Waits until the gate knows what was committed. It learns of it in any
    /// case; a reader who was sent on too early signs in a moment later.
    pub(crate) async fn tell_gate(&self, committed: Committed) {
        if let Some(feed) = committed.feed {
            self.gate_knows(feed).await;
        }
    }

    /// Waits until the gate acts on the store's feed as far as that number.
    pub(crate) async fn gate_knows(&self, feed: i64) {
        if !self.gate.has_heard(feed).await {
            tracing::warn!(feed, "the gate is slow to learn what has changed");
        }
    }

    pub(crate) fn locale(&self, request: &Request) -> Locale {
        let locales = &self.settings.locales;
        let asked = request.text(&header::ACCEPT_LANGUAGE);
        let found = asked.and_then(|asked| Locale::negotiate(asked, locales));
        let found = found.or(locales.first());
        let found = found.cloned().unwrap_or_else(Locale::english);
        self.templates.messages().closest(&found).clone()
    }
}

impl Visit<'_> {
    /// Whose account it is.
    pub(crate) fn account(&self) -> Option<AccountId> {
        match self.sender {
            Sender::SignedIn { account, .. } => Some(AccountId::new(account.0)),
            Sender::Anonymous | Sender::Unknown => None,
        }
    }
}
