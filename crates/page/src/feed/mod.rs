//! Feeds, cut to excerpts: everybody gets the headline, the link and the first
//! words of each entry, and nobody the text.
//!
//! A feed is the same for everybody and shared by machines that know no reader,
//! so nothing is decided here. What an entry says in its own element for the
//! whole text is left out; everything else in it is shortened to a few words, and
//! all of it together to no more than an excerpt, beside names and dates. What can't be read with certainty is refused.

mod budget;
mod entries;
mod json;
mod maps;
mod text;
mod xml;

use thiserror::Error;

/// The most words of any one thing that an entry says, unless configured.
pub const EXCERPT: u32 = 60;

/// The most words that data may say and be called terse: two stories have more.
const MOST_TERSE: u32 = 1000;

/// The most bytes of a feed that are read.
const MOST: usize = 16 << 20;

/// What a document of a machine's turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feed {
    /// A feed, cut: UTF-8, whatever it came as.
    Cut(String),
    /// A map of the site, a list of feeds, a style for them, in which no more is said
    /// than that takes.
    Harmless,
    /// Something else.
    Unknown,
}

/// Why a feed can't be cut.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FeedError {
    /// Larger than is read.
    #[error("the feed has {0} bytes, which is too many: let it have fewer entries")]
    TooLarge(usize),
    /// In an encoding that nobody knows.
    #[error("the feed's encoding \"{0}\" is unknown: send it as UTF-8")]
    UnknownCharset(String),
    /// Not what it says it is.
    #[error("the feed can't be read: {0}")]
    Malformed(String),
    /// It brings entities of its own, behind which anything may hide.
    #[error("the feed declares entities of its own: leave its DOCTYPE out")]
    Doctype,
}

/// Cuts a feed in XML (RSS, RDF, Atom) so that nothing an entry says is longer
/// than `words`, nor all of it together, beside what is shorter than a quarter. `charset` is what the response's `Content-Type` says.
///
/// # Errors
///
/// Where it can't be read; then it must not be served.
pub fn cut_xml(xml: &[u8], charset: Option<&str>, words: u32) -> Result<Feed, FeedError> {
    check_size(xml)?;
    let text = text::decoded(xml, charset)?;
    xml::cut(&text, words)
}

/// Cuts a feed in JSON (JSON Feed 1.1) likewise.
///
/// # Errors
///
/// Where it can't be read; then it must not be served.
pub fn cut_json(json: &[u8], words: u32) -> Result<Feed, FeedError> {
    check_size(json)?;
    json::cut(json, words)
}

/// Whether `data` is JSON, or the number or word that some programs answer
/// with, in which no more than `words` are said and no one thing is longer than
/// an excerpt.
pub fn is_terse(data: &[u8], words: u32) -> bool {
    json::is_terse(data, words.min(MOST_TERSE))
}

/// Whether `data` is JSON.
pub fn is_json(data: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(data).is_ok()
}

/// Whether more than `words` are said in `text`, read as a person would: without
/// tags, and what stands for a character for that character.
pub fn says_more(text: &str, words: u32) -> bool {
    text::is_long(text, words)
}

fn check_size(feed: &[u8]) -> Result<(), FeedError> {
    if feed.len() > MOST {
        return Err(FeedError::TooLarge(feed.len()));
    }
    Ok(())
}
