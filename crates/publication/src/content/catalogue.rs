//! Everything that was read, checked against each other and put in order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use prompts::Locale;

use super::check::{self, Read};
use super::derived::Derived;
use super::draft::Draft;
use super::error::{ContentError, ContentErrors, Findings, Problem};
use super::files::{self, Listed, PAPER, PICTURES, Source};
use super::gone::Gone;
use super::holding::{Held, Mistakes};
use super::index::{Change, Index};
use super::kin::Kin;
use super::loading::{Progress, Reader, Rules};
use super::markdown::Body;
use super::page::{self, Page};
use super::paper::{self, Paper, Section};
use super::picture::{PictureFile, PrintName};
use super::redirects::Redirects;
use super::shelf::Stories;
use super::slug::Slug;
use super::sources::{BodyError, Fingerprint, Sources};
use super::story::Story;
use super::typography::Typography;
use super::veil;

/// The whole content of a publication, less the text of its stories.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) paper: Arc<Paper>,
    /// The language that the content is written in.
    pub(crate) language: Locale,
    pub(crate) stories: Index,
    pub(crate) pages: Arc<BTreeMap<Slug, Page>>,
    pub(crate) pictures: Arc<BTreeMap<String, PictureFile>>,
    pub(crate) kin: Arc<Kin>,
    /// Where old addresses lead.
    pub(crate) redirects: Arc<Redirects>,
    /// What the paper and its pages were: every page of it shows them.
    pub(crate) frame: Fingerprint,
    /// The files that aren't served as they are.
    pub(crate) held: Held,
    /// The pictures that are shown whichever stories are out.
    pub(super) shown_always: Arc<BTreeSet<String>>,
    pub(super) sources: Arc<Sources>,
    rules: Rules,
    /// Which look at the files this came of.
    turn: u64,
}

/// What a load goes by.
pub(crate) struct Loading<'a> {
    pub(crate) source: &'a Source,
    /// The language of the content where the paper doesn't name one.
    pub(crate) locale: &'a Locale,
    /// That of times without an offset.
    pub(crate) zone: &'a TimeZone,
    /// Where to keep what is found.
    pub(crate) derived: Option<&'a Path>,
    /// What was loaded before.
    pub(crate) before: Option<&'a Catalogue>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) mistakes: Mistakes,
    pub(crate) progress: Progress<'a>,
}

impl Catalogue {
    /// Reads and checks everything.
    pub(crate) fn load(order: &Loading<'_>) -> Result<Self, ContentErrors> {
        let mut findings = Findings::default();
        let mut tree = files::list(order.source, &mut findings);
        let mut frame = Frame::default();
        let paper = frame.text(tree.paper.as_ref(), &mut findings);
        let paper = paper.and_then(|text| paper::read_paper(PAPER, &text, &mut findings));
        let language = paper
            .as_ref()
            .and_then(|paper| paper.language.as_ref()?.parse().ok())
            .unwrap_or_else(|| order.locale.clone());
        let rules = Rules {
            zone: order.zone.clone(),
            typography: Typography::of(&language),
        };
        let derived = order.derived(&rules);
        let turn = derived
            .as_ref()
            .map_or(0, |derived| derived.ledger().begin());
        let reader = Reader {
            rules: &rules,
            derived: derived.as_deref(),
            now: order.now,
            progress: order.progress,
        };
        let mut stories = reader.stories(&tree.stories, &mut findings);
        let pictures = reader.pictures(&tree.pictures, &mut findings);
        let pages = frame.pages(&tree.pages, rules.typography, &mut findings);
        let mut held = Held::default();
        let (index, redirects) = loop {
            let index = Index::of(stories.sound.clone());
            let read = Read {
                tree: &tree,
                paper: paper.as_ref(),
                language: &language,
                stories: &stories.sound,
                broken: &stories.broken,
                pages: &pages,
                index: stories.broken.is_empty().then_some(&index),
                today: order.now.map(|now| rules.day(now)),
            };
            read.check(&mut findings);
            let mut astray = Findings::default();
            let redirects = read.redirects(&mut findings, &mut astray);
            if order.stand_in().is_some() {
                held.tell_astray(astray);
            } else {
                findings.join(astray);
            }
            let Some(before) = order.stand_in().filter(|_| !findings.is_empty()) else {
                break (index, redirects);
            };
            // Each time round one more is held back, of which there is a most.
            held.hold(std::mem::take(&mut findings), before)?;
            held.stand_in(&mut stories, &mut tree.stories, before);
        };
        let paper = findings.check_with(paper, PAPER)?;
        let referred = pages.iter().flat_map(|(_, draft)| &draft.references);
        let shown_always = veil::shown_always(&paper, referred);
        let pages = pages.into_iter().filter_map(|(_, draft)| draft.item);
        let home = derived.is_some().then(|| order.home()).flatten();
        let texts = stories.texts;
        Ok(Self {
            paper: Arc::new(paper),
            language,
            kin: Arc::new(Kin::of(index.with_withdrawn())),
            stories: index,
            pages: Arc::new(pages.map(|page| (page.slug.clone(), page)).collect()),
            pictures: Arc::new(pictures.into_iter().collect()),
            redirects: Arc::new(redirects),
            frame: frame.fingerprint(),
            held,
            shown_always: Arc::new(shown_always),
            sources: Arc::new(Sources::of(texts, derived, home)),
            rules,
            turn,
        })
    }

