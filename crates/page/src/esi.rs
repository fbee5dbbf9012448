//! Edge Side Includes and Server Side Includes.
//!
//! Their processors look for tags in any bytes, also where HTML has raw text or
//! attributes. Whatever caches lie behind the gate must find none: an include
//! would be made where nobody decides who may read it.

use crate::apart::Apart;
use crate::edit::Sheet;
use crate::html::Span;

/// What their tags begin with.
const TAGS: [&str; 4] = ["<esi:", "</esi:", "<!--esi", "<!--#"];

/// Makes tags plain text by a space, wherever they stand; those of the
/// markup, which are `known`, are taken out by others.
pub(crate) fn neutralise(source: &str, known: &[Span], sheet: &mut Sheet) {
    let known = Apart::new(known.iter().copied());
    // Hardly any page has one, and asking that is much faster than looking where.
    for tag in TAGS.into_iter().filter(|tag| source.contains(tag)) {
        for (at, _) in source.match_indices(tag) {
            if !known.hold(Span::new(at, at + 1)) {
                sheet.both(Span::new(at + 1, at + 1), " ");
            }
        }
    }
}

/// What stands in the place of something taken out at `start`: a space where
/// a tag may have begun before it, which what follows might complete.
pub(crate) fn gap(source: &str, start: u32) -> &'static str {
    let before = source.get(..start as usize).unwrap_or_default();
    let begins = |tag: &str| (1..tag.len()).any(|len| before.ends_with(&tag[..len]));
    if TAGS.into_iter().any(begins) {
        " "
    } else {
        ""
    }
}
