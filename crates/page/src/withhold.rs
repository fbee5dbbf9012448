//! What becomes of a place that repeats locked text.
//!
//! In previews only: those entitled get the page as it is, so its scripts keep
//! working for them. A script loses its content, an attribute its value, a
//! comment everything; text beside the story (a pull quote, a print version,
//! a teaser that gives away the end) is blanked and its elements stay. What
//! describes the story to search engines and social networks is shortened to
//! the beginning, which everybody may read.

use crate::edit::Sheet;
use crate::esi;
use crate::found::{Piece, PieceKind};
use crate::html::Span;
use crate::html::entity::escape;
use crate::html::tag::{self, Tag};
use crate::html::token::{Attribute, Kind, Tokenizer};
use crate::leak::Locked;
use crate::linked::Linked;

/// Characters of a description: what search engines show of one.
const DESCRIPTION: usize = 160;

/// Collects the changes to a page's preview.
pub(crate) struct Withhold<'a> {
    pub(crate) source: &'a str,
    pub(crate) locked: &'a Locked,
    /// The text that everybody may read.
    pub(crate) beginning: &'a str,
    pub(crate) sheet: &'a mut Sheet,
}

impl Withhold<'_> {
    /// A script with JSON-LD, already marked.
    pub(crate) fn linked(&mut self, piece: Piece, mut linked: Linked) {
        let marked = !linked.articles().is_empty();
        linked.withhold(self.locked);
        let script = linked.script();
        if self.locked.is_in(&script) {
            self.sheet.preview(piece.content, "{}".to_owned());
        } else if marked || self.locked.is_in(piece.content.of(self.source)) {
            self.sheet.preview(piece.content, script);
        }
    }

    /// Anything beside the visible text.
    pub(crate) fn piece(&mut self, piece: Piece) {
        let text = piece.content.of(self.source);
        match piece.kind {
            // A bracket at its beginning would have the whole tag skipped.
            PieceKind::Tag(_) if !self.locked.is_in(text.trim_start_matches('<')) => {}
            _ if !matches!(piece.kind, PieceKind::Tag(_)) && !self.locked.is_in(text) => {}
            PieceKind::Tag(tag) => self.tag(tag, piece.outer),
            PieceKind::Comment => {
                let gap = esi::gap(self.source, piece.outer.start);
                self.sheet.preview(piece.outer, gap.to_owned());
            }
            PieceKind::Linked | PieceKind::Json => {
                self.sheet.preview(piece.content, "{}".to_owned());
            }
            PieceKind::Raw => self.sheet.preview(piece.content, String::new()),
        }
    }

    /// A tag with locked text somewhere in it.
    fn tag(&mut self, tag: Tag, span: Span) {
        let text = span.of(self.source);
        let mut tokens = Tokenizer::new(text);
        let Some(Kind::Start { self_closing, .. }) = tokens.next().map(|token| token.kind) else {
            self.sheet
                .preview(span, format!("</{}>", tag.text(self.source)));
            return;
        };
        let mut rest = String::with_capacity(text.len());
        let mut at = 0;
        let mut changes = Vec::new();
        let with = self.replacement(tag, text, tokens.attributes());
        for attribute in tokens.attributes() {
            if self.locked.is_in(attribute.value.of(text)) {
                let value = quoted(text, attribute.value);
                rest.push_str(text.get(at..value.start as usize).unwrap_or_default());
                rest.push_str(&with);
                at = value.end as usize;
                changes.push(value);
            }
        }
        rest.push_str(text.get(at..).unwrap_or_default());
        if self.locked.is_in(&rest) {
            // Text has run into the names of attributes: a quote too many.
            let bare = self.bare(tag, text, tokens.attributes(), self_closing);
            self.sheet.preview(span, bare);
            return;
        }
        for value in changes {
            let at = Span {
                start: span.start + value.start,
                end: span.start + value.end,
            };
            self.sheet.preview(at, with.clone());
        }
    }

    /// What stands in the place of an attribute's value, with its quotes.
    fn replacement(&self, tag: Tag, text: &str, attributes: &[Attribute]) -> String {
        let describes = |attribute: &Attribute| {
            let value = attribute.value.of(text).to_ascii_lowercase();
            matches!(
                attribute.name.of(text).to_ascii_lowercase().as_str(),
                "name" | "property" | "itemprop"
            ) && value.contains("description")
        };
        if tag.code == tag::META && attributes.iter().any(describes) {
            format!("\"{}\"", escape(&self.description()))
        } else {
            "\"\"".to_owned()
        }
    }

    /// The first words of the beginning.
    fn description(&self) -> String {
        let mut out = String::new();
        for word in self.beginning.split_whitespace() {
            if out.chars().count() + word.chars().count() > DESCRIPTION {
                break;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    /// Texts beside the story, one after the other.
    pub(crate) fn texts(&mut self, spans: &[Span]) {
        let hits = self
            .locked
            .among(spans.iter().map(|span| span.of(self.source)));
        let read = hits.into_iter().filter_map(|number| spans.get(number));
        let is_encoded = |span: &&Span| self.locked.is_in_base64(span.of(self.source));
        let mut all: Vec<Span> = read
            .chain(spans.iter().filter(is_encoded))
            .copied()
            .collect();
        all.sort_unstable_by_key(|span| span.start);
        all.dedup();
        for span in all {
            self.sheet.preview(span, String::new());
        }
    }

    /// Short values of attributes, which may be a text that is taken apart:
    /// those of one name are read one after the other.
    pub(crate) fn values(&mut self, mut values: Vec<(Span, Span)>) {
        let source = self.source;
        values.sort_by_key(|(name, _)| name.of(source));
        for same in values.chunk_by(|one, other| one.0.of(source) == other.0.of(source)) {
            let texts = same.iter().map(|(_, value)| value.of(source));
            for number in self.locked.among(texts) {
                if let Some((_, value)) = same.get(number) {
                    self.sheet
                        .preview(quoted(source, *value), "\"\"".to_owned());
                }
            }
        }
    }

    /// Short comments, one after the other.
    pub(crate) fn comments(&mut self, comments: &[Piece]) {
        let texts = comments.iter().map(|one| one.content.of(self.source));
        for number in self.locked.among(texts) {
            if let Some(piece) = comments.get(number) {
                let gap = esi::gap(self.source, piece.outer.start);
                self.sheet.preview(piece.outer, gap.to_owned());
            }
        }
    }

    /// A start tag with nothing left but what styles and links it.
    fn bare(&self, tag: Tag, text: &str, attributes: &[Attribute], self_closing: bool) -> String {
        let mut out = format!("<{}", tag.text(self.source));
        for attribute in attributes {
            let name = attribute.name.of(text).to_ascii_lowercase();
            let value = attribute.value.of(text);
            if matches!(
                name.as_str(),
                "class" | "id" | "href" | "src" | "type" | "rel"
            ) && !self.locked.is_in(value)
            {
                out += " ";
                out += &name;
                out += "=\"";
                // The bracket might begin a tag of ESI.
                out += &value.replace('"', "&quot;").replace('<', "&lt;");
                out += "\"";
            }
        }
        // In drawings the slash ends the element.
        out.push_str(if self_closing { "/>" } else { ">" });
        out
    }
}

/// An attribute's value with its quotes, if it has any.
fn quoted(text: &str, value: Span) -> Span {
    let before = text
        .as_bytes()
        .get(..value.start as usize)
        .unwrap_or_default();
    // A value without quotes follows an equals sign or a space.
    let quotes = u32::from(before.ends_with(b"\"") || before.ends_with(b"'"));
    Span {
        start: value.start - quotes,
        end: value.end + quotes,
    }
}
