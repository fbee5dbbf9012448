//! What a site answers to programs: interfaces in every style, pieces of pages
//! for scripts, and files that are something else than they say.

use crate::answer::{Answer, Framing, zipped};
use crate::disguises;
use crate::paper::{Paper, Text};
use crate::request::Request;
use crate::rooms;

const JSON: &str = "application/json";

/// An interface's answer about `texts`.
pub(crate) fn interface(style: &str, texts: &[&Text], request: &Request) -> Option<Answer> {
    let stories: Vec<serde_json::Value> = texts
        .iter()
        .map(
            |text| serde_json::json!({ "id": text.name, "path": text.path(), "body": text.html() }),
        )
        .collect();
    let list = serde_json::Value::from(stories.clone()).to_string();
    let lines = || -> String {
        let lines: Vec<String> = stories.iter().map(|story| format!("{story}\n")).collect();
        lines.concat()
    };
    let plain = || -> String { texts.iter().map(|text| text.plain() + "\n\n").collect() };
    let named = |name: &str| request.parameter(name);
    Some(match style {
        "stories" => Answer::new(JSON, list),
        "enveloped" => Answer::new("application/vnd.api+json", format!("{{\"data\":{list}}}")),
        "hal" => Answer::new(
            "application/hal+json",
            format!("{{\"_embedded\":{{\"stories\":{list}}}}}"),
        ),
        "linked" => Answer::new("application/ld+json", format!("{{\"@graph\":{list}}}")),
        "activity" => Answer::new(
            "application/activity+json",
            format!("{{\"orderedItems\":{list}}}"),
        ),
        "graphql" => Answer::new(JSON, format!("{{\"data\":{{\"stories\":{list}}}}}")),
        "lines" => Answer::new("application/x-ndjson", lines()),
        "events" => {
            Answer::new("text/event-stream", format!("data: {list}\n\n")).framed(Framing::Close)
        }
        "script" => Answer::new(
            "application/javascript",
            format!("{}({list})", named("callback").unwrap_or("take".into())),
        ),
        "guarded" => Answer::new(JSON, format!(")]}}',\n{list}")),
        "xml" => Answer::new(
            "application/xml",
            format!("<stories><story>{}</story></stories>", plain()),
        ),
        "soap" => Answer::new(
            "application/soap+xml",
            format!(
                "<Envelope><Body><story>{}</story></Body></Envelope>",
                plain()
            ),
        ),
        "csv" => Answer::new("text/csv", plain()),
        "yaml" => Answer::new("application/yaml", format!("story: >\n  {}", plain())),
        "messages" => Answer::new("application/msgpack", plain()),
        "buffers" => Answer::new("application/x-protobuf", format!("\n\u{5}{}", plain())),
        "rpc" => Answer::new(
            "application/grpc-web+proto",
            format!("\0\0\0\u{1}\0{}", plain()),
        ),
        "component" => Answer::new("text/x-component", format!("0:[\"$\",\"p\",null,{list}]")),
        "turbo" => Answer::new(
            "text/vnd.turbo-stream.html",
            format!(
                "<turbo-stream action=\"append\"><template>{}</template></turbo-stream>",
                plain()
            ),
        ),
        "form" => Answer::new(JSON, format!("{{\"message\":{:?}}}", plain())),
        "form-pieces" => Answer::new(
            JSON,
            serde_json::json!({ "errors": texts[0].paragraphs }).to_string(),
        ),
        "form-tag" => Answer::new(
            JSON,
            serde_json::json!({ "html": format!("<div data-story='{}'>", plain()) }).to_string(),
        ),
        "oembed" => Answer::new(
            "application/json+oembed",
            format!("{{\"html\":{:?}}}", plain()),
        ),
        "as-page" => Answer::html(list),
        "script-as-page" => Answer::html(format!("take({list});")),
        "text-as-page" => Answer::html(plain()),
        "as-script" => Answer::new("text/javascript", list),
        "as-style" => Answer::new("text/css", list),
        "as-picture" => Answer::new("image/jpeg", list),
        "as-manifest" => Answer::new("application/manifest+json", list),
        "in-pieces" => Answer::new(JSON, list).framed(Framing::Chunks(7)),
        "zipped" => Answer::new(JSON, list).zipped(),
        _ => return None,
    })
}

