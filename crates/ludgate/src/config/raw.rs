//! The configuration file as it is written: keys and their shapes, nothing
//! checked beyond that. Unknown keys are refused everywhere.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use prompts::Benefit;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use toml::Spanned;

use super::accounts::raw as accounts;
use super::sales::raw as sales;
use super::values::{Many, When as Date};

type Text = Spanned<String>;
type Texts = Spanned<Many>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) publication: Publication,
    #[serde(default)]
    pub(super) server: Server,
    pub(super) origin: Origin,
    #[serde(default)]
    pub(super) articles: Articles,
    #[serde(default)]
    pub(super) gate: Gate,
    #[serde(default)]
    pub(super) crawlers: Crawlers,
    #[serde(default)]
    pub(super) privacy: Privacy,
    #[serde(default)]
    pub(super) gifts: Gifts,
    #[serde(default)]
    pub(super) meter: MeterStore,
    #[serde(default)]
    pub(super) meters: Vec<Meter>,
    #[serde(default)]
    pub(super) rules: Vec<Rule>,
    #[serde(default)]
    pub(super) products: sales::Products,
    #[serde(default)]
    pub(super) plans: sales::Plans,
    #[serde(default)]
    pub(super) offers: Vec<sales::Offer>,
    #[serde(default)]
    pub(super) terms: sales::Terms,
    #[serde(default)]
    pub(super) tax: sales::Tax,
    #[serde(default)]
    pub(super) invoices: sales::Invoices,
    #[serde(default)]
    pub(super) accounts: accounts::Accounts,
    pub(super) mail: Option<Spanned<accounts::Mail>>,
    pub(super) payments: Option<Spanned<accounts::Payments>>,
    pub(super) print: Option<Spanned<Print>>,
    #[serde(default)]
    pub(super) api: Api,
    #[serde(default)]
    pub(super) app: OwnApp,
    #[serde(default)]
    pub(super) apps: Vec<App>,
    #[serde(default)]
    pub(super) links: Links,
    #[serde(default)]
    pub(super) theme: Theme,
    #[serde(default)]
    pub(super) log: Log,
    #[serde(default)]
    pub(super) debug: Debug,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Publication {
    pub(super) name: Text,
    pub(super) url: Text,
    pub(super) timezone: Text,
    pub(super) currency: Option<Text>,
    pub(super) test: Option<Spanned<bool>>,
    #[serde(default)]
    pub(super) locales: Option<Spanned<Vec<Text>>>,
    #[serde(default)]
    pub(super) accept_language: bool,
    #[serde(default = "every_story")]
    pub(super) benefits: Vec<Benefit>,
}

fn every_story() -> Vec<Benefit> {
    vec![Benefit::Stories]
}

impl Publication {
    pub(super) fn is_test(&self) -> bool {
        self.test.as_ref().is_some_and(|test| *test.get_ref())
    }
}

/// The programs' interface.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Api {
    #[serde(default)]
    pub(super) origins: Vec<Text>,
}

/// The publication as an app that is installed from its pages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnApp {
    pub(super) enabled: Option<bool>,
    pub(super) lease: Option<Text>,
}

/// A program that readers may let in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) redirects: Spanned<Vec<Text>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Server {
    pub(super) listen: Option<Text>,
    pub(super) admin: Option<Text>,
    pub(super) plain: Option<Text>,
    pub(super) tls: Option<Spanned<Tls>>,
    pub(super) proxy_protocol: Option<Spanned<bool>>,
    pub(super) data: Option<Spanned<PathBuf>>,
    #[serde(default)]
    pub(super) trusted_proxies: Vec<Text>,
    pub(super) threads: Option<Spanned<usize>>,
    pub(super) zstd: Option<bool>,
    pub(super) connections: Option<Spanned<usize>>,
    pub(super) handshake_timeout: Option<Text>,
    pub(super) head_timeout: Option<Text>,
    pub(super) stall_timeout: Option<Text>,
    pub(super) announce: Option<Text>,
    pub(super) drain_timeout: Option<Text>,
}

