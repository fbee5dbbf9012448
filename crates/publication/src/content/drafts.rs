//! Checks that involve more than one file: names taken twice, references to
//! what isn't there, stories put where they don't belong.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use prompts::Locale;

use super::draft::{Draft, Reference, ReferenceKind};
use super::error::{Findings, Problem, nearest};
use super::files::{self, Files};
use super::gone;
use super::kin;
use super::page::{self, Page};
use super::paper::Paper;
use super::slug::{Slug, topic_id};
use super::story::{self, Story};
use super::typography::Typography;

/// The file that describes the paper.
pub(super) const PAPER: &str = "publication.toml";

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

/// Stories and pages before their references are checked, with their files.
pub(super) struct Drafts {
    pub(super) stories: Vec<(String, Draft<Story>)>,
    pub(super) pages: Vec<(String, Draft<Page>)>,
}

impl Drafts {
    pub(super) fn read(
        texts: &BTreeMap<&str, &str>,
        zone: &TimeZone,
        typography: Typography,
        findings: &mut Findings,
    ) -> Self {
        let (mut stories, mut pages) = (Vec::new(), Vec::new());
        for (path, text) in texts {
            if path.starts_with("stories/") {
                let story = story::read_story(path, text, zone, typography, findings);
                stories.extend(story.map(|draft| ((*path).to_owned(), draft)));
            } else if path.starts_with("pages/") {
                let page = page::read_page(path, text, typography, findings);
                pages.extend(page.map(|draft| ((*path).to_owned(), draft)));
            }
        }
        Self { stories, pages }
    }

    /// Checks everything that involves more than one file.
    /// `language` is the paper's.
    pub(super) fn check(
        &self,
        paper: Option<&Paper>,
        language: &Locale,
        files: &Files,
        findings: &mut Findings,
    ) {
        duplicates(files, findings);
        let known = Known::of(self, paper, files);
        for (file, draft) in &self.stories {
            for reference in &draft.references {
                let own = draft.item.as_ref().map(|story| &story.slug);
                known.check(file, own, reference, findings);
            }
        }
        for (file, draft) in &self.pages {
            for reference in &draft.references {
                known.check(file, None, reference, findings);
            }
        }
        if let Some(paper) = paper {
            self.check_front(paper, &known, findings);
            let items = self.stories.iter();
            let items =
                items.filter_map(|(file, draft)| Some((file.as_str(), draft.item.as_ref()?)));
            kin::check(items, paper, language, findings);
            gone::check(
                PAPER,
                &paper.gone,
                |slug| known.stories.contains(slug),
                findings,
            );
            known.people(paper, findings);
        }
        if known.stories.is_empty() {
            let advice = "there are no stories; write one into stories/first-story.md";
            findings.add("stories", None, Problem::Empty(advice));
        }
    }

