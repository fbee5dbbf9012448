//! Asking whether what is kept is still what the origin has (RFC 9111, 4.3).

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::forward;

/// What a 304 can't change about what is kept: its bytes (RFC 9111, 3.2), what
/// it is kept by, and what is for one reader.
const STAYS: [&str; 9] = [
    "content-digest",
    "content-encoding",
    "content-md5",
    "content-range",
    "digest",
    "repr-digest",
    "set-cookie",
    "set-cookie2",
    "vary",
];

/// The validators of a response, and by which headers they are asked about.
const VALIDATORS: [(HeaderName, HeaderName); 2] = [
    (header::ETAG, header::IF_NONE_MATCH),
    (header::LAST_MODIFIED, header::IF_MODIFIED_SINCE),
];

/// The request `asked` with the question whether what came with the headers
/// `said` is still the same; without one where it has no validator.
pub(super) fn question(asked: &HeaderMap, said: &HeaderMap) -> HeaderMap {
    let mut question = asked.clone();
    for (validator, condition) in VALIDATORS {
        if let Some(value) = said.get(validator) {
            question.insert(condition, value.clone());
        }
    }
    question
}

/// Whether a 304 with the headers `said` answers `question`. One that names no
/// validator speaks of the only response that it was asked about; one that names
/// another than that doesn't.
pub(super) fn answers(question: &HeaderMap, said: &HeaderMap) -> bool {
    let mut is_question = false;
    for (validator, condition) in VALIDATORS {
        let Some(ours) = question.get(condition) else {
            continue;
        };
        is_question = true;
        if let Some(theirs) = said.get(validator) {
            return opaque(ours) == opaque(theirs);
        }
    }
    is_question
}

/// The headers of what is kept, `old`, after a 304 with the headers `new`.
pub(super) fn updated(old: &HeaderMap, new: &HeaderMap) -> HeaderMap {
    let mut updated = old.clone();
    let is_new = |name: &HeaderName| !forward::stays_here(name) && !STAYS.contains(&name.as_str());
    for name in new.keys().filter(|name| is_new(name)) {
        updated.remove(name);
        for value in new.get_all(name) {
            updated.append(name.clone(), value.clone());
        }
    }
    // It is as old as the 304 says (RFC 9111, 4.2.3).
    if !new.contains_key(header::AGE) {
        updated.remove(header::AGE);
    }
    updated
}

/// A tag as it is compared weakly (RFC 9110, 8.8.3.2).
fn opaque(value: &HeaderValue) -> &[u8] {
    let value = value.as_bytes().trim_ascii();
    value.strip_prefix(b"W/").unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let lines = lines.iter().map(|&(name, value)| {
            let name = HeaderName::from_static(name);
            (name, HeaderValue::from_static(value))
        });
        lines.collect()
    }

    #[test]
    fn a_304_is_about_what_was_asked_about() {
        let both: &[_] = &[("etag", "\"a\""), ("last-modified", "then")];
        for (kept, said, answered) in [
            (both, &[("etag", "\"a\"")][..], true),
            (both, &[("etag", "W/\"a\"")], true),
            (both, &[("etag", "\"b\"")], false),
            (both, &[("last-modified", "then")], true),
            (both, &[("last-modified", "now")], false),
            (both, &[], true),
            (&[("last-modified", "then")], &[("etag", "\"b\"")], true),
            (&[], &[], false),
            (&[], &[("etag", "\"a\"")], false),
        ] {
            let question = question(&HeaderMap::new(), &headers(kept));
            let is = answers(&question, &headers(said));
            assert_eq!(is, answered, "{kept:?} {said:?}");
        }
    }

    #[test]
    fn a_304_changes_what_is_said_but_nothing_about_bytes_or_readers() {
        let mut old = headers(&[("content-encoding", "gzip"), ("x-a", "1"), ("age", "9")]);
        old.append("x-a", HeaderValue::from_static("2"));
        let mut new = headers(&[
            ("content-encoding", "br"),
            ("set-cookie", "sid=1"),
            ("x-a", "3"),
            ("connection", "close"),
        ]);
        new.append("x-a", HeaderValue::from_static("4"));
        let updated = updated(&old, &new);
        let mut said: Vec<_> = updated
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().expect("text")))
            .collect();
        said.sort_unstable();
        assert_eq!(
            said,
            [("content-encoding", "gzip"), ("x-a", "3"), ("x-a", "4")]
        );
    }
}
