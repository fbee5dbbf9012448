//! What may be asked with, and reading it: strictly, so that a slip of the pen isn't
//! answered as if nothing had been said.

use jiff::Timestamp;

use crate::problem::{Kind, Problem};

/// The most pairs of a query that are looked at; no route has a third of it.
const MOST_PAIRS: usize = 32;

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Words, at most so many characters and not none.
    Words(usize),
    /// A name in addresses.
    Id,
    /// A language tag (BCP 47).
    Language,
    /// A number between these; the third where it is left out.
    Number(usize, usize, usize),
    /// One of these.
    One(&'static [&'static str]),
    /// A time by RFC 3339.
    Time,
    /// A place in a list.
    Cursor,
}

/// Something that may be asked with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) value: Value,
    pub(crate) is_required: bool,
    pub(crate) about: &'static str,
}

/// What was asked with, which fits its parameters.
#[derive(Debug, Default)]
pub(crate) struct Asked(Vec<(&'static str, String)>);

/// The longest name in addresses, in characters.
pub(crate) const LONGEST_ID: usize = 200;

/// Whether text can be a name in addresses, of whatever is asked for: those of topics
/// and authors have letters of any script.
fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.chars().count()) && !text.contains('/')
}

/// The longest name of a story, in bytes.
pub(crate) const LONGEST_SLUG: usize = 80;

/// Whether text can be the name of a story: small letters, digits, and single hyphens
/// between them.
pub(crate) fn is_slug(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(fits);
    text.len() <= LONGEST_SLUG && text.split('-').all(is_part)
}

impl Asked {
    pub(crate) fn read(query: Option<&str>, parameters: &[Parameter]) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        let mut asked: Vec<(&'static str, String)> = Vec::new();
        let pairs = form_urlencoded::parse(query.as_bytes());
        for (number, (name, value)) in pairs.enumerate() {
            if number == MOST_PAIRS {
                return Err(bad("there are too many parameters".to_owned()));
            }
            let parameter = parameters.iter().find(|known| known.name == name);
            let Some(parameter) = parameter else {
                let known: Vec<&str> = parameters.iter().map(|known| known.name).collect();
                let known = if known.is_empty() {
                    "nothing".to_owned()
                } else {
                    known.join(", ")
                };
                return Err(bad(format!(
                    "{} can’t be asked with here; {known} can",
                    shown(&name)
                )));
            };
            if asked.iter().any(|(known, _)| *known == parameter.name) {
                return Err(bad(format!("{} is there twice", parameter.name)));
            }
            parameter.check(&value)?;
            asked.push((parameter.name, value.into_owned()));
        }
        let missing = |parameter: &&Parameter| {
            parameter.is_required && !asked.iter().any(|(name, _)| *name == parameter.name)
        };
        match parameters.iter().find(missing) {
            Some(parameter) => Err(bad(format!("{} is missing", parameter.name))),
            None => Ok(Self(asked)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        self.get(name)?.parse().ok()
    }

    /// How many are wanted.
    pub(crate) fn limit(&self) -> usize {
        let asked = self.get(LIMIT.name).and_then(|text| text.parse().ok());
        asked.unwrap_or(USUAL)
    }

    pub(crate) fn cursor(&self) -> Option<&str> {
        self.get(CURSOR.name)
    }
}

/// How many are told at a time, unless asked otherwise, and at most.
pub(crate) const USUAL: usize = 20;
pub(crate) const AT_MOST: usize = 100;

pub(crate) const LIMIT: Parameter = Parameter {
    name: "limit",
    value: Value::Number(1, AT_MOST, USUAL),
    is_required: false,
    about: "How many at most.",
};

pub(crate) const CURSOR: Parameter = Parameter {
    name: "cursor",
    value: Value::Cursor,
    is_required: false,
    about: "Where the list goes on: `next` of the answer before.",
};

impl Parameter {
    fn check(&self, value: &str) -> Result<(), Problem> {
        let wrong = |what: &str| Err(bad(format!("{} {what}", self.name)));
        let length = value.chars().count();
        match self.value {
            Value::Words(longest) if (1..=longest).contains(&length) => Ok(()),
            Value::Words(longest) => wrong(&format!("has 1 to {longest} characters")),
            Value::Id if is_id(value) => Ok(()),
            Value::Id => wrong("is a name in addresses"),
            Value::Language if is_language(value) => Ok(()),
            Value::Language => wrong("is a language tag, such as en or pt-BR"),
            Value::Number(least, most, _) => {
                let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
                let number = value.parse::<usize>().ok().filter(|_| is_plain);
                match number.filter(|number| (least..=most).contains(number)) {
                    Some(_) => Ok(()),
                    None => wrong(&format!("is a number, {least} to {most}")),
                }
            }
            Value::One(list) if list.contains(&value) => Ok(()),
            Value::One(list) => wrong(&format!("is one of {}", list.join(", "))),
            Value::Time if value.parse::<Timestamp>().is_ok() => Ok(()),
            Value::Time => wrong("is a time, such as 2026-11-12T03:00:00Z"),
            Value::Cursor if (1..=crate::cursor::LONGEST).contains(&length) => Ok(()),
            Value::Cursor => wrong("is `next` of another answer"),
        }
    }
}

/// The most parts of a language tag after its first: script, region and variant.
const MOST_SUBTAGS: usize = 3;

fn is_language(text: &str) -> bool {
    let fits = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_word = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    is_word && parts.clone().count() <= MOST_SUBTAGS && parts.all(fits)
}

fn bad(what: String) -> Problem {
    Problem::new(Kind::Query, what)
}

/// What somebody wrote, cut short.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    format!("“{}”", short.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Parameter; 4] = [
        LIMIT,
        CURSOR,
        Parameter {
            name: "q",
            value: Value::Words(5),
            is_required: true,
            about: "",
        },
        Parameter {
            name: "from",
            value: Value::Time,
            is_required: false,
            about: "",
        },
    ];

    #[test]
    fn only_what_a_route_names_is_taken_once_and_as_it_should_be() {
        for (query, good) in [
            ("q=rope", true),
            ("q=r%C3%B6pe&limit=100&cursor=abc", true),
            ("q=x&from=2026-11-12T03:00:00%2B09:00", true),
            ("", false),
            ("q=", false),
            ("q=longer", false),
            ("q=a&q=b", false),
            ("q=a&limit=0", false),
            ("q=a&limit=101", false),
            ("q=a&limit=%2B5", false),
            ("q=a&limit=", false),
            ("q=a&cursor=", false),
            ("q=a&from=yesterday", false),
            ("q=a&utm=x", false),
            ("Q=a", false),
        ] {
            let asked = Asked::read(Some(query), &ALL);
            assert_eq!(asked.is_ok(), good, "{query}: {asked:?}");
        }
    }

    #[test]
    fn languages_and_ids_are_told_from_other_text() {
        for (text, good) in [("en", true), ("pt-BR", true), ("e", false), ("en_", false)] {
            assert_eq!(is_language(text), good, "{text}");
        }
        for (text, good) in [("a-b", true), ("", false), ("a/b", false), ("日本", true)] {
            assert_eq!(is_id(text), good, "{text}");
        }
        for (text, good) in [("a-b", true), ("", false), ("a--b", false), ("A", false)] {
            assert_eq!(is_slug(text), good, "{text}");
        }
    }
}
