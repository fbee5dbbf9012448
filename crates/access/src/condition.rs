//! What a rule asks about a story, a reader and a request.
//!
//! Conditions are three-valued. A fact that isn't known (no country database,
//! a page that names no section) is neither true nor false, and neither is its
//! negation: "not from X" must not open a story to everybody whose country
//! could not be told.

use std::fmt;

use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Audience, Country, Device, EntitlementName, Facts, Language, Name, PathPattern, Referrer, Tier,
};

/// The outcome of asking a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// The fact isn't known.
    Unknown,
}

impl Truth {
    /// Whether the answer is yes; the only answer on which a rule matches.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// A question about the age of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedWhen {
    /// First published before this instant.
    Before(Timestamp),
    /// First published at or after this instant.
    After(Timestamp),
    /// First published longer ago than this.
    OlderThan(SignedDuration),
    /// First published no longer ago than this.
    NewerThan(SignedDuration),
}

impl PublishedWhen {
    fn holds(self, published: Timestamp, now: Timestamp) -> bool {
        match self {
            Self::Before(time) => published < time,
            Self::After(time) => published >= time,
            Self::OlderThan(age) => published.duration_until(now) > age,
            Self::NewerThan(age) => published.duration_until(now) <= age,
        }
    }
}

/// A condition. Where a list is given, any of its members will do. An empty
/// list is a question that somebody has left half-written: neither it nor its
/// negation is ever true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Always true; must be written down, never the result of an empty table.
    Always,
    /// The story's tier.
    Tier(Vec<Tier>),
    /// Whether the story is sponsored.
    Sponsored(bool),
    /// The story's section.
    Section(Vec<Name>),
    /// One of the story's tags.
    Tag(Vec<Name>),
    /// One of the story's authors.
    Author(Vec<Name>),
    /// The story's canonical id.
    Story(Vec<PathPattern>),
    /// The path that was asked for.
    Path(Vec<PathPattern>),
    /// When the story was first published.
    Published(PublishedWhen),
    /// Whether the reader may use the named thing.
    Entitled(EntitlementName),
    /// The audience that the reader is in.
    Audience(Vec<Audience>),
    /// The reader's country.
    Country(Vec<Country>),
    /// The language that the reader prefers.
    Language(Vec<Language>),
    /// The kind of device.
    Device(Vec<Device>),
    /// Where the reader says they came from.
    Referrer(Vec<Referrer>),
    /// The network that the reader's address lies in.
    Network(Vec<IpNet>),
    /// The locale that the reader is addressed in.
    Locale(Vec<Name>),
    /// At or after this instant.
    From(Timestamp),
    /// Before this instant.
    Until(Timestamp),
    /// The contrary of another condition.
    Not(Box<Condition>),
    /// At least one of several.
    Any(Vec<Condition>),
    /// Every one of several.
    All(Vec<Condition>),
}

impl Condition {
    /// How deep `not`, `any` and `all` may be nested. A rule that needs more
    /// than a handful of levels can't be read by the people who must.
    pub const MAX_DEPTH: usize = 16;

    /// The answer, given the facts.
    pub fn evaluate(&self, facts: &Facts<'_>) -> Truth {
        let story = facts.story;
        let request = facts.request;
        match self {
            Self::Always => Truth::True,
            Self::Tier(list) => among(list, |tiers| tiers.contains(&story.tier)),
            Self::Sponsored(wanted) => (story.sponsor.is_some() == *wanted).into(),
            Self::Section(list) => match &story.section {
                Some(section) => among(list, |names| names.contains(section)),
                None => Truth::Unknown,
            },
            Self::Tag(names) => overlap(names, &story.tags),
            Self::Author(names) => overlap(names, &story.authors),
            Self::Story(patterns) => covered(patterns, story.id.as_str()),
            Self::Path(patterns) => covered(patterns, request.path),
            Self::Published(when) => match story.published {
                Some(published) => when.holds(published, facts.now()).into(),
                None => Truth::Unknown,
            },
            Self::Entitled(name) if name.as_str().is_empty() => Truth::Unknown,
            Self::Entitled(name) => facts
                .reader
                .entitlements
                .active(name.as_str(), facts.now())
                .into(),
            Self::Audience(list) => among(list, |known| known.contains(&facts.audience())),
            Self::Country(list) => match &request.country {
                Some(country) => among(list, |countries| countries.contains(country)),
                None => Truth::Unknown,
            },
            Self::Language(list) => match &request.language {
                Some(language) => among(list, |languages| languages.contains(language)),
                None => Truth::Unknown,
            },
            Self::Device(list) => among(list, |devices| devices.contains(&request.device)),
            Self::Referrer(list) => among(list, |classes| classes.contains(&request.referrer)),
            Self::Network(list) => match &request.address {
                Some(address) => among(list, |nets| nets.iter().any(|net| net.contains(address))),
                None => Truth::Unknown,
            },
            Self::Locale(list) => among(list, |locales| locales.contains(request.locale)),
            Self::From(time) => (facts.now() >= *time).into(),
            Self::Until(time) => (facts.now() < *time).into(),
            Self::Not(inner) => inner.evaluate(facts).not(),
            Self::Any(list) | Self::All(list) if list.is_empty() => Truth::Unknown,
            Self::Any(list) => any(list.iter().map(|one| one.evaluate(facts))),
            Self::All(list) => any(list.iter().map(|one| one.evaluate(facts).not())).not(),
        }
    }

