//! Which section a story goes to, by what it was filed under.

use std::collections::BTreeMap;

use publication::{Masthead, Slug, topic_id};

use crate::directory::Directory;
use crate::entry::{Entry, Term};
use crate::slug;

/// How many categories without a section are told.
const MOST_TOLD: usize = 60;

/// How many sections a new paper gets: a menu's length, and what the publication takes.
pub(crate) const MOST_NEW: usize = 50;

/// What categories become, and what is missing for that.
#[derive(Debug)]
pub(crate) struct Sections {
    /// As the command line has them: a category and a section. `*` is any.
    mapped: Vec<(String, Slug)>,
    /// Those of the paper; `None` where there is no paper yet, which then gets those
    /// that its stories need.
    known: Option<Vec<(String, String)>>,
    /// The sections of a new paper with their names, and how many stories they have.
    made: BTreeMap<String, (String, usize)>,
    /// Categories that nobody has spoken of, and how many stories they have.
    unknown: BTreeMap<String, usize>,
}

/// Where a story goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filed {
    pub(crate) section: Slug,
    /// The words over the headline.
    pub(crate) label: String,
    /// Its topics but for the label.
    pub(crate) tags: Vec<String>,
}

impl Sections {
    /// Those of a paper, with what categories become; `Err` names a section that isn't
    /// there.
    pub(crate) fn new(
        mapped: &[(String, String)],
        masthead: Option<&Masthead>,
    ) -> Result<Self, String> {
        let known = masthead.map(|masthead| masthead.sections.clone());
        let mut all = Vec::with_capacity(mapped.len());
        for (category, section) in mapped {
            let is_known = known
                .as_ref()
                .is_none_or(|known| known.iter().any(|(id, _)| id == section));
            let slug = Slug::parse(section).filter(|_| is_known);
            all.push((category.clone(), slug.ok_or_else(|| section.clone())?));
        }
        Ok(Self {
            mapped: all,
            known,
            made: BTreeMap::new(),
            unknown: BTreeMap::new(),
        })
    }

    /// Files a story. `None` where nobody has said what its category becomes.
    pub(crate) fn file(&mut self, entry: &Entry, directory: &Directory) -> Option<Filed> {
        // What WordPress files everything under that nobody has filed.
        let is_said = |term: &&Term| !matches!(&*term.slug, "uncategorized" | "uncategorised");
        let categories: Vec<&Term> = entry.categories.iter().filter(is_said).collect();
        let found = categories
            .iter()
            .find_map(|term| self.section_of(term, directory));
        let found = found.or_else(|| self.mapped_to("*"));
        let found = found.or_else(|| {
            let first = categories.first().copied();
            self.made_of(first, directory)
        });
        let Some(section) = found else {
            let name = categories.first().map_or("(none)", |term| &term.name);
            if self.unknown.len() < MOST_TOLD || self.unknown.contains_key(name) {
                *self.unknown.entry(name.to_owned()).or_default() += 1;
            }
            return None;
        };
        Some(self.words(section, &categories, entry))
    }

    fn words(&self, section: Slug, categories: &[&Term], entry: &Entry) -> Filed {
        // What says no more than the section isn't a topic beside it.
        let own = [topic_id(self.name_of(&section)), section.to_string()];
        let is_topic = |name: &&str| {
            let id = topic_id(name);
            !id.is_empty() && !own.contains(&id)
        };
        let tags = entry.tags.iter().map(|term| term.name.as_str());
        let names = categories.iter().map(|term| term.name.as_str()).chain(tags);
        let mut topics: Vec<&str> = Vec::new();
        for name in names.filter(is_topic) {
            if !topics.iter().any(|known| topic_id(known) == topic_id(name)) {
                topics.push(name);
            }
        }
        let label = topics
            .first()
            .copied()
            .unwrap_or(self.name_of(&section))
            .to_owned();
        let tags = topics.into_iter().skip(1).map(str::to_owned).collect();
        Filed {
            section,
            label,
            tags,
        }
    }

    fn name_of<'a>(&'a self, section: &'a Slug) -> &'a str {
        let known = self.known.iter().flatten();
        let known = known.map(|(id, name)| (id.as_str(), name.as_str()));
        let made = self
            .made
            .iter()
            .map(|(id, (name, _))| (id.as_str(), name.as_str()));
        let mut all = known.chain(made);
        all.find(|(id, _)| *id == section.as_str())
            .map_or(section.as_str(), |(_, name)| name)
    }

    fn mapped_to(&self, name: &str) -> Option<Slug> {
        let same = |written: &str| written.to_lowercase() == name.to_lowercase();
        let found = self.mapped.iter().find(|(written, _)| same(written));
        found.map(|(_, section)| section.clone())
    }

    /// The section of a category or of one that it is in: by what was said, by its name.
    fn section_of(&self, term: &Term, directory: &Directory) -> Option<Slug> {
        let own = std::iter::once(term.clone());
        let outer = directory.line_of(&term.slug).skip(1);
        own.chain(outer).find_map(|term| {
            let said = self
                .mapped_to(&term.name)
                .or_else(|| self.mapped_to(&term.slug));
            said.or_else(|| {
                let named = |(id, name): &&(String, String)| {
                    *id == term.slug || name.to_lowercase() == term.name.to_lowercase()
                };
                let found = self.known.as_ref()?.iter().find(named)?;
                Slug::parse(&found.0)
            })
        })
    }

    /// A section for a new paper: the outermost of the categories that it is in.
    fn made_of(&mut self, term: Option<&Term>, directory: &Directory) -> Option<Slug> {
        if self.known.is_some() {
            return None;
        }
        let outermost =
            term.map(|term| directory.line_of(&term.slug).last().unwrap_or(term.clone()));
        let found = outermost.unwrap_or(Term {
            name: "News".to_owned(),
            slug: "news".to_owned(),
        });
        let id = slug::safe(&found.slug).or_else(|| slug::safe(&found.name));
        let id = id.or_else(|| Slug::parse(&format!("section-{}", self.made.len() + 1)))?;
        let entry = self.made.entry(id.to_string()).or_insert((found.name, 0));
        entry.1 += 1;
        Some(id)
    }

    /// The sections that a new paper needs, those with the most stories first.
    pub(crate) fn needed(&self) -> Vec<(String, String)> {
        let mut made: Vec<_> = self.made.iter().collect();
        made.sort_by_key(|(_, (_, stories))| std::cmp::Reverse(*stories));
        let made = made
            .into_iter()
            .map(|(id, (name, _))| (id.clone(), name.clone()));
        let mut all: Vec<(String, String)> = made.collect();
        for (_, section) in &self.mapped {
            if !all.iter().any(|(id, _)| id == section.as_str()) {
                all.push((section.to_string(), section.to_string()));
            }
        }
        all
    }

    /// Categories that nobody has spoken of, with how many stories they have.
    pub(crate) fn unknown(&self) -> &BTreeMap<String, usize> {
        &self.unknown
    }

    /// Forgets what was counted, before the next pass.
    pub(crate) fn recount(&mut self) {
        self.unknown.clear();
        for (_, stories) in self.made.values_mut() {
            *stories = 0;
        }
    }
}
