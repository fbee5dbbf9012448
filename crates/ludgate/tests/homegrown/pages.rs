//! Pages for people: stories, in whatever charset and framing; lists of them;
//! their other forms.

use crate::answer::{Answer, Framing};
use crate::disguises;
use crate::paper::{Paper, Text, paragraphs};
use crate::request::Request;
use crate::rooms;

/// The page of a story, as the request wants it.
pub(crate) fn story(text: &Text, request: &Request) -> Answer {
    let parameter = |name| request.parameter(name).unwrap_or_default();
    let copy = disguises::copy(&text.plain(), &parameter("as"));
    let page = rooms::page(text, &parameter("in"), &copy);
    let how = parameter("how");
    if let Some(how) = how.strip_prefix("again-") {
        return again(text, how, request);
    }
    let plain = Answer::html(rooms::page(text, "", ""));
    told(plain, text, &how).unwrap_or_else(|| sent(text, page, &how))
}

/// The same page whenever somebody asks whether it is, with more to say about it.
fn again(text: &Text, how: &str, request: &Request) -> Answer {
    let page = Answer::html(rooms::page(text, "", "")).with("ETag", "\"1\"");
    let is_asked = request.header("if-none-match") == Some("\"1\"");
    let unchanged = page.status("304 Not Modified");
    match told(unchanged, text, how) {
        Some(told) if is_asked => told,
        _ => Answer::html(rooms::page(text, "", "")).with("ETag", "\"1\""),
    }
}

/// With something in the head of the answer.
pub(crate) fn told(page: Answer, text: &Text, how: &str) -> Option<Answer> {
    let plain = text.plain();
    let by_words = |name: &'static str| {
        let words: Vec<&str> = plain.split(' ').collect();
        words
            .chunks(6)
            .map(|words| (name, words.join(" ")))
            .collect::<Vec<_>>()
    };
    Some(match how {
        "header" => page.with("X-Story", plain),
        "header-paragraph" => page.with("X-Story", text.paragraphs[7].clone()),
        "header-pieces" => Answer {
            headers: [page.headers.clone(), by_words("X-Story")].concat(),
            ..page
        },
        "header-base64" => page.with("X-State", disguises::written(&plain, "base64")),
        "header-percent" => page.with("X-State", plain.replace(' ', "%20")),
        "link" => page.with("Link", format!("</x>; rel=alternate; title=\"{plain}\"")),
        "refresh" => page.with(
            "Refresh",
            format!("900; url=/again?text={}", plain.replace(' ', "+")),
        ),
        "cookie" => page.with(
            "Set-Cookie",
            format!("story=\"{}\"", plain.replace(' ', "_")),
        ),
        "cookie-base64" => page.with(
            "Set-Cookie",
            format!("state={}; Path=/", disguises::written(&plain, "base64url")),
        ),
        "cookies" => Answer {
            headers: [
                page.headers.clone(),
                by_words("Set-Cookie")
                    .into_iter()
                    .zip(0..)
                    .map(|((name, words), number)| {
                        (name, format!("s{number}={}", words.replace(' ', "%20")))
                    })
                    .collect(),
            ]
            .concat(),
            ..page
        },
        "location" => page.with(
            "Location",
            format!("/again?text={}", plain.replace(' ', "+")),
        ),
        "slug" => page.with(
            "Link",
            format!(
                "</{}/>; rel=next",
                plain.replace(". ", " ").replace(' ', "-")
            ),
        ),
        "report" => page.with("Report-To", format!("{{\"group\":\"{plain}\"}}")),
        "features" => page.with("Permissions-Policy", format!("x=(\"{plain}\")")),
        "elsewhere" => page.with("Alt-Svc", format!("h3=\":443\"; x=\"{plain}\"")),
        "behind" => Answer {
            behind: Some(plain),
            ..page.framed(Framing::Trailers)
        },
        "timing" => page.with("Server-Timing", format!("story;desc=\"{plain}\"")),
        "policy" => page.with(
            "Content-Security-Policy",
            format!("report-uri /x?{}", plain.replace(' ', "%20")),
        ),
        "disposition" => page.with(
            "Content-Disposition",
            format!("inline; filename=\"{plain}.html\""),
        ),
        "language" => page.with("Content-Language", plain),
        "tag" => page.with("ETag", format!("\"{}\"", plain.replace(' ', "-"))),
        "reason" => page.with("Via", format!("1.1 cms ({plain})")),
        "early" => Answer {
            before: format!("HTTP/1.1 103 Early Hints\r\nLink: </x>; title=\"{plain}\"\r\n\r\n"),
            ..page
        },
        "processing" => Answer {
            before: format!("HTTP/1.1 102 Processing\r\nX-Story: {plain}\r\n\r\n"),
            ..page
        },
        _ => return None,
    })
}

