//! Where a site lives, and which links lead to it.

use std::fmt::{self, Write};

use gateway::Target;
use http::Uri;

/// Where a site is: its scheme and host, and what else it calls itself.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    https: bool,
    /// Host and perhaps port, in lower case.
    authority: String,
    /// What the site's own links call it, where that is something else: behind
    /// a proxy it has another address than its readers know.
    public: Option<(bool, String)>,
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", scheme(self.https), self.authority)
    }
}

impl Home {
    /// The site that `url` is on, and the path and query that it names there;
    /// `None` for what is no http or https address.
    pub(crate) fn parse(url: &str) -> Option<(Self, String)> {
        let (https, authority, rest) = split(url)?;
        let home = Self {
            https,
            authority,
            public: None,
        };
        let place = Self::normalised(rest.split('#').next().unwrap_or_default())?;
        Some((home, place))
    }

    /// The same host, over TLS or not.
    pub(crate) fn with_scheme(&self, https: bool) -> Self {
        Self {
            https,
            ..self.clone()
        }
    }

    /// Whether it is spoken to over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    /// Believes what a page says of its own address: scheme and host.
    pub(crate) fn calls_itself(&mut self, url: &str) {
        if let Some((https, authority, _)) = split(url)
            && (https, &authority) != (self.https, &self.authority)
        {
            self.public = Some((https, authority));
        }
    }

    /// The address that readers know the site by.
    pub(crate) fn public(&self) -> String {
        let (https, authority) = match &self.public {
            Some((https, authority)) => (*https, authority),
            None => (self.https, &self.authority),
        };
        format!("{}://{authority}", scheme(https))
    }

    /// Path and query of what `link`, found on the page at `from`, leads to;
    /// `None` where that is elsewhere, or no page.
    pub(crate) fn place(&self, from: &str, link: &str) -> Option<String> {
        let link = link.trim().split('#').next().unwrap_or_default();
        if link.is_empty() {
            return None;
        }
        let rest = if let Some(rest) = link.strip_prefix("//") {
            let (authority, rest) = rest.split_at(end_of_authority(rest));
            self.is(&authority.to_ascii_lowercase()).then_some(rest)?
        } else if let Some((_, authority, rest)) = split(link) {
            self.is(&authority).then_some(rest)?
        } else if link.starts_with('/') {
            link
        } else if link.starts_with('?') {
            let path = from.split('?').next().unwrap_or("/");
            return Self::normalised(&format!("{path}{link}"));
        } else if link.split(['/', '?']).next()?.contains(':') {
            // mailto:, javascript:, tel:
            return None;
        } else {
            let path = from.split('?').next().unwrap_or("/");
            let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
            return Self::normalised(&format!("{folder}{link}"));
        };
        Self::normalised(rest)
    }

    /// Whether an absolute link to this very host is over TLS; `None` for any
    /// other link.
    pub(crate) fn scheme_of(&self, link: &str) -> Option<bool> {
        let (https, authority, _) = split(link)?;
        (authority == self.authority).then_some(https)
    }

    fn is(&self, authority: &str) -> bool {
        let own = self.public.iter().map(|(_, authority)| authority);
        let authority = without_port(authority);
        own.chain([&self.authority])
            .any(|own| without_port(own) == authority)
    }

    /// A path and query as the gate would ask for them.
    fn normalised(rest: &str) -> Option<String> {
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        let path = without_dots(if path.is_empty() { "/" } else { path });
        let target = Target::new(&escaped(&path), None, &[])
            .ok()?
            .path()
            .to_owned();
        Some(match query.filter(|query| !query.is_empty()) {
            Some(query) => format!("{target}?{}", escaped(query)),
            None => target,
        })
    }
}

fn scheme(https: bool) -> &'static str {
    if https { "https" } else { "http" }
}

fn end_of_authority(rest: &str) -> usize {
    rest.find(['/', '?', '#']).unwrap_or(rest.len())
}

/// Whether over TLS, host in lower case without the scheme's own port, and
/// what follows it.
fn split(url: &str) -> Option<(bool, String, &str)> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let (https, port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => (true, ":443"),
        "http" => (false, ":80"),
        _ => return None,
    };
    let (authority, rest) = rest.split_at(end_of_authority(rest));
    let authority = authority.to_ascii_lowercase();
    let authority = authority.strip_suffix(port).unwrap_or(&authority);
    let uri: Uri = format!("{scheme}://{authority}/").parse().ok()?;
    let is_host = uri.host().is_some_and(|host| !host.is_empty());
    (is_host && !authority.contains('@')).then(|| (https, authority.to_owned(), rest))
}

/// A host's name. Sites write links with the other scheme's port, or without.
fn without_port(authority: &str) -> &str {
    let mut ports = [":80", ":443"].into_iter();
    ports
        .find_map(|port| authority.strip_suffix(port))
        .unwrap_or(authority)
}

/// The path without `.` and `..`, as browsers take them out of links.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            _ => kept.push(part),
        }
    }
    format!("/{}", kept.join("/"))
}

/// Spaces and letters beyond ASCII as browsers send them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>[]^`{|}\\".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_on_the_site_alone() {
        let (mut home, place) =
            Home::parse("https://Post.example:443/a/b?x=1#top").expect("a site");
        assert_eq!(
            (home.to_string().as_str(), place.as_str()),
            ("https://post.example", "/a/b?x=1")
        );
        home.calls_itself("http://www.post.example/about");
        assert_eq!(home.public(), "http://www.post.example");
        for (link, expected) in [
            ("/c", Some("/c")),
            ("c/d", Some("/a/c/d")),
            ("../e", Some("/e")),
            ("../../../e/.", Some("/e/")),
            ("?page=2", Some("/a/b?page=2")),
            ("https://post.example", Some("/")),
            ("http://POST.example:80/c?d=e#f", Some("/c?d=e")),
            ("//www.post.example/c", Some("/c")),
            ("https://other.example/c", None),
            ("//other.example/c", None),
            ("https://post.example:8443/", None),
            ("https://post.example@other.example/", None),
            ("mailto:a@post.example", None),
            ("javascript:void(0)", None),
            ("#top", None),
            ("", None),
            ("/caf\u{e9}/a b", Some("/caf%C3%A9/a%20b")),
            ("/%7Ea", Some("/~a")),
            ("/a%2Fb", None),
        ] {
            assert_eq!(home.place("/a/b?x=1", link).as_deref(), expected, "{link}");
        }
    }

    #[test]
    fn only_addresses_of_sites_are_taken() {
        for url in [
            "post.example",
            "ftp://post.example",
            "https://",
            "https://x@post.example",
            "",
        ] {
            assert!(Home::parse(url).is_none(), "{url}");
        }
    }
}
