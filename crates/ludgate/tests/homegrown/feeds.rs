//! Feeds: every kind that somebody reads, with the whole text in every element
//! that has ever held one, and in pieces where one element holds too little.

use crate::answer::{Answer, zipped};
use crate::paper::{Paper, Text};
use crate::request::Request;

const RSS: &str = "application/rss+xml; charset=utf-8";
const ATOM: &str = "application/atom+xml";
const JSON: &str = "application/feed+json";

/// A kind of feed: its type, its document around all items, and one item, in
/// the notation of `fill`.
type Kind = (&'static str, &'static str, &'static str, &'static str);

const CHANNEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:x="urn:x"><channel><title>The Stanner Post</title><link>http://post.example/</link>{items}</channel></rss>"#;
const ENTRIES: &str = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Stanner Post</title>{items}</feed>"#;
const RDF: &str = r#"<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/">{items}</rdf:RDF>"#;
const LIST: &str =
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"The Stanner Post","items":[{list}]}"#;

const KINDS: [Kind; 33] = [
    (
        "rss",
        RSS,
        CHANNEL,
        "<item><title>{name}</title><link>{link}</link><description>{text}</description></item>",
    ),
    (
        "content",
        RSS,
        CHANNEL,
        "<item><title>{name}</title><link>{link}</link><content:encoded><![CDATA[{html}]]></content:encoded></item>",
    ),
    (
        "marked",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><description><![CDATA[{html}]]></description></item>",
    ),
    (
        "escaped",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><description>{escaped}</description></item>",
    ),
    (
        "titled",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><title>{text}</title></item>",
    ),
    (
        "own-element",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><x:story>{text}</x:story></item>",
    ),
    (
        "attribute",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><x:story text=\"{text}\"/></item>",
    ),
    (
        "core",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><dc:description>{text}</dc:description></item>",
    ),
    (
        "media",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><media:group><media:description>{text}</media:description></media:group></item>",
    ),
    (
        "media-text",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><media:text type=\"html\">{escaped}</media:text></item>",
    ),
    (
        "podcast",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><itunes:summary>{text}</itunes:summary><enclosure url=\"/a.mp3\" type=\"audio/mpeg\"/></item>",
    ),
    (
        "transcript",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><podcast:transcript>{text}</podcast:transcript></item>",
    ),
    (
        "chapters",
        RSS,
        CHANNEL,
        "<item><link>{link}</link>{chapters}</item>",
    ),
    (
        "pieces",
        RSS,
        CHANNEL,
        "<item><link>{link}</link>{pieces}</item>",
    ),
    (
        "nested-pieces",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><x:story>{pieces}</x:story></item>",
    ),
    (
        "attributes",
        RSS,
        CHANNEL,
        "<item><link>{link}</link>{attributes}</item>",
    ),
    (
        "categories",
        RSS,
        CHANNEL,
        "<item><link>{link}</link>{categories}</item>",
    ),
    (
        "wrapped",
        RSS,
        CHANNEL,
        "<item><link>{link}</link></item><x:wrap><x:more>{text}</x:more></x:wrap>",
    ),
    (
        "channel",
        RSS,
        CHANNEL,
        "<item><link>{link}</link></item><description>{text}</description>",
    ),
    (
        "channel-pieces",
        RSS,
        CHANNEL,
        "<item><link>{link}</link></item><x:more>{pieces}</x:more>",
    ),
    ("an-item-a-paragraph", RSS, CHANNEL, "{items-of-one}"),
    ("an-item-a-fragment", RSS, CHANNEL, "{items-of-fragments}"),
    (
        "comments",
        RSS,
        CHANNEL,
        "<item><link>{link}</link><!-- {text} --><?story {text}?></item>",
    ),
    (
        "atom",
        ATOM,
        ENTRIES,
        "<entry><link href=\"{link}\"/><content type=\"html\">{escaped}</content></entry>",
    ),
    (
        "atom-page",
        ATOM,
        ENTRIES,
        "<entry><link href=\"{link}\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div></content></entry>",
    ),
    (
        "atom-summary",
        ATOM,
        ENTRIES,
        "<entry><link href=\"{link}\"/><summary>{text}</summary></entry>",
    ),
    (
        "atom-pieces",
        ATOM,
        ENTRIES,
        "<entry><link href=\"{link}\"/>{links}</entry>",
    ),
    (
        "rdf",
        "application/rdf+xml",
        RDF,
        "<item><link>{link}</link><description>{text}</description></item>",
    ),
    (
        "json",
        JSON,
        LIST,
        r#"{"id":"{link}","url":"{link}","content_html":"{json}"}"#,
    ),
    (
        "json-summary",
        JSON,
        LIST,
        r#"{"id":"{link}","url":"{link}","summary":"{text}"}"#,
    ),
    (
        "json-own",
        JSON,
        LIST,
        r#"{"id":"{link}","url":"{link}","_story":{"text":"{text}"}}"#,
    ),
    (
        "json-pieces",
        JSON,
        LIST,
        r#"{"id":"{link}","url":"{link}","_story":[{list-pieces}]}"#,
    ),
    (
        "json-names",
        JSON,
        LIST,
        r#"{"id":"{link}","url":"{link}","_story":{{names}}}"#,
    ),
];