    fn check_front(&self, paper: &Paper, known: &Known<'_>, findings: &mut Findings) {
        let sponsored: BTreeSet<&str> = self
            .stories
            .iter()
            .filter_map(|(_, draft)| draft.item.as_ref())
            .filter(|story| story.sponsor.is_some())
            .map(|story| story.slug.as_str())
            .collect();
        let mut seen = BTreeSet::new();
        for (key, name) in paper.front.names() {
            known.story(PAPER, key, &name.value, name.line, findings);
            let problem = if sponsored.contains(name.value.as_str()) {
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
                let found = find("section", "the section", name, sections);
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

/// Two files of one slug, such as `a.md` and `a.markdown`.
fn duplicates(files: &Files, findings: &mut Findings) {
    let mut first: HashMap<(&str, &str), &str> = HashMap::new();
    for path in files.keys() {
        let folder = path.split('/').next().unwrap_or_default();
        if folder == "pictures" {
            continue;
        }
        if let Some(other) = first.insert((folder, files::stem(path)), path) {
            let (slug, other) = (files::stem(path).to_owned(), other.to_owned());
            findings.add(path, None, Problem::Duplicate { slug, other });
        }
    }
}

/// What may be referred to. Stories, pages and pictures are known by the
/// names of their files, so that one with a mistake of its own doesn't cause
/// a second finding elsewhere.
struct Known<'a> {
    stories: BTreeSet<&'a str>,
    pages: BTreeSet<&'a str>,
    pictures: BTreeSet<&'a str>,
    /// `None` where the paper can't be read, which is finding enough.
    sections: Option<BTreeSet<&'a str>>,
    /// Likewise.
    series: Option<BTreeSet<&'a str>>,
    topics: BTreeSet<String>,
    authors: BTreeSet<String>,
    /// Whether all stories could be read: only then is a topic or author that
    /// none of them has a mistake of whoever links to it.
    all_read: bool,
}

impl<'a> Known<'a> {
    fn of(drafts: &Drafts, paper: Option<&'a Paper>, files: &'a Files) -> Self {
        let within = |folder: &'static str| {
            files
                .keys()
                .filter_map(move |path| path.strip_prefix(folder)?.strip_prefix('/'))
        };
        let stories = || {
            let items = drafts.stories.iter().map(|(_, draft)| &draft.item);
            items.flatten()
        };
        let known: BTreeSet<&str> = within("stories").map(files::stem).collect();
        Self {
            all_read: stories().count() == known.len(),
            stories: known,
            pages: within("pages").map(files::stem).collect(),
            pictures: within("pictures").collect(),
            sections: paper.map(|paper| {
                paper
                    .sections
                    .iter()
                    .map(|section| section.id.as_str())
                    .collect()
            }),
            series: paper.map(|paper| paper.series.iter().map(|one| one.id.as_str()).collect()),
            topics: stories()
                .flat_map(Story::topics)
                .map(|(id, _)| id)
                .collect(),
            authors: stories()
                .flat_map(|story| &story.byline)
                .map(|name| topic_id(name))
                .collect(),
        }
    }

    fn check(
        &self,
        file: &str,
        own: Option<&Slug>,
        reference: &Reference,
        findings: &mut Findings,
    ) {
        let (name, line) = (&reference.name.value, reference.name.line);
        match reference.kind {
            ReferenceKind::Related | ReferenceKind::Translation => {
                let key = match reference.kind {
                    ReferenceKind::Translation => "translation",
                    _ => "related",
                };
                if own.is_some_and(|own| own.as_str() == name) {
                    let (name, how) = (name.clone(), "itself");
                    let problem = Problem::Pointless { key, name, how };
                    findings.add(file, Some(line), problem);
                }
                self.story(file, key, name, line, findings);
            }
            ReferenceKind::Series => {
                if let Some(series) = &self.series {
                    let found = find("series", "the series", name, series);
                    add(found, file, line, findings);
                }
            }
            ReferenceKind::Section => {
                if let Some(sections) = &self.sections {
                    let found = find("section", "the section", name, sections);
                    add(found, file, line, findings);
                }
            }
            ReferenceKind::Picture => {
                let found = find("picture", "the file in `pictures`", name, &self.pictures);
                add(found, file, line, findings);
            }
            ReferenceKind::Link => {
                if let Err(why) = self.link(name) {
                    let problem = Problem::BadLink {
                        target: name.clone(),
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
            find(key, "the story", name, &self.stories),
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
            let found = find(
                "picture",
                "the file in `pictures`",
                &file.value,
                &self.pictures,
            );
            add(found, PAPER, file.line, findings);
        }
        let known: BTreeSet<&str> = self.authors.iter().map(String::as_str).collect();
        for author in paper.authors.iter().filter(|_| self.all_read) {
            let (key, what) = ("name", "the author of a story");
            let found = find(key, what, &author.id, &known);
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
        let path = target.split(['?', '#']).next().unwrap_or_default();
        // What begins with /-/ belongs to the server in front of this.
        if FIXED.contains(&path) || path.starts_with("/-/") {
            return Ok(());
        }
        let (kind, name) = path[1..].split_once('/').unwrap_or(("", &path[1..]));
        let sections = self.sections.as_ref();
        let found = match kind {
            "stories" => self.stories.contains(name),
            // A short address such as /contact leads to the page.
            "pages" | "" => self.pages.contains(name),
            "pictures" => self.pictures.contains(name),
            "sections" => sections.is_none_or(|sections| sections.contains(name)),
            "topics" => !self.all_read || self.topics.contains(name),
            "authors" => !self.all_read || self.authors.contains(name),
            "series" => {
                let series = self.series.as_ref();
                series.is_none_or(|series| series.contains(name))
            }
            _ => false,
        };
        if found {
            return Ok(());
        }
        let everything = (self.stories.iter().map(|name| format!("/stories/{name}")))
            .chain(self.pages.iter().map(|name| format!("/pages/{name}")))
            .chain(
                sections
                    .into_iter()
                    .flatten()
                    .map(|name| format!("/sections/{name}")),
            );
        let everything: Vec<String> = everything.collect();
        Err(match nearest(path, everything.iter().map(String::as_str)) {
            Some(near) => format!("leads nowhere; did you mean {near}?"),
            None => "leads nowhere; write /stories/… or /pages/…".to_owned(),
        })
    }
}

/// The finding that a name isn't among those there are.
fn find(
    key: &'static str,
    what: &'static str,
    name: &str,
    known: &BTreeSet<&str>,
) -> Option<Problem> {
    (!known.contains(name)).then(|| Problem::Unknown {
        key,
        what,
        name: name.to_owned(),
        suggestion: nearest(name, known.iter().copied()),
    })
}

fn add(found: Option<Problem>, file: &str, line: usize, findings: &mut Findings) {
    if let Some(problem) = found {
        findings.add(file, Some(line), problem);
    }
}
