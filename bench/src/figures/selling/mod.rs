//! What readers with accounts cost: subscribers at the gate, people who sign in,
//! and the night in which subscriptions are renewed.

mod night;
mod sign_ins;
mod subscribers;

use std::path::Path;

use anyhow::{Result, bail};

use crate::books;
use crate::effort::Effort;
use crate::load::{Load, Pace, Paths, Readers, SignIn, SignedIn, Wants};
use crate::peers::Server;
use crate::report::Figure;

/// The groups, by name.
pub(super) const SUBSCRIBERS: &str = "subscribers";
pub(super) const SIGN_INS: &str = "sign-ins";
pub(super) const NIGHT: &str = "night";

/// Measures those that are wanted.
pub(super) fn measure(
    dir: &Path,
    effort: &Effort,
    wants: impl Fn(&str) -> bool,
) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    if wants(SUBSCRIBERS) {
        figures.push(subscribers::measure(&dir.join(SUBSCRIBERS), effort)?);
    }
    if wants(SIGN_INS) {
        figures.extend(sign_ins::measure(&dir.join(SIGN_INS), effort)?);
    }
    if wants(NIGHT) {
        figures.extend(night::measure(&dir.join(NIGHT), effort)?);
    }
    Ok(figures)
}

/// Signs in the readers of these numbers; what their sessions' cookies hold.
pub(super) fn sign_in(
    server: &Server,
    numbers: impl IntoIterator<Item = u64>,
) -> Result<Vec<String>> {
    let form = SignIn::open(server.address)?;
    let mut sessions = Vec::new();
    for number in numbers {
        match form.send(&books::mail(number), books::PASSWORD)? {
            SignedIn::Yes(session) => sessions.push(session),
            SignedIn::Later => bail!("nobody else signs in, and there is no time for it"),
        }
    }
    Ok(sessions)
}

/// Readers who ask for a page so many times a second, beside something else that
/// the machine does.
fn beside<'a>(server: &Server, readers: &'a Readers, path: &'a str, rate: f64) -> Load<'a> {
    Load {
        address: server.address,
        paths: Paths::One(path),
        wants: Wants::File,
        readers,
        from: 0,
        connections: 16,
        pace: Pace::Open(rate),
        naps: true,
        lasts: std::time::Duration::ZERO,
        requests: u64::MAX,
    }
}
