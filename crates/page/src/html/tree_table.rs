//! Tables (sections 13.2.6.4.9 to 13.2.6.4.15): which part closes which, with
//! all that is open inside of it.

use super::Span;
use super::tag::{
    CAPTION, COL, COLGROUP, Code, TABLE, TBODY, TD, TEMPLATE, TFOOT, TH, THEAD, TR, Tag,
    is_table_part,
};
use super::tree::{Mode, Space, Started, Tree};

/// What follows from a part of a table inside of a template.
enum Step {
    Again,
    Push,
    Part,
    Done(Started),
}

impl Tree<'_> {
    pub(super) fn in_table_directly(&self) -> bool {
        self.table_context()
            .is_some_and(|(_, code)| matches!(code, TABLE | TBODY | THEAD | TFOOT | TR))
    }

    /// The innermost element that decides how parts of tables are read.
    pub(super) fn table_context(&self) -> Option<(usize, Code)> {
        let index = self.find(
            |code| is_table_part(code) || matches!(code, TABLE | TEMPLATE),
            |_| false,
        )?;
        Some((index, self.html(index)?))
    }

    pub(super) fn start_table(&mut self, tag: Tag, span: Span) -> Started {
        let code = tag.code;
        // Each round closes or opens one level of: cell, row, body, table.
        for _ in 0..8 {
            let context = self.table_context();
            match (context, code) {
                (None | Some((_, TD | TH | CAPTION)), TABLE) => return self.push_table(tag, span),
                (None, _) => return Started::Ignored,
                (Some((index, TEMPLATE)), _) => match self.template_part(index, code) {
                    Step::Again => {}
                    Step::Push => return self.push_table(tag, span),
                    Step::Done(started) => return started,
                    Step::Part => return self.push_part(index, tag, span),
                },
                (Some(_), TABLE) => match self.in_table_scope(|found| found == TABLE) {
                    Some(table) => self.pop_to(table),
                    None => return Started::Ignored,
                },
                (Some((_, COLGROUP)), COL) => return Started::Empty,
                (Some((index, TD | TH | CAPTION | COLGROUP)), _)
                | (Some((index, TR)), CAPTION | COL | COLGROUP | TBODY | TFOOT | THEAD | TR)
                | (
                    Some((index, TBODY | THEAD | TFOOT)),
                    CAPTION | COL | COLGROUP | TBODY | TFOOT | THEAD,
                ) => self.pop_to(index),
                (Some((index, TABLE)), COL) => {
                    self.pop_to(index + 1);
                    self.imply(COLGROUP);
                }
                (Some((index, TABLE)), TD | TH | TR) => {
                    self.pop_to(index + 1);
                    self.imply(TBODY);
                }
                (Some((index, TBODY | THEAD | TFOOT)), TD | TH) => {
                    self.pop_to(index + 1);
                    self.imply(TR);
                }
                (Some((index, _)), _) => return self.push_part(index, tag, span),
            }
        }
        Started::Ignored
    }

    /// A table closes an open paragraph, but not in old pages.
    fn push_table(&mut self, tag: Tag, span: Span) -> Started {
        if !self.quirks() {
            self.close_p();
        }
        self.push(tag, Space::Html, span, false);
        Started::Pushed
    }

    fn push_part(&mut self, index: usize, tag: Tag, span: Span) -> Started {
        self.pop_to(index + 1);
        self.push(tag, Space::Html, span, false);
        Started::Pushed
    }

    /// A part of a table whose table is outside of the template at `index`.
    fn template_part(&mut self, index: usize, code: Code) -> Step {
        let mode = self.stack.get(index).map_or(Mode::Body, |open| open.mode);
        match (mode, code) {
            (Mode::Body | Mode::Fresh, TABLE) => Step::Push,
            (Mode::Columns | Mode::Table, COL) => Step::Done(Started::Empty),
            (Mode::Table, TR | TD | TH) => {
                self.pop_to(index + 1);
                self.imply(TBODY);
                Step::Again
            }
            (Mode::TableBody, TD | TH) => {
                self.pop_to(index + 1);
                self.imply(TR);
                Step::Again
            }
            (Mode::Table, CAPTION | COLGROUP | TBODY | TFOOT | THEAD)
            | (Mode::TableBody, TR)
            | (Mode::Row, TD | TH) => Step::Part,
            _ => Step::Done(Started::Ignored),
        }
    }

    /// Ends the table; in a template without one, what it would have held.
    pub(super) fn end_table(&mut self) {
        if let Some(index) = self.in_table_scope(|code| code == TABLE) {
            self.pop_to(index);
            return;
        }
        while let Some((index, TR | TBODY | TFOOT | THEAD | CAPTION | COLGROUP)) =
            self.table_context()
        {
            self.pop_to(index);
        }
    }
}
