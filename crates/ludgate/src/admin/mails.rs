//! The mails that were put into a folder, to be looked at. They hold links that
//! sign people in, so they are behind the token as all else here.

use std::fmt::Write as _;

use bytes::Bytes;
use http::header::HeaderValue;
use http::{Response, StatusCode};
use http_body_util::Full;
use providers::mail::{Entry, FileName, Folder, FolderError, Message};

use super::page::{answer, escaped, page};

/// How many are listed on a page, the latest first.
const LISTED: usize = 100;

/// Where the pages after the first begin: `/mails/before/NAME`.
const BEFORE: &str = "before";

/// What a mail's own HTML may do: nothing but look as it does, in a frame of
/// ours. Its links open in windows of their own, outside the frame's bounds.
const CSP: HeaderValue = HeaderValue::from_static(
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
     style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self'",
);

/// What the frame around it allows.
const FRAME: &str = "allow-popups allow-popups-to-escape-sandbox";

/// Answers for `rest`, the path below `/mails`. `None` where there is nothing.
pub(super) fn answer_for(
    folder: Option<&Folder>,
    rest: &str,
) -> Result<Option<Response<Full<Bytes>>>, FolderError> {
    let Some(folder) = folder else {
        let said = "<p>Mail goes to a mail server, or isn’t sent at all: nothing is kept here. \
                    With <code>[mail] folder</code> it is.</p>";
        return Ok(Some(page(StatusCode::NOT_FOUND, "Mail", said)));
    };
    let Some(rest) = rest.strip_prefix('/') else {
        if !rest.is_empty() {
            return Ok(None);
        }
        return list(folder, None).map(Some);
    };
    let (name, form) = rest.split_once('/').unwrap_or((rest, ""));
    if name == BEFORE {
        let before = form.parse::<FileName>();
        return before
            .ok()
            .map(|before| list(folder, Some(&before)))
            .transpose();
    }
    let Ok(name) = name.parse::<FileName>() else {
        return Ok(None);
    };
    if form == "eml" {
        let kind = HeaderValue::from_static("message/rfc822");
        let eml = folder.eml(&name)?;
        return Ok(eml.map(|eml| answer(StatusCode::OK, kind, CSP, eml)));
    }
    let message = match folder.get(&name) {
        Ok(Some(Entry { message, .. })) => message,
        Ok(None) if folder.eml(&name)?.is_none() => return Ok(None),
        unread => return Ok((form.is_empty()).then(|| damaged(&name, &why(unread)))),
    };
    Ok(match form {
        "" => Some(one(&name, &message)),
        "html" => message.html.as_deref().map(framed),
        _ => None,
    })
}

/// Why a message can't be read.
fn why(unread: Result<Option<Entry>, FolderError>) -> String {
    match unread {
        Err(error) => error.to_string(),
        Ok(_) => "what it is made of, the file that ends in .json, isn’t there".to_owned(),
    }
}

/// A message of which only the file is there, as it is sent, or a part of that.
fn damaged(name: &FileName, why: &str) -> Response<Full<Bytes>> {
    let body = format!(
        "<p>This mail can’t be shown: {why}.</p>\n\
         <p><a href=\"/mails/{name}/eml\">As it is sent</a></p>",
        why = escaped(why),
        name = name.as_str(),
    );
    page(StatusCode::OK, "A mail that can’t be read", &body)
}

fn list(folder: &Folder, before: Option<&FileName>) -> Result<Response<Full<Bytes>>, FolderError> {
    let mut rows = String::new();
    let names = folder.names_before(before, LISTED)?;
    for name in &names {
        let message = match folder.get(name) {
            Ok(Some(Entry { message, .. })) => message,
            // One that is gone by now is none.
            Ok(None) if folder.eml(name).is_ok_and(|eml| eml.is_none()) => continue,
            unread => {
                let _ = writeln!(
                    rows,
                    "<tr><td class=\"when\"></td><td></td><td><a href=\"/mails/{}\">{}</a> can’t \
                     be read: {}</td></tr>",
                    name.as_str(),
                    name.as_str(),
                    escaped(&why(unread)),
                );
                continue;
            }
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            rows,
            "<tr><td class=\"when\">{}</td><td>{}</td><td><a href=\"/mails/{}\">{}</a></td></tr>",
            message.date.strftime("%Y-%m-%d %H:%M"),
            escaped(message.to.as_str()),
            name.as_str(),
            escaped(message.subject.as_str()),
        );
    }
    let earlier = names.last().filter(|_| names.len() == LISTED);
    let earlier = earlier.map_or_else(String::new, |last| {
        let last = last.as_str();
        format!("\n<p><a href=\"/mails/{BEFORE}/{last}\">Earlier ones</a></p>")
    });
    let body = if rows.is_empty() && before.is_some() {
        "<p>There is none before that.</p>".to_owned()
    } else if rows.is_empty() {
        "<p>No mail has been sent yet.</p>".to_owned()
    } else {
        format!(
            "<table><thead><tr><th>When (UTC)</th><th>To</th><th>Subject</th></tr></thead>\n\
             <tbody>{rows}</tbody></table>{earlier}"
        )
    };
    Ok(page(StatusCode::OK, "Mail", &body))
}

