//! What the beginning of an answer says of it, whatever its type says: whether
//! what claims to be a picture is text, and what claims to be a page or a script
//! is data or a feed.
//!
//! A type is what a careless or lying program has written down; a story's text
//! under a false one would go out whole.

use std::borrow::Cow;

use page::feed;

/// How much of an answer is looked at, in bytes: behind any format's own head,
/// which has bytes that no text has, and less than one packet.
pub(crate) const ENOUGH: usize = 512;

/// Shorter than this says no more than that something has been done.
const SHORTEST: usize = 24;

/// Words that data, or a text without a tag, may say under the type of a page
/// or a script: an error, a greeting, the settings of a program.
const TERSE: u32 = 60;

/// Words of a drawing or a document of a known kind: the labels of a large map, the
/// names and shortcuts of an app. Letters that are drawn are no words.
const LABELS: u32 = 300;

/// What a type of which no story's text is sent claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Bytes that nobody reads: pictures, sound, films, fonts, archives.
    Bytes,
    /// A program's text: styles, scripts, lists for players.
    Program,
    /// A drawing in XML.
    Drawing,
    /// Data or XML of a known and harmless kind.
    Document,
}

/// What an answer of the type of pages turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Page,
    /// XML that is no page: a feed, as a rule.
    Xml,
    /// A feed in JSON.
    JsonFeed,
    /// Data, or a text.
    Data,
}

/// Whether what begins so is not what is claimed, but text.
pub(crate) fn is_false(claim: Claim, start: &[u8]) -> bool {
    match claim {
        Claim::Bytes => is_text(start),
        Claim::Program => is_markup(start) || is_data(start),
        Claim::Drawing => is_page(start) || is_data(start),
        Claim::Document => is_page(start),
    }
}

/// Whether a part may be of a text, wherever in that it begins, and however short
/// it is: there is no byte in it that no text has.
pub(crate) fn may_be_of_text(part: &[u8]) -> bool {
    has_no_control(part)
}

/// Whether so much of the beginning tells text from bytes.
pub(crate) fn tells(start: &[u8]) -> bool {
    start.len() >= SHORTEST
}

/// The same of all of it.
pub(crate) fn is_false_in_all(claim: Claim, body: &[u8]) -> bool {
    let start = body.get(..ENOUGH).unwrap_or(body);
    match claim {
        Claim::Program => is_markup(start) || called(body).is_some_and(says_much),
        Claim::Drawing | Claim::Document => {
            is_false(claim, start) || feed::says_more(&String::from_utf8_lossy(body), LABELS)
        }
        Claim::Bytes => is_false(claim, start),
    }
}

/// What the body of an answer that calls itself a page is.
pub(crate) fn seen(body: &[u8]) -> Seen {
    let narrow = narrow(body);
    let body = bare(&narrow);
    let start = body.get(..ENOUGH).unwrap_or(body);
    let is_json_feed = || start.windows(JSON_FEED.len()).any(|part| part == JSON_FEED);
    match body.first() {
        Some(b'<') if is_feed(start) => Seen::Xml,
        Some(b'<') => Seen::Page,
        Some(b'{') if is_json_feed() => Seen::JsonFeed,
        _ => match called(body) {
            Some(data) if says_much(data) => Seen::Data,
            None if !has_tag(body) && feed::says_more(&String::from_utf8_lossy(body), TERSE) => {
                Seen::Data
            }
            _ => Seen::Page,
        },
    }
}

/// Of UTF-16, what is left of it as ASCII; all else as it is.
fn narrow(body: &[u8]) -> Cow<'_, [u8]> {
    let start = body.get(..ENOUGH).unwrap_or(body);
    if !start.contains(&0) {
        return Cow::Borrowed(body);
    }
    let marks = [&b"\xff\xfe"[..], b"\xfe\xff"];
    let body = marks
        .iter()
        .find_map(|mark| body.strip_prefix(*mark))
        .unwrap_or(body);
    Cow::Owned(body.iter().copied().filter(|&byte| byte != 0).collect())
}

const JSON_FEED: &[u8] = b"https://jsonfeed.org/version/";

/// Text is all characters: there is no byte in it that is none. In UTF-16 every
/// other one is, where it is of ASCII.
fn is_text(start: &[u8]) -> bool {
    tells(start) && has_no_control(start)
}

fn has_no_control(start: &[u8]) -> bool {
    let is_control =
        |byte: &u8| (*byte < b' ' && !b"\t\n\x0c\r\x1b".contains(byte)) || *byte == 0x7f;
    let every_other = |from: usize| start.iter().skip(from).step_by(2);
    let is_zero = |from: usize| every_other(from).all(|byte| *byte == 0);
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return is_zero(2) || is_zero(3) || !start.windows(2).any(|two| two == [0, 0]);
    }
    !start.iter().any(is_control)
        || [0, 1]
            .into_iter()
            .any(|from| is_zero(from) && !every_other(1 - from).any(is_control))
}

