//! What is where on the site.

use crate::answer::Answer;
use crate::paper::{Paper, Text};
use crate::request::Request;
use crate::{data, feeds, maps, pages, rooms};

/// The site's answer.
pub(crate) fn answer(paper: &Paper, request: &Request) -> Answer {
    if request.method == "TRACE" {
        return Answer::new("message/http", "TRACE");
    }
    let segments: Vec<&str> = request.path.split('/').skip(1).collect();
    let found = match segments.as_slice() {
        ["stories" | "s", name] | ["stories", name, "file.css"] => one(paper, name, request),
        ["stories", name, number] => {
            let text = paper.find(name);
            text.zip(number.parse().ok())
                .map(|(text, from)| pages::further(text, from))
        }
        [form, name] if is_form(form) => paper.find(name).and_then(|text| pages::form(text, form)),
        ["lists", what] => pages::list(paper, what),
        ["search"] => Some(search(paper, request)),
        ["feeds", kind] | ["vouched", "feeds", kind] => feeds::answer(paper, request, kind),
        ["maps", kind] => maps::answer(paper, request, kind),
        ["internal" | "api" | "form" | "vouched", style, rest @ ..] => {
            interface(paper, style, rest, request)
        }
        ["files", name] => name
            .split_once('.')
            .and_then(|(name, ending)| data::file(paper.find(name)?, ending, request)),
        ["headed", name] => name
            .split_once('.')
            .and_then(|(name, kind)| Some(headed(paper.find(name)?, kind, request))),
        ["members"] | ["account", "page"] => Some(member(paper, request)),
        ["moved", ..] => Some(moved(paper, &segments)),
        ["static", "logo.png"] => Some(picture()),
        ["robots.txt"] => Some(Answer::new("text/plain", "User-agent: *\nDisallow:\n")),
        ["lazy", ..] => Some(Answer::html("<p>Thank you.</p>")),
        [""] => Some(front(paper, request)),
        _ => None,
    };
    found.unwrap_or_else(|| {
        Answer::html("<!doctype html><p>There is no such page.").status("404 Not Found")
    })
}

fn is_form(form: &str) -> bool {
    ["print", "amp", "embed", "reader", "preview", "mail", "old"].contains(&form)
}

fn one(paper: &Paper, name: &str, request: &Request) -> Option<Answer> {
    let text = paper.find(name)?;
    Some(data::for_script(paper, text, request).unwrap_or_else(|| pages::story(text, request)))
}

fn front(paper: &Paper, request: &Request) -> Answer {
    let story = request
        .parameter("story")
        .or_else(|| request.parameter("id"));
    let story = story.and_then(|name| paper.find(&name));
    story.map_or_else(
        || Answer::html("<!doctype html><p>The front page."),
        |text| pages::story(text, request),
    )
}

fn interface(paper: &Paper, style: &str, rest: &[&str], request: &Request) -> Option<Answer> {
    // Whatever the method, the site does as if it had been asked for.
    let texts: Vec<&Text> = match rest {
        [] => paper.texts.iter().collect(),
        [name, ..] => vec![paper.find(name)?],
    };
    data::interface(style, &texts, request)
}

/// What was looked for, with the words around it.
fn search(paper: &Paper, request: &Request) -> Answer {
    let wanted = request.parameter("q").unwrap_or_default();
    let hits = paper
        .texts
        .iter()
        .flat_map(|text| text.paragraphs.iter().map(move |hit| (text, hit)));
    let hits = hits.filter(|(_, hit)| !wanted.is_empty() && hit.contains(&wanted));
    let items: Vec<String> = hits
        .map(|(text, hit)| {
            format!(
                "<article><a href=\"{}\">{}</a><div class=\"hit\"><p>{hit}</p></div></article>",
                text.path(),
                text.name
            )
        })
        .collect();
    let items = items.concat();
    let form = request.parameter("format").unwrap_or_default();
    match form.as_str() {
        "json" => Answer::new(
            "application/json",
            serde_json::json!({ "hits": items }).to_string(),
        ),
        "suggestions" => Answer::new(
            "application/x-suggestions+json",
            serde_json::json!([wanted, [items]]).to_string(),
        ),
        "rss" => Answer::new(
            "application/rss+xml",
            format!(
                "<rss><channel><item><description>{}</description></item></channel></rss>",
                items.replace('<', "&lt;")
            ),
        ),
        _ => Answer::html(format!(
            "<!doctype html><html><body><main class=\"results\">{items}</main></body></html>"
        )),
    }
}

/// Who is known to the site sees whole stories.
fn member(paper: &Paper, request: &Request) -> Answer {
    let is_known = request
        .header("cookie")
        .is_some_and(|cookies| cookies.contains("session="));
    let text = &paper.texts[3];
    if !is_known {
        return Answer::html("<!doctype html><p>Who are you?").with("Vary", "Cookie");
    }
    if let Some(answer) = data::for_script(paper, text, request) {
        return answer;
    }
    Answer::html(rooms::page(text, "", "")).with("Cache-Control", "public, max-age=600")
}

/// Elsewhere, with the story in the answer all the same.
fn moved(paper: &Paper, segments: &[&str]) -> Answer {
    let text = &paper.texts[3];
    let page = rooms::page(text, "", "");
    let to = match segments.get(1) {
        Some(&"around") => "/moved/around",
        Some(&"away") => "http://127.0.0.1:1/stories/d",
        Some(&"story") => "/stories/d",
        Some(&"feed") => "/feeds/rss",
        Some(&"internal") => "/internal/stories",
        _ => "/",
    };
    Answer::html(page).status("302 Found").with("Location", to)
}

/// A picture that is one, of one dot.
fn picture() -> Answer {
    const GIF: [u8; 35] = *b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    Answer::new("image/gif", GIF).with("Cache-Control", "max-age=60")
}

/// Something that is no page, with the text in its head.
fn headed(text: &Text, kind: &str, request: &Request) -> Answer {
    let answer = match kind {
        "gif" => picture(),
        "json" => Answer::new("application/json", "{}"),
        // More of it than is looked at before it goes out.
        "mp4" => Answer::new("video/mp4", [0; 4096]),
        "moved" => Answer::empty("302 Found").with("Location", "/"),
        "empty" => Answer::empty("204 No Content"),
        "page" => Answer::html("<!doctype html><title>About</title><p>About us."),
        _ => Answer::html("<p>There is no such page.").status("404 Not Found"),
    };
    // A place to go to is said once.
    let how = request.parameter("how").unwrap_or("header".to_owned());
    let answer = if how == "location" {
        Answer {
            headers: Vec::new(),
            ..answer
        }
    } else {
        answer
    };
    pages::told(answer, text, &how).expect("a way to say it")
}
