//! WordPress keeps footnotes beside the text, in a field of the post; a block in the text
//! says where they are shown. Here they become a list there, and what is in it is read
//! like everything else.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::remark::{Remark, Remarks};

/// The field.
pub(crate) const FIELD: &str = "footnotes";

/// The block, which has nothing in it.
const BLOCK: &str = "<!-- wp:footnotes";

/// What a mark in the text looks like once it is plain.
const MARK: [char; 2] = ['[', ']'];

/// The text with its footnotes where they are shown, or at its end.
pub(crate) fn with_footnotes<'a>(
    text: &'a str,
    field: Option<&str>,
    remarks: &mut Remarks,
) -> Cow<'a, str> {
    let Some(field) = field else {
        return Cow::Borrowed(text);
    };
    let Some(list) = list(field) else {
        remarks.add(Remark::LeftOut("what its footnotes say"));
        return Cow::Borrowed(text);
    };
    if list.is_empty() {
        return Cow::Borrowed(text);
    }
    let begins = text.find(BLOCK).unwrap_or(text.len());
    let (before, rest) = text.split_at(begins);
    let after = rest.split_once("-->").map_or("", |(_, after)| after);
    Cow::Owned(format!("{before}\n\n{list}\n\n{after}"))
}

/// The footnotes as a list in HTML; nothing where there are none.
fn list(field: &str) -> Option<String> {
    let Value::Array(notes) = serde_json::from_str(field).ok()? else {
        return None;
    };
    let mut list = String::new();
    for note in &notes {
        // Writing to a string doesn't fail.
        let _ = write!(list, "<li>{}</li>", note.get("content")?.as_str()?);
    }
    if !list.is_empty() {
        list = format!("<!-- wp:list --><ol>{list}</ol><!-- /wp:list -->");
    }
    Some(list)
}

/// Words without the marks of footnotes, which lead nowhere where only the beginning of
/// a text is shown.
pub(crate) fn without_marks(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(MARK[0]) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let inside = from[1..].split(MARK[1]).next().unwrap_or_default();
        let is_mark = from[1..].contains(MARK[1])
            && (1..=3).contains(&inside.len())
            && inside.bytes().all(|byte| byte.is_ascii_digit());
        let end = if is_mark { inside.len() + 2 } else { 1 };
        if !is_mark {
            text.push(MARK[0]);
        }
        rest = &from[end..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_other_brackets_stay() {
        for (words, expected) in [
            ("weeks.[1] Nobody", "weeks. Nobody"),
            ("[12]It", "It"),
            (
                "He said [sic] so [2024] and a[b",
                "He said [sic] so [2024] and a[b",
            ),
            ("[]", "[]"),
            ("[1", "[1"),
        ] {
            assert_eq!(without_marks(words), expected, "{words}");
        }
    }

    #[test]
    fn footnotes_that_make_no_sense_are_remarked_and_cost_nothing_else() {
        for field in ["{}", "[{}]", "[7]", "not JSON"] {
            let mut remarks = Remarks::default();
            assert_eq!(with_footnotes("text", Some(field), &mut remarks), "text");
            assert!(remarks.has_loss(), "{field}");
        }
        let mut remarks = Remarks::default();
        assert_eq!(with_footnotes("text", Some("[]"), &mut remarks), "text");
        assert!(!remarks.has_loss());
    }
}
