//! Any bytes as a page: nothing panics, and nothing locked is in a preview.
#![no_main]

#[path = "../../crates/page/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|input: &[u8]| support::laws::compiles(input));
