//! What is open in a hurry: sections and stories opened to everybody for a
//! while, kept in a file of the data folder and put before all rules.

use std::path::{Path, PathBuf};

use access::{Action, Condition, Name, PathPattern, Rule};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::config::{PublicationUrl, path_of};

/// What ids of openings begin with, and no rule's of the configuration may.
pub(crate) const OPENING: &str = "open-";

/// Where it is kept, in the data folder.
pub(crate) const FILE: &str = "openings.json";

/// More than this at once is no hurry but a policy, which belongs in the rules.
const MOST: usize = access::MAX_URGENT;

/// One thing that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) what: What,
    #[serde(with = "in_words")]
    pub(crate) until: Timestamp,
}

impl Opening {
    /// As a list of what is open shows it.
    pub(crate) fn in_words(&self, zone: &TimeZone) -> String {
        let until = local(self.until, zone);
        format!("{}  {}  until {until}", self.id, self.what)
    }
}

/// A time as the publication's clocks show it, and as `--until` takes it.
pub(crate) fn local(time: Timestamp, zone: &TimeZone) -> impl std::fmt::Display {
    let offset = zone.to_offset(time);
    time.display_with_offset(offset)
}

/// Times as RFC 3339 writes them.
mod in_words {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(time)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum What {
    Section(String),
    Story(String),
}

impl What {
    /// The same, with a story that is named by its whole address at the
    /// publication named by its path.
    pub(crate) fn at_home(self, home: Option<&PublicationUrl>) -> Result<Self> {
        let Self::Story(story) = &self else {
            return Ok(self);
        };
        let path = path_of(story, home).map_err(anyhow::Error::msg)?;
        let path = path.split('?').next().unwrap_or_default();
        Ok(Self::Story(path.to_owned()))
    }

    /// Whether a story in `section` at `path` is opened by it.
    pub(crate) fn covers(&self, section: &str, path: &str) -> bool {
        match self {
            Self::Section(wanted) => wanted == section,
            Self::Story(pattern) => {
                PathPattern::new(pattern).is_some_and(|pattern| pattern.matches(path))
            }
        }
    }
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Section(section) => write!(f, "section {section}"),
            Self::Story(story) => write!(f, "story {story}"),
        }
    }
}

/// All that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Openings {
    /// How many there have ever been: an id names one opening for good, in
    /// logs and in the mind of whoever closes it.
    given: u64,
    open: Vec<Opening>,
}

impl Openings {
    /// Reads the file of a data folder; none means nothing is open.
    pub(crate) fn load(data: &Path) -> Result<Self> {
        let path = file(data);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
                format!(
                    "{} is damaged; remove it and open again what should be",
                    path.display()
                )
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{} can't be read", path.display())),
        }
    }

    /// Writes the file.
    pub(crate) fn save(&self, data: &Path) -> Result<()> {
        private::replace(&file(data), &serde_json::to_string_pretty(self)?)?;
        Ok(())
    }

    /// Opens something until then. Returns the new opening.
    pub(crate) fn open(
        &mut self,
        what: What,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<&Opening> {
        if until <= now {
            bail!("the time to open until has passed; say one to come");
        }
        if let What::Story(path) = &what
            && PathPattern::new(path).is_none()
        {
            bail!("\"{path}\" is no path; write for example /stories/the-flood");
        }
        self.open.retain(|opening| opening.until > now);
        if self.open.len() >= MOST {
            bail!("{MOST} things are open already; close some, or write a rule");
        }
        self.given += 1;
        let id = format!("{OPENING}{}", self.given);
        self.open.push(Opening { id, what, until });
        self.open.last().context("what was opened")
    }

    /// Closes something again.
    pub(crate) fn close(&mut self, id: &str) -> Result<Opening> {
        let index = self.open.iter().position(|opening| opening.id == id);
        let index = index.with_context(|| {
            format!("nothing called \"{id}\" is open; `ludgate open --list` shows what is")
        })?;
        Ok(self.open.remove(index))
    }

    /// What is open at `now`.
    pub(crate) fn at(&self, now: Timestamp) -> impl Iterator<Item = &Opening> {
        self.open.iter().filter(move |opening| opening.until > now)
    }

    /// The rules that open it.
    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        self.open.iter().map(|opening| {
            let what = match &opening.what {
                What::Section(section) => Condition::Section(vec![Name::new(section)]),
                What::Story(path) => Condition::Story(PathPattern::new(path).into_iter().collect()),
            };
            Rule {
                id: Name::new(&opening.id),
                when: Condition::All(vec![what, Condition::Until(opening.until)]),
                then: Action::Open,
            }
        })
    }
}

fn file(data: &Path) -> PathBuf {
    data.join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn what_is_opened_is_kept_until_its_time_and_can_be_closed() {
        let dir = tempfile::tempdir().expect("a folder");
        let (now, until) = (time("2026-11-12T00:00:00Z"), time("2026-11-13T00:00:00Z"));
        let mut openings = Openings::load(dir.path()).expect("nothing yet");
        openings
            .open(What::Section("city".into()), until, now)
            .expect("open");
        openings
            .open(What::Story("/stories/flood".into()), until, now)
            .expect("open");
        openings.save(dir.path()).expect("saved");
        let mut again = Openings::load(dir.path()).expect("two");
        assert_eq!(again, openings);
        assert_eq!(again.at(now).count(), 2);
        assert_eq!(again.at(until).count(), 0);
        assert_eq!(
            again.close("open-1").expect("closed").what,
            What::Section("city".into())
        );
        assert!(again.close("open-1").is_err());
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let dir = tempfile::tempdir().expect("a folder");
        let (now, until) = (time("2026-11-12T00:00:00Z"), time("2026-11-13T00:00:00Z"));
        for expected in ["open-1", "open-2", "open-3"] {
            let mut openings = Openings::load(dir.path()).expect("openings");
            let city = What::Section("city".into());
            let id = openings.open(city, until, now).expect("open").id.clone();
            assert_eq!(id, expected);
            openings.close(&id).expect("closed");
            openings.save(dir.path()).expect("saved");
        }
    }

    #[test]
    fn times_are_shown_as_the_publications_clocks_show_them() {
        let shown = |zone| {
            let zone = TimeZone::get(zone).expect("a zone");
            local(time("2026-12-31T15:00:00Z"), &zone).to_string()
        };
        assert_eq!(shown("Asia/Tokyo"), "2027-01-01T00:00:00+09:00");
        assert_eq!(shown("Europe/London"), "2026-12-31T15:00:00+00:00");
    }

    #[test]
    fn nothing_is_opened_for_the_past_or_by_a_path_that_can_not_match() {
        let now = time("2026-11-12T00:00:00Z");
        let mut openings = Openings::default();
        assert!(
            openings
                .open(What::Section("city".into()), now, now)
                .is_err()
        );
        let later = time("2026-11-13T00:00:00Z");
        assert!(
            openings
                .open(What::Story("flood".into()), later, now)
                .is_err()
        );
    }

    #[test]
    fn a_damaged_file_is_said_to_be() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(file(dir.path()), "[{\"id\":1}]").expect("a file");
        let error = Openings::load(dir.path())
            .expect_err("an error")
            .to_string();
        assert!(error.contains("damaged"), "{error}");
    }
}