/// Certificates from files, from an authority, or both.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tls {
    pub(super) certificate: Option<Spanned<PathBuf>>,
    pub(super) key: Option<Spanned<PathBuf>>,
    #[serde(default)]
    pub(super) further: Vec<Pair>,
    pub(super) acme: Option<Spanned<Acme>>,
    pub(super) hsts: Option<Text>,
    #[serde(default)]
    pub(super) hsts_subdomains: bool,
    pub(super) hsts_preload: Option<Spanned<bool>>,
}

/// A certificate and its key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) certificate: Spanned<PathBuf>,
    pub(super) key: Spanned<PathBuf>,
}

/// An authority that certificates are ordered from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acme {
    pub(super) directory: Text,
    pub(super) contact: Option<Texts>,
    pub(super) names: Option<Spanned<Vec<Text>>>,
    #[serde(default)]
    pub(super) agree: bool,
    pub(super) challenge: Option<Text>,
    pub(super) external: Option<Spanned<External>>,
    pub(super) authorities: Option<Spanned<PathBuf>>,
}

/// An account with the authority outside ACME.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct External {
    pub(super) id: String,
    pub(super) file: PathBuf,
}

/// Either `content` or `url`; the rest is about the site behind `url`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Origin {
    pub(super) content: Option<Spanned<PathBuf>>,
    pub(super) url: Option<Texts>,
    pub(super) preset: Option<Text>,
    pub(super) host: Option<Text>,
    #[serde(default)]
    pub(super) sessions: Vec<Text>,
    #[serde(default)]
    pub(super) personal: Vec<Text>,
    #[serde(default)]
    pub(super) open: Vec<Text>,
    #[serde(default)]
    pub(super) closed: Vec<Text>,
    #[serde(default)]
    pub(super) terse: Vec<Text>,
    #[serde(default)]
    pub(super) closed_query: Vec<String>,
    #[serde(default)]
    pub(super) upgrades: Vec<Text>,
    #[serde(default)]
    pub(super) ignored_query: Vec<String>,
    #[serde(default)]
    pub(super) headers: Vec<Text>,
    pub(super) default_max_age: Option<Text>,
    pub(super) largest_kept: Option<Text>,
    pub(super) connect_timeout: Option<Text>,
    pub(super) first_byte_timeout: Option<Text>,
    pub(super) stall_timeout: Option<Text>,
    pub(super) connections: Option<Spanned<usize>>,
    pub(super) authorities: Option<PathBuf>,
    pub(super) certificate_name: Option<Spanned<String>>,
    pub(super) secret: Option<Spanned<Secret>>,
    #[serde(default)]
    pub(super) routes: Vec<Route>,
}

/// What proves the gate to the site.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secret {
    pub(super) header: String,
    pub(super) file: PathBuf,
}

/// Paths with servers of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Route {
    pub(super) paths: Vec<Text>,
    pub(super) url: Texts,
    pub(super) host: Option<Text>,
}

