//! The one style sheet and the one script that prompts bring along. The same
//! for every reader, so they are cached for good under an address that holds
//! their hash.

use std::sync::LazyLock;

const STYLE: &[u8] = include_bytes!("../../../assets/prompts/prompts.css");
const SCRIPT: &[u8] = include_bytes!("../../../assets/prompts/prompts.js");

/// How many hexadecimal digits of the hash an address holds: 64 bits, of which
/// no two versions ever made will be the same.
const DIGITS: usize = 16;

/// The style sheet, UTF-8.
pub fn style() -> &'static [u8] {
    STYLE
}

/// The script, UTF-8, for `<script defer src>`.
pub fn script() -> &'static [u8] {
    SCRIPT
}

/// The hash of [`style`] for its address.
pub fn style_hash() -> &'static str {
    static HASH: LazyLock<String> = LazyLock::new(|| hash(STYLE));
    &HASH
}

/// The hash of [`script`] for its address.
pub fn script_hash() -> &'static str {
    static HASH: LazyLock<String> = LazyLock::new(|| hash(SCRIPT));
    &HASH
}

fn hash(content: &[u8]) -> String {
    let mut digits = blake3::hash(content).to_hex().to_string();
    digits.truncate(DIGITS);
    digits
}
