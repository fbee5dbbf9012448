//! The places of a page, beside the story itself, in which its text may stand
//! once more. Every place that has been seen to, or that a browser reads, has a
//! name here by which `?in=` asks for it.

use crate::paper::{Text, paragraphs};

/// Where a page has room for more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Head,
    /// Before the story.
    Before,
    After,
}
use Where::{After, Before, Head};

/// The rooms. `{text}` is the text in one line, `{json}` the same for a string
/// in JSON, `{html}` its paragraphs, `{escaped}` those as text, `{url}` for a
/// URL, `{words}` its words as a list in JSON, `{spans}` each in an element.
const ROOMS: [(&str, Where, &str); 66] = [
    (
        "linked",
        Head,
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","articleBody":"{json}"}</script>"#,
    ),
    (
        "linked-graph",
        Head,
        r#"<script type="application/ld+json">{"@graph":[{"@type":"WebPage","hasPart":{"@type":"Article","text":"{json}"}},{"@type":"FAQPage","mainEntity":[{"acceptedAnswer":{"text":"{json}"}}]}]}</script>"#,
    ),
    (
        "speech",
        Head,
        r#"<script type="application/ld+json">{"@type":"AudioObject","transcript":"{json}"}</script>"#,
    ),
    (
        "description",
        Head,
        r#"<meta name="description" content="{text}">"#,
    ),
    (
        "social",
        Head,
        r#"<meta property="og:description" content="{text}"><meta name="twitter:description" content="{text}">"#,
    ),
    (
        "parsely",
        Head,
        r#"<meta name="parsely-page" content='{"body":"{json}"}'><meta name="sailthru.description" content="{text}">"#,
    ),
    ("title", Head, "<title>{text}</title>"),
    (
        "refresh",
        Head,
        r#"<meta http-equiv="refresh" content="900;url=/again?text={url}">"#,
    ),
    (
        "style",
        Head,
        r#"<style>.more::after{content:"{text}"}</style>"#,
    ),
    ("style-comment", Head, "<style>/* {text} */</style>"),
    (
        "style-variable",
        Head,
        r#"<style>:root{--story:"{text}"}</style>"#,
    ),
    (
        "link-title",
        Head,
        r#"<link rel="alternate" title="{text}" href="/x">"#,
    ),
    ("base", Head, r#"<base href="/?{url}" target="_self">"#),
    (
        "noscript-head",
        Head,
        "<noscript><style>/* {text} */</style></noscript>",
    ),
    (
        "next",
        After,
        r#"<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"story":{"body":"{json}"}}}}</script>"#,
    ),
    (
        "flight",
        After,
        r#"<script>self.__next_f.push([1,"5:[\"$\",\"p\",null,{\"children\":\"{json}\"}]\n"])</script>"#,
    ),
    (
        "nuxt",
        After,
        r#"<script>window.__NUXT__=(function(a){return{data:[{story:{body:a}}]}}("{json}"));</script>"#,
    ),
    (
        "apollo",
        After,
        r#"<script>window.__APOLLO_STATE__={"Story:1":{"body({\"format\":\"html\"})":"{json}"}};</script>"#,
    ),
    (
        "redux",
        After,
        r#"<script>window.__PRELOADED_STATE__=JSON.parse('{"story":"{json}"}')</script>"#,
    ),
    (
        "remix",
        After,
        r#"<script>window.__remixContext={"state":{"loaderData":{"routes/story":{"text":"{json}"}}}};</script>"#,
    ),
    ("variable", After, "<script>var story = '{text}';</script>"),
    (
        "template-string",
        After,
        "<script>const story = `{text}`;</script>",
    ),
    (
        "concatenated",
        After,
        r#"<script>var a = "{spaced}";</script>"#,
    ),
    ("words", After, "<script>var words = {words};</script>"),
    (
        "script-comment",
        After,
        "<script>/* {text} */ void 0;</script>",
    ),
    (
        "template-script",
        After,
        r#"<script type="text/x-template">{html}</script>"#,
    ),
    (
        "import-map",
        Head,
        r#"<script type="importmap">{"imports":{"story":"data:text/plain,{url}"}}</script>"#,
    ),
    (
        "speculation",
        Head,
        r#"<script type="speculationrules">{"prefetch":[{"urls":["/?t={url}"]}]}</script>"#,
    ),
    ("data", After, r#"<div data-story="{text}"></div>"#),
    (
        "data-json",
        After,
        r#"<div data-state='{"story":"{json}"}'></div>"#,
    ),
    (
        "data-before",
        Before,
        r#"<div data-page="{&quot;story&quot;:&quot;{text}&quot;}"></div>"#,
    ),
    ("data-words", After, "{data-words}"),
    (
        "alpine",
        After,
        r#"<div x-data="{ story: '{text}' }"></div>"#,
    ),
    (
        "props",
        After,
        r#"<astro-island props="{&quot;story&quot;:[0,&quot;{text}&quot;]}"></astro-island>"#,
    ),
    ("alternative", Before, r#"<img src="/p.png" alt="{text}">"#),
    (
        "label",
        After,
        r#"<a href="/x" aria-label="{text}" title="{text}">more</a>"#,
    ),
    ("field", After, r#"<input type="hidden" value="{text}">"#),
    ("area", After, "<textarea hidden>{text}</textarea>"),
    ("options", After, "<select><option>{text}</option></select>"),
    (
        "datalist",
        After,
        r#"<datalist><option value="{text}"></datalist>"#,
    ),
    ("comment", After, "<!-- {text} -->"),
    ("comment-before", Before, "<!-- {html} -->"),
    ("conditional", After, "<!--[if lt IE 9]>{html}<![endif]-->"),
    ("bogus-comment", After, "<? {text} ?><!story {text}>"),
    ("template", After, "<template>{html}</template>"),
    (
        "shadow",
        After,
        r#"<story-rest><template shadowrootmode="open">{html}</template></story-rest>"#,
    ),
    ("noscript", After, "<noscript>{html}</noscript>"),
    ("frame", After, r#"<iframe srcdoc="{escaped}"></iframe>"#),
    ("frame-inside", After, "<iframe>{html}</iframe>"),
    ("noembed", After, "<noembed>{html}</noembed>"),
    ("raw", After, "<xmp>{html}</xmp>"),
    (
        "drawing",
        After,
        "<svg><title>{text}</title><text>{text}</text></svg>",
    ),
    (
        "formula",
        After,
        "<math><annotation>{text}</annotation></math>",
    ),
    ("section-of-data", After, "<svg><![CDATA[{text}]]></svg>"),
    (
        "fallback",
        After,
        "<video><p>{text}</p></video><canvas>{html}</canvas><object>{html}</object>",
    ),
    ("picture", After, r#"<img src="data:image/svg+xml,{url}">"#),
    (
        "mail",
        After,
        r#"<a href="mailto:?subject=x&body={url}">Send</a>"#,
    ),
    (
        "share",
        Before,
        r#"<a href="https://social.example/share?text={url}">Share</a>"#,
    ),
    ("handler", After, r#"<a onclick="tell('{text}')">Read</a>"#),
    (
        "javascript",
        After,
        r#"<a href="javascript:show('{text}')">Read</a>"#,
    ),
    ("hidden", After, "<div hidden>{html}</div>"),
    ("print", After, r#"<div class="print-only">{html}</div>"#),
    ("spans", After, "<div>{spans}</div>"),
    ("dialog", After, "<dialog>{html}</dialog>"),
    (
        "details",
        Before,
        "<details><summary>Summary</summary>{html}</details>",
    ),
    ("second", After, r#"<div class="text second">{html}</div>"#),
];

/// How a story's own element may hide what is behind the beginning.
const VEILS: [(&str, &str, &str); 6] = [
    (
        "veil-display",
        r#"<div class="premium" style="display:none">"#,
        "</div>",
    ),
    (
        "veil-blur",
        r#"<div style="filter:blur(8px);user-select:none" aria-hidden="true">"#,
        "</div>",
    ),
    (
        "veil-clip",
        r#"<section style="max-height:120px;overflow:hidden">"#,
        "</section>",
    ),
    ("veil-attribute", "<div hidden inert>", "</div>"),
    (
        "veil-vendor",
        r#"<div class="tp-container-inner" data-paywalled>"#,
        "</div><script src=\"https://wall.example/w.js\"></script>",
    ),
    (
        "veil-details",
        "<details><summary>Subscribers only</summary>",
        "</details>",
    ),
];

/// The page of a story whose text stands in `room` too, and again as `copy`.
pub(crate) fn page(text: &Text, room: &str, copy: &str) -> String {
    let filled = |place: Where| {
        let own = ROOMS
            .iter()
            .find(|(name, own, _)| *name == room && *own == place);
        own.map_or(String::new(), |(_, _, form)| fill(form, text))
    };
    let body = match VEILS.iter().find(|(name, ..)| *name == room) {
        None => text.html(),
        Some((_, open, close)) => {
            let (shown, rest) = text.paragraphs.split_at(2);
            format!("{}{open}{}{close}", paragraphs(shown), paragraphs(rest))
        }
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <link rel=\"canonical\" href=\"http://post.example{}\">\
         <meta property=\"article:section\" content=\"{}\">{}</head>\n<body><nav>Home</nav>{}\
         <main><h1>The story of {}</h1><div class=\"text\">{body}</div></main>{}{copy}\
         <footer>The Stanner Post</footer></body></html>\n",
        text.path(),
        text.section,
        filled(Head),
        filled(Before),
        text.name,
        filled(After),
    )
}

fn fill(form: &str, text: &Text) -> String {
    let plain = text.plain();
    let each = |one: fn(&str) -> String, between: &str| {
        let words: Vec<String> = plain.split(' ').map(one).collect();
        words.join(between)
    };
    form.replace("{text}", &plain)
        .replace("{json}", &plain)
        .replace("{html}", &text.html())
        .replace("{escaped}", &text.html().replace('<', "&lt;"))
        .replace("{url}", &plain.replace(' ', "%20"))
        .replace(
            "{words}",
            &format!("[{}]", each(|word| format!("\"{word}\""), ",")),
        )
        .replace("{spans}", &each(|word| format!("<span>{word}</span>"), " "))
        .replace(
            "{data-words}",
            &each(|word| format!("<i data-w=\"{word}\"></i>"), ""),
        )
        .replace("{spaced}", &each(str::to_owned, " \" + \""))
}

/// The names of the rooms.
pub(crate) fn rooms() -> impl Iterator<Item = &'static str> {
    ROOMS.iter().map(|one| one.0)
}

/// The names of the veils.
pub(crate) fn veils() -> impl Iterator<Item = &'static str> {
    VEILS.iter().map(|one| one.0)
}
