//! Checks that involve more than one file: names taken twice, references to
//! what isn't there, stories put where they don't belong.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use prompts::Locale;
use rayon::prelude::*;

use super::catalogue::Catalogue;
use super::days;
use super::draft::{Draft, Reference, ReferenceKind};
use super::error::{Findings, Problem, nearest};
use super::files::{Listed, PAPER, Tree, stem};
use super::gone;
use super::index::{Change, Index};
use super::kin;
use super::page::Page;
use super::paper::Paper;
use super::redirects::{REDIRECTS, Redirects};
use super::slug::Slug;
use super::story::Story;

/// Addresses that are neither stories nor pages, and so can be linked to.
const FIXED: [&str; 9] = [
    "/",
    "/search",
    "/archive",
    "/corrections",
    "/feeds",
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
    "/sitemap.xml",
];

/// For how many names that aren't there the nearest is looked for, among a
/// hundred thousand perhaps, which takes 20 ms each: as many as are reported.
const SUGGESTIONS: usize = 100;

/// Everything that was read, before it is checked against each other.
pub(super) struct Read<'a> {
    pub(super) tree: &'a Tree,
    pub(super) paper: Option<&'a Paper>,
    /// The paper's.
    pub(super) language: &'a Locale,
    pub(super) stories: &'a [Arc<Story>],
    /// What stories refer to that have a mistake of their own.
    pub(super) broken: &'a [(Box<str>, Vec<Reference>)],
    pub(super) pages: &'a [(Box<str>, Draft<Page>)],
    /// `None` where not all stories could be read: only with all of them is a
    /// topic or author that none of them has a mistake of whoever links to it.
    pub(super) index: Option<&'a Index>,
    /// The day that it is for the paper, where that is known.
    pub(super) today: Option<Date>,
}

impl Read<'_> {
    /// Checks everything that involves more than one file.
    pub(super) fn check(&self, findings: &mut Findings) {
        duplicates(&self.tree.stories, findings);
        duplicates(&self.tree.pages, findings);
        let known = Known::of(self);
        for found in self.of_stories(&known) {
            findings.join(found);
        }
        for (file, references) in self.broken {
            known.check_all(file, None, references, findings);
        }
        for (file, draft) in self.pages {
            known.check_all(file, None, &draft.references, findings);
        }
        if let Some(paper) = self.paper {
            self.check_front(paper, &known, findings);
            let stories = self.stories.iter().map(|story| &**story);
            kin::check(stories, paper, self.language, findings);
            let has_file = |slug: &str| known.stories.contains(slug);
            gone::check(PAPER, &paper.gone, has_file, findings);
            known.people(paper, findings);
            if let Some(today) = self.today {
                days::check_listed(&paper.gone, today, findings);
            }
        }
        if known.stories.is_empty() {
            let advice = "there are no stories; write one into stories/first-story.md";
            findings.add("stories", None, Problem::Empty(advice));
        }
    }

    /// Where old addresses lead. What is wrong with those that lead nowhere is told in
    /// `astray`.
    pub(super) fn redirects(&self, findings: &mut Findings, astray: &mut Findings) -> Redirects {
        let opened = self.tree.redirects.as_ref();
        let Some(opened) = opened.and_then(|file| file.read(findings)) else {
            return Redirects::default();
        };
        let text = match std::str::from_utf8(&opened.bytes) {
            Ok(text) => text,
            Err(error) => {
                findings.add_not_utf8(REDIRECTS, &opened.bytes, error);
                return Redirects::default();
            }
        };
        let known = Known::of(self);
        // What was withdrawn says so itself.
        let is_gone = |path: &str| {
            let name = path.strip_prefix("/stories/");
            let mut gone = self.paper.iter().flat_map(|paper| &paper.gone);
            name.is_some_and(|name| gone.any(|one| one.story.value.as_str() == name))
        };
        let leads = |path: &str| match known.link(path) {
            Err(_) if is_gone(path) => Ok(()),
            found => found,
        };
        Redirects::read(text, &leads, findings, astray)
    }

    /// What is wrong with stories, in their order.
    fn of_stories(&self, known: &Known<'_>) -> Vec<Findings> {
        let found = self.stories.par_iter().filter_map(|story| {
            let mut found = Findings::default();
            known.check_all(
                &story.file,
                Some(&story.slug),
                &story.references,
                &mut found,
            );
            if let Some(today) = self.today {
                days::check(story, today, &mut found);
            }
            (!found.is_empty()).then_some(found)
        });
        found.collect()
    }

    fn is_sponsored(&self, slug: &str) -> bool {
        let story = match self.index {
            Some(index) => index.story(slug),
            None => (self.stories.iter()).find(|story| story.slug.as_str() == slug),
        };
        story.is_some_and(|story| story.sponsor.is_some())
    }

    fn check_front(&self, paper: &Paper, known: &Known<'_>, findings: &mut Findings) {
        let mut seen = BTreeSet::new();
        for (key, name) in paper.front.names() {
            known.story(PAPER, key, &name.value, name.line, findings);
            let problem = if self.is_sponsored(&name.value) {
                Problem::Contradiction(
                    "a sponsored story can't be an editor's choice; it has a place of its own on \
                     the front page, so take it out here",
                )
            } else if seen.insert(name.value.as_str()) {
                continue;
            } else {
                Problem::Pointless {
                    key,
                    name: name.value.clone(),
                    how: "twice on the page",
                }
            };
            findings.add(PAPER, Some(name.line), problem);
        }
        for river in &paper.front.rivers {
            let (name, line) = (&river.section.value, river.section.line);
            if let Some(sections) = &known.sections {
                let found = known.find("section", "the section", name, sections);
                add(found, PAPER, line, findings);
            }
        }
        let slots = [&paper.promotion, &paper.advertisement];
        for notice in slots.into_iter().filter_map(|slot| slot.notice.as_ref()) {
            if let Some((link, _)) = &notice.link {
                known.notice_link(&link.value, link.line, findings);
            }
        }
    }
}

