//! What a page says of itself.

use access::{Name, Sponsor, Story, StoryId, Tier};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::Options;
use crate::found::Reading;
use crate::html::entity;
use crate::linked::{Linked, addresses, text, texts};
use crate::options::{Origin, Role};

/// Tags and authors of one story: more are no use to any rule.
const MAX_NAMES: usize = 64;

/// The longest name kept, in characters.
const MAX_NAME: usize = 200;

/// The longest id kept, in bytes. A longer path is its own story by its URL.
const MAX_ID: usize = 1024;

/// What a page says of itself, from Open Graph, `article:*`, JSON-LD and the
/// canonical link, in that order of trust.
///
/// Of JSON-LD only the object about this story is believed: the one whose
/// address is the page's, else the only one there is. A page that describes
/// several stories and says of none that it is its own has no facts from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFacts {
    /// What rules can ask about.
    pub story: Story,
    /// The headline as text, not as HTML.
    pub headline: Option<String>,
    /// The standfirst or description as text. Of a locked story it may repeat
    /// locked text: show it to nobody but those entitled.
    pub description: Option<String>,
    /// The address of the lead picture.
    pub image: Option<String>,
    /// The canonical link as the page has it, where it is on the publication's
    /// own host.
    pub canonical: Option<String>,
    /// The language tag of the page.
    pub language: Option<String>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

impl PageFacts {
    /// The facts of a page that isn't the story itself. A further page counts as
    /// the story; of a list the strictest holds, because any may be in it.
    pub(crate) fn of(mut self, role: Role) -> Self {
        match role {
            Role::Story => {}
            Role::Continued => self.story.id = first_page(&self.story.id),
            Role::List => {
                self.story.tier = Tier::Locked;
                self.story.sponsor = None;
            }
        }
        self
    }
}

/// The story that `/story/2/` is the second page of.
fn first_page(id: &StoryId) -> StoryId {
    let path = id.as_str();
    let (rest, slash) = match path.strip_suffix('/') {
        Some(rest) => (rest, "/"),
        None => (path, ""),
    };
    match rest.rsplit_once('/') {
        Some((story, page))
            if !story.is_empty()
                && !page.is_empty()
                && page.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            StoryId::new(format!("{story}{slash}"))
        }
        _ => id.clone(),
    }
}

/// Gathers the facts. `linked` are the page's scripts with JSON-LD.
pub(crate) fn gather(
    source: &str,
    found: &Reading,
    linked: &[&Linked],
    fallback: StoryId,
    options: &Options,
) -> PageFacts {
    let mut said = Said {
        source,
        found,
        articles: Vec::new(),
    };
    let canonical = found
        .canonical
        .as_deref()
        .or_else(|| said.meta("og:url"))
        .and_then(|link| Some((link, story_id(link, &options.origin, &fallback)?)));
    let id = canonical.as_ref().map_or(fallback, |(_, id)| id.clone());
    said.articles = own(linked, &id, &options.origin);
    let story = Story {
        id,
        tier: said.tier(options.default_tier),
        section: said
            .one(&["article:section"], &["articleSection"])
            .map(Name::new),
        tags: names(said.all(
            &["article:tag", "news_keywords", "keywords"],
            "keywords",
            true,
        )),
        authors: names(said.all(&["article:author", "author"], "author", false)),
        published: said
            .one(
                &["article:published_time", "datepublished"],
                &["datePublished"],
            )
            .and_then(|time| timestamp(&time)),
        sponsor: said.sponsor().map(|name| Sponsor {
            name: Name::new(name),
        }),
    };
    PageFacts {
        headline: said
            .one(&["og:title", "twitter:title"], &["headline", "name"])
            .or_else(|| said.heading())
            .or_else(|| said.title()),
        description: said.one(&["og:description", "description"], &["description"]),
        image: said.one(&["og:image", "og:image:url", "twitter:image"], &["image"]),
        canonical: canonical.map(|(link, _)| link.to_owned()),
        language: found
            .language
            .clone()
            .filter(|language| !language.is_empty()),
        modified: said
            .one(&["article:modified_time"], &["dateModified"])
            .and_then(|time| timestamp(&time)),
        story,
    }
}

/// The objects about this very story: those with the page's address, else the
/// only one, unless it says that it is about another page.
fn own<'a>(linked: &[&'a Linked], id: &StoryId, origin: &Origin) -> Vec<&'a Map<String, Value>> {
    let same =
        |other: &StoryId| other.as_str().trim_end_matches('/') == id.as_str().trim_end_matches('/');
    let mut named = Vec::new();
    let mut nameless = Vec::new();
    let mut others = 0;
    for article in linked.iter().flat_map(|linked| linked.articles()) {
        let mut ids = addresses(article)
            .filter_map(|link| story_id(link, origin, id))
            .peekable();
        if ids.peek().is_none() {
            nameless.push(article);
        } else if ids.any(|other| same(&other)) {
            named.push(article);
        } else {
            others += 1;
        }
    }
    if named.is_empty() && nameless.len() == 1 && others == 0 {
        return nameless;
    }
    named
}

