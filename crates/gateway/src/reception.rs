//! The way to whoever serves the readers' own pages: what is asked below the
//! reserved prefix and isn't the gate's own goes there, and nothing else does.
//!
//! The gate reads what is sent, within bounds, and sees to what has to hold for
//! every such page whoever wrote it. It must not know what the pages are.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use jiff::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::bodies::{Bodies, Unread};
use crate::body::Body;
use crate::gate::{Asked, Gate};
use crate::head::Head;
use crate::negotiate;
use crate::pages::html;
use crate::policy::Policy;
use crate::refused::Refused;
use crate::reserved::{READ, READ_AND_SEND, method_not_allowed, nothing_here};
use crate::respond::{PRIVATE, refusal, try_again};
use crate::shorter;

/// Below this are the places that standards have named.
const NAMED: &str = "/.well-known/";

/// The longest that is usually sent, in bytes: a form with an address and a remark
/// takes two thousand.
const LONGEST: usize = 64 * 1024;

/// The longest that a reception may ask for, in bytes: messages of machines,
/// which are a few thousand as a rule.
const MOST: usize = 256 * 1024;

/// What messages of machines may hold while they are on their way, in bytes.
const MESSAGES: usize = 16 * 1024 * 1024;

/// Requests that are being answered at a time: whatever is sent has come by then.
/// Each kind has its own, so that none keeps another out. They hold 11 MB at most,
/// beside what is on its way; and however slow the pages are, the stories have
/// the rest of the server.
const LOOKS_AT_ONCE: usize = 128;
const FORMS_AT_ONCE: usize = 112;
const MESSAGES_AT_ONCE: usize = 16;

/// What a page of ours may do, where it doesn't say so itself: show our own
/// styles and pictures and send forms here. No script, and no frame around it.
const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Who is there for readers.
pub trait Reception: Send + Sync + 'static {
    /// Answers. A `HEAD` is asked as a `GET`. It isn't broken off for taking
    /// long: what it does may have to be done to the end.
    fn receive(&self, enquiry: Enquiry) -> Receiving<'_>;

    /// How many bytes may be sent to `path`, below the prefix, where that is more
    /// than the 64 KB of a form. Beyond 256 KB nothing is read whatever it says.
    fn longest(&self, path: &str) -> Option<usize> {
        let _ = path;
        None
    }

    /// Whether anything is served at `path`, below the prefix; where not, nothing sent
    /// there is read.
    fn serves(&self, path: &str) -> bool {
        let _ = path;
        true
    }

    /// Whether programs ask at `path`, below the prefix. Then every method comes
    /// through, not only those of pages and forms, and the answer itself says how
    /// long it may be kept, where it may be at all.
    fn is_for_programs(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// What programs are told where the gate itself refuses with that status, in the
    /// place of a page for people. `None` for the page.
    fn refusal(&self, status: StatusCode) -> Option<Response<Bytes>> {
        let _ = status;
        None
    }

    /// Whether browsers may keep an answer at `path`, below the prefix, for as long as it
    /// says itself: it is nobody's, and holds nothing secret.
    fn may_be_kept(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// Whether an answer at `path`, below the prefix, may be sent compressed: there is
    /// nothing secret in it beside what somebody else has chosen, the request included.
    fn may_be_compressed(&self, path: &str) -> bool {
        let _ = path;
        false
    }

    /// Whether it is asked at `path`, which is outside of the prefix: one of the
    /// places that standards have named (RFC 8615), below `/.well-known/`. What is
    /// asked there comes with its whole path.
    fn is_at(&self, path: &str) -> bool {
        let _ = path;
        false
    }
}

/// An answer under way.
pub type Receiving<'a> = Pin<Box<dyn Future<Output = Response<Bytes>> + Send + 'a>>;

/// What is asked.
#[derive(Debug)]
pub struct Enquiry {
    /// `GET` or `POST`; any other where programs ask.
    pub method: Method,
    /// Whether it was a `HEAD`, which is asked as a `GET`.
    pub is_head: bool,
    /// The normalised path below the prefix: `login`. Where it is one that standards
    /// have named, all of it: `/.well-known/…`.
    pub path: String,
    /// The query as it came.
    pub query: Option<String>,
    /// All headers as they came: what they say grants nothing.
    pub headers: HeaderMap,
    /// What was sent, all of it; at most what [`Reception::longest`] says.
    pub body: Bytes,
    /// Whose request it is, as far as trusted proxies tell.
    pub address: Option<IpAddr>,
    /// Whose connection it is: a proxy's, perhaps.
    pub peer: Option<IpAddr>,
    /// Whether it came over a secure connection of ours. In the clear it may
    /// still have been secure as far as a proxy.
    pub is_secure: bool,
    /// The time by the business clock.
    pub now: Timestamp,
}

/// A reception with its places.
pub(crate) struct Desk {
    reception: Arc<dyn Reception>,
    looks: Semaphore,
    forms: Semaphore,
    messages: Semaphore,
    /// Messages on their way.
    coming: Bodies,
}

/// What a place is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A page to be looked at.
    Look,
    /// A form that somebody sends.
    Form,
    /// What a machine says, a payment provider say: more than a form may.
    Message,
}

impl Desk {
    pub(crate) fn new(reception: Arc<dyn Reception>) -> Self {
        Self {
            reception,
            looks: Semaphore::new(LOOKS_AT_ONCE),
            forms: Semaphore::new(FORMS_AT_ONCE),
            messages: Semaphore::new(MESSAGES_AT_ONCE),
            coming: Bodies::new(MESSAGES),
        }
    }