/// In another charset, another framing, or with another status.
fn sent(text: &Text, page: String, how: &str) -> Answer {
    let wide = |little: bool| -> Vec<u8> {
        let units = page.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let body = text.html();
    match how {
        "utf-16" => Answer::new("text/html; charset=utf-16le", wide(true)),
        "utf-16-mark" => Answer::new("text/html", [&[0xfe, 0xff][..], &wide(false)].concat()),
        "iso-2022-jp" => Answer::new("text/html; charset=iso-2022-jp", page),
        "utf-7" => Answer::new("text/html; charset=utf-7", page),
        "no-charset" => Answer::new("text/html", page),
        "two-charsets" => Answer::new("text/html; charset=utf-8; charset=utf-16", page),
        "ebcdic" => Answer::new("text/html; charset=cp037", page),
        "xhtml" => Answer::new("application/xhtml+xml", page),
        "quoted" => Answer::new("text/html;charset=\"utf-8\";x=\"", page),
        "in-capitals" => Answer::new("TEXT/HTML", page),
        "a-byte-a-chunk" => Answer::html(page).framed(Framing::Chunks(1)),
        "seven-bytes-a-chunk" => Answer::html(page).framed(Framing::Chunks(7)),
        "to-the-end" => Answer::html(page).framed(Framing::Close),
        "trailers" => Answer::html(page).framed(Framing::Trailers),
        "gzip" => Answer::html(page).zipped(),
        "gzip-in-chunks" => Answer::html(page).zipped().framed(Framing::Chunks(3)),
        "deflate" => Answer::html(page).with("Content-Encoding", "deflate"),
        "missing" => Answer::html(page).status("404 Not Found"),
        "failing" => Answer::html(page).status("500 Internal Server Error"),
        "forbidden" => Answer::html(page).status("403 Forbidden"),
        "payment" => Answer::html(page).status("402 Payment Required"),
        "unsure" => Answer::html(page).status("203 Non-Authoritative Information"),
        "created" => Answer::html(page).status("201 Created"),
        "empty" => Answer::html(page).status("204 No Content"),
        "unchanged" => Answer::html(page).status("304 Not Modified"),
        "odd" => Answer::html(page).status("299 Odd"),
        "moved" => Answer::html(page).status("302 Found").with("Location", "/stories/d"),
        "choices" => Answer::html(page).status("300 Multiple Choices"),
        "part" => Answer::html(page).status("206 Partial Content").with("Content-Range", "bytes 0-99/100"),
        "ranges" => Answer::new(
            "multipart/byteranges; boundary=a",
            format!("--a\r\nContent-Type: text/html\r\nContent-Range: bytes 0-9/10\r\n\r\n{page}\r\n--a--\r\n"),
        )
        .status("206 Partial Content"),
        "public" => Answer::html(page).with("Cache-Control", "public, max-age=31536000, immutable").with("ETag", "\"1\""),
        "varies" => Answer::html(page).with("Vary", "Cookie, User-Agent, *"),
        "purgeable" => Answer::html(page).with("Surrogate-Control", "content=\"ESI/1.0\", max-age=99999"),
        "includes" => Answer::html(page.replace("</main>", &format!("<esi:remove>{body}</esi:remove><!--esi {body} --></main>"))),
        "include-after" => Answer::html(page.replace("</main>", "</main><esi:include src=\"/print/d\"/><esi:inline name=\"/x\">x</esi:inline>")),
        "server-includes" => Answer::html(page.replace("</main>", &format!("<!--#include virtual=\"/print/d\" --><!--#set var=\"a\" value=\"{}\" --></main>", text.plain()))),
        "split-include" => Answer::html(page.replace("</main>", &format!("<es<esi:comment text=\"x\"/>i:remove>{body}</esi:remove></main>"))).framed(Framing::Chunks(5)),
        "unclosed" => Answer::html(page.replace("</p>", "").replace("</div>", "").replace("</main>", "")),
        "twice" => Answer::html(format!("{page}{page}")),
        "nested" => Answer::html(page.replace("</main>", &format!("<div class=text><p>x</p><div class=text>{body}</div>{body}</div></main>"))),
        "no-marks" => Answer::html(body),
        _ => Answer::html(page),
    }
}

/// A list of all stories, with what `what` says of each.
pub(crate) fn list(paper: &Paper, what: &str) -> Option<Answer> {
    let each = |one: &dyn Fn(&Text) -> String| -> String { paper.texts.iter().map(one).collect() };
    let item = |text: &Text, inner: String| {
        format!(
            "<article><h2><a href=\"{}\">The story of {}</a></h2>{inner}</article>",
            text.path(),
            text.name
        )
    };
    let items = match what {
        "whole" => each(&|text| item(text, format!("<div class=\"text\">{}</div>", text.html()))),
        "hits" => each(&|text| {
            let hits = text
                .paragraphs
                .iter()
                .map(|hit| format!("<div class=\"hit\"><p>{hit}</p></div>"));
            item(text, hits.collect())
        }),
        "tables" => each(&|text| {
            format!(
                "<table><tr><td class=\"text\">{}</td></tr></table>",
                text.html()
            )
        }),
        "linked" => each(&|text| {
            let data = format!(
                "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"articleBody\":\"{}\"}}</script>",
                text.plain()
            );
            item(
                text,
                format!("{data}<div class=\"text\">{}</div>", text.html()),
            )
        }),
        "hidden" => each(&|text| {
            item(
                text,
                format!("<div hidden class=\"text\">{}</div>", text.html()),
            )
        }),
        _ => return None,
    };
    Some(Answer::html(format!(
        "<!doctype html><html><head><title>Stories</title></head><body><main class=\"results\">{items}</main></body></html>"
    )))
}

/// A further page of a story.
pub(crate) fn further(text: &Text, from: usize) -> Answer {
    let rest = text.paragraphs.get(from..).unwrap_or_default();
    Answer::html(format!(
        "<!doctype html><html><head><link rel=\"canonical\" href=\"http://post.example{}/{from}\">\
         <meta property=\"article:section\" content=\"{}\"></head><body>\
         <main class=\"continued\"><div class=\"text\">{}</div></main></body></html>",
        text.path(),
        text.section,
        paragraphs(rest)
    ))
}

/// Another form of a story.
pub(crate) fn form(text: &Text, form: &str) -> Option<Answer> {
    let body = text.html();
    let head = format!(
        "<link rel=\"canonical\" href=\"http://post.example{}\"><meta property=\"article:section\" content=\"{}\">",
        text.path(),
        text.section
    );
    Some(Answer::html(match form {
        "print" => format!(
            "<html><head>{head}</head><body onload=\"print()\"><div class=\"text\">{body}</div></body></html>"
        ),
        "amp" => format!(
            "<!doctype html><html amp><head>{head}</head><body><div class=\"text\">{body}</div>\
             <amp-state id=\"story\"><script type=\"application/json\">{{\"body\":\"{}\"}}</script></amp-state></body></html>",
            text.plain()
        ),
        "embed" => format!(
            "<html><head>{head}</head><body><blockquote class=\"text\">{body}</blockquote></body></html>"
        ),
        "reader" => format!(
            "<html><head>{head}</head><body><pre class=\"text\">{}</pre></body></html>",
            text.plain()
        ),
        "preview" => format!(
            "<html><head>{head}</head><body><div class=\"draft\"><div class=\"text\">{body}</div></div></body></html>"
        ),
        "mail" => format!(
            "<html><head>{head}</head><body><table><tr><td class=\"text\">{body}</td></tr></table></body></html>"
        ),
        "old" => format!(
            "<html><head>{head}</head><body><font><center class=\"text\">{body}</center></font></body></html>"
        ),
        _ => return None,
    }))
}