/// Two files of one slug, such as `a.md` and `2026/a.md`.
fn duplicates(files: &[Listed], findings: &mut Findings) {
    let mut first: HashMap<&str, &str> = HashMap::with_capacity(files.len());
    for Listed { path, .. } in files {
        if let Some(other) = first.insert(stem(path), path) {
            let (slug, other) = (stem(path).to_owned(), other.to_owned());
            findings.add(path, None, Problem::Duplicate { slug, other });
        }
    }
}

/// What may be referred to. Stories, pages and pictures are known by the
/// names of their files, so that one with a mistake of its own doesn't cause
/// a second finding elsewhere.
struct Known<'a> {
    stories: Names<'a>,
    pages: Names<'a>,
    pictures: Names<'a>,
    /// `None` where the paper can't be read, which is finding enough.
    sections: Option<Names<'a>>,
    /// Likewise.
    series: Option<Names<'a>>,
    /// What topics and authors there are, if that is known.
    index: Option<&'a Index>,
    /// For how many more the nearest name is looked for.
    suggestions: AtomicUsize,
}

/// Names in their order: less to set up than a tree, with a hundred thousand.
struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        Self(names)
    }

    fn contains(&self, name: &str) -> bool {
        self.0.binary_search(&name).is_ok()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().copied()
    }
}