    /// What a program at `path`, below the prefix, is told instead of a page.
    fn refusal(&self, path: &str, status: StatusCode) -> Option<Response<Bytes>> {
        let asks = self.reception.is_for_programs(path);
        asks.then(|| self.reception.refusal(status)).flatten()
    }

    /// Whether it is asked at that path outside of the prefix.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        path.starts_with(NAMED) && self.reception.is_at(path)
    }

    /// One of the places for requests that are being answered; `None` where all
    /// of that sort are taken.
    pub(crate) fn place(&self, sort: Sort) -> Option<SemaphorePermit<'_>> {
        let places = match sort {
            Sort::Look => &self.looks,
            Sort::Form => &self.forms,
            Sort::Message => &self.messages,
        };
        places.try_acquire().ok()
    }

    /// What a request to `path` is, and how much may be sent with it.
    fn sort(&self, method: &Method, path: &str) -> (Sort, usize) {
        let more = self.reception.longest(path);
        let longest = more.unwrap_or(LONGEST).min(MOST);
        let sort = match (method, more) {
            (&Method::GET, _) => Sort::Look,
            (_, None) => Sort::Form,
            (_, Some(_)) => Sort::Message,
        };
        (sort, longest)
    }
}

impl Gate {
    /// Answers where what was sent isn't passed on.
    pub(crate) fn unread(&self, request: &Head<'_>, why: Unread) -> Response<Body> {
        match why {
            Unread::TooLong => refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                "That is too much",
                "What was sent is longer than anything that is asked for here.",
            ),
            Unread::TooSlow => refusal(
                StatusCode::REQUEST_TIMEOUT,
                "That took too long",
                "Nothing has been done. Please go back and send it again.",
            ),
            Unread::BrokenOff => refusal(
                StatusCode::BAD_REQUEST,
                "That didn’t arrive whole",
                "Nothing has been done. Please go back and send it again.",
            ),
            Unread::TooMany => {
                self.refused(request, Refused::Busy);
                try_again()
            }
        }
    }

    /// Says to a program what was refused as it reads it, where the answer is a page of
    /// ours for people.
    pub(crate) fn say_to_programs(&self, request: &Head<'_>, response: &mut Response<Body>) {
        let kind = response.headers().get(header::CONTENT_TYPE);
        let policy = self.policy().1;
        let below = request.path.strip_prefix(&*policy.parts.prefix);
        let (Some(desk), Some(below), true) = (self.desk(), below, kind == Some(&html())) else {
            return;
        };
        if let Some(told) = desk.refusal(below, response.status()) {
            *response = told.map(Body::whole);
            guard(response.headers_mut());
        }
    }

    /// Answers for `rest`, the path below the prefix, where it isn't the gate's.
    pub(crate) async fn enquire(
        &self,
        rest: &str,
        request: &Head<'_>,
        policy: &Policy,
        asked: &mut Asked,
    ) -> Response<Body> {
        let desk = self.desk().filter(|desk| desk.reception.serves(rest));
        let Some(desk) = desk else {
            return match request.method {
                Method::GET | Method::HEAD => nothing_here(),
                _ => method_not_allowed(READ),
            };
        };
        let is_for_programs = desk.reception.is_for_programs(rest);
        let method = match &request.method {
            &Method::GET | &Method::HEAD => Method::GET,
            &Method::POST => Method::POST,
            other if is_for_programs => other.clone(),
            _ => return method_not_allowed(READ_AND_SEND),
        };
        if !asked.is_admitted {
            self.refused(request, Refused::Overload);
            return try_again();
        }
        let proxies = &policy.parts.trusted_proxies;
        let address = proxies.client(asked.link.address, &request.fields);
        let (sort, longest) = desk.sort(&method, rest);
        let coming = match sort {
            Sort::Look | Sort::Form => self.forms(),
            Sort::Message => &desk.coming,
        };
        let body = match coming.read(asked.body.take(), longest, address).await {
            Ok(body) => body,
            Err(why) => return self.unread(request, why),
        };
        // Once nobody has to be waited for.
        let Some(_place) = desk.place(sort) else {
            self.refused(request, Refused::Busy);
            return try_again();
        };
        let headers = headers(request);
        let enquiry = Enquiry {
            method,
            is_head: request.method == Method::HEAD,
            path: rest.to_owned(),
            query: request.query.map(str::to_owned),
            headers,
            body,
            address,
            peer: asked.link.address,
            is_secure: asked.link.is_secure,
            now: asked.now,
        };
        let mut response = desk.reception.receive(enquiry).await;
        if desk.reception.may_be_compressed(rest) {
            let wanted = negotiate::encoding(&request.fields, false);
            response = shorter::shortened(response, wanted).await;
        }
        let mut response = response.map(Body::whole);
        let said = response.headers_mut().remove(header::CACHE_CONTROL);
        guard(response.headers_mut());
        let may_say = is_for_programs || desk.reception.may_be_kept(rest);
        if let Some(said) = said.filter(|_| may_say) {
            response.headers_mut().insert(header::CACHE_CONTROL, said);
        }
        response
    }
}

/// What has to hold for every page of ours: nobody keeps it, frames it, guesses
/// its type or learns the address of it.
pub(crate) fn guard(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, PRIVATE);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Links in mails hold secrets. Without any origin, browsers wouldn't say
    // where a form comes from.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(CSP);
}

/// Lines whose name or value no header can have are left out.
fn headers(request: &Head<'_>) -> HeaderMap {
    let lines = request.fields.iter();
    lines
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_bytes(value).ok()?))
        })
        .collect()
}