pub(crate) fn answer(paper: &Paper, request: &Request, kind: &str) -> Option<Answer> {
    let (_, media, document, item) = KINDS.into_iter().find(|(name, ..)| *name == kind)?;
    let of = request.parameter("of");
    let wanted = |text: &&Text| of.as_ref().is_none_or(|of| *of == text.name);
    let texts = paper.texts.iter().filter(wanted);
    let items: Vec<String> = texts.map(|text| fill(item, text)).collect();
    let document = document
        .replace("{items}", &items.join("\n"))
        .replace("{list}", &items.join(","));
    let media = match request.parameter("type") {
        Some(other) => other.replace('-', "/"),
        None => media.to_owned(),
    };
    let how = request.parameter("how").unwrap_or_default();
    let wide = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    Some(match how.as_str() {
        "gzip" => Answer::new(&media, zipped(document.as_bytes())).with("Content-Encoding", "gzip"),
        "utf-16" => Answer::new("application/rss+xml; charset=utf-16", wide(&document)),
        "entity" => {
            let (start, rest) = document.split_once("<rss").expect("a feed of that kind");
            let start = format!(
                "{start}<!DOCTYPE rss [<!ENTITY story \"{}\">]><rss",
                paper.texts[0].plain()
            );
            Answer::new(&media, start + rest)
        }
        "untyped" => Answer {
            headers: Vec::new(),
            ..Answer::new("", document)
        },
        "page" => Answer::html(document),
        "missing" => Answer::new(&media, document).status("404 Not Found"),
        "open-ended" => Answer::new(&media, document.replace("</channel></rss>", "")),
        _ => Answer::new(&media, document),
    })
}

/// Pieces that are shorter than an excerpt each.
fn pieces(text: &Text, one: impl Fn(usize, &str) -> String, between: &str) -> String {
    let pieces: Vec<String> = text
        .paragraphs
        .iter()
        .zip(1..)
        .map(|(piece, number)| one(number, piece))
        .collect();
    pieces.join(between)
}

pub(crate) fn fill(form: &str, text: &Text) -> String {
    let link = format!("http://post.example{}", text.path());
    let each =
        |one: &dyn Fn(&str) -> String| -> String { text.plain().split(' ').map(one).collect() };
    let mut out = form.to_owned();
    let mut put = |name: &str, make: &dyn Fn() -> String| {
        if out.contains(name) {
            out = out.replace(name, &make());
        }
    };
    put("{chapters}", &|| {
        pieces(
            text,
            |_, piece| format!("<podcast:chapter title=\"{piece}\"/>"),
            "",
        )
    });
    put("{pieces}", &|| {
        pieces(
            text,
            |number, piece| format!("<x:p{number}>{piece}</x:p{number}>"),
            "",
        )
    });
    put("{attributes}", &|| {
        pieces(
            text,
            |number, piece| format!("<x:p a{number}=\"{piece}\"/>"),
            "",
        )
    });
    put("{links}", &|| {
        pieces(
            text,
            |_, piece| format!("<link rel=\"related\" href=\"/x\" title=\"{piece}\"/>"),
            "",
        )
    });
    put("{categories}", &|| {
        each(&|word| format!("<category>{word}</category>"))
    });
    put("{items-of-one}", &|| {
        pieces(
            text,
            |_, piece| {
                format!("<item><description>{piece}</description><link>{link}</link></item>")
            },
            "",
        )
    });
    put("{items-of-fragments}", &|| {
        pieces(
            text,
            |number, piece| {
                format!(
                    "<item><link>{link}#p{number}</link><description>{piece}</description></item>"
                )
            },
            "",
        )
    });
    put("{list-pieces}", &|| {
        pieces(text, |_, piece| format!("\"{piece}\""), ",")
    });
    put("{names}", &|| {
        pieces(text, |_, piece| format!("\"{piece}\":1"), ",")
    });
    out.replace("{link}", &link)
        .replace("{name}", text.name)
        .replace("{text}", &text.plain())
        .replace("{html}", &text.html())
        .replace("{escaped}", &text.html().replace('<', "&lt;"))
        .replace("{json}", &text.html().replace('\n', "\\n"))
}

/// The names of the kinds.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|one| one.0)
}
