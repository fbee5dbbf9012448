//! Pictures: what kind they are, how large, and that they carry no script.
//!
//! The size is written into pages so that nothing jumps while a picture
//! loads. Nothing here decodes or changes a picture.

use bytes::Bytes;

use super::error::Problem;

/// The widest or highest picture, in pixels. More is a mistake in the file.
const MAX_SIDE: u32 = 20_000;

/// A picture as it is served.
#[derive(Clone, Debug)]
pub(crate) struct PictureFile {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: &'static str,
    /// In pixels.
    pub(crate) width: u32,
    /// In pixels.
    pub(crate) height: u32,
}

impl PictureFile {
    /// Looks into the file of that name.
    pub(crate) fn open(name: &str, bytes: &Bytes) -> Result<Self, Problem> {
        let (content_type, size) = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("svg") => ("image/svg+xml", svg(bytes)?),
            Some("png") => ("image/png", png(bytes)),
            Some("jpg" | "jpeg") => ("image/jpeg", jpeg(bytes)),
            Some("webp") => ("image/webp", webp(bytes)),
            _ => {
                return Err(Problem::BadPicture(
                    "its name has no known ending".to_owned(),
                ));
            }
        };
        let in_bounds = |side: u32| (1..=MAX_SIDE).contains(&side);
        match size {
            Some((width, height)) if in_bounds(width) && in_bounds(height) => Ok(Self {
                bytes: bytes.clone(),
                content_type,
                width,
                height,
            }),
            _ => Err(Problem::BadPicture(
                "its width and height can't be read; is the file what its name says? An SVG \
                 needs a viewBox such as viewBox=\"0 0 1200 800\""
                    .to_owned(),
            )),
        }
    }
}

/// Elements that run script or hold HTML.
const ACTIVE: [&str; 7] = [
    "script",
    "foreignobject",
    "handler",
    "listener",
    "iframe",
    "object",
    "embed",
];

/// The size of an SVG, which must be still and silent: it is served from the
/// publication's own host, where a script could read a reader's session.
fn svg(bytes: &[u8]) -> Result<Option<(u32, u32)>, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::NotUtf8)?;
    let folded = unmask(&text.to_ascii_lowercase()).to_ascii_lowercase();
    let squeezed: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let tell = ["javascript:", "<!entity", "data:text/html"]
        .into_iter()
        .find(|tell| squeezed.contains(tell))
        .or_else(|| active_part(&folded));
    if let Some(tell) = tell {
        let advice = format!("it contains {tell}, which a picture doesn't need; take it out");
        return Err(Problem::BadPicture(advice));
    }
    let Some(start) = text.find("<svg") else {
        return Ok(None);
    };
    let tag = &text[start..];
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let side = |name| attribute(tag, name).and_then(pixels);
    let boxed = attribute(tag, "viewBox").and_then(|value| {
        let mut numbers = value
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .skip(2);
        Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
    });
    Ok(boxed.or_else(|| Some((side("width")?, side("height")?))))
}

/// The text as a browser sees it: without comments and the marks around
/// character data, with numeric references resolved.
fn unmask(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(data) = rest.strip_prefix("<![cdata[") {
            // Its angle brackets and quotation marks are mere text.
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
        } else if let Some((number, after)) = reference(rest) {
            plain.push(number);
            rest = after;
        } else {
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    plain
}

/// A numeric reference such as `&#106;` or `&#x6a;`, and what follows it.
fn reference(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.strip_prefix("&#")?.split_once(';')?;
    let number = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    // Brackets and quotation marks written so are text, never markup.
    let c = char::from_u32(number)?;
    Some((
        if matches!(c, '<' | '>' | '"' | '\'') {
            ' '
        } else {
            c
        },
        after,
    ))
}

/// The first element or event handler that could run script. Quoted values
/// are skipped, so words in a description don't count.
fn active_part(text: &str) -> Option<&str> {
    let (mut quote, mut inside) = (None, false);
    for (index, c) in text.char_indices() {
        let rest = &text[index + c.len_utf8()..];
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') if inside => quote = Some(c),
            (None, '<') => {
                inside = true;
                let name = rest.split([' ', '\t', '\r', '\n', '/', '>']).next()?;
                if ACTIVE.contains(&name.rsplit(':').next()?) {
                    return Some(name);
                }
            }
            (None, '>') => inside = false,
            (None, c) if inside && (c.is_whitespace() || c == '/') => {
                let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let after = rest[length..].trim_start();
                if rest.starts_with("on") && length > 2 && after.starts_with('=') {
                    return Some(&rest[..length]);
                }
            }
            _ => {}
        }
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let after = rest[at + name.len()..].trim_start();
        let stands_alone = rest[..at].ends_with(|c: char| c.is_whitespace());
        if let (true, Some(value)) = (stands_alone, after.strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        rest = &rest[at + name.len()..];
    }
    None
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is checked to lie between 0 and MAX_SIDE"
)]
fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    (0.0..=f64::from(MAX_SIDE))
        .contains(&number)
        .then(|| number.round() as u32)
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    (header.get(4..8)? == b"IHDR").then_some(())?;
    Some((
        big_endian(header.get(8..12)?),
        big_endian(header.get(12..16)?),
    ))
}

