//! Selectors: how a publisher names the body of a story.
//!
//! The part of CSS that can be decided when a start tag is read: types,
//! classes, ids, attributes, and the descendant and child combinators. Names
//! and values match without regard to ASCII case, as pages without a document
//! type do: a selector may then find more, never less, than in a browser.

use thiserror::Error;

use super::entity;
use super::tag::{self, Code, Tag};
use super::token::{Attribute, Kind, Tokenizer};
use super::tree::Open;

/// A selector that can't be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SelectorError {
    /// Nothing but white space.
    #[error("the selector is empty: name the element around the story, such as `.story-body`")]
    Empty,
    /// Something that is not understood.
    #[error(
        "`{rest}` isn't understood in the selector: use types, .classes, #ids, [attributes], spaces and >"
    )]
    Unexpected {
        /// The selector from the offending character on.
        rest: String,
    },
    /// The last part names an element that can't hold a prompt.
    #[error("`{element}` can't hold the wall: select the element around the whole story")]
    Element {
        /// The element's name.
        element: String,
    },
    /// More parts than anybody needs.
    #[error("the selector has more than {MAX_PARTS} parts: name the story's element by its class")]
    TooLong,
}

/// Matching costs a walk up the stack for every part: real selectors have one
/// or two.
const MAX_PARTS: usize = 16;

/// How an attribute's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Exists,
    Equals,
    Word,
    Dash,
    Starts,
    Ends,
    Contains,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    name: String,
    operator: Operator,
    value: String,
}

/// One element's conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Compound {
    /// `None` for `*` and where only other conditions are given.
    element: Option<String>,
    code: Code,
    tests: Vec<Test>,
    /// Whether it must be the parent of the next one, not just an ancestor.
    parent: bool,
}

/// One selector of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector {
    text: String,
    /// From the outermost to the element itself.
    parts: Vec<Compound>,
}

/// Reads a list of selectors separated by commas.
pub(crate) fn parse(list: &str) -> Result<Vec<Selector>, SelectorError> {
    let mut reader = Reader { rest: list };
    let mut selectors = vec![reader.selector()?];
    while reader.take(',') {
        selectors.push(reader.selector()?);
    }
    if reader.rest.is_empty() {
        Ok(selectors)
    } else {
        Err(reader.unexpected())
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn unexpected(&self) -> SelectorError {
        SelectorError::Unexpected {
            rest: self.rest.to_owned(),
        }
    }

    fn take(&mut self, char: char) -> bool {
        let rest = self.rest.strip_prefix(char);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let any = rest.len() < self.rest.len();
        self.rest = rest;
        any
    }

    fn ident(&mut self) -> Result<&'a str, SelectorError> {
        let end = self
            .rest
            .find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(self.rest.len());
        let (ident, rest) = self.rest.split_at(end);
        if ident.is_empty() || ident.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.unexpected());
        }
        self.rest = rest;
        Ok(ident)
    }

    fn selector(&mut self) -> Result<Selector, SelectorError> {
        self.space();
        if self.rest.is_empty() {
            return Err(SelectorError::Empty);
        }
        let from = self.rest;
        let mut parts = vec![self.compound()?];
        loop {
            let text = &from[..from.len() - self.rest.len()];
            let descends = self.space();
            if self.rest.is_empty() || self.rest.starts_with(',') {
                return finish(text, parts);
            }
            let parent = self.take('>');
            self.space();
            if !parent && !descends {
                return Err(self.unexpected());
            }
            if parts.len() == MAX_PARTS {
                return Err(SelectorError::TooLong);
            }
            if let Some(last) = parts.last_mut() {
                last.parent = parent;
            }
            parts.push(self.compound()?);
        }
    }

    fn compound(&mut self) -> Result<Compound, SelectorError> {
        let mut compound = Compound::default();
        let before = self.rest.len();
        if !self.take('*') && self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let element = self.ident()?.to_ascii_lowercase();
            compound.code = tag::code(&element);
            compound.element = Some(element);
        }
        loop {
            let test = if self.take('.') {
                Test::new("class", Operator::Word, self.ident()?)
            } else if self.take('#') {
                Test::new("id", Operator::Equals, self.ident()?)
            } else if self.take('[') {
                self.attribute()?
            } else if self.rest.len() == before {
                return Err(self.unexpected());
            } else {
                return Ok(compound);
            };
            compound.tests.push(test);
        }
    }

    fn attribute(&mut self) -> Result<Test, SelectorError> {
        self.space();
        let name = self.ident()?;
        self.space();
        if self.take(']') {
            return Ok(Test::new(name, Operator::Exists, ""));
        }
        let operator = match self.rest.chars().next() {
            Some('~') => Operator::Word,
            Some('|') => Operator::Dash,
            Some('^') => Operator::Starts,
            Some('$') => Operator::Ends,
            Some('*') => Operator::Contains,
            _ => Operator::Equals,
        };
        if operator != Operator::Equals {
            self.rest = &self.rest[1..];
        }
        if !self.take('=') {
            return Err(self.unexpected());
        }
        self.space();
        let value = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &self.rest[1..];
                let end = inner.find(quote).ok_or_else(|| self.unexpected())?;
                self.rest = &inner[end + 1..];
                &inner[..end]
            }
            _ => self.ident()?,
        };
        self.space();
        if !self.take(']') {
            return Err(self.unexpected());
        }
        Ok(Test::new(name, operator, value))
    }
}

