//! One request to the programs' interface: where it leads, who asks, whether they may,
//! and the answer's frame.

use std::sync::Arc;

use access::AccountKey;
use bytes::Bytes;
use commerce::ids::AccountId;
use gateway::{Enquirer, Enquiry, Gate, MAX_TARGET};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use jiff::Timestamp;
use prompts::{Locale, Messages};
use serde::Serialize;
use store::apps::Scopes;

use crate::cors;
use crate::newsroom::{Lists, Newsroom};
use crate::pace::{Asker, Pace};
use crate::problem::{Kind, Problem};
use crate::query::{Asked, is_slug};
use crate::routes::{self, Route, Way, Who};
use crate::settings::{Accounts, Settings, World};

/// Where the interface is, below the prefix.
const HERE: &str = "api/v1";

/// How long answers may be kept that are the same for everybody: as listings are.
const A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// For one reader, and for nobody to keep.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What the interface is made of.
pub struct Parts {
    /// What the publication says of itself.
    pub settings: Settings,
    /// Who decides and counts.
    pub gate: Arc<Gate>,
    /// Where stories are.
    pub newsroom: Arc<dyn Newsroom>,
    /// Where readers have accounts; `None` where they have none.
    pub accounts: Option<Accounts>,
    /// The words of offers.
    pub messages: Arc<Messages>,
    /// What is kept of who asks how often is keyed with.
    pub secret: [u8; 32],
    /// Time and chance.
    pub world: World,
}

/// The programs' interface. One serves everybody.
pub struct Api {
    pub(crate) settings: Settings,
    pub(crate) gate: Arc<Gate>,
    pub(crate) newsroom: Arc<dyn Newsroom>,
    pub(crate) accounts: Option<Accounts>,
    pub(crate) messages: Arc<Messages>,
    pub(crate) world: World,
    pace: Arc<Pace>,
}

/// One request, and what is known of it.
pub(crate) struct Call<'a> {
    pub(crate) enquiry: &'a Enquiry,
    pub(crate) asked: Asked,
    /// The name in its path.
    pub(crate) id: &'a str,
    pub(crate) by: By,
    /// By the system clock.
    pub(crate) system: Timestamp,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Nobody with an account.
    Nobody,
    /// A browser of whoever has the account.
    Browser(AccountKey),
    /// A program of theirs.
    Program(AccountKey, Scopes),
}

impl By {
    fn account(self) -> Option<AccountKey> {
        match self {
            Self::Nobody => None,
            Self::Browser(account) | Self::Program(account, _) => Some(account),
        }
    }
}

impl Call<'_> {
    /// The time by the business clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.enquiry.now
    }

    /// Whose account it is, if anybody's.
    pub(crate) fn somebody(&self) -> Option<AccountId> {
        self.by.account().map(|account| AccountId::new(account.0))
    }

    /// Whose account it is, where there has to be one.
    pub(crate) fn account(&self) -> Result<AccountId, Problem> {
        self.somebody().ok_or_else(|| {
            Problem::new(
                Kind::SignIn,
                "Show an access token, or the session of a browser that is signed in.",
            )
        })
    }
}

/// An answer that is well.
pub(crate) type Answer = Result<Response<Bytes>, Problem>;

