//! The style sheet of these pages, under an address that holds its hash.

use std::sync::LazyLock;

const STYLE: &[u8] = include_bytes!("../../../assets/account/account.css");

/// How many hexadecimal digits of the hash an address holds: 64 bits, of which
/// no two versions ever made will be the same.
const DIGITS: usize = 16;

/// The style sheet, UTF-8.
pub fn style() -> &'static [u8] {
    STYLE
}

/// The hash of [`style`] for its address.
pub fn style_hash() -> &'static str {
    static HASH: LazyLock<String> = LazyLock::new(|| {
        let mut digits = blake3::hash(STYLE).to_hex().to_string();
        digits.truncate(DIGITS);
        digits
    });
    &HASH
}

/// Where pages expect [`style`], below the prefix.
pub fn style_path() -> String {
    format!("assets/account.{}.css", style_hash())
}
