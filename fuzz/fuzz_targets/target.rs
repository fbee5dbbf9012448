//! Any text as the address of a request: its normal form is normal already,
//! and hides nothing.
#![no_main]

#[path = "../../crates/gateway/tests/support/target.rs"]
mod law;

libfuzzer_sys::fuzz_target!(|input: &str| law::is_normal(input));
