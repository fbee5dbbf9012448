//! The publication's colours and letters, for the pages below the prefix: a style
//! sheet of custom properties, which the style sheets of those pages go by.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};

use crate::config::{Config, Origin};

/// The most custom properties that are told: the built-in style has some thirty.
const MOST_COLOURS: usize = 200;

/// Such a style sheet.
pub(crate) struct Looks {
    /// Where it is, below the prefix.
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
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
            content,
        }))
    }

    /// The custom properties that it sets for everybody, by their names without the
    /// hyphens; a later one stands for those before it. What is set under a condition
    /// isn't among them.
    pub(crate) fn colours(&self) -> BTreeMap<String, String> {
        let text = String::from_utf8_lossy(&self.content);
        let mut colours = BTreeMap::new();
        let mut around: Vec<&str> = Vec::new();
        let mut rest: &str = &text;
        while let Some(at) = rest.find(['{', '}', ';']) {
            let (said, after) = rest.split_at(at);
            let (mark, after) = after.split_at(1);
            if mark == "{" {
                around.push(said.trim());
            } else {
                let is_plain = matches!(around.as_slice(), [one] if one.ends_with(":root"));
                let set = said.rsplit("*/").next().unwrap_or_default().trim();
                let set = set.strip_prefix("--").and_then(|set| set.split_once(':'));
                if let Some((name, value)) = set.filter(|_| is_plain)
                    && colours.len() < MOST_COLOURS
                {
                    let words: Vec<&str> = value.split_whitespace().collect();
                    colours.insert(name.trim().to_owned(), words.join(" "));
                }
                if mark == "}" {
                    around.pop();
                }
            }
            rest = after;
        }
        colours
    }

    /// Its address.
    pub(crate) fn address(&self, config: &Config) -> String {
        format!("{}{}", config.gate.prefix, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_for_everybody_is_told_and_nothing_else() {
        let looks = Looks {
            path: String::new(),
            content: b"/* a: b; */ :root { --ink: #111; /* c */ --paper:#fff }\n\
                @media (prefers-color-scheme: dark) { :root { --ink: #eee; } }\n\
                .x { --other: red; color: blue; } :root { --ink: navy; }"
                .to_vec(),
        };
        let told: Vec<(String, String)> = looks.colours().into_iter().collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(told, [("ink", "navy"), ("paper", "#fff")]);
    }
}
