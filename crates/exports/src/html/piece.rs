//! What stands within a line of HTML: words, emphasis, links, pictures.

use super::Way;
use super::block::{Block, Inline, Picture, Style, words};
use super::read::{Reader, is_media};
use super::tree::{Element, Node, is_block};
use crate::remark::Remark;

impl Reader<'_> {
    /// Adds what stands within a line.
    pub(crate) fn inline(&mut self, nodes: &[Node], line: &mut Vec<Inline>) {
        for node in nodes {
            match node {
                Node::Text(text) => line.push(Inline::Text(text.clone())),
                Node::Comment(text) => self.comment(text),
                Node::Element(element) => self.piece(element, line),
            }
        }
    }

    fn styled(&mut self, style: Style, element: &Element, line: &mut Vec<Inline>) {
        let mut inner = Vec::new();
        self.inline(&element.children, &mut inner);
        line.push(Inline::Styled(style, inner));
    }

    fn piece(&mut self, element: &Element, line: &mut Vec<Inline>) {
        match &*element.name {
            "strong" | "b" => self.styled(Style::Strong, element, line),
            "em" | "i" | "cite" | "dfn" | "var" => self.styled(Style::Emphasis, element, line),
            "del" | "s" | "strike" => self.styled(Style::Struck, element, line),
            "code" | "kbd" | "samp" | "tt" => line.push(Inline::Code(element.text())),
            "br" => line.push(Inline::Break),
            "a" => self.link(element, line),
            "img" | "amp-img" => {
                if let Some(picture) = self.picture(element) {
                    self.waiting.push(Block::Picture(picture));
                }
            }
            "q" => {
                line.push(Inline::Text("“".to_owned()));
                self.inline(&element.children, line);
                line.push(Inline::Text("”".to_owned()));
            }
            "sup" | "sub" => line.extend(raised(element, self)),
            "rt" => {
                let text = element.text();
                line.push(Inline::Text(format!("（{}）", text.trim())));
            }
            "rp" | "wbr" | "link" | "meta" | "script" | "style" | "source" | "track" | "param"
            | "template" | "area" | "map" | "base" | "col" | "colgroup" | "title" => {}
            "input" | "button" | "textarea" | "select" | "option" | "label" => {
                self.remarks.add(Remark::Form);
            }
            name if is_block(name) || is_media(name) => {
                // A block within a line: its words stay in the line.
                line.push(Inline::Text(" ".to_owned()));
                let mut blocks = Vec::new();
                self.block(element, &mut blocks);
                for block in blocks {
                    self.put_in_line(block, line);
                }
                line.push(Inline::Text(" ".to_owned()));
            }
            _ => self.inline(&element.children, line),
        }
    }

    /// The words of a block for a line that it is in; pictures wait for its end.
    pub(super) fn put_in_line(&mut self, block: Block, line: &mut Vec<Inline>) {
        match block {
            Block::Paragraph(inner) | Block::Heading(_, inner) => line.extend(inner),
            Block::Picture(_) => self.waiting.push(block),
            Block::Quote(blocks) => self.put_each_in_line(blocks, line),
            Block::List(_, items) => {
                self.put_each_in_line(items.into_iter().flatten().collect(), line);
            }
            Block::Code(_, text) => line.push(Inline::Code(text)),
            Block::Table(rows) => {
                for cell in rows.into_iter().flatten() {
                    line.extend(cell);
                    line.push(Inline::Text(" ".to_owned()));
                }
            }
            Block::Rule => {}
        }
    }

    fn put_each_in_line(&mut self, blocks: Vec<Block>, line: &mut Vec<Inline>) {
        for block in blocks {
            self.put_in_line(block, line);
            line.push(Inline::Text(" ".to_owned()));
        }
    }

    fn link(&mut self, element: &Element, line: &mut Vec<Inline>) {
        let mut inner = Vec::new();
        let pictures_before = self.waiting.len();
        self.inline(&element.children, &mut inner);
        let href = element.attribute("href").unwrap_or_default();
        if words(&inner).trim().is_empty() {
            // A picture that leads to its own larger self says nothing by that.
            let shown = self.waiting.len() > pictures_before;
            if shown && !href.is_empty() && !self.places.is_picture(href) {
                self.remarks.add(Remark::PictureLink(href.to_owned()));
            }
            return line.extend(inner);
        }
        match self.places.way(href) {
            Way::To(to) => line.push(Inline::Link(to, without_links(inner))),
            Way::Old(to) => {
                self.remarks.add(Remark::OldLink(to.clone()));
                line.push(Inline::Link(to, without_links(inner)));
            }
            Way::Within => line.extend(inner),
            Way::Nowhere(remark) => {
                // An anchor without an address is a place to jump to.
                if !href.is_empty() {
                    self.remarks.add(remark);
                }
                line.extend(inner);
            }
        }
    }

    /// The picture that an `img` shows; `None` where it can't come, which is remarked.
    fn picture(&mut self, element: &Element) -> Option<Picture> {
        let lazy = [
            "data-orig-file",
            "data-src",
            "data-lazy-src",
            "data-original",
            "src",
        ];
        let address = lazy.into_iter().filter_map(|name| element.attribute(name));
        let address = address
            .into_iter()
            .find(|address| !address.starts_with("data:"));
        let Some(address) = address else {
            let data = element
                .attribute("src")
                .unwrap_or("an img without an address");
            self.remarks.add(Remark::UnsafeAddress(data.to_owned()));
            return None;
        };
        let side = |name| {
            element
                .attribute(name)
                .and_then(|side| side.parse::<u32>().ok())
        };
        let is_dot = |side: Option<u32>| side.is_some_and(|side| side <= 2);
        let style = element
            .attribute("style")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let hidden = style.contains("display:none") || style.contains("visibility:hidden");
        if is_dot(side("width")) && is_dot(side("height")) || hidden {
            self.remarks.add(Remark::Tracker(address.to_owned()));
            return None;
        }
        if element.has_class("wp-smiley") || element.has_class("emoji") {
            // The character that it stands for is its description.
            return None;
        }
        match self.places.picture(address) {
            Err(remark) => {
                self.remarks.add(remark);
                None
            }
            Ok(file) => {
                let alt = element.attribute("alt").unwrap_or_default();
                Some(Picture {
                    file,
                    alt: alt.split_whitespace().collect::<Vec<_>>().join(" "),
                    caption: String::new(),
                })
            }
        }
    }
}

