//! How programs are let in: a code becomes tokens, a token new ones, and tokens are
//! given back (OAuth 2.1, RFC 6749, 7009, 7636 and 8414).
//!
//! Who asks the reader is `web`'s page; it keeps what the reader has said yes to with
//! the code. Programs that readers hold can keep no secret, so they are known by their
//! names, by where the code was sent, and by what they show that they are the same.
//!
//! An access token is the gate's and lasts an hour. A refresh token names the session
//! and is good once: one that was used before shows that two have it, and ends the
//! session. Nothing is kept of either but a hash.

use access::SessionId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use commerce::ids::AccountId;
use gateway::{Access, Enquiry, LONGEST_ACCESS, ProgramTag};
use http::{HeaderValue, Method, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::apps::{NewApp, Permission, Scope, Scopes};
use store::sessions::NewSession;
use store::{StoreError, TokenHash};
use subtle::ConstantTimeEq;

use crate::api::{Answer, Api, json};
use crate::problem::{Kind, Problem};
use crate::settings::Accounts;
use crate::wire;

/// The most fields that are looked at; a request has six.
const MAX_FIELDS: usize = 32;

/// How long a verifier is (RFC 7636, 4.1).
const VERIFIER: std::ops::RangeInclusive<usize> = 43..=128;

/// Bytes of a refresh token: a session, and as many at random.
const REFRESH: usize = 32;

/// Why a program isn't let in (RFC 6749, 5.2), and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct No(&'static str, &'static str);

const NO_CODE: No = No(
    "invalid_grant",
    "The code is unknown, was used, or is over: it is good once and for a minute. Ask the reader \
     again.",
);
const OTHER_CLIENT: No = No("invalid_grant", "The code was given to another program.");
const OTHER_REDIRECT: No = No(
    "invalid_grant",
    "redirect_uri has to be the one that the code was sent to.",
);
const OTHER_VERIFIER: No = No(
    "invalid_grant",
    "code_verifier doesn’t fit the challenge that the reader was asked with.",
);
const NO_REFRESH: No = No(
    "invalid_grant",
    "The refresh token is unknown, was revoked, or its session is over. Ask the reader again.",
);
const USED_REFRESH: No = No(
    "invalid_grant",
    "The refresh token was used before, so two have it; the session was ended. Ask the reader \
     again.",
);
const NO_CLIENT: No = No(
    "invalid_client",
    "No program of that client_id is let in here.",
);
const NO_GRANT: No = No(
    "unsupported_grant_type",
    "grant_type is authorization_code or refresh_token.",
);
const MORE_SCOPES: No = No("invalid_scope", "That is more than the reader has allowed.");
const NOT_A_FORM: No = No(
    "invalid_request",
    "Send it by POST as application/x-www-form-urlencoded, each field once.",
);
const MISSING: No = No(
    "invalid_request",
    "client_id, grant_type and, as that wants, code, redirect_uri, code_verifier or refresh_token \
     have to be there.",
);

/// Why there are no tokens.
enum Refused {
    No(No),
    Problem(Problem),
}

impl From<No> for Refused {
    fn from(no: No) -> Self {
        Self::No(no)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

#[derive(Serialize)]
struct Said {
    error: &'static str,
    error_description: &'static str,
}

/// What was sent.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn read(enquiry: &Enquiry) -> Result<Self, No> {
        let kind = enquiry.headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let is_form = kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        if enquiry.method != Method::POST || !is_form {
            return Err(NOT_A_FORM);
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(&enquiry.body) {
            if fields.len() == MAX_FIELDS || fields.iter().any(|(known, _)| *known == name) {
                return Err(NOT_A_FORM);
            }
            fields.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(fields))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn need(&self, name: &str) -> Result<&str, No> {
        self.get(name)
            .filter(|value| !value.is_empty())
            .ok_or(MISSING)
    }
}

impl Api {
    /// Says where programs are let in, where any may be.
    pub(crate) fn metadata(&self, enquiry: &Enquiry) -> Answer {
        if !self.lets_programs_in() || enquiry.method != Method::GET {
            return Err(Problem::new(Kind::Missing, "No programs are let in here."));
        }
        let url = &self.settings.url;
        let at = |path: &str| format!("{url}{}{path}", self.settings.prefix);
        json(&wire::Metadata {
            issuer: url.clone(),
            authorization_endpoint: at("oauth/authorize"),
            token_endpoint: at("oauth/token"),
            revocation_endpoint: at("oauth/revoke"),
            scopes_supported: Scope::ALL.map(Scope::name).to_vec(),
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: ["authorization_code", "refresh_token"],
            token_endpoint_auth_methods_supported: ["none"],
            revocation_endpoint_auth_methods_supported: ["none"],
            code_challenge_methods_supported: ["S256"],
            authorization_response_iss_parameter_supported: true,
            service_documentation: at("api/v1/openapi.json"),
        })
    }

    /// Lets a program in, or out.
    pub(crate) async fn entry(&self, enquiry: &Enquiry, system: Timestamp) -> Response<Bytes> {
        let answer = match &*enquiry.path {
            "oauth/revoke" => self.revoke(enquiry, system).await,
            _ => self.token(enquiry, system).await,
        };
        let mut response = match answer {
            Ok(response) => response,
            Err(Refused::Problem(problem)) => problem.response(),
            Err(Refused::No(no)) => said(no),
        };
        let headers = response.headers_mut();
        let never = HeaderValue::from_static("no-store");
        headers.insert(header::CACHE_CONTROL, never);
        response
    }

    async fn token(
        &self,
        enquiry: &Enquiry,
        system: Timestamp,
    ) -> Result<Response<Bytes>, Refused> {
        let (accounts, client, fields) = self.asked(enquiry)?;
        match fields.need("grant_type")? {
            "authorization_code" => self.exchange(accounts, client, &fields, system).await,
            "refresh_token" => self.refresh(accounts, client, &fields, system).await,
            _ => Err(NO_GRANT.into()),
        }
    }

    /// Where accounts are, which program asks, and what it says.
    fn asked(&self, enquiry: &Enquiry) -> Result<(&Accounts, &str, Fields), Refused> {
        let accounts = self.own().map_err(Refused::Problem)?;
        let fields = Fields::read(enquiry)?;
        let id = fields.need("client_id")?;
        let known = accounts.apps.iter().find(|app| app.id == id);
        let client = known.map(|app| app.id.as_str()).ok_or(NO_CLIENT)?;
        Ok((accounts, client, fields))
    }

    /// Ends a session, and returns once no token of it is good any more.
    async fn end(
        &self,
        accounts: &Accounts,
        mut writing: store::Writing,
        (account, session): (AccountId, SessionId),
        system: Timestamp,
    ) -> Result<(), StoreError> {
        writing.revoke_session(account, session, system).await?;
        let committed = writing.commit().await?;
        self.wait(accounts, committed.feed).await;
        Ok(())
    }

    /// A code for tokens.
    async fn exchange(
        &self,
        accounts: &Accounts,
        client: &str,
        fields: &Fields,
        system: Timestamp,
    ) -> Result<Response<Bytes>, Refused> {
        let code = TokenHash::of(fields.need("code")?.as_bytes());
        let redirect = fields.need("redirect_uri")?;
        let verifier = fields.need("code_verifier")?;
        let mut writing = accounts.store.write().await?;
        let Some((account, permission)) = writing.use_code(code, system).await? else {
            // Used twice: whoever has it besides may have come first.
            if let Some((session, account)) = writing.session_by_code(code).await? {
                let whose = (account, session);
                self.end(accounts, writing, whose, system).await?;
                tracing::warn!(app = client, "a code was used twice; its session was ended");
            }
            return Err(NO_CODE.into());
        };
        // What is refused from here on is undone, so that a stranger's guess doesn't
        // use up the code.
        fits(&permission, client, redirect, verifier)?;
        let scopes = Scopes::from_bits(permission.scopes);
        let drawn = self.draw::<16>()?;
        let session = SessionId(drawn);
        let (refresh, hash) = self.new_refresh(session)?;
        let expires = system + accounts.session;
        let new = NewSession {
            id: session,
            account,
            label: permission.label,
            expires,
        };
        let closed = |error| match error {
            // The account was closed since.
            StoreError::Unknown(_) => Refused::No(NO_CODE),
            error => error.into(),
        };
        let added = writing.add_session(&new, accounts.devices, system).await;
        added.map_err(closed)?;
        writing
            .add_app(&NewApp {
                session,
                app: client,
                scopes,
                code,
                refresh: hash,
            })
            .await?;
        let committed = writing.commit().await?;
        self.wait(accounts, committed.feed).await;
        self.tokens(client, session, scopes, refresh, expires, system)
    }

    /// A refresh token for new ones.
    async fn refresh(
        &self,
        accounts: &Accounts,
        client: &str,
        fields: &Fields,
        system: Timestamp,
    ) -> Result<Response<Bytes>, Refused> {
        let shown = fields.need("refresh_token")?;
        let session = session_in(shown).ok_or(NO_REFRESH)?;
        let mut writing = accounts.store.write().await?;
        let app = writing.app(session, system).await?;
        let app = app.filter(|app| app.app == client).ok_or(NO_REFRESH)?;
        let narrower = fields.get("scope").map(Scopes::parse);
        let scopes = match narrower {
            None => app.scopes,
            Some(asked) => asked
                .filter(|asked| asked.are_among(app.scopes))
                .ok_or(MORE_SCOPES)?,
        };
        let (refresh, hash) = self.new_refresh(session)?;
        let from = TokenHash::of(shown.as_bytes());
        if !writing.renew_app(session, from, hash).await? {
            let whose = (app.account, session);
            self.end(accounts, writing, whose, system).await?;
            tracing::warn!(
                app = client,
                "a refresh token was used twice; its session was ended"
            );
            return Err(USED_REFRESH.into());
        }
        writing.commit().await?;
        self.tokens(client, session, scopes, refresh, app.expires, system)
    }

    /// Gives tokens back: the session ends, and with it every token of it. What isn't
    /// a token of the program's isn't one to be given back, which is well too (RFC
    /// 7009, 2.2).
    async fn revoke(
        &self,
        enquiry: &Enquiry,
        system: Timestamp,
    ) -> Result<Response<Bytes>, Refused> {
        let (accounts, client, fields) = self.asked(enquiry)?;
        let shown = fields.need("token")?;
        let mut writing = accounts.store.write().await?;
        if let Some(whose) = self.whose(&mut writing, client, shown, system).await? {
            self.end(accounts, writing, whose, system).await?;
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::OK;
        Ok(response)
    }

    /// Whose session a token is of, refresh or access, if it is the program's.
    async fn whose(
        &self,
        reading: &mut store::Reading,
        client: &str,
        shown: &str,
        system: Timestamp,
    ) -> Result<Option<(AccountId, SessionId)>, StoreError> {
        let access = self.gate.what_says(shown);
        let session = match (access, session_in(shown)) {
            (Some(access), _) if access.program == ProgramTag::of(client) => access.session,
            (Some(_), _) | (None, None) => return Ok(None),
            (None, Some(session)) => session,
        };
        let app = reading.app(session, system).await?;
        let app = app.filter(|app| app.app == client);
        let hash = TokenHash::of(shown.as_bytes());
        let app = app.filter(|app| access.is_some() || app.refresh == hash);
        Ok(app.map(|app| (app.account, session)))
    }

    fn tokens(
        &self,
        client: &str,
        session: SessionId,
        scopes: Scopes,
        refresh_token: String,
        expires: Timestamp,
        system: Timestamp,
    ) -> Result<Response<Bytes>, Refused> {
        let until = expires.min(system + SignedDuration::from_secs(LONGEST_ACCESS));
        let access = Access {
            session,
            program: ProgramTag::of(client),
            scopes: scopes.bits(),
            until,
        };
        let token = self.gate.access_token(&access).ok_or_else(broken)?;
        json(&wire::Tokens {
            access_token: token,
            token_type: "Bearer",
            expires_in: system.duration_until(until).as_secs(),
            refresh_token,
            scope: scopes.to_string(),
        })
        .map_err(Refused::Problem)
    }

    fn new_refresh(&self, session: SessionId) -> Result<(String, TokenHash), Refused> {
        let mut said = [0; REFRESH];
        let (first, rest) = said.split_at_mut(16);
        first.copy_from_slice(&session.0);
        rest.copy_from_slice(&self.draw::<16>()?);
        let token = URL_SAFE_NO_PAD.encode(said);
        let hash = TokenHash::of(token.as_bytes());
        Ok((token, hash))
    }

    fn draw<const N: usize>(&self) -> Result<[u8; N], Refused> {
        self.world.draw().ok_or_else(broken)
    }

    async fn wait(&self, accounts: &Accounts, feed: Option<i64>) {
        if let Some(feed) = feed
            && !accounts.feed.has_heard(feed).await
        {
            tracing::warn!(feed, "the gate is slow to learn what has changed");
        }
    }

    /// Whether a program of that tag is still let in.
    pub(crate) fn knows(&self, tag: ProgramTag) -> bool {
        let apps = self.accounts.iter().flat_map(|accounts| &accounts.apps);
        apps.into_iter().any(|app| ProgramTag::of(&app.id) == tag)
    }
}

/// Whether a program is the one that the reader has said yes to.
fn fits(permission: &Permission, client: &str, redirect: &str, verifier: &str) -> Result<(), No> {
    if permission.app != client {
        return Err(OTHER_CLIENT);
    }
    if permission.redirect != redirect {
        return Err(OTHER_REDIRECT);
    }
    let is_long = VERIFIER.contains(&verifier.len());
    let shown = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let is_same = bool::from(shown.as_bytes().ct_eq(permission.challenge.as_bytes()));
    if is_long && is_same {
        Ok(())
    } else {
        Err(OTHER_VERIFIER)
    }
}

/// The session that a refresh token names.
fn session_in(token: &str) -> Option<SessionId> {
    let mut said = [0; REFRESH];
    let read = URL_SAFE_NO_PAD.decode_slice(token, &mut said);
    if read != Ok(REFRESH) {
        return None;
    }
    let mut session = [0; 16];
    session.copy_from_slice(said.get(..16)?);
    Some(SessionId(session))
}

fn broken() -> Refused {
    Refused::Problem(Problem::new(
        Kind::Broken,
        "There is no randomness; the server's log says why.",
    ))
}

fn said(no: No) -> Response<Bytes> {
    let No(error, error_description) = no;
    let said = Said {
        error,
        error_description,
    };
    let body = serde_json::to_vec(&said).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = match error {
        "invalid_client" => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