fn finish(text: &str, parts: Vec<Compound>) -> Result<Selector, SelectorError> {
    let last = parts.last().and_then(|part| part.element.as_ref());
    if let Some(element) = last
        && !can_hold_a_prompt(tag::code(element))
    {
        return Err(SelectorError::Element {
            element: element.clone(),
        });
    }
    Ok(Selector {
        text: text.to_owned(),
        parts,
    })
}

/// Whether an element's content may be any flow content, and ends with the
/// element: paragraphs, formatting, parts of tables and raw text may not.
pub(crate) fn can_hold_a_prompt(code: Code) -> bool {
    let holder = tag::is_block(code)
        && !matches!(
            code,
            tag::DL
                | tag::DIR
                | tag::MENU
                | tag::OL
                | tag::PRE
                | tag::LISTING
                | tag::UL
                | tag::HGROUP
                | tag::SUMMARY
        );
    let other = matches!(
        code,
        tag::BODY | tag::DD | tag::FORM | tag::LI | tag::TD | tag::TH | tag::TEMPLATE
    );
    holder || other || !(tag::is_special(code) || tag::is_formatting(code) || is_phrasing(code))
}

/// Known elements that hold no blocks, beyond those that are special.
fn is_phrasing(code: Code) -> bool {
    matches!(
        code,
        tag::SPAN
            | tag::SUB
            | tag::SUP
            | tag::VAR
            | tag::SVG
            | tag::MATH
            | tag::VIDEO
            | tag::AUDIO
            | tag::CANVAS
            | tag::OPTION
            | tag::OPTGROUP
            | tag::RUBY
            | tag::RB
            | tag::RP
            | tag::RT
            | tag::RTC
    )
}

impl Test {
    fn new(name: &str, operator: Operator, value: &str) -> Self {
        Self {
            name: name.to_ascii_lowercase(),
            operator,
            value: value.to_ascii_lowercase(),
        }
    }

    fn holds(&self, source: &str, attributes: &[Attribute]) -> bool {
        let Some(attribute) = attributes
            .iter()
            .find(|attribute| attribute.name.of(source).eq_ignore_ascii_case(&self.name))
        else {
            return false;
        };
        let wanted = self.value.as_str();
        let raw = attribute.value.of(source);
        // Most elements fail here, without an allocation.
        if self.operator == Operator::Exists {
            return true;
        }
        if raw.len() < wanted.len() {
            return false;
        }
        let value = entity::decode(raw).to_ascii_lowercase();
        match self.operator {
            Operator::Exists => true,
            Operator::Equals => value == wanted,
            Operator::Word => value.split_ascii_whitespace().any(|word| word == wanted),
            Operator::Dash => value
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            Operator::Starts => !wanted.is_empty() && value.starts_with(wanted),
            Operator::Ends => !wanted.is_empty() && value.ends_with(wanted),
            Operator::Contains => !wanted.is_empty() && value.contains(wanted),
        }
    }
}

impl Compound {
    fn matches(&self, source: &str, tag: Tag, attributes: &[Attribute]) -> bool {
        let named = self.element.as_ref().is_none_or(|element| {
            self.code == tag.code
                && (self.code != 0 || tag.name.of(source).eq_ignore_ascii_case(element))
        });
        named && self.tests.iter().all(|test| test.holds(source, attributes))
    }

    fn matches_open(&self, source: &str, open: &Open) -> bool {
        if self.tests.is_empty() {
            return self.matches(source, open.tag, &[]);
        }
        let mut tokens = Tokenizer::new(open.start.of(source));
        match tokens.next().map(|token| token.kind) {
            Some(Kind::Start { .. }) => {
                let inner = open.start.of(source);
                let named = Self {
                    tests: Vec::new(),
                    ..self.clone()
                };
                named.matches(source, open.tag, &[])
                    && self
                        .tests
                        .iter()
                        .all(|test| test.holds(inner, tokens.attributes()))
            }
            _ => false,
        }
    }
}

impl Selector {
    /// The selector as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the start tag just read, inside of `ancestors`, is meant.
    pub(crate) fn matches(
        &self,
        source: &str,
        tag: Tag,
        attributes: &[Attribute],
        ancestors: &[Open],
    ) -> bool {
        let Some((last, outer)) = self.parts.split_last() else {
            return false;
        };
        last.matches(source, tag, attributes) && ancestry(source, outer, ancestors)
    }
}

/// Whether `parts` are found, in order, going outwards through `ancestors`.
///
/// Tries every ancestor for every part; both are bounded, and so is the
/// product: a part may only be retried where a child combinator follows.
fn ancestry(source: &str, parts: &[Compound], ancestors: &[Open]) -> bool {
    // reachable[i]: the parts before i are matched by a suffix of ancestors.
    let Some((part, outer)) = parts.split_last() else {
        return true;
    };
    if part.parent {
        return ancestors.split_last().is_some_and(|(open, rest)| {
            part.matches_open(source, open) && ancestry(source, outer, rest)
        });
    }
    let mut rest = ancestors;
    while let Some((open, further)) = rest.split_last() {
        if part.matches_open(source, open) {
            // The nearest match leaves the most ancestors; unless the next part
            // out must be its parent, no other one can do better.
            if ancestry(source, outer, further) {
                return true;
            }
            if !outer.iter().any(|part| part.parent) {
                return false;
            }
        }
        rest = further;
    }
    false
}