/// Whether a program's text is markup. A style may begin with the start of a
/// comment, from the days when browsers knew no styles.
fn is_markup(start: &[u8]) -> bool {
    let start = bare(start);
    start.starts_with(b"<") && !start.starts_with(b"<!--")
}

/// Whether a page begins here, or a part of one, or a feed.
fn is_page(start: &[u8]) -> bool {
    let start = bare(start).to_ascii_lowercase();
    let pages: [&[u8]; 8] = [
        b"<!doctype html",
        b"<html",
        b"<head",
        b"<body",
        b"<main",
        b"<article",
        b"<div",
        b"<p",
    ];
    pages.iter().any(|page| start.starts_with(page)) || is_feed(&start)
}

/// Whether JSON begins here, as no program does.
fn is_data(start: &[u8]) -> bool {
    let start = bare(start);
    let rest = match start.split_first() {
        Some((b'{' | b'[', rest)) => rest.trim_ascii_start(),
        _ => return false,
    };
    match start.first() {
        Some(b'{') => rest.starts_with(b"\""),
        _ => rest.starts_with(b"{\""),
    }
}

/// Whether the root of the XML is a feed's.
fn is_feed(start: &[u8]) -> bool {
    let mut rest = start;
    while let Some(at) = rest.iter().position(|&byte| byte == b'<') {
        rest = &rest[at + 1..];
        if !rest.first().is_some_and(|byte| matches!(byte, b'?' | b'!')) {
            break;
        }
    }
    let name = rest
        .split(|byte| !byte.is_ascii_alphanumeric() && *byte != b':')
        .next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let local = name.rsplit(|&byte| byte == b':').next().unwrap_or_default();
    matches!(local, b"rss" | b"rdf" | b"feed")
}

/// The data that is all of the text, but for a call around it or a guard before it.
fn called(body: &[u8]) -> Option<&[u8]> {
    let text = bare(body);
    let text = text.strip_prefix(b"/**/").unwrap_or(text);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"$_.[]'\"".contains(byte);
    let name = text.iter().take_while(|byte| is_name(byte)).count();
    let data = match text.get(name) {
        Some(b'(') if name > 0 => {
            let end = text.iter().rposition(|&byte| byte == b')')?;
            text.get(name + 1..end)?
        }
        _ => text
            .strip_prefix(b")]}'")
            .map_or(text, |rest| rest.strip_prefix(b",").unwrap_or(rest)),
    };
    let data = data.trim_ascii();
    data.starts_with(b"{")
        .then_some(data)
        .or_else(|| data.starts_with(b"[").then_some(data))
}

/// Whether it is data in which more is said than an excerpt; what isn't data at
/// all, such as a program that happens to begin like it, says nothing.
fn says_much(data: &[u8]) -> bool {
    feed::is_json(data) && !feed::is_terse(data, TERSE)
}

fn has_tag(body: &[u8]) -> bool {
    body.windows(2)
        .any(|two| two[0] == b'<' && (two[1].is_ascii_alphabetic() || two[1] == b'!'))
}

