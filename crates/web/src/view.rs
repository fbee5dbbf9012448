//! What all pages have: their frame, where a reader wanted to go, and a page that
//! only says something. What each shows besides is its room's.

use serde::Serialize;

use crate::wanted::Wanted;

/// What every page knows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame<'a, P> {
    /// The name of the publication.
    pub(crate) publication: &'a str,
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

pages! { Notice => "account/notice.html" }

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
        let place = wanted.as_str();
        let mut query = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
        Self {
            query: query.append_pair("to", place).finish(),
            place: place.to_owned(),
        }
    }
}

/// Something that is said, and one way on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Notice {
    /// The key of the title.
    pub(crate) title: &'static str,
    /// The key of the text.
    pub(crate) text: &'static str,
    /// How many minutes to wait, where the text says so.
    pub(crate) minutes: i64,
    /// Where to go on, below the prefix, and the key of what that is called.
    pub(crate) next: Option<(&'static str, &'static str)>,
}
