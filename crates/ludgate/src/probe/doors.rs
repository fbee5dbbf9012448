//! The other doors that sites hand their stories out by, as far as they can be
//! guessed from the outside: each is tried with a story or two.

use page::outline::Outline;

use super::pages::{self, Looked};
use super::system::System;

/// A way to a story's text that isn't its page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Door {
    /// What it is, in a few words.
    pub(crate) what: &'static str,
    /// The path and query, or the link, as a page has it.
    pub(crate) link: String,
}

/// Doors of the site as a whole that every site may have.
const OF_SITES: [(&str, &str); 6] = [
    ("search index", "/index.json"),
    ("search index", "/search.json"),
    ("search index", "/search/search_index.json"),
    ("text for machines", "/llms-full.txt"),
    ("feed", "/feed.json"),
    ("feed", "/index.xml"),
];

const OF_WORDPRESS: [(&str, &str); 6] = [
    ("content API", "/wp-json/wp/v2/posts?per_page=3"),
    ("content API", "/?rest_route=/wp/v2/posts&per_page=3"),
    ("content API", "/wp-json/wp/v2/pages?per_page=3"),
    ("feed", "/feed/"),
    ("feed", "/feed/atom/"),
    ("feed", "/feed/rdf/"),
];

const OF_DRUPAL: [(&str, &str); 2] = [
    ("content API", "/jsonapi/node/article?page[limit]=3"),
    ("feed", "/rss.xml"),
];

/// Letters of a story by which search pages are asked for it: fewer than are
/// taken for a repetition, since such pages repeat what they are asked.
pub(crate) const SEARCHED: usize = 24;

fn door(what: &'static str, link: impl Into<String>) -> Door {
    Door {
        what,
        link: link.into(),
    }
}

/// Doors of the site as a whole.
pub(crate) fn of_site(system: System, pages: &[Looked]) -> Vec<Door> {
    let own: &[(&str, &str)] = match system {
        System::WordPress => &OF_WORDPRESS,
        System::Drupal => &OF_DRUPAL,
        System::Ghost | System::Other => &[],
    };
    let mut doors: Vec<Door> = own
        .iter()
        .chain(&OF_SITES)
        .map(|(what, link)| door(what, *link))
        .collect();
    // Ghost's own interface is asked with a key that is in every page.
    if system == System::Ghost {
        let keys = pages.iter().flat_map(|page| &page.outline.keys);
        let keys = keys.filter(|key| key.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(key) = keys.into_iter().next() {
            let path = format!("/ghost/api/content/posts/?key={key}&limit=3");
            doors.push(door("content API", path));
        }
        doors.push(door("feed", "/rss/"));
    }
    doors
}

/// Doors to one story. `words` are some of its withheld ones.
pub(crate) fn of_story(system: System, story: &Looked, words: &str) -> Vec<Door> {
    let outline = &story.outline;
    let place = story.place();
    let mut doors = said(outline);
    let path = place.split('?').next().unwrap_or("/");
    let bare = path.trim_end_matches('/');
    if place.contains('?') {
        // Where a query says which story it is, variants of the path are of none.
        for (what, parameter) in [("AMP page", "amp=1"), ("print page", "print=1")] {
            doors.push(door(what, format!("{place}&{parameter}")));
        }
    } else {
        for (what, link) in [
            ("AMP page", format!("{bare}/amp/")),
            ("AMP page", format!("{path}?amp=1")),
            ("print page", format!("{path}?print=1")),
            ("print page", format!("{bare}/print/")),
            ("embedded page", format!("{bare}/embed/")),
            ("data of the story", format!("{bare}.json")),
            ("data of the story", format!("{path}?format=json")),
            ("text of the story", format!("{bare}.md")),
            ("text of the story", format!("{bare}.txt")),
        ] {
            doors.push(door(what, link));
        }
    }
    match system {
        System::WordPress => doors.push(door("feed of a story", format!("{bare}/feed/"))),
        System::Drupal => doors.push(door("data of the story", format!("{path}?_format=json"))),
        System::Ghost | System::Other => {}
    }
    doors.extend(data_of_next(story, bare));
    doors.extend(search(system, outline, words));
    doors
}

/// What a story's own page says that there is.
fn said(outline: &Outline) -> Vec<Door> {
    let other = outline.links.iter().filter_map(|link| {
        let is = |rel: &str| link.rel.split_whitespace().any(|one| one == rel);
        let media = link.media.as_str();
        let what = if is("amphtml") {
            "AMP page"
        } else if !is("alternate") {
            return None;
        } else if media.contains("oembed") {
            "oEmbed"
        } else if media.contains("json") && !media.contains("feed") {
            "content API"
        } else if media.contains("markdown") || media == "text/plain" {
            "text of the story"
        } else {
            return None;
        };
        Some(door(what, link.href.clone()))
    });
    other.collect()
}

/// Next.js hands out a story's data under the number of its build.
fn data_of_next(story: &Looked, bare: &str) -> Option<Door> {
    let text = story.answer.text();
    let (_, after) = text.split_once("\"buildId\":\"")?;
    let build = after.split('"').next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!build.is_empty() && build.chars().all(is_plain)).then(|| {
        door(
            "data of the story",
            format!("/_next/data/{build}{bare}.json"),
        )
    })
}

