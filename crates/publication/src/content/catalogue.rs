//! Everything that was read, checked against each other and put in order.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use prompts::Locale;

use super::drafts::{Drafts, PAPER};
use super::error::{ContentErrors, Findings, Problem};
use super::files::{self, Files, Source};
use super::gone::Gone;
use super::kin::Kin;
use super::page::Page;
use super::paper::{self, Paper, Section};
use super::picture::PictureFile;
use super::slug::{Slug, topic_id};
use super::story::Story;
use super::typography::Typography;

/// The whole content of a publication.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) paper: Paper,
    /// The language that the content is written in.
    pub(crate) language: Locale,
    /// The latest first; stories of the same moment by slug.
    pub(crate) stories: Vec<Story>,
    pub(crate) pages: BTreeMap<Slug, Page>,
    pub(crate) pictures: BTreeMap<String, PictureFile>,
    pub(crate) topics: BTreeMap<String, Listing>,
    pub(crate) authors: BTreeMap<String, Listing>,
    pub(crate) kin: Kin,
    by_slug: HashMap<Slug, usize>,
}

/// The stories of one topic or author.
#[derive(Debug)]
pub(crate) struct Listing {
    /// As a label or byline writes it.
    pub(crate) name: String,
    /// Places in [`Catalogue::stories`].
    pub(crate) stories: Vec<usize>,
}

impl Catalogue {
    /// Reads and checks everything.
    ///
    /// Times without an offset are in `zone`; `locale` is the language of the
    /// content where the paper doesn't name one.
    pub(crate) fn load(
        source: &Source,
        locale: &Locale,
        zone: &TimeZone,
    ) -> Result<Self, ContentErrors> {
        let mut findings = Findings::default();
        let files = files::read(source, &mut findings);
        let texts = texts(&files, &mut findings);
        let paper = texts
            .get(PAPER)
            .and_then(|text| paper::read_paper(PAPER, text, &mut findings));
        let language = paper
            .as_ref()
            .and_then(|paper| paper.language.as_ref()?.parse().ok())
            .unwrap_or_else(|| locale.clone());
        let drafts = Drafts::read(&texts, zone, Typography::of(&language), &mut findings);
        let pictures = pictures(&files, &mut findings);
        drafts.check(paper.as_ref(), &language, &files, &mut findings);
        let paper = findings.check_with(paper, PAPER)?;
        Ok(Self::of(paper, language, drafts, pictures))
    }

    fn of(
        paper: Paper,
        language: Locale,
        drafts: Drafts,
        pictures: BTreeMap<String, PictureFile>,
    ) -> Self {
        let mut stories: Vec<Story> = drafts
            .stories
            .into_iter()
            .filter_map(|(_, draft)| draft.item)
            .collect();
        stories.sort_by(|a, b| (b.published, &a.slug).cmp(&(a.published, &b.slug)));
        let by_slug = stories
            .iter()
            .enumerate()
            .map(|(index, story)| (story.slug.clone(), index))
            .collect();
        let pages = drafts
            .pages
            .into_iter()
            .filter_map(|(_, draft)| draft.item)
            .map(|page| (page.slug.clone(), page))
            .collect();
        let (topics, authors) = (topics(&stories), authors(&stories));
        let kin = Kin::of(stories.iter());
        Self {
            paper,
            language,
            stories,
            pages,
            pictures,
            topics,
            authors,
            kin,
            by_slug,
        }
    }

    /// The story of that slug, if it is out.
    pub(crate) fn story(&self, slug: &str, now: Timestamp) -> Option<&Story> {
        let story = self.stories.get(*self.by_slug.get(slug)?)?;
        story.is_out(now).then_some(story)
    }

    /// Why the story of that slug isn't there any more. One that hasn't appeared
    /// yet was never there. Its headline isn't told: it may be what was wrong.
    pub(crate) fn gone(&self, slug: &str, now: Timestamp) -> Option<&Gone> {
        let Some(index) = self.by_slug.get(slug) else {
            let mut listed = self.paper.gone.iter();
            let found = listed.find(|listed| listed.story.value.as_str() == slug)?;
            return Some(&found.gone);
        };
        let story = self.stories.get(*index)?;
        story.gone.as_ref().filter(|_| story.published <= now)
    }

