//! Telling prose from what headers say by nature: addresses, hosts, numbers, words of
//! a grammar. Prose is words one after the other with nothing but a space between
//! them, however that is written: what a story would be in a link, a cookie or a
//! policy.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Words in a row from which on they are prose: a name, a type, a few words of a
/// grammar are fewer.
const ROW: u32 = 3;

/// Parts of what is joined by hyphens from which on each is a word: no name of a
/// header or a directive has as many.
const JOINED: usize = 7;

/// The longest word, in characters: longer runs of letters are keys and hashes.
const LONGEST: usize = 24;

/// Characters of base64 from which on it is read: they hold seven words or so.
const ENCODED: usize = 48;

/// How often percent-encoding is undone: a link within a link has it twice.
const LAYERS: usize = 2;

/// What stands beside a word in prose.
const AROUND: [char; 15] = [
    '.', ',', ':', '!', '?', '"', '(', ')', '/', '“', '”', '«', '»', '…', '—',
];

/// Two ideographs are a word, as translators reckon.
const IDEOGRAPHS: u32 = 2;

/// Words of prose in `value`: as it is, with percent-encoding undone, and in base64
/// that can be read.
pub(super) fn words(value: &[u8]) -> u32 {
    let mut bytes = Cow::Borrowed(value);
    for _ in 0..LAYERS {
        if !bytes.contains(&b'%') {
            break;
        }
        bytes = Cow::Owned(percent_encoding::percent_decode(&bytes).collect());
    }
    let text = String::from_utf8_lossy(&bytes);
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let runs = text.split(|c| !is_digit(c));
    let runs = runs.filter(|run| run.len() >= ENCODED);
    let encoded: u32 = runs.filter_map(read).map(|inner| in_rows(&inner)).sum();
    in_rows(&text).saturating_add(encoded)
}

/// What is in base64, where that is text.
fn read(run: &str) -> Option<String> {
    // What is left of the last four digits is less than a word.
    let whole = run.get(..run.len() / 4 * 4)?;
    let bytes = URL_SAFE_NO_PAD
        .decode(whole)
        .or_else(|_| STANDARD_NO_PAD.decode(whole))
        .ok()?;
    String::from_utf8(bytes).ok()
}

/// The words that are one of [`ROW`] or more in a row.
fn in_rows(text: &str) -> u32 {
    let (mut all, mut row, mut ideographs) = (0_u32, 0_u32, 0_u32);
    for word in text.split([' ', '\t', '\n', '\r', '+', '_']) {
        let bare = word.trim_matches(AROUND);
        ideographs += in_number(bare.chars().filter(|c| is_ideograph(*c)).count());
        let count = spoken(bare);
        if count == 0 {
            all += if row >= ROW { row } else { 0 };
            row = 0;
        }
        row += count;
    }
    all += if row >= ROW { row } else { 0 };
    all + ideographs / IDEOGRAPHS
}

/// How many words are in what stands between two spaces: none where it is no word.
fn spoken(bare: &str) -> u32 {
    let (words, others): (Vec<_>, Vec<_>) = bare.split('-').partition(|part| is_word(part));
    if words.len() >= JOINED {
        return in_number(words.len());
    }
    u32::from(others.is_empty())
}

fn is_word(part: &str) -> bool {
    let part = part.trim_matches(AROUND);
    let is_letter = |c: char| (c.is_alphabetic() && !is_ideograph(c)) || matches!(c, '\'' | '’');
    part.chars().all(is_letter) && (1..=LONGEST).contains(&part.chars().count())
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0x2_0000..=0x3_ffff)
}

fn in_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The harbour office had closed its shutters long before the storm, and \
                        nobody on the quay could say who had kept the lamp alight that night.";

    #[test]
    fn a_text_is_prose_however_it_is_written() {
        let backwards: String = TEXT.chars().rev().collect();
        for value in [
            TEXT.to_owned(),
            format!("</x>; rel=alternate; title=\"{TEXT}\""),
            format!("story=\"{}\"; Path=/", TEXT.replace(' ', "_")),
            format!("/again?text={}", TEXT.replace(' ', "+")),
            format!("/again?text={}", TEXT.replace(' ', "%20")),
            format!("/again?to=%2Fx%3Ftext%3D{}", TEXT.replace(' ', "%2520")),
            format!("/{}/", TEXT.replace(". ", " ").replace(' ', "-")),
            format!("state={}; Secure", URL_SAFE_NO_PAD.encode(TEXT)),
            backwards,
        ] {
            let said = words(value.as_bytes());
            assert!((20..=28).contains(&said), "{said}: {value}");
        }
        let japanese = "港の事務所は嵐が来るずっと前に雨戸を閉めていた。";
        assert_eq!(words(japanese.as_bytes()), 11);
    }

    #[test]
    fn what_headers_say_by_nature_is_hardly_any() {
        let key = "eyJpdiI6IkFBQUFBQUFBIiwidmFsdWUiOiJRVUZCUVVGQlFVRkJRVUZCUVVGQlFVRSJ9".repeat(8);
        for value in [
            "default-src 'self'; script-src 'self' 'nonce-r4nd0m' https://cdn.example https://a.b.example \
             'unsafe-inline'; img-src * data: blob:; frame-ancestors 'none'; upgrade-insecure-requests; \
             block-all-mixed-content; report-uri https://csp.example/r/d/csp/enforce",
            "accelerometer=(), autoplay=(self), camera=(), display-capture=(), fullscreen=(self), geolocation=()",
            "camera 'none'; microphone 'none'; geolocation 'self'; payment 'none'; usb 'none'; midi 'none'",
            "<https://post.example/wp-json/>; rel=\"https://api.w.org/\", <https://post.example/?p=7>; rel=shortlink",
            "</wp-content/themes/twenty-twenty/style.css>; rel=preload; as=style, </a/b/c.js>; rel=preload; as=script",
            "https://post.example/2026/11/the-tide-gauge/?utm_source=a&replytocom=7#comment-12",
            "wordpress_test_cookie=WP%20Cookie%20check; path=/; secure; HttpOnly; SameSite=Lax",
            "sid=0123456789abcdef; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=3600; Domain=post.example",
            &format!("laravel_session={key}; path=/; httponly"),
        ] {
            let said = words(value.as_bytes());
            assert!(said < 12, "{said}: {value}");
        }
    }
}