    /// The same after some files were written, which are the only ones that have
    /// changed: within milliseconds, however many others there are. `None` where
    /// more than stories has changed, or more than a look at them alone can
    /// settle; then all has to be loaded.
    pub(crate) fn reread(
        &self,
        paths: &[&str],
        now: Option<Timestamp>,
        mistakes: Mistakes,
    ) -> Option<Result<Self, ContentErrors>> {
        let derived = self.sources.derived.as_ref()?;
        let home = self.sources.home.as_ref()?;
        let reader = Reader {
            rules: &self.rules,
            derived: Some(derived),
            now,
            progress: &|_, _| {},
        };
        // What was wrong with the others may be put right by these.
        let paths: BTreeSet<&str> = paths.iter().copied().chain(self.held.files()).collect();
        let mut files = Vec::with_capacity(paths.len());
        for path in &paths {
            files.push(files::one_story(home, path)?);
        }
        let turn = {
            let mut ledger = derived.ledger();
            if ledger.turn() != self.turn {
                return None;
            }
            ledger.begin()
        };
        let mut findings = Findings::default();
        let stories = reader.some_stories(&files, &mut findings);
        let mut held = self.held.of_redirects();
        if !findings.is_empty() {
            if mistakes == Mistakes::Refuse {
                return Some(Err(findings.into_errors()));
            }
            if let Err(errors) = held.hold(findings, self) {
                return Some(Err(errors));
            }
        }
        let read = stories.sound.len() + stories.broken.len();
        if read != files.len() || !stories.texts.is_empty() {
            return None;
        }
        let mut changes = Vec::with_capacity(files.len());
        for story in stories.sound {
            let before = self.stories.story(story.slug.as_str()).cloned();
            if before
                .as_ref()
                .is_some_and(|before| before.file != story.file)
            {
                return None;
            }
            if before.is_none() && held.has_astray() {
                // It may be what an old address leads to.
                return None;
            }
            let after = Some(story);
            changes.push(Change { before, after });
        }
        let index = self.stories.with(&changes);
        let today = now.map(|now| self.rules.day(now));
        let is_sound = changes
            .iter()
            .all(|change| check::suits(change, self, &index, today));
        is_sound.then(|| {
            Ok(Self {
                held,
                turn,
                ..self.with(index)
            })
        })
    }

    /// The same with other stories.
    fn with(&self, stories: Index) -> Self {
        Self {
            paper: Arc::clone(&self.paper),
            language: self.language.clone(),
            stories,
            pages: Arc::clone(&self.pages),
            pictures: Arc::clone(&self.pictures),
            kin: Arc::clone(&self.kin),
            redirects: Arc::clone(&self.redirects),
            frame: self.frame,
            held: self.held.clone(),
            shown_always: Arc::clone(&self.shown_always),
            sources: Arc::clone(&self.sources),
            rules: self.rules.clone(),
            turn: self.turn,
        }
    }

