//! A tree of HTML becomes blocks.
//!
//! What Markdown can't say becomes a link or goes, and is remarked. Pictures are taken
//! out of what they are in and put after it, since a picture stands in a paragraph of
//! its own. What a link or a picture's address means is for the [`Places`] to say.

use super::block::{Block, Inline, Style, tidy, words};
use super::tree::{Element, Node, gather, is_block};
use super::{Places, cards, media, table};
use crate::remark::{Remark, Remarks};

/// Reads one text.
pub(crate) struct Reader<'a> {
    /// Whether empty lines part paragraphs, as in WordPress's older editor.
    pub(crate) is_classic: bool,
    /// The same of what stands outside of all elements only: among blocks, that is what
    /// the older editor wrote and the newer one left as it was.
    pub(super) is_classic_outside: bool,
    pub(crate) places: &'a mut dyn Places,
    pub(crate) remarks: &'a mut Remarks,
    /// Pictures found within a line, to come after it.
    pub(super) waiting: Vec<Block>,
}

impl<'a> Reader<'a> {
    /// One that has read nothing yet.
    pub(super) fn new(
        is_classic: bool,
        places: &'a mut dyn Places,
        remarks: &'a mut Remarks,
    ) -> Self {
        Self {
            is_classic,
            is_classic_outside: false,
            places,
            remarks,
            waiting: Vec::new(),
        }
    }

    /// The blocks of `nodes`.
    pub(crate) fn flow(&mut self, nodes: &[Node]) -> Vec<Block> {
        self.flow_but(nodes, "")
    }

    /// The same without the elements of one name.
    fn flow_but(&mut self, nodes: &[Node], left_out: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        let is_outside = std::mem::take(&mut self.is_classic_outside);
        let is_left_out =
            |node: &&Node| matches!(node, Node::Element(element) if *element.name == *left_out);
        for node in nodes.iter().filter(|node| !is_left_out(node)) {
            match node {
                Node::Text(text) if self.is_classic || is_outside => {
                    self.classic(text, &mut line, &mut blocks);
                }
                Node::Element(element) if stands_alone(element) => {
                    self.end_line(&mut line, &mut blocks);
                    self.block(element, &mut blocks);
                }
                Node::Comment(text) => {
                    // A marker parts what is before it from what is after.
                    if is_marker(text) {
                        self.end_line(&mut line, &mut blocks);
                    }
                    self.comment(text);
                }
                other => self.inline(std::slice::from_ref(other), &mut line),
            }
        }
        self.end_line(&mut line, &mut blocks);
        blocks
    }

    /// Text of which empty lines part paragraphs, and other line ends are breaks.
    fn classic(&mut self, text: &str, line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        let text = text.replace("\r\n", "\n");
        let mut is_first = true;
        for row in text.split('\n') {
            if !is_first {
                let ended = matches!(line.last(), Some(Inline::Break));
                if ended {
                    self.end_line(line, blocks);
                } else if !line.is_empty() {
                    line.push(Inline::Break);
                }
            }
            is_first = false;
            if !row.trim().is_empty() {
                line.push(Inline::Text(row.to_owned()));
            } else if !row.is_empty() && !matches!(line.last(), Some(Inline::Break) | None) {
                line.push(Inline::Text(" ".to_owned()));
            }
        }
    }

    /// Makes a paragraph of what has come together, with its pictures after it.
    fn end_line(&mut self, line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        let line = tidy(std::mem::take(line));
        if let [Inline::Text(text)] = &*line
            && self.is_classic
            && let Some(address) = media::lone_address(text)
        {
            // The older editor shows what is there.
            media::link(self, address, Some(address.to_owned()), blocks);
        } else if !words(&line).trim().is_empty() {
            blocks.push(Block::Paragraph(line));
        }
        blocks.append(&mut self.waiting);
    }

