//! One exchange with Stripe: bounded in time and size, and tried once.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore, crypto};
use thiserror::Error;

use super::Settings;
use super::form::Form;
use super::wire::{ApiError, ErrorBody};
use crate::payment;

/// The API as it was then, whatever the account's own default is: what is read
/// here keeps its shape.
const VERSION: &str = "2024-06-20";

/// The largest answer: a hundred payments at 5 KB, four times over.
const MAX_ANSWER: usize = 2 * 1024 * 1024;

/// How long a connection may take: across an ocean and back thrice, and a packet
/// lost on the way.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a connection is kept that nobody uses: less than the minute after
/// which servers close it themselves.
const IDLE: Duration = Duration::from_secs(30);

/// How many connections are kept: as many payments as are under way at a time.
const KEPT: usize = 16;

/// The longest that we let ourselves be told to wait: a renewal may be an hour
/// late, and whoever says more is mistaken.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// Stripe's code of what isn't there.
const MISSING: &str = "resource_missing";

/// Its codes for an account that may not do (yet) what it is asked for, or that
/// the key isn't for.
const ABOUT_ACCOUNT: [&str; 6] = [
    "account_invalid",
    "api_key_expired",
    "livemode_mismatch",
    "payment_method_unactivated",
    "secret_key_required",
    "testmode_charges_only",
];

/// The connections can't be set up.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct TlsError(String);

type Client = legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// The way to an account.
#[derive(Debug)]
pub(super) struct Http {
    client: Client,
    base: String,
    authorization: HeaderValue,
    patience: Duration,
}

/// Why there is no good answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// A card's bank says no.
    Card(Box<ApiError>),
    /// The idempotency key was used for something else.
    KeyUsed,
    /// There is no such thing there (any more).
    Missing(Missing),
    /// The rest.
    Other(payment::Error),
}

/// What isn't there.
#[derive(Debug)]
pub(super) struct Missing {
    /// What Stripe calls it in the request: `payment_method`. Its code, where it
    /// has one.
    param: Option<String>,
    code: Option<String>,
    /// What it says.
    pub(super) why: String,
}

impl Missing {
    /// Whether it is the card, and not who pays with it.
    pub(super) fn is_card(&self) -> bool {
        self.param.as_deref() == Some("payment_method")
    }

    /// Whether it is who pays.
    pub(super) fn is_customer(&self) -> bool {
        self.param.as_deref() == Some("customer")
    }

    /// As an answer that somebody gets who asks for what there isn't.
    pub(super) fn refused(self, at: String) -> payment::Error {
        payment::Error::Refused {
            at,
            code: self.code,
            why: self.why,
        }
    }
}

impl From<payment::Error> for Failure {
    fn from(error: payment::Error) -> Self {
        Self::Other(error)
    }
}