impl<'a> Known<'a> {
    fn of(read: &Read<'a>) -> Self {
        let stems = |files: &'a [Listed]| Names::of(files.iter().map(|file| stem(&file.path)));
        let pictures = read.tree.pictures.iter();
        let pictures = pictures.filter_map(|file| file.path.strip_prefix("pictures/"));
        let sections = |paper: &'a Paper| {
            let sections = paper.sections.iter();
            Names::of(sections.map(|section| section.id.as_str()))
        };
        let series = |paper: &'a Paper| Names::of(paper.series.iter().map(|one| one.id.as_str()));
        Self {
            stories: stems(&read.tree.stories),
            pages: stems(&read.tree.pages),
            pictures: Names::of(pictures),
            sections: read.paper.map(sections),
            series: read.paper.map(series),
            index: read.index,
            suggestions: AtomicUsize::new(SUGGESTIONS),
        }
    }

    fn check_all(
        &self,
        file: &str,
        own: Option<&Slug>,
        references: &[Reference],
        findings: &mut Findings,
    ) {
        for reference in references {
            self.check(file, own, reference, findings);
        }
    }

    /// Whether there is time to look for a name that was probably meant.
    fn may_suggest(&self) -> bool {
        let less = |left: usize| left.checked_sub(1);
        let may = (self.suggestions).fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        may.is_ok()
    }

    /// The finding that a name isn't among those there are.
    fn find(
        &self,
        key: &'static str,
        what: &'static str,
        name: &str,
        known: &Names<'_>,
    ) -> Option<Problem> {
        (!known.contains(name)).then(|| Problem::Unknown {
            key,
            what,
            name: name.to_owned(),
            suggestion: (self.may_suggest())
                .then(|| nearest(name, known.iter()))
                .flatten(),
        })
    }

    fn check(
        &self,
        file: &str,
        own: Option<&Slug>,
        reference: &Reference,
        findings: &mut Findings,
    ) {
        let (name, line) = (&*reference.name, reference.line as usize);
        match reference.kind {
            ReferenceKind::Related | ReferenceKind::Translation => {
                let key = match reference.kind {
                    ReferenceKind::Translation => "translation",
                    _ => "related",
                };
                if own.is_some_and(|own| own.as_str() == name) {
                    let (name, how) = (name.to_owned(), "itself");
                    let problem = Problem::Pointless { key, name, how };
                    findings.add(file, Some(line), problem);
                }
                self.story(file, key, name, line, findings);
            }
            ReferenceKind::Series => {
                if let Some(series) = &self.series {
                    let found = self.find("series", "the series", name, series);
                    add(found, file, line, findings);
                }
            }
            ReferenceKind::Section => {
                if let Some(sections) = &self.sections {
                    let found = self.find("section", "the section", name, sections);
                    add(found, file, line, findings);
                }
            }
            ReferenceKind::Picture => {
                let found = self.find("picture", "the file in `pictures`", name, &self.pictures);
                add(found, file, line, findings);
            }
            ReferenceKind::Link => {
                if let Err(why) = self.link(name) {
                    let problem = Problem::BadLink {
                        target: name.to_owned(),
                        why,
                    };
                    findings.add(file, Some(line), problem);
                }
            }
        }
    }

    fn story(
        &self,
        file: &str,
        key: &'static str,
        name: &str,
        line: usize,
        findings: &mut Findings,
    ) {
        add(
            self.find(key, "the story", name, &self.stories),
            file,
            line,
            findings,
        );
    }

    /// Whether those who are introduced write, and are there to be seen.
    fn people(&self, paper: &Paper, findings: &mut Findings) {
        let pictures = paper
            .authors
            .iter()
            .filter_map(|author| author.picture_file.as_ref());
        for file in pictures.chain(&paper.logo) {
            let what = "the file in `pictures`";
            let found = self.find("picture", what, &file.value, &self.pictures);
            add(found, PAPER, file.line, findings);
        }
        let Some(index) = self.index else { return };
        let known = Names::of(index.authors.keys().map(String::as_str));
        for author in &paper.authors {
            let (key, what) = ("name", "the author of a story");
            let found = self.find(key, what, &author.id, &known);
            add(found, PAPER, author.name.line, findings);
        }
    }

    /// The link of a notice may lead out of the publication too.
    fn notice_link(&self, target: &str, line: usize, findings: &mut Findings) {
        let checked = if target.starts_with('/') && !target.starts_with("//") {
            self.link(target)
        } else if target.starts_with("https://") {
            Ok(())
        } else {
            Err("must begin with https:// or, within the publication, with /".to_owned())
        };
        if let Err(why) = checked {
            let problem = Problem::BadLink {
                target: target.to_owned(),
                why,
            };
            findings.add(PAPER, Some(line), problem);
        }
    }

    /// Whether a path within the publication leads somewhere; `Err` with what
    /// to write.
    fn link(&self, target: &str) -> Result<(), String> {
        let sections = self.sections.as_ref();
        let index = self.index;
        let found = match Leads::of(target) {
            Leads::Beyond => true,
            Leads::Story(name) => self.stories.contains(name),
            Leads::Page(name) => self.pages.contains(name),
            Leads::Picture(name) => self.pictures.contains(name),
            Leads::Section(name) => sections.is_none_or(|sections| sections.contains(name)),
            Leads::Topic(name) => index.is_none_or(|index| index.topics.contains_key(name)),
            Leads::Author(name) => index.is_none_or(|index| index.authors.contains_key(name)),
            Leads::Series(name) => {
                let series = self.series.as_ref();
                series.is_none_or(|series| series.contains(name))
            }
            Leads::Nowhere => false,
        };
        if found {
            return Ok(());
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let near = self.may_suggest().then(|| {
            let sections = sections.into_iter().flat_map(Names::iter);
            let everything = (self.stories.iter().map(|name| format!("/stories/{name}")))
                .chain(self.pages.iter().map(|name| format!("/pages/{name}")))
                .chain(sections.map(|name| format!("/sections/{name}")));
            let everything: Vec<String> = everything.collect();
            nearest(path, everything.iter().map(String::as_str))
        });
        Err(match near.flatten() {
            Some(near) => format!("leads nowhere; did you mean {near}?"),
            None => "leads nowhere; write /stories/… or /pages/…".to_owned(),
        })
    }
}

