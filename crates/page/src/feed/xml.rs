//! Feeds in XML: RSS, RDF and Atom.

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use super::budget::{Budget, is_link};
use super::entries::{self, Entry};
use super::{Feed, FeedError, maps};

/// Documents that hold links and names only.
const HARMLESS: [&str; 4] = ["OpenSearchDescription", LIST, "stylesheet", "transform"];

/// Of those, the one that is a list of others.
const LIST: &str = "opml";

/// Maps of the site, and what their entries are called.
const MAPS: [(&str, &[&str]); 2] = [("sitemapindex", &["sitemap"]), ("urlset", &["url"])];

/// Documents that hold entries.
const FEEDS: [&str; 3] = ["RDF", "feed", "rss"];

/// What an entry is called.
const ENTRIES: [&str; 2] = ["entry", "item"];

/// What the whole text of an entry is called, whatever namespace it is in.
const WHOLE: [&str; 7] = [
    "articleBody",
    "body",
    "content",
    "encoded",
    "full-text",
    "fulltext",
    "transcript",
];

/// The deepest that elements may be nested.
const MAX_DEPTH: usize = 64;

/// Cuts the document, where it is a feed.
pub(super) fn cut(xml: &str, words: u32) -> Result<Feed, FeedError> {
    let mut cutting = Cutting {
        reader: Reader::from_str(xml),
        words,
        budget: Budget::new(words),
        entries: Vec::new().into_iter(),
        out: String::with_capacity(xml.len() / 2),
        open: Vec::new(),
        is_rooted: false,
        is_map: false,
        named: &ENTRIES,
    };
    cutting.reader.config_mut().expand_empty_elements = false;
    cutting.run(xml)
}

struct Cutting<'x> {
    reader: Reader<&'x [u8]>,
    /// The most words of one thing.
    words: u32,
    budget: Budget,
    /// What the entries to come say of themselves.
    entries: std::vec::IntoIter<Entry>,
    out: String,
    /// The names of the open elements.
    open: Vec<String>,
    is_rooted: bool,
    is_map: bool,
    /// What entries are called here.
    named: &'static [&'static str],
}