fn one(name: &FileName, message: &Message) -> Response<Full<Bytes>> {
    let name = name.as_str();
    let sender = message.from.name.as_ref();
    let sender = sender.map_or_else(String::new, |name| format!("{} ", escaped(name.as_str())));
    let looks = match &message.html {
        Some(_) => format!(
            "<iframe title=\"The mail as it looks\" sandbox=\"{FRAME}\" \
             src=\"/mails/{name}/html\"></iframe>"
        ),
        None => String::new(),
    };
    let body = format!(
        "<p>To {to}, from {sender}&lt;{from}&gt;, <time>{date}</time> \
         (<a href=\"/mails/{name}/eml\">as it is sent</a>)</p>\n{looks}\n<h2>As text</h2>\n\
         <pre>{text}</pre>",
        to = escaped(message.to.as_str()),
        from = escaped(message.from.address.as_str()),
        date = message.date.strftime("%Y-%m-%d %H:%M:%S UTC"),
        text = with_links(&message.text),
    );
    page(StatusCode::OK, message.subject.as_str(), &body)
}

/// The mail's own HTML, whose links lead out of the frame.
fn framed(html: &str) -> Response<Full<Bytes>> {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let outside = "<base target=\"_blank\">";
    let html = match html.split_once("<head>") {
        Some((before, after)) => format!("{before}<head>{outside}{after}"),
        None => format!("{outside}{html}"),
    };
    answer(StatusCode::OK, kind, CSP, html)
}

