//! Start tags: what they close, and whether they open anything (section
//! 13.2.6.4.7).

use std::borrow::Cow;

use super::Span;
use super::tag::{
    A, ADDRESS, BASE, BASEFONT, BGSOUND, BODY, BUTTON, CAPTION, COL, COLGROUP, Code, DD, DIV, DT,
    FORM, FRAMESET, HEAD, HR, HTML, IFRAME, INPUT, KEYGEN, LI, LINK, META, NOBR, NOEMBED, NOFRAMES,
    NOSCRIPT, OPTGROUP, OPTION, P, PLAINTEXT, RB, RP, RT, RTC, RUBY, SCRIPT, SELECT, STYLE, TABLE,
    TBODY, TD, TEMPLATE, TEXTAREA, TFOOT, TH, THEAD, TITLE, TR, Tag, XMP, is_block, is_heading,
    is_special, is_table_part, is_void,
};
use super::token::Raw;
use super::tree::{MAX_DEPTH, Mode, Space, Started, Tree, Unreadable, is_marker};

impl<'a> Tree<'a> {
    /// A start tag.
    pub(crate) fn start(
        &mut self,
        tag: Tag,
        span: Span,
        self_closing: bool,
        attribute: impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<Started, Unreadable> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Unreadable::TooDeep);
        }
        if self.is_foreign_content(tag.code) {
            if !Self::breaks_out(tag.code, &attribute) {
                return Ok(self.start_foreign(tag, span, self_closing, &attribute));
            }
            self.leave_foreign();
        }
        self.start_html(tag, span, self_closing, &attribute)
    }

    fn start_html(
        &mut self,
        tag: Tag,
        span: Span,
        self_closing: bool,
        attribute: &impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<Started, Unreadable> {
        let code = tag.code;
        self.enter(code);
        if code == HTML || code == BODY {
            return Ok(self.merge(tag, span));
        }
        if code == FRAMESET {
            return Err(Unreadable::Ambiguous);
        }
        if let Some(raw) = self.raw(code)? {
            return Ok(Started::Raw(raw));
        }
        if is_table_part(code) || matches!(code, COL | TABLE) {
            return Ok(self.start_table(tag, span));
        }
        if is_void(code) {
            self.before_void(code, attribute)?;
            return Ok(Started::Empty);
        }
        if !self.before(code) {
            return Ok(Started::Ignored);
        }
        if self.opens_foreign(tag, span, self_closing) {
            return Ok(if self_closing {
                Started::Empty
            } else {
                Started::Pushed
            });
        }
        self.push(tag, Space::Html, span, false);
        Ok(Started::Pushed)
    }

    /// What any start tag does to a template or a group of columns around it.
    fn enter(&mut self, code: Code) {
        if self.top() == Some(COLGROUP) && !matches!(code, COL | TEMPLATE) && !is_table_part(code) {
            self.pop_to(self.stack.len() - 1);
        }
        if let Some(open) = self.stack.last_mut()
            && open.tag.code == TEMPLATE
            && open.mode == Mode::Fresh
        {
            open.mode = match code {
                CAPTION | COLGROUP | TBODY | TFOOT | THEAD => Mode::Table,
                COL => Mode::Columns,
                TR => Mode::TableBody,
                TD | TH => Mode::Row,
                BASE | BASEFONT | BGSOUND | LINK | META | NOFRAMES | SCRIPT | STYLE | TEMPLATE
                | TITLE => Mode::Fresh,
                _ => Mode::Body,
            };
        }
    }

    /// The second `<html>` or `<body>` adds its attributes to the first.
    fn merge(&mut self, tag: Tag, span: Span) -> Started {
        if self.find(|code| code == TEMPLATE, |_| false).is_some() {
            return Started::Ignored;
        }
        let index = usize::from(tag.code == BODY);
        if let Some(open) = self.stack.get_mut(index)
            && open.start == Span::default()
        {
            open.tag = tag;
            open.start = span;
        }
        Started::Merged
    }

    /// Whether the element's content is raw text, with scripting on.
    fn raw(&mut self, code: Code) -> Result<Option<Raw>, Unreadable> {
        let raw = match code {
            SCRIPT => Raw::Script,
            PLAINTEXT => Raw::Plain,
            TITLE | TEXTAREA | STYLE | XMP | IFRAME | NOEMBED | NOFRAMES | NOSCRIPT => Raw::Text,
            _ => return Ok(None),
        };
        // Browsers used to drop these tags there, and no longer do.
        let select = self.find(|code| code == SELECT, |_| false);
        if select.is_some() && code != SCRIPT {
            return Err(Unreadable::Ambiguous);
        }
        if matches!(code, XMP | PLAINTEXT) {
            self.close_p();
        }
        Ok(Some(raw))
    }

    fn before_void(
        &mut self,
        code: Code,
        attribute: &impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<(), Unreadable> {
        let hidden = || attribute("type").is_some_and(|one| one.eq_ignore_ascii_case("hidden"));
        match code {
            HR => {
                self.close_p();
                if self.in_scope(|code| code == SELECT).is_some() {
                    self.imply_ends(|_| false);
                }
            }
            // In a table, outside of its cells, a hidden field disturbs nothing.
            INPUT if self.in_table_directly() && hidden() => {}
            INPUT => self.close_if(self.in_scope(|code| code == SELECT)),
            // Browsers used to close the list there, and no longer do.
            KEYGEN if self.in_scope(|code| code == SELECT).is_some() => {
                return Err(Unreadable::Ambiguous);
            }
            _ => {}
        }
        Ok(())
    }

    /// Closes elements whose end tags may be left out, from the innermost on;
    /// none where formatting that is owed may have been opened anew in it.
    pub(super) fn imply_ends(&mut self, except: impl Fn(Code) -> bool) {
        while !self.owing()
            && let Some(DD | DT | LI | OPTGROUP | OPTION | P | RB | RP | RT | RTC) = self.top()
            && !self.top().is_some_and(&except)
        {
            self.pop_to(self.stack.len() - 1);
        }
    }

    /// Closes what the start of `code` implies to be closed. False if the tag
    /// itself is to be dropped.
    fn before(&mut self, code: Code) -> bool {
        match code {
            HEAD => return false,
            FORM => {
                let template = self.find(|code| code == TEMPLATE, |_| false).is_some();
                if self.beside.form.is_some() && !template {
                    return false;
                }
                if !template {
                    self.beside.form = Some(self.count + 1);
                }
                if self.in_table_directly() {
                    // Inside a table, outside of its cells, a form is empty.
                    self.count += 1;
                    return false;
                }
                self.close_p();
            }
            SELECT => {
                if let Some(index) = self.in_scope(|code| code == SELECT) {
                    self.pop_to(index);
                    return false;
                }
            }
            LI => self.close_item(|code| code == LI),
            DD | DT => self.close_item(|code| matches!(code, DD | DT)),
            A | NOBR => {
                let found = self.find(|found| found == code, is_marker);
                if let Some(index) = found {
                    if self.in_scope(|found| found == code).is_some() {
                        self.end_formatting(index);
                    } else if let Some(open) = self.stack.get_mut(index) {
                        open.ghost = true;
                    }
                }
            }
            BUTTON => self.close_if(self.in_scope(|code| code == BUTTON)),
            OPTION | OPTGROUP if self.in_scope(|code| code == SELECT).is_some() => {
                self.imply_ends(|inner| code == OPTION && inner == OPTGROUP);
            }
            RB | RP | RT | RTC if self.in_scope(|code| code == RUBY).is_some() => {
                self.imply_ends(|inner| matches!(code, RP | RT) && inner == RTC);
            }
            OPTION | OPTGROUP if self.top() == Some(OPTION) => {
                self.pop_to(self.stack.len() - 1);
            }
            _ if is_heading(code) => {
                self.close_p();
                if self.top().is_some_and(is_heading) {
                    self.pop_to(self.stack.len() - 1);
                }
            }
            _ if is_block(code) || code == P => self.close_p(),
            _ => {}
        }
        true
    }

    fn close_item(&mut self, same: impl Fn(Code) -> bool) {
        let found = self.find(same, |open| {
            open.space != Space::Html
                || is_special(open.tag.code) && !matches!(open.tag.code, DIV | P | ADDRESS)
        });
        self.close_if(found);
        self.close_p();
    }
}
