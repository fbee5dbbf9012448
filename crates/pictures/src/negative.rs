//! What prints are made of, and which are made of it.

use std::fmt;
use std::io;
use std::sync::Arc;

use bytes::Bytes;

use crate::base::Base;
use crate::drawing;
use crate::fingerprint::Fingerprint;
use crate::head::Head;
use crate::print::Form;
use crate::refusal::Failure;
use crate::sizes::{SHARED, nearest, widths};

/// Reads an original. It may take as long as a disk takes.
pub type Reading = Arc<dyn Fn() -> io::Result<Bytes> + Send + Sync>;

/// What an original consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Pixels, of which prints in every width are made.
    Pixels {
        /// As it is seen, in pixels.
        width: u32,
        /// Whether nothing shines through it; else the form without WebP is PNG.
        is_opaque: bool,
    },
    /// Lines: a drawing, which browsers show as it is in every size. One print is
    /// made of it, for networks.
    Drawing,
}

/// An original, which is read when it is needed and not before.
#[derive(Clone)]
pub struct Negative {
    /// What people call it, to be told about it.
    pub name: Arc<str>,
    /// Of the file.
    pub fingerprint: Fingerprint,
    /// What it consists of.
    pub matter: Matter,
    /// Where the file is.
    pub read: Reading,
}

impl Matter {
    /// How it is written for whom WebP is nothing.
    pub fn fallback(self) -> Form {
        match self {
            Self::Pixels {
                is_opaque: true, ..
            } => Form::Jpeg,
            Self::Pixels { .. } | Self::Drawing => Form::Png,
        }
    }

    /// The print that networks show of a shared story: its width and its form.
    pub fn shared(self) -> (u32, Form) {
        match self {
            Self::Pixels { width, .. } => (nearest(width, SHARED), self.fallback()),
            Self::Drawing => (SHARED, self.fallback()),
        }
    }

    /// Whether that print is made of it.
    pub fn offers(self, width: u32, form: Form) -> bool {
        match self {
            Self::Pixels {
                width: original, ..
            } => {
                let is_known = form == Form::Webp || form == self.fallback();
                is_known && widths(original).contains(&width)
            }
            Self::Drawing => (width, form) == self.shared(),
        }
    }

    /// What is asked for sooner or later: every width for browsers, and one for
    /// who shares the story.
    pub(crate) fn usual(self) -> Vec<(u32, Form)> {
        let widths = match self {
            Self::Pixels { width, .. } => widths(width),
            Self::Drawing => Vec::new(),
        };
        let webp = widths.into_iter().map(|width| (width, Form::Webp));
        webp.chain([self.shared()]).collect()
    }
}

impl Negative {
    /// The original, decoded, if it is still the one that it was. `turn` is what
    /// has to be waited for first, for so many pixels to be decoded.
    pub(crate) fn base<T>(&self, turn: impl FnOnce(u64) -> T) -> Result<Base, Failure> {
        let original = (self.read)()?;
        if Fingerprint::of(&original) != self.fingerprint {
            return Err(Failure::Replaced);
        }
        let base = match self.matter {
            Matter::Drawing => drawing::rendered(&original),
            Matter::Pixels { .. } => Head::read(&original).and_then(|head| {
                let _turn = turn(u64::from(head.width) * u64::from(head.height));
                Base::of(&original)
            }),
        };
        base.map_err(Failure::from)
    }
}

impl fmt::Debug for Negative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Negative")
            .field("name", &self.name)
            .field("fingerprint", &self.fingerprint)
            .field("matter", &self.matter)
            .finish_non_exhaustive()
    }
}

/// A print that somebody wants.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of what.
    pub negative: Negative,
    /// In pixels.
    pub width: u32,
    /// How it is written.
    pub form: Form,
}

impl Order {
    /// Makes the print, here and now: it takes tenths of a second. A darkroom does
    /// so on threads of its own, and keeps what it has made.
    pub fn make(&self) -> Result<Bytes, Failure> {
        if !self.negative.matter.offers(self.width, self.form) {
            return Err(Failure::NotOffered);
        }
        let base = self.negative.base(|_| ())?;
        Ok(base.print(self.width, self.form)?.into())
    }

    pub(crate) fn key(&self) -> Key {
        Key {
            fingerprint: self.negative.fingerprint,
            width: self.width,
            form: self.form,
        }
    }
}

/// Which print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) width: u32,
    pub(crate) form: Form,
}

impl Key {
    /// The name of its file.
    pub(crate) fn name(&self) -> String {
        let extension = self.form.kind().extension();
        format!("{}.{}.{extension}", self.fingerprint, self.width)
    }

    /// The key that a file of that name is kept under.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let key = Self {
            fingerprint: parts.next()?.parse().ok()?,
            width: parts.next()?.parse().ok()?,
            form: Form::of(parts.next()?)?,
        };
        (key.name() == name).then_some(key)
    }
}