impl Api {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self {
            pace: Arc::new(Pace::new(&parts.secret)),
            settings: parts.settings,
            gate: parts.gate,
            newsroom: parts.newsroom,
            accounts: parts.accounts,
            messages: parts.messages,
            world: parts.world,
        }
    }

    /// The same interface in the place of another: what was asked too often there is
    /// still too often.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        self.pace = Arc::clone(&before.pace);
        self
    }

    /// Whether it is asked at `path`, below the prefix.
    pub fn is_at(path: &str) -> bool {
        path == "api"
            || path.starts_with("api/")
            || matches!(path, "oauth/token" | "oauth/revoke" | METADATA)
    }

    /// What a program is told where the request didn't get as far as here.
    pub fn refused(status: StatusCode) -> Response<Bytes> {
        let problem = match status {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Kind::Body, "It is too long."),
            StatusCode::URI_TOO_LONG => Problem::new(
                Kind::Query,
                format!("The address is longer than {} KB.", MAX_TARGET / 1024),
            ),
            StatusCode::BAD_REQUEST => Problem::new(
                Kind::Query,
                "The request can’t be read: its address holds what no address here does, it names \
                 no host, or not all of it has arrived.",
            ),
            _ => Problem::new(Kind::Busy, "Try again in a moment. Nothing was counted."),
        };
        problem.response()
    }

    /// Whether programs may be let in, so that it is said where.
    pub fn lets_programs_in(&self) -> bool {
        let accounts = self.accounts.as_ref();
        accounts.is_some_and(|accounts| !accounts.apps.is_empty())
    }

    /// Answers.
    pub async fn answer(&self, enquiry: &Enquiry) -> Response<Bytes> {
        let system = (self.world.system)();
        let answer = match &*enquiry.path {
            METADATA => self.metadata(enquiry),
            "oauth/token" | "oauth/revoke" if enquiry.method == Method::OPTIONS => Ok(
                cors::preflight(&enquiry.headers, &self.settings.origins, "OPTIONS, POST"),
            ),
            "oauth/token" | "oauth/revoke" => Ok(self.paced_entry(enquiry, system).await),
            path => self.route(path, enquiry, system).await,
        };
        let mut response = answer.unwrap_or_else(|problem| problem.response());
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(PRIVATE);
        cors::allow(headers, &enquiry.headers, &self.settings.origins);
        response
    }

    async fn paced_entry(&self, enquiry: &Enquiry, system: Timestamp) -> Response<Bytes> {
        match self.pace.take(Asker::Entry(enquiry.address), system) {
            Ok(()) => self.entry(enquiry, system).await,
            Err(seconds) => Problem::often(seconds).response(),
        }
    }

    async fn route(&self, path: &str, enquiry: &Enquiry, system: Timestamp) -> Answer {
        let below = path
            .strip_prefix(HERE)
            .and_then(|rest| rest.strip_prefix('/'));
        let (routes, id) = routes::at(below.unwrap_or_default());
        if routes.is_empty() {
            return Err(Problem::new(
                Kind::NoRoute,
                format!(
                    "What can be asked is described at {}{HERE}/openapi.json.",
                    self.settings.prefix
                ),
            ));
        }
        if enquiry.method == Method::OPTIONS {
            let headers = &enquiry.headers;
            let methods = cors::methods(&routes);
            return Ok(cors::preflight(headers, &self.settings.origins, &methods));
        }
        let Some(route) = routes
            .iter()
            .find(|route| route.method.as_str() == enquiry.method.as_str())
        else {
            let allowed = cors::methods(&routes);
            let problem = Problem::new(Kind::Method, format!("Here it can be {allowed}."));
            let mut response = problem.response();
            if let Ok(allowed) = HeaderValue::try_from(allowed) {
                response.headers_mut().insert(header::ALLOW, allowed);
            }
            return Ok(response);
        };
        let by = self.who(route, enquiry, system)?;
        let asked = Asked::read(enquiry.query.as_deref(), route.parameters)?;
        if id.is_some_and(|id| !is_slug(id)) {
            return Err(Problem::new(Kind::Missing, "No story is called so."));
        }
        let call = Call {
            enquiry,
            asked,
            id: id.unwrap_or_default(),
            by,
            system,
        };
        let mut response = self.go(route.way, &call).await?;
        if route.who == Who::Anybody {
            mark(&mut response);
            return Ok(unless_known(response, &enquiry.headers));
        }
        Ok(response)
    }

    /// Who asks, if they may ask there and now.
    fn who(&self, route: &Route, enquiry: &Enquiry, system: Timestamp) -> Result<By, Problem> {
        let headers = &enquiry.headers;
        let take = |asker| {
            let taken = self.pace.take(asker, system);
            taken.map_err(Problem::often)
        };
        let caller = self.gate.caller(headers);
        let address = Asker::Address(enquiry.address);
        let by = match caller {
            Enquirer::Refused => {
                take(address)?;
                return Err(Problem::token());
            }
            Enquirer::Unknown => return Err(Problem::new(Kind::Busy, "Try again in a moment.")),
            Enquirer::Anonymous => {
                take(address)?;
                By::Nobody
            }
            Enquirer::SignedIn { session, account } => {
                take(Asker::Session(session))?;
                self.comes_from_here(enquiry)?;
                By::Browser(account)
            }
            Enquirer::Program { access, account } => {
                take(Asker::Session(access.session))?;
                if !self.knows(access.program) {
                    return Err(Problem::token());
                }
                By::Program(account, Scopes::from_bits(access.scopes))
            }
        };
        match (by, route.who.scope()) {
            (By::Program(_, scopes), Some(scope)) if !scopes.has(scope) => Err(Problem::new(
                Kind::Scope,
                format!("That needs the scope “{}”.", scope.name()),
            )),
            (By::Nobody, _) if matches!(route.who, Who::Account(_)) => {
                self.own()?;
                Err(Problem::new(
                    Kind::SignIn,
                    "Show an access token, or the session of a browser that is signed in.",
                ))
            }
            _ => Ok(by),
        }
    }

    /// Cookies come with whatever a browser sends, so what changes something has to
    /// come from here. A token is shown on purpose.
    fn comes_from_here(&self, enquiry: &Enquiry) -> Result<(), Problem> {
        if enquiry.method == Method::GET {
            return Ok(());
        }
        let said = |name| enquiry.headers.get(name).map(HeaderValue::as_bytes);
        let site = &self.settings.url;
        if access::is_from_here(said(&FETCH_SITE), said(&header::ORIGIN), site) {
            return Ok(());
        }
        Err(Problem::new(
            Kind::Elsewhere,
            "The browser says that another site sends it; nothing was done.",
        ))
    }

    async fn go(&self, way: Way, call: &Call<'_>) -> Answer {
        match way {
            Way::Document => self.document(),
            Way::Publication => self.publication(),
            Way::Sections => self.sections(),
            Way::Topics => self.topics(call),
            Way::Authors => self.authors(call),
            Way::Stories => self.stories(call),
            Way::Story => self.read_story(call).await,
            Way::StoryAt => self.read_at(call).await,
            Way::Search => self.search(call).await,
            Way::Me => self.me(call).await,
            Way::Meter => self.meter(call).await,
            Way::Entitlements => self.entitlements(call).await,
            Way::Offers => self.offers(call).await,
            Way::Saved => self.saved(call).await,
            Way::IsSaved => self.is_saved(call).await,
            Way::Save => self.save(call).await,
            Way::Unsave => self.unsave(call).await,
            Way::History => self.history(call).await,
            Way::WantHistory => self.want_history(call).await,
            Way::ClearHistory => self.clear_history(call).await,
            Way::NoteReading => self.note(call).await,
            Way::ForgetReading => self.forget(call).await,
        }
    }

    /// Where accounts are.
    pub(crate) fn own(&self) -> Result<&Accounts, Problem> {
        self.accounts.as_ref().ok_or_else(|| {
            Problem::new(
                Kind::NoAccounts,
                "This publication sends no mail, so it has none.",
            )
        })
    }

    /// Where lists are.
    pub(crate) fn lists(&self) -> Result<Arc<dyn Lists>, Problem> {
        self.newsroom.lists().ok_or_else(|| {
            Problem::new(
                Kind::NoLists,
                "Its stories are in another content system: read them by their addresses.",
            )
        })
    }

    /// The language that is asked for.
    pub(crate) fn locale(&self, headers: &HeaderMap) -> Locale {
        let locales = &self.settings.locales;
        let asked = headers.get(header::ACCEPT_LANGUAGE);
        let asked = asked.and_then(|asked| asked.to_str().ok());
        let found = asked.and_then(|asked| Locale::negotiate(asked, locales));
        let found = found.or(locales.first());
        found.cloned().unwrap_or_else(Locale::english)
    }
}

