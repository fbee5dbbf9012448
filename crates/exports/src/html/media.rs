//! What is embedded becomes a link to where it is.

use super::block::{Block, Inline};
use super::read::Reader;
use super::tree::{Element, Node, elements, gather};
use super::{Way, address};
use crate::remark::Remark;

/// Adds a paragraph with a link to what a frame or player shows.
pub(super) fn read(reader: &mut Reader<'_>, element: &Element, blocks: &mut Vec<Block>) {
    let names = ["src", "data-src", "data", "data-lazy-src", "data-videoid"];
    let own = names.into_iter().find_map(|name| element.attribute(name));
    let inner = element.elements().find_map(|inner| {
        let is_source = matches!(&*inner.name, "source" | "embed" | "iframe");
        inner.attribute("src").filter(|_| is_source)
    });
    let Some(found) = own.or(inner).filter(|found| *found != "about:blank") else {
        reader
            .remarks
            .add(Remark::LeftOut("something embedded without an address"));
        return;
    };
    let found = if &*element.name == "amp-youtube" {
        format!("https://www.youtube.com/watch?v={found}")
    } else {
        found.to_owned()
    };
    let title = element.attribute("title").map(str::to_owned);
    link(reader, &found, title, blocks);
}

/// Adds a paragraph with a link, and says so.
pub(super) fn link(
    reader: &mut Reader<'_>,
    found: &str,
    named: Option<String>,
    blocks: &mut Vec<Block>,
) {
    match reader.places.way(found) {
        Way::To(to) | Way::Old(to) => {
            reader.remarks.add(Remark::Embedded(to.clone()));
            let named = named.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
            let named = named.filter(|name| !name.is_empty());
            let words = named.unwrap_or_else(|| address::shown(&to));
            blocks.push(Block::Paragraph(vec![Inline::Link(
                to,
                vec![Inline::Text(words)],
            )]));
        }
        Way::Within => reader.remarks.add(Remark::LeftOut("something embedded")),
        Way::Nowhere(remark) => reader.remarks.add(remark),
    }
}

/// The address that a block is all about: a frame, a link, or text that is one. What is
/// said under it may have links of its own, which are asked last.
pub(super) fn address_in(element: &Element) -> Option<String> {
    let is_caption =
        |node: &&Node| matches!(node, Node::Element(inner) if &*inner.name == "figcaption");
    let (captions, own): (Vec<&Node>, Vec<&Node>) = element.children.iter().partition(is_caption);
    address_among(&own).or_else(|| address_among(&captions))
}

fn address_among(nodes: &[&Node]) -> Option<String> {
    for name in ["iframe", "video", "audio", "a"] {
        let found = nodes.iter().find_map(|node| match node {
            Node::Element(own) if *own.name == *name => Some(own),
            Node::Element(own) => own.find(&[name]),
            _ => None,
        });
        if let Some(inner) = found {
            let own = ["src", "data-src", "href"]
                .into_iter()
                .find_map(|key| inner.attribute(key));
            let source = elements(&inner.children).find_map(|source| source.attribute("src"));
            if let Some(found) = own.or(source) {
                return Some(found.to_owned());
            }
        }
    }
    let mut text = String::new();
    for node in nodes {
        gather(std::slice::from_ref(*node), &mut text);
    }
    lone_address(&text).map(str::to_owned)
}

/// The address that a text consists of, if it is one.
pub(super) fn lone_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    (is_address && !text.contains(char::is_whitespace)).then_some(text)
}

/// Whether nothing but blanks is in it.
pub(super) fn is_empty(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Comment(_) => true,
        Node::Element(_) => false,
    })
}
