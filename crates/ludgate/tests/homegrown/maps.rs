//! Maps of the site, lists of feeds, descriptions of the search and styles, with
//! stories in them.

use crate::answer::Answer;
use crate::feeds;
use crate::paper::{Paper, Text};
use crate::request::Request;

const XML: &str = "application/xml";
const MAP: &str = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="urn:x">{items}</urlset>"#;
const LIST: &str = r#"<?xml version="1.0"?><opml version="2.0"><body>{items}</body></opml>"#;

/// A kind of map: its type, its document around all stories, and one story, in the
/// notation of feeds.
type Kind = (&'static str, &'static str, &'static str, &'static str);

const KINDS: [Kind; 14] = [
    (
        "description",
        XML,
        MAP,
        "<url><loc>{link}</loc><description>{text}</description></url>",
    ),
    (
        "news",
        XML,
        MAP,
        "<url><loc>{link}</loc><x:news><x:title>{text}</x:title></x:news></url>",
    ),
    (
        "video",
        XML,
        MAP,
        "<url><loc>{link}</loc><x:video><x:description><![CDATA[{html}]]></x:description></x:video></url>",
    ),
    ("place", XML, MAP, "<url><loc>{link}?{text}</loc></url>"),
    (
        "paragraphs",
        XML,
        MAP,
        "<url><loc>{link}</loc>{pieces}</url>",
    ),
    (
        "attributes",
        XML,
        MAP,
        "<url><loc>{link}</loc>{attributes}</url>",
    ),
    (
        "comment",
        XML,
        MAP,
        "<url><loc>{link}</loc></url><!-- {text} -->",
    ),
    (
        "instruction",
        XML,
        MAP,
        "<url><loc>{link}</loc><?story {text}?></url>",
    ),
    ("beside", XML, MAP, "<url><loc>{link}</loc></url>{text}"),
    (
        "index",
        XML,
        "<sitemapindex>{items}</sitemapindex>",
        "<sitemap><loc>{link}</loc><x>{text}</x></sitemap>",
    ),
    (
        "list",
        "text/x-opml+xml",
        LIST,
        r#"<outline text="{text}" htmlUrl="{link}"/>"#,
    ),
    (
        "list-in-pieces",
        XML,
        LIST,
        r#"<outline htmlUrl="{link}">{pieces}</outline>"#,
    ),
    (
        "search",
        XML,
        "<OpenSearchDescription>{items}</OpenSearchDescription>",
        "<Description>{text}</Description>",
    ),
    (
        "style",
        "text/xsl",
        r#"<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform">{items}</xsl:stylesheet>"#,
        "<p>{text}</p>",
    ),
];

pub(crate) fn answer(paper: &Paper, request: &Request, kind: &str) -> Option<Answer> {
    let (_, media, document, item) = KINDS.into_iter().find(|(name, ..)| *name == kind)?;
    let of = request.parameter("of");
    let wanted = |text: &&Text| of.as_ref().is_none_or(|of| *of == text.name);
    let texts = paper.texts.iter().filter(wanted);
    let items: String = texts.map(|text| feeds::fill(item, text)).collect();
    Some(Answer::new(media, document.replace("{items}", &items)))
}

/// The names of the kinds.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|one| one.0)
}
