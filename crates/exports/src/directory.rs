//! What the entries of an export refer to: authors, categories, attachments.
//!
//! It is gathered in a first pass, since an export may name them after they are used.
//! All of it is in memory, within a bound.

use std::collections::HashMap;

use crate::entry::{Lead, Term};
use crate::error::Error;

/// How many bytes of names, addresses and captions are kept: three hundred thousand
/// attachments with a hundred bytes each.
const MAX_BYTES: usize = 40 * 1024 * 1024;

/// What every kept name costs beside its bytes.
const EACH: usize = 48;

/// The site that was exported.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// What it is called.
    pub(crate) name: String,
    /// Where it is, without a final slash; empty where the export doesn't say.
    pub(crate) address: String,
    /// Its language as a tag; empty likewise.
    pub(crate) language: String,
    /// Who has written whatever doesn't say who has; empty likewise.
    pub(crate) author: String,
}

/// A category of WordPress's.
#[derive(Clone, Debug)]
pub(crate) struct Category {
    pub(crate) name: String,
    /// The one that it is in; may be empty.
    pub(crate) parent: String,
    /// Its number.
    pub(crate) number: String,
}

/// A tag of Ghost's.
#[derive(Clone, Debug)]
pub(crate) struct GhostTag {
    pub(crate) term: Term,
    pub(crate) is_internal: bool,
}

/// What Ghost keeps beside a post.
#[derive(Clone, Debug, Default)]
pub(crate) struct GhostMeta {
    /// What its picture shows, and the line under that.
    pub(crate) alt: Option<String>,
    pub(crate) caption: Option<String>,
    /// What search engines and networks are told of it, whoever may read it.
    pub(crate) description: Option<String>,
}

/// What entries refer to.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// The site itself.
    pub(crate) site: Site,
    /// What authors are called, by what they log in with or by their number.
    pub(crate) authors: HashMap<String, String>,
    /// Categories by their names in addresses.
    pub(crate) categories: HashMap<String, Category>,
    pub(crate) attachments: HashMap<String, Lead>,
    pub(crate) tags: HashMap<String, GhostTag>,
    /// The tags and authors of a post in their order, and what is kept beside it.
    pub(crate) post_tags: HashMap<String, Vec<(i64, String)>>,
    pub(crate) post_authors: HashMap<String, Vec<(i64, String)>>,
    pub(crate) post_meta: HashMap<String, GhostMeta>,
    bytes: usize,
}

impl Directory {
    /// Makes room for some text.
    pub(crate) fn charge(&mut self, texts: &[&str]) -> Result<(), Error> {
        self.bytes += EACH + texts.iter().map(|text| text.len()).sum::<usize>();
        if self.bytes > MAX_BYTES {
            return Err(Error::TooMany(
                "40 MB of names of authors, categories and pictures",
            ));
        }
        Ok(())
    }

    /// The address of an attachment, by its number.
    pub(crate) fn attachment(&self, id: &str) -> Option<&Lead> {
        self.attachments.get(id)
    }

    /// A category and those that it is in, from the inside out.
    pub(crate) fn line_of<'a>(&'a self, slug: &'a str) -> impl Iterator<Item = Term> + 'a {
        /// How deep categories are in each other; a ring of them ends here.
        const MAX_DEPTH: usize = 8;
        let mut next = slug;
        std::iter::from_fn(move || {
            let found = self.categories.get(next)?;
            let term = Term {
                name: found.name.clone(),
                slug: next.to_owned(),
            };
            next = &found.parent;
            Some(term)
        })
        .take(MAX_DEPTH)
    }
}
