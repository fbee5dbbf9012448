//! What the tests of this crate share: compiling, decoding with decoders that
//! have no code in common with the encoders, and looking for canaries.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    reason = "these helpers are tests"
)]
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "every test file uses its own part"
)]

pub mod laws;

use std::io::Read;

use access::{Outcome, StoryId};
use ludgate_page::{self as page, CompileError, CompiledPage, Encoding, Options, Origin, Slot};

pub fn options() -> Options {
    Options::new(Origin::parse("https://review.example").unwrap())
        .body([".story-body"])
        .unwrap()
}

pub fn compile(html: &str) -> Result<CompiledPage, CompileError> {
    compile_with(html.as_bytes(), &options())
}

pub fn compile_with(html: &[u8], options: &Options) -> Result<CompiledPage, CompileError> {
    page::compile(html, None, StoryId::new("/stories/one"), options)
}

/// The response, decoded by somebody else and the same in every encoding.
pub fn decoded(page: &CompiledPage, outcome: Outcome, slot: Option<&Slot>) -> String {
    let identity = page.splice(outcome, Encoding::Identity, slot);
    assert_eq!(identity.len(), identity.to_vec().len() as u64);
    let identity = identity.to_vec();
    let gzip = page.splice(outcome, Encoding::Gzip, slot);
    assert_eq!(gzip.len(), gzip.to_vec().len() as u64);
    assert!(gunzip(&gzip.to_vec()) == identity, "gzip differs");
    let zstd = page.splice(outcome, Encoding::Zstd, slot);
    assert_eq!(zstd.len(), zstd.to_vec().len() as u64);
    assert!(unzstd(&zstd.to_vec()) == identity, "zstd differs");
    String::from_utf8(identity).expect("pages are UTF-8")
}

pub fn full(page: &CompiledPage) -> String {
    decoded(page, Outcome::Full, None)
}

pub fn preview(page: &CompiledPage) -> String {
    decoded(page, Outcome::Preview, None)
}

/// Exactly one member, its checksum and length verified here.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    assert_eq!(&bytes[..4], b"\x1f\x8b\x08\x00", "a plain gzip header");
    let (stream, end) = bytes[10..].split_at(bytes.len() - 18);
    let out = miniz_oxide::inflate::decompress_to_vec(stream).expect("one whole deflate stream");
    assert_eq!(end[..4], crc32(&out).to_le_bytes(), "checksum");
    assert_eq!(
        end[4..],
        u32::try_from(out.len()).unwrap().to_le_bytes(),
        "length"
    );
    out
}

/// The textbook's CRC, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// All frames, one after the other.
pub fn unzstd(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut bytes).expect("a frame");
        frame.read_to_end(&mut out).expect("a whole frame");
    }
    out
}

/// A word that stands nowhere else.
pub fn canary(number: usize) -> String {
    // Letters and digits, so that nothing takes it apart.
    format!(
        "canary{number:03}x{:06x}",
        (number + 7) * 0x3_1415 % 0xff_ffff
    )
}

/// A paragraph of 24 words with its canary in the middle.
pub fn paragraph(number: usize) -> String {
    let words = [
        "harbour", "lantern", "ledger", "quay", "winter", "market", "bridge", "printer", "window",
        "tide", "railway", "garden", "letter", "signal", "orchard", "council",
    ];
    let word = |n: usize| words[(number * 7 + n * 5 + number * n) % words.len()];
    let mut text = format!("The {} of {number}", word(0));
    for n in 1..10 {
        text = text + " " + word(n);
    }
    text = text + " " + &canary(number);
    for n in 10..20 {
        text = text + " " + word(n);
    }
    text + "."
}

/// The paragraphs of a story of `count`.
pub fn paragraphs(count: usize) -> String {
    (0..count)
        .map(|n| format!("<p>{}</p>\n", paragraph(n)))
        .collect()
}

/// Every canary found in `response`, in any notation that a reader could undo.
pub fn canaries(response: &str, count: usize) -> Vec<usize> {
    let lower = response.to_ascii_lowercase();
    let rot13: String = lower
        .chars()
        .map(|c| match c {
            'a'..='z' => char::from((c as u8 - b'a' + 13) % 26 + b'a'),
            _ => c,
        })
        .collect();
    let unescaped = unescape(&lower);
    let base64 = base64_runs(response);
    (0..count)
        .filter(|&number| {
            let canary = canary(number);
            [&lower, &rot13, &unescaped, &base64]
                .iter()
                .any(|form| form.contains(&canary))
        })
        .collect()
}

/// `\uXXXX` and `%XX` undone.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let code = |from: usize, len: usize| {
            u32::from_str_radix(rest.get(from..from + len)?, 16)
                .ok()
                .and_then(char::from_u32)
        };
        let (char, taken) = match first {
            '\\' if rest.starts_with("\\u") && code(2, 4).is_some() => (code(2, 4).unwrap(), 6),
            '%' if code(1, 2).is_some() => (code(1, 2).unwrap(), 3),
            '&' if rest.starts_with("&#x") && code(3, 2).is_some() => (code(3, 2).unwrap(), 6),
            _ => (first, first.len_utf8()),
        };
        out.push(char);
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Everything that decodes as base64, at every alignment.
fn base64_runs(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    let in_alphabet = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    for run in text
        .split(|c| !in_alphabet(c))
        .filter(|run| run.len() >= 20)
    {
        for from in 0..4 {
            let mut bytes = Vec::new();
            for group in run.as_bytes()[from..].chunks(4) {
                let bits = group.iter().fold(0_u32, |bits, byte| {
                    let byte = match byte {
                        b'-' => b'+',
                        b'_' => b'/',
                        &b => b,
                    };
                    bits << 6
                        | u32::try_from(ALPHABET.iter().position(|&b| b == byte).unwrap()).unwrap()
                }) << (6 * (4 - group.len()));
                bytes.extend(&bits.to_be_bytes()[1..]);
            }
            out.push_str(&String::from_utf8_lossy(&bytes).to_ascii_lowercase());
        }
    }
    out
}

pub fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in text.as_bytes().chunks(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, &b| bits << 8 | u32::from(b))
            << (8 * (3 - group.len()));
        for n in 0..=group.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * n) & 63) as usize]));
        }
    }
    out
}

/// Options of which no word is a beginning.
pub fn no_words() -> Options {
    let mut options = options();
    options.preview = page::Preview::Words(0);
    options
}
