//! A subscriber's story beside an anonymous reader's metered one, of the same
//! server.

use std::path::Path;

use anyhow::Result;

use super::sign_in;
use crate::books::{Books, Sold};
use crate::cores;
use crate::effort::Effort;
use crate::figures::contest::{self, Contestant};
use crate::figures::metered::{self, FEW, asking};
use crate::load::{self, Readers};
use crate::peers::{Cores, Ludgate};
use crate::report::{Bounds, Figure};
use crate::story;

/// How much more a subscriber may cost, and what can't be told from nothing: two
/// servers that are one and the same differ by as much in their turns.
const BOUNDS: Bounds = Bounds::at_most(1.10, 1.02, "");

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Figure> {
    cores::on_both(|| {
        let books = Books::open(&dir.join("data"))?;
        books.add(0..FEW, Sold::Paid)?;
        books.close();
        Ok(())
    })?;
    let ludgate = Ludgate::selling(dir, Cores::One)?;
    let keys = load::keyring(&ludgate.data)?;
    let anonymous = metered::few(&ludgate.server, &keys)?;
    let sessions = sign_in(&ludgate.server, 0..FEW)?;
    let subscribers = Readers::signed_in(&keys, &sessions);
    for number in [0, subscribers.len() - 1] {
        let cookie = subscribers.cookie(number);
        let page = load::fetch(ludgate.server.address, story::PATH, &cookie)?;
        story::must_be_a_subscribers(&page)?;
    }
    let server = &ludgate.server;
    let contestants = [("anonymous", &anonymous), ("subscribers", &subscribers)]
        .map(|(name, readers)| Contestant::new(name, server, asking(server, readers)));
    // Requests a second of the one by those of the other: what one of the other
    // costs by what one of the one does.
    contest::ratio(
        "a subscriber's story ÷ an anonymous reader's metered one, in cost".to_owned(),
        contestants,
        effort.turns,
        effort,
        Some(BOUNDS),
    )
}
