//! The templates of letters, a publisher's in front of the built-in ones.
//!
//! There is one for all letters, as HTML and as text: `letters/letter.html` and
//! `letters/letter.txt`. Each letter has one of its own name as well
//! (`letters/receipt.html`), which is that one unless a publisher's theme says
//! otherwise.

use std::path::Path;
use std::sync::Arc;

use prompts::{LoadErrors, Locale, Messages, RenderError, Theme};
use serde::Serialize;

use crate::letter::Letter;
use crate::sheet::Sheet;

/// The templates for all letters.
const SHARED: [(&str, &str); 2] = [
    (
        "letters/letter.html",
        include_str!("../../../templates/letters/letter.html"),
    ),
    (
        "letters/letter.txt",
        include_str!("../../../templates/letters/letter.txt"),
    ),
];

/// What a template sees.
#[derive(Serialize)]
pub(crate) struct Context<'a> {
    /// The letter's name.
    pub(crate) letter: &'static str,
    /// The publication's name.
    pub(crate) publication: &'a str,
    /// Its front page.
    pub(crate) home: &'a str,
    /// Who publishes it, line by line.
    pub(crate) imprint: &'a [String],
    /// Whether answers are read.
    pub(crate) answers: bool,
    /// What the reader is called.
    pub(crate) name: Option<&'a str>,
    /// What mail programs show beside the subject.
    pub(crate) first_words: &'a str,
    /// The letter in words.
    #[serde(flatten)]
    pub(crate) sheet: &'a Sheet,
}

/// The templates.
pub(crate) struct Templates(Theme);

impl Templates {
    pub(crate) fn load(folder: Option<&Path>, messages: Arc<Messages>) -> Result<Self, LoadErrors> {
        let own: Vec<(String, String)> = Letter::NAMES
            .iter()
            .flat_map(|name| ["html", "txt"].map(|form| (name, form)))
            .map(|(name, form)| {
                let whole = format!("{{% extends \"letters/letter.{form}\" %}}");
                (format!("letters/{name}.{form}"), whole)
            })
            .collect();
        let own = own
            .iter()
            .map(|(name, source)| (name.as_str(), source.as_str()));
        let theme = Theme::load(SHARED.into_iter().chain(own), folder, messages)?;
        Ok(Self(theme))
    }

    /// One form of a letter: `html` or `txt`.
    pub(crate) fn render(
        &self,
        form: &str,
        locale: &Locale,
        context: &Context<'_>,
    ) -> Result<String, RenderError> {
        let template = format!("letters/{}.{form}", context.letter);
        self.0.render(&template, locale, context)
    }
}