/// Where it is said how programs are let in (RFC 8414).
pub const METADATA: &str = "/.well-known/oauth-authorization-server";

/// `200` with JSON.
pub(crate) fn json<T: Serialize>(body: &T) -> Answer {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer can't be written");
        Problem::new(Kind::Broken, "The server's log says what.")
    })?;
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    Ok(response)
}

/// `204`.
#[expect(clippy::unnecessary_wraps, reason = "an answer as all of them")]
pub(crate) fn nothing() -> Answer {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

/// Says of an answer that is the same for everybody what it is and how long that
/// holds.
fn mark(response: &mut Response<Bytes>) {
    let hash = blake3::hash(response.body()).to_hex();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, A_MINUTE);
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or_default());
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
}

/// The answer, or that whoever asks has it already (RFC 9110, 13.1.2).
fn unless_known(response: Response<Bytes>, asked: &HeaderMap) -> Response<Bytes> {
    let Some(own) = response.headers().get(header::ETAG).cloned() else {
        return response;
    };
    let lines = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"));
    if !tags.any(|tag| tag == "*" || own == tag) {
        return response;
    }
    let (mut head, _) = response.into_parts();
    head.status = StatusCode::NOT_MODIFIED;
    head.headers.remove(header::CONTENT_TYPE);
    Response::from_parts(head, Bytes::new())
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api")
            .field("url", &self.settings.url)
            .finish_non_exhaustive()
    }
}
