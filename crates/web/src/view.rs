//! What all pages have: their frame, where a reader wanted to go, and a page that
//! only says something. What each shows besides is its room's.

use serde::Serialize;

use crate::wanted::Wanted;

/// What every page knows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame<'a, P> {
    /// The name of the publication.
    pub(crate) publication: &'a str,
    /// The language of that (BCP 47), where it is known.
    pub(crate) language: Option<&'a str>,
    /// Below what our pages are: `/-/`.
    pub(crate) prefix: &'a str,
    /// The style sheet's address.
    pub(crate) style: &'a str,
    /// The address of one with the publication's colours and letters.
    pub(crate) looks: Option<&'a str>,
    /// What makes a form ours.
    pub(crate) token: &'a str,
    /// The page's own.
    pub(crate) page: &'a P,
}

/// A page: which template it is and what that is given.
pub(crate) trait Page: Serialize {
    /// The template.
    const TEMPLATE: &'static str;
}

macro_rules! pages {
    ($($name:ident => $template:literal),* $(,)?) => {$(
        impl $crate::view::Page for $name {
            const TEMPLATE: &'static str = $template;
        }
    )*};
}
pub(crate) use pages;

impl Page for Notice<'_> {
    const TEMPLATE: &'static str = "account/notice.html";
}

/// Where a reader wanted to go.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct To {
    /// The place, for a form.
    pub(crate) place: String,
    /// The query of a link that passes it on: `?to=%2Fstories%2Fa`.
    pub(crate) query: String,
}

impl From<Wanted> for To {
    fn from(wanted: Wanted) -> Self {
        Self {
            query: Wanted::query(Some(&wanted)),
            place: wanted.as_str().to_owned(),
        }
    }
}

/// Something that is said, and one way on.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Notice<'a> {
    /// The key of the title.
    pub(crate) title: &'static str,
    /// The key of the text.
    pub(crate) text: &'static str,
    /// How many minutes to wait, where the text says so.
    pub(crate) minutes: i64,
    /// Where to go on, below the prefix, and the key of what that is called.
    pub(crate) next: Option<(&'a str, &'static str)>,
}

impl Notice<'_> {
    /// The same, with its way on leading there.
    pub(crate) fn leading_to(self, place: &str) -> Notice<'_> {
        Notice {
            title: self.title,
            text: self.text,
            minutes: self.minutes,
            next: self.next.map(|(_, called)| (place, called)),
        }
    }
}
