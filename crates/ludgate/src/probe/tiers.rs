//! For whom a site's stories are, by what their pages say.

use access::Tier;
use page::PageFacts;
use serde_json::Value;

use super::pages::{self, Looked};

/// Words in the names of sections and tags that are for those who pay.
const PAID: [&str; 5] = [
    "premium",
    "subscriber",
    "members only",
    "member-only",
    "members-only",
];

/// Names proposed, of sections and of tags: more make no configuration that
/// anybody reads.
const MOST_NAMES: usize = 8;

/// What the stories say of their tiers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tiers {
    /// Stories that name each tier (`article:content_tier`).
    pub(crate) free: usize,
    pub(crate) metered: usize,
    pub(crate) locked: usize,
    /// Stories whose structured data says that they aren't for free.
    pub(crate) not_for_free: usize,
    /// Sections that seem to be for those who pay.
    pub(crate) sections: Vec<String>,
    /// Tags likewise.
    pub(crate) tags: Vec<String>,
}

impl Tiers {
    /// Takes down what a story says.
    pub(crate) fn note(&mut self, page: &Looked, facts: &PageFacts) {
        let named = page.outline.meta("article:content_tier");
        match named.and_then(|word| Tier::parse(&word.to_ascii_lowercase())) {
            Some(Tier::Free) => self.free += 1,
            Some(Tier::Metered) => self.metered += 1,
            Some(Tier::Locked) => self.locked += 1,
            None => {}
        }
        let says_no = |object: Value| {
            let value = object.get("isAccessibleForFree").cloned();
            let no = value.is_some_and(|value| match value {
                Value::Bool(free) => !free,
                Value::String(text) => text.to_ascii_lowercase().ends_with("false"),
                _ => false,
            });
            no && pages::is_story(&object)
        };
        self.not_for_free += usize::from(pages::objects(&page.outline).any(says_no));
        let section = facts.story.section.iter().map(access::Name::as_str);
        add(&mut self.sections, section);
        let tags = facts.story.tags.iter().map(access::Name::as_str);
        add(&mut self.tags, tags);
    }
}

fn add<'a>(names: &mut Vec<String>, found: impl Iterator<Item = &'a str>) {
    for name in found {
        let lower = name.to_lowercase();
        let is_paid = PAID.iter().any(|word| lower.contains(word));
        if is_paid && names.len() < MOST_NAMES && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
}