/// Without a byte order mark and the space at the beginning.
fn bare(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The harbour office had closed its shutters long before the storm came in.";

    #[test]
    fn what_claims_to_be_bytes_and_is_text_is_known() {
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let check =
            |start: &[u8], is: bool| assert_eq!(is_false(Claim::Bytes, start), is, "{start:?}");
        check(STORY.as_bytes(), true);
        check(b"<!doctype html><title>The tide gauge</title>", true);
        check(
            "Là-bas, près du môle, l’été dernier, dès l’aube".as_bytes(),
            true,
        );
        check(b"L\xe0-bas, pr\xe8s du m\xf4le, l'\xe9t\xe9 dernier", true);
        check(
            b"\x1b$B9A$N;vL3=j$OMr$,Mh$k$:$C$HA0$K1+8M$rJD$a$F$$$?\x1b(B",
            true,
        );
        check(&wide(STORY), true);
        check(&[&b"\xff\xfe"[..], &wide(STORY)].concat(), true);
        check(
            &[
                &b"\xff\xfe"[..],
                &wide("港の事務所は嵐が来るずっと前に雨戸を閉めていた。"),
            ]
            .concat(),
            true,
        );
        check(b"OK", false);
        check(b"", false);
        check(
            b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01",
            false,
        );
        check(
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06",
            false,
        );
        check(
            b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41",
            false,
        );
        check(
            b"wOF2\x00\x01\x00\x00\x00\x00\x3c\x40\x00\x0e\x00\x00\x00\x00\x8a",
            false,
        );
    }

    #[test]
    fn a_part_of_a_text_is_known_however_short_it_is() {
        let check = |part: &[u8], may| assert_eq!(may_be_of_text(part), may, "{part:?}");
        for length in [0, 1, 20, STORY.len()] {
            check(&STORY.as_bytes()[..length], true);
        }
        let wide: Vec<u8> = STORY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide[1..20], true);
        check(b"ID", true);
        check(b"\0\0", false);
        check(b"\x00\x00\x00\x20ftypisom", false);
        check(b"moov\x0e and so on", false);
    }

    #[test]
    fn programs_and_drawings_are_told_from_pages_and_data() {
        for (claim, start, is) in [
            (Claim::Program, "<!doctype html><p>", true),
            (Claim::Program, "<p>The harbour", true),
            (Claim::Program, "<!-- .a { color: red } -->", false),
            (Claim::Program, "/* <p> */ .a { color: red }", false),
            (Claim::Program, "{\"body\": \"x\"}", true),
            (Claim::Program, " [ {\"body\": \"x\"}]", true),
            (Claim::Program, "{ let a = 1; }", false),
            (Claim::Program, "[1, 2].map(String)", false),
            (Claim::Program, "\"use strict\";", false),
            (
                Claim::Drawing,
                "<?xml version='1.0'?><!-- a --><svg>",
                false,
            ),
            (Claim::Drawing, "<!DOCTYPE HTML><svg>", true),
            (Claim::Drawing, "<?xml version='1.0'?><rss>", true),
            (Claim::Document, "{\"name\":\"Post\"}", false),
            (Claim::Document, "<html>", true),
        ] {
            assert_eq!(is_false(claim, start.as_bytes()), is, "{start}");
        }
    }

    #[test]
    fn data_that_says_much_is_no_program_however_it_is_called() {
        let text = STORY.repeat(10);
        for (body, is) in [
            (format!("take({{\"body\":\"{text}\"}});"), true),
            (format!("/**/take([\"{text}\"])"), true),
            (format!(")]}}',\n{{\"body\":\"{text}\"}}"), true),
            ("settings({\"name\":\"Post\"})".to_owned(), false),
            (format!("const words = \"{text}\";"), false),
            (format!("(function(){{return \"{text}\"}})()"), false),
        ] {
            assert_eq!(
                is_false_in_all(Claim::Program, body.as_bytes()),
                is,
                "{body}"
            );
        }
        let drawing = |text: &str| format!("<svg><text>{text}</text></svg>");
        assert!(is_false_in_all(
            Claim::Drawing,
            drawing(&STORY.repeat(30)).as_bytes()
        ));
        assert!(!is_false_in_all(Claim::Drawing, drawing(STORY).as_bytes()));
        let manifest = |text: &str| format!("{{\"name\":\"Post\",\"description\":\"{text}\"}}");
        let says_much = |text: &str| is_false_in_all(Claim::Document, manifest(text).as_bytes());
        assert!(says_much(&STORY.repeat(30)) && !says_much(STORY));
    }

    #[test]
    fn what_calls_itself_a_page_may_be_a_feed_or_data() {
        let text = STORY.repeat(10);
        for (body, expected) in [
            ("<!doctype html><title>x</title>".to_owned(), Seen::Page),
            (
                "<?xml version='1.0'?><html xmlns='x'>".to_owned(),
                Seen::Page,
            ),
            (
                "<?xml version='1.0'?>\n<!-- a --><rss version='2.0'>".to_owned(),
                Seen::Xml,
            ),
            ("\u{feff} <feed xmlns='x'>".to_owned(), Seen::Xml),
            ("<rdf:RDF>".to_owned(), Seen::Xml),
            (
                "{\"version\":\"https://jsonfeed.org/version/1\"}".to_owned(),
                Seen::JsonFeed,
            ),
            (format!("{{\"body\":\"<p>{text}\"}}"), Seen::Data),
            (format!("[\"{text}\"]"), Seen::Data),
            (format!("take([\"<p>{text}\"]);"), Seen::Data),
            (text.clone(), Seen::Data),
            (format!("{text}<p>more"), Seen::Page),
            ("{\"error\":\"no such page\"}".to_owned(), Seen::Page),
            ("0".to_owned(), Seen::Page),
            ("\0<\0p\0>\0a".repeat(9), Seen::Page),
            (String::new(), Seen::Page),
        ] {
            assert_eq!(seen(body.as_bytes()), expected, "{body}");
        }
    }
}