/// What a preset sets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Preset {
    pub(super) articles: Articles,
    pub(super) origin: Origin,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Articles {
    pub(super) body: Option<Texts>,
    pub(super) lists: Option<Texts>,
    pub(super) continued: Option<Texts>,
    pub(super) paths: Option<Vec<Text>>,
    pub(super) preview: Option<Spanned<Preview>>,
    pub(super) tier: Option<Text>,
    pub(super) max_age: Option<Text>,
    pub(super) stale_while_revalidate: Option<Text>,
    pub(super) memory: Option<Text>,
    pub(super) disk: Option<Text>,
    pub(super) query: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Preview {
    pub(super) words: Option<u32>,
    pub(super) paragraphs: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gate {
    pub(super) mode: Option<Text>,
    pub(super) fresh_readers: Option<u32>,
    pub(super) country_header: Option<Text>,
    pub(super) forward_auth: Option<Text>,
    pub(super) countries: Option<Spanned<PathBuf>>,
    pub(super) prefix: Option<Text>,
    pub(super) most_read: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crawlers {
    pub(super) verify: Option<bool>,
    pub(super) dns: Option<Texts>,
    pub(super) timeout: Option<Text>,
    pub(super) wait: Option<Text>,
    /// Files, by the agents whose ranges they have.
    #[serde(default)]
    pub(super) ranges: BTreeMap<Text, Texts>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gifts {
    pub(super) per_month: Option<Spanned<u32>>,
    pub(super) lasts: Option<Text>,
    pub(super) browsers: Option<Spanned<u32>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Privacy {
    pub(super) addresses: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeterStore {
    pub(super) durability: Option<Text>,
    pub(super) memory: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meter {
    pub(super) id: Text,
    pub(super) period: Text,
    pub(super) allowance: Allowance,
    #[serde(default = "two")]
    pub(super) notice: u16,
}

fn two() -> u16 {
    2
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Allowance {
    pub(super) anonymous: u16,
    pub(super) registered: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) id: Text,
    pub(super) when: Option<Spanned<Condition>>,
    pub(super) then: Spanned<Then>,
}

/// `"always"`, or a table of which everything must hold.
#[derive(Debug)]
pub(super) enum Condition {
    Always,
    Table(Box<Table>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) tier: Option<Texts>,
    pub(super) sponsored: Option<bool>,
    pub(super) section: Option<Texts>,
    pub(super) tag: Option<Texts>,
    pub(super) author: Option<Texts>,
    pub(super) story: Option<Texts>,
    pub(super) path: Option<Texts>,
    pub(super) published: Option<Spanned<Published>>,
    pub(super) entitled: Option<Texts>,
    pub(super) audience: Option<Texts>,
    pub(super) country: Option<Texts>,
    pub(super) language: Option<Texts>,
    pub(super) device: Option<Texts>,
    pub(super) referrer: Option<Texts>,
    pub(super) network: Option<Texts>,
    pub(super) locale: Option<Texts>,
    pub(super) time: Option<Spanned<Time>>,
    pub(super) not: Option<Spanned<Condition>>,
    pub(super) any: Option<Spanned<Vec<Spanned<Condition>>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Published {
    pub(super) before: Option<Spanned<Date>>,
    pub(super) after: Option<Spanned<Date>>,
    pub(super) older_than: Option<Text>,
    pub(super) newer_than: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    pub(super) from: Option<Spanned<Date>>,
    pub(super) until: Option<Spanned<Date>>,
}

/// `"open"`, or a table that names a meter, a wall, or both.
#[derive(Debug)]
pub(super) enum Then {
    Word(String),
    Table(ThenTable),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThenTable {
    pub(super) meter: Option<Text>,
    pub(super) wall: Option<Text>,
}

/// How print is delivered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Print {
    #[serde(default)]
    pub(super) days: Vec<Spanned<Date>>,
    #[serde(default)]
    pub(super) except: Vec<Spanned<Date>>,
    pub(super) lead: Option<Text>,
    pub(super) closes: Option<Text>,
    pub(super) suspensions: Option<Spanned<u16>>,
    pub(super) longest_suspension: Option<Text>,
    pub(super) ahead: Option<Text>,
    #[serde(default = "yes")]
    pub(super) grace: bool,
    pub(super) keep: Option<Text>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Links {
    pub(super) subscribe: Option<Text>,
    pub(super) offers: Option<Text>,
    pub(super) login: Option<Text>,
    pub(super) register: Option<Text>,
    pub(super) account: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub(super) templates: Option<Spanned<PathBuf>>,
    pub(super) messages: Option<Spanned<PathBuf>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Log {
    pub(super) format: Option<Text>,
    pub(super) level: Option<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Debug {
    #[serde(default)]
    pub(super) expose_decisions: bool,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrTable;

        impl<'de> Visitor<'de> for WordOrTable {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of conditions, or \"always\"")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Condition, E> {
                match word {
                    "always" => Ok(Condition::Always),
                    _ => Err(E::invalid_value(de::Unexpected::Str(word), &self)),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
                Table::deserialize(MapAccessDeserializer::new(map))
                    .map(|table| Condition::Table(Box::new(table)))
            }
        }

        deserializer.deserialize_any(WordOrTable)
    }
}

impl<'de> Deserialize<'de> for Then {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordOrTable;

        impl<'de> Visitor<'de> for WordOrTable {
            type Value = Then;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "\"open\", or a table such as { meter = \"monthly\", wall = \"subscribe\" }",
                )
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Then, E> {
                Ok(Then::Word(word.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Then, A::Error> {
                ThenTable::deserialize(MapAccessDeserializer::new(map)).map(Then::Table)
            }
        }

        deserializer.deserialize_any(WordOrTable)
    }
}
