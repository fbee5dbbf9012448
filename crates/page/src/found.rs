//! What reading a page finds, before anything is judged.

use std::rc::Rc;

use crate::html::Span;
use crate::html::tag::Tag;
use crate::html::tree::{Beside, Open};
use crate::options::Role;

/// A stretch of visible text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) span: Span,
    /// Counts the blocks of the page: texts of one block run on.
    pub(crate) block: u32,
    /// Whether the block is a paragraph and not a heading or a caption.
    pub(crate) paragraph: bool,
    /// Where the outermost element begins that isn't to be cut, inside of the body.
    pub(crate) whole: Option<u32>,
    /// Whether that element is a table.
    pub(crate) table: bool,
    /// Whether it stands in the story and isn't of it, as an advertisement does.
    pub(crate) inset: bool,
}

/// Something beside the text that could repeat it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// All of it, tags included.
    pub(crate) outer: Span,
    /// What may have to go.
    pub(crate) content: Span,
}

/// What a piece is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PieceKind {
    /// A start tag: its attributes.
    Tag(Tag),
    /// A comment, or markup that browsers drop.
    Comment,
    /// A `script` with JSON-LD.
    Linked,
    /// A `script` with other JSON.
    Json,
    /// The raw text of any other element.
    Raw,
}

/// An element that holds the story.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Its content.
    pub(crate) inner: Span,
    /// The number of the selector that found it.
    pub(crate) selector: usize,
    /// The open elements at its end, itself included.
    pub(crate) stack: Rc<[Open]>,
    /// What else decides how its content is read.
    pub(crate) beside: Beside,
    pub(crate) closed: bool,
}

/// A range between comment markers.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub(crate) range: Span,
    pub(crate) before: Rc<[Open]>,
    pub(crate) owed: Vec<Tag>,
    pub(crate) after: Rc<[Open]>,
}

impl Reading {
    /// What the page is, by where its bodies are: a list only where all are
    /// in one.
    pub(crate) fn role(&self, roles: &[Role]) -> Role {
        let of = |body: &Body| roles.get(body.selector).copied().unwrap_or_default();
        if self.bodies.iter().any(|body| of(body) == Role::Continued) {
            Role::Continued
        } else if !self.bodies.is_empty() && self.bodies.iter().all(|body| of(body) == Role::List) {
            Role::List
        } else {
            Role::Story
        }
    }

    /// The bodies without a marker, which are cut by the length of their text.
    pub(crate) fn unmarked(&self) -> Vec<&Body> {
        let marked = |body: &Body| {
            let inner = body.inner.start..=body.inner.end;
            self.marked
                .iter()
                .any(|one| inner.contains(&one.range.start))
        };
        self.bodies.iter().filter(|body| !marked(body)).collect()
    }
}

/// What was found.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) bodies: Vec<Body>,
    pub(crate) marked: Vec<Marked>,
    pub(crate) texts: Vec<Text>,
    pub(crate) pieces: Vec<Piece>,
    /// Short values of attributes, each with its attribute's name.
    pub(crate) values: Vec<(Span, Span)>,
    /// Where links for the head are written.
    pub(crate) head_end: u32,
    /// Names and values of the head's `<meta>`, decoded.
    pub(crate) metas: Vec<(String, String)>,
    /// Where a `<meta>` names the page's encoding.
    pub(crate) charsets: Vec<Span>,
    pub(crate) canonical: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) title: Option<Span>,
    /// The text of the first `h1`.
    pub(crate) heading: Vec<Span>,
    /// ESI elements, to be taken out.
    pub(crate) esi: Vec<Span>,
    /// Content that is shown where scripts are off, and has a body in it.
    pub(crate) hidden_bodies: Vec<Span>,
}
