//! From the bytes of a page to text, the way browsers choose the encoding.
//!
//! Pages always leave as UTF-8, so a wrong guess here can garble a page but
//! never hide a body from the cut and show it to a reader.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use crate::CompileError;
use crate::html::Span;
use crate::html::token::{Attribute, Kind, Tokenizer};

/// How far a `<meta>` is searched for. The standard asks for 1024 bytes and
/// browsers go on to the end of the head; no head met is longer than this.
const PRESCAN: usize = 64 * 1024;

/// A page as text.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Whether what the page says of its own encoding is wrong from now on.
    pub(crate) converted: bool,
}

/// Decodes `bytes`: by byte order mark, else `header`, else `<meta>`, else
/// UTF-8 where it is valid and windows-1252 where it isn't.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    header: Option<&str>,
) -> Result<Decoded<'a>, CompileError> {
    let (encoding, bom) = match Encoding::for_bom(bytes) {
        Some((encoding, len)) => (encoding, len),
        None => (chosen(bytes, header)?, 0),
    };
    let bytes = bytes.get(bom..).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text,
        converted: encoding != UTF_8,
    })
}

fn chosen(bytes: &[u8], header: Option<&str>) -> Result<&'static Encoding, CompileError> {
    if let Some(label) = header.filter(|label| !label.trim().is_empty()) {
        return known(label);
    }
    if let Some(label) = declared(bytes) {
        // A page that could be read so far can't be in UTF-16.
        let encoding = known(&label)?;
        return Ok(if encoding == UTF_16LE || encoding == UTF_16BE {
            UTF_8
        } else if encoding == X_USER_DEFINED {
            WINDOWS_1252
        } else {
            encoding
        });
    }
    Ok(if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    })
}

fn known(label: &str) -> Result<&'static Encoding, CompileError> {
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != REPLACEMENT)
        .ok_or_else(|| CompileError::UnknownCharset {
            label: label.chars().take(40).collect(),
        })
}

/// The encoding that the page's first `<meta>` of that kind declares.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..PRESCAN).unwrap_or(bytes);
    // Tags are ASCII in every encoding that gets here.
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(start);
    let mut tokens = Tokenizer::new(&text);
    while let Some(token) = tokens.next() {
        let Kind::Start { tag, .. } = token.kind else {
            continue;
        };
        if tag.code == crate::html::tag::META
            && let Some(span) = declaration(&text, tokens.attributes())
        {
            return Some(span.of(&text).to_owned());
        }
    }
    None
}

/// Where a `<meta>` names the encoding of the page: the value of `charset`, or
/// the part of `content` after `charset=`.
pub(crate) fn declaration(source: &str, attributes: &[Attribute]) -> Option<Span> {
    let find = |name: &str| {
        attributes
            .iter()
            .find(|attribute| attribute.name.of(source).eq_ignore_ascii_case(name))
    };
    if let Some(charset) = find("charset") {
        return Some(charset.value);
    }
    let equivalent = find("http-equiv")?;
    if !equivalent
        .value
        .of(source)
        .eq_ignore_ascii_case("content-type")
    {
        return None;
    }
    let content = find("content")?.value;
    let value = content.of(source).to_ascii_lowercase();
    let label = value.find("charset").map(|at| at + "charset".len())?;
    let rest = value.get(label..)?;
    let trimmed = rest.trim_start().strip_prefix('=')?.trim_start();
    let trimmed = trimmed.trim_start_matches(['"', '\'']);
    let start = value.len() - trimmed.len();
    let len = trimmed
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\''))
        .unwrap_or(trimmed.len());
    let from = content.start as usize + start;
    Some(Span::new(from, from + len))
}
