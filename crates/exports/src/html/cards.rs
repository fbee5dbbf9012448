//! What editors put together out of several elements: WordPress's blocks and Ghost's
//! cards that are more than their paragraphs.

use super::block::{Block, Inline, Style};
use super::media;
use super::read::Reader;
use super::tree::Element;
use crate::remark::Remark;

/// Cards that ask readers of the old site for something; they say nothing here.
const ASKING: [&str; 8] = [
    "kg-signup-card",
    "kg-email-card",
    "kg-email-cta-card",
    "kg-cta-card",
    "sharedaddy",
    "jp-relatedposts",
    "wp-block-jetpack-subscriptions",
    "wp-block-search",
];

/// Cards that are all about one address.
const EMBEDDING: [&str; 6] = [
    "wp-block-embed",
    "wp-block-video",
    "wp-block-audio",
    "kg-embed-card",
    "kg-audio-card",
    "kg-video-card",
];

/// Reads an element that is such a card; `false` where it is none.
pub(super) fn read(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) -> bool {
    let is = |word: &&&str| element.has_class(word);
    if is_hidden(element) {
        if !element.text().trim().is_empty() {
            reader.remarks.add(Remark::LeftOut("text that was hidden"));
        }
    } else if ASKING.iter().any(|word| is(&word)) {
        reader
            .remarks
            .add(Remark::LeftOut("a box that asks for something"));
    } else if EMBEDDING.iter().any(|word| is(&word)) {
        embedded(reader, element, blocks);
    } else if element.has_class("kg-bookmark-card") {
        bookmark(reader, element, "kg-bookmark-title", blocks);
    } else if element.has_class("kg-file-card") {
        bookmark(reader, element, "kg-file-card-title", blocks);
    } else if element.has_class("wp-block-file") {
        file(reader, element, blocks);
    } else if element.has_class("kg-toggle-card") {
        toggle(reader, element, blocks);
    } else if element.has_class("kg-callout-card") {
        let text = with_class(element, "kg-callout-text").unwrap_or(element);
        let inner = reader.flow(&text.children);
        if !inner.is_empty() {
            blocks.push(Block::Quote(inner));
        }
    } else if element.has_class("wp-block-pullquote") {
        pulled(reader, element, blocks);
    } else {
        return false;
    }
    true
}

fn is_hidden(element: &Element) -> bool {
    let style = element
        .attribute("style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn embedded(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    let Some(address) = media::address_in(element) else {
        if !media::is_empty(&element.children) {
            reader
                .remarks
                .add(Remark::LeftOut("something embedded without an address"));
        }
        return;
    };
    let caption = element
        .elements()
        .find(|inner| &*inner.name == "figcaption");
    let said = caption.map(|caption| reader.caption(caption));
    media::link(reader, &address, said, blocks);
}

/// A box that leads somewhere: its title becomes the link.
fn bookmark(reader: &mut Reader<'_>, element: &Element, title: &str, blocks: &mut Vec<Block>) {
    let title = with_class(element, title).map(Element::text);
    match media::address_in(element) {
        Some(address) => media::link(reader, &address, title, blocks),
        None => reader
            .remarks
            .add(Remark::LeftOut("a box that leads nowhere")),
    }
}

/// A file with its name; the button beside it leads to the same.
fn file(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    let named = element.find(&["a"]).map(Element::text);
    match media::address_in(element) {
        Some(address) => media::link(reader, &address, named, blocks),
        None => reader
            .remarks
            .add(Remark::LeftOut("a file without an address")),
    }
}

fn toggle(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    if let Some(head) = element.find(&["h4", "h3", "h2"]) {
        let words = head.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let line = vec![Inline::Styled(Style::Strong, vec![Inline::Text(words)])];
            blocks.push(Block::Paragraph(line));
        }
    }
    if let Some(content) = with_class(element, "kg-toggle-content") {
        let inner = reader.flow(&content.children);
        blocks.extend(inner);
    }
}

/// A pulled quotation and who said it.
fn pulled(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    let quote = element.find(&["blockquote"]).unwrap_or(element);
    let inner = reader.flow(&quote.children);
    if !inner.is_empty() {
        blocks.push(Block::Quote(inner));
    }
}

/// The first element in it of that class.
fn with_class<'a>(element: &'a Element, class: &str) -> Option<&'a Element> {
    element.elements().find_map(|inner| {
        if inner.has_class(class) {
            return Some(inner);
        }
        with_class(inner, class)
    })
}
