//! How much an entry may say in all. What it says in one place is no longer than
//! an excerpt; a text that is given in many places would be whole all the same.

use std::collections::HashMap;

use super::text::{ELLIPSIS, length, shortened};
use crate::words::WORD;

/// What is shorter than this part of an excerpt, between three words and fifteen,
/// is a name, a date, a category.
const SHORT: u64 = 4;
const THREE: u64 = 3 * WORD;
const FIFTEEN: u64 = 15 * WORD;

/// Words of such short things in an entry: twenty categories don't shorten the
/// text, and are no text themselves.
const NAMES: u32 = 60;

/// The same outside of all entries: what a feed is called, who makes it, and what
/// it is about.
const NAMES_AROUND: u32 = 240;

/// Links of an entry that count as one word each, however long their words are:
/// to itself, its comments, and its pictures in several sizes.
const LINKS: u32 = 24;

/// The same outside of entries: the list of all entries that RDF wants, and what a
/// channel leads to.
const LINKS_AROUND: u32 = 1024;

/// The longest that such a link may be, in bytes.
const LONGEST_LINK: usize = 256;

/// Entries that share what they may say with others.
const MOST_SHARED: usize = 4096;

/// The same of a map of the site: a thousand pictures of a page, an address in each
/// of a hundred languages, and as many pages as one map may have (sitemaps.org).
const NAMES_OF_A_PLACE: u32 = 240;
const LINKS_OF_A_PLACE: u32 = 2_048;
const LONGEST_ADDRESS: usize = 2_048;
const MOST_PLACES: usize = 50_000;

/// What may still be said.
#[derive(Clone, Debug)]
struct Left {
    /// Tenths of words of text.
    text: u64,
    /// The text that was said first. Many feeds say it twice, and the second
    /// time it tells nobody more.
    said: String,
    /// The same of short things.
    short: u64,
    links: u32,
}

impl Left {
    fn of(text: u32, short: u32, links: u32) -> Self {
        Self {
            text: u64::from(text) * WORD,
            said: String::new(),
            short: u64::from(short) * WORD,
            links,
        }
    }
}

/// Whose turn it is to say something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Whose {
    /// What is outside of all entries.
    #[default]
    Feed,
    /// An entry's.
    Entry,
    /// That of all entries that lead to this address.
    Shared(String),
}

/// The budget of a feed, entry by entry.
#[derive(Debug)]
pub(super) struct Budget {
    /// The most words of one thing.
    excerpt: u32,
    whose: Whose,
    around: Left,
    entry: Left,
    shared: HashMap<String, Left>,
    /// What an entry may say.
    whole: Left,
    longest_link: usize,
    /// What a link takes from short things.
    link: u64,
    most_shared: usize,
    has_shortened: bool,
}

impl Budget {
    /// For a feed in which nothing is longer than `excerpt`.
    pub(super) fn new(excerpt: u32) -> Self {
        Self {
            excerpt,
            whose: Whose::Feed,
            around: Left::of(excerpt, NAMES_AROUND, LINKS_AROUND),
            entry: Left::of(0, 0, 0),
            shared: HashMap::new(),
            whole: Left::of(excerpt, NAMES, LINKS),
            longest_link: LONGEST_LINK,
            link: WORD,
            most_shared: MOST_SHARED,
            has_shortened: false,
        }
    }

    /// For a map of the site, whose entries are places.
    pub(super) fn of_a_map(excerpt: u32) -> Self {
        Self {
            whole: Left::of(excerpt, NAMES_OF_A_PLACE, LINKS_OF_A_PLACE),
            longest_link: LONGEST_ADDRESS,
            link: 0,
            most_shared: MOST_PLACES,
            ..Self::new(excerpt)
        }
    }

    /// For a document that says `names` words of short things besides.
    pub(super) fn of_a_document(excerpt: u32, names: u32) -> Self {
        Self {
            around: Left::of(excerpt, names, LINKS_AROUND),
            ..Self::of_a_map(excerpt)
        }
    }

    /// Whether anything that was to be said wasn't, or not all of it.
    pub(super) fn has_shortened(&self) -> bool {
        self.has_shortened
    }

    /// Something isn't said at all.
    pub(super) fn leave_out(&mut self) {
        self.has_shortened = true;
    }

    /// Begins an entry, which says of itself that it leads to `link` and is
    /// called `id`. Entries that lead to places of one page are parts of it, and
    /// so may those be that lead to one page and have no name of their own.
    pub(super) fn begin(&mut self, link: Option<&str>, id: Option<&str>) {
        let link = link.unwrap_or_default().trim();
        let page = link.split('#').next().unwrap_or_default();
        let whole = self.whole.clone();
        if page.len() == link.len() && id.is_some_and(|id| id.trim() != page) {
            self.whose = Whose::Entry;
            self.entry = whole;
            return;
        }
        // Beyond as many as no feed has, all share what is left to one.
        let page = if self.shared.len() < self.most_shared {
            page
        } else {
            ""
        };
        self.shared.entry(page.to_owned()).or_insert(whole);
        self.whose = Whose::Shared(page.to_owned());
    }

