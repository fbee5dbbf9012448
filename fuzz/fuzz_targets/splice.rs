//! Any bytes as a page and as a slot: every splice decodes to the same.
#![no_main]

#[path = "../../crates/page/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|input: &[u8]| support::laws::splices(input));
