//! Stories with a mistake that hold nothing else up: each stays as it was when it
//! was last sound, or out of the publication where it never was, until its file is
//! put right. Mistakes elsewhere concern every page, and nobody is held back for
//! them: then all stays as it was.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use bytes::Bytes;

use super::catalogue::Catalogue;
use super::error::{ContentError, ContentErrors, Findings, Problem};
use super::files::{Listed, STORIES};
use super::loading::Stories;
use super::story::Story;

/// What becomes of a publication some of whose stories have mistakes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mistakes {
    /// There is none: who writes is to mend them first.
    #[default]
    Refuse,
    /// It is there without what is wrong: its readers and the rest of the
    /// newsroom don't wait for one who writes.
    HoldBack,
}

/// The most stories that are held back. More have one cause, which isn't in them:
/// a section that was renamed, an upload that broke off.
const MOST: usize = 100;

/// What has mistakes and holds nothing else up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Files of stories, with all that is wrong in each.
    stories: BTreeMap<Box<str>, Vec<ContentError>>,
    /// Old addresses that lead nowhere; who asks for one finds nothing.
    astray: Vec<ContentError>,
}

impl Held {
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.stories.keys().map(|file| &**file)
    }

    pub(super) fn contains(&self, file: &str) -> bool {
        self.stories.contains_key(file)
    }

    /// What is wrong with old addresses alone.
    pub(super) fn of_redirects(&self) -> Self {
        Self {
            stories: BTreeMap::new(),
            astray: self.astray.clone(),
        }
    }

    /// Says which old addresses lead nowhere, instead of what was said before.
    pub(super) fn tell_astray(&mut self, astray: Findings) {
        self.astray = astray.into_all();
    }

    pub(super) fn has_astray(&self) -> bool {
        !self.astray.is_empty()
    }

    /// All that is wrong, where something is.
    pub(crate) fn errors(&self) -> Option<ContentErrors> {
        let mut findings = Findings::default();
        for error in self.stories.values().flatten().chain(&self.astray) {
            findings.add(&error.file, error.line, error.problem.clone());
        }
        (!findings.is_empty()).then(|| findings.into_errors())
    }

    /// Holds back one more for one thing.
    pub(crate) fn add(&mut self, error: ContentError) {
        let file = error.file.as_str().into();
        self.stories.entry(file).or_default().push(error);
    }

    /// Holds back the files with mistakes. `Err` with all that is wrong, where they
    /// aren't stories, are too many, or are held back already: what stands in for
    /// those is no better.
    pub(super) fn hold(
        &mut self,
        findings: Findings,
        before: &Catalogue,
    ) -> Result<(), ContentErrors> {
        let is_whole = findings.is_whole();
        let found = findings.into_all();
        let culprits: BTreeSet<&str> = found.iter().map(|error| culprit(error, before)).collect();
        let are_new = culprits
            .iter()
            .all(|file| is_story(file) && !self.contains(file));
        if !is_whole || !are_new || self.stories.len() + culprits.len() > MOST {
            let mut all = Findings::default();
            let known: Vec<&ContentError> = self.stories.values().flatten().collect();
            let more = found.iter().filter(|error| !known.contains(error));
            for error in known.iter().copied().chain(more) {
                all.add(&error.file, error.line, error.problem.clone());
            }
            return Err(all.into_errors());
        }
        for error in &found {
            let file = culprit(error, before).into();
            self.stories.entry(file).or_default().push(error.clone());
        }
        Ok(())
    }

    /// Puts what stories were in the place of what those files say now.
    pub(super) fn stand_in(
        &self,
        stories: &mut Stories,
        files: &mut Vec<Listed>,
        before: &Catalogue,
    ) {
        stories.broken.clear();
        stories.sound.retain(|story| !self.contains(&story.file));
        for (story, text) in self.former(before) {
            stories.texts.extend(text.map(|text| (story.source, text)));
            stories.sound.push(story);
        }
        // In the order of the files, as they are everywhere.
        stories.sound.sort_by(|a, b| a.file.cmp(&b.file));
        let there: HashSet<&str> = stories.sound.iter().map(|story| &*story.file).collect();
        files.retain(|file| there.contains(&*file.path));
    }

    /// What the held files were before, with their text where it may not be kept
    /// elsewhere.
    fn former(&self, before: &Catalogue) -> Vec<(Arc<Story>, Option<Bytes>)> {
        let all = before.stories.named().iter();
        let held = all.filter(|story| self.contains(&story.file));
        held.map(|story| (Arc::clone(story), before.sources.text(story)))
            .collect()
    }
}

/// The file that has to be put right. Of two that want one name, it is the one that
/// came later.
fn culprit<'a>(error: &'a ContentError, before: &Catalogue) -> &'a str {
    match &error.problem {
        Problem::Duplicate { slug, other }
            if before
                .stories
                .story(slug)
                .is_some_and(|story| *story.file == *error.file) =>
        {
            other
        }
        _ => &error.file,
    }
}

fn is_story(file: &str) -> bool {
    file.split_once('/')
        .is_some_and(|(folder, _)| folder == STORIES.folder)
}