    /// The language that a story is written in.
    pub(crate) fn language_of<'a>(&'a self, story: &'a Story) -> &'a Locale {
        story.language.as_ref().unwrap_or(&self.language)
    }

    /// Every story that is out, the latest first.
    pub(crate) fn out(&self, now: Timestamp) -> impl Iterator<Item = &Story> {
        self.stories.iter().filter(move |story| story.is_out(now))
    }

    /// The stories that are out and appeared from `from` on and before `to`, the
    /// latest first.
    pub(crate) fn between(
        &self,
        from: Timestamp,
        to: Timestamp,
        now: Timestamp,
    ) -> impl Iterator<Item = &Story> {
        let newer = self.stories.partition_point(|story| story.published >= to);
        let until = self
            .stories
            .partition_point(|story| story.published >= from);
        let stories = self.stories.get(newer..until).unwrap_or_default();
        stories.iter().filter(move |story| story.is_out(now))
    }

    /// The stories of a topic or author that are out.
    pub(crate) fn listed<'a>(
        &'a self,
        listing: &'a Listing,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Story> {
        listing
            .stories
            .iter()
            .filter_map(|index| self.stories.get(*index))
            .filter(move |story| story.is_out(now))
    }

    pub(crate) fn section(&self, id: &str) -> Option<&Section> {
        self.paper
            .sections
            .iter()
            .find(|section| section.id.as_str() == id)
    }
}

/// The text files as text.
fn texts<'a>(files: &'a Files, findings: &mut Findings) -> BTreeMap<&'a str, &'a str> {
    let mut texts = BTreeMap::new();
    for (path, bytes) in files
        .iter()
        .filter(|(path, _)| !path.starts_with("pictures/"))
    {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                texts.insert(path.as_str(), text);
            }
            Err(_) => findings.add(path, None, Problem::NotUtf8),
        }
    }
    texts
}

fn pictures(files: &Files, findings: &mut Findings) -> BTreeMap<String, PictureFile> {
    let mut pictures = BTreeMap::new();
    for (path, bytes) in files {
        let Some(name) = path.strip_prefix("pictures/") else {
            continue;
        };
        let stem = files::stem(path);
        if Slug::parse(stem).is_none() {
            findings.add(path, None, Problem::BadSlug(stem.to_owned()));
            continue;
        }
        match PictureFile::open(name, bytes) {
            Ok(picture) => {
                pictures.insert(name.to_owned(), picture);
            }
            Err(problem) => findings.add(path, None, problem),
        }
    }
    pictures
}

/// Topics by id. The name is a label's where there is one, since labels are
/// written for readers and tags for sorting.
fn topics(stories: &[Story]) -> BTreeMap<String, Listing> {
    let mut topics: BTreeMap<String, Listing> = BTreeMap::new();
    for (index, story) in stories.iter().enumerate() {
        for (place, (id, words)) in story.topics().into_iter().enumerate() {
            let topic = topics.entry(id.clone()).or_insert_with(|| Listing {
                name: title_case(words),
                stories: Vec::new(),
            });
            if place == 0 && topic_id(&story.label) == id {
                words.clone_into(&mut topic.name);
            }
            topic.stories.push(index);
        }
    }
    topics
}

fn authors(stories: &[Story]) -> BTreeMap<String, Listing> {
    let mut authors: BTreeMap<String, Listing> = BTreeMap::new();
    for (index, story) in stories.iter().enumerate() {
        for name in &story.byline {
            let author = authors.entry(topic_id(name)).or_insert_with(|| Listing {
                name: name.clone(),
                stories: Vec::new(),
            });
            if author.stories.last() != Some(&index) {
                author.stories.push(index);
            }
        }
    }
    authors
}

/// `fenwick-quay` as `Fenwick Quay`.
fn title_case(tag: &str) -> String {
    let mut words = Vec::new();
    for word in tag.split(['-', '_', ' ']).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        words.push(first.chain(letters).collect::<String>());
    }
    words.join(" ")
}