/// The text, in which what is an address of a page is a link.
fn with_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let escaped_word = escaped(bare);
        if bare.starts_with("https://") || bare.starts_with("http://") {
            let link = &escaped_word;
            let _ = write!(
                out,
                "<a href=\"{link}\" target=\"_blank\" rel=\"noreferrer\">{link}</a>"
            );
        } else {
            out.push_str(&escaped_word);
        }
        out.push_str(&escaped(&word[bare.len()..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use providers::mail::{Keep, Line, Mailbox, MessageId};

    use super::*;

    fn message() -> Message {
        let from: providers::mail::Address = "post@paper.example".parse().expect("an address");
        Message {
            id: MessageId::new(7, &from),
            date: "2026-11-28T12:00:00Z".parse().expect("a time"),
            from: Mailbox {
                name: Line::new("The <Paper>").ok(),
                address: from,
            },
            to: "anna@example.com".parse().expect("an address"),
            reply_to: None,
            subject: Line::new("Sign in & <read>").expect("a line"),
            text: "Hello <b>\n\nhttp://paper.example/-/login/link?key=a&b=c\n".to_owned(),
            html: Some("<html><head><title>x</title></head><body><script>1</script>".to_owned()),
            unsubscribe: None,
        }
    }

    async fn asked(folder: Option<&Folder>, rest: &str) -> (StatusCode, String, String) {
        let response = answer_for(folder, rest).expect("a folder");
        let response = response.unwrap_or_else(|| page(StatusCode::GONE, "none", ""));
        let policy = response.headers()[http::header::CONTENT_SECURITY_POLICY].clone();
        let status = response.status();
        let body = response.into_body().collect().await.expect("a body");
        let body = String::from_utf8(body.to_bytes().to_vec()).expect("text");
        (status, policy.to_str().expect("text").to_owned(), body)
    }

    #[tokio::test]
    async fn mails_are_listed_and_shown_as_text_and_in_a_frame_in_which_nothing_runs() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
        let (_, _, none) = asked(Some(&folder), "").await;
        assert!(none.contains("No mail"), "{none}");
        folder.put(&message()).expect("kept");
        let (status, policy, list) = asked(Some(&folder), "").await;
        assert_eq!(status, StatusCode::OK);
        assert!(list.contains("Sign in &amp; &lt;read&gt;") && !list.contains("<read>"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
        let path = list.split("href=\"/mails").nth(2).expect("a link");
        let path = path.split('"').next().expect("a link").to_owned();
        let (_, policy, shown) = asked(Some(&folder), &path).await;
        assert!(
            !policy.contains("unsafe") && shown.contains("&lt;b&gt;"),
            "{shown}"
        );
        let link = "<a href=\"http://paper.example/-/login/link?key=a&amp;b=c\"";
        assert!(shown.contains(link) && shown.contains("<iframe"), "{shown}");
        assert!(!shown.contains("<script"), "{shown}");
        let (_, policy, html) = asked(Some(&folder), &format!("{path}/html")).await;
        assert!(policy.starts_with("sandbox allow-popups") && !policy.contains("scripts"));
        assert!(html.contains("<base target=\"_blank\">"), "{html}");
        let (_, _, eml) = asked(Some(&folder), &format!("{path}/eml")).await;
        assert!(eml.contains("Auto-Submitted"), "{eml}");
    }

    #[tokio::test]
    async fn a_mail_that_cant_be_read_is_listed_with_the_reason_beside_the_others() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
        folder.put(&message()).expect("kept");
        let name = |number: u32| format!("{number:012}-0123456789abcdef");
        let write = |file: String, text: &str| {
            std::fs::write(dir.path().join(file), text).expect("written");
        };
        for (number, parts) in [(1, Some("{\"id\": \"<b>")), (2, None)] {
            write(format!("{}.eml", name(number)), "Subject: cut");
            if let Some(parts) = parts {
                write(format!("{}.json", name(number)), parts);
            }
        }
        let (status, _, list) = asked(Some(&folder), "").await;
        assert_eq!(status, StatusCode::OK);
        assert!(list.contains("Sign in &amp;"), "{list}");
        assert!(
            list.contains("can’t be read: the mail folder&#39;s"),
            "{list}"
        );
        assert!(list.contains(".json, isn’t there"), "{list}");
        for number in [1, 2] {
            let (status, _, shown) = asked(Some(&folder), &format!("/{}", name(number))).await;
            assert_eq!(status, StatusCode::OK, "{shown}");
            let path = format!("/{}/eml", name(number));
            assert!(shown.contains(&format!("/mails{path}")), "{shown}");
            let (_, _, eml) = asked(Some(&folder), &path).await;
            assert_eq!(eml, "Subject: cut");
        }
    }

    #[tokio::test]
    async fn many_mails_are_listed_a_page_at_a_time_and_each_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
        for number in 0..=2 * LISTED {
            let mut message = message();
            message.id =
                MessageId::new(u128::try_from(number).expect("few"), &message.from.address);
            folder.put(&message).expect("kept");
        }
        let (mut rest, mut pages, mut seen) = (String::new(), 0, std::collections::BTreeSet::new());
        loop {
            let (status, _, list) = asked(Some(&folder), &rest).await;
            assert_eq!(status, StatusCode::OK);
            pages += 1;
            for link in list.split("<td><a href=\"/mails/").skip(1) {
                let name = link.split('"').next().expect("a name").to_owned();
                assert!(seen.insert(name.clone()), "{name} twice");
            }
            let Some(next) = list.split("/mails/before/").nth(1) else {
                break;
            };
            rest = format!("/before/{}", next.split('"').next().expect("a name"));
        }
        assert_eq!((pages, seen.len()), (3, 2 * LISTED + 1));
    }

    #[tokio::test]
    async fn what_is_no_mail_is_not_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
        for rest in [
            "/../secret",
            "/x",
            "/000000000000-0000000000000000",
            "x",
            "/before/",
            "/before/../secret",
        ] {
            assert_eq!(
                asked(Some(&folder), rest).await.0,
                StatusCode::GONE,
                "{rest}"
            );
        }
        let (status, _, said) = asked(None, "").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(said.contains("[mail] folder"), "{said}");
    }
}
