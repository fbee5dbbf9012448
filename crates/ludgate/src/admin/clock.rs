//! The test clock, for people: what it says, a form that moves it, and what
//! happened on the way.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;
use tokio::sync::mpsc;

use super::page::{escaped, page};
use crate::control::News;
use crate::server::{Move, Running};

/// The most events that a page lists; beyond, the latest ones.
const LISTED: usize = 2_000;

/// How many events wait to be listed.
const WAITING: usize = 64;

/// The longest form, in bytes: a length of time.
pub(super) const LONGEST: usize = 1024;

/// What is offered to be moved by.
const USUAL: &str = "3 months";

/// The clock and its form.
pub(super) fn shown(running: &Running) -> Response<Full<Bytes>> {
    page(StatusCode::OK, "Clock", &body(running))
}

fn body(running: &Running) -> String {
    let says = escaped(&running.clock_says());
    if !running.clock_moves() {
        return format!(
            "<p>The business clock says {says}.</p>\n<p>It can be moved where the publication is \
             marked as a test: <code>[publication] test = true</code>.</p>"
        );
    }
    format!(
        "<p>The business clock says {says}.</p>\n<form method=\"post\" action=\"/clock\">\n\
         <label for=\"by\">Move it ahead by</label>\n\
         <input id=\"by\" name=\"by\" value=\"{USUAL}\" required> <button>Move</button>\n</form>\n\
         <p>Renewals, reminders and mails on the way happen one after the other. It never goes \
         back.</p>"
    )
}

/// Moves it as the form says, and lists what happened.
pub(super) async fn moved(running: &Arc<Running>, form: &[u8]) -> Response<Full<Bytes>> {
    let by = field(form, "by").unwrap_or_default();
    let (tell, mut told) = mpsc::channel(WAITING);
    let listening = async {
        let (mut lines, mut count) = (VecDeque::new(), 0_usize);
        while let Some(news) = told.recv().await {
            let News::Told(line) = news else { continue };
            count += 1;
            if lines.len() == LISTED {
                lines.pop_front();
            }
            lines.push_back(line);
        }
        (lines, count)
    };
    let how = Move::By(by);
    let (moved, (lines, count)) = tokio::join!(running.move_clock(&how, tell), listening);
    let (status, said) = match moved {
        Ok(_) if count == 0 => (
            StatusCode::OK,
            "<p>Nothing was due on the way.</p>".to_owned(),
        ),
        Ok(_) => {
            let left_out = match count.saturating_sub(lines.len()) {
                0 => String::new(),
                many => format!("<p>{many} events before these aren’t listed.</p>"),
            };
            let rows: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            let rows = rows.join("\n");
            (
                StatusCode::OK,
                format!("<h2>{count} events</h2>\n{left_out}<pre>{rows}</pre>"),
            )
        }
        Err(error) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("<p role=\"alert\">{}</p>", escaped(&format!("{error:#}"))),
        ),
    };
    page(status, "Clock", &format!("{}\n{said}", body(running)))
}

/// A field of a form.
fn field(form: &[u8], name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(form);
    let found = fields.find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned())
}