/// Where the site is searched, asked for words that are withheld.
fn search(system: System, outline: &Outline, words: &str) -> Option<Door> {
    const WORDS: &str = "{search_term_string}";
    if words.is_empty() {
        return None;
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join("+");
    let said = pages::objects(outline).find_map(|object| {
        let text = object.to_string();
        let at = text.find(WORDS)?;
        let start = text.get(..at)?.rfind('"')? + 1;
        let rest = text.get(at..)?;
        let end = at + rest.find(['"', '\\'])?;
        Some(text.get(start..end)?.replace(WORDS, &words))
    });
    let known = match system {
        System::WordPress => Some(format!("/?s={words}")),
        System::Drupal => Some(format!("/search/node?keys={words}")),
        System::Ghost | System::Other => None,
    };
    Some(door("search page", said.or(known)?))
}

/// What of a page's own markup repeats its text beside the story, by name.
pub(crate) const INLINE: [&str; 6] = [
    "\"articleBody\"",
    "__NEXT_DATA__",
    "self.__next_f",
    "__NUXT",
    "__APOLLO_STATE__",
    "__INITIAL_STATE__",
];

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::super::visitor::Answer;
    use super::*;

    fn story(html: &str) -> Looked {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
        let answer = Answer {
            place: "/a/story/".to_owned(),
            status: StatusCode::OK,
            headers,
            body: html.to_owned().into(),
            is_whole: true,
        };
        Looked::at(answer, true).expect("a page")
    }

    #[test]
    fn what_a_page_says_that_there_is_is_tried() {
        let story = story(
            "<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/7>\
             <link rel=alternate type=application/json+oembed href=/oembed?a=b>\
             <link rel=amphtml href=/amp/story><link rel=alternate hreflang=de href=/de/>\
             <script type=application/ld+json>{\"@type\":\"WebSite\",\"potentialAction\":{\"target\":\
             {\"urlTemplate\":\"https://a.example/find?q={search_term_string}\"}}}</script>\
             <script id=__NEXT_DATA__ type=application/json>{\"buildId\":\"b_1\"}</script>",
        );
        let doors = of_story(System::Other, &story, "who kept the lamp");
        let links: Vec<&str> = doors.iter().map(|door| door.link.as_str()).collect();
        for link in [
            "/wp-json/wp/v2/posts/7",
            "/oembed?a=b",
            "/amp/story",
            "/a/story/amp/",
            "/a/story.json",
            "/a/story/?print=1",
            "/_next/data/b_1/a/story.json",
            "https://a.example/find?q=who+kept+the+lamp",
        ] {
            assert!(links.contains(&link), "{link}: {links:?}");
        }
        assert!(!links.contains(&"/de/"));
    }
}
