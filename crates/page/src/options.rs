//! What a publication says about its pages.

use access::Tier;

use crate::html::select::Selector;
use crate::html::select_parse::{self, SelectorError};

/// How much of a locked story everybody may read.
///
/// Never more than a third of the story, however short it is: a preview of
/// 100 words would otherwise give a brief of 90 away. A longer word counts
/// for several (see `words`), and where a script has no spaces its
/// characters are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    /// The first words, to the end of a word.
    Words(u32),
    /// The first paragraphs.
    Paragraphs(u32),
}

/// Where a publication lives: the scheme and host that its links must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    host: String,
}

impl Origin {
    /// The origin of the configured `url`, such as `https://review.example`;
    /// `None` unless it is an http or https URL with a host and no user.
    pub fn parse(url: &str) -> Option<Self> {
        let (authority, _) = split(url)?;
        Some(Self { host: authority })
    }

    /// The path and query of `link` where it is on this origin's host, with
    /// http or https and nobody's name in it; else `None`.
    ///
    /// The scheme may differ: sites behind a proxy often believe themselves
    /// to be on http.
    pub(crate) fn path_of<'a>(&self, link: &'a str) -> Option<&'a str> {
        let (host, rest) = split(link)?;
        (host == self.host).then_some(rest)
    }
}

/// An absolute http(s) URL's host, in lower case and without a default port,
/// and what follows it up to the fragment.
fn split(url: &str) -> Option<(String, &str)> {
    let url = url.trim_matches(|c: char| c.is_ascii_whitespace());
    let (scheme, rest) = url.split_once("://")?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.to_ascii_lowercase();
    let host = host.strip_suffix(port).unwrap_or(&host);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(allowed) || path.starts_with('\\') {
        return None;
    }
    Some((host.to_owned(), path.split('#').next().unwrap_or_default()))
}

/// The bound on a page's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest page that is read, in bytes as they come from the origin.
    /// Anything larger is refused. It bounds memory too: compiling a page of
    /// UTF-8 takes some six times its size for a moment (fifty at worst, for
    /// one that is nothing but single letters between tags), and a compiled
    /// page keeps at most five.
    pub html: usize,
}

impl Limits {
    /// No limit can be set above this: offsets are 32 bits wide, and decoding
    /// may make three bytes of one.
    pub const MOST: usize = 256 << 20;
}

impl Default for Limits {
    /// 8 MB: the longest live blogs met stay below two.
    fn default() -> Self {
        Self { html: 8 << 20 }
    }
}

/// What a page with a story's text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The story itself.
    #[default]
    Story,
    /// A further page of it, all of which lies behind its beginning.
    Continued,
    /// A list of stories, such as an archive: it is none of them, so no decision
    /// about one may open it.
    List,
}

/// How the pages of a publication are compiled.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) body: Vec<Selector>,
    /// What a page is by the selector of that number; a story by all others.
    pub(crate) roles: Vec<Role>,
    /// How much of a story is its beginning.
    pub preview: Preview,
    /// Where canonical links must point.
    pub origin: Origin,
    /// The style sheet linked from stories; `None` for none.
    pub style_href: Option<String>,
    /// The script linked from stories; `None` for none.
    pub script_href: Option<String>,
    /// The tier of a story whose page names none, or none that exists.
    pub default_tier: Tier,
    /// What is refused as too large.
    pub limits: Limits,
    pub(crate) cut: bool,
}

impl Options {
    /// Options with a beginning of 100 words, no links and no body: until
    /// [`Options::body`] is called only comment markers lock anything.
    pub fn new(origin: Origin) -> Self {
        Self {
            body: Vec::new(),
            roles: Vec::new(),
            preview: Preview::Words(100),
            origin,
            style_href: None,
            script_href: None,
            default_tier: Tier::Metered,
            limits: Limits::default(),
            cut: true,
        }
    }

    /// Sets the elements that hold a story's text: CSS selectors, each of
    /// which may be several separated by commas.
    pub fn body<S: AsRef<str>>(
        mut self,
        selectors: impl IntoIterator<Item = S>,
    ) -> Result<Self, SelectorError> {
        self.body.clear();
        self.roles.clear();
        for list in selectors {
            self.body.extend(select_parse::parse(list.as_ref())?);
        }
        Ok(self)
    }

    /// Says where a body makes the page another thing than a story: inside of
    /// what one of these CSS selectors matches. To be called after
    /// [`Options::body`].
    ///
    /// # Errors
    ///
    /// A selector that can't be read, or is too long together with a body's.
    pub fn inside<S: AsRef<str>>(
        mut self,
        selectors: impl IntoIterator<Item = S>,
        role: Role,
    ) -> Result<Self, SelectorError> {
        let mut inside = Vec::new();
        for list in selectors {
            for around in select_parse::parse(list.as_ref())? {
                for body in self.body.iter().skip(self.roles.len()) {
                    let both = format!("{} {}", around.text(), body.text());
                    inside.extend(select_parse::parse(&both)?);
                }
            }
        }
        // The first that matches counts, so what says more comes before.
        let at = self.roles.len();
        self.roles.extend(inside.iter().map(|_| role));
        self.body.splice(at..at, inside);
        Ok(self)
    }

    /// Withholds nothing. Only for tests, which prove with it that they would
    /// notice a leak.
    #[doc(hidden)]
    #[must_use]
    pub fn without_the_cut(mut self) -> Self {
        self.cut = false;
        self
    }
}

/// Whether every one of `selectors` can be used in [`Options::body`].
pub fn check_selectors<S: AsRef<str>>(selectors: &[S]) -> Result<(), SelectorError> {
    selectors
        .iter()
        .try_for_each(|list| select_parse::parse(list.as_ref()).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_the_publications_own_host_have_a_path() {
        let origin = Origin::parse("https://Review.example").unwrap();
        let check = |link: &str, path: Option<&str>| {
            assert_eq!(origin.path_of(link), path, "{link}");
        };
        check("https://review.example/a/b?c=d#e", Some("/a/b?c=d"));
        check("http://REVIEW.example:80/a", Some("/a"));
        check(" https://review.example/a ", Some("/a"));
        check("https://review.example", Some(""));
        check("https://review.example:8443/a", None);
        check("https://review.example.evil.example/a", None);
        check("https://evil.example/https://review.example/a", None);
        check("https://review.example@evil.example/a", None);
        check("https://user@review.example/a", None);
        check("https://review.example\\@evil.example/a", None);
        check("//review.example/a", None);
        check("/a", None);
        check("ftp://review.example/a", None);
        check("javascript://review.example/a", None);
        check("https:///a", None);
    }
}
