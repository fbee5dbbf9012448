//! How one page is taken apart: all that compiling finds out about its HTML,
//! without the HTML.
//!
//! A plan is for the very bytes that it was made of. Which those are is for
//! whoever keeps it to know, by their hash.

use crate::charset;
use crate::edit::{Sheet, Stretch};
use crate::error::CompileError;
use crate::facts::PageFacts;
use crate::options::Role;
use crate::page::{CompiledPage, Sections};

/// Bytes that the facts of a page take, more or less.
const FACTS: usize = 1024;

/// How a page is taken apart.
#[derive(Debug)]
pub struct Plan {
    /// Changes to the page, or to the part of a story before the notice.
    head: Sheet,
    story: Option<Story>,
    facts: PageFacts,
    repeating: Vec<usize>,
}

/// What a page with a story is, and where it is taken apart.
#[derive(Debug)]
struct Story {
    role: Role,
    seams: Seams,
    /// Changes between notice and wall.
    beginning: Sheet,
    /// Changes behind the wall.
    rest: Sheet,
}

/// Where what a reader is told is put in.
#[derive(Clone, Debug)]
pub(crate) struct Seams {
    /// Where a notice stands, in bytes of the page.
    pub(crate) notice: u32,
    /// Where a wall stands; not before the notice.
    pub(crate) wall: u32,
    /// What ends the elements that the wall would stand in.
    pub(crate) closers: String,
}

impl Plan {
    /// Of a page without a story.
    pub(crate) fn page(sheet: Sheet, facts: PageFacts) -> Self {
        Self {
            head: sheet.settled(),
            story: None,
            facts,
            repeating: Vec::new(),
        }
    }

    /// Of a story, or another page with the text of some.
    pub(crate) fn story(mut sheet: Sheet, seams: &Seams, facts: PageFacts, role: Role) -> Self {
        let rest = sheet.split_off(seams.wall);
        let beginning = sheet.split_off(seams.notice);
        Self {
            head: sheet.settled(),
            story: Some(Story {
                role,
                seams: seams.clone(),
                beginning: beginning.settled(),
                rest: rest.settled(),
            }),
            facts,
            repeating: Vec::new(),
        }
    }

    /// With the numbers of those texts around the page that repeat what is locked.
    pub(crate) fn with_repeating(mut self, numbers: Vec<usize>) -> Self {
        self.repeating = numbers;
        self
    }

    /// The numbers of those texts around the page that repeat what is locked.
    pub fn repeating(&self) -> &[usize] {
        &self.repeating
    }

    /// Compiles the `html` that the plan was made of, with the same `charset`.
    ///
    /// # Errors
    ///
    /// It can't be decoded, so it isn't that HTML.
    pub fn compile(
        &self,
        html: &[u8],
        charset: Option<&str>,
    ) -> Result<CompiledPage, CompileError> {
        let decoded = charset::decode(html, charset)?;
        Ok(self.carried_out(&decoded.text))
    }

    /// Takes the page apart, whose text is `source`.
    pub(crate) fn carried_out(&self, source: &str) -> CompiledPage {
        let facts = self.facts.clone();
        let Some(story) = &self.story else {
            return CompiledPage::page(self.head.apply(source, 0..source.len()), facts);
        };
        let Seams {
            notice,
            wall,
            closers,
        } = &story.seams;
        let (notice, wall) = (*notice as usize, *wall as usize);
        let mut beginning = story.beginning.apply(source, notice..wall);
        if !closers.is_empty() {
            beginning.push(Stretch::Variant {
                full: String::new(),
                preview: closers.clone(),
            });
        }
        let sections = Sections {
            head: self.head.apply(source, 0..notice),
            beginning,
            rest: story.rest.apply(source, wall..source.len()),
        };
        CompiledPage::story(sections, facts, story.role)
    }

    /// Bytes of memory held, more or less.
    pub fn weight(&self) -> usize {
        let story = self.story.as_ref().map_or(0, |story| {
            story.beginning.weight() + story.rest.weight() + story.seams.closers.len()
        });
        size_of::<Self>() + FACTS + self.head.weight() + story
    }
}