    /// The same with some stories as they were in `before`, for what is wrong with
    /// each, which nobody but the program can tell. `None` where one of them belongs
    /// to others, which would have to be looked at too.
    pub(crate) fn holding_back(&self, wrong: Vec<(Slug, String)>, before: &Self) -> Option<Self> {
        let mut held = self.held.clone();
        let mut changes = Vec::with_capacity(wrong.len());
        for (slug, why) in wrong {
            let story = self.stories.story(slug.as_str())?;
            held.add(ContentError {
                file: story.file.to_string(),
                line: self.sources.line_of_text(story),
                problem: Problem::Page(why),
            });
            changes.push(Change {
                before: Some(Arc::clone(story)),
                after: before.stories.story(slug.as_str()).cloned(),
            });
        }
        let index = self.stories.with(&changes);
        let is_sound = changes
            .iter()
            .all(|change| check::suits(change, self, &index, None));
        let catalogue = || Self {
            held,
            ..self.with(index)
        };
        is_sound.then(catalogue)
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

    /// Where the text of a story begins, in words.
    pub(crate) fn place(&self, story: &Story) -> String {
        match self.sources.line_of_text(story) {
            Some(line) => format!("{}:{line}", story.file),
            None => story.file.to_string(),
        }
    }

    /// The picture that a print of that name is made of, or would be if it hadn't
    /// been changed since; with the name of its file.
    pub(crate) fn printed(&self, print: &PrintName<'_>) -> Option<(&str, &PictureFile)> {
        let named = |ending: &&str| {
            self.pictures
                .get_key_value(&format!("{}.{ending}", print.stem))
        };
        let same = PICTURES.extensions.iter().filter_map(named);
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

impl<'a> Loading<'a> {
    /// What takes the place of stories with mistakes, if anything does.
    fn stand_in(&self) -> Option<&'a Catalogue> {
        self.before.filter(|_| self.mistakes == Mistakes::HoldBack)
    }

    fn home(&self) -> Option<PathBuf> {
        match self.source {
            Source::Folder(root) => root.canonicalize().ok(),
            Source::Embedded(_) => None,
        }
    }

    /// What is kept of former loads; `None` where nothing is to be, or can be.
    fn derived(&self, rules: &Rules) -> Option<Arc<Derived>> {
        let folder = self.derived?;
        // What the program holds itself is there anyway.
        self.home()?;
        let told = rules.said();
        let before = self
            .before
            .and_then(|before| before.sources.derived.as_ref());
        if let Some(before) = before.filter(|before| before.is_of(folder, &told)) {
            self.tidy(before);
            return Some(Arc::clone(before));
        }
        match Derived::open(folder, &told) {
            Ok(derived) => {
                self.tidy(&derived);
                Some(Arc::new(derived))
            }
            Err(error) => {
                tracing::warn!(
                    folder = %folder.display(),
                    "nothing made of the content can be kept, so all of it is held in memory and \
                     read again at every start and change: {error}"
                );
                None
            }
        }
    }
}

impl Loading<'_> {
    fn tidy(&self, derived: &Derived) {
        let served = self.before.into_iter();
        let served = served.flat_map(|before| before.stories.with_withdrawn());
        let tidied = derived.tidy(&mut derived.ledger(), served.map(|story| story.source));
        if let Err(error) = tidied {
            tracing::warn!("what was made of the content can't be tidied: {error}");
        }
    }
}

/// What every page shows, as it is read.
#[derive(Default)]
struct Frame(blake3::Hasher);

impl Frame {
    fn text(&mut self, file: Option<&Listed>, findings: &mut Findings) -> Option<String> {
        let file = file?;
        let opened = file.read(findings)?;
        // Paths and texts don't have this byte, so nothing runs together.
        for part in [file.path.as_bytes(), &opened.bytes] {
            self.0.update(part).update(&[0]);
        }
        match std::str::from_utf8(&opened.bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(error) => {
                findings.add_not_utf8(&file.path, &opened.bytes, error);
                None
            }
        }
    }

    fn pages(
        &mut self,
        files: &[Listed],
        typography: Typography,
        findings: &mut Findings,
    ) -> Vec<(Box<str>, Draft<Page>)> {
        let mut pages = Vec::with_capacity(files.len());
        for file in files {
            let text = self.text(Some(file), findings);
            let page = text.map(|text| page::read_page(&file.path, &text, typography, findings));
            pages.extend(page.flatten().map(|page| (file.path.clone(), page)));
        }
        pages
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from(self.0.finalize())
    }
}
