//! Markers of the locked part, which stand in comments.

use std::rc::Rc;

use super::{CLOSE_MARKER, Reader};
use crate::CompileError;
use crate::found::Marked;
use crate::html::Span;

/// Markers on one page. Each costs a copy of the stack, and real pages have one pair.
const MAX_MARKERS: usize = 256;

impl Reader<'_, '_> {
    pub(super) fn open_marker(&mut self, outer: Span) -> Result<(), CompileError> {
        self.depth += 1;
        if self.depth > 1 {
            return Ok(());
        }
        if self.found.marked.len() == MAX_MARKERS {
            return Err(CompileError::Marker {
                text: format!("more than {MAX_MARKERS} markers"),
            });
        }
        self.found.marked.push(Marked {
            range: Span {
                start: outer.end,
                end: outer.end,
            },
            before: self.tree.stack().into(),
            owed: self.tree.owed().to_vec(),
            after: Rc::default(),
        });
        Ok(())
    }

    pub(super) fn close_marker(&mut self, outer: Span) -> Result<(), CompileError> {
        match self.depth {
            0 => {
                return Err(CompileError::Marker {
                    text: format!("{CLOSE_MARKER} without its beginning"),
                });
            }
            1 => {
                let stack = self.tree.stack().into();
                if let Some(marked) = self.found.marked.last_mut() {
                    marked.range.end = outer.start;
                    marked.after = stack;
                }
            }
            _ => {}
        }
        self.depth -= 1;
        Ok(())
    }
}
