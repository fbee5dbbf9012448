//! What the entries of a feed in XML say of themselves: where they lead, and what
//! they are called. It may stand behind what they have to tell, so it is read
//! before.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::FeedError;
use super::xml::value;

/// What an entry says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) link: Option<String>,
    pub(super) id: Option<String>,
}

/// The entries, by these names, that lie in no other, in their order.
pub(super) fn of(xml: &str, names: &[&str]) -> Result<Vec<Entry>, FeedError> {
    let is_entry = |tag: &BytesStart<'_>| names.contains(&tag.local_name().as_ref());
    let mut reader = Reader::from_str(xml);
    let mut entries: Vec<Entry> = Vec::new();
    // How deep in an entry, and which of what is asked for is open there.
    let (mut depth, mut open) = (0_usize, None);
    loop {
        let event = reader
            .read_event()
            .map_err(|error| FeedError::Malformed(error.to_string()))?;
        match event {
            Event::Eof => return Ok(entries),
            Event::Start(tag) => {
                if depth == 0 && is_entry(&tag) {
                    entries.push(named(&tag));
                    depth = 1;
                } else if depth > 0 {
                    open = entries.last_mut().and_then(|entry| ask(entry, &tag, depth));
                    depth += 1;
                }
            }
            Event::Empty(tag) => {
                if depth == 0 && is_entry(&tag) {
                    entries.push(named(&tag));
                } else if let Some(entry) = entries.last_mut().filter(|_| depth > 0) {
                    ask(entry, &tag, depth);
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                open = None;
            }
            Event::Text(text) => add(&mut entries, open, &text.xml10_content()),
            Event::CData(text) => add(&mut entries, open, &text.xml10_content()),
            _ => {}
        }
    }
}

/// What is asked of an entry.
#[derive(Clone, Copy)]
enum What {
    Link,
    Id,
}

/// An entry of RDF is called by what it is about.
fn named(tag: &BytesStart<'_>) -> Entry {
    Entry {
        link: said(tag, "about"),
        id: None,
    }
}

/// Takes what the tag, directly in the entry, says of it; what it says between
/// its tags is still to come.
fn ask(entry: &mut Entry, tag: &BytesStart<'_>, depth: usize) -> Option<What> {
    let local = tag.local_name();
    match local.as_ref() {
        _ if depth != 1 => None,
        "link" => {
            let is_other = said(tag, "rel").is_some_and(|rel| rel != "alternate");
            if let Some(href) = said(tag, "href").filter(|_| !is_other) {
                entry.link.get_or_insert(href);
            }
            Some(What::Link)
        }
        // What a place of a map is.
        "loc" => Some(What::Link),
        "guid" | "id" => Some(What::Id),
        _ => None,
    }
}

fn add(entries: &mut [Entry], open: Option<What>, text: &str) {
    let (Some(entry), Some(what)) = (entries.last_mut(), open) else {
        return;
    };
    let place = match what {
        What::Link => &mut entry.link,
        What::Id => &mut entry.id,
    };
    place.get_or_insert_default().push_str(text);
}

fn said(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(value(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_known_in_every_kind_of_feed() {
        let entry = |link: &str, id: Option<&str>| Entry {
            link: Some(link.to_owned()),
            id: id.map(str::to_owned),
        };
        for (xml, expected) in [
            (
                "<rss><channel><link>/</link><item><description>a</description><link>/a#1</link>\
                 <guid>7</guid></item><item><x><link>/no</link></x><link><![CDATA[/b]]></link>\
                 </item></channel></rss>",
                vec![entry("/a#1", Some("7")), entry("/b", None)],
            ),
            (
                "<feed><link href='/'/><entry><link rel='self' href='/x'/><link href='/a'/>\
                 <id>urn:a</id></entry><entry/></feed>",
                vec![entry("/a", Some("urn:a")), Entry::default()],
            ),
            (
                "<rdf:RDF><item rdf:about='/a'/></rdf:RDF>",
                vec![entry("/a", None)],
            ),
        ] {
            assert_eq!(of(xml, &["entry", "item"]), Ok(expected), "{xml}");
        }
    }
}