fn without_links(line: Vec<Inline>) -> Vec<Inline> {
    line.into_iter()
        .flat_map(|piece| match piece {
            Inline::Link(_, inner) => without_links(inner),
            Inline::Styled(style, inner) => vec![Inline::Styled(style, without_links(inner))],
            other => vec![other],
        })
        .collect()
}

/// Raised and lowered figures have characters of their own; anything else stays as it
/// is, in brackets where it would run into a number.
fn raised(element: &Element, reader: &mut Reader<'_>) -> Vec<Inline> {
    let text = element.text();
    let up = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ";
    let down = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ";
    let marks = if &*element.name == "sup" { up } else { down };
    let turned: Option<String> = text
        .trim()
        .chars()
        .map(|c| {
            let place = "0123456789+-()n".find(c)?;
            marks.chars().nth(place)
        })
        .collect();
    match turned {
        Some(turned) if element.find(&["a"]).is_none() => vec![Inline::Text(turned)],
        Some(_) => {
            // A note's number that leads to the note.
            let mut inner = vec![Inline::Text("[".to_owned())];
            reader.inline(&element.children, &mut inner);
            inner.push(Inline::Text("]".to_owned()));
            inner
        }
        None => {
            let mut inner = Vec::new();
            reader.inline(&element.children, &mut inner);
            inner
        }
    }
}