impl Http {
    pub(super) fn new(settings: &Settings) -> Result<Self, TlsError> {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT));
        let tls = tls(settings.base.is_secure(), settings.authorities.as_deref())?;
        let builder = HttpsConnectorBuilder::new().with_tls_config(tls);
        // A base that is secure never leads to one that isn't.
        let builder = if settings.base.is_secure() {
            builder.https_only()
        } else {
            builder.https_or_http()
        };
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(KEPT)
            .build(builder.enable_http1().wrap_connector(connector));
        let bearer = format!("Bearer {}", settings.key.expose());
        let mut authorization = HeaderValue::from_str(&bearer)
            .map_err(|_| TlsError("the secret key can't be sent in a header".to_owned()))?;
        authorization.set_sensitive(true);
        Ok(Self {
            client,
            base: settings.base.as_str().to_owned(),
            authorization,
            patience: settings.patience,
        })
    }

    /// The address, for errors.
    pub(super) fn at(&self) -> String {
        self.base.clone()
    }

    pub(super) async fn get(&self, path: &str, query: &Form) -> Result<Bytes, Failure> {
        let mark = if query.as_str().is_empty() { "" } else { "?" };
        let path = format!("{path}{mark}{}", query.as_str());
        self.call(Method::GET, &path, "", None).await
    }

    /// Posts a form. The key makes the same form twice the same act.
    pub(super) async fn post(&self, path: &str, form: &Form, key: &str) -> Result<Bytes, Failure> {
        self.call(Method::POST, path, form.as_str(), Some(key))
            .await
    }

    /// Deletes something; twice is as good as once.
    pub(super) async fn delete(&self, path: &str) -> Result<Bytes, Failure> {
        self.call(Method::DELETE, path, "", None).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: &str,
        key: Option<&str>,
    ) -> Result<Bytes, Failure> {
        let request = self.request(method, path, body, key)?;
        let exchange = self.exchange(request);
        let (status, headers, bytes) = tokio::time::timeout(self.patience, exchange)
            .await
            .map_err(|_| self.silent(format!("nothing within {:?}", self.patience)))??;
        if status.is_success() {
            return Ok(bytes);
        }
        Err(self.failure(status, &headers, &bytes))
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: &str,
        key: Option<&str>,
    ) -> Result<Request<Full<Bytes>>, payment::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(AUTHORIZATION, &self.authorization)
            .header(USER_AGENT, concat!("Ludgate/", env!("CARGO_PKG_VERSION")))
            .header("stripe-version", VERSION);
        if let Some(key) = key {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("idempotency-key", key);
        }
        let body = Full::new(Bytes::copy_from_slice(body.as_bytes()));
        request.body(body).map_err(|error| payment::Error::Refused {
            at: self.at(),
            code: None,
            why: format!("the request can't be written: {error}"),
        })
    }

    async fn exchange(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, HeaderMap, Bytes), payment::Error> {
        let response = self.client.request(request).await.map_err(|error| {
            let why = causes(&error);
            // Only then it is certain that nothing was asked.
            if error.is_connect() {
                payment::Error::Unreachable { at: self.at(), why }
            } else {
                self.silent(why)
            }
        })?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await;
        let body = body.map_err(|error| {
            if error.is::<LengthLimitError>() {
                self.garbled(format!("its answer is larger than {MAX_ANSWER} bytes"))
            } else {
                self.silent(format!("its answer broke off: {error}"))
            }
        })?;
        Ok((head.status, head.headers, body.to_bytes()))
    }

    fn failure(&self, status: StatusCode, headers: &HeaderMap, bytes: &[u8]) -> Failure {
        let error = serde_json::from_slice::<ErrorBody>(bytes)
            .map(|body| body.error)
            .unwrap_or_default();
        let text = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let (at, why) = (self.at(), error.words(status.as_u16()));
        let code = error.code.clone();
        let is_missing = status == StatusCode::NOT_FOUND || code.as_deref() == Some(MISSING);
        Failure::Other(match status.as_u16() {
            402 => return Failure::Card(Box::new(error)),
            _ if error.kind.as_deref() == Some("idempotency_error") => return Failure::KeyUsed,
            400 | 404 if is_about_account(&error) => payment::Error::Account { at, why },
            400 | 404 if is_missing => {
                let param = error.param;
                return Failure::Missing(Missing { param, code, why });
            }
            409 => payment::Error::UnderWay { at },
            429 => payment::Error::Busy {
                at,
                wait: text(RETRY_AFTER.as_str())
                    .and_then(|seconds| seconds.parse().ok())
                    .map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT)),
            },
            401 | 403 => payment::Error::Key { at, why },
            400 | 404 => payment::Error::Refused { at, code, why },
            status @ 500.. => payment::Error::Trouble {
                at,
                status,
                request: text("request-id").map(|id| super::key::clean(&id)),
            },
            status => self.garbled(format!("status {status}")),
        })
    }

    pub(super) fn silent(&self, why: String) -> payment::Error {
        payment::Error::NoAnswer { at: self.at(), why }
    }

    pub(super) fn garbled(&self, why: String) -> payment::Error {
        payment::Error::Garbled { at: self.at(), why }
    }
}

/// Whether somebody has to see to the account, or to our key to it: it isn't
/// opened yet, or the key is for the other money of the same account. Stripe has
/// no code for that.
fn is_about_account(error: &ApiError) -> bool {
    const OTHER_MODE: &str = "a similar object exists in";
    let code = error.code.as_deref().unwrap_or_default();
    let message = error.message.as_deref().unwrap_or_default();
    ABOUT_ACCOUNT.contains(&code) || message.contains(OTHER_MODE)
}

/// An error with what it came of: `client error (Connect): connection refused`.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// What the server's certificate is checked against.
fn tls(is_needed: bool, authorities: Option<&Path>) -> Result<ClientConfig, TlsError> {
    let mut roots = RootCertStore::empty();
    if is_needed {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let own = authorities.map(crate::authorities::read).transpose();
        for certificate in own
            .map_err(|error| TlsError(error.to_string()))?
            .unwrap_or_default()
        {
            roots
                .add(certificate)
                .map_err(|error| TlsError(format!("a certificate can't be used: {error}")))?;
        }
        if roots.is_empty() {
            return Err(TlsError(
                "the system has no trusted certificates; install ca-certificates".to_owned(),
            ));
        }
    }
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsError(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
