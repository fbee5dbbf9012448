//! Meters and rules: from the words of the file to what `access` decides by.

use std::ops::Range;

use access::{
    Action, Allowance, Audience, Condition, Country, Device, Language, Meter, MeterNo, Name,
    PathPattern, Period, PublishedWhen, Referrer, Rule, Tier, Wall,
};
use ipnet::IpNet;
use jiff::SignedDuration;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use toml::Spanned;

use super::errors::{ConfigError, nearest};
use super::raw;
use super::values::{self, Many};

/// Collects what is wrong while reading on.
pub(super) struct Reader<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) errors: &'a mut Vec<ConfigError>,
}

/// A meter before the store has given it a number.
#[derive(Clone, Debug)]
pub(crate) struct MeterSettings {
    pub(crate) id: Name,
    period: Period,
    allowance: Allowance,
    notice: u16,
}

impl MeterSettings {
    pub(crate) fn numbered(&self, no: MeterNo) -> Meter {
        Meter {
            id: self.id.clone(),
            no,
            period: self.period,
            allowance: self.allowance,
            notice: self.notice,
        }
    }
}

impl Reader<'_> {
    fn error(&mut self, error: ConfigError) {
        self.errors.push(error);
    }

    pub(super) fn meter(&mut self, raw: &raw::Meter) -> Option<MeterSettings> {
        let anonymous = raw.allowance.anonymous;
        if raw.id.get_ref().trim().is_empty() {
            self.error(ConfigError::at(raw.id.span(), "a meter needs an id"));
            return None;
        }
        match period(raw.period.get_ref()) {
            Ok(period) => Some(MeterSettings {
                id: Name::new(raw.id.get_ref()),
                period,
                allowance: Allowance {
                    anonymous,
                    registered: raw.allowance.registered.unwrap_or(anonymous),
                },
                notice: raw.notice,
            }),
            Err(message) => {
                self.error(ConfigError::at(raw.period.span(), message).help(
                    "periods are \"calendar month\", \"calendar week\", \
                     \"calendar week from sunday\" and for example \"30 days\"",
                ));
                None
            }
        }
    }

    pub(super) fn rule(&mut self, raw: &raw::Rule, meters: &[MeterSettings]) -> Option<Rule> {
        let then = self.action(&raw.then, meters)?;
        let when = match &raw.when {
            Some(when) => self.condition(when)?,
            None if then == Action::Open => {
                let id = raw.id.get_ref();
                self.error(
                    ConfigError::at(
                        raw.then.span(),
                        format!("rule \"{id}\" would open every story to everybody"),
                    )
                    .help(
                        "say which stories or readers, or write when = \"always\" if you mean it",
                    ),
                );
                return None;
            }
            None => Condition::Always,
        };
        Some(Rule {
            id: Name::new(raw.id.get_ref()),
            when,
            then,
        })
    }

    fn action(&mut self, raw: &Spanned<raw::Then>, meters: &[MeterSettings]) -> Option<Action> {
        let span = raw.span();
        match raw.get_ref() {
            raw::Then::Word(word) if word == "open" => Some(Action::Open),
            raw::Then::Word(word) => {
                self.error(
                    ConfigError::at(span, format!("a rule can't do \"{word}\"")).help(
                        "write \"open\", { meter = \"…\", wall = \"…\" } or { wall = \"…\" }",
                    ),
                );
                None
            }
            raw::Then::Table(table) => {
                let wall = match &table.wall {
                    Some(wall) => self.wall(wall)?,
                    None if table.meter.is_some() => Wall::Subscribe,
                    None => {
                        self.error(
                            ConfigError::at(span, "this rule says neither meter nor wall")
                                .help("write for example { wall = \"subscribe\" }"),
                        );
                        return None;
                    }
                };
                match &table.meter {
                    None => Some(Action::Wall(wall)),
                    Some(id) => self
                        .meter_index(id, meters)
                        .map(|meter| Action::Meter { meter, wall }),
                }
            }
        }
    }

    fn meter_index(&mut self, id: &Spanned<String>, meters: &[MeterSettings]) -> Option<usize> {
        let found = meters
            .iter()
            .position(|meter| meter.id.as_str() == id.get_ref());
        if found.is_none() {
            let near = nearest(id.get_ref(), meters.iter().map(|meter| meter.id.as_str()));
            let help = match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "add a [[meters]] section with this id".to_owned(),
            };
            let message = format!("there is no meter called \"{}\"", id.get_ref());
            self.error(ConfigError::at(id.span(), message).help(help));
        }
        found
    }

    fn wall(&mut self, wall: &Spanned<String>) -> Option<Wall> {
        self.one_of(
            wall.span(),
            wall.get_ref(),
            "wall",
            &[("subscribe", Wall::Subscribe), ("register", Wall::Register)],
        )
    }

    fn one_of<T: Copy>(
        &mut self,
        span: Range<usize>,
        word: &str,
        kind: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = words
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            let help = match nearest(word, list.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("known are {}", list.join(", ")),
            };
            let message = format!("\"{word}\" is no {kind}");
            self.error(ConfigError::at(span, message).help(help));
        }
        found
    }

    fn condition(&mut self, raw: &Spanned<raw::Condition>) -> Option<Condition> {
        let raw::Condition::Table(table) = raw.get_ref() else {
            return Some(Condition::Always);
        };
        let before = self.errors.len();
        let mut all = self.about_stories(table);
        all.extend(self.about_readers(table));
        all.extend(self.about_circumstances(table));
        if self.errors.len() > before {
            return None;
        }
        match all.len() {
            0 => {
                self.error(
                    ConfigError::at(
                        raw.span(),
                        "this condition says nothing, so nothing matches it",
                    )
                    .help("fill it in, or remove the rule"),
                );
                None
            }
            1 => all.pop(),
            _ => Some(Condition::All(all)),
        }
    }

    fn about_stories(&mut self, table: &raw::Table) -> Vec<Condition> {
        let tiers = [
            ("free", Tier::Free),
            ("metered", Tier::Metered),
            ("locked", Tier::Locked),
        ];
        let conditions = [
            self.words(table.tier.as_ref(), "tier", &tiers, Condition::Tier),
            table.sponsored.map(Condition::Sponsored),
            self.names(table.section.as_ref(), Condition::Section),
            self.names(table.tag.as_ref(), Condition::Tag),
            self.names(table.author.as_ref(), Condition::Author),
            self.paths(table.story.as_ref(), Condition::Story),
            self.paths(table.path.as_ref(), Condition::Path),
            table
                .published
                .as_ref()
                .and_then(|published| self.published(published)),
        ];
        conditions.into_iter().flatten().collect()
    }

    fn about_readers(&mut self, table: &raw::Table) -> Vec<Condition> {
        let audiences = [
            Audience::Anonymous,
            Audience::Registered,
            Audience::Trial,
            Audience::Lapsed,
            Audience::Subscriber,
        ]
        .map(|audience| (audience.as_str(), audience));
        let devices = [Device::Phone, Device::Tablet, Device::Desktop]
            .map(|device| (device.as_str(), device));
        let referrers = [
            Referrer::Direct,
            Referrer::Internal,
            Referrer::Search,
            Referrer::Social,
            Referrer::Newsletter,
            Referrer::Other,
        ]
        .map(|referrer| (referrer.as_str(), referrer));
        let entitled = |names: Vec<Name>| {
            let mut each: Vec<Condition> = names.into_iter().map(Condition::Entitled).collect();
            if each.len() == 1 {
                each.remove(0)
            } else {
                Condition::Any(each)
            }
        };
        let conditions = [
            self.names(table.entitled.as_ref(), entitled),
            self.words(
                table.audience.as_ref(),
                "audience",
                &audiences,
                Condition::Audience,
            ),
            self.parsed(table.country.as_ref(), Condition::Country, |word| {
                Country::parse(word).ok_or("is no country code; write for example \"JP\"")
            }),
            self.parsed(table.language.as_ref(), Condition::Language, |word| {
                Language::parse(word).ok_or("is no language; write for example \"ja\"")
            }),
            self.words(table.device.as_ref(), "device", &devices, Condition::Device),
            self.words(
                table.referrer.as_ref(),
                "referrer class",
                &referrers,
                Condition::Referrer,
            ),
            self.parsed(table.network.as_ref(), Condition::Network, |word| {
                word.parse::<IpNet>()
                    .map_err(|_| "is no network; write for example \"192.0.2.0/24\"")
            }),
            self.names(table.locale.as_ref(), Condition::Locale),
        ];
        conditions.into_iter().flatten().collect()
    }

    fn about_circumstances(&mut self, table: &raw::Table) -> Vec<Condition> {
        let time = table.time.as_ref().and_then(|time| self.time(time));
        let not = table.not.as_ref().and_then(|inner| self.condition(inner));
        let any = table.any.as_ref().and_then(|list| self.any(list));
        [time, not.map(|inner| Condition::Not(Box::new(inner))), any]
            .into_iter()
            .flatten()
            .collect()
    }

    /// At least one of several, of which there must be some.
    fn any(&mut self, raw: &Spanned<Vec<Spanned<raw::Condition>>>) -> Option<Condition> {
        if raw.get_ref().is_empty() {
            self.error(
                ConfigError::at(raw.span(), "of no conditions none can hold").help(
                    "write at least one, for example any = [{ tag = \"…\" }], or leave it out",
                ),
            );
            return None;
        }
        let list = raw.get_ref().iter();
        Some(Condition::Any(
            list.filter_map(|one| self.condition(one)).collect(),
        ))
    }

    /// A list, which must have members: an empty one would never match.
    fn list<'r>(&mut self, raw: Option<&'r Spanned<Many>>) -> Option<&'r [String]> {
        let raw = raw?;
        let list = &raw.get_ref().0;
        if list.is_empty() {
            self.error(
                ConfigError::at(raw.span(), "an empty list matches nothing")
                    .help("name at least one, or leave the key out"),
            );
            return None;
        }
        if list.iter().any(|one| one.trim().is_empty()) {
            self.error(
                ConfigError::at(raw.span(), "an empty text names nothing")
                    .help("write what is meant, or leave it out"),
            );
            return None;
        }
        Some(list)
    }

    fn names(
        &mut self,
        raw: Option<&Spanned<Many>>,
        make: impl FnOnce(Vec<Name>) -> Condition,
    ) -> Option<Condition> {
        self.list(raw)
            .map(|list| make(list.iter().map(Name::new).collect()))
    }

    fn words<T: Copy>(
        &mut self,
        raw: Option<&Spanned<Many>>,
        kind: &str,
        words: &[(&str, T)],
        make: impl FnOnce(Vec<T>) -> Condition,
    ) -> Option<Condition> {
        let span = raw?.span();
        let list = self.list(raw)?;
        let values = list
            .iter()
            .filter_map(|word| self.one_of(span.clone(), word, kind, words))
            .collect();
        Some(make(values))
    }

    fn parsed<T>(
        &mut self,
        raw: Option<&Spanned<Many>>,
        make: impl FnOnce(Vec<T>) -> Condition,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Option<Condition> {
        let span = raw?.span();
        let mut values = Vec::new();
        for word in self.list(raw)? {
            match parse(word) {
                Ok(value) => values.push(value),
                Err(why) => self.error(ConfigError::at(span.clone(), format!("\"{word}\" {why}"))),
            }
        }
        Some(make(values))
    }

    fn paths(
        &mut self,
        raw: Option<&Spanned<Many>>,
        make: impl FnOnce(Vec<PathPattern>) -> Condition,
    ) -> Option<Condition> {
        self.parsed(raw, make, |word| {
            PathPattern::new(word).ok_or("is no path; write for example \"/stories/**\"")
        })
    }

    fn published(&mut self, raw: &Spanned<raw::Published>) -> Option<Condition> {
        let span = raw.span();
        let raw = raw.get_ref();
        let date = |date: Option<&Spanned<values::When>>, reader: &mut Self| {
            date.and_then(|date| reader.instant(date, false))
        };
        let before = date(raw.before.as_ref(), self).map(PublishedWhen::Before);
        let after = date(raw.after.as_ref(), self).map(PublishedWhen::After);
        let older = raw.older_than.as_ref().and_then(|age| self.age(age));
        let newer = raw.newer_than.as_ref().and_then(|age| self.age(age));
        let parts: Vec<Condition> = [
            before,
            after,
            older.map(PublishedWhen::OlderThan),
            newer.map(PublishedWhen::NewerThan),
        ]
        .into_iter()
        .flatten()
        .map(Condition::Published)
        .collect();
        self.combined(span, parts, "before, after, older_than or newer_than")
    }

    fn time(&mut self, raw: &Spanned<raw::Time>) -> Option<Condition> {
        let span = raw.span();
        let raw = raw.get_ref();
        let from = raw.from.as_ref().and_then(|date| self.instant(date, false));
        let until = raw.until.as_ref().and_then(|date| self.instant(date, true));
        let parts: Vec<Condition> = [from.map(Condition::From), until.map(Condition::Until)]
            .into_iter()
            .flatten()
            .collect();
        self.combined(span, parts, "from or until")
    }

    fn combined(
        &mut self,
        span: Range<usize>,
        mut parts: Vec<Condition>,
        keys: &str,
    ) -> Option<Condition> {
        match parts.len() {
            0 => {
                self.error(ConfigError::at(span, format!("this needs {keys}")));
                None
            }
            1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        }
    }

    fn instant(
        &mut self,
        date: &Spanned<values::When>,
        inclusive: bool,
    ) -> Option<jiff::Timestamp> {
        values::instant(&date.get_ref().0, self.zone, inclusive)
            .map_err(|message| self.error(ConfigError::at(date.span(), message)))
            .ok()
    }

    fn age(&mut self, age: &Spanned<String>) -> Option<SignedDuration> {
        values::duration(age.get_ref())
            .and_then(|age| SignedDuration::try_from(age).map_err(|error| error.to_string()))
            .map_err(|message| self.error(ConfigError::at(age.span(), message)))
            .ok()
    }
}

fn period(text: &str) -> Result<Period, String> {
    match text {
        "calendar month" => return Ok(Period::CalendarMonth),
        "calendar week" | "calendar week from monday" => {
            return Ok(Period::CalendarWeek {
                starts: Weekday::Monday,
            });
        }
        "calendar week from sunday" => {
            return Ok(Period::CalendarWeek {
                starts: Weekday::Sunday,
            });
        }
        "calendar week from saturday" => {
            return Ok(Period::CalendarWeek {
                starts: Weekday::Saturday,
            });
        }
        _ => {}
    }
    text.strip_suffix("days")
        .or_else(|| text.strip_suffix("day"))
        .and_then(|number| number.trim().parse().ok())
        .map(Period::RollingDays)
        .ok_or_else(|| format!("\"{text}\" is no period"))
}
