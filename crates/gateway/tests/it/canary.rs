//! Canaries: a unique token in every paragraph of a story.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::hunt::{found, rot13};

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

/// The hidden tokens of story `name` that `bytes` give away in any form.
pub(crate) fn leaks(name: &str, bytes: &[u8]) -> Vec<String> {
    let (_, hidden) = shown_and_hidden(name);
    found(&hidden, bytes)
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
    let references: Vec<String> = text.chars().map(|c| format!("&#{};", c as u32)).collect();
    let backwards: String = text.chars().rev().collect();
    let encoded = format!("\"{}\"", STANDARD.encode(&text));
    for form in [
        text,
        rotated,
        escaped.concat(),
        percent.concat(),
        references.concat(),
        backwards,
        encoded,
    ] {
        assert_eq!(leaks("x", form.as_bytes()), [token.as_str()], "{form}");
    }
    assert!(leaks("x", b"nothing to see").is_empty());
}
