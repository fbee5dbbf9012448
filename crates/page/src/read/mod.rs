//! Reading a page: one pass that notes where everything of interest lies.
//!
//! Nothing is judged here but the structure: what is a body, what is marked,
//! which stretches are text and which could repeat it.

mod bodies;
mod head;
mod markers;

use std::rc::Rc;

use self::head::Head;
use crate::CompileError;
use crate::found::{Body, Piece, PieceKind, Reading, Text};
use crate::html::ancestry::Asked;
use crate::html::select::Selector;
use crate::html::tag::{self, Code, Tag};
use crate::html::token::{Attribute, Kind, Token, Tokenizer};
use crate::html::tree::{Open, Space, Started, Tree};
use crate::html::{Span, entity};
use crate::values;

const OPEN_MARKER: &str = "ludgate:locked";
const CLOSE_MARKER: &str = "/ludgate:locked";
/// The attribute of an `aside` that stands in a story and isn't of it.
const INSET: &str = "data-ludgate-inset";

struct Reader<'a, 's> {
    source: &'a str,
    selectors: &'s [Selector],
    tokens: Tokenizer<'a>,
    tree: Tree<'a>,
    found: Reading,
    /// Where the open body is on the stack.
    body_at: Option<Element>,
    /// How many markers are open, and since when.
    depth: usize,
    block: u32,
    head: Head,
    in_heading: Option<Element>,
    /// Where the content of `<body>` begins, with its tag or without.
    begun: Option<u32>,
    /// Tags of `html` and `body` that add attributes to elements which have
    /// content already.
    later: [Vec<Span>; 2],
    /// Whether this is the second reading, which knows them from the start.
    again: bool,
    asked: Asked<'a>,
    /// Open elements remembered for the bodies so far.
    remembered: usize,
}

/// An open element: where it is on the stack, and which one it was.
#[derive(Clone, Copy)]
struct Element {
    index: usize,
    number: u32,
}

/// Reads `source`.
pub(crate) fn read(source: &str, selectors: &[Selector]) -> Result<Reading, CompileError> {
    let mut reader = Reader::new(source, selectors, <[Vec<Span>; 2]>::default());
    reader.read()?;
    if reader.later.iter().all(Vec::is_empty) {
        return Ok(reader.finish());
    }
    // Attributes that come late are around all that was read before them.
    let mut reader = Reader::new(source, selectors, reader.later);
    reader.again = true;
    reader.read()?;
    Ok(reader.finish())
}

/// The open elements at `offset` inside of `body`, and the formatting begun in
/// it that a browser would carry on from there.
pub(crate) fn open_at(source: &str, body: &Body, offset: u32) -> (Rc<[Open]>, Vec<Tag>) {
    let mut tokens = Tokenizer::starting(source, body.inner.start);
    let mut tree = Tree::resumed(source, &body.stack, body.beside);
    while let Some(token) = tokens.next() {
        if token.span.end > offset {
            break;
        }
        // What can't be read has been refused before.
        let _ = step(source, &mut tokens, &mut tree, token);
        tokens.cdata = tree.in_foreign();
    }
    (tree.stack().into(), tree.owed().to_vec())
}

/// Moves the tree on by a token. For a start tag, what it did, with the
/// content of raw text.
pub(crate) fn step<'a>(
    source: &'a str,
    tokens: &mut Tokenizer<'a>,
    tree: &mut Tree<'a>,
    token: Token,
) -> Result<Option<(Started, Span)>, CompileError> {
    match token.kind {
        Kind::Start { tag, self_closing } => {
            tree.begun();
            let has = |name: &str| {
                let found = tokens.attributes().iter();
                let mut found = found.filter(|a| a.name.of(source).eq_ignore_ascii_case(name));
                found
                    .next()
                    .map(|attribute| entity::decode_value(attribute.value.of(source)))
            };
            let started = tree.start(tag, token.span, self_closing, has)?;
            let content = match started {
                Started::Raw(raw) => tokens.raw(tag, raw),
                _ => Span::default(),
            };
            Ok(Some((started, content)))
        }
        Kind::End { tag } => {
            tree.begun();
            tree.end(tag);
            Ok(None)
        }
        _ => Ok(None),
    }
}

impl<'a, 's> Reader<'a, 's> {
    fn new(source: &'a str, selectors: &'s [Selector], later: [Vec<Span>; 2]) -> Self {
        Self {
            source,
            selectors,
            tokens: Tokenizer::new(source),
            tree: Tree::new(source),
            found: Reading::default(),
            body_at: None,
            depth: 0,
            block: 0,
            head: Head::Inside,
            in_heading: None,
            begun: None,
            later: Default::default(),
            again: false,
            asked: Asked::new(source, later),
            remembered: 0,
        }
    }

