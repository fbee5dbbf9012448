//! How a text may be written so that it doesn't look like itself, and is read
//! back by a line of a script.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Writes a text down.
type Way = fn(&str) -> String;

/// The ways, by the name under which `?as=` asks for them.
const WAYS: [(&str, Way); 15] = [
    ("base64", |text| STANDARD.encode(text)),
    ("base64url", |text| URL_SAFE_NO_PAD.encode(text)),
    ("base64-json", |text| {
        STANDARD.encode(format!("{{\"story\":{{\"body\":\"{text}\"}}}}"))
    }),
    ("base64-html", |text| {
        format!(
            "data:text/html;base64,{}",
            STANDARD.encode(format!("<p>{text}</p>"))
        )
    }),
    ("base64-parts", |text| {
        let parts: Vec<String> = text
            .as_bytes()
            .chunks(300)
            .map(|part| STANDARD.encode(part))
            .collect();
        parts.join("\",\"")
    }),
    ("rot13", |text| text.chars().map(rot13).collect()),
    ("backwards", |text| text.chars().rev().collect()),
    ("entities", |text| {
        each(text, |c| format!("&#{};", u32::from(c)))
    }),
    ("hexadecimal-entities", |text| {
        each(text, |c| format!("&#x{:x};", u32::from(c)))
    }),
    ("percent", |text| {
        each(text, |c| format!("%{:02x}", u32::from(c)))
    }),
    ("unicode-escapes", |text| {
        each(text, |c| format!("\\u{:04x}", u32::from(c)))
    }),
    ("escaped-twice", |text| {
        format!(
            "{{\\\\\\\"body\\\\\\\":\\\\\\\"{}\\\\\\\"}}",
            text.replace(' ', "\\\\u0020")
        )
    }),
    ("capitals-between", |text| {
        text.replace(' ', "\u{200b} \u{ad}")
    }),
    ("accents", |text| text.replace(' ', "\u{301} ")),
    ("no-spaces", |text| text.replace(' ', "")),
];

/// The text in a disguise, in a script, an attribute and an element.
pub(crate) fn copy(text: &str, way: &str) -> String {
    if way.is_empty() {
        return String::new();
    }
    let text = written(text, way);
    format!(
        "<script>var story = [\"{text}\"]; show(story)</script>\n\
         <div data-story='[\"{text}\"]'></div>\n<p hidden>{text}</p>\n"
    )
}

/// The text in a disguise.
pub(crate) fn written(text: &str, way: &str) -> String {
    let disguise = WAYS.iter().find(|(name, _)| *name == way);
    disguise.map_or(String::new(), |(_, disguise)| disguise(text))
}

fn each(text: &str, one: fn(char) -> String) -> String {
    let all: Vec<String> = text.chars().map(one).collect();
    all.concat()
}

fn rot13(c: char) -> char {
    match c {
        'a'..='z' => char::from((c as u8 - b'a' + 13) % 26 + b'a'),
        _ => c,
    }
}

/// The names of the ways.
pub(crate) fn ways() -> impl Iterator<Item = &'static str> {
    WAYS.iter().map(|one| one.0)
}
