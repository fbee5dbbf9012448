//! Everything that was read, checked against each other and put in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use prompts::Locale;

use super::drafts::{Drafts, PAPER};
use super::error::{ContentErrors, Findings, Problem};
use super::files::{self, Files, PICTURES, Source};
use super::gone::Gone;
use super::index::Index;
use super::kin::Kin;
use super::markdown::Body;
use super::page::Page;
use super::paper::{self, Paper, Section};
use super::picture::{PictureFile, PrintName};
use super::shelf::Stories;
use super::slug::Slug;
use super::sources::{BodyError, Fingerprint, Sources};
use super::story::Story;
use super::typography::Typography;

/// The whole content of a publication, less the text of its stories.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) paper: Paper,
    /// The language that the content is written in.
    pub(crate) language: Locale,
    pub(crate) stories: Index,
    pub(crate) pages: BTreeMap<Slug, Page>,
    pub(crate) pictures: BTreeMap<String, PictureFile>,
    pub(crate) kin: Kin,
    sources: Sources,
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
        let sources = (files.range("stories/".to_owned()..))
            .take_while(|(path, _)| path.starts_with("stories/"))
            .map(|(_, bytes)| (Fingerprint::of(bytes), bytes.clone()))
            .collect();
        let sources = Sources::in_memory(sources);
        Ok(Self::of(paper, language, drafts, pictures, sources))
    }

    fn of(
        paper: Paper,
        language: Locale,
        drafts: Drafts,
        pictures: BTreeMap<String, PictureFile>,
        sources: Sources,
    ) -> Self {
        let stories = drafts
            .stories
            .into_iter()
            .filter_map(|(_, draft)| draft.item.map(Arc::new));
        let pages = drafts
            .pages
            .into_iter()
            .filter_map(|(_, draft)| draft.item)
            .map(|page| (page.slug.clone(), page))
            .collect();
        let stories: Vec<Arc<Story>> = stories.collect();
        let kin = Kin::of(stories.iter().map(|story| &**story));
        Self {
            paper,
            language,
            stories: Index::of(stories),
            pages,
            pictures,
            kin,
            sources,
        }
    }

    /// The story of that slug, if it is out.
    pub(crate) fn story(&self, slug: &str, now: Timestamp) -> Option<&Story> {
        let story = self.stories.story(slug)?;
        story.is_out(now).then_some(&**story)
    }

    /// Why the story of that slug isn't there any more. One that hasn't appeared
    /// yet was never there. Its headline isn't told: it may be what was wrong.
    pub(crate) fn gone(&self, slug: &str, now: Timestamp) -> Option<&Gone> {
        let Some(story) = self.stories.story(slug) else {
            let mut listed = self.paper.gone.iter();
            let found = listed.find(|listed| listed.story.value.as_str() == slug)?;
            return Some(&found.gone);
        };
        story.gone.as_ref().filter(|_| story.published <= now)
    }

    /// The language that a story is written in.
    pub(crate) fn language_of<'a>(&'a self, story: &'a Story) -> &'a Locale {
        story.language.as_ref().unwrap_or(&self.language)
    }

    /// Every story that is out, the latest first.
    pub(crate) fn out(&self, now: Timestamp) -> Stories<'_> {
        self.stories.all.out(now)
    }

    /// The text of a story, taken apart. May read from the disk.
    pub(crate) fn body(&self, story: &Story) -> Result<Arc<Body>, BodyError> {
        let language = self.language_of(story);
        self.sources.body(story, Typography::of(language))
    }

    /// The picture that a print of that name is made of, or would be if it hadn't
    /// been changed since; with the name of its file.
    pub(crate) fn printed(&self, print: &PrintName<'_>) -> Option<(&str, &PictureFile)> {
        let named = |ending: &&str| {
            self.pictures
                .get_key_value(&format!("{}.{ending}", print.stem))
        };
        let same = PICTURES.iter().filter_map(named);
        // Two may differ in nothing but their endings.
        let (name, file) = same.min_by_key(|(_, file)| file.fingerprint != print.fingerprint)?;
        Some((name, file))
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