    fn read(&mut self) -> Result<(), CompileError> {
        while let Some(token) = self.tokens.next() {
            self.token(token)?;
            self.tokens.cdata = self.tree.in_foreign();
        }
        Ok(())
    }

    fn token(&mut self, token: Token) -> Result<(), CompileError> {
        match token.kind {
            Kind::Start { tag, .. } => self.start(token, tag)?,
            Kind::End { tag } => self.end(token, tag)?,
            Kind::Text | Kind::Cdata => self.text(token.span),
            Kind::Comment(content) => self.comment(token.span, content)?,
            Kind::Dropped | Kind::Doctype => {
                if let Kind::Doctype = token.kind {
                    self.tree.doctype(token.span.of(self.source));
                }
                self.piece(PieceKind::Comment, token.span, token.span);
            }
        }
        self.close_bodies(token.span.start);
        Ok(())
    }

    fn piece(&mut self, kind: PieceKind, outer: Span, content: Span) {
        self.found.pieces.push(Piece {
            kind,
            outer,
            content,
        });
    }

    fn start(&mut self, token: Token, tag: Tag) -> Result<(), CompileError> {
        let place = usize::from(tag.code == tag::BODY);
        let late = self.begun.is_some() || self.tree.has_tag(place);
        let begins = self.head_before(tag.code, token.span);
        let name = tag.name.of(self.source);
        if name
            .get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("esi:"))
        {
            self.found.esi.push(token.span);
        }
        self.facts(tag.code);
        self.block += u32::from(separates(tag.code));
        // A tag can hold a repetition only if it is longer than one.
        if token.span.len() > crate::leak::WINDOW {
            self.piece(PieceKind::Tag(tag), token.span, token.span);
        }
        for attribute in self.tokens.attributes() {
            let (name, value) = (attribute.name, attribute.value);
            if values::may_be_part(name.of(self.source), value.of(self.source)) {
                self.found.values.push((name, value));
            }
        }
        let linked = script_kind(self.source, tag.code, self.tokens.attributes());
        let Some((started, content)) = step(self.source, &mut self.tokens, &mut self.tree, token)?
        else {
            return Ok(());
        };
        self.close_bodies(token.span.start);
        if started == Started::Merged {
            self.asked.forget(place);
            if late && !self.tokens.attributes().is_empty() {
                self.later[place].push(token.span);
            }
        }
        if begins {
            self.whole();
        }
        if let Started::Raw(_) = started {
            self.raw(tag, linked, token.span, content);
        }
        if started == Started::Pushed
            && tag.code == tag::H1
            && self.body_at.is_none()
            && self.found.heading.is_empty()
        {
            self.in_heading = self.element(self.tree.stack().len() - 1);
        }
        match self.selected(tag, started) {
            Some(selector) => self.body(tag, started, selector, token.span),
            None => Ok(()),
        }
    }

    fn end(&mut self, token: Token, tag: Tag) -> Result<(), CompileError> {
        if tag.code == tag::HEAD && self.head == Head::Inside {
            self.found.head_end = token.span.start;
            self.head = Head::Late;
        }
        if tag
            .name
            .of(self.source)
            .get(..4)
            .is_some_and(|p| p.eq_ignore_ascii_case("esi:"))
        {
            self.found.esi.push(token.span);
        }
        self.block += u32::from(separates(tag.code));
        // End tags have no attributes for a browser, but have for a thief.
        if token.span.len() > crate::leak::WINDOW {
            self.piece(PieceKind::Tag(tag), token.span, token.span);
        }
        step(self.source, &mut self.tokens, &mut self.tree, token)?;
        Ok(())
    }

    fn text(&mut self, span: Span) {
        let text = span.of(self.source);
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return;
        }
        self.tree.begun();
        if self.head_before(tag::P, span) {
            self.whole();
        }
        if self.in_heading.is_some() && self.body_at.is_none() {
            self.found.heading.push(span);
        }
        let stack = self.tree.stack();
        let inside = self.body_at.map_or(stack.len(), |body| body.index + 1);
        let whole = stack
            .get(inside..)
            .unwrap_or_default()
            .iter()
            .find(|open| is_whole(open));
        let around = stack.iter().rev().find(|open| separates(open.tag.code));
        self.found.texts.push(Text {
            span,
            block: self.block,
            paragraph: around.is_none_or(|open| {
                !tag::is_heading(open.tag.code)
                    && !matches!(open.tag.code, tag::FIGCAPTION | tag::CAPTION)
            }),
            whole: whole.map(|open| open.start.start),
            table: whole.is_some_and(|open| open.tag.code == tag::TABLE),
            inset: stack
                .get(inside..)
                .unwrap_or_default()
                .iter()
                .any(|open| is_inset(self.source, open)),
        });
    }

    fn comment(&mut self, outer: Span, content: Span) -> Result<(), CompileError> {
        let text = content.of(self.source);
        match text.trim() {
            OPEN_MARKER => self.open_marker(outer)?,
            CLOSE_MARKER => self.close_marker(outer)?,
            word if word.to_ascii_lowercase().contains(OPEN_MARKER) => {
                return Err(CompileError::Marker {
                    text: word.chars().take(60).collect(),
                });
            }
            _ if ["esi", "#"].iter().any(|prefix| text.starts_with(prefix)) => {
                self.found.esi.push(outer);
            }
            _ => self.piece(PieceKind::Comment, outer, content),
        }
        Ok(())
    }

    /// Raw text: a piece, and perhaps a body that is read where scripts are off.
    fn raw(&mut self, tag: Tag, script: PieceKind, start: Span, content: Span) {
        let outer = Span {
            start: start.start,
            end: content.end,
        };
        let text = content.of(self.source);
        match tag.code {
            tag::TITLE if self.found.title.is_none() && self.head != Head::Over => {
                self.found.title = Some(content);
            }
            tag::PLAINTEXT => {
                self.text(content);
                return;
            }
            tag::NOSCRIPT if could_hold_a_body(text, self.selectors) => {
                self.found.hidden_bodies.push(content);
            }
            _ => {}
        }
        if !content.range().is_empty() {
            self.piece(script, outer, content);
        }
    }

    fn finish(mut self) -> Reading {
        let end = Span::new(0, self.source.len()).end;
        if self.head == Head::Inside {
            self.found.head_end = end;
        }
        for body in &mut self.found.bodies {
            if !body.closed {
                body.inner.end = end;
            }
        }
        if self.depth > 0 {
            // Never closed: locked to the end of the body around it, or of the page.
            let (end, stack) = self
                .found
                .bodies
                .last()
                .filter(|body| {
                    self.found.marked.last().is_some_and(|marked| {
                        (body.inner.start..=body.inner.end).contains(&marked.range.start)
                    })
                })
                .map_or((end, Rc::default()), |body| {
                    (body.inner.end, Rc::clone(&body.stack))
                });
            if let Some(marked) = self.found.marked.last_mut() {
                marked.range.end = end;
                marked.after = stack;
            }
        }
        self.found
    }
}

