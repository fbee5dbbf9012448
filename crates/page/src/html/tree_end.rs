//! End tags: which open element they end, and what else with it (section
//! 13.2.6.4.7).

use super::tag::{
    APPLET, BODY, BR, BUTTON, DD, DT, FORM, HEAD, HTML, LI, LISTING, MARQUEE, OBJECT, OL, P, PRE,
    SELECT, TABLE, TEMPLATE, Tag, UL, is_block, is_formatting, is_heading, is_table_part,
};
use super::tree::{Space, Tree, bounds_scope, is_marker, is_special_open};

/// The standard lets the end of a formatting element cross this many blocks.
const MOST_BLOCKS: usize = 8;

impl Tree<'_> {
    /// An end tag.
    pub(crate) fn end(&mut self, tag: Tag) {
        let code = tag.code;
        if self.in_foreign() && self.end_foreign(tag) {
            return;
        }
        if is_formatting(code) {
            let found = self.find(|found| found == code, is_marker);
            match found {
                // Out of scope, behind a table say, it stays open.
                Some(_) if self.in_scope(|found| found == code).is_none() => {}
                Some(index) => self.end_formatting(index),
                None => {
                    if let Some(at) = self.owed.iter().rposition(|owed| owed.code == code) {
                        self.owed.remove(at);
                    }
                }
            }
        } else if is_heading(code) {
            self.close_if(self.in_scope(is_heading));
        } else if code == TABLE {
            self.end_table();
        } else if is_table_part(code) {
            self.close_if(self.in_table_scope(|found| found == code));
        } else if is_block(code)
            || matches!(
                code,
                BUTTON | APPLET | MARQUEE | OBJECT | DD | DT | PRE | LISTING | SELECT
            )
        {
            self.close_if(self.in_scope(|found| found == code));
        } else {
            match code {
                HTML | BODY | HEAD | BR => {}
                P => self.close_p(),
                LI => self.close_if(self.in_list_scope()),
                FORM => self.end_form(),
                TEMPLATE => self.close_if(self.find(|found| found == TEMPLATE, |_| false)),
                _ => self.end_other(tag),
            }
        }
    }

    fn in_list_scope(&self) -> Option<usize> {
        self.find(
            |code| code == LI,
            |open| bounds_scope(open) || matches!(open.tag.code, OL | UL),
        )
    }

    /// Ends the formatting element at `index`: with all in it, unless blocks
    /// are in it, which stay open. What stands between those and isn't
    /// formatting is forgotten, and what stands in the last one is closed.
    pub(super) fn end_formatting(&mut self, index: usize) {
        let inside = self.stack.get(index + 1..).unwrap_or_default();
        let blocks = inside.iter().filter(|open| is_special_open(open)).count();
        if let Some(last) = inside.iter().rposition(is_special_open) {
            let last = index + 1 + last;
            if blocks < MOST_BLOCKS {
                self.pop_to(last + 1);
            }
            for open in self.stack.get_mut(index + 1..last).unwrap_or_default() {
                open.ghost |= !is_special_open(open) && !is_formatting(open.tag.code);
            }
            if let Some(open) = self.stack.get_mut(index) {
                open.ghost = true;
            }
        } else {
            let owed = self.owed.len();
            let tag = self.stack.get(index).map(|open| open.tag);
            self.pop_to(index);
            // Its own end tag has come; only others inside it are owed theirs.
            if let Some(tag) = tag
                && self
                    .owed
                    .get(owed)
                    .is_some_and(|first| first.code == tag.code)
            {
                self.owed.remove(owed);
            }
        }
    }

    /// A form's end tag takes the form off the stack and leaves what is in it.
    fn end_form(&mut self) {
        let template = self.find(|code| code == TEMPLATE, |_| false).is_some();
        if template {
            self.close_if(self.in_scope(|code| code == FORM));
            return;
        }
        let Some(index) = self.form_in_scope() else {
            return;
        };
        self.imply_ends(|_| false);
        // Formatting that is owed may have been opened anew inside of the form.
        if index + 1 == self.stack.len() && !self.owing() {
            self.pop_to(index);
        } else if let Some(open) = self.stack.get_mut(index) {
            open.ghost = true;
        }
    }

    /// Where the form is that an end tag ends. It is tried once.
    fn form_in_scope(&mut self) -> Option<usize> {
        let number = self.beside.form.take()?;
        for (index, open) in self.stack.iter().enumerate().rev() {
            if open.number == number {
                return Some(index);
            }
            if !open.ghost && bounds_scope(open) {
                return None;
            }
        }
        None
    }

    /// The end tag of any other element stops at the first special one.
    pub(super) fn end_other(&mut self, tag: Tag) {
        for index in (0..self.stack.len()).rev() {
            let open = self.stack[index];
            if open.ghost {
                continue;
            }
            if open.space == Space::Html && open.tag.same(tag, self.source) {
                self.pop_to(index);
                return;
            }
            if is_special_open(&open) {
                return;
            }
        }
    }
}
