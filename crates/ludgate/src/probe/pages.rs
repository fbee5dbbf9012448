//! Pages that were looked at, and which of them are stories.

use page::outline::{Outline, outline};
use serde_json::Value;

use super::visitor::Answer;

/// A page with fewer words of running text holds no story worth metering, or
/// has it put there by a script.
const FEWEST: u64 = 80;

/// Types of JSON-LD that are stories.
const TYPES: [&str; 8] = [
    "Article",
    "NewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
];

/// A page of the site.
pub(crate) struct Looked {
    pub(crate) answer: Answer,
    pub(crate) outline: Outline,
    pub(crate) sort: Sort,
}

/// What a page is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A story, with its text.
    Story,
    /// It has a text and doesn't say what it is: a story, where its text is in
    /// what the others' is in, else a page about the site.
    Perhaps,
    /// It says that it is a story, and hardly has any text.
    Empty,
    /// Anything else: a list, a front page, a page about the site.
    Other,
}

impl Looked {
    /// Looks at an answer; `None` for what is no page, or can't be read. A page
    /// that a feed names is `expected` to be a story.
    pub(crate) fn at(answer: Answer, expected: bool) -> Option<Self> {
        if !answer.is_html() || !answer.status.is_success() || !answer.is_whole {
            return None;
        }
        let outline = outline(&answer.plain(), answer.charset()).ok()?;
        let sort = sort(&answer.place, &outline, expected);
        Some(Self {
            answer,
            outline,
            sort,
        })
    }

    pub(crate) fn place(&self) -> &str {
        &self.answer.place
    }

    pub(crate) fn is_story(&self) -> bool {
        self.sort == Sort::Story
    }
}

fn sort(place: &str, outline: &Outline, expected: bool) -> Sort {
    if place == "/" {
        return Sort::Other;
    }
    let articles = outline.elements.iter().filter(|one| one.name == "article");
    let says_so = outline.meta("og:type") == Some("article")
        || objects(outline).any(|object| is_story(&object));
    if says_so || expected {
        return if outline.words >= FEWEST {
            Sort::Story
        } else {
            Sort::Empty
        };
    }
    if (articles.count() == 1 || is_slug(place)) && outline.words >= 2 * FEWEST {
        Sort::Perhaps
    } else {
        Sort::Other
    }
}

/// Takes those that may be stories for some where no page says that it is one.
pub(crate) fn settle(pages: &mut [Looked]) {
    if !pages.iter().any(Looked::is_story) {
        for page in pages.iter_mut().filter(|page| page.sort == Sort::Perhaps) {
            page.sort = Sort::Story;
        }
    }
}

/// Decides about those that don't say that they are stories.
pub(crate) fn decide(pages: &mut [Looked], is_story: impl Fn(&Looked) -> bool) {
    let undecided = [Sort::Perhaps, Sort::Other];
    for page in pages
        .iter_mut()
        .filter(|page| undecided.contains(&page.sort))
    {
        page.sort = if is_story(page) {
            Sort::Story
        } else {
            Sort::Other
        };
    }
}

/// Whether a place is called as stories are: by several words, or a number.
pub(crate) fn is_slug(place: &str) -> bool {
    let path = place.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    last.matches('-').count() >= 2 || last.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// The objects of a page's JSON-LD: at the top, in a list, in a graph.
pub(crate) fn objects(outline: &Outline) -> impl Iterator<Item = Value> {
    outline.linked.iter().flat_map(|script| {
        let value = serde_json::from_str(script.trim()).unwrap_or(Value::Null);
        let mut found = Vec::new();
        gather(value, &mut found);
        found
    })
}

fn gather(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, found)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                gather(graph, found);
            }
            found.push(Value::Object(object));
        }
        _ => {}
    }
}

/// Whether an object of JSON-LD is a story.
pub(crate) fn is_story(object: &Value) -> bool {
    let is = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_are_told_by_their_addresses() {
        for (place, expected) in [
            ("/2026/11/the-tide-gauge/", true),
            ("/a/12345", true),
            ("/city/", false),
            ("/about-us", false),
            ("/", false),
        ] {
            assert_eq!(is_slug(place), expected, "{place}");
        }
    }

    #[test]
    fn stories_say_so_or_are_where_stories_are_expected() {
        let text = format!("<p>{}</p>", "one two three four ".repeat(50));
        let check = |place: &str, html: &str, expected: bool, sort_: Sort| {
            let outline = outline(html.as_bytes(), None).expect("a page");
            assert_eq!(sort(place, &outline, expected), sort_, "{place} {html}");
        };
        let og = "<meta property=og:type content=article>";
        let linked = "<script type=application/ld+json>{\"@graph\":[{\"@type\":[\"NewsArticle\"]}]}</script>";
        check("/a", &format!("{og}{text}"), false, Sort::Story);
        check("/a", &format!("{linked}{text}"), false, Sort::Story);
        check("/a", &format!("{og}<div id=app></div>"), false, Sort::Empty);
        check(
            "/a",
            &format!("<article>{text}</article>"),
            false,
            Sort::Perhaps,
        );
        check(
            "/a",
            &format!("<article>{text}</article><article></article>"),
            false,
            Sort::Other,
        );
        check("/a", &text, false, Sort::Other);
        check("/a", &text, true, Sort::Story);
        check("/", &format!("{og}{text}"), true, Sort::Other);
    }
}