struct Said<'a> {
    source: &'a str,
    found: &'a Reading,
    /// What JSON-LD says of this story.
    articles: Vec<&'a Map<String, Value>>,
}

impl<'a> Said<'a> {
    fn metas(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.found
            .metas
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn meta(&self, name: &str) -> Option<&'a str> {
        self.metas(name).next()
    }

    /// The first value given, by `<meta>` and else by JSON-LD.
    fn one(&self, metas: &[&str], keys: &[&str]) -> Option<String> {
        let linked = || {
            self.articles
                .iter()
                .flat_map(|article| keys.iter().filter_map(move |key| article.get(*key)))
                .find_map(text)
        };
        let value = metas
            .iter()
            .find_map(|name| self.meta(name))
            .or_else(linked)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Who paid for the story. A sponsored story is open to everybody, so each
    /// object about it must name one; who funds the newsroom paid for no story.
    fn sponsor(&self) -> Option<String> {
        let each = self.articles.iter().all(|article| {
            let name = article.get("sponsor").and_then(text);
            name.is_some_and(|name| !name.trim().is_empty())
        });
        let keys: &[&str] = if each { &["sponsor"] } else { &[] };
        self.one(&["ludgate:sponsor"], keys)
    }

    /// All values given, from either source; `split` at commas where the
    /// source writes lists so.
    fn all(&self, metas: &[&str], key: &str, split: bool) -> Vec<String> {
        let from_metas = metas.iter().flat_map(|name| self.metas(name));
        let from_linked = self
            .articles
            .iter()
            .filter_map(|article| article.get(key))
            .flat_map(texts);
        let values = from_metas.chain(from_linked);
        let separator = |c: char| split && c == ',';
        let mut all: Vec<String> = Vec::new();
        for value in values
            .flat_map(|value| value.split(separator))
            .map(str::trim)
        {
            // Open Graph allows authors to be links to profiles.
            let link = value.starts_with("http://") || value.starts_with("https://");
            if !value.is_empty() && !link && !all.iter().any(|known| known == value) {
                all.push(value.to_owned());
            }
            if all.len() == MAX_NAMES {
                break;
            }
        }
        all
    }

    /// The strictest tier named; a word that is none counts as the default.
    fn tier(&self, default: Tier) -> Tier {
        let strictness = |tier: &Tier| match tier {
            Tier::Free => 0,
            Tier::Metered => 1,
            Tier::Locked => 2,
        };
        self.metas("article:content_tier")
            .map(|word| Tier::parse(&word.to_ascii_lowercase()).unwrap_or(default))
            .max_by_key(strictness)
            .unwrap_or(default)
    }

    fn heading(&self) -> Option<String> {
        let spans = self.found.heading.iter();
        let text: String = spans
            .map(|span| entity::decode(span.of(self.source)))
            .collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    fn title(&self) -> Option<String> {
        let text = entity::decode(self.found.title?.of(self.source))
            .trim()
            .to_owned();
        (!text.is_empty()).then_some(text)
    }
}

fn names(values: Vec<String>) -> Vec<Name> {
    values
        .into_iter()
        .map(|value| Name::new(value.chars().take(MAX_NAME).collect::<String>()))
        .collect()
}

/// RFC 3339, or a date, or a date and time without a zone, which count as UTC.
fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let civil: DateTime = text
        .parse()
        .or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)))
        .ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// The id that a canonical link gives the story; `None` where the link isn't
/// to be believed: another host, a path that could be read in two ways, or
/// the front page, which careless systems name for every story alike.
fn story_id(link: &str, origin: &Origin, fallback: &StoryId) -> Option<StoryId> {
    let path = match link.strip_prefix('/') {
        Some(rest) if !rest.starts_with(['/', '\\']) => link.split('#').next()?,
        _ => origin.path_of(link)?,
    };
    let id = normalised(path)?;
    if id == "/" && fallback.as_str() != "/" || id.len() > MAX_ID {
        return None;
    }
    Some(StoryId::new(id))
}

/// A path and query in the one form of RFC 3986, section 6.2.2.
fn normalised(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        out.push('/');
    }
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let decoded = match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let code = digit(bytes.next())? * 16 + digit(bytes.next())?;
                let decoded = u8::try_from(code).ok()?;
                if matches!(decoded, b'/' | b'\\' | 0..=0x1f | 0x7f) {
                    return None;
                }
                if !is_unreserved(decoded) {
                    escape(decoded, &mut out);
                    continue;
                }
                decoded
            }
            b'\\' | 0..=0x1f | 0x7f => return None,
            b' ' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                escape(byte, &mut out);
                continue;
            }
            _ => byte,
        };
        out.push(char::from(decoded));
    }
    let segments = out.split('?').next().unwrap_or_default().split('/');
    let dots = segments
        .into_iter()
        .any(|segment| segment == "." || segment == "..");
    (!dots).then_some(out)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn escape(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}
