//! The publication's colours and letters, for the pages below the prefix: a style
//! sheet of custom properties, which the style sheets of those pages go by.

use anyhow::{Result, anyhow};
use publication::Colours;

use crate::config::{Config, Origin};

/// Such a style sheet.
pub(crate) struct Looks {
    /// Where it is, below the prefix.
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    pub(crate) colours: Colours,
}

impl Looks {
    /// The built-in publication's with the theme's after them; of a site that has
    /// its own, the theme's alone, and nothing without.
    pub(crate) fn load(config: &Config) -> Result<Option<Self>> {
        let theme = config.templates.as_deref();
        let content = match &config.origin {
            Origin::Content(_) => publication::looks(theme),
            Origin::Site(_) => publication::own_looks(theme),
        };
        let content =
            content.map_err(|errors| anyhow!("the theme's colours can't be used:\n{errors}"))?;
        if content.is_empty() {
            return Ok(None);
        }
        // 64 bits: there are never more than a few versions to tell apart.
        let hash = &blake3::hash(&content).to_hex()[..16];
        Ok(Some(Self {
            path: format!("assets/looks.{hash}.css"),
            colours: Colours::of(&content),
            content,
        }))
    }

    /// Its address.
    pub(crate) fn address(&self, config: &Config) -> String {
        format!("{}{}", config.gate.prefix, self.path)
    }
}