/// Whether the content of `noscript`, which some readers see as markup, might
/// hold a body or a marked part. What is around it may change what its tags
/// mean, so the words of a selector are enough.
fn could_hold_a_body(content: &str, selectors: &[Selector]) -> bool {
    let content = entity::decode_value(content).to_ascii_lowercase();
    content.contains(OPEN_MARKER) || selectors.iter().any(|one| one.could_match(&content))
}

/// Elements that aren't cut: what remains of one would be broken or senseless.
fn is_whole(open: &Open) -> bool {
    open.space != Space::Html
        || matches!(
            open.tag.code,
            tag::TABLE
                | tag::SELECT
                | tag::VIDEO
                | tag::AUDIO
                | tag::OBJECT
                | tag::BUTTON
                | tag::FIGURE
                | tag::RUBY
                | tag::CANVAS
                | tag::TEMPLATE
        )
}

/// An `aside` that says of itself that it isn't of the story: what may be read of that
/// isn't measured by it. Others are: a box of facts is a part of what readers pay for.
fn is_inset(source: &str, open: &Open) -> bool {
    if open.tag.code != tag::ASIDE {
        return false;
    }
    let start = open.start.of(source);
    let mut tokens = Tokenizer::new(start);
    let is_tag = matches!(
        tokens.next().map(|token| token.kind),
        Some(Kind::Start { .. })
    );
    let mut attributes = tokens.attributes().iter();
    is_tag && attributes.any(|one| one.name.of(start).eq_ignore_ascii_case(INSET))
}

/// Elements whose text doesn't run on into that of their neighbours.
pub(crate) fn separates(code: Code) -> bool {
    tag::is_block(code)
        || tag::is_heading(code)
        || tag::is_table_part(code)
        || matches!(
            code,
            tag::P | tag::LI | tag::DD | tag::DT | tag::TABLE | tag::HR | tag::FORM
        )
}

/// What kind of piece a `script` is.
fn script_kind(source: &str, code: Code, attributes: &[Attribute]) -> PieceKind {
    if code != tag::SCRIPT {
        return PieceKind::Raw;
    }
    let media = attributes
        .iter()
        .find(|attribute| attribute.name.of(source).eq_ignore_ascii_case("type"))
        .map(|attribute| attribute.value.of(source).trim().to_ascii_lowercase())
        .unwrap_or_default();
    if media.starts_with("application/ld+json") {
        PieceKind::Linked
    } else if media.contains("json") {
        PieceKind::Json
    } else {
        PieceKind::Raw
    }
}
