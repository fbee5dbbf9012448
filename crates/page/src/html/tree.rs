//! The stack of open elements, by the tree construction rules of the HTML
//! standard (section 13.2.6), reduced to what decides where elements end.
//!
//! No tree is built. Left out are foster parenting and the reconstruction of
//! formatting elements: they move text about in the document, but never into
//! an element whose tags stand elsewhere.

use super::Span;
use super::quirks::asks_for_quirks;
use super::tag::{
    ANNOTATION_XML, APPLET, BODY, BUTTON, CAPTION, Code, HTML, MARQUEE, OBJECT, P, SELECT, TABLE,
    TD, TEMPLATE, TH, Tag, is_formatting, is_special,
};
use super::token::Raw;
use super::tree_foreign::{is_html_integration, is_mathml_text};

/// The deepest nesting that is read. Real pages stay below a hundred levels
/// and browsers flatten what is beyond 512; unbounded, a page of nothing but
/// start tags would make every end tag search all of them.
pub(crate) const MAX_DEPTH: usize = 1024;

/// Where an element's name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Html,
    Svg,
    MathMl,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) tag: Tag,
    pub(crate) space: Space,
    /// Its whole start tag; empty where the parser implied it.
    pub(crate) start: Span,
    /// Its end tag has come while others inside it are still open: nothing
    /// ends it but what ends them.
    pub(crate) ghost: bool,
    /// Holds the story, and counts as a block for that: the end tag of
    /// formatting, which a browser may have forgotten by then, doesn't end it.
    pub(crate) body: bool,
    /// Content of this foreign element is HTML again.
    pub(crate) integration: bool,
    /// How the content of a `template` is read; of no meaning elsewhere.
    pub(crate) mode: Mode,
    /// Counts elements of the page, so that two stacks can be compared.
    pub(crate) number: u32,
}

/// What the content of a `template` is taken for, from its first element on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Fresh,
    Body,
    Table,
    TableBody,
    Row,
    Columns,
}

/// What a start tag did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Started {
    /// The element is open now.
    Pushed,
    /// It is complete: without content.
    Empty,
    /// Its content is raw text, to be taken from the tokenizer.
    Raw(Raw),
    /// It is a second `<html>` or `<body>`, which only adds attributes.
    Merged,
    /// Browsers drop the tag.
    Ignored,
}

/// Markup that the tree can't follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nested beyond [`MAX_DEPTH`].
    TooDeep,
    /// Browsers of different ages disagree about what this is: frames, raw
    /// text or `keygen` inside of `select`.
    Ambiguous,
}

/// What decides how tags are read, beside the stack.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside {
    /// The form that the next end tag of one ends, wherever it is. There is
    /// one at a time.
    pub(super) form: Option<u32>,
    /// Whether the page is read as old pages were; not known until something
    /// but a document type has come.
    quirks: Option<bool>,
    /// Whether formatting was owed before the stack was taken up again.
    owing: bool,
}

