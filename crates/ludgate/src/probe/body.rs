//! Which element holds a story's text: what most of the running text of every
//! story is in, and that has a name in common on all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use page::outline::{Element, Outline};

use super::names::{self, Worth};

/// A part of a story's page that holds less of its running text than this
/// percentage isn't its body.
const LEAST: u64 = 40;

/// Words by which an element on a page that is no story is more than a teaser.
const A_TEXT: u64 = 60;

/// Bodies proposed: sites have a template for stories, perhaps one for live
/// blogs and one for what was published before the last redesign.
const MOST_BODIES: usize = 3;

/// A selector that could be a body's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    /// The selector.
    pub(crate) selector: String,
    /// Whether its name will be another one after the next build of the site.
    pub(crate) is_generated: bool,
}

/// How a selector does.
#[derive(Debug, Default)]
struct Record {
    worth: Option<Worth>,
    /// Stories whose text it holds.
    stories: BTreeSet<usize>,
    /// Words in it on those, and words there are.
    words: u64,
    of: u64,
    /// Words in it with those of what stands beside the text.
    with_beside: u64,
    /// Of those, the ones on which it means several elements.
    divided: usize,
    /// How deep it lies on those.
    depth: usize,
    /// Other pages on which it means a whole text.
    elsewhere: usize,
}

/// How good a record is; the greatest is the best.
type Rank = (usize, bool, bool, bool, Worth, bool, Reverse<u64>, usize);

impl Record {
    fn rank(&self) -> Rank {
        let worth = self.worth.unwrap_or(Worth::Generated);
        (
            self.stories.len(),
            worth > Worth::Looks,
            self.elsewhere == 0,
            self.divided == 0,
            worth,
            // Nearly all of it rather than the tightest part.
            self.words * 100 >= self.of * 80,
            Reverse(self.with_beside),
            self.depth,
        )
    }
}

/// The bodies of these stories, the best first: one where one fits all. None
/// where the stories have nothing in common.
pub(crate) fn find(stories: &[&Outline], others: &[&Outline]) -> Vec<Body> {
    let mut records: BTreeMap<String, Record> = BTreeMap::new();
    for (number, story) in stories.iter().enumerate() {
        let page = Page::of(story);
        for (selector, (worth, held)) in page.named(story) {
            if held.words * 100 < page.words * LEAST {
                continue;
            }
            let record = records.entry(selector).or_default();
            record.worth = Some(worth);
            record.stories.insert(number);
            record.words += held.words;
            record.of += page.words;
            record.with_beside += held.with_beside;
            record.depth += held.depth;
            record.divided += usize::from(held.elements > 1);
        }
    }
    for other in others {
        let page = Page::of(other);
        for (selector, (_, held)) in page.named(other) {
            if let Some(record) = records.get_mut(&selector)
                && held.words >= A_TEXT
            {
                record.elsewhere += 1;
            }
        }
    }
    let mut bodies = Vec::new();
    let least = if stories.len() > 1 { 2 } else { 1 };
    while bodies.len() < MOST_BODIES {
        let fitting = records
            .iter()
            .filter(|(_, record)| record.stories.len() >= least);
        let Some((selector, record)) = fitting.max_by_key(|(_, record)| record.rank()) else {
            break;
        };
        bodies.push(Body {
            selector: selector.clone(),
            is_generated: record.worth == Some(Worth::Generated),
        });
        let found = record.stories.clone();
        for record in records.values_mut() {
            record.stories.retain(|story| !found.contains(story));
        }
    }
    bodies
}

/// A page's words, without those of what stands beside its text.
struct Page {
    /// For each element, the words in it.
    inside: Vec<u64>,
    words: u64,
}

/// What a selector means on a page: outermost elements, and the words in them.
#[derive(Clone, Copy, Default)]
struct Held {
    elements: usize,
    words: u64,
    with_beside: u64,
    depth: usize,
}

impl Page {
    fn of(outline: &Outline) -> Self {
        let mut inside: Vec<u64> = outline.elements.iter().map(|one| one.words).collect();
        let mut words = outline.words;
        let mut taken = BTreeSet::new();
        let is_beside = |element: &Element| {
            let names = element.classes.iter().chain(&element.id);
            names.into_iter().any(|name| names::is_beside(name))
        };
        for (number, element) in outline.elements.iter().enumerate() {
            // What holds all there is isn't beside it, whatever it is called.
            let beside = inside.get(number).copied().unwrap_or_default();
            let is_taken = || around(outline, number).any(|outer| taken.contains(&outer));
            if beside == 0
                || !is_beside(element)
                || words.saturating_sub(beside) < A_TEXT
                || is_taken()
            {
                continue;
            }
            taken.insert(number);
            words -= beside;
            for at in around(outline, number).chain([number]) {
                if let Some(one) = inside.get_mut(at) {
                    *one = one.saturating_sub(beside);
                }
            }
        }
        Self { inside, words }
    }