/// A file that says it is something that no story is sent as.
pub(crate) fn file(text: &Text, ending: &str, request: &Request) -> Option<Answer> {
    let page = rooms::page(text, "", "");
    let plain = text.plain();
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(plain.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let drawn = || -> String {
        let lines = text
            .paragraphs
            .iter()
            .map(|line| format!("<text>{line}</text>"));
        lines.collect()
    };
    let answer = match ending {
        "png" => Answer::new("image/png", page),
        "jpg" => Answer::new("image/jpeg", plain),
        "ico" => Answer::new("image/vnd.microsoft.icon", plain).framed(Framing::Chunks(5)),
        "webp" => Answer::new("image/webp", plain).zipped(),
        "avif" => Answer::new("image/avif", wide),
        "mp4" => Answer::new("video/mp4", page).framed(Framing::Close),
        "mp3" => Answer::new("audio/mpeg", plain),
        "ogg" => Answer::new("application/ogg", plain),
        "woff" => Answer::new("font/woff", plain),
        "woff2" => Answer::new("application/font-woff", page),
        "ttf" => Answer::new("font/ttf", zipped(plain.as_bytes())).with("Content-Encoding", "gzip"),
        "bin" => Answer::new("application/octet-stream", page),
        "txt" => Answer::new("application/octet-stream", plain).framed(Framing::Chunks(1)),
        "zip" => Answer::new("application/zip", plain),
        "gz" => Answer::new("application/gzip", format!("{{\"story\":\"{plain}\"}}")),
        "wasm" => Answer::new("application/wasm", plain),
        "swf" => Answer::new("application/x-shockwave-flash", page),
        "css" => Answer::new("text/css", page),
        "js" => Answer::new("text/javascript", page),
        "mjs" => Answer::new(
            "application/javascript",
            format!("{{\"story\":\"{plain}\"}}"),
        ),
        "svg" => Answer::new("image/svg+xml", page),
        "drawing" => Answer::new(
            "image/svg+xml",
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>",
                drawn()
            ),
        ),
        "br" => Answer::new("image/png", page).with("Content-Encoding", "br"),
        "two" => Answer::new("image/png", page).with("Content-Type", "text/html"),
        "list" => Answer::new("image/png, text/html", page),
        "untyped" => Answer {
            headers: Vec::new(),
            ..Answer::new("", page)
        },
        "odd" => Answer::new("x-unknown/x-unknown", page),
        "plain" => Answer::new("text/plain", page),
        "md" => Answer::new("text/markdown", plain),
        "pdf" => Answer::new("application/pdf", format!("%PDF-1.4\n({plain}) Tj")),
        "epub" => Answer::new("application/epub+zip", plain),
        "rtf" => Answer::new("application/rtf", format!("{{\\rtf1 {plain}}}")),
        "mhtml" => Answer::new(
            "multipart/related; boundary=a",
            format!("--a\r\nContent-Type: text/html\r\n\r\n{page}\r\n--a--"),
        ),
        "webarchive" => Answer::new("application/x-webarchive", plain),
        "signed" => Answer::new("application/signed-exchange;v=b3", plain),
        "disguised" => Answer::new("text/plain", disguises::copy(&plain, "base64")),
        _ => return None,
    };
    let is_missing = request.parameter("how").is_some_and(|how| how == "missing");
    Some(if is_missing {
        answer.status("404 Not Found")
    } else {
        answer
    })
}

/// What a page's script gets of a story.
pub(crate) fn for_script(paper: &Paper, text: &Text, request: &Request) -> Option<Answer> {
    let accepts = request.header("accept").unwrap_or_default();
    let texts = [text];
    let style = if accepts.contains("text/event-stream") {
        "events"
    } else if accepts.contains("activity+json") {
        "activity"
    } else if accepts.contains("json") || request.header("x-inertia").is_some() {
        "stories"
    } else if accepts.contains("turbo-stream") {
        "turbo"
    } else if request.header("rsc").is_some() {
        "component"
    } else if accepts.contains("markdown") {
        return file(text, "md", request);
    } else if request.header("x-requested-with").is_some() || request.header("hx-request").is_some()
    {
        return Some(Answer::html(text.html()));
    } else if request
        .header("accept-language")
        .is_some_and(|language| language.starts_with("xx"))
    {
        return file(paper.find("d")?, "plain", request);
    } else {
        return None;
    };
    interface(style, &texts, request)
}