/// The stack of open elements.
pub(crate) struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) stack: Vec<Open>,
    pub(super) beside: Beside,
    pub(super) count: u32,
    /// Formatting elements that were closed by something other than their end
    /// tag. Browsers open them anew; an end tag is owed.
    pub(super) owed: Vec<Tag>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let mut tree = Self {
            source,
            stack: Vec::with_capacity(64),
            beside: Beside::default(),
            count: 0,
            owed: Vec::new(),
        };
        // Both exist in every document, with tags or without.
        tree.imply(HTML);
        tree.imply(BODY);
        tree
    }

    /// A tree that goes on with `stack` and what was beside it.
    pub(crate) fn resumed(source: &'a str, stack: &[Open], beside: Beside) -> Self {
        Self {
            source,
            stack: stack.to_vec(),
            beside,
            // Beyond any number given while the stack was built.
            count: u32::MAX / 2,
            owed: Vec::new(),
        }
    }

    pub(crate) fn stack(&self) -> &[Open] {
        &self.stack
    }

    /// Whether the start tag of `html` (0) or `body` (1) has come.
    pub(crate) fn has_tag(&self, place: usize) -> bool {
        let open = self.stack.get(place);
        open.is_some_and(|open| open.start != Span::default())
    }

    /// Formatting elements that a browser would carry on from here.
    pub(crate) fn owed(&self) -> &[Tag] {
        &self.owed
    }

    /// What a tree needs to go on with this one's stack.
    pub(crate) fn beside(&self) -> Beside {
        Beside {
            owing: self.owing(),
            ..self.beside
        }
    }

    /// Whether text may have opened formatting anew.
    pub(super) fn owing(&self) -> bool {
        self.beside.owing || !self.owed.is_empty()
    }

    /// The element at `index` holds the story.
    pub(crate) fn holds_story(&mut self, index: usize) {
        if let Some(open) = self.stack.get_mut(index) {
            open.body = true;
        }
    }

    /// A document type, which counts if nothing has come before it.
    pub(crate) fn doctype(&mut self, token: &str) {
        let quirks = self.beside.quirks;
        self.beside.quirks = quirks.or_else(|| Some(asks_for_quirks(token)));
    }

    /// A tag, or text that isn't blank: too late for a document type.
    pub(crate) fn begun(&mut self) {
        self.beside.quirks = self.beside.quirks.or(Some(true));
    }

    pub(super) fn quirks(&self) -> bool {
        self.beside.quirks != Some(false)
    }

    /// The innermost element that is really open.
    pub(super) fn current(&self) -> Option<&Open> {
        self.stack.iter().rev().find(|open| !open.ghost)
    }

    /// Whether the content here is SVG or `MathML`.
    pub(crate) fn in_foreign(&self) -> bool {
        self.current().is_some_and(|open| open.space != Space::Html)
    }

    pub(super) fn push(&mut self, tag: Tag, space: Space, start: Span, integration: bool) {
        self.count += 1;
        self.stack.push(Open {
            tag,
            space,
            start,
            ghost: false,
            body: false,
            integration,
            mode: Mode::Fresh,
            number: self.count,
        });
    }

    pub(super) fn imply(&mut self, code: Code) {
        self.push(Tag::implied(code), Space::Html, Span::default(), false);
    }

    /// Closes everything from `index` on.
    pub(super) fn pop_to(&mut self, index: usize) {
        for open in self.stack.drain(index.max(2)..) {
            // A page that never closes anything owes no more than it nests.
            let formatting = open.space == Space::Html && is_formatting(open.tag.code);
            if formatting && !open.ghost && self.owed.len() < MAX_DEPTH {
                self.owed.push(open.tag);
            }
        }
    }

    pub(super) fn html(&self, index: usize) -> Option<Code> {
        let open = self.stack.get(index)?;
        (open.space == Space::Html && !open.ghost).then_some(open.tag.code)
    }

    pub(super) fn top(&self) -> Option<Code> {
        self.html(self.stack.len().wrapping_sub(1))
    }

    /// The innermost element that `wanted` accepts, unless `bound` stops first.
    pub(super) fn find(
        &self,
        wanted: impl Fn(Code) -> bool,
        bound: impl Fn(&Open) -> bool,
    ) -> Option<usize> {
        for (index, open) in self.stack.iter().enumerate().rev() {
            if open.ghost {
                continue;
            }
            if open.space == Space::Html && wanted(open.tag.code) {
                return Some(index);
            }
            if bound(open) {
                return None;
            }
        }
        None
    }

    pub(super) fn in_scope(&self, wanted: impl Fn(Code) -> bool) -> Option<usize> {
        self.find(wanted, bounds_scope)
    }

    pub(super) fn in_button_scope(&self, wanted: Code) -> Option<usize> {
        self.find(
            |code| code == wanted,
            |open| bounds_scope(open) || open.tag.code == BUTTON,
        )
    }

    pub(super) fn in_table_scope(&self, wanted: impl Fn(Code) -> bool) -> Option<usize> {
        self.find(wanted, |open| {
            open.space == Space::Html && matches!(open.tag.code, HTML | TABLE | TEMPLATE)
        })
    }

    pub(super) fn close_if(&mut self, found: Option<usize>) {
        if let Some(index) = found {
            self.pop_to(index);
        }
    }

    pub(super) fn close_p(&mut self) {
        self.close_if(self.in_button_scope(P));
    }
}

/// What ends the standard's *scope*.
pub(super) fn bounds_scope(open: &Open) -> bool {
    match open.space {
        Space::Html => matches!(
            open.tag.code,
            APPLET | CAPTION | HTML | TABLE | TD | TH | MARQUEE | OBJECT | SELECT | TEMPLATE
        ),
        Space::Svg => is_html_integration(open),
        Space::MathMl => is_mathml_text(open.tag.code) || open.tag.code == ANNOTATION_XML,
    }
}

pub(super) fn is_special_open(open: &Open) -> bool {
    match open.space {
        Space::Html => open.body || is_special(open.tag.code),
        _ => bounds_scope(open),
    }
}

/// Where the list of active formatting elements begins anew.
pub(super) fn is_marker(open: &Open) -> bool {
    open.space == Space::Html
        && matches!(
            open.tag.code,
            APPLET | OBJECT | MARQUEE | TEMPLATE | TD | TH | CAPTION
        )
}
