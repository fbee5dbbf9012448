//! Stories that belong together: the parts of a series, and one story in
//! several languages.
//!
//! Made of all stories, those to come and those withdrawn included: what is
//! shown of them is asked when a page is made.

use std::collections::{BTreeMap, HashMap};

use prompts::Locale;

use super::draft::ReferenceKind;
use super::error::{Findings, Problem};
use super::paper::Paper;
use super::slug::Slug;
use super::story::Story;

/// Who belongs to whom.
#[derive(Debug, Default)]
pub(crate) struct Kin {
    /// The parts of each series in their order, in every language.
    series: BTreeMap<Slug, Vec<Slug>>,
    /// For each story that is there in several languages, all of them.
    families: HashMap<Slug, Vec<Slug>>,
}

impl Kin {
    pub(crate) fn of<'a>(stories: impl Iterator<Item = &'a Story> + Clone) -> Self {
        let mut parts: BTreeMap<Slug, Vec<&Story>> = BTreeMap::new();
        for story in stories.clone() {
            if let Some(part) = &story.series {
                parts.entry(part.series.clone()).or_default().push(story);
            }
        }
        let series = parts.into_iter().map(|(id, mut parts)| {
            parts.sort_by_key(|story| order(story));
            (id, parts.iter().map(|story| story.slug.clone()).collect())
        });
        Self {
            series: series.collect(),
            families: join(stories.filter_map(|story| {
                let other = story.translation.as_ref()?;
                Some((&story.slug, other))
            })),
        }
    }

    /// The parts of a series, the first first.
    pub(crate) fn parts(&self, series: &str) -> &[Slug] {
        self.series.get(series).map_or(&[], Vec::as_slice)
    }

    /// The story in every language that it is there in, itself included; empty
    /// where it is there in one only.
    pub(crate) fn family(&self, slug: &str) -> &[Slug] {
        self.families.get(slug).map_or(&[], Vec::as_slice)
    }
}

/// Numbered parts first, by their numbers; the others by when they appeared.
fn order(story: &Story) -> (u16, jiff::Timestamp, Slug) {
    let number = story.series.as_ref().and_then(|part| part.number);
    (
        number.unwrap_or(u16::MAX),
        story.published,
        story.slug.clone(),
    )
}

/// Joins those of which one names the other.
fn join<'a>(pairs: impl Iterator<Item = (&'a Slug, &'a Slug)>) -> HashMap<Slug, Vec<Slug>> {
    let mut heads: HashMap<&Slug, &Slug> = HashMap::new();
    for (one, other) in pairs {
        let (one, other) = (head(&heads, one), head(&heads, other));
        // The smaller name leads, whichever of them was read first.
        let (leader, follower) = (one.min(other), one.max(other));
        heads.insert(leader, leader);
        heads.insert(follower, leader);
    }
    let mut members: BTreeMap<&Slug, Vec<Slug>> = BTreeMap::new();
    for slug in heads.keys() {
        let led = members.entry(head(&heads, slug)).or_default();
        led.push((*slug).clone());
    }
    let mut families = HashMap::with_capacity(heads.len());
    for mut family in members.into_values().filter(|family| family.len() > 1) {
        family.sort();
        for slug in &family {
            families.insert(slug.clone(), family.clone());
        }
    }
    families
}

/// Who leads the family; a chain has at most as many links as names, and each
/// link leads to a smaller one.
fn head<'a>(heads: &HashMap<&'a Slug, &'a Slug>, slug: &'a Slug) -> &'a Slug {
    let mut at = slug;
    while let Some(next) = heads.get(at).copied().filter(|next| *next != at) {
        at = next;
    }
    at
}

/// Finds parts that are counted twice or beyond the end, and translations into
/// the language that the story is in already.
pub(super) fn check<'a>(
    stories: impl Iterator<Item = &'a Story> + Clone,
    paper: &Paper,
    language: &Locale,
    findings: &mut Findings,
) {
    let tongue = |story: &'a Story| story.language.as_ref().unwrap_or(language).to_string();
    let mut taken: HashMap<(&Slug, u16, String), &str> = HashMap::new();
    let mut by_slug: HashMap<&Slug, &Story> = HashMap::new();
    for story in stories.clone() {
        let file = &*story.file;
        by_slug.insert(&story.slug, story);
        let Some(part) = &story.series else { continue };
        let Some(number) = part.number else { continue };
        let planned = paper.series(part.series.as_str()).and_then(|one| one.parts);
        if planned.is_some_and(|planned| number > planned) {
            let advice = "`part` is beyond the last part that publication.toml gives the series; \
                          correct one of the two";
            findings.add(file, Some(part.line), Problem::Contradiction(advice));
        }
        if let Some(other) = taken.insert((&part.series, number, tongue(story)), file) {
            let slug = format!("part {number} of {}", part.series);
            let other = other.to_owned();
            findings.add(file, Some(part.line), Problem::Duplicate { slug, other });
        }
    }
    for story in stories {
        let file = &*story.file;
        // That it names itself is a finding already.
        let other = story.translation.as_ref();
        let other = other.filter(|slug| **slug != story.slug);
        let other = other.and_then(|slug| by_slug.get(slug));
        if other.is_some_and(|other| tongue(other) == tongue(story)) {
            let advice = "`translation` names a story in the same language; give one of them its \
                          `language`, or take it out";
            let mut references = story.references.iter();
            let named = references.find(|one| one.kind == ReferenceKind::Translation);
            let line = named.map(|one| one.line as usize);
            findings.add(file, line, Problem::Contradiction(advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[(&str, &str)], family: &[&str]) {
        let slug = |text: &str| Slug::parse(text).expect("a slug");
        let pairs: Vec<(Slug, Slug)> = edges
            .iter()
            .map(|(from, to)| (slug(from), slug(to)))
            .collect();
        let found = join(pairs.iter().map(|(from, to)| (from, to)));
        let expected: Vec<Slug> = family.iter().map(|name| slug(name)).collect();
        assert_eq!(found.get("a"), Some(&expected), "{edges:?}");
    }

    #[test]
    fn a_story_in_three_languages_is_one_family_whoever_names_whom() {
        let all = ["a", "b", "c"];
        check(&[("b", "a"), ("c", "a")], &all);
        check(&[("a", "b"), ("b", "c")], &all);
        check(&[("a", "b"), ("b", "a"), ("c", "b")], &all);
        check(&[("c", "b"), ("b", "a"), ("a", "c")], &all);
        check(&[("d", "e"), ("a", "b")], &["a", "b"]);
        check(&[("a", "d"), ("b", "c"), ("c", "d")], &["a", "b", "c", "d"]);
    }
}
