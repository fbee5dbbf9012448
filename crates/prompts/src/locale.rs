//! Locales: which words a reader is addressed with, and in which direction
//! they run.
//!
//! This module parses and compares language tags. It must not know which
//! messages exist.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use unic_langid::subtags::{Language, Region};
use unic_langid::{CharacterDirection, LanguageIdentifier};

/// How many ranges of an `Accept-Language` field are looked at. Browsers send
/// fewer than ten; a longer field is somebody's experiment.
const MAX_RANGES: usize = 16;

/// The longest `Accept-Language` field that is looked at, in bytes: sixteen
/// ranges of the longest tags met in practice.
const MAX_FIELD: usize = 512;

/// A language tag (BCP 47): language, and where given script, region and
/// variants. Extensions are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(LanguageIdentifier);

/// The direction that text runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// A text that is no language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a language tag; write one such as en, pt-BR or zh-Hant")]
pub struct NotALocale(String);

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Locale {
    type Err = NotALocale;

    fn from_str(tag: &str) -> Result<Self, NotALocale> {
        let id: LanguageIdentifier = tag.parse().map_err(|_| NotALocale(tag.to_owned()))?;
        if id.language.is_empty() {
            return Err(NotALocale(tag.to_owned()));
        }
        Ok(Self(id))
    }
}

impl Locale {
    /// English, which every message exists in.
    pub fn english() -> Self {
        Self(Language::from_bytes(b"en").map_or_else(
            |_| LanguageIdentifier::default(),
            |language| LanguageIdentifier::from_parts(language, None, None, &[]),
        ))
    }

    /// The direction that the locale's words run in. Scripts written from top
    /// to bottom run left to right on the web.
    pub fn direction(&self) -> Direction {
        match self.0.character_direction() {
            CharacterDirection::RTL => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }

    /// The best of `available` for who asks with `Accept-Language:
    /// accept_language`; `None` where nothing fits, so that the caller's
    /// default applies.
    ///
    /// The reader's order decides: by weight, then as written. Each range
    /// takes the closest available locale as by [`Locale::closest`]. `*`
    /// takes the first available one; ranges of weight 0 and malformed ones
    /// are passed over (RFC 9110 §12.5.4, RFC 4647 §3.4).
    pub fn negotiate<'a>(accept_language: &str, available: &'a [Self]) -> Option<&'a Self> {
        if accept_language.len() > MAX_FIELD {
            return None;
        }
        let mut ranges: Vec<(u16, &str)> = accept_language
            .split(',')
            .take(MAX_RANGES)
            .filter_map(weighted)
            .collect();
        ranges.sort_by_key(|(weight, _)| Reverse(*weight));
        ranges.into_iter().find_map(|(_, range)| {
            if range == "*" {
                return available.first();
            }
            let asked: Self = range.parse().ok()?;
            asked.closest(available)
        })
    }

    /// The locale of `available` that is closest to this one: itself, else
    /// itself with subtags taken off the end, else the first of the same
    /// language and no other script.
    pub fn closest<'a>(&self, available: &'a [Self]) -> Option<&'a Self> {
        let find = |wanted: &Self| available.iter().find(|locale| *locale == wanted);
        find(self)
            .or_else(|| self.shortened().iter().find_map(find))
            .or_else(|| available.iter().find(|locale| self.is_akin(locale)))
    }

    /// This locale with more and more subtags taken off the end, itself not
    /// included: `zh-Hant-TW` gives `zh-Hant`, `zh`.
    pub(crate) fn parents(&self) -> Vec<Self> {
        let mut parents = Vec::new();
        for parent in self.shortened() {
            if parent != *self && !parents.contains(&parent) {
                parents.push(parent);
            }
        }
        parents
    }

    /// The same, where one may be given twice, and itself too.
    fn shortened(&self) -> [Self; 3] {
        let id = &self.0;
        let of = |script, region| {
            Self(LanguageIdentifier::from_parts(
                id.language,
                script,
                region,
                &[],
            ))
        };
        [
            of(id.script, id.region),
            of(id.script, None),
            of(None, None),
        ]
    }

    /// Whether numbers are written with the digits ٠ to ٩.
    ///
    /// As in CLDR: Arabic has them, except in the Maghreb and the Emirates,
    /// where 0 to 9 are usual.
    pub(crate) fn has_arabic_digits(&self) -> bool {
        let region = self.0.region.as_ref().map(Region::as_str);
        self.0.language.as_str() == "ar"
            && !matches!(region, Some("AE" | "DZ" | "EH" | "LY" | "MA" | "TN"))
    }

    /// The tag as Fluent wants it.
    pub(crate) fn identifier(&self) -> &LanguageIdentifier {
        &self.0
    }

    /// The tag of the language alone.
    pub(crate) fn language(&self) -> &str {
        self.0.language.as_str()
    }

    fn is_akin(&self, other: &Self) -> bool {
        self.0.language == other.0.language
            && (self.0.script.is_none()
                || other.0.script.is_none()
                || self.0.script == other.0.script)
    }
}

