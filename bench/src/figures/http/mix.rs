//! Readers who are told different things of the same story.
//!
//! Of three free stories a month, a third of the readers have used one, a third
//! two and a third all three; the measured story is among them for everybody, so
//! that everybody gets the whole of it. What they are told is how many are left.

use std::ops::Range;

use anyhow::{Result, ensure};
use gateway::Keyring;

use super::{Field, charge};
use crate::load::{self, Readers};
use crate::story;

/// What a reader may have used: one, two or three.
const STATES: usize = 3;

/// Lets readers, all of whom have opened the measured story, open others too:
/// one after the other none, one, two.
pub(super) fn spread_out(field: &Field, keys: &Keyring, numbers: Range<u64>) -> Result<()> {
    for (place, path) in story::OTHERS.into_iter().enumerate() {
        for state in place + 1..STATES {
            let these = numbers.clone().skip(state).step_by(STATES);
            charge(field, &Readers::new(keys, these), path)?;
        }
    }
    Ok(())
}

/// Whether three readers in a row see the whole story, and each another notice.
pub(super) fn must_be_told_apart(field: &Field, readers: &Readers) -> Result<()> {
    let mut told = Vec::new();
    for number in 0..STATES {
        let cookie = String::from_utf8_lossy(readers.value(number)).into_owned();
        let address = field.ludgate.server.address;
        let page = load::fetch(address, story::PATH, &format!("ludgate={cookie}"))?;
        story::must_be_open(&page)?;
        let (_, notice, _) = story::around_notice(&page)?;
        ensure!(
            !told.iter().any(|other| other == notice),
            "two readers who have used different numbers of stories are told alike: {notice}"
        );
        told.push(notice.to_owned());
    }
    Ok(())
}
