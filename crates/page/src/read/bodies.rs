//! Bodies: which elements hold the story, and where they end.

use super::head::Head;
use super::{Element, Reader};
use crate::CompileError;
use crate::found::Body;
use crate::html::Span;
use crate::html::select::can_hold_a_prompt;
use crate::html::tag::{self, Tag};
use crate::html::tree::{Space, Started};

/// Bodies on one page; the longest live blogs have some hundreds. The last of
/// so many goes on to the end of the page: more is locked then, never less.
const MAX_BODIES: usize = 4096;

/// Open elements remembered for all bodies of a page, which is as many bodies
/// as there may be with 64 levels each, and 32 MB. The body that goes beyond
/// is the last one.
const MAX_REMEMBERED: usize = MAX_BODIES * 64;

impl Reader<'_, '_> {
    /// The selector that means the start tag just read: it is asked once the
    /// tag has closed what it closes, and perhaps a body with it.
    pub(super) fn selected(&mut self, tag: Tag, started: Started) -> Option<usize> {
        if self.body_at.is_some() || self.again && started == Started::Merged {
            return None;
        }
        let stack = self.tree.stack();
        let ancestors = match started {
            Started::Pushed => stack.len() - 1,
            Started::Merged => usize::from(tag.code == tag::BODY),
            Started::Empty | Started::Raw(_) | Started::Ignored => stack.len(),
        };
        let ancestors = stack.get(..ancestors).unwrap_or_default();
        let attributes = self.tokens.attributes();
        let mut selectors = self.selectors.iter().enumerate();
        selectors
            .find(|(number, selector)| {
                selector.matches(*number, tag, attributes, ancestors, &mut self.asked)
            })
            .map(|(number, _)| number)
    }

    /// Where `<body>` itself is meant, by attributes that may be those of a
    /// tag further down, the story begins with its first content.
    pub(super) fn whole(&mut self) {
        let (Some(start), true) = (self.begun, self.again && self.body_at.is_none()) else {
            return;
        };
        let stack = self.tree.stack().get(..2).unwrap_or_default();
        let mut selectors = self.selectors.iter().enumerate();
        let found = selectors
            .find(|(number, selector)| selector.matches_open(*number, stack, &mut self.asked));
        if let Some((selector, _)) = found {
            self.open_body(1, selector, start);
        }
    }

    pub(super) fn body(
        &mut self,
        tag: Tag,
        started: Started,
        selector: usize,
        start: Span,
    ) -> Result<(), CompileError> {
        let stack = self.tree.stack();
        let at = match started {
            Started::Ignored => return Ok(()),
            Started::Merged => usize::from(tag.code == tag::BODY),
            Started::Pushed => stack.len() - 1,
            Started::Empty | Started::Raw(_) => return Err(self.unfit(tag)),
        };
        if !can_hold_a_prompt(tag.code)
            || stack.get(at).is_none_or(|open| open.space != Space::Html)
        {
            return Err(self.unfit(tag));
        }
        if self.head == Head::Inside {
            // A body in the head is in a template: links go before it.
            let outermost = stack.get(2).map_or(start, |open| open.start);
            self.found.head_end = outermost.start;
            self.head = Head::Late;
        }
        self.open_body(at, selector, start.end);
        Ok(())
    }

    /// The element at `at` on the stack is a body, with content from `start` on.
    pub(super) fn open_body(&mut self, at: usize, selector: usize, start: u32) {
        self.body_at = self.element(at);
        self.tree.holds_story(at);
        let stack = self.tree.stack().get(..=at).unwrap_or_default();
        self.remembered += stack.len();
        self.found.bodies.push(Body {
            inner: Span { start, end: start },
            selector,
            stack: stack.into(),
            beside: self.tree.beside(),
            closed: false,
        });
    }

    pub(super) fn element(&self, index: usize) -> Option<Element> {
        let number = self.tree.stack().get(index)?.number;
        Some(Element { index, number })
    }

    pub(super) fn unfit(&self, tag: Tag) -> CompileError {
        CompileError::BodyElement {
            element: tag.text(self.source).chars().take(40).collect(),
        }
    }

    /// Notes the end of the body if what begins at `at` has closed it.
    pub(super) fn close_bodies(&mut self, at: u32) {
        let last = self.found.bodies.len() >= MAX_BODIES || self.remembered >= MAX_REMEMBERED;
        if !last && self.body_at.is_some_and(|body| !self.is_open(body)) {
            self.body_at = None;
            if let Some(body) = self.found.bodies.last_mut() {
                body.inner.end = at.max(body.inner.start);
                body.closed = true;
            }
        }
        if self
            .in_heading
            .is_some_and(|heading| !self.is_open(heading))
        {
            self.in_heading = None;
        }
    }

    pub(super) fn is_open(&self, element: Element) -> bool {
        let open = self.tree.stack().get(element.index);
        open.is_some_and(|open| open.number == element.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::select_parse::parse;
    use crate::html::tree::Open;
    use crate::read::read;

    #[test]
    fn bodies_in_the_deep_are_remembered_up_to_a_bound_and_the_last_goes_on() {
        let body = "<div class=a>b</div><p>c</p>";
        let html = format!("{}{}", "<div>".repeat(1000), body.repeat(4000));
        let found = read(&html, &parse(".a").unwrap()).unwrap();
        let remembered: usize = found.bodies.iter().map(|body| body.stack.len()).sum();
        assert!(remembered < MAX_REMEMBERED + 1024, "{remembered}");
        assert!(found.bodies.len() > 200);
        assert_eq!(found.bodies.last().unwrap().inner.end as usize, html.len());
        assert!(MAX_REMEMBERED * size_of::<Open>() <= 32 << 20);
    }
}
