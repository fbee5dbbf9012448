//! Meters and rules: from the words of the file to what `access` decides by.

use std::ops::Range;

use access::{Action, Allowance, Condition, Meter, MeterNo, Name, Period, Rule, Wall};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use prompts::Locale;
use toml::Spanned;

use super::errors::{ConfigError, nearest};
use super::raw;
use crate::openings::OPENING;

/// Collects what is wrong while reading on.
pub(super) struct Reader<'a> {
    pub(super) zone: &'a TimeZone,
    /// What readers can be addressed in; `None` where that is still wrong.
    pub(super) locales: Option<&'a [Locale]>,
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
    pub(super) fn error(&mut self, error: ConfigError) {
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
        let id = self.rule_id(&raw.id);
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
            id: id?,
            when,
            then,
        })
    }

    /// A name for decisions to give, and none that an opening may have.
    fn rule_id(&mut self, raw: &Spanned<String>) -> Option<Name> {
        let id = raw.get_ref();
        let error = if id.trim().is_empty() {
            ConfigError::at(raw.span(), "a rule needs an id")
                .help("write what decisions shall call it, for example \"metered\"")
        } else if let Some(rest) = id.strip_prefix(OPENING) {
            let message = format!(
                "\"{id}\" is for `ludgate open` to give: ids that begin with \"{OPENING}\" are \
                 those of what is open in a hurry"
            );
            ConfigError::at(raw.span(), message).help(format!("write \"opening-{rest}\""))
        } else {
            return Some(Name::new(id));
        };
        self.error(error);
        None
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

    pub(super) fn one_of<T: Copy>(
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
