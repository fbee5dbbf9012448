//! Checking: from the file as it is written to a configuration that a server
//! can start with. Every mistake is noted; none stops the reading.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use access::{PathPattern, Rules, Tier};
use gateway::{Limits, Mode};
use ipnet::IpNet;
use jiff::tz::TimeZone;
use prompts::Locale;
use toml::Spanned;

use super::errors::{self, ConfigError};
use super::rules::{self, MeterSettings};
use super::{
    Articles, Config, DATA, FRESH_READERS, Gate, Links, Log, LogFormat, MeterStore, PublicationUrl,
    Server, raw, values,
};

/// The longest that a server which stops goes on serving: whoever asks whether
/// it is ready asks every few seconds.
const MAX_ANNOUNCE: Duration = Duration::from_mins(10);

/// Goes through the file section by section and notes every mistake.
pub(super) struct Check<'a> {
    pub(super) errors: Vec<ConfigError>,
    /// What paths in the file are relative to.
    pub(super) folder: &'a Path,
}

impl Check<'_> {
    pub(super) fn config(&mut self, raw: &raw::File) -> Option<Config> {
        let zone = self.zone(&raw.publication.timezone);
        let url = self.url(&raw.publication.url);
        let locales = self.locales(raw.publication.locales.as_ref());
        let server = self.server(&raw.server);
        let articles = self.articles(&raw.articles);
        let gate = self.gate(&raw.gate, &raw.server.trusted_proxies);
        let meter = self.meter_store(&raw.meter);
        let log = self.log(&raw.log);
        let links = self.links(&raw.links);
        let utc = TimeZone::UTC;
        let (meters, rules) = self.rules(raw, zone.as_ref().unwrap_or(&utc));
        self.countries(raw, &rules, gate.as_ref());
        let name = raw.publication.name.get_ref().trim().to_owned();
        if name.is_empty() {
            self.wrong(&raw.publication.name, "the publication needs a name");
        }
        Some(Config {
            name,
            url: url?,
            zone: zone?,
            locales,
            negotiate_locale: raw.publication.accept_language,
            benefits: raw.publication.benefits.clone(),
            server: server?,
            content: self.folder.join(raw.origin.content.get_ref()),
            articles: articles?,
            gate: gate?,
            meter: meter?,
            meters,
            rules,
            links,
            templates: raw
                .theme
                .templates
                .as_ref()
                .map(|path| self.folder.join(path)),
            messages: raw
                .theme
                .messages
                .as_ref()
                .map(|path| self.folder.join(path)),
            log: log?,
            expose_decisions: raw.debug.expose_decisions,
        })
    }

    fn wrong<T>(&mut self, at: &Spanned<T>, message: impl Into<String>) {
        self.errors.push(ConfigError::at(at.span(), message));
    }

    fn wrong_with_help<T>(&mut self, at: &Spanned<T>, message: String, help: &str) {
        self.errors
            .push(ConfigError::at(at.span(), message).help(help));
    }

    /// A value that may be left out, read by `parse`.
    fn value<T>(
        &mut self,
        raw: Option<&Spanned<String>>,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(raw) = raw else { return Some(default) };
        parse(raw.get_ref())
            .map_err(|message| self.wrong(raw, message))
            .ok()
    }

    fn zone(&mut self, raw: &Spanned<String>) -> Option<TimeZone> {
        let name = raw.get_ref();
        if let Ok(zone) = TimeZone::get(name) {
            return Some(zone);
        }
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|zone| zone.to_string())
            .collect();
        let help = match errors::nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "write an IANA name such as \"Europe/Paris\"".to_owned(),
        };
        self.wrong_with_help(raw, format!("\"{name}\" is no time zone"), &help);
        None
    }

    fn url(&mut self, raw: &Spanned<String>) -> Option<PublicationUrl> {
        let parsed = PublicationUrl::parse(raw.get_ref());
        if parsed.is_none() {
            self.wrong_with_help(
                raw,
                format!("\"{}\" is no address of a publication", raw.get_ref()),
                "write scheme and host only, for example \"https://review.example\"",
            );
        }
        parsed
    }

    fn locales(&mut self, raw: Option<&Spanned<Vec<Spanned<String>>>>) -> Vec<Locale> {
        let Some(raw) = raw else {
            return vec![Locale::english()];
        };
        if raw.get_ref().is_empty() {
            self.wrong(raw, "a publication speaks at least one language");
        }
        let mut locales = Vec::new();
        for one in raw.get_ref() {
            match one.get_ref().parse() {
                Ok(locale) => locales.push(locale),
                Err(error) => self.wrong(one, prompts::NotALocale::to_string(&error)),
            }
        }
        locales
    }

    fn server(&mut self, raw: &raw::Server) -> Option<Server> {
        let seconds = Duration::from_secs;
        let head = self.value(raw.head_timeout.as_ref(), seconds(20), positive);
        let stall = self.value(raw.stall_timeout.as_ref(), seconds(30), positive);
        let announce =
            self.value(
                raw.announce.as_ref(),
                Duration::ZERO,
                |text| match values::duration(text)? {
                    length if length <= MAX_ANNOUNCE => Ok(length),
                    _ => {
                        Err("nobody takes more than 10 min to learn that a server stops".to_owned())
                    }
                },
            );
        let drain = self.value(raw.drain_timeout.as_ref(), seconds(20), positive);
        if let Some(threads) = raw
            .threads
            .as_ref()
            .filter(|n| !(1..=256).contains(n.get_ref()))
        {
            self.wrong(threads, "a server runs on 1 to 256 threads");
        }
        let connections = raw.connections.as_ref();
        if let Some(n) = connections.filter(|n| !(1..=1_000_000).contains(n.get_ref())) {
            self.wrong(n, "a server holds 1 to 1,000,000 connections");
        }
        let home = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let listen = self.value(raw.listen.as_ref(), home(8080), address);
        let admin = self.value(raw.admin.as_ref(), home(8081), address);
        if listen == admin && listen.is_some_and(|address| address.port() != 0) {
            self.errors.push(ConfigError::whole(
                "[server] listen and admin are the same; the admin listener is never the readers'",
            ));
        }
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Some(Server {
            listen: listen?,
            admin: admin?,
            data: self
                .folder
                .join(raw.data.as_deref().unwrap_or(Path::new(DATA))),
            trusted_proxies: self.networks(&raw.trusted_proxies),
            threads: raw.threads.as_ref().map_or(cores, |n| *n.get_ref()),
            announce: announce?,
            zstd: raw.zstd.unwrap_or(true),
            limits: Limits {
                connections: connections.map_or(10_000, |n| *n.get_ref()),
                head: head?,
                stall: stall?,
                drain: drain?,
            },
        })
    }

    /// Networks, or single addresses.
    fn networks(&mut self, raw: &[Spanned<String>]) -> Vec<IpNet> {
        let parse = |text: &str| {
            text.parse::<IpNet>()
                .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        };
        let mut networks = Vec::new();
        for one in raw {
            match parse(one.get_ref()) {
                Ok(network) => networks.push(network),
                Err(_) => self.wrong_with_help(
                    one,
                    format!("\"{}\" is no network", one.get_ref()),
                    "write an address or a network, for example \"10.0.0.0/8\"",
                ),
            }
        }
        networks
    }

    fn articles(&mut self, raw: &raw::Articles) -> Option<Articles> {
        let body = match &raw.body {
            Some(body) => {
                let list = body.get_ref().0.clone();
                if list.is_empty() {
                    self.wrong_with_help(
                        body,
                        "without a selector no story would be recognised, and none withheld"
                            .to_owned(),
                        "write at least one, for example \".story-body\", or leave the key out",
                    );
                } else if let Err(error) = page::check_selectors(&list) {
                    self.wrong(body, error.to_string());
                }
                list
            }
            None => vec![".story-body".to_owned()],
        };
        let mut paths = Vec::new();
        for one in raw.paths.iter().flatten() {
            match PathPattern::new(one.get_ref()) {
                Some(pattern) => paths.push(pattern),
                None => self.wrong(one, "is no path; write for example \"/stories/**\""),
            }
        }
        let tier = self.value(raw.tier.as_ref(), Tier::Metered, |word| {
            Tier::parse(word).ok_or_else(|| "tiers are free, metered and locked".to_owned())
        });
        let max_age = self.value(
            raw.max_age.as_ref(),
            Duration::from_mins(1),
            values::duration,
        );
        let memory = self.value(raw.memory.as_ref(), 256 << 20, values::bytes);
        let preview = self.preview(raw.preview.as_ref());
        let query = raw
            .query
            .clone()
            .unwrap_or_else(|| vec!["page".to_owned(), "q".to_owned()]);
        Some(Articles {
            body,
            paths: if raw.paths.is_some() {
                paths
            } else {
                PathPattern::new("/stories/**").into_iter().collect()
            },
            preview: preview?,
            tier: tier?,
            max_age: max_age?,
            memory: memory?,
            query: query.into_iter().map(String::into_boxed_str).collect(),
        })
    }

    fn preview(&mut self, raw: Option<&Spanned<raw::Preview>>) -> Option<page::Preview> {
        let Some(raw) = raw else {
            return Some(page::Preview::Words(100));
        };
        match (raw.get_ref().words, raw.get_ref().paragraphs) {
            (Some(words), None) => Some(page::Preview::Words(words)),
            (None, Some(paragraphs)) => Some(page::Preview::Paragraphs(paragraphs)),
            _ => {
                let help = "write { words = 100 } or { paragraphs = 2 }";
                self.wrong_with_help(raw, "a preview is words or paragraphs".to_owned(), help);
                None
            }
        }
    }

    fn gate(&mut self, raw: &raw::Gate, proxies: &[Spanned<String>]) -> Option<Gate> {
        let mode = self.value(raw.mode.as_ref(), Mode::Enforce, |word| match word {
            "enforce" => Ok(Mode::Enforce),
            "observe" => Ok(Mode::Observe),
            _ => Err(format!(
                "\"{word}\" is no mode; there are \"enforce\" and \"observe\""
            )),
        });
        let prefix = self.value(raw.prefix.as_ref(), "/-/".to_owned(), |prefix| {
            let whole = prefix.len() > 2 && prefix.starts_with('/') && prefix.ends_with('/');
            let plain = prefix
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/-_~".contains(&b));
            if whole && plain && !prefix.contains("//") {
                Ok(prefix.to_owned())
            } else {
                Err("a prefix begins and ends with a slash, for example \"/-/\"".to_owned())
            }
        });
        let country_header = self.value(raw.country_header.as_ref(), None, |name| {
            name.parse()
                .map(Some)
                .map_err(|_| format!("\"{name}\" is no header's name"))
        });
        if let Some(name) = &raw.country_header
            && proxies.is_empty()
        {
            self.wrong_with_help(
                name,
                "no proxy is trusted, so nobody's word on the country would be taken".to_owned(),
                "name the proxy that sets the header: [server] trusted_proxies = [\"…\"]",
            );
        }
        Some(Gate {
            mode: mode?,
            fresh_readers: raw.fresh_readers.unwrap_or(FRESH_READERS),
            prefix: prefix?,
            country_header: country_header?,
        })
    }

    fn meter_store(&mut self, raw: &raw::MeterStore) -> Option<MeterStore> {
        let window = meter::Durability::Window(Duration::from_millis(100));
        let durability = self.value(raw.durability.as_ref(), window, |text| match text {
            "sync" => Ok(meter::Durability::Sync),
            _ => match values::duration(text)? {
                window if window <= Duration::from_secs(10) => {
                    Ok(meter::Durability::Window(window))
                }
                _ => Err("a window of more than 10 s would lose too much in a crash".to_owned()),
            },
        });
        let memory = self.value(raw.memory.as_ref(), 256 << 20, values::bytes)?;
        if memory < 1 << 20 {
            self.errors.push(ConfigError::whole(
                "[meter] memory must be at least \"1 MB\"",
            ));
        }
        Some(MeterStore {
            durability: durability?,
            memory: usize::try_from(memory).unwrap_or(usize::MAX),
        })
    }

    fn rules(
        &mut self,
        raw: &raw::File,
        zone: &TimeZone,
    ) -> (Vec<MeterSettings>, Vec<access::Rule>) {
        let mut reader = rules::Reader {
            zone,
            errors: &mut self.errors,
        };
        let meters: Vec<MeterSettings> = raw
            .meters
            .iter()
            .filter_map(|meter| reader.meter(meter))
            .collect();
        if meters.len() < raw.meters.len() {
            // Rules that name the missing meter would only repeat the news.
            return (meters, Vec::new());
        }
        let list: Vec<access::Rule> = raw
            .rules
            .iter()
            .filter_map(|rule| reader.rule(rule, &meters))
            .collect();
        if list.len() == raw.rules.len() {
            self.contradictions(raw, zone, &meters, &list);
        }
        (meters, list)
    }

    /// What `access` refuses, placed at the rule or meter it is about.
    fn contradictions(
        &mut self,
        raw: &raw::File,
        zone: &TimeZone,
        meters: &[MeterSettings],
        list: &[access::Rule],
    ) {
        let numbered = (0..=access::MeterNo::MAX).filter_map(access::MeterNo::new);
        let meters = meters
            .iter()
            .zip(numbered)
            .map(|(meter, no)| meter.numbered(no))
            .collect();
        let Err(error) = Rules::new(zone.clone(), meters, list.to_vec()) else {
            return;
        };
        let place = error.subject().and_then(|id| {
            let ids = raw.rules.iter().map(|rule| &rule.id);
            let mut ids = ids.chain(raw.meters.iter().map(|meter| &meter.id));
            ids.rfind(|one| one.get_ref() == id.as_str())
                .map(Spanned::span)
        });
        self.errors.push(match place {
            Some(span) => ConfigError::at(span, error.to_string()),
            None => ConfigError::whole(error.to_string()),
        });
    }

    /// A rule that asks for a country needs somebody who knows it.
    fn countries(&mut self, raw: &raw::File, rules: &[access::Rule], gate: Option<&Gate>) {
        if gate.is_none_or(|gate| gate.country_header.is_some()) {
            return;
        }
        let asks = rules.iter().find(|rule| rule.when.asks_for_country());
        let place = |rule: &access::Rule| {
            raw.rules
                .iter()
                .find(|one| one.id.get_ref() == rule.id.as_str())
        };
        if let Some(rule) = asks.and_then(place) {
            let message = "this rule asks for a country, but nothing says where readers are";
            self.wrong_with_help(
                &rule.id,
                message.to_owned(),
                "name the header that your proxy sets: [gate] country_header = \"…\"",
            );
        }
    }

    fn links(&mut self, raw: &raw::Links) -> Links {
        let mut link = |raw: Option<&Spanned<String>>| {
            let raw = raw?;
            let url = raw.get_ref();
            let local = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
            if local || url.starts_with("https://") {
                Some(url.clone())
            } else {
                self.errors.push(ConfigError::at(
                    raw.span(),
                    "a link is a path on this site (\"/subscribe\") or begins with https://",
                ));
                None
            }
        };
        Links {
            subscribe: link(raw.subscribe.as_ref())
                .unwrap_or_else(|| "/pages/subscribe".to_owned()),
            offers: link(raw.offers.as_ref()),
            login: link(raw.login.as_ref()),
            register: link(raw.register.as_ref()),
        }
    }

    fn log(&mut self, raw: &raw::Log) -> Option<Log> {
        let format = self.value(raw.format.as_ref(), LogFormat::Human, |word| match word {
            "human" => Ok(LogFormat::Human),
            "json" => Ok(LogFormat::Json),
            _ => Err(format!(
                "\"{word}\" is no log format; there are \"human\" and \"json\""
            )),
        });
        let level = self.value(raw.level.as_ref(), "info".to_owned(), |word| match word {
            "error" | "warn" | "info" | "debug" | "trace" => Ok(word.to_owned()),
            _ => Err(format!(
                "\"{word}\" is no level; there are error, warn, info, debug, trace"
            )),
        });
        Some(Log {
            format: format?,
            level: level?,
        })
    }
}

/// An address to listen on. Names aren't looked up.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!(
            "\"{text}\" is no address to listen on: an IP address and a port are needed, for \
             example \"127.0.0.1:8080\""
        )
    })
}

/// A length of time that something can be waited for in.
fn positive(text: &str) -> Result<Duration, String> {
    match values::duration(text)? {
        Duration::ZERO => Err("nothing can be waited for in no time".to_owned()),
        length => Ok(length),
    }
}
