//! What an answer says beside its body. Headers that nobody knows are for
//! programs that do: a few words each. Where they say as much as a story does,
//! they are left out; and so are those that are long by nature, where what makes
//! them long is prose.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::around::around;
use super::prose;

/// Words in all that headers of no known meaning may say: one excerpt, as in a
/// feed.
const MOST: u32 = 60;

/// Words of prose in all those that are long by nature: a sentence, such as what a
/// cookie has to tell on the next page. There is hardly ever any.
const PROSE: u32 = 30;

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
/// excerpt, and lines of others in which there is more prose than a sentence; their
/// names.
pub(crate) fn leave_out(headers: &mut HeaderMap) -> Vec<HeaderName> {
    let mut out = leave_out_tales(headers);
    out.extend(leave_out_prose(headers));
    out
}

/// Leaves out the headers of no known meaning that say too much.
fn leave_out_tales(headers: &mut HeaderMap) -> Vec<HeaderName> {
    // So it is for nearly every answer, and this takes no time.
    if headers.values().map(at_most).sum::<usize>() <= MOST as usize {
        return Vec::new();
    }
    let mut said = String::new();
    let mut out: Vec<HeaderName> = Vec::new();
    for (name, value) in headers.iter() {
        if is_long_by_nature(name) || out.contains(name) {
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

/// Leaves out the lines that bring more prose, together, than a sentence: of
/// cookies and links there are many, and the others have a use.
fn leave_out_prose(headers: &mut HeaderMap) -> Vec<HeaderName> {
    let mut left = PROSE;
    let mut is_short = |value: &HeaderValue| {
        let words = prose::words(value.as_bytes());
        let is_short = words <= left;
        left -= if is_short { words } else { 0 };
        is_short
    };
    let mut out = Vec::new();
    let names = headers.keys().filter(|name| is_long_by_nature(name));
    for name in names.cloned().collect::<Vec<_>>() {
        let lines = headers.get_all(&name).iter();
        let (short, long): (Vec<_>, Vec<_>) = lines.cloned().partition(&mut is_short);
        if long.is_empty() {
            continue;
        }
        headers.remove(&name);
        headers.extend(short.into_iter().map(|line| (name.clone(), line)));
        out.push(name);
    }
    out
}

fn is_long_by_nature(name: &HeaderName) -> bool {
    LONG.binary_search(&name.as_str()).is_ok()
}

/// The most words that a value can have, however it is read. A word begins at a
/// letter or a digit after something else, also where markup or an escape stands
/// for that; one that is long counts once for every twenty characters; and no
/// character outside of ASCII, of two bytes or more, counts for more than one.
fn at_most(value: &HeaderValue) -> usize {
    let mut words = 1 + value.len() / 20;
    let mut is_within = false;
    for &byte in value.as_bytes() {
        let is_letter = byte.is_ascii_alphanumeric();
        words += usize::from(!byte.is_ascii() || is_letter && !is_within);
        is_within = is_letter;
    }
    words
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
            (
                "content-security-policy",
                "img-src https://a.example;".repeat(200),
            ),
            ("x-state", "Q2FuYXJ5".repeat(160)),
        ]);
        assert_eq!(leave_out(&mut all), ["x-story", "x-other", "x-state"]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn headers_that_are_long_by_nature_may_be_as_long_as_they_like_and_say_no_more_either() {
        let words = |count: usize| "word_".repeat(count);
        let policy = ("content-security-policy", "img-src a.example;".repeat(99));
        let mut all = headers(&[
            policy.clone(),
            ("location", format!("/?x={}", words(32))),
            ("set-cookie", format!("a=b; x={}", words(20))),
            ("set-cookie", format!("b={}", words(20))),
            ("set-cookie", "c=d".to_owned()),
        ]);
        assert_eq!(leave_out(&mut all), ["location", "set-cookie"]);
        let cookies = all.get_all("set-cookie").iter();
        let cookies: Vec<usize> = cookies.map(HeaderValue::len).collect();
        assert_eq!((all.len(), cookies), (3, vec![107, 3]));
    }

    #[test]
    fn no_value_says_more_than_is_reckoned() {
        for text in [
            "",
            "one two,  three - four",
            "a&nbsp;b&#32;c&amp;nbsp;d",
            "a<br>b<!>c</p>d&lt;br&gt;e",
            "日本語の新聞",
            "&#26085;&#26412;",
            "ภาษาไทยเขียนติดกัน",
            "한국어 신문",
            "it’s-well_known/and.so.on",
            &"a".repeat(39),
            &"abc-".repeat(40),
            &"a ".repeat(40),
        ] {
            let value = HeaderValue::from_bytes(text.as_bytes()).expect("a value");
            let most = u32::try_from(at_most(&value)).expect("a few");
            assert!(!page::feed::says_more(text, most), "{text}: {most}");
        }
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