    pub(super) fn block(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        if cards::read(self, element, blocks) {
            return;
        }
        match &*element.name {
            "h1" | "h2" => self.heading(2, element, blocks),
            "h3" | "h4" | "h5" | "h6" => self.heading(3, element, blocks),
            "blockquote" => {
                let inner = self.flow(&element.children);
                contain(inner, blocks, Block::Quote);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(element, blocks),
            "dl" => self.definitions(element, blocks),
            "pre" | "xmp" => self.pre(element, blocks),
            "hr" => blocks.push(Block::Rule),
            "table" => table::read(self, element, blocks),
            "figure" => self.figure(element, blocks),
            "form" | "fieldset" | "select" | "dialog" => self.remarks.add(Remark::Form),
            "iframe" | "object" | "embed" | "video" | "audio" | "amp-youtube" => {
                media::read(self, element, blocks);
            }
            "svg" => self
                .remarks
                .add(Remark::LeftOut("a drawing within the text")),
            "canvas" | "math" => self.remarks.add(Remark::LeftOut("a formula or drawing")),
            "noscript" => self.noscript(element, blocks),
            "details" => {
                let summary = element.elements().find(|inner| &*inner.name == "summary");
                if let Some(summary) = summary {
                    let head = vec![Inline::Text(summary.text())];
                    let head = tidy(vec![Inline::Styled(Style::Strong, head)]);
                    if !head.is_empty() {
                        blocks.push(Block::Paragraph(head));
                    }
                }
                let rest: Vec<Block> = self.flow_but(&element.children, "summary");
                blocks.extend(rest);
            }
            _ => {
                let inner = self.flow(&element.children);
                blocks.extend(inner);
            }
        }
    }

    fn heading(&mut self, level: u8, element: &Element, blocks: &mut Vec<Block>) {
        let mut line = Vec::new();
        self.inline(&element.children, &mut line);
        let line = unbroken(tidy(super::block::plainer(line)));
        if !words(&line).trim().is_empty() {
            blocks.push(Block::Heading(level, line));
        }
        blocks.append(&mut self.waiting);
    }

    fn list(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let start = (&*element.name == "ol").then(|| {
            let start = element
                .attribute("start")
                .and_then(|number| number.parse().ok());
            // Markdown's numbers have at most nine digits.
            start.filter(|start| *start < 1_000_000_000).unwrap_or(1)
        });
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut lifted = Vec::new();
        let was_classic = std::mem::replace(&mut self.is_classic, false);
        for node in &element.children {
            let is_item = matches!(node, Node::Element(inner) if &*inner.name == "li");
            let mut inner = match node {
                Node::Element(inner) if is_item => {
                    self.is_classic = was_classic && has_empty_line(&inner.children);
                    let inner = self.flow(&inner.children);
                    self.is_classic = false;
                    inner
                }
                other => self.flow(std::slice::from_ref(other)),
            };
            lifted.extend(lift(&mut inner));
            if inner.is_empty() {
                continue;
            }
            match items.last_mut() {
                // A list in a list, beside the item that it belongs to.
                Some(item) if !is_item => item.extend(inner),
                _ => items.push(inner),
            }
        }
        self.is_classic = was_classic;
        if !items.is_empty() {
            blocks.push(Block::List(start, items));
        }
        blocks.extend(lifted);
    }

    /// Terms in bold, each with what is said of it.
    fn definitions(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        for inner in element.elements() {
            match &*inner.name {
                "dt" => {
                    let mut line = Vec::new();
                    self.inline(&inner.children, &mut line);
                    let line = super::block::plainer(line);
                    let mut line = vec![Inline::Styled(Style::Strong, line)];
                    self.end_line(&mut line, blocks);
                }
                "div" => self.definitions(inner, blocks),
                _ => {
                    let inner = self.flow(&inner.children);
                    blocks.extend(inner);
                }
            }
        }
    }

    /// Text whose line ends and blanks count. A verse is lines, the rest is code.
    fn pre(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        if element.has_class("wp-block-verse") {
            let text = element.text();
            let mut line = Vec::new();
            for row in text.lines() {
                if row.trim().is_empty() {
                    self.end_line(&mut line, blocks);
                } else {
                    if !line.is_empty() {
                        line.push(Inline::Break);
                    }
                    line.push(Inline::Text(row.to_owned()));
                }
            }
            return self.end_line(&mut line, blocks);
        }
        let mut text = String::new();
        verbatim(&element.children, &mut text);
        let code = element.find(&["code"]);
        let class = code
            .and_then(|code| code.attribute("class"))
            .unwrap_or_default();
        let language = class
            .split_ascii_whitespace()
            .find_map(|word| word.strip_prefix("language-"));
        let language: String = language
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let text = text.trim_matches('\n').to_owned();
        if !text.trim().is_empty() {
            blocks.push(Block::Code(language, text));
        }
    }

    /// A figure holds a picture, a table, a quotation or something embedded, and what
    /// is said under it.
    fn figure(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let caption = element
            .elements()
            .find(|inner| &*inner.name == "figcaption");
        let said = caption
            .map(|caption| self.caption(caption))
            .unwrap_or_default();
        let mut inner = self.flow_but(&element.children, "figcaption");
        let pictures = inner.iter_mut().filter_map(|block| match block {
            Block::Picture(picture) => Some(picture),
            _ => None,
        });
        // Of several, as in a gallery, it is said under the last.
        let last = pictures.last();
        match last {
            Some(picture) if !said.is_empty() => {
                if picture.caption.is_empty() {
                    picture.caption = said;
                } else {
                    blocks.append(&mut inner);
                    blocks.push(Block::Paragraph(vec![Inline::Text(said)]));
                }
            }
            None if !said.is_empty() => {
                let line = vec![Inline::Styled(Style::Emphasis, vec![Inline::Text(said)])];
                inner.push(Block::Paragraph(line));
            }
            _ => {}
        }
        blocks.append(&mut inner);
    }

    /// A caption as plain text.
    pub(super) fn caption(&mut self, caption: &Element) -> String {
        if caption.find(&["a"]).is_some() {
            self.remarks.add(Remark::CaptionPlain);
        }
        let text = caption.text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Lazy pictures are there once more for browsers without script.
    fn noscript(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let only_pictures = element.text().trim().is_empty();
        let before = blocks.iter().rev().find_map(|block| match block {
            Block::Picture(picture) => Some(picture.file.clone()),
            _ => None,
        });
        if !only_pictures {
            return self.remarks.add(Remark::NoScript);
        }
        for block in self.flow(&element.children) {
            match block {
                Block::Picture(picture) if Some(&picture.file) == before.as_ref() => {}
                other => blocks.push(other),
            }
        }
    }

    /// What a comment of an editor's says.
    pub(super) fn comment(&mut self, text: &str) {
        if let Some(name) = block_without_text(text) {
            self.remarks.add(Remark::Block(name.to_owned()));
        }
    }
}

/// Whether an element begins a block, also one that is within a line by its name and
/// holds blocks.
fn stands_alone(element: &Element) -> bool {
    match &*element.name {
        "noscript" | "svg" | "math" | "select" => true,
        // Text around a whole block is the block.
        "span" | "a" | "font" | "b" | "strong" | "em" | "i" | "ins" | "big" | "small" | "u" => {
            element.elements().any(|inner| is_block(&inner.name)) && &*element.name != "a"
        }
        name => is_block(name) || is_media(name),
    }
}

pub(super) fn is_media(name: &str) -> bool {
    matches!(
        name,
        "iframe" | "object" | "embed" | "video" | "audio" | "amp-youtube" | "canvas"
    )
}

/// Takes the pictures out of blocks, lists and quotations in them too.
fn lift(blocks: &mut Vec<Block>) -> Vec<Block> {
    let mut lifted = Vec::new();
    for block in blocks.iter_mut() {
        match block {
            Block::Quote(inner) => lifted.extend(lift(inner)),
            Block::List(_, items) => lifted.extend(items.iter_mut().flat_map(lift)),
            _ => {}
        }
    }
    let (pictures, rest) = std::mem::take(blocks)
        .into_iter()
        .partition::<Vec<_>, _>(|block| matches!(block, Block::Picture(_)));
    *blocks = rest;
    lifted.extend(pictures);
    lifted
}

/// Breaks as blanks, for what fits one line only.
pub(super) fn unbroken(line: Vec<Inline>) -> Vec<Inline> {
    let whole = line.into_iter().map(|piece| match piece {
        Inline::Break => Inline::Text(" ".to_owned()),
        Inline::Styled(style, inner) => Inline::Styled(style, unbroken(inner)),
        Inline::Link(to, inner) => Inline::Link(to, unbroken(inner)),
        other => other,
    });
    tidy(whole.collect())
}

fn verbatim(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(&words.replace("\r\n", "\n")),
            Node::Element(element) if &*element.name == "br" => text.push('\n'),
            Node::Element(element) => verbatim(&element.children, text),
            Node::Comment(_) => {}
        }
    }
}