/// What a path within the publication leads to, if it is there.
enum Leads<'a> {
    Story(&'a str),
    Page(&'a str),
    Picture(&'a str),
    Section(&'a str),
    Topic(&'a str),
    Author(&'a str),
    Series(&'a str),
    /// What is always there, and what belongs to the server in front of this.
    Beyond,
    Nowhere,
}

impl<'a> Leads<'a> {
    fn of(target: &'a str) -> Self {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        if FIXED.contains(&path) || path.starts_with("/-/") {
            return Self::Beyond;
        }
        let path = path.strip_prefix('/').unwrap_or(path);
        match path.split_once('/').unwrap_or(("", path)) {
            ("stories", name) => Self::Story(name),
            // A short address such as /contact leads to the page.
            ("pages" | "", name) => Self::Page(name),
            ("pictures", name) => Self::Picture(name),
            ("sections", name) => Self::Section(name),
            ("topics", name) => Self::Topic(name),
            ("authors", name) => Self::Author(name),
            ("series", name) => Self::Series(name),
            _ => Self::Nowhere,
        }
    }
}

/// Whether a story that has changed suits the others as they are with it: all
/// that it refers to is there, and nothing is gone that others may refer to.
/// Where it doesn't, what is wrong is found by checking all.
///
/// Where `today` is known, neither says a story that something has happened after it.
pub(super) fn suits(
    change: &Change,
    catalogue: &Catalogue,
    index: &Index,
    today: Option<Date>,
) -> bool {
    let is_there = |reference: &Reference| {
        let name = &*reference.name;
        let is_story = |name: &str| index.story(name).is_some();
        match reference.kind {
            ReferenceKind::Related | ReferenceKind::Translation => {
                let own = change.after.as_ref().map(|story| story.slug.as_str());
                own != Some(name) && is_story(name)
            }
            ReferenceKind::Series => catalogue.paper.series(name).is_some(),
            ReferenceKind::Section => catalogue.section(name).is_some(),
            ReferenceKind::Picture => catalogue.pictures.get(name).is_some(),
            ReferenceKind::Link => match Leads::of(name) {
                Leads::Beyond => true,
                Leads::Story(name) => is_story(name),
                Leads::Page(name) => catalogue.pages.contains_key(name),
                Leads::Picture(name) => catalogue.pictures.get(name).is_some(),
                Leads::Section(name) => catalogue.section(name).is_some(),
                Leads::Topic(name) => index.topics.contains_key(name),
                Leads::Author(name) => index.authors.contains_key(name),
                Leads::Series(name) => catalogue.paper.series(name).is_some(),
                Leads::Nowhere => false,
            },
        }
    };
    let refers_well = |story: &Arc<Story>| story.references.iter().all(is_there);
    let leaves_all = |story: &Arc<Story>| {
        let mut topics = story.topics().into_iter();
        let mut authors = story.authors().into_iter();
        topics.all(|(id, _)| index.topics.contains_key(&id))
            && authors.all(|(id, _)| index.authors.contains_key(&id))
    };
    // The front page names stories that mustn't be sponsored.
    let is_chosen = |story: &Arc<Story>| {
        let mut names = catalogue.paper.front.names();
        names.any(|(_, name)| name.value == story.slug.as_str())
    };
    let may_stand = |story: &Arc<Story>| story.sponsor.is_none() || !is_chosen(story);
    // What belongs together is settled among all.
    let has_kin = |story: &Arc<Story>| {
        story.series.is_some()
            || story.translation.is_some()
            || !catalogue.kin.family(story.slug.as_str()).is_empty()
    };
    let is_listed = |story: &Arc<Story>| {
        let mut gone = catalogue.paper.gone.iter();
        gone.any(|listed| listed.story.value == story.slug)
    };
    let is_past = |story: &Arc<Story>| today.is_none_or(|today| !days::is_ahead(story, today));
    let mut both = change.before.iter().chain(&change.after);
    !both.any(|story| has_kin(story) || is_listed(story))
        && (change.after.iter())
            .all(|story| refers_well(story) && may_stand(story) && is_past(story))
        && change.before.iter().all(leaves_all)
}

fn add(found: Option<Problem>, file: &str, line: usize, findings: &mut Findings) {
    if let Some(problem) = found {
        findings.add(file, Some(line), problem);
    }
}
