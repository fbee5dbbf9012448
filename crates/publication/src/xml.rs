//! Whether what a theme's template made for machines is XML at all: a reader of feeds
//! or a search engine drops the whole of a document that isn't well-formed. Not for
//! what the document says.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use thiserror::Error;

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub(crate) struct NotWellFormed {
    line: usize,
    reason: String,
}

/// Reads the document to its end.
pub(crate) fn check(xml: &str) -> Result<(), NotWellFormed> {
    let mut reader = Reader::from_str(xml);
    read(&mut reader).map_err(|reason| {
        let before = reader.buffer_position().max(reader.error_position());
        let before = usize::try_from(before).unwrap_or(usize::MAX);
        let before = xml.as_bytes().get(..before).unwrap_or(xml.as_bytes());
        let breaks = before.split(|byte| *byte == b'\n').count();
        NotWellFormed {
            line: breaks,
            reason,
        }
    })
}

fn read(reader: &mut Reader<&[u8]>) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut is_rooted = false;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                begins(&tag, depth, is_rooted)?;
                is_rooted = true;
                depth += 1;
            }
            Event::Empty(tag) => {
                begins(&tag, depth, is_rooted)?;
                is_rooted = true;
            }
            // One that closes nothing is an error of the reader's.
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                return Err("text outside of the root element".to_owned());
            }
            Event::CData(_) if depth == 0 => {
                return Err("text outside of the root element".to_owned());
            }
            Event::GeneralRef(name) => {
                let is_known = name.resolve_char_ref().is_ok_and(|char| char.is_some())
                    || matches!(&*name, "amp" | "lt" | "gt" | "quot" | "apos");
                if depth == 0 || !is_known {
                    return Err(format!("&{};, which XML doesn't know", &*name));
                }
            }
            Event::Eof if depth > 0 => return Err("an element is left open".to_owned()),
            Event::Eof if !is_rooted => return Err("there is no element".to_owned()),
            Event::Eof => return Ok(()),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

fn begins(tag: &BytesStart<'_>, depth: usize, is_rooted: bool) -> Result<(), String> {
    if depth == 0 && is_rooted {
        return Err("a second root element".to_owned());
    }
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        value.map_err(|error| error.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_is(xml: &str, line: Option<usize>) {
        let found = check(xml).err();
        assert_eq!(
            found.as_ref().map(|fault| fault.line),
            line,
            "{xml}: {found:?}"
        );
    }

    #[test]
    fn what_is_well_formed_is_found_to_be() {
        for xml in [
            "<feed/>",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- a feed -->\n<feed a=\"1 &amp; 2\">\n</feed>\n",
            "<rss><![CDATA[<b>]]> &lt; &#8211; <a b='&#x20;'/></rss>\n<!-- the end -->",
        ] {
            check_is(xml, None);
        }
    }

    #[test]
    fn what_is_not_is_told_of_with_its_line() {
        for (xml, line) in [
            ("", 1),
            ("<feed>\n<title>Ness</titel>\n</feed>", 2),
            ("<feed>\n<title>\n", 3),
            ("<feed>\nbread & butter</feed>", 2),
            ("<feed>\n<br a=b></feed>", 2),
            ("<feed>\n<a b='&nbsp;'/></feed>", 2),
            ("<feed>\n&nbsp;</feed>", 2),
            ("<feed/>\n<feed/>", 2),
            ("<feed/>\nmore", 2),
            ("</feed>", 1),
        ] {
            check_is(xml, Some(line));
        }
    }
}