    /// Every selector that means something on the page.
    fn named(&self, outline: &Outline) -> BTreeMap<String, (Worth, Held)> {
        let mut found: BTreeMap<String, (Worth, Held, BTreeSet<usize>)> = BTreeMap::new();
        for (number, element) in outline.elements.iter().enumerate() {
            let words = self.inside.get(number).copied().unwrap_or_default();
            if words == 0 {
                continue;
            }
            for (selector, worth) in selectors(element) {
                let entry = found
                    .entry(selector)
                    .or_insert_with(|| (worth, Held::default(), BTreeSet::new()));
                let is_inner = around(outline, number).any(|outer| entry.2.contains(&outer));
                if !is_inner {
                    entry.1.elements += 1;
                    entry.1.words += words;
                    entry.1.with_beside += element.words;
                    entry.1.depth += around(outline, number).count();
                    entry.2.insert(number);
                }
            }
        }
        found
            .into_iter()
            .map(|(selector, (worth, held, _))| (selector, (worth, held)))
            .collect()
    }
}

/// The elements around one, the nearest first.
fn around(outline: &Outline, number: usize) -> impl Iterator<Item = usize> {
    let parent = |number: &usize| outline.elements.get(*number).and_then(|one| one.parent);
    std::iter::successors(parent(&number), parent)
}

/// The selectors that could mean an element as a body.
fn selectors(element: &Element) -> Vec<(String, Worth)> {
    let mut found = Vec::new();
    if !element.can_be_body {
        return found;
    }
    if element.property.as_deref() == Some("articleBody") {
        found.push(("[itemprop=articleBody]".to_owned(), Worth::StoryText));
    }
    for class in &element.classes {
        if names::is_plain(class) && !names::is_beside(class) {
            found.push((format!(".{class}"), names::worth(class)));
        }
        if let Some(stays) = names::stays(class) {
            found.push((format!("[class*=\"{stays}\"]"), names::worth(stays)));
        }
    }
    if let Some(id) = element.id.as_ref().filter(|id| names::is_plain(id)) {
        // An id with a number is one story's own.
        if !id.ends_with(|last: char| last.is_ascii_digit()) && !names::is_beside(id) {
            found.push((format!("#{id}"), names::worth(id)));
        }
    }
    if matches!(element.name.as_str(), "article" | "main") {
        found.push((element.name.clone(), Worth::Word));
    }
    found
}

#[cfg(test)]
mod tests {
    use page::outline::outline;

    use super::*;

    const TEXT: &str = "<p>One two three four five six seven eight nine ten eleven twelve.</p>";

    fn found(stories: &[String], others: &[String]) -> Vec<String> {
        let read = |html: &String| outline(html.as_bytes(), None).expect("a page");
        let (stories, others): (Vec<_>, Vec<_>) = (
            stories.iter().map(read).collect(),
            others.iter().map(read).collect(),
        );
        let stories: Vec<&Outline> = stories.iter().collect();
        let others: Vec<&Outline> = others.iter().collect();
        let bodies = find(&stories, &others).into_iter();
        bodies.map(|body| body.selector).collect()
    }

    fn twice(page: impl Fn(usize) -> String) -> Vec<String> {
        (0..2).map(page).collect()
    }

    #[test]
    fn a_name_that_says_what_it_is_goes_before_one_that_a_build_has_made() {
        let text = TEXT.repeat(9);
        let page = |_| {
            format!(
                "<main class=\"container css-1x2y3z\"><h1>A</h1><div class=\"css-9f8e7d story-text\">\
                 {text}</div></main>"
            )
        };
        assert_eq!(found(&twice(page), &[]), [".story-text"]);
        let page = |_| format!("<main><div class=\"Article_body__3kX9a\">{text}</div></main>");
        assert_eq!(found(&twice(page), &[]), ["[class*=\"Article_body__\"]"]);
    }

    #[test]
    fn a_name_that_lists_have_too_gives_way_to_one_of_stories() {
        let text = TEXT.repeat(9);
        let page = |_| format!("<div class=content><div class=tide>{text}</div></div>");
        let front = format!("<div class=content>{text}</div>");
        assert_eq!(found(&twice(page), &[]), [".content"]);
        assert_eq!(found(&twice(page), &[front]), [".tide"]);
    }

    #[test]
    fn comments_are_no_part_of_the_story() {
        let (text, comments) = (TEXT.repeat(9), TEXT.repeat(90));
        let page = |_| {
            format!(
                "<article class=with-sidebar><div class=words>{text}</div><div class=comment-list><div class=comment>{comments}</div></div></article>"
            )
        };
        assert_eq!(found(&twice(page), &[]), [".words"]);
    }

    #[test]
    fn two_templates_have_a_body_each_and_what_one_page_has_alone_counts_for_nothing() {
        let text = TEXT.repeat(9);
        let named = |name: &str| format!("<div class={name}>{text}</div>");
        let pages = [
            "story-body",
            "story-body",
            "live-posts",
            "live-posts",
            "own-page",
        ]
        .map(named);
        let mut bodies = found(&pages, &[]);
        bodies.sort();
        assert_eq!(bodies, [".live-posts", ".story-body"]);
        assert_eq!(found(&[text.clone(), text], &[]), [""; 0]);
    }
}
