//! The stack of open elements, by the tree construction rules of the HTML
//! standard (section 13.2.6), reduced to what decides where elements end.
//!
//! No tree is built. Left out are foster parenting and the reconstruction of
//! formatting elements: they move text about in the document, but never into
//! an element whose tags stand elsewhere.

use super::Span;
use super::tag::{
    A, APPLET, BASE, BASEFONT, BGSOUND, BODY, BR, BUTTON, CAPTION, COL, COLGROUP, Code, DD, DIV,
    DT, FORM, FRAMESET, HEAD, HR, HTML, IFRAME, INPUT, KEYGEN, LI, LINK, LISTING, MARQUEE, META,
    NOBR, NOEMBED, NOFRAMES, NOSCRIPT, OBJECT, OPTGROUP, OPTION, P, PLAINTEXT, PRE, SCRIPT, SELECT,
    STYLE, TABLE, TBODY, TD, TEMPLATE, TEXTAREA, TFOOT, TH, THEAD, TITLE, TR, Tag, XMP, is_block,
    is_formatting, is_heading, is_special, is_table_part, is_void,
};
use super::token::Raw;
use super::tree_foreign::{is_html_integration, is_mathml_text};

/// The deepest nesting that is read. Real pages stay below a hundred levels
/// and browsers flatten what is beyond 512; unbounded, a page of nothing but
/// start tags would make every end tag search all of them.
pub(crate) const MAX_DEPTH: usize = 1024;

/// Where an element's name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Html,
    Svg,
    MathMl,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) tag: Tag,
    pub(crate) space: Space,
    /// Its whole start tag; empty where the parser implied it.
    pub(crate) start: Span,
    /// Its end tag has come while others inside it are still open: nothing
    /// ends it but what ends them.
    pub(crate) ghost: bool,
    /// Content of this foreign element is HTML again.
    pub(crate) integration: bool,
    /// How the content of a `template` is read; of no meaning elsewhere.
    pub(crate) mode: Mode,
    /// Counts elements of the page, so that two stacks can be compared.
    pub(crate) number: u32,
}

/// What the content of a `template` is taken for, from its first element on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Fresh,
    Body,
    Table,
    TableBody,
    Row,
    Columns,
}

/// What a start tag did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Started {
    /// The element is open now.
    Pushed,
    /// It is complete: without content.
    Empty,
    /// Its content is raw text, to be taken from the tokenizer.
    Raw(Raw),
    /// It is a second `<html>` or `<body>`, which only adds attributes.
    Merged,
    /// Browsers drop the tag.
    Ignored,
}

/// What follows from a part of a table inside of a template.
enum Step {
    Again,
    Push,
    Part,
    Done(Started),
}

/// Markup that the tree can't follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nested beyond [`MAX_DEPTH`].
    TooDeep,
    /// Browsers of different ages disagree about what this is: frames, raw
    /// text inside of `select`.
    Ambiguous,
}

