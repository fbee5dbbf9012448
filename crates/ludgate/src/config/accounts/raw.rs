//! Accounts, mail and payments, as they are written: keys and their shapes.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use toml::Spanned;

type Text = Spanned<String>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Accounts {
    pub(super) session: Option<Text>,
    pub(super) devices: Option<Spanned<usize>>,
    #[serde(default)]
    pub(super) newsletter: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Mail {
    pub(super) from: Text,
    pub(super) reply_to: Option<Text>,
    #[serde(default)]
    pub(super) imprint: Vec<Text>,
    pub(super) folder: Option<Spanned<PathBuf>>,
    pub(super) server: Option<Text>,
    pub(super) tls: Option<Text>,
    pub(super) user: Option<Text>,
    pub(super) password: Option<Spanned<Kept>>,
    pub(super) authorities: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Payments {
    pub(super) provider: Text,
    pub(super) secret_key: Option<Spanned<Kept>>,
    pub(super) publishable_key: Option<Text>,
    #[serde(default)]
    pub(super) webhook_secrets: Vec<Spanned<Kept>>,
    pub(super) base_url: Option<Text>,
    pub(super) authorities: Option<PathBuf>,
}

impl Mail {
    /// The folder that mails are put into, where it is one.
    pub(in crate::config) fn folder(&self) -> Option<&Spanned<PathBuf>> {
        self.folder.as_ref()
    }
}

impl Payments {
    /// Where the first key is that only Stripe has.
    pub(super) fn of_stripe(&self) -> Option<std::ops::Range<usize>> {
        let secrets = self.secret_key.iter().chain(&self.webhook_secrets);
        let texts = self.publishable_key.iter().chain(&self.base_url);
        let places = secrets.map(Spanned::span).chain(texts.map(Spanned::span));
        places.min_by_key(|place| place.start)
    }
}

/// Where a secret is. One that is written down here isn't kept in memory.
#[derive(Debug)]
pub(in crate::config) enum Kept {
    Inline,
    File(PathBuf),
    Environment(String),
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        enum Place {
            File(PathBuf),
            Env(String),
        }

        struct WordOrTable;

        impl<'de> Visitor<'de> for WordOrTable {
            type Value = Kept;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{ file = \"…\" } or { env = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Kept, E> {
                Ok(Kept::Inline)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Kept, A::Error> {
                let place = Place::deserialize(MapAccessDeserializer::new(map))?;
                Ok(match place {
                    Place::File(file) => Kept::File(file),
                    Place::Env(name) => Kept::Environment(name),
                })
            }
        }

        deserializer.deserialize_any(WordOrTable)
    }
}