    /// Ends the entry.
    pub(super) fn end(&mut self) {
        self.whose = Whose::Feed;
    }

    fn left(&mut self) -> &mut Left {
        match &self.whose {
            Whose::Feed => &mut self.around,
            Whose::Entry => &mut self.entry,
            Whose::Shared(page) => self.shared.entry(page.clone()).or_insert(Left::of(0, 0, 0)),
        }
    }

    /// What may be said of `text`: `None` where all of it, else its beginning,
    /// which may be nothing.
    pub(super) fn say(&mut self, text: &str) -> Option<String> {
        let short = self.shortened(text);
        self.has_shortened |= short.is_some();
        short
    }

    fn shortened(&mut self, text: &str) -> Option<String> {
        let (longest, link) = (self.longest_link, self.link);
        let excerpt = u64::from(self.excerpt).saturating_mul(WORD);
        let all = length(text);
        let left = self.left();
        let is_short = all < (excerpt / SHORT).clamp(THREE, FIFTEEN);
        if is_link_of(text, longest) && left.links > 0 {
            left.links -= 1;
            left.short = left.short.saturating_sub(link);
            return None;
        }
        if is_short {
            let most = left.short;
            left.short = most.saturating_sub(all);
            return (all > most).then(String::new);
        }
        let first = shortened(text, self.excerpt);
        let left = self.left();
        if !left.said.is_empty() && is_said(&first, &left.said) {
            return (all > excerpt).then_some(first);
        }
        let most = left.text;
        left.text = most.saturating_sub(all);
        if left.said.is_empty() {
            left.said.clone_from(&first);
        }
        if all <= most {
            return None;
        }
        let words = u32::try_from(most / WORD).unwrap_or(0);
        Some(match words {
            0 => String::new(),
            words => shortened(text, words),
        })
    }
}

/// Whether `text` is what was `said`, or its beginning.
fn is_said(text: &str, said: &str) -> bool {
    said.trim_end_matches(ELLIPSIS)
        .starts_with(text.trim_end_matches(ELLIPSIS))
}

/// Whether the text is a link and nothing else.
pub(super) fn is_link(text: &str) -> bool {
    is_link_of(text, LONGEST_LINK)
}

fn is_link_of(text: &str, longest: usize) -> bool {
    let text = text.trim();
    let is = text.starts_with("http://") || text.starts_with("https://");
    is && text.len() <= longest && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_said(budget: &mut Budget, of: &str) -> usize {
        let said = (0..100).map(|number| {
            let text = format!("{number} two three four {of}");
            budget.say(&text).unwrap_or(text)
        });
        said.map(|text| text.split_whitespace().count()).sum()
    }

    #[test]
    fn an_entry_says_an_excerpt_in_all_however_many_pieces_it_has() {
        let mut budget = Budget::new(10);
        for id in ["a", "b"] {
            budget.begin(Some("https://paper.example/a"), Some(id));
            assert_eq!(all_said(&mut budget, id), 10);
            budget.end();
        }
        assert_eq!(all_said(&mut budget, "feed"), 10, "around them");
    }

    #[test]
    fn names_take_nothing_from_the_text_and_are_no_more_than_an_excerpt_either() {
        let mut budget = Budget::new(10);
        budget.begin(None, Some("a"));
        let names = (0..100).filter(|_| budget.say("harbour").is_none()).count();
        assert_eq!((names, all_said(&mut budget, "a")), (60, 10));
    }

    #[test]
    fn what_was_said_may_be_said_again() {
        let mut budget = Budget::new(6);
        budget.begin(None, Some("a"));
        let text = "one two three four five six seven eight";
        let short = Some("one two three four five six…".to_owned());
        assert_eq!(budget.say(text), short);
        assert_eq!(budget.say(text), short);
        assert_eq!(budget.say("<p>one two three four</p>"), None);
        assert_eq!(budget.say("two three four five"), Some(String::new()));
    }

    #[test]
    fn entries_that_are_places_of_one_page_share_what_they_may_say() {
        for (links, said) in [
            (["/a#1", "/a#2", "/b#1"], [10, 0, 10]),
            (["/a", "/a", "/a"], [10, 0, 0]),
            (["/a", "/b", "/c"], [10, 10, 10]),
        ] {
            let mut budget = Budget::new(10);
            for ((link, said), of) in links.into_iter().zip(said).zip(["a", "b", "c"]) {
                budget.begin(Some(link), None);
                assert_eq!(all_said(&mut budget, of), said, "{link}");
            }
        }
    }

    #[test]
    fn links_are_a_word_each_up_to_as_many_as_an_entry_needs() {
        let mut budget = Budget::new(60);
        budget.begin(None, Some("a"));
        let link = "https://paper.example/a-long-name-of-many-words-that-says-much-of-a-story";
        for _ in 0..LINKS {
            assert_eq!(budget.say(link), None);
        }
        let more = (0..100).filter(|_| budget.say(link).is_none()).count();
        assert!(more < 30, "{more}");
    }
}