impl<'x> Cutting<'x> {
    fn next(&mut self) -> Result<Event<'x>, FeedError> {
        self.reader
            .read_event()
            .map_err(|error| malformed(error.to_string()))
    }

    fn run(mut self, xml: &str) -> Result<Feed, FeedError> {
        loop {
            match self.next()? {
                Event::Eof if self.open.is_empty() && self.is_rooted => {
                    // A map that says no more than maps do stays as it is.
                    let is_harmless = self.is_map && !self.budget.has_shortened();
                    return Ok(if is_harmless {
                        Feed::Harmless
                    } else {
                        Feed::Cut(self.out)
                    });
                }
                Event::Eof => return Err(malformed("it ends too early")),
                Event::Decl(_) => self
                    .out
                    .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
                Event::DocType(_) => return Err(FeedError::Doctype),
                // A style is looks; anything else is for a machine behind us.
                Event::PI(pi) if pi.target() == "xml-stylesheet" => {
                    self.out.push_str("<?");
                    self.out.push_str(&pi);
                    self.out.push_str("?>");
                }
                Event::Comment(text) if self.is_map => {
                    self.budget.say(&text);
                }
                Event::PI(text) if self.is_map => {
                    self.budget.say(&text);
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Start(tag) => {
                    if let Some(other) = self.root(&tag, xml)? {
                        return Ok(other);
                    }
                    self.start(&tag)?;
                }
                Event::Empty(tag) => {
                    if let Some(other) = self.root(&tag, xml)? {
                        return Ok(other);
                    }
                    if self.is_whole(&tag) {
                        self.budget.leave_out();
                    } else {
                        self.enter(&tag);
                        self.tag(&tag, "/>")?;
                        self.leave();
                    }
                }
                Event::End(tag) => {
                    self.open.pop();
                    self.leave();
                    self.out.push_str("</");
                    self.out.push_str(tag.name().as_ref());
                    self.out.push('>');
                }
                Event::Text(text) => self.say(&text.xml10_content()),
                Event::CData(data) => self.say(&data.xml10_content()),
                Event::GeneralRef(reference) => {
                    let char = character(&reference)?;
                    self.say(char.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// What the document is, where it is no feed.
    fn root(&mut self, tag: &BytesStart<'_>, xml: &str) -> Result<Option<Feed>, FeedError> {
        if self.is_rooted {
            return Ok(None);
        }
        self.is_rooted = true;
        let local = tag.local_name();
        let name = local.as_ref();
        if HARMLESS.contains(&name) {
            let is_harmless = maps::says_little(xml, name == LIST)?;
            return Ok(Some(if is_harmless {
                Feed::Harmless
            } else {
                Feed::Unknown
            }));
        }
        if let Some((_, entries)) = MAPS.iter().find(|(map, _)| *map == name) {
            self.is_map = true;
            self.named = entries;
            self.budget = Budget::of_a_map(self.words);
        } else if !FEEDS.contains(&name) {
            return Ok(Some(Feed::Unknown));
        }
        self.entries = entries::of(xml, self.named)?.into_iter();
        Ok(None)
    }

    /// Whether the element that opens is what an entry says directly.
    fn is_said_by_an_entry(&self) -> bool {
        self.open
            .last()
            .is_some_and(|name| self.named.contains(&name.as_str()))
    }

    fn is_in_an_entry(&self) -> bool {
        self.open
            .iter()
            .any(|name| self.named.contains(&name.as_str()))
    }

    /// Begins an entry, where the tag is one's.
    fn enter(&mut self, tag: &BytesStart<'_>) {
        if self.named.contains(&tag.local_name().as_ref()) && !self.is_in_an_entry() {
            let entry = self.entries.next().unwrap_or_default();
            self.budget
                .begin(entry.link.as_deref(), entry.id.as_deref());
        }
    }

    /// Ends the entry, where nothing of one is open any more.
    fn leave(&mut self) {
        if !self.is_in_an_entry() {
            self.budget.end();
        }
    }

    fn is_whole(&self, tag: &BytesStart<'_>) -> bool {
        self.is_in_an_entry() && WHOLE.contains(&tag.local_name().as_ref())
    }

    fn start(&mut self, tag: &BytesStart<'x>) -> Result<(), FeedError> {
        let name = tag.local_name().as_ref().to_owned();
        if self.open.len() >= MAX_DEPTH {
            return Err(malformed("its elements are nested too deep"));
        }
        if self.is_whole(tag) {
            return self.left_out();
        }
        if self.is_said_by_an_entry() {
            return self.said(tag);
        }
        self.enter(tag);
        self.tag(tag, ">")?;
        self.open.push(name);
        Ok(())
    }

    /// Passes over the element that is open now.
    fn left_out(&mut self) -> Result<(), FeedError> {
        self.budget.leave_out();
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(malformed("it ends too early")),
                _ => {}
            }
        }
        Ok(())
    }

    /// What an entry says of itself: as it is where that is short, else its
    /// first words.
    fn said(&mut self, tag: &BytesStart<'x>) -> Result<(), FeedError> {
        let mut text = String::new();
        let mut inner = Cutting {
            reader: self.reader.clone(),
            words: self.words,
            budget: std::mem::replace(&mut self.budget, Budget::new(0)),
            entries: Vec::new().into_iter(),
            out: String::new(),
            open: vec![
                self.named.first().copied().unwrap_or_default().to_owned(),
                tag.local_name().as_ref().to_owned(),
            ],
            is_rooted: true,
            is_map: self.is_map,
            named: self.named,
        };
        loop {
            match inner.next()? {
                Event::Start(child) => {
                    if inner.is_whole(&child) {
                        inner.left_out()?;
                    } else if inner.open.len() >= MAX_DEPTH {
                        return Err(malformed("its elements are nested too deep"));
                    } else {
                        inner.tag(&child, ">")?;
                        inner.open.push(child.local_name().as_ref().to_owned());
                        text.push(' ');
                    }
                }
                Event::Empty(child) => {
                    if inner.is_whole(&child) {
                        inner.budget.leave_out();
                    } else {
                        inner.tag(&child, "/>")?;
                        text.push(' ');
                    }
                }
                Event::End(end) => {
                    inner.open.pop();
                    if inner.open.len() == 1 {
                        break;
                    }
                    inner.out.push_str("</");
                    inner.out.push_str(end.name().as_ref());
                    inner.out.push('>');
                    text.push(' ');
                }
                Event::Text(piece) => {
                    let piece = piece.xml10_content();
                    text.push_str(&piece);
                    inner.put(&piece);
                }
                Event::CData(piece) => {
                    let piece = piece.xml10_content();
                    text.push_str(&piece);
                    inner.put(&piece);
                }
                Event::GeneralRef(reference) => {
                    let char = character(&reference)?;
                    text.push(char);
                    inner.put(char.encode_utf8(&mut [0; 4]));
                }
                Event::Eof => return Err(malformed("it ends too early")),
                Event::DocType(_) => return Err(FeedError::Doctype),
                Event::Comment(text) if inner.is_map => {
                    inner.budget.say(&text);
                }
                Event::PI(text) if inner.is_map => {
                    inner.budget.say(&text);
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
        self.reader = inner.reader;
        self.budget = inner.budget;
        self.tag(tag, ">")?;
        match self.budget.say(&text) {
            Some(short) => self.put(&short),
            None => self.out.push_str(&inner.out),
        }
        self.out.push_str("</");
        self.out.push_str(tag.name().as_ref());
        self.out.push('>');
        Ok(())
    }

    /// Text outside of what entries say: a channel's description, or space.
    fn say(&mut self, text: &str) {
        match self.budget.say(text) {
            Some(short) => self.put(&short),
            None => self.put(text),
        }
    }

    fn put(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                other => self.out.push(other),
            }
        }
    }

    /// A tag, without what is too long for a name or a link, or too much.
    fn tag(&mut self, tag: &BytesStart<'_>, end: &str) -> Result<(), FeedError> {
        self.out.push('<');
        self.out.push_str(tag.name().as_ref());
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| malformed(error.to_string()))?;
            let value = value(&attribute);
            // Without its names the document would be none.
            let is_name = attribute.key.as_ref().starts_with("xmlns") && is_link(&value);
            if !is_name && self.budget.say(&value).is_some() {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(attribute.key.as_ref());
            self.out.push_str("=\"");
            self.put(&value);
            self.out.push('"');
        }
        self.out.push_str(end);
        Ok(())
    }
}

/// The value with the references in it undone.
pub(super) fn value(attribute: &Attribute<'_>) -> String {
    crate::html::entity::decode(&attribute.value).into_owned()
}

fn character(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, FeedError> {
    if reference.is_char_ref() {
        return reference
            .resolve_char_ref()
            .ok()
            .flatten()
            .ok_or_else(|| malformed("a character has no such number"));
    }
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(malformed(format!("nothing says what &{other}; is"))),
    }
}

fn malformed(why: impl Into<String>) -> FeedError {
    FeedError::Malformed(why.into())
}