/// Walks the segments up to the one that starts a frame (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let (&[0xff, marker], after) = rest.split_first_chunk::<2>()? else {
            return None;
        };
        if marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let length = big_endian(after.get(..2)?) as usize;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((big_endian(after.get(5..7)?), big_endian(after.get(3..5)?)));
        }
        // A segment's length counts its own two bytes.
        rest = after.get(length.max(2)..)?;
    }
}

/// The three kinds of WebP keep their size in three places (RFC 9649).
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(..4)? == b"RIFF" && bytes.get(8..12)? == b"WEBP").then_some(())?;
    let chunk = bytes.get(20..)?;
    match bytes.get(12..16)? {
        b"VP8X" => {
            let side = |at: usize| Some(1 + little_endian(chunk.get(at..at + 3)?));
            Some((side(4)?, side(7)?))
        }
        b"VP8L" => {
            let bits = little_endian(chunk.get(1..5)?);
            Some((1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)))
        }
        b"VP8 " => {
            let side = |at: usize| Some(little_endian(chunk.get(at..at + 2)?) & 0x3fff);
            Some((side(6)?, side(8)?))
        }
        _ => None,
    }
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn little_endian(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn size(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
        let picture = PictureFile::open(name, &Bytes::copy_from_slice(bytes)).ok()?;
        Some((picture.width, picture.height))
    }

    #[test]
    fn the_size_of_every_kind_is_read_from_its_header() {
        let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"x\" viewBox=\"0 0 1200 800\"><g/></svg>";
        let sides = b"<svg stroke-width='3' width='600px' height='400.4'>";
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\xb0\0\0\x03\x20\x08\x06";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\x03\x20\x04\xb0\x03";
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\xb0\x04\x20\x03";
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xaf\xc4\xc7\0";
        let extended = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\xaf\x04\0\x1f\x03\0";
        assert_eq!(size("a.svg", svg), Some((1200, 800)));
        assert_eq!(size("a.svg", sides), Some((600, 400)));
        assert_eq!(size("a.png", png), Some((1200, 800)));
        assert_eq!(size("a.jpg", jpeg), Some((1200, 800)));
        assert_eq!(size("a.webp", lossy), Some((1200, 800)));
        assert_eq!(size("a.webp", lossless), Some((1200, 800)));
        assert_eq!(size("a.webp", extended), Some((1200, 800)));
        assert_eq!(size("a.png", svg), None);
    }

    #[test]
    fn a_picture_with_script_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<SCRIPT href='x'/>",
            "<g onload=\"alert(1)\"/>",
            "<g\nOnClick = 'x'/>",
            "<g/onmouseover=x>",
            "<a href='javascript:x'>",
            "<foreignObject/>",
            "<svg:script>alert(1)</svg:script>",
            "<!-- it's --><g onload=\"alert(1)\"/>",
            "<style><![CDATA[ ' ]]></style><g onload='alert(1)'/>",
            "<a href='&#106;ava&#x53;cript:x'>",
            "<a href='java\nscript:x'>",
            "<animate attributeName='href' to='javascript:x'/>",
        ] {
            let svg = format!("<svg viewBox='0 0 3 2'>{inner}</svg>");
            assert_eq!(size("a.svg", svg.as_bytes()), None, "{inner}");
        }
        let said = "<svg viewBox='0 0 3 2' aria-label='put it on = there'><text>on = \
                    description</text><!-- <script> --></svg>";
        assert_eq!(size("a.svg", said.as_bytes()), Some((3, 2)));
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            for (name, start) in [
                ("a.svg", &b"<svg viewBox="[..]), ("a.jpg", b"\xff\xd8"),
                ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.webp", b"RIFF\0\0\0\0WEBP"),
            ] {
                let _ = size(name, &[start, &bytes].concat());
            }
        }
    }
}
