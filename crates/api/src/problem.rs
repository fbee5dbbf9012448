//! What went wrong, as programs read it (RFC 9457).

use bytes::Bytes;
use gateway::NotTold;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

/// The type of every problem's answer.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// When to try again, in seconds: accounts are loaded within seconds, and what else
/// is busy is so for no longer.
const SOON: i64 = 5;

/// What went wrong, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ProblemDetails {
    /// Which problem it is: `urn:ludgate:problem:` and its name.
    pub(crate) r#type: String,
    /// What that is called.
    pub(crate) title: String,
    /// The status of the answer.
    pub(crate) status: u16,
    /// What is wrong here, and what to do about it.
    pub(crate) detail: String,
}

/// The problems there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NoRoute,
    Method,
    Query,
    Body,
    Cursor,
    NoStory,
    Missing,
    Gone,
    NoLists,
    NoAccounts,
    SignIn,
    Token,
    Scope,
    NotEntitled,
    Elsewhere,
    Full,
    Often,
    Ahead,
    Busy,
    Broken,
}

impl Kind {
    /// All of them, for the reference.
    pub(crate) const ALL: [Self; 20] = [
        Self::NoRoute,
        Self::Method,
        Self::Query,
        Self::Body,
        Self::Cursor,
        Self::NoStory,
        Self::Missing,
        Self::Gone,
        Self::NoLists,
        Self::NoAccounts,
        Self::SignIn,
        Self::Token,
        Self::Scope,
        Self::NotEntitled,
        Self::Elsewhere,
        Self::Full,
        Self::Often,
        Self::Ahead,
        Self::Busy,
        Self::Broken,
    ];

    /// Its status, its name, and what it is called.
    pub(crate) fn said(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NoRoute => (StatusCode::NOT_FOUND, "no-route", "Nothing is asked here"),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "That method isn’t for this place",
            ),
            Self::Query => (
                StatusCode::BAD_REQUEST,
                "query",
                "The query isn’t as described",
            ),
            Self::Body => (
                StatusCode::BAD_REQUEST,
                "body",
                "What was sent isn’t as described",
            ),
            Self::Cursor => (StatusCode::NOT_FOUND, "cursor", "There is no such place"),
            Self::NoStory => (StatusCode::NOT_FOUND, "no-story", "There is no story there"),
            Self::Missing => (StatusCode::NOT_FOUND, "missing", "That isn’t there"),
            Self::Gone => (StatusCode::GONE, "gone", "That isn’t there any more"),
            Self::NoLists => (
                StatusCode::NOT_FOUND,
                "no-lists",
                "This publication has no lists",
            ),
            Self::NoAccounts => (
                StatusCode::NOT_FOUND,
                "no-accounts",
                "Readers have no accounts here",
            ),
            Self::SignIn => (StatusCode::UNAUTHORIZED, "sign-in", "Nobody is signed in"),
            Self::Token => (StatusCode::UNAUTHORIZED, "token", "The token isn’t good"),
            Self::Scope => (
                StatusCode::FORBIDDEN,
                "scope",
                "The reader hasn’t allowed that",
            ),
            Self::NotEntitled => (
                StatusCode::FORBIDDEN,
                "not-entitled",
                "That comes with a subscription",
            ),
            Self::Elsewhere => (
                StatusCode::FORBIDDEN,
                "elsewhere",
                "That comes from another site",
            ),
            Self::Full => (StatusCode::CONFLICT, "full", "There is no more room"),
            Self::Often => (StatusCode::TOO_MANY_REQUESTS, "often", "That is too often"),
            Self::Ahead => (
                StatusCode::SERVICE_UNAVAILABLE,
                "ahead",
                "It is counted when it is read",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "That can’t be had just now",
            ),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "broken",
                "Something is wrong here",
            ),
        }
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    pub(crate) detail: String,
    /// After how many seconds the same may be asked again.
    pub(crate) retry: Option<i64>,
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let retry = matches!(kind, Kind::Busy).then_some(SOON);
        Self {
            kind,
            detail: detail.into(),
            retry,
        }
    }

    pub(crate) fn often(seconds: i64) -> Self {
        Self {
            retry: Some(seconds),
            ..Self::new(
                Kind::Often,
                "Too much was asked lately; wait as long as Retry-After says.",
            )
        }
    }

    /// The answer that says so.
    pub(crate) fn response(&self) -> Response<Bytes> {
        let (status, name, title) = self.kind.said();
        let details = ProblemDetails {
            r#type: format!("urn:ludgate:problem:{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail.clone(),
        };
        let body = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if let Some(seconds) = self.retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let challenge = match self.kind {
            Kind::SignIn => Some("Bearer"),
            Kind::Token => Some("Bearer error=\"invalid_token\""),
            Kind::Scope => Some("Bearer error=\"insufficient_scope\""),
            _ => None,
        };
        if let Some(challenge) = challenge {
            let challenge = HeaderValue::from_static(challenge);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if let StoreError::TooMany { what, most } = error {
            let detail = format!("There can be at most {most} {what}; let one go first.");
            return Self::new(Kind::Full, detail);
        }
        if error.is_passing() {
            tracing::warn!(%error, "an account couldn't be seen to");
            return Self::new(Kind::Busy, "Try again in a moment.");
        }
        tracing::error!(%error, "an account couldn't be seen to");
        Self::new(Kind::Broken, "The server's log says what.")
    }
}

impl From<NotTold> for Problem {
    fn from(why: NotTold) -> Self {
        match why {
            NotTold::Address => Self::new(
                Kind::NoStory,
                "That is no address of this publication: give a path, or an address that begins \
                 with the publication's own.",
            ),
            NotTold::Missing(StatusCode::GONE) => {
                Self::new(Kind::Gone, "The publication has taken it away.")
            }
            NotTold::Missing(_) => Self::new(Kind::Missing, "The publication has nothing there."),
            NotTold::NoStory => {
                Self::new(Kind::NoStory, "A page is there, and no one story on it.")
            }
            NotTold::Token => Self::token(),
            NotTold::Ahead => Self {
                retry: Some(0),
                ..Self::new(Kind::Ahead, "Ask for it when it is read, and not before.")
            },
            NotTold::Unavailable => {
                Self::new(Kind::Busy, "Try again in a moment. Nothing was counted.")
            }
        }
    }
}

impl Problem {
    pub(crate) fn token() -> Self {
        Self::new(
            Kind::Token,
            "It is over, was revoked, or never was one; have a new one by the refresh token, or \
             ask the reader again.",
        )
    }
}
