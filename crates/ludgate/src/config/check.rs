//! Checking: from the file as it is written to a configuration that a server
//! can start with. Every mistake is noted; none stops the reading.

use std::path::Path;
use std::time::Duration;

use access::Rules;
use jiff::tz::TimeZone;
use prompts::Locale;
use toml::Spanned;

use super::errors::{self, ConfigError};
use super::rules::{self, MeterSettings};
use super::{Config, Links, Log, LogFormat, MeterStore, PublicationUrl, SUBSCRIBE, raw, values};

/// Goes through the file section by section and notes every mistake.
pub(super) struct Check<'a> {
    pub(super) errors: Vec<ConfigError>,
    /// What paths in the file are relative to.
    pub(super) folder: &'a Path,
    /// What is at work already.
    pub(super) before: Option<&'a Config>,
}

impl Check<'_> {
    pub(super) fn config(&mut self, raw: &raw::File) -> Option<Config> {
        let zone = self.zone(&raw.publication.timezone);
        let url = self.url(&raw.publication.url);
        let noted = self.errors.len();
        let locales = self.locales(raw.publication.locales.as_ref());
        let spoken = (self.errors.len() == noted).then_some(locales.as_slice());
        let server = self.server(&raw.server, url.as_ref());
        let preset = self.preset(&raw.origin);
        let articles = self.articles(&raw.articles, preset.as_ref(), raw.origin.url.is_some());
        let origin = self.origin(raw, preset.as_ref(), url.as_ref());
        if let (Some(server), Some(origin)) = (&server, &origin) {
            self.circle(raw, server, origin);
        }
        let gate = self.gate(&raw.gate, &raw.server.trusted_proxies);
        let crawlers = self.crawlers(&raw.crawlers);
        let privacy = self.privacy(&raw.privacy);
        let gifts = self.gifts(&raw.gifts);
        let meter = self.meter_store(&raw.meter);
        let log = self.log(&raw.log);
        let utc = TimeZone::UTC;
        let (meters, rules) = self.rules(raw, zone.as_ref().unwrap_or(&utc), spoken);
        let sales = self.sales(raw, zone.as_ref().unwrap_or(&utc));
        let accounts = self.accounts(&raw.accounts);
        let app = self.own_app(&raw.app);
        let apps = self.apps(&raw.apps);
        let api_origins = self.api(&raw.api);
        let mail = self.mail(raw, url.as_ref());
        let payments = self.payments(raw);
        let print = self.print(raw.print.as_ref(), zone.as_ref().unwrap_or(&utc));
        let prefix = gate.as_ref().filter(|_| raw.mail.is_some());
        let links = self.links(
            &raw.links,
            prefix.map(|gate| gate.prefix.as_str()),
            payments.is_some(),
        );
        self.country_rules(raw, &rules, gate.as_ref());
        if let (Some(articles), Some(gate)) = (&articles, &gate) {
            self.hidden_paths(raw, articles, gate);
        }
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
            origin: origin?,
            articles: articles?,
            gate: gate?,
            crawlers: crawlers?,
            privacy: privacy?,
            gifts: Some(gifts?).filter(|gifts| gifts.a_month > 0),
            meter: meter?,
            meters,
            rules,
            is_test: raw.publication.is_test(),
            sales,
            accounts: accounts?,
            app: app?,
            is_app_named: raw.app.lease.is_some() || raw.app.enabled.is_some(),
            apps: apps?,
            api_origins: api_origins?,
            mail,
            payments,
            print,
            links,
            templates: raw
                .theme
                .templates
                .as_ref()
                .map(|path| self.folder.join(path.get_ref())),
            messages: raw
                .theme
                .messages
                .as_ref()
                .map(|path| self.folder.join(path.get_ref())),
            log: log?,
            expose_decisions: raw.debug.expose_decisions,
        })
    }

    pub(super) fn wrong<T>(&mut self, at: &Spanned<T>, message: impl Into<String>) {
        self.errors.push(ConfigError::at(at.span(), message));
    }

    pub(super) fn wrong_with_help<T>(&mut self, at: &Spanned<T>, message: String, help: &str) {
        self.errors
            .push(ConfigError::at(at.span(), message).help(help));
    }

    /// A value that may be left out, read by `parse`.
    pub(super) fn value<T>(
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
        let memory = self.value(
            raw.memory.as_ref(),
            256 << 20,
            |text| match values::bytes(text)? {
                few if few < 1 << 20 => Err("at least \"1 MB\" is needed".to_owned()),
                enough => Ok(enough),
            },
        );
        Some(MeterStore {
            durability: durability?,
            memory: usize::try_from(memory?).unwrap_or(usize::MAX),
        })
    }

    fn rules(
        &mut self,
        raw: &raw::File,
        zone: &TimeZone,
        locales: Option<&[Locale]>,
    ) -> (Vec<MeterSettings>, Vec<access::Rule>) {
        let mut reader = rules::Reader {
            zone,
            locales,
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

    /// Where there are accounts, what isn't configured leads to the readers' own
    /// pages below the `prefix`.
    fn links(&mut self, raw: &raw::Links, prefix: Option<&str>, sells: bool) -> Links {
        let mut link = |raw: Option<&Spanned<String>>| {
            let raw = raw?;
            let url = raw.get_ref();
            // Browsers take a backslash for a slash, and pass over control characters.
            let plain = !url.contains(|c: char| c == '\\' || c.is_control());
            let local = url.starts_with('/') && !url.starts_with("//");
            if plain && (local || url.starts_with("https://")) {
                Some(url.clone())
            } else {
                self.errors.push(ConfigError::at(
                    raw.span(),
                    "a link is a path on this site (\"/subscribe\") or begins with https://",
                ));
                None
            }
        };
        let login = link(raw.login.as_ref());
        let shop = prefix.filter(|_| sells);
        let shop = shop.map(|prefix| format!("{prefix}subscribe"));
        let own = |page: &str| prefix.map(|prefix| format!("{prefix}{page}"));
        Links {
            subscribe: link(raw.subscribe.as_ref())
                .or_else(|| shop.clone())
                .unwrap_or_else(|| SUBSCRIBE.to_owned()),
            offers: link(raw.offers.as_ref()).or(shop),
            account: link(raw.account.as_ref())
                .or_else(|| login.clone())
                .or_else(|| own("account")),
            login: login.or_else(|| own("login")),
            register: link(raw.register.as_ref()).or_else(|| own("register")),
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
