//! Lists that sites make for machines: maps of the site and feeds, read just
//! far enough to know which pages they name.

use serde_json::Value;

/// Links taken from one list. A map may name fifty thousand pages, of which
/// some twenty are looked at.
const MAX_LINKS: usize = 10_000;

/// What a list turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Of pages.
    Map,
    /// Of other maps.
    Maps,
    /// Of the newest stories.
    Feed,
}

/// A list of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) kind: Kind,
    /// Addresses as they are written.
    pub(crate) links: Vec<String>,
}

impl Listing {
    /// Reads one; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let start = text.get(..1024.min(text.len())).unwrap_or(text);
        let says = |name: &str| start.contains(name);
        let (kind, links) = if says("<sitemapindex") {
            (Kind::Maps, inside(text, "loc").collect())
        } else if says("<urlset") {
            (Kind::Map, inside(text, "loc").collect())
        } else if says("<rss") || says("<rdf:RDF") {
            (Kind::Feed, items(text))
        } else if says("<feed") {
            (Kind::Feed, entries(text))
        } else if text.trim_start().starts_with('{') {
            (Kind::Feed, in_json(text)?)
        } else {
            return None;
        };
        let links: Vec<String> = links;
        let links = links.into_iter().take(MAX_LINKS).collect();
        Some(Self { kind, links })
    }
}

/// The texts of all elements of that name.
fn inside<'a>(text: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (inner, after) = after.split_once(&close)?;
        rest = after;
        Some(plain(inner))
    })
}

/// The contents of all elements of that name, whatever attributes they have.
fn elements<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (inner, after) = after.split_once(&close)?;
        rest = after;
        Some(inner)
    })
}

fn items(text: &str) -> Vec<String> {
    let items = elements(text, "item");
    items
        .filter_map(|item| inside(item, "link").next())
        .collect()
}

/// The pages of Atom's entries.
fn entries(text: &str) -> Vec<String> {
    let page = |entry: &str| {
        let mut links = entry.split("<link").skip(1);
        links.find_map(|link| {
            let tag = link.split('>').next()?;
            let is_page = !tag.contains("rel=") || tag.contains("alternate");
            let href = tag.split("href=").nth(1).filter(|_| is_page)?;
            let quote = href.chars().next().filter(|quote| "\"'".contains(*quote))?;
            Some(plain(href.split(quote).nth(1)?))
        })
    };
    elements(text, "entry").filter_map(page).collect()
}

fn in_json(text: &str) -> Option<Vec<String>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let says_so = value.get("version")?.as_str()?.contains("jsonfeed");
    let items = value.get("items").filter(|_| says_so)?.as_array()?;
    let links = items.iter().filter_map(|item| item.get("url")?.as_str());
    Some(links.map(ToOwned::to_owned).collect())
}

/// A text of XML as it is meant.
fn plain(text: &str) -> String {
    let text = text.trim();
    let bare = text
        .strip_prefix("<![CDATA[")
        .and_then(|text| text.strip_suffix("]]>"));
    match bare {
        Some(bare) => bare.trim().to_owned(),
        None => text.replace("&#038;", "&").replace("&amp;", "&"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_their_first_element() {
        for (text, expected) in [
            (
                "<?xml version=\"1.0\"?><urlset xmlns=\"x\"><url><loc> https://a.example/?a=1&amp;b=2 \
                 </loc></url><url><loc>https://a.example/b</loc></url></urlset>",
                Some((
                    Kind::Map,
                    vec!["https://a.example/?a=1&b=2", "https://a.example/b"],
                )),
            ),
            (
                "<sitemapindex><sitemap><loc>https://a.example/posts.xml</loc></sitemap></sitemapindex>",
                Some((Kind::Maps, vec!["https://a.example/posts.xml"])),
            ),
            (
                "<rss><channel><link>https://a.example/</link><item><title>x</title>\
                 <link><![CDATA[https://a.example/b]]></link></item></channel></rss>",
                Some((Kind::Feed, vec!["https://a.example/b"])),
            ),
            (
                "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/><entry><link rel=\"enclosure\" \
                 href=\"/x.mp3\"/><link rel=\"alternate\" href=\"https://a.example/b\"/></entry></feed>",
                Some((Kind::Feed, vec!["https://a.example/b"])),
            ),
            (
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"url\":\"/b\"}]}",
                Some((Kind::Feed, vec!["/b"])),
            ),
            ("{\"items\":[{\"url\":\"/b\"}]}", None),
            ("<!doctype html><p>Not found", None),
            ("", None),
        ] {
            let found = Listing::parse(text);
            let found = found.map(|listing| (listing.kind, listing.links));
            let expected = expected.map(|(kind, links)| {
                (
                    kind,
                    links.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>(),
                )
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
