//! Every mail, from the outside.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod checkout;
mod expected;
mod facts;
mod overrides;
mod sending;
mod shop;
mod words;

use std::path::Path;
use std::sync::Arc;

use ludgate_letters::{Letters, Places, Settings};
use prompts::{LoadErrors, Messages};
use providers::mail::Address;

/// A name that would be dangerous if it weren't escaped.
const HOSTILE: &str = "<script>alert(1)</script>\r\nBcc: x\u{202e}\"'&";

fn address(text: &str) -> Address {
    text.parse().expect("an address")
}

/// What the publication of the tests says of itself.
fn settings(publication: &str) -> Settings {
    Settings {
        publication: publication.to_owned(),
        places: Places::new("https://review.example", "/-/"),
        from: address("post@review.example"),
        reply_to: Some(address("care@review.example")),
        imprint: vec![
            "The Ludgate Review Ltd".to_owned(),
            "1 Fleet Street, London".to_owned(),
        ],
    }
}

fn load(publication: &str, theme: Option<&Path>) -> Result<Letters, LoadErrors> {
    let messages = Arc::new(Messages::builtin().expect("messages"));
    Letters::load(theme, messages, settings(publication))
}

fn letters() -> Letters {
    load("The Ludgate Review", None).expect("letters")
}
