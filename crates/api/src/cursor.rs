//! Places in lists: what an answer names as `next`, to be handed back as it is.
//!
//! A cursor says where the list goes on and nothing that its reader doesn't know.
//! One that was made up leads to another place of the same list, or to none.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::problem::{Kind, Problem};

/// The longest cursor, in characters: a time and a story's name.
pub(crate) const LONGEST: usize = 2_048;

/// The place after a story and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterStory {
    /// Its time.
    pub at: Timestamp,
    /// Its name.
    pub id: String,
}

impl AfterStory {
    pub(crate) fn written(at: Timestamp, id: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{id}", at.as_microsecond()))
    }

    pub(crate) fn read(cursor: &str) -> Result<Self, Problem> {
        let text = text(cursor)?;
        let (micros, id) = text.split_once('.').ok_or_else(unknown)?;
        let micros: i64 = micros.parse().map_err(|_| unknown())?;
        Ok(Self {
            at: Timestamp::from_microsecond(micros).map_err(|_| unknown())?,
            id: id.to_owned(),
        })
    }
}

/// The place after a name.
pub(crate) fn after_name(name: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("n{name}"))
}

pub(crate) fn name(cursor: &str) -> Result<String, Problem> {
    let text = text(cursor)?;
    let name = text.strip_prefix('n').map(str::to_owned);
    name.ok_or_else(unknown)
}

/// The place after so many.
pub(crate) fn after_many(count: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("c{count}"))
}

pub(crate) fn many(cursor: &str, most: usize) -> Result<usize, Problem> {
    let text = text(cursor)?;
    let count = text.strip_prefix('c').and_then(|text| text.parse().ok());
    count.filter(|count| *count <= most).ok_or_else(unknown)
}

fn text(cursor: &str) -> Result<String, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unknown())?;
    String::from_utf8(bytes).map_err(|_| unknown())
}

fn unknown() -> Problem {
    Problem::new(
        Kind::Cursor,
        "No list goes on there; hand back `next` as it came, or begin without a cursor.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_no_other_list_takes_it() {
        let at: Timestamp = "2026-11-12T03:00:00.000001Z".parse().expect("a time");
        let written = AfterStory::written(at, "tide.gauge");
        let read = AfterStory::read(&written).expect("a place");
        assert_eq!((read.at, &*read.id), (at, "tide.gauge"));
        assert_eq!(name(&after_name("ärger")).ok().as_deref(), Some("ärger"));
        assert_eq!(many(&after_many(40), 100).ok(), Some(40));
        assert!(many(&after_many(101), 100).is_err());
        for bad in ["", "!", "QQ", &written, &after_name("x")] {
            assert!(many(bad, 100).is_err(), "{bad}");
        }
        assert!(AfterStory::read(&after_many(1)).is_err());
    }
}
