//! Why a page can't be taken apart.

use thiserror::Error;

use crate::html::tree::{MAX_DEPTH, Unreadable};

/// A page that can't be cut safely. It must not be served: the last good
/// version, or an error of our own, takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompileError {
    /// Larger than the limit.
    #[error(
        "the page has {len} bytes and at most {limit} are read: move pictures, scripts and styles \
         out of it into files of their own, or divide it into several pages"
    )]
    TooLarge {
        /// Its length in bytes.
        len: usize,
        /// The limit.
        limit: usize,
    },
    /// In an encoding that no browser knows.
    #[error("the encoding `{label}` is unknown: send the page as UTF-8")]
    UnknownCharset {
        /// What the response or the page calls it.
        label: String,
    },
    /// The body's selector found an element that can't hold a prompt.
    #[error("the body is in `{element}`, which can't hold the wall: select the element around it")]
    BodyElement {
        /// The element's name.
        element: String,
    },
    /// The only body is shown to readers without scripts alone.
    #[error("the body is inside of `noscript`, where it can't be cut: move it out")]
    BodyInNoscript,
    /// Markers of the locked part that make no sense.
    #[error(
        "`{text}` marks nothing: write <!-- ludgate:locked --> and then <!-- /ludgate:locked -->"
    )]
    Marker {
        /// What was found.
        text: String,
    },
    /// Too many elements inside of one another.
    #[error("elements are nested more than {MAX_DEPTH} deep: close the ones left open")]
    TooDeep,
    /// Markup that browsers understand differently.
    #[error(
        "frames, or raw text or `keygen` inside of `select`: browsers disagree about it, so remove it"
    )]
    Ambiguous,
}

impl From<Unreadable> for CompileError {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::TooDeep => Self::TooDeep,
            Unreadable::Ambiguous => Self::Ambiguous,
        }
    }
}
