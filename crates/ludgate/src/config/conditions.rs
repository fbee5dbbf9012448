//! Conditions: from the words of a rule to what it asks about a story, a reader
//! and a moment. One that can never hold is refused: nobody writes it on
//! purpose.

use std::ops::Range;

use access::{
    Audience, Condition, Country, Device, Language, Name, PathPattern, PublishedWhen, Referrer,
    Tier,
};
use ipnet::IpNet;
use jiff::SignedDuration;
use prompts::Locale;
use toml::Spanned;

use super::errors::ConfigError;
use super::raw;
use super::rules::Reader;
use super::values::{self, Many};

impl Reader<'_> {
    pub(super) fn condition(&mut self, raw: &Spanned<raw::Condition>) -> Option<Condition> {
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
        let audiences = Audience::ALL.map(|audience| (audience.as_str(), audience));
        let devices = Device::ALL.map(|device| (device.as_str(), device));
        let referrers = Referrer::ALL.map(|referrer| (referrer.as_str(), referrer));
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
            self.parsed(table.language.as_ref(), Condition::Language, parse_language),
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
            self.locales(table.locale.as_ref()),
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

    /// Locales that readers can be addressed in: a rule about another would
    /// never match.
    fn locales(&mut self, raw: Option<&Spanned<Many>>) -> Option<Condition> {
        let Some(locales) = self.locales else {
            return self.names(raw, Condition::Locale);
        };
        let tags: Vec<String> = locales.iter().map(Locale::to_string).collect();
        let words: Vec<(&str, &str)> = tags.iter().map(|tag| (tag.as_str(), &**tag)).collect();
        let kind = "locale that readers are addressed in ([publication] locales)";
        self.words(raw, kind, &words, |tags| {
            Condition::Locale(tags.into_iter().map(Name::new).collect())
        })
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
        let noted = self.errors.len();
        let before = date(raw.before.as_ref(), self);
        let after = date(raw.after.as_ref(), self);
        let older = raw.older_than.as_ref().and_then(|age| self.age(age));
        let newer = raw.newer_than.as_ref().and_then(|age| self.age(age));
        if self.errors.len() > noted {
            return None;
        }
        let impossible = "no story was ever published then, so nothing matches it";
        if matches!((before, after), (Some(before), Some(after)) if before <= after) {
            let help = "`before` must be later than `after`; for stories outside of a stretch of \
                        time write not = { published = { … } }";
            self.error(ConfigError::at(span, impossible).help(help));
            return None;
        }
        if matches!((older, newer), (Some(older), Some(newer)) if newer <= older) {
            let help = "`newer_than` must be longer than `older_than`";
            self.error(ConfigError::at(span, impossible).help(help));
            return None;
        }
        let parts = [
            before.map(PublishedWhen::Before),
            after.map(PublishedWhen::After),
            older.map(PublishedWhen::OlderThan),
            newer.map(PublishedWhen::NewerThan),
        ];
        let parts = parts.into_iter().flatten().map(Condition::Published);
        self.combined(
            span,
            parts.collect(),
            "before, after, older_than or newer_than",
        )
    }

    fn time(&mut self, raw: &Spanned<raw::Time>) -> Option<Condition> {
        let span = raw.span();
        let raw = raw.get_ref();
        let noted = self.errors.len();
        let from = raw.from.as_ref().and_then(|date| self.instant(date, false));
        let until = raw.until.as_ref().and_then(|date| self.instant(date, true));
        if self.errors.len() > noted {
            return None;
        }
        if matches!((from, until), (Some(from), Some(until)) if until <= from) {
            let message = "this ends before it begins, so nothing matches it";
            let help = "`until` must be later than `from`";
            self.error(ConfigError::at(span, message).help(help));
            return None;
        }
        let parts = [from.map(Condition::From), until.map(Condition::Until)];
        self.combined(span, parts.into_iter().flatten().collect(), "from or until")
    }

    /// What has been read of a table of which everything must hold.
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

/// A language without what may follow it in a tag: of a reader's preference
/// nothing else is looked at.
pub(crate) fn parse_language(word: &str) -> Result<Language, &'static str> {
    match Language::parse(word) {
        Some(_) if word.contains(['-', '_']) => {
            Err("says more than a language; write its first part alone, for example \"pt\"")
        }
        Some(language) => Ok(language),
        None => Err("is no language; write for example \"ja\""),
    }
}
