//! SVG and `MathML` inside HTML (section 13.2.6.5): which tags belong to them,
//! and which ones end them.

use std::borrow::Cow;

use super::Span;
use super::tag::{
    ANNOTATION_XML, B, BIG, BLOCKQUOTE, BODY, BR, CENTER, CODE, Code, DD, DESC, DIV, DL, DT, EM,
    EMBED, FONT, FOREIGN_OBJECT, H1, H2, H3, H4, H5, H6, HEAD, HR, I, IMG, LI, LISTING, MALIGNMARK,
    MATH, MENU, META, MGLYPH, MI, MN, MO, MS, MTEXT, NOBR, OL, P, PRE, RUBY, S, SMALL, SPAN,
    STRIKE, STRONG, SUB, SUP, SVG, TABLE, TITLE, TT, Tag, U, UL, VAR,
};
use super::tree::{Open, Space, Started, Tree};

/// SVG elements whose content is HTML.
pub(super) fn is_html_integration(open: &Open) -> bool {
    open.integration
}

/// `MathML` elements whose text is HTML.
pub(super) fn is_mathml_text(code: Code) -> bool {
    matches!(code, MI | MO | MN | MS | MTEXT)
}

impl<'a> Tree<'a> {
    /// Whether a start tag of `code` is read by the rules of foreign content.
    pub(super) fn is_foreign_content(&self, code: Code) -> bool {
        let Some(open) = self.current() else {
            return false;
        };
        match open.space {
            Space::Html => false,
            Space::MathMl if is_mathml_text(open.tag.code) => {
                matches!(code, MGLYPH | MALIGNMARK)
            }
            Space::MathMl if open.tag.code == ANNOTATION_XML && code == SVG => false,
            Space::Svg | Space::MathMl => !open.integration,
        }
    }

    /// Whether the tag ends all foreign content around it.
    pub(super) fn breaks_out(
        code: Code,
        attribute: &impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> bool {
        match code {
            B | BIG | BLOCKQUOTE | BODY | BR | CENTER | CODE | DD | DIV | DL | DT | EM | EMBED
            | H1 | H2 | H3 | H4 | H5 | H6 | HEAD | HR | I | IMG | LI | LISTING | MENU | META
            | NOBR | OL | P | PRE | RUBY | S | SMALL | SPAN | STRONG | STRIKE | SUB | SUP
            | TABLE | TT | U | UL | VAR => true,
            FONT => ["color", "face", "size"]
                .iter()
                .any(|name| attribute(name).is_some()),
            _ => false,
        }
    }

    /// Closes foreign elements up to HTML or what leads to it.
    pub(super) fn leave_foreign(&mut self) {
        while let Some(index) = self.stack.iter().rposition(|open| !open.ghost)
            && let Some(open) = self.stack.get(index)
            && open.space != Space::Html
            && !open.integration
            && !is_mathml_text_open(open)
        {
            self.pop_to(index);
        }
    }

    pub(super) fn start_foreign(
        &mut self,
        tag: Tag,
        span: Span,
        self_closing: bool,
        attribute: &impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Started {
        let space = self.current().map_or(Space::Svg, |open| open.space);
        if self_closing {
            return Started::Empty;
        }
        let integration = match space {
            Space::Svg => matches!(tag.code, FOREIGN_OBJECT | DESC | TITLE),
            Space::MathMl if tag.code == ANNOTATION_XML => {
                attribute("encoding").is_some_and(|encoding| {
                    ["text/html", "application/xhtml+xml"]
                        .iter()
                        .any(|html| encoding.eq_ignore_ascii_case(html))
                })
            }
            _ => false,
        };
        self.push(tag, space, span, integration);
        Started::Pushed
    }

    /// Opens `svg` or `math` in HTML; false for any other element.
    pub(super) fn opens_foreign(&mut self, tag: Tag, span: Span, self_closing: bool) -> bool {
        let space = match tag.code {
            SVG => Space::Svg,
            MATH => Space::MathMl,
            _ => return false,
        };
        if !self_closing {
            self.push(tag, space, span, false);
        }
        true
    }

    /// An end tag inside foreign content; false if HTML's rules take over.
    pub(super) fn end_foreign(&mut self, tag: Tag) -> bool {
        if matches!(tag.code, P | BR) {
            self.leave_foreign();
            return false;
        }
        for index in (0..self.stack.len()).rev() {
            let open = self.stack[index];
            if open.ghost {
                continue;
            }
            if open.space == Space::Html {
                return false;
            }
            if open.tag.same(tag, self.source) {
                self.pop_to(index);
                return true;
            }
        }
        false
    }
}

fn is_mathml_text_open(open: &Open) -> bool {
    open.space == Space::MathMl && is_mathml_text(open.tag.code)
}
