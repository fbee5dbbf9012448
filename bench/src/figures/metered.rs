//! Readers who come back to a metered story, and are told different things of it.
//!
//! Of three free stories a month, a third of the readers have used one, a third
//! two and a third all three; the measured story is among them for everybody, so
//! that everybody gets the whole of it. What they are told is how many are left.

use std::ops::Range;
use std::time::Duration;

use anyhow::{Result, ensure};
use gateway::Keyring;

use crate::load::{self, Load, Outcome, Pace, Paths, Readers, Wants};
use crate::peers::Server;
use crate::story;

/// Browsers at once; more only adds to what waits.
pub(super) const CONNECTIONS: usize = 64;

/// Readers where there are few.
pub(super) const FEW: u64 = 100;

/// The longest that charging every reader once may take.
const CHARGING: Duration = Duration::from_secs(90);

/// What a reader may have used: one, two or three.
const STATES: usize = 3;

/// Readers who ask for the story, one after the other.
pub(super) fn asking<'a>(server: &Server, readers: &'a Readers) -> Load<'a> {
    Load {
        address: server.address,
        paths: Paths::One(story::PATH),
        wants: Wants::Page,
        readers,
        from: 0,
        connections: CONNECTIONS,
        pace: Pace::Closed,
        naps: false,
        lasts: Duration::ZERO,
        requests: u64::MAX,
    }
}

/// Every reader opens the story at `path`, once.
pub(super) fn charge(server: &Server, readers: &Readers, path: &str) -> Result<Outcome> {
    let outcome = load::run(&Load {
        paths: Paths::One(path),
        lasts: CHARGING,
        requests: readers.len() as u64,
        ..asking(server, readers)
    })?;
    ensure!(
        outcome.answered == readers.len() as u64,
        "charging everybody takes more than {CHARGING:?}"
    );
    Ok(outcome)
}

/// Lets readers, all of whom have opened the measured story, open others too:
/// one after the other none, one, two.
pub(super) fn spread_out(server: &Server, keys: &Keyring, numbers: Range<u64>) -> Result<()> {
    for (place, path) in story::OTHERS.into_iter().enumerate() {
        for state in place + 1..STATES {
            let these = numbers.clone().skip(state).step_by(STATES);
            charge(server, &Readers::new(keys, these), path)?;
        }
    }
    Ok(())
}

/// Whether three readers in a row see the whole story, and each another notice.
pub(super) fn must_be_told_apart(server: &Server, readers: &Readers) -> Result<()> {
    let mut told = Vec::new();
    for number in 0..STATES {
        let page = load::fetch(server.address, story::PATH, &readers.cookie(number))?;
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

/// A few readers who have come to this.
pub(super) fn few(server: &Server, keys: &Keyring) -> Result<Readers> {
    let few = Readers::new(keys, 0..FEW);
    charge(server, &few, story::PATH)?;
    spread_out(server, keys, 0..FEW)?;
    must_be_told_apart(server, &few)?;
    Ok(few)
}