/// The stack of open elements.
pub(crate) struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) stack: Vec<Open>,
    /// Whether scripts run: then `noscript` is raw text.
    scripting: bool,
    form: bool,
    count: u32,
    /// Formatting elements that were closed by something other than their end
    /// tag. Browsers open them anew; an end tag is owed.
    owed: Vec<Tag>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let mut tree = Self {
            source,
            stack: Vec::with_capacity(64),
            scripting: true,
            form: false,
            count: 0,
            owed: Vec::new(),
        };
        // Both exist in every document, with tags or without.
        tree.imply(HTML);
        tree.imply(BODY);
        tree
    }

    /// The tree of a browser without scripts.
    pub(crate) fn without_scripts(source: &'a str) -> Self {
        Self {
            scripting: false,
            ..Self::new(source)
        }
    }

    /// A tree that goes on with `stack`.
    pub(crate) fn resumed(source: &'a str, stack: &[Open]) -> Self {
        Self {
            source,
            stack: stack.to_vec(),
            scripting: true,
            form: stack.iter().any(|open| open.tag.code == FORM),
            // Beyond any number given while the stack was built.
            count: u32::MAX / 2,
            owed: Vec::new(),
        }
    }

    pub(crate) fn stack(&self) -> &[Open] {
        &self.stack
    }

    /// Formatting elements that a browser would carry on from here.
    pub(crate) fn owed(&self) -> &[Tag] {
        &self.owed
    }

    /// Whether the content here is SVG or `MathML`.
    pub(crate) fn in_foreign(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|open| open.space != Space::Html)
    }

    pub(super) fn push(&mut self, tag: Tag, space: Space, start: Span, integration: bool) {
        self.count += 1;
        self.stack.push(Open {
            tag,
            space,
            start,
            ghost: false,
            integration,
            mode: Mode::Fresh,
            number: self.count,
        });
    }

    fn imply(&mut self, code: Code) {
        self.push(Tag::implied(code), Space::Html, Span::default(), false);
    }

    /// Closes everything from `index` on.
    pub(super) fn pop_to(&mut self, index: usize) {
        for open in self.stack.drain(index.max(2)..) {
            // A page that never closes anything owes no more than it nests.
            if is_formatting(open.tag.code) && !open.ghost && self.owed.len() < MAX_DEPTH {
                self.owed.push(open.tag);
            }
        }
    }

    fn html(&self, index: usize) -> Option<Code> {
        let open = self.stack.get(index)?;
        (open.space == Space::Html && !open.ghost).then_some(open.tag.code)
    }

    fn top(&self) -> Option<Code> {
        self.html(self.stack.len().wrapping_sub(1))
    }

    /// The innermost element that `wanted` accepts, unless `bound` stops first.
    fn find(&self, wanted: impl Fn(Code) -> bool, bound: impl Fn(&Open) -> bool) -> Option<usize> {
        for (index, open) in self.stack.iter().enumerate().rev() {
            if open.ghost {
                continue;
            }
            if open.space == Space::Html && wanted(open.tag.code) {
                return Some(index);
            }
            if bound(open) {
                return None;
            }
        }
        None
    }

    fn in_scope(&self, wanted: impl Fn(Code) -> bool) -> Option<usize> {
        self.find(wanted, bounds_scope)
    }

    fn in_button_scope(&self, wanted: Code) -> Option<usize> {
        self.find(
            |code| code == wanted,
            |open| bounds_scope(open) || open.tag.code == BUTTON,
        )
    }

    fn in_table_scope(&self, wanted: impl Fn(Code) -> bool) -> Option<usize> {
        self.find(wanted, |open| {
            open.space == Space::Html && matches!(open.tag.code, HTML | TABLE | TEMPLATE)
        })
    }

    fn close_if(&mut self, found: Option<usize>) {
        if let Some(index) = found {
            self.pop_to(index);
        }
    }

    fn close_p(&mut self) {
        self.close_if(self.in_button_scope(P));
    }

    /// A start tag.
    pub(crate) fn start(
        &mut self,
        tag: Tag,
        span: Span,
        self_closing: bool,
        attribute: impl Fn(&str) -> Option<&'a str>,
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
        self.start_html(tag, span, self_closing)
    }

    fn start_html(
        &mut self,
        tag: Tag,
        span: Span,
        self_closing: bool,
    ) -> Result<Started, Unreadable> {
        let code = tag.code;
        if code == HTML || code == BODY {
            return Ok(self.merge(tag, span));
        }
        if code == FRAMESET {
            return Err(Unreadable::Ambiguous);
        }
        self.enter(code);
        if let Some(raw) = self.raw(code)? {
            return Ok(Started::Raw(raw));
        }
        if is_table_part(code) || matches!(code, COL | TABLE) {
            return Ok(self.start_table(tag, span));
        }
        if is_void(code) {
            self.before_void(code);
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
            NOSCRIPT if !self.scripting => return Ok(None),
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

    fn before_void(&mut self, code: Code) {
        match code {
            HR => self.close_p(),
            INPUT | KEYGEN => self.close_if(self.in_scope(|code| code == SELECT)),
            _ => {}
        }
    }

    /// Closes what the start of `code` implies to be closed. False if the tag
    /// itself is to be dropped.
    fn before(&mut self, code: Code) -> bool {
        match code {
            HEAD => return false,
            FORM => {
                let template = self.find(|code| code == TEMPLATE, |_| false).is_some();
                if self.form && !template {
                    return false;
                }
                if self.in_table_directly() && !template {
                    // Inside a table, outside of its cells, a form is empty.
                    self.form = true;
                    return false;
                }
                self.form |= !template;
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
                let marker = |open: &Open| bounds_scope(open) && open.tag.code != HTML;
                let found = self.find(|found| found == code, marker);
                if let Some(index) = found {
                    self.end_formatting(index);
                }
            }
            BUTTON => self.close_if(self.in_scope(|code| code == BUTTON)),
            OPTION | OPTGROUP => {
                if self.top() == Some(OPTION) {
                    self.pop_to(self.stack.len() - 1);
                }
                if code == OPTGROUP && self.top() == Some(OPTGROUP) {
                    self.pop_to(self.stack.len() - 1);
                }
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
                || is_special(open.tag.code)
                    && !matches!(open.tag.code, DIV | P | super::tag::ADDRESS)
        });
        self.close_if(found);
        self.close_p();
    }

    fn in_table_directly(&self) -> bool {
        self.table_context()
            .is_some_and(|(_, code)| matches!(code, TABLE | TBODY | THEAD | TFOOT | TR))
    }

    /// The innermost element that decides how parts of tables are read.
    fn table_context(&self) -> Option<(usize, Code)> {
        let index = self.find(
            |code| is_table_part(code) || matches!(code, TABLE | TEMPLATE),
            |_| false,
        )?;
        Some((index, self.html(index)?))
    }

    fn start_table(&mut self, tag: Tag, span: Span) -> Started {
        let code = tag.code;
        // Each round closes or opens one level of: cell, row, body, table.
        for _ in 0..8 {
            let context = self.table_context();
            match (context, code) {
                (None, TABLE) => return self.push_table(tag, span),
                (None, _) => return Started::Ignored,
                (Some((_, TD | TH | CAPTION)), TABLE) => return self.push_table(tag, span),
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
                (Some((index, TD | TH | CAPTION)), _)
                | (Some((index, TR)), CAPTION | COL | COLGROUP | TBODY | TFOOT | THEAD | TR)
                | (
                    Some((index, TBODY | THEAD | TFOOT)),
                    CAPTION | COL | COLGROUP | TBODY | TFOOT | THEAD,
                ) => self.pop_to(index),
                (Some((_, COLGROUP)), COL) => return Started::Empty,
                (Some((index, COLGROUP)), _) => self.pop_to(index),
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

    /// Closing an open paragraph is wrong in documents without a type, but
    /// makes nothing longer or shorter than the paragraph.
    fn push_table(&mut self, tag: Tag, span: Span) -> Started {
        self.close_p();
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

    /// An end tag.
    pub(crate) fn end(&mut self, tag: Tag) {
        let code = tag.code;
        if self.in_foreign() && self.end_foreign(tag) {
            return;
        }
        if is_formatting(code) {
            let found = self.find(|found| found == code, is_marker);
            match found {
                Some(index) => self.end_formatting(index),
                None => {
                    if let Some(at) = self.owed.iter().rposition(|owed| owed.code == code) {
                        self.owed.remove(at);
                    }
                }
            }
        } else if is_heading(code) {
            self.close_if(self.in_scope(is_heading));
        } else if is_table_part(code) || code == TABLE {
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
            |open| bounds_scope(open) || matches!(open.tag.code, super::tag::OL | super::tag::UL),
        )
    }

    /// Ends the formatting element at `index`: with all in it, unless a block
    /// is in it, which stays open.
    fn end_formatting(&mut self, index: usize) {
        let block_inside = self.stack[index + 1..]
            .iter()
            .any(|open| open.space != Space::Html || is_special(open.tag.code));
        if block_inside {
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
        let found = self.in_scope(|code| code == FORM);
        if template {
            self.close_if(found);
            return;
        }
        self.form = false;
        let Some(index) = found else { return };
        if index + 1 == self.stack.len() {
            self.pop_to(index);
        } else if let Some(open) = self.stack.get_mut(index) {
            open.ghost = true;
        }
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
            if open.space != Space::Html || is_special(open.tag.code) {
                return;
            }
        }
    }
}

/// What ends the standard's *scope*.
fn bounds_scope(open: &Open) -> bool {
    match open.space {
        Space::Html => matches!(
            open.tag.code,
            APPLET | CAPTION | HTML | TABLE | TD | TH | MARQUEE | OBJECT | SELECT | TEMPLATE
        ),
        Space::Svg => is_html_integration(open),
        Space::MathMl => {
            is_mathml_text(open.tag.code) || open.tag.code == super::tag::ANNOTATION_XML
        }
    }
}

/// Where the list of active formatting elements begins anew.
fn is_marker(open: &Open) -> bool {
    open.space == Space::Html
        && matches!(
            open.tag.code,
            APPLET | OBJECT | MARQUEE | TEMPLATE | TD | TH | CAPTION
        )
}
