//! What readers are told, from the outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod dates;
mod gifts;
mod offers;
mod overrides;
mod slots;
mod themes;
mod words;

use std::path::Path;
use std::sync::Arc;

use ludgate_prompts::{Benefit, Links, LoadErrors, Messages, Prompts, Words};
use tempfile::TempDir;

/// The locales that the project itself speaks.
const LOCALES: [&str; 6] = ["en", "ja", "de", "fr", "pl", "ar"];

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// The prompts of a publication of that name, with a theme.
fn prompts(publication: &str, theme: Option<&Path>) -> Result<Prompts, LoadErrors> {
    let address = |page: &str| format!("/-/{page}?a=1&b=\"2\"");
    let links = Links {
        subscribe: address("subscribe"),
        offers: Some(address("offers")),
        login: Some(address("login")),
        register: Some(address("register")),
        account: Some(address("account")),
    };
    prompts_with(publication, theme, links, &Benefit::ALL)
}

/// Likewise, with links and benefits of its own.
fn prompts_with(
    publication: &str,
    theme: Option<&Path>,
    links: Links,
    benefits: &[Benefit],
) -> Result<Prompts, LoadErrors> {
    let words = Words {
        publication: publication.to_owned(),
        links,
        benefits: benefits.to_vec(),
    };
    Prompts::load(theme, Arc::new(Messages::builtin()?), words)
}