fn has_empty_line(nodes: &[Node]) -> bool {
    let mut text = String::new();
    gather(nodes, &mut text);
    text.replace('\r', "").contains("\n\n")
}

/// Whether a comment is a marker of an editor's, such as the one after the beginning.
fn is_marker(text: &str) -> bool {
    let text = text.trim_start();
    [
        "more",
        "nextpage",
        "noteaser",
        "wp:",
        "/wp:",
        "kg-",
        "members-only",
    ]
    .into_iter()
    .any(|marker| text.starts_with(marker))
}

/// The name of a block of WordPress's that is nothing but its comment.
fn block_without_text(text: &str) -> Option<&str> {
    let rest = text.trim().strip_prefix("wp:")?.strip_suffix('/')?;
    let name = rest.split_whitespace().next()?;
    // These say nothing to readers.
    let silent = [
        "spacer",
        "separator",
        "more",
        "nextpage",
        "post-featured-image",
    ];
    (!silent.contains(&name)).then_some(name)
}

/// Puts blocks into one that holds them, and pictures in them after it.
fn contain(mut inner: Vec<Block>, blocks: &mut Vec<Block>, made: impl FnOnce(Vec<Block>) -> Block) {
    let lifted = lift(&mut inner);
    if !inner.is_empty() {
        blocks.push(made(inner));
    }
    blocks.extend(lifted);
}
