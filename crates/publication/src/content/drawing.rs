//! Drawings (SVG): how large they are, and that they carry no script.
//!
//! A drawing is served as it is, from the publication's own host. Nothing here
//! renders or changes one.

use super::error::Problem;

/// The widest or highest drawing, in its own units. More is a mistake in the file.
const MAX_SIDE: u32 = 20_000;

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
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Problem> {
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
    let unknown = || {
        let advice = "its width and height can't be read; is the file what its name says? An SVG \
                      needs a viewBox such as viewBox=\"0 0 1200 800\"";
        Problem::BadPicture(advice.to_owned())
    };
    let start = text.find("<svg").ok_or_else(unknown)?;
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
    boxed
        .or_else(|| Some((side("width")?, side("height")?)))
        .filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or_else(unknown)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(svg: &str, expected: Option<(u32, u32)>) {
        assert_eq!(size(svg.as_bytes()).ok(), expected, "{svg}");
    }

    #[test]
    fn the_size_is_that_of_the_view_box_or_of_the_sides() {
        check(
            "<?xml version=\"1.0\"?><svg xmlns=\"x\" viewBox=\"0 0 1200 800\"><g/></svg>",
            Some((1200, 800)),
        );
        check(
            "<svg stroke-width='3' width='600px' height='400.4'>",
            Some((600, 400)),
        );
        check("<svg viewBox='0 0 0 800'/>", None);
        check("<svg/>", None);
        check("<html/>", None);
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
            check(&svg, None);
        }
        let said = "<svg viewBox='0 0 3 2' aria-label='put it on = there'><text>on = \
                    description</text><!-- <script> --></svg>";
        check(said, Some((3, 2)));
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = size(&[&b"<svg viewBox="[..], &bytes].concat());
        }
    }
}
