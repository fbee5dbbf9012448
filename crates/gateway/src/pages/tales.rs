//! What an answer says beside its body. Headers that nobody knows are for
//! programs that do: a few words each. Where they say as much as a story does,
//! they are left out.

use http::{HeaderMap, HeaderName, header};

use super::around::around;

/// Words in all that headers of no known meaning may say: one excerpt, as in a
/// feed.
const MOST: u32 = 60;

/// Letters that headers may say anew while a page stays as it was compiled: fewer
/// than are ever found to repeat a text.
const ANEW: usize = 38;

/// Headers that are long by nature, and have a grammar that browsers know.
const LONG: [&str; 14] = [
    "accept-ch",
    "alt-svc",
    "content-security-policy",
    "content-security-policy-report-only",
    "feature-policy",
    "link",
    "location",
    "nel",
    "permissions-policy",
    "permissions-policy-report-only",
    "report-to",
    "reporting-endpoints",
    "set-cookie",
    "strict-transport-security",
];

/// Leaves out the headers of no known meaning that say more, together, than an
/// excerpt; their names.
pub(super) fn leave_out(headers: &mut HeaderMap) -> Vec<HeaderName> {
    let mut said = String::new();
    let mut out: Vec<HeaderName> = Vec::new();
    for (name, value) in headers.iter() {
        if LONG.binary_search(&name.as_str()).is_ok() || out.contains(name) {
            continue;
        }
        let before = said.len();
        said.push(' ');
        said.push_str(&String::from_utf8_lossy(value.as_bytes()));
        if page::feed::says_more(&said, MOST) {
            said.truncate(before);
            out.push(name.clone());
        }
    }
    for name in &out {
        headers.remove(name);
    }
    out
}

/// The headers that go out beside a page, and the cookies, as they are compared
/// with its text.
pub(super) fn said(headers: &HeaderMap) -> Vec<(HeaderName, String)> {
    let cookies = headers.get_all(header::SET_COOKIE).iter();
    let cookies = cookies.map(|value| (header::SET_COOKIE, value));
    let around = around(headers);
    let around = around.iter().map(|(name, value)| (name.clone(), value));
    let all = around.chain(cookies);
    all.map(|(name, value)| (name, String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

/// Whether what these headers say beyond `old` could repeat a text.
pub(super) fn say_much_anew(headers: &HeaderMap, old: &HeaderMap) -> bool {
    let is_new = |name: &HeaderName, value: &[u8]| {
        !old.get_all(name)
            .iter()
            .any(|known| known.as_bytes() == value)
    };
    let around = around(headers);
    let new = around
        .iter()
        .filter(|(name, value)| is_new(name, value.as_bytes()));
    let letters = |value: &[u8]| letters(&String::from_utf8_lossy(value));
    new.map(|(_, value)| letters(value.as_bytes()))
        .sum::<usize>()
        > ANEW
}

/// Whether the value of a header could repeat a text by itself.
pub(super) fn is_long(value: &str) -> bool {
    letters(value) > ANEW
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, String)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn headers_of_no_known_meaning_say_no_more_than_an_excerpt_together() {
        let words = |count: usize| "word ".repeat(count).trim().to_owned();
        let mut all = headers(&[
            (
                "x-request-id",
                "0d6e4079e36703ebd37c00722f5891d2".to_owned(),
            ),
            ("x-story", words(61)),
            ("x-part", words(30)),
            ("x-other", words(40)),
            ("x-powered-by", "PHP".to_owned()),
            ("content-security-policy", words(200)),
            ("x-state", "Q2FuYXJ5".repeat(160)),
        ]);
        assert_eq!(leave_out(&mut all), ["x-story", "x-other", "x-state"]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn a_number_for_each_request_says_nothing_anew_and_a_sentence_does() {
        let old = headers(&[("x-id", "one".to_owned()), ("link", "</a>".to_owned())]);
        let id = ("x-id", "0d6e4079e36703ebd37c00722f5891d2".to_owned());
        assert!(!say_much_anew(&headers(std::slice::from_ref(&id)), &old));
        let text = "The harbour office had closed its shutters long before";
        assert!(say_much_anew(
            &headers(&[id, ("link", text.to_owned())]),
            &old
        ));
        let parts = text.split(' ').map(|word| ("x-part", word.to_owned()));
        assert!(say_much_anew(&headers(&parts.collect::<Vec<_>>()), &old));
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(LONG.is_sorted());
    }
}
