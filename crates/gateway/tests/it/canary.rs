//! Canaries: a unique token in every paragraph of a story, and the hunt for
//! them in every form that a leak could take.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Paragraphs of a test story.
const PARAGRAPHS: usize = 12;

/// The token of one paragraph: a word that nothing else contains.
pub(crate) fn token(story: &str, paragraph: usize) -> String {
    let hash = blake3::hash(format!("{story} {paragraph}").as_bytes());
    format!("canary{}", &hash.to_hex()[..12])
}

/// A story's page, its text repeated in the places where publishing systems
/// repeat it.
pub(crate) fn story(name: &str, head: &str) -> String {
    let paragraphs: Vec<String> = (0..PARAGRAPHS)
        .map(|number| {
            format!(
                "Paragraph {number} of the story says {} and then goes on for a while about \
                 the harbour, the tide and the price of rope.",
                token(name, number)
            )
        })
        .collect();
    let text = paragraphs.join(" ");
    let body = format!("<p>{}</p>", paragraphs.join("</p>\n<p>"));
    let encoded = STANDARD.encode(&text);
    format!(
        "<!doctype html><html lang=en><head><title>{name}</title>\
         <link rel=canonical href=\"http://review.example/stories/{name}\">{head}\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{name}\",\
         \"articleBody\":\"{text}\"}}</script>\
         <meta name=description content=\"{text}\"></head><body>\
         <article data-text=\"{text}\"><h1>{name}</h1>\
         <div class=story-body>\n{body}</div></article>\
         <!-- {text} --><noscript>{text}</noscript><template><p>{text}</p></template>\
         <script id=__NEXT_DATA__ type=\"application/json\">{{\"text\":\"{text}\"}}</script>\
         <script>window.state = atob(\"{encoded}\");</script></body></html>"
    )
}

/// The tokens that a preview of 40 words may show, and those it must not.
pub(crate) fn shown_and_hidden(name: &str) -> (String, Vec<String>) {
    (
        token(name, 0),
        (2..PARAGRAPHS).map(|number| token(name, number)).collect(),
    )
}

/// The forms in which text could hide in `bytes`.
fn forms(bytes: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let unescaped = unescape(&raw);
    let rotated = raw.chars().map(rot13).collect();
    let reversed = raw.chars().rev().collect();
    let mut forms = vec![unescaped, rotated, reversed];
    forms.extend(base64_runs(&raw));
    forms.push(raw);
    forms
}

/// The hidden tokens of story `name` that `bytes` give away in any form.
pub(crate) fn leaks(name: &str, bytes: &[u8]) -> Vec<String> {
    let forms = forms(bytes);
    let (_, hidden) = shown_and_hidden(name);
    hidden
        .into_iter()
        .filter(|token| forms.iter().any(|form| form.contains(token)))
        .collect()
}

fn rot13(c: char) -> char {
    match c {
        'a'..='m' | 'A'..='M' => char::from(c as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(c as u8 - 13),
        _ => c,
    }
}

/// Undoes `\uXXXX` and `%XX`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        out.push_str(&rest[..at]);
        let (skip, digits) = if rest[at..].starts_with("\\u") {
            (2, 4)
        } else {
            (1, 2)
        };
        let code = rest.get(at + skip..at + skip + digits);
        let character = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(character) = character {
            out.push(character);
            rest = &rest[at + skip + digits..];
        } else {
            out.push_str(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

/// Everything in `text` that could be base64 and is long enough to hold a
/// token, decoded at each of the four alignments.
fn base64_runs(text: &str) -> Vec<String> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    text.split(|c| !is_base64(c))
        .filter(|run| run.len() >= 24)
        .flat_map(|run| (0..4).filter_map(move |skip| run.get(skip..)))
        .filter_map(|run| {
            let run: String = run
                .chars()
                .map(|c| match c {
                    '+' => '-',
                    '/' => '_',
                    c => c,
                })
                .collect();
            let whole = &run[..run.len() / 4 * 4];
            let bytes = URL_SAFE_NO_PAD.decode(whole).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

#[test]
fn the_hunt_finds_a_token_in_every_form() {
    let token = token("x", 5);
    let text = format!("and so {token} it goes on");
    let rotated: String = text.chars().map(rot13).collect();
    let escaped: Vec<String> = text
        .chars()
        .map(|c| format!("\\u{:04x}", c as u32))
        .collect();
    let percent: Vec<String> = text.bytes().map(|b| format!("%{b:02X}")).collect();
    let backwards: String = text.chars().rev().collect();
    let encoded = format!("\"{}\"", STANDARD.encode(&text));
    for form in [
        text,
        rotated,
        escaped.concat(),
        percent.concat(),
        backwards,
        encoded,
    ] {
        assert_eq!(leaks("x", form.as_bytes()), [token.as_str()], "{form}");
    }
    assert!(leaks("x", b"nothing to see").is_empty());
}
