//! Drawings (SVG) as pixels, for who can't show drawings: the networks where
//! stories are shared. Browsers get the drawing itself.
//!
//! What would look otherwise than in a browser is refused: letters, whose fonts
//! are the reader's, and style sheets and pictures inside, which aren't looked
//! at here. So is what would take for ever, or reach for files.

use std::collections::HashMap;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node, NodeId, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::base::Base;
use crate::refusal::Refusal;
use crate::sizes::SHARED;

/// Elements, attributes and stretches of text of one drawing: ten times what a
/// detailed one has.
const MAX_NODES: u32 = 100_000;

/// Elements inside each other. A drawing program's layers and groups are a dozen.
const MAX_DEPTH: usize = 64;

/// Elements to be drawn once all that refer to others have been replaced by those:
/// each takes a microsecond or some hundred, so that this is a second or ten.
const MAX_DRAWN: u64 = 200_000;

/// In pixels: three times as high as wide. What is higher, networks cut anyway.
const MAX_HEIGHT: u32 = 3 * SHARED;

/// Elements that look otherwise elsewhere, or bring what isn't looked at here.
const ELSEWHERE: [(&str, &str); 5] = [
    ("text", "it has letters in it; turn them into paths"),
    (
        "style",
        "it has a style sheet in it; write its styles as attributes",
    ),
    ("image", "it has a picture in it"),
    ("foreignObject", "it has a page in it"),
    ("filter", "it has a filter in it"),
];

/// Whether a drawing can be rendered, and looks as in a browser then.
pub fn renders(drawing: &[u8]) -> Result<(), Refusal> {
    sound(drawing).map(|_| ())
}

fn sound(drawing: &[u8]) -> Result<Document<'_>, Refusal> {
    let text = str::from_utf8(drawing).map_err(|_| refusal("it isn't UTF-8"))?;
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Refusal::Unrendered(error.to_string()))?;
    check(&document)?;
    Ok(document)
}

fn refusal(why: &str) -> Refusal {
    Refusal::Unrendered(why.to_owned())
}

/// The drawing, [`SHARED`] pixels wide, on white.
pub(crate) fn rendered(drawing: &[u8]) -> Result<Base, Refusal> {
    let document = sound(drawing)?;
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options)
        .map_err(|error| Refusal::Unrendered(error.to_string()))?;
    #[expect(clippy::cast_precision_loss, reason = "1200 is exact")]
    let scale = SHARED as f32 / tree.size().width();
    let height = tree.size().height() * scale;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is positive, and what is too high saturates and is refused"
    )]
    let height = height.ceil() as u32;
    if height > MAX_HEIGHT {
        return Err(refusal("it is more than three times as high as it is wide"));
    }
    let mut pixels = Pixmap::new(SHARED, height.max(1)).ok_or_else(|| refusal("it has no size"))?;
    pixels.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    let (width, height) = (pixels.width(), pixels.height());
    Base::rendered(width, height, pixels.take_demultiplied())
        .ok_or_else(|| refusal("it has no size"))
}

/// Whether it may be rendered: it would look as in a browser, and in time.
fn check(document: &Document<'_>) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(refusal(why));
    let elements = document.descendants().filter(Node::is_element);
    let mut by_id = HashMap::new();
    for element in elements {
        let name = element.tag_name().name();
        if let Some((_, why)) = ELSEWHERE.iter().find(|(own, _)| *own == name) {
            return refuse(why);
        }
        if element.ancestors().take(MAX_DEPTH + 1).count() > MAX_DEPTH {
            return refuse("its elements are nested too deeply");
        }
        if let Some(id) = element.attribute("id") {
            by_id.insert(id, element);
        }
    }
    let mut counting = Counting {
        by_id,
        known: HashMap::new(),
    };
    match counting.drawn(document.root_element()) {
        Some(drawn) if drawn <= MAX_DRAWN => Ok(()),
        Some(_) => refuse("its parts repeat each other too often"),
        None => refuse("a part of it is a part of itself"),
    }
}

/// Counts what is drawn in the end.
struct Counting<'a, 'i> {
    by_id: HashMap<&'a str, Node<'a, 'i>>,
    /// What is known of elements; `None` while they are being counted.
    known: HashMap<NodeId, Option<u64>>,
}

impl<'a, 'i> Counting<'a, 'i> {
    /// The elements that are drawn for one, itself included, at the most: what it
    /// refers to is drawn for each element inside it, as those may inherit it.
    /// `None` where it comes back to itself.
    fn drawn(&mut self, element: Node<'a, 'i>) -> Option<u64> {
        if let Some(known) = self.known.get(&element.id()) {
            return *known;
        }
        self.known.insert(element.id(), None);
        let mut drawn: u64 = 1;
        let mut within: u64 = 1;
        for child in element.children().filter(Node::is_element) {
            drawn = drawn.saturating_add(self.drawn(child)?);
            within += child.descendants().filter(Node::is_element).count() as u64;
        }
        for attribute in element.attributes() {
            for id in references(attribute.value()) {
                if let Some(target) = self.by_id.get(id).copied() {
                    let more = self.drawn(target)?.saturating_mul(within);
                    drawn = drawn.saturating_add(more);
                }
            }
        }
        self.known.insert(element.id(), Some(drawn));
        Some(drawn)
    }
}

/// The ids that a value may refer to: `#id` or `url(#id)`, anywhere in it.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split('#').skip(1).map(|rest| {
        let end = rest.find([')', '"', '\'', ' ', ';']).unwrap_or(rest.len());
        &rest[..end]
    })
}

#[cfg(test)]
mod tests;