    /// The deepest nesting in the condition, itself included.
    pub fn depth(&self) -> usize {
        match self {
            Self::Not(inner) => 1 + inner.depth(),
            Self::Any(list) | Self::All(list) => {
                1 + list.iter().map(Self::depth).max().unwrap_or(0)
            }
            _ => 1,
        }
    }

    /// Whether the answer depends on the reader's country.
    pub fn asks_for_country(&self) -> bool {
        match self {
            Self::Country(_) => true,
            Self::Not(inner) => inner.asks_for_country(),
            Self::Any(list) | Self::All(list) => list.iter().any(Self::asks_for_country),
            _ => false,
        }
    }

    /// Whether the condition can only hold for sponsored stories.
    pub(crate) fn demands_sponsor(&self) -> bool {
        match self {
            Self::Sponsored(wanted) => *wanted,
            Self::All(list) => list.iter().any(Self::demands_sponsor),
            _ => false,
        }
    }

    /// Whether the answer says that the reader is entitled: the condition, or
    /// a part of it that had to hold, asks for an entitlement.
    pub(crate) fn rests_on_entitlement(&self, facts: &Facts<'_>) -> Option<&EntitlementName> {
        match self {
            Self::Entitled(name) => self.evaluate(facts).is_true().then_some(name),
            Self::All(list) => list.iter().find_map(|one| one.rests_on_entitlement(facts)),
            Self::Any(list) => list
                .iter()
                .find(|one| one.evaluate(facts).is_true())
                .and_then(|one| one.rests_on_entitlement(facts)),
            _ => None,
        }
    }
}

/// Asks about the members of a list, if it has any.
fn among<T>(list: &[T], holds: impl FnOnce(&[T]) -> bool) -> Truth {
    if list.is_empty() {
        return Truth::Unknown;
    }
    holds(list).into()
}

fn overlap(wanted: &[Name], present: &[Name]) -> Truth {
    among(wanted, |wanted| {
        present.iter().any(|name| wanted.contains(name))
    })
}

fn covered(patterns: &[PathPattern], path: &str) -> Truth {
    among(patterns, |patterns| {
        patterns.iter().any(|pattern| pattern.matches(path))
    })
}

/// Kleene's disjunction: one yes is enough; without one, a doubt remains a
/// doubt.
fn any(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::False;
    for answer in answers {
        match answer {
            Truth::True => return Truth::True,
            Truth::Unknown => result = Truth::Unknown,
            Truth::False => {}
        }
    }
    result
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => f.write_str("always"),
            Self::Tier(list) => listed(f, "tier", list.iter().map(|tier| tier.as_str())),
            Self::Sponsored(wanted) => write!(f, "sponsored = {wanted}"),
            Self::Section(list) => listed(f, "section", list),
            Self::Tag(list) => listed(f, "tag", list),
            Self::Author(list) => listed(f, "author", list),
            Self::Story(list) => listed(f, "story", list),
            Self::Path(list) => listed(f, "path", list),
            Self::Published(when) => write!(f, "{when}"),
            Self::Entitled(name) => write!(f, "entitled = {name}"),
            Self::Audience(list) => listed(f, "audience", list.iter().map(|one| one.as_str())),
            Self::Country(list) => listed(f, "country", list),
            Self::Language(list) => listed(f, "language", list),
            Self::Device(list) => listed(f, "device", list.iter().map(|one| one.as_str())),
            Self::Referrer(list) => listed(f, "referrer", list.iter().map(|one| one.as_str())),
            Self::Network(list) => listed(f, "network", list),
            Self::Locale(list) => listed(f, "locale", list),
            Self::From(time) => write!(f, "from {time}"),
            Self::Until(time) => write!(f, "until {time}"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Any(list) => joined(f, list, " or "),
            Self::All(list) => joined(f, list, " and "),
        }
    }
}

impl fmt::Display for PublishedWhen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(time) => write!(f, "published before {time}"),
            Self::After(time) => write!(f, "published from {time}"),
            Self::OlderThan(age) => write!(f, "published more than {age:#} ago"),
            Self::NewerThan(age) => write!(f, "published within {age:#}"),
        }
    }
}

fn listed<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    list: impl IntoIterator<Item = T>,
) -> fmt::Result {
    write!(f, "{key} = ")?;
    let mut any = false;
    for one in list {
        write!(f, "{}{one}", if any { " or " } else { "" })?;
        any = true;
    }
    if any { Ok(()) } else { f.write_str("nothing") }
}

fn joined(f: &mut fmt::Formatter<'_>, list: &[Condition], word: &str) -> fmt::Result {
    if list.is_empty() {
        return f.write_str("nothing");
    }
    for (index, one) in list.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        match one {
            Condition::Any(_) => write!(f, "({one})")?,
            _ => write!(f, "{one}")?,
        }
    }
    Ok(())
}
