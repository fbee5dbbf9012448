//! What an entry of Atom says that it is: out or a draft, a story or something else.
//!
//! Atom is what editors are fed with, too, and what Blogger exports whole, with drafts,
//! comments and settings. In doubt an entry wasn't public.

use crate::entry::{Kind, Standing};
use crate::xml::Element;

/// The scheme of the categories that say what an entry of Google's is.
const SCHEME: &str = "http://schemas.google.com/g/2005#kind";

/// How those of Blogger's begin.
const BLOGGER: &str = "http://schemas.google.com/blogger/2008/kind#";

/// Whether readers could see it: by RFC 5023, section 13.1.1, also in the form that it had
/// before, and by what Blogger's present export says. Prefixes are for each feed to choose.
pub(crate) fn standing(element: &Element<'_>) -> Standing {
    let is = |element: &&Element<'_>, name: &str| element.name.rsplit(':').next() == Some(name);
    let controls = element.children.iter().filter(|child| is(child, "control"));
    let mut drafts = controls
        .flat_map(|control| &control.children)
        .filter(|child| is(child, "draft"));
    if drafts.any(|draft| !draft.text.trim().eq_ignore_ascii_case("no")) {
        return Standing::Hidden("draft".to_owned());
    }
    match element.value("blogger:status") {
        "" | "LIVE" => Standing::Out,
        "SCHEDULED" => Standing::Scheduled,
        other => Standing::Hidden(other.to_ascii_lowercase()),
    }
}

/// What it is; where nothing says so, a story.
pub(crate) fn kind(element: &Element<'_>) -> Kind {
    let kinds = element
        .all("category")
        .filter(|category| says_kind(category));
    let kinds = kinds.map(|category| {
        let term = category.attribute("term").unwrap_or("unnamed");
        term.rsplit('#').next().unwrap_or(term)
    });
    let own = Some(element.value("blogger:type")).filter(|kind| !kind.is_empty());
    let mut others = kinds
        .chain(own)
        .filter(|kind| !kind.eq_ignore_ascii_case("post"));
    let other = others.next();
    other.map_or(Kind::Story, |kind| Kind::Other(kind.to_ascii_lowercase()))
}

/// Whether a category says what an entry is, and not what it is about.
pub(crate) fn says_kind(category: &Element<'_>) -> bool {
    let begins = |name, with| {
        category
            .attribute(name)
            .is_some_and(|said| said.starts_with(with))
    };
    begins("scheme", SCHEME) || begins("term", BLOGGER)
}
