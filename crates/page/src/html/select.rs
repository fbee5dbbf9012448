//! Selectors: how a publisher names the body of a story.
//!
//! The part of CSS that can be decided when a start tag is read: types,
//! classes, ids, attributes, and the descendant and child combinators. Names
//! and values match without regard to ASCII case, as pages without a document
//! type do: a selector may then find more, never less, than in a browser.

use super::Span;
use super::ancestry::Asked;
use super::entity;
use super::tag::{self, Code, Tag};
use super::token::{Attribute, Kind, Tokenizer};
use super::tree::Open;

/// How an attribute's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Exists,
    Equals,
    Word,
    Dash,
    Starts,
    Ends,
    Contains,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Test {
    name: String,
    operator: Operator,
    value: String,
}

/// One element's conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Compound {
    /// `None` for `*` and where only other conditions are given.
    pub(super) element: Option<String>,
    pub(super) code: Code,
    pub(super) tests: Vec<Test>,
    /// Whether it must be the parent of the next one, not just an ancestor.
    pub(super) parent: bool,
}

/// One selector of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector {
    pub(super) text: String,
    /// From the outermost to the element itself.
    pub(super) parts: Vec<Compound>,
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
    pub(super) fn new(name: &str, operator: Operator, value: &str) -> Self {
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
        let value = entity::decode_value(raw).to_ascii_lowercase();
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
    fn names(&self, source: &str, tag: Tag) -> bool {
        self.element.as_ref().is_none_or(|element| {
            self.code == tag.code
                && (self.code != 0 || tag.name.of(source).eq_ignore_ascii_case(element))
        })
    }

    fn matches(&self, source: &str, tag: Tag, attributes: &[Attribute]) -> bool {
        self.names(source, tag) && self.tests.iter().all(|test| test.holds(source, attributes))
    }

    /// The same of an open element; `later` are further start tags, of which
    /// browsers add what attributes the first one lacks.
    pub(super) fn matches_open(&self, source: &str, open: &Open, later: &[Span]) -> bool {
        if !self.names(source, open.tag) {
            return false;
        }
        let mut missing: Vec<&Test> = self.tests.iter().collect();
        for start in std::iter::once(&open.start).chain(later) {
            if missing.is_empty() {
                break;
            }
            let inner = start.of(source);
            let mut tokens = Tokenizer::new(inner);
            if let Some(Kind::Start { .. }) = tokens.next().map(|token| token.kind) {
                missing.retain(|test| !test.holds(inner, tokens.attributes()));
            }
        }
        missing.is_empty()
    }
}

impl Selector {
    /// The selector as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an element of `content`, in lower case, might be meant: whether
    /// all that the selector says of it is written there in any order.
    pub(crate) fn could_match(&self, content: &str) -> bool {
        self.parts.last().is_some_and(|part| {
            let named = part
                .element
                .as_ref()
                .is_none_or(|name| content.contains(name.as_str()));
            named
                && part.tests.iter().all(|test| {
                    content.contains(test.name.as_str()) && content.contains(test.value.as_str())
                })
        })
    }

    /// Whether the start tag just read, inside of `ancestors`, is meant.
    /// `number` tells the selector from the others of its list.
    pub(crate) fn matches(
        &self,
        number: usize,
        tag: Tag,
        attributes: &[Attribute],
        ancestors: &[Open],
        asked: &mut Asked,
    ) -> bool {
        self.parts.split_last().is_some_and(|(last, outer)| {
            last.matches(asked.source(), tag, attributes)
                && asked.surround(number, outer, ancestors)
        })
    }

    /// Whether the innermost element of `stack` is meant.
    pub(crate) fn matches_open(&self, number: usize, stack: &[Open], asked: &mut Asked) -> bool {
        let (Some((last, outer)), Some((open, ancestors))) =
            (self.parts.split_last(), stack.split_last())
        else {
            return false;
        };
        asked.is((number, outer.len()), last, ancestors.len(), open)
            && asked.surround(number, outer, ancestors)
    }
}
