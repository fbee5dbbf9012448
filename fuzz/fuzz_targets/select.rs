//! Any line as a selector, and a page below it.
#![no_main]

#[path = "../../crates/page/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|input: &[u8]| support::laws::selects(input));
