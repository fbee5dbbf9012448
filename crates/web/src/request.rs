//! A request for one of these pages, as whoever received it hands it over.

use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, header};
use jiff::Timestamp;

use crate::form::Form;

/// The most `Cookie` bytes looked at; browsers send at most a few kilobytes.
const MAX_COOKIES: usize = 16 * 1024;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET` or `POST`; anything else is refused.
    pub method: Method,
    /// The normalised path below the prefix: `login`.
    pub path: String,
    /// The query as it came.
    pub query: Option<String>,
    /// All headers as they came: what they say grants nothing.
    pub headers: HeaderMap,
    /// What was sent, bounded by whoever received it.
    pub body: Bytes,
    /// Whose request it is, as far as that is known.
    pub address: Option<IpAddr>,
    /// The time by the business clock.
    pub now: Timestamp,
}

impl Request {
    /// The fields of the query.
    pub(crate) fn asked(&self) -> Form {
        Form::read(self.query.as_deref().unwrap_or_default().as_bytes())
    }

    /// The fields that were sent. What wasn't sent as a form has none.
    pub(crate) fn sent(&self) -> Form {
        let kind = self.text(&header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Form::read(&self.body)
        } else {
            Form::default()
        }
    }

    /// The first header with this name, where it is text.
    pub(crate) fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The first cookie with this name. Of several, choosing the one that fits
    /// would be a choice that an attacker makes.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(header::COOKIE).iter();
        lines
            .filter(|line| line.len() <= MAX_COOKIES)
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}
