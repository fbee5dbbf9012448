//! The text in a feed: decoding it, reading it as people would, shortening it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::FeedError;
use crate::html::entity;
use crate::words::{Counter, WORD};

/// Marks that text goes on.
pub(super) const ELLIPSIS: char = '…';

/// How often markup in markup is undone: text in HTML in a feed is escaped
/// twice, and careless systems do it once more.
const LAYERS: usize = 3;

/// The feed as text. The byte order mark counts, then the response's header,
/// then what the document says of itself (RFC 7303, 3.2).
pub(super) fn decoded<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
) -> Result<Cow<'a, str>, FeedError> {
    let own = declared(bytes);
    let label = charset.or(own.as_deref());
    let encoding = match (Encoding::for_bom(bytes), label) {
        (Some((encoding, _)), _) => encoding,
        (None, None) => UTF_8,
        (None, Some(label)) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| FeedError::UnknownCharset(label.to_owned()))?,
    };
    let (text, _, _) = encoding.decode(bytes);
    Ok(text)
}

/// `encoding="…"` in the first line.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..bytes.len().min(256))?;
    let start = String::from_utf8_lossy(start);
    let declaration = start.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find("?>")?];
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let rest = &rest[1..];
    Some(rest[..rest.find(quote)?].to_owned())
}

/// How much `text` says, read as a person would, in tenths of words.
pub(super) fn length(text: &str) -> u64 {
    let mut counter = Counter::default();
    for char in plain(text).chars() {
        counter.take(char);
    }
    counter.length
}

/// Whether `text`, read as a person would, has more than `words`.
pub(super) fn is_long(text: &str, words: u32) -> bool {
    beginning(&plain(text), words).is_some()
}

/// Whether a single tag in `text`, or a comment, has more than `words` in it: a
/// person doesn't read them, and a script can.
pub(super) fn has_long_tag(text: &str, words: u32) -> bool {
    let decoded = entity::decode(text);
    let mut layers = vec![text];
    if *decoded != *text {
        layers.push(&decoded);
    }
    layers.into_iter().any(|layer| {
        let mut long = false;
        untagged(layer, |tag| long = long || is_long(&spoken(tag), words));
        long
    })
}

/// The words in a tag. The lines of a drawing are letters and numbers, of which no
/// three letters stand together.
fn spoken(tag: &str) -> String {
    let is_word = |word: &&str| {
        let letters = word.split(|char: char| !char.is_alphabetic());
        letters.into_iter().any(|run| run.chars().nth(2).is_some())
    };
    let words: Vec<&str> = tag.split_whitespace().filter(is_word).collect();
    words.join(" ")
}

/// The first `words` of `text`, without markup; all of it where it is short.
pub(super) fn shortened(text: &str, words: u32) -> String {
    let plain = plain(text);
    match beginning(&plain, words) {
        None => plain,
        Some(end) => {
            let mut short = plain[..end].trim_end().to_owned();
            short.push(ELLIPSIS);
            short
        }
    }
}

/// Where the first `words` end; `None` where there aren't more.
fn beginning(text: &str, words: u32) -> Option<usize> {
    let most = u64::from(words) * WORD;
    let mut counter = Counter::default();
    let mut end = 0;
    for (at, char) in text.char_indices() {
        if counter.take(char) {
            end = at;
        }
        if counter.length > most {
            return Some(end);
        }
    }
    None
}

/// Text as a person reads it: without tags, however often they were escaped.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for _ in 0..LAYERS {
        let bare = untagged(&plain, |_| {});
        let decoded = entity::decode(&bare).into_owned();
        if decoded == plain {
            break;
        }
        plain = decoded;
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between tags, with a space where one was. Each tag is `shown`.
fn untagged(text: &str, mut shown: impl FnMut(&str)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let is_tag =
            tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        match tag.find('>') {
            Some(end) if is_tag => {
                shown(&tag[..end]);
                out.push(' ');
                rest = &tag[end + 1..];
            }
            _ => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_long_by_its_words_and_not_by_its_lines() {
        let story = "The harbour office had closed its shutters long before.";
        let line = "M12.5 3c1 2 3.1-4 5,6l-.5 7z".repeat(20);
        for (text, is) in [
            (format!("<div data-story=\"{story}\">x</div>"), true),
            (format!("&lt;div data-story='{story}'&gt;"), true),
            (format!("<!-- {story} -->"), true),
            (format!("<p>{story}</p>"), false),
            (format!("<path d=\"{line}\">"), false),
            (
                "<a class='one two' id='three' href='/four'>".repeat(9),
                false,
            ),
        ] {
            assert_eq!(has_long_tag(&text, 6), is, "{text}");
        }
    }

    #[test]
    fn text_is_shortened_as_a_person_reads_it() {
        for (text, short) in [
            ("One two three", "One two three"),
            ("One two three four", "One two three…"),
            ("<p>One</p><p>two <b>three</b> four</p>", "One two three…"),
            (
                "&lt;p&gt;One two&lt;/p&gt;&lt;p&gt;three four",
                "One two three…",
            ),
            ("One &amp;amp; two 1 &lt; 2", "One & two 1 <…"),
            ("", ""),
        ] {
            assert_eq!(shortened(text, 3), short, "{text}");
        }
        assert!(!is_long("<p>One two three</p>", 3));
        assert!(is_long("日本語の文章には空白がない", 3));
    }

    #[test]
    fn the_encoding_is_the_marks_the_headers_or_the_documents() {
        let latin = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>caf\xe9</a>";
        assert!(decoded(latin, None).expect("text").contains("café"));
        assert!(
            decoded(b"caf\xe9", Some("latin1"))
                .expect("text")
                .contains("café")
        );
        assert!(
            decoded(b"\xef\xbb\xbfcaf\xc3\xa9", Some("latin1"))
                .expect("text")
                .contains("café")
        );
        assert!(decoded(b"a", Some("klingon")).is_err());
    }
}
