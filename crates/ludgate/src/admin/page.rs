//! Pages of the admin listener that people look at: plain HTML, everything in it
//! escaped, nothing in it that runs.

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};
use http_body_util::Full;

/// The style sheet's path.
pub(super) const STYLE: &str = "/admin.css";

const SHEET: &str = include_str!("../../../../assets/admin/admin.css");

/// What a page may do: show our style and our own frames, send forms here.
const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'",
);

/// Text that may stand between tags and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A page. `body` is HTML.
pub(super) fn page(status: StatusCode, title: &str, body: &str) -> Response<Full<Bytes>> {
    let title = escaped(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"stylesheet\" href=\"{STYLE}\"></head>\n<body><nav><a href=\"/\">Status</a>\
         <a href=\"/mails\">Mail</a><a href=\"/clock\">Clock</a></nav>\n<main>\n<h1>{title}</h1>\n{body}\n\
         </main></body></html>\n"
    );
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    answer(status, kind, CSP, html)
}

/// The style sheet.
pub(super) fn style() -> Response<Full<Bytes>> {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    answer(StatusCode::OK, kind, CSP, SHEET)
}

/// An answer with what has to hold for all that people look at.
pub(super) fn answer(
    status: StatusCode,
    kind: HeaderValue,
    policy: HeaderValue,
    body: impl Into<Bytes>,
) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether what changes something comes from a page of ours, or from no browser:
/// browsers send the password along wherever a form comes from.
pub(super) fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| {
        let value = headers.get(name)?;
        Some(value.to_str().unwrap_or("unreadable"))
    };
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if !matches!(site, None | Some("same-origin" | "none")) {
        return false;
    }
    let Some(origin) = text(header::ORIGIN) else {
        return true;
    };
    let host = text(header::HOST).unwrap_or_default();
    let of_origin = origin.split_once("://").map(|(_, host)| host);
    of_origin == Some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_have_written_is_text() {
        assert_eq!(
            escaped("<b onclick='x' id=\"y\">&"),
            "&lt;b onclick=&#39;x&#39; id=&quot;y&quot;&gt;&amp;"
        );
    }

    #[test]
    fn a_form_of_somebody_elses_page_is_refused() {
        let check = |lines: &[(&str, &str)], expected: bool| {
            let lines = lines.iter().map(|(name, value)| {
                let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
                (name, HeaderValue::from_str(value).expect("a value"))
            });
            let headers: HeaderMap = lines.collect();
            assert_eq!(is_ours(&headers), expected, "{headers:?}");
        };
        let host = ("host", "127.0.0.1:8081");
        check(&[host], true);
        check(&[host, ("origin", "http://127.0.0.1:8081")], true);
        check(&[host, ("sec-fetch-site", "same-origin")], true);
        check(&[host, ("origin", "http://evil.example")], false);
        check(&[host, ("origin", "null")], false);
        check(&[host, ("sec-fetch-site", "cross-site")], false);
        check(&[host, ("sec-fetch-site", "same-site")], false);
    }
}
