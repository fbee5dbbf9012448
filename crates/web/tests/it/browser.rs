//! A browser: it keeps cookies, fills forms in and says where it comes from.

use std::collections::BTreeMap;
use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use ludgate_web::Request;

use crate::hidden::hidden;
use crate::site::{SITE, Site};

pub(crate) struct Browser {
    pub(crate) cookies: BTreeMap<String, String>,
    /// More headers.
    pub(crate) says: Vec<(&'static str, String)>,
    pub(crate) address: IpAddr,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) html: String,
    pub(crate) cookies: Vec<String>,
    /// Whether the browser is told to forget what the site has stored in it.
    pub(crate) forgets: bool,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self {
            cookies: BTreeMap::new(),
            says: Vec::new(),
            address: IpAddr::from([192, 0, 2, 1]),
        }
    }

    /// The same browser with nobody signed in, as a thief or the next user has it.
    pub(crate) fn signed_out(&self) -> Self {
        let mut cookies = self.cookies.clone();
        cookies.remove("session");
        Self {
            cookies,
            says: self.says.clone(),
            address: self.address,
        }
    }

    pub(crate) fn session(&self) -> &str {
        self.cookies.get("session").map_or("", String::as_str)
    }

    fn request(&self, site: &Site, method: Method, target: &str, body: String) -> Request {
        let below = target.strip_prefix("/-/").expect("a page of ours");
        let (path, query) = match below.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (below, None),
        };
        let mut request = Request {
            method,
            path: path.to_owned(),
            query,
            headers: http::HeaderMap::new(),
            body: Bytes::from(body),
            address: Some(self.address),
            now: site.now(),
        };
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
        if !pairs.is_empty() {
            let line = HeaderValue::try_from(pairs.join("; ")).expect("a header");
            request.headers.insert(header::COOKIE, line);
        }
        for (name, value) in &self.says {
            let value = HeaderValue::try_from(value).expect("a header");
            request.headers.insert(HeaderName::from_static(name), value);
        }
        request
    }

    async fn send(&mut self, site: &Site, request: Request) -> Reply {
        let response = site.pages.answer(&request).await;
        let set = response.headers().get_all(header::SET_COOKIE).iter();
        let set: Vec<String> = set
            .map(|line| line.to_str().expect("text").to_owned())
            .collect();
        for line in &set {
            let (key, value) = line
                .split(';')
                .next()
                .expect("a pair")
                .split_once('=')
                .expect("=");
            if line.contains("Max-Age=0") {
                self.cookies.remove(key);
            } else {
                self.cookies.insert(key.to_owned(), value.to_owned());
            }
        }
        let forgets = response.headers().get("clear-site-data");
        let location = response.headers().get(header::LOCATION);
        Reply {
            status: response.status(),
            location: location.map(|to| to.to_str().expect("text").to_owned()),
            cookies: set,
            forgets: forgets.is_some_and(|what| what == "\"storage\""),
            // Of a picture, what of it is text.
            html: String::from_utf8_lossy(response.body()).into_owned(),
        }
    }

    pub(crate) async fn get(&mut self, site: &Site, target: &str) -> Reply {
        let request = self.request(site, Method::GET, target, String::new());
        self.send(site, request).await
    }

    /// Opens the page at `from` and sends a form of it to `to`.
    pub(crate) async fn fill(
        &mut self,
        site: &Site,
        (from, to): (&str, &str),
        fields: &[(&str, &str)],
    ) -> Reply {
        let page = self.get(site, from).await;
        let token = page.token().to_owned();
        let mut all = vec![("token", &*token)];
        all.extend_from_slice(fields);
        self.post(site, to, &all).await
    }

    /// Sends exactly these fields.
    pub(crate) async fn post(&mut self, site: &Site, to: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = self.request(site, Method::POST, to, body);
        let headers = &mut request.headers;
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, kind);
        headers
            .entry(header::ORIGIN)
            .or_insert(HeaderValue::from_static(SITE));
        self.send(site, request).await
    }

    /// Opens the page at `from` and sends its form with that action, hidden
    /// fields and all, with these fields in the place of those of their name.
    pub(crate) async fn complete(
        &mut self,
        site: &Site,
        (from, action): (&str, &str),
        fields: &[(&str, &str)],
    ) -> Reply {
        let page = self.get(site, from).await;
        self.send_form(site, &page, action, fields).await
    }

    /// The same, for a page that is open already.
    pub(crate) async fn send_form(
        &mut self,
        site: &Site,
        page: &Reply,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        let hidden = hidden(&page.html, action);
        assert!(!hidden.is_empty(), "{action}: {}", page.html);
        let is_given = |name: &str| fields.iter().any(|(given, _)| *given == name);
        let hidden = hidden.iter().filter(|(name, _)| !is_given(name));
        let mut all: Vec<(&str, &str)> = hidden.map(|(name, value)| (&**name, &**value)).collect();
        all.extend_from_slice(fields);
        self.post(site, action, &all).await
    }

    pub(crate) async fn sign_in(&mut self, site: &Site, mail: &str, password: &str) -> Reply {
        let fields = [("mail", mail), ("password", password)];
        self.fill(site, ("/-/login", "/-/login"), &fields).await
    }
}

impl Reply {
    /// Whether it leads to where one signs in, whether or not that leads back.
    pub(crate) fn asks_to_sign_in(&self) -> bool {
        let to = self.location.as_deref().unwrap_or_default();
        self.status == StatusCode::SEE_OTHER && to.split('?').next() == Some("/-/login")
    }

    /// The token of the page's first form.
    pub(crate) fn token(&self) -> &str {
        let rest = self.html.split("name=\"token\" value=\"").nth(1);
        rest.and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
    }

    /// The page with its slashes as they are written.
    pub(crate) fn slashed(&self) -> String {
        self.html.replace("&#x2f;", "/")
    }

    /// The page with what is drawn anew each time left out.
    pub(crate) fn plain(&self) -> String {
        match self.token() {
            "" => self.html.clone(),
            token => self.html.replace(token, "TOKEN"),
        }
    }
}
