//! The hunt for tokens in every form that a leak could take: as they are, in
//! base64, escaped for JSON, for a URL or for HTML, in rot13, backwards, in UTF-16.
//!
//! It knows nothing of who has planted them, nor of how a response is encoded
//! on its way; that is undone before.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The tokens that `bytes` give away in any form. All of them begin alike; where
/// not even that is in a form there is no need to make it, and hardly ever is.
pub(crate) fn found(tokens: &[String], bytes: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(bytes);
    let start = beginning(tokens);
    let holds = |form: fn(char) -> char| raw.contains(&start.chars().map(form).collect::<String>());
    let backwards: String = start.chars().rev().collect();
    let mut forms = vec![unescape(&raw), plain(&raw)];
    if holds(rot13) {
        forms.push(raw.chars().map(rot13).collect());
    }
    if raw.contains('\0') {
        // Of UTF-16, what is left of it as ASCII.
        forms.push(raw.replace('\0', ""));
    }
    if raw.contains(&backwards) {
        forms.push(raw.chars().rev().collect());
    }
    if in_base64(start).iter().any(|core| raw.contains(core)) {
        forms.extend(base64_runs(&raw));
    }
    forms.push(raw.into_owned());
    // Hundreds of tokens, each looked for in each form, would take seconds.
    let lengths: HashSet<usize> = tokens.iter().map(String::len).collect();
    let mut there = HashSet::new();
    for form in &forms {
        let starts = form.match_indices(start).map(|(at, _)| at);
        for (at, length) in starts.flat_map(|at| lengths.iter().map(move |length| (at, length))) {
            there.extend(form.get(at..at + length));
        }
    }
    let is_there = |token: &&String| there.contains(token.as_str());
    tokens.iter().filter(is_there).cloned().collect()
}

/// What all tokens begin with.
fn beginning(tokens: &[String]) -> &str {
    let Some((first, others)) = tokens.split_first() else {
        return "";
    };
    let alike = |other: &String| {
        let pairs = first.bytes().zip(other.bytes());
        pairs.take_while(|(one, other)| one == other).count()
    };
    let length = others.iter().map(alike).min().unwrap_or(first.len());
    &first[..length]
}

/// What is in base64 wherever `text` is, at each of the three places in which it
/// may begin, without the digits that its neighbours have a part in.
fn in_base64(text: &str) -> [String; 3] {
    [0, 1, 2].map(|before: usize| {
        let bytes = [&b"xx"[..before], text.as_bytes()].concat();
        let digits = URL_SAFE_NO_PAD.encode(&bytes);
        let whole = bytes.len() * 8 / 6;
        digits[(before * 8).div_ceil(6)..whole].to_owned()
    })
}

/// Undoes `&#99;` and `&#x63;`.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        let reference = &rest[at + 2..];
        let end = reference.find(|c: char| !c.is_ascii_alphanumeric());
        let (number, after) = reference.split_at(end.unwrap_or(reference.len()));
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        };
        match code.and_then(char::from_u32) {
            Some(character) => out.push(character),
            None => out.push_str(&rest[at..at + 2 + number.len()]),
        }
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    out + rest
}

/// A letter thirteen places on.
pub(crate) fn rot13(c: char) -> char {
    match c {
        'a'..='m' | 'A'..='M' => char::from(c as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(c as u8 - 13),
        _ => c,
    }
}

/// Undoes `\uXXXX` and `%XX`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        out.push_str(&rest[..at]);
        let (skip, digits) = if rest[at..].starts_with("\\u") {
            (2, 4)
        } else {
            (1, 2)
        };
        let code = rest.get(at + skip..at + skip + digits);
        let character = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(character) = character {
            out.push(character);
            rest = &rest[at + skip + digits..];
        } else {
            out.push_str(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

/// Everything in `text` that could be base64 and is long enough to hold a
/// token, decoded at each of the four alignments.
fn base64_runs(text: &str) -> Vec<String> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    text.split(|c| !is_base64(c))
        .filter(|run| run.len() >= 24)
        .flat_map(|run| (0..4).filter_map(move |skip| run.get(skip..)))
        .filter_map(|run| {
            let run: String = run
                .chars()
                .map(|c| match c {
                    '+' => '-',
                    '/' => '_',
                    c => c,
                })
                .collect();
            let whole = &run[..run.len() / 4 * 4];
            let bytes = URL_SAFE_NO_PAD.decode(whole).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}
