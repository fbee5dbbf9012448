//! Reading selectors, with a reason for every one that can't be used.

use thiserror::Error;

use super::select::{Compound, Operator, Selector, Test, can_hold_a_prompt};
use super::tag;

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
