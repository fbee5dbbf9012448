//! Whether a piece of a page ends what it begins, tag by tag.
//!
//! Browsers mend what is left open, each piece of a page by what comes after it. So a
//! piece that is put into somebody else's page has to be whole by itself. Nothing is
//! mended or cut by this.

use crate::error::CompileError;
use crate::html::tag::{self, Code, Tag};
use crate::html::token::{Kind, Tokenizer};
use crate::html::tree::{Started, Tree};
use crate::options::Limits;
use crate::read::step;

/// A tag without its other half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbalanced {
    /// An element of this name doesn't end where what is around it does.
    Open(String),
    /// An element of this name is ended that wasn't begun.
    Stray(String),
}

/// The first tag of `html` without its other half, if there is one. What HTML ends by
/// itself, such as a paragraph before the next one, needs none as long as something
/// around it ends in `html`. Comments and tags that are cut off aren't looked at.
///
/// # Errors
///
/// What can't be read safely, for the reasons of [`compile`](crate::compile()).
pub fn unbalanced(html: &str) -> Result<Option<Unbalanced>, CompileError> {
    let (len, limit) = (html.len(), Limits::default().html);
    if len > limit {
        return Err(CompileError::TooLarge { len, limit });
    }
    let (mut tokens, mut tree) = (Tokenizer::new(html), Tree::new(html));
    // No deeper than the tree, which refuses what is, but for tags that it ignores.
    let mut open: Vec<Tag> = Vec::new();
    while let Some(token) = tokens.next() {
        let started = step(html, &mut tokens, &mut tree, token)?;
        tokens.cdata = tree.in_foreign();
        match (token.kind, started) {
            (Kind::Start { .. }, Some((Started::Empty, _))) => {}
            (Kind::Start { tag, .. }, _) if !tag::is_void(tag.code) => open.push(tag),
            (Kind::End { tag }, _) => {
                let begun = open.iter().rposition(|one| one.same(tag, html));
                let Some(begun) = begun else {
                    return Ok(Some(Unbalanced::Stray(tag.text(html))));
                };
                let mut within = open.drain(begun..).skip(1);
                if let Some(left) = within.find(|one| !ends_by_itself(one.code)) {
                    return Ok(Some(Unbalanced::Open(left.text(html))));
                }
            }
            _ => {}
        }
    }
    // Nothing in the piece ends these.
    Ok(open.first().map(|left| Unbalanced::Open(left.text(html))))
}

/// Whether an element ends with what is around it, its end tag left out on purpose.
fn ends_by_itself(code: Code) -> bool {
    matches!(
        code,
        tag::P
            | tag::LI
            | tag::DT
            | tag::DD
            | tag::RB
            | tag::RT
            | tag::RTC
            | tag::RP
            | tag::OPTGROUP
            | tag::OPTION
            | tag::COLGROUP
            | tag::CAPTION
            | tag::THEAD
            | tag::TBODY
            | tag::TFOOT
            | tag::TR
            | tag::TD
            | tag::TH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: Option<&Unbalanced>) {
        let found = unbalanced(html).expect("it is read");
        assert_eq!(found.as_ref(), expected, "{html}");
    }

    #[test]
    fn what_html_ends_by_itself_is_whole() {
        for html in [
            "",
            "Two left.",
            "<p>Two left.<br>So<img src=\"a\"><input></p><!-- so -->",
            "<div><p>One<p>Two<ul><li>a<li>b</ul><dl><dt>a<dd>b</dl></div>",
            "<table><caption>c<tr><td>a<td>b<tr><th>c</table>",
            "<select><option>a<option>b</select><ruby>a<rt>b</ruby>",
            "<p>a<div>b</div></p>",
            "<DIV><B>a</b></div>",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><g><title>t</title></g></svg>",
            "<script>if (a<b) \"<i>\"</script><textarea><b></textarea>",
            "<my-own-element-of-a-long-name>a</my-own-element-of-a-long-name>",
        ] {
            check(html, None);
        }
    }

    #[test]
    fn what_is_left_open_or_was_never_begun_is_named() {
        let open = |name: &str| Unbalanced::Open(name.to_owned());
        let stray = |name: &str| Unbalanced::Stray(name.to_owned());
        for name in [
            "b", "a", "i", "em", "span", "div", "section", "textarea", "svg",
        ] {
            check(&format!("<{name}>Two left."), Some(&open(name)));
            // Raw text goes on to the end, and has the other tag in it.
            let first = if name == "textarea" { "aside" } else { name };
            let within = format!("<aside>Two <{name}>left.</aside>");
            check(&within, Some(&open(first)));
        }
        check("<p>Two left.", Some(&open("p")));
        check("<aside><p><a href=\"/\">Two</p></aside>", Some(&open("a")));
        check("<p><b><i>Two</b></i></p>", Some(&open("i")));
        check("Two left.</div>", Some(&stray("div")));
        check("<p>Two</b> left.</p>", Some(&stray("b")));
        check("<aside></aside></aside>", Some(&stray("aside")));
    }
}
