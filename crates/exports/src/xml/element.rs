//! One entry of an XML export as a small tree.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep an entry's elements are nested: exports have four levels, and XHTML within
/// Atom is taken as text.
const MAX_DEPTH: usize = 40;

/// How many elements an entry has, comments of readers and all.
const MAX_ELEMENTS: usize = 400_000;

/// An element of XML.
#[derive(Debug, Default)]
pub(crate) struct Element<'a> {
    /// With its prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// Its own text, entities resolved as far as XML knows them.
    pub(crate) text: String,
    pub(crate) children: Vec<Element<'a>>,
    /// What is in it, as it is written.
    pub(crate) inside: &'a str,
    begin: usize,
}

impl<'a> Element<'a> {
    /// Reads one; `Err` says what is wrong.
    pub(crate) fn read(text: &'a str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_comments = false;
        let mut open: Vec<Element<'a>> = Vec::new();
        let mut count = 0;
        loop {
            let before = position(&reader);
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let is_empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    count += 1;
                    if count > MAX_ELEMENTS || open.len() >= MAX_DEPTH {
                        return Err("it has more elements than an entry can have".to_owned());
                    }
                    let element = begun(&start, position(&reader));
                    if is_empty {
                        match open.last_mut() {
                            Some(parent) => parent.children.push(element),
                            None => return Ok(element),
                        }
                    } else {
                        open.push(element);
                    }
                }
                Event::End(_) => {
                    let Some(mut element) = open.pop() else {
                        return Err("it ends before it begins".to_owned());
                    };
                    element.inside = text.get(element.begin..before).unwrap_or_default();
                    match open.last_mut() {
                        Some(parent) => parent.children.push(element),
                        None => return Ok(element),
                    }
                }
                Event::Text(words) => add(&mut open, &words),
                Event::CData(words) => add(&mut open, &words),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c.to_string()),
                        _ => named(&reference).map(str::to_owned),
                    };
                    // One of HTML's is left for whoever reads the HTML.
                    let words = resolved.unwrap_or_else(|| format!("&{};", &*reference));
                    add(&mut open, &words);
                }
                Event::Eof => return Err("it has no end".to_owned()),
                _ => {}
            }
        }
    }

    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of that name.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Element<'a>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of that name; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.child(name)
            .map(|child| child.text.trim())
            .unwrap_or_default()
    }

    /// What an attribute says; `None` where it isn't there or says nothing.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn begun<'a>(start: &BytesStart<'_>, begin: usize) -> Element<'a> {
    let mut attributes = Vec::new();
    for attribute in start.html_attributes().with_checks(false).flatten() {
        let value = quick_xml::escape::unescape(&attribute.value);
        let value = value.map_or_else(
            |_| attribute.value.to_string(),
            std::borrow::Cow::into_owned,
        );
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Element {
        name: start.name().as_ref().to_owned(),
        attributes,
        begin,
        ..Element::default()
    }
}

fn add(open: &mut [Element<'_>], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

/// The five names that XML itself knows.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}
