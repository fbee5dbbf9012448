//! The HTML of other systems becomes Markdown as the publication takes it.
//!
//! Whatever comes in, what goes out holds no HTML, no script and no address that runs
//! any: it is made of the few things of [`block`], and nothing is passed through. What
//! is lost on the way is said.

mod address;
mod block;
mod cards;
mod line;
mod media;
mod piece;
mod read;
mod shortcode;
mod table;
mod tree;
mod write;

pub(crate) use address::{Address, read as read_address};
pub(crate) use line::plain;

use crate::entry::Lead;
use crate::remark::{Remark, Remarks};

/// The longest text that is read, in bytes: four times what a file of the publication may
/// have, since markup is most of what page builders write.
pub(crate) const MAX_HTML: usize = 4 * 1024 * 1024;

/// Where a link leads from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// There, elsewhere or in this publication.
    To(String),
    /// To a page of the old site that isn't here; by its whole address.
    Old(String),
    /// To another place of the same page, which needs no link.
    Within,
    /// Nowhere that may be followed.
    Nowhere(Remark),
}

/// What addresses in a text come to. They are looked up while it is read.
pub(crate) trait Places {
    /// Where a link leads.
    fn way(&self, href: &str) -> Way;
    /// Whether an address is that of a picture.
    fn is_picture(&self, href: &str) -> bool;
    /// The name that the picture of that address has among the publication's pictures;
    /// what is said where there is none.
    fn picture(&mut self, src: &str) -> Result<String, Remark>;
    /// An attachment, by its number in the old site.
    fn attachment(&self, id: &str) -> Option<&Lead>;
}

/// Which dialect of HTML a text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Plain.
    Html,
    /// WordPress's: shortcodes mean something, and empty lines part paragraphs where
    /// there are no blocks.
    WordPress,
}

/// What a text became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    /// The Markdown; empty where there is nothing to say.
    pub(crate) markdown: String,
    /// Its beginning in plain words: the first paragraph.
    pub(crate) beginning: String,
}

/// Turns `html` into Markdown. A picture without words is described as `fallback`.
pub(crate) fn markdown(
    html: &str,
    dialect: Dialect,
    fallback: &str,
    lead: Option<&str>,
    places: &mut dyn Places,
    remarks: &mut Remarks,
) -> Text {
    let is_wordpress = dialect == Dialect::WordPress;
    let expanded = if is_wordpress {
        Some(shortcode::expand(html, places, remarks))
    } else {
        None
    };
    let html = expanded.as_deref().unwrap_or(html);
    let tree = tree::parse(html, remarks);
    let is_classic = is_wordpress && !html.contains("<!-- wp:");
    let mut reader = read::Reader::new(is_classic, places, remarks);
    reader.is_classic_outside = is_wordpress;
    let mut blocks = reader.flow(&tree);
    if let (Some(block::Block::Picture(picture)), Some(lead)) = (blocks.first(), lead)
        && picture.file == lead
    {
        // The picture over the text, once more as the text's first.
        blocks.remove(0);
    }
    for picture in blocks.iter_mut().filter_map(|block| match block {
        block::Block::Picture(picture) => Some(picture),
        _ => None,
    }) {
        if picture.alt.is_empty() {
            remarks.add(Remark::NoDescription(picture.file.clone()));
            let stem = picture.file.split('.').next().unwrap_or_default();
            let words = [picture.caption.as_str(), fallback, stem];
            let said = words.into_iter().find(|words| !words.is_empty());
            picture.alt = said.unwrap_or_default().to_owned();
        }
    }
    let beginning = blocks.iter().find_map(|block| match block {
        block::Block::Paragraph(line) => Some(block::words(line)),
        _ => None,
    });
    Text {
        markdown: write::markdown(blocks, remarks),
        beginning: beginning.unwrap_or_default(),
    }
}