/// One range of an `Accept-Language` field with its weight in thousandths.
fn weighted(item: &str) -> Option<(u16, &str)> {
    let (range, parameters) = item.split_once(';').unwrap_or((item, ""));
    let weight = match parameters.trim() {
        "" => 1000,
        parameter => {
            let value: f32 = parameter
                .strip_prefix("q=")
                .or_else(|| parameter.strip_prefix("Q="))?
                .trim()
                .parse()
                .ok()?;
            if !(0.0..=1.0).contains(&value) {
                return None;
            }
            thousandths(value)
        }
    };
    (weight > 0).then_some((weight, range.trim()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is between 0 and 1"
)]
fn thousandths(value: f32) -> u16 {
    (value * 1000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn locales(tags: &str) -> Vec<Locale> {
        tags.split_whitespace()
            .map(|tag| tag.parse().unwrap())
            .collect()
    }

    #[track_caller]
    fn check(accept_language: &str, available: &str, expected: Option<&str>) {
        let available = locales(available);
        let chosen = Locale::negotiate(accept_language, &available);
        assert_eq!(
            chosen.map(ToString::to_string).as_deref(),
            expected,
            "{accept_language}"
        );
    }

    #[test]
    fn the_readers_order_decides() {
        check("ja, en;q=0.8", "en ja", Some("ja"));
        check("en;q=0.5, ja;q=0.7", "en ja", Some("ja"));
        check("de, fr", "en fr de", Some("de"));
        check("nl, fr;q=0.1", "en fr", Some("fr"));
    }

    #[test]
    fn a_region_falls_back_to_its_language_and_a_language_to_a_region() {
        check("en-GB", "fr en", Some("en"));
        check("pt", "en pt-BR", Some("pt-BR"));
        check("pt-PT", "en pt-BR", Some("pt-BR"));
        check("zh-Hant-TW", "zh-Hans zh-Hant", Some("zh-Hant"));
        check("zh-Hant", "en zh-Hans", None);
    }

    #[test]
    fn a_star_takes_the_first_and_zero_takes_nothing() {
        check("*", "en ja", Some("en"));
        check("ja;q=0, *;q=0.1", "en ja", Some("en"));
        check("ja;q=0", "en ja", None);
    }

    #[test]
    fn nonsense_leaves_the_default() {
        check("", "en ja", None);
        check("ja;q=2", "en ja", None);
        check("ja;level=1", "en ja", None);
        check("-;-", "en ja", None);
        check(&format!("{}ja", "xx,".repeat(MAX_RANGES)), "en ja", None);
        check(&"ja,".repeat(MAX_FIELD), "en ja", None);
    }

    #[test]
    fn arabic_and_hebrew_run_from_right_to_left() {
        for (tag, direction) in [
            ("ar", Direction::Rtl),
            ("ar-EG", Direction::Rtl),
            ("he", Direction::Rtl),
            ("en", Direction::Ltr),
            ("ja", Direction::Ltr),
            ("uz-Arab", Direction::Rtl),
        ] {
            assert_eq!(
                tag.parse::<Locale>().unwrap().direction(),
                direction,
                "{tag}"
            );
        }
    }

    #[test]
    fn what_is_no_tag_is_refused_by_name() {
        for tag in ["", "english language", "e", "../en", "und-", "123"] {
            assert!(tag.parse::<Locale>().is_err(), "{tag}");
        }
        assert!(
            "english language"
                .parse::<Locale>()
                .unwrap_err()
                .to_string()
                .contains("english")
        );
    }

    proptest! {
        #[test]
        fn negotiation_never_fails_and_only_offers_what_there_is(field in "\\PC{0,80}") {
            let available = locales("en ja de");
            if let Some(chosen) = Locale::negotiate(&field, &available) {
                prop_assert!(available.contains(chosen));
            }
        }
    }
}
