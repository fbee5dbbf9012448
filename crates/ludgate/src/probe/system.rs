//! Which content system a site is made with, by what its pages say.

use super::pages::Looked;

/// A content system, or none that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    WordPress,
    Ghost,
    Drupal,
    Other,
}

impl System {
    /// The system that most pages speak of.
    pub(crate) fn of(pages: &[Looked]) -> Self {
        let says = |page: &Looked, words: &[&str]| {
            let text = page.answer.text();
            words.iter().any(|word| text.contains(word))
        };
        let made_by = |page: &Looked, name: &str| {
            let generator = page.outline.meta("generator").unwrap_or_default();
            generator.to_ascii_lowercase().starts_with(name)
        };
        let most = |is: &dyn Fn(&Looked) -> bool| {
            let count = pages.iter().filter(|page| is(page)).count();
            count > 0 && count * 2 >= pages.len()
        };
        if most(&|page| made_by(page, "ghost") || says(page, &["/ghost/api/", "data-ghost="])) {
            Self::Ghost
        } else if most(&|page| {
            made_by(page, "wordpress")
                || says(page, &["/wp-content/", "/wp-includes/", "/wp-json/"])
        }) {
            Self::WordPress
        } else if most(&|page| {
            made_by(page, "drupal") || says(page, &["data-drupal-", "/sites/default/files/"])
        }) {
            Self::Drupal
        } else {
            Self::Other
        }
    }

    /// Its name, where it is known.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::WordPress => Some("WordPress"),
            Self::Ghost => Some("Ghost"),
            Self::Drupal => Some("Drupal"),
            Self::Other => None,
        }
    }

    /// The preset that knows most of it.
    pub(crate) fn preset(self) -> &'static str {
        match self {
            Self::WordPress => "wordpress",
            Self::Ghost => "ghost",
            Self::Drupal | Self::Other => "generic",
        }
    }
}
