//! Asking whether somebody is really to be erased.

use std::io::{IsTerminal, Write};

use anyhow::{Result, bail};

use super::ask;
use super::plain::plain;
use super::said::{Asked, Told};
use crate::cli::TargetArgs;
use crate::reach::another;

/// Shows who would be erased, and asks.
pub(super) fn is_certain(target: &TargetArgs, reader: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("erasing can't be undone; say --yes where nobody can be asked");
    }
    let who = Asked::Who {
        reader: reader.to_owned(),
    };
    let Told::Found { people, .. } = ask(target, who)? else {
        return Err(another());
    };
    let Some(person) = people.first() else {
        return Err(another());
    };
    let mail = person.mail.as_deref().unwrap_or("no address");
    let name = person.name.as_deref().unwrap_or("no name");
    let mut out = anstream::stderr().lock();
    write!(
        out,
        "{} ({}, {}) will be forgotten for good. Write yes to go on: ",
        person.id,
        plain(mail),
        plain(name)
    )?;
    out.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
