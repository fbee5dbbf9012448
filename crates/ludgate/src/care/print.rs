//! Writing answers for people and for programs.

use std::io::Write;

use anstyle::Style;
use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dossier::{Dossier, Happened, Payment, Person, Subscribed, Wished};
use super::plain::{plain, plain_json};
use super::said::{Job, JobList, Told};
use super::table::Table;
use crate::reach::another;

const STRONG: Style = Style::new().bold();

/// Where nothing is to be said.
pub(super) const NOTHING: &str = "–";

/// One object of JSON.
pub(super) fn json(told: &Told) -> Result<()> {
    let text = match told {
        Told::Found { people, .. } => serde_json::to_string_pretty(people)?,
        Told::Shown(dossier) => serde_json::to_string_pretty(dossier)?,
        Told::Seats(list) => serde_json::to_string_pretty(list)?,
        Told::Jobs(list) => serde_json::to_string_pretty(list)?,
        Told::Exported(_) | Told::Done(_) => return Err(another()),
    };
    Ok(writeln!(anstream::stdout(), "{}", plain_json(&text))?)
}

/// Columns.
pub(super) fn human(told: &Told) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match told {
        Told::Found { zone, people } => found(&mut out, people, &Days::of(zone)),
        Told::Shown(dossier) => shown(&mut out, dossier),
        Told::Seats(list) => super::seats::write(&mut out, list),
        Told::Jobs(list) => jobs(&mut out, list),
        Told::Exported(_) | Told::Done(_) => Err(another()),
    }
}

/// Times as the publication's clocks show them.
struct Days(TimeZone);

impl Days {
    /// The server knows the zone by this name; a machine that doesn't shows UTC.
    fn of(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    fn at(&self, time: Timestamp) -> String {
        let there = time.to_zoned_datetime(self.0.clone());
        there.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn some(&self, time: Option<Timestamp>) -> String {
        time.map_or_else(|| NOTHING.to_owned(), |time| self.at(time))
    }
}

fn found(out: &mut impl Write, people: &[Person], days: &Days) -> Result<()> {
    if people.is_empty() {
        return Ok(writeln!(out, "Nobody is found by that.")?);
    }
    let mut table = Table::of(&["id", "since", "status", "address", "name"]);
    for person in people {
        table.row([
            person.id.as_str(),
            &days.at(person.created),
            &person.status,
            some(person.mail.as_deref()),
            some(person.name.as_deref()),
        ]);
    }
    table.write(out)
}

fn shown(out: &mut impl Write, dossier: &Dossier) -> Result<()> {
    let days = Days::of(&dossier.zone);
    let person = &dossier.person;
    head(out, &person.id)?;
    let mut table = Table::default();
    let verified = match person.verified {
        Some(at) => format!("verified {}", days.at(at)),
        None => "not verified".to_owned(),
    };
    if let Some(mail) = &person.mail {
        table.row(["address", &format!("{mail}, {verified}")]);
    }
    table.row(["name", some(person.name.as_deref())]);
    table.row(["language", some(person.locale.as_deref())]);
    let since = days.at(person.created);
    table.row(["status", &format!("{} since {since}", person.status)]);
    let devices = dossier.devices.to_string();
    table.row(["devices", &devices]);
    if !dossier.cards.is_empty() {
        table.row(["cards", &dossier.cards.join(", ")]);
    }
    table.write(out)?;
    subscriptions(out, "Subscriptions", &dossier.subscriptions, &days)?;
    subscriptions(out, "Seats", &dossier.seats, &days)?;
    payments(out, &dossier.payments)?;
    delivery(out, &dossier.delivery)?;
    events(out, dossier, &days)
}

pub(super) fn head(out: &mut impl Write, title: &str) -> Result<()> {
    Ok(writeln!(out, "{STRONG}{}{STRONG:#}", plain(title))?)
}

fn subscriptions(out: &mut impl Write, title: &str, all: &[Subscribed], days: &Days) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    head(out, title)?;
    let mut table = Table::of(&["id", "product", "offer", "origin", "stage", "until", "then"]);
    for one in all {
        let then = match (&one.then, &one.why) {
            (Some(amount), _) => amount.clone(),
            (None, Some(why)) => why.clone(),
            (None, None) => NOTHING.to_owned(),
        };
        table.row([
            one.id.as_str(),
            &one.product,
            &one.offer,
            &one.origin,
            &one.stage,
            &days.some(one.until),
            &then,
        ]);
    }
    table.write(out)
}

fn payments(out: &mut impl Write, all: &[Payment]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    head(out, "Payments")?;
    let mut table = Table::of(&["charge", "date", "invoice", "paid", "given back", "left"]);
    for one in all {
        table.row([
            one.charge.as_str(),
            some(one.date.as_deref()),
            some(one.invoice.as_deref()),
            &one.total,
            &one.refunded,
            &one.left,
        ]);
    }
    table.write(out)
}

fn delivery(out: &mut impl Write, all: &[Wished]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    head(out, "Delivery")?;
    let mut table = Table::of(&["id", "of", "from", "to", "but not on", "where"]);
    for one in all {
        let last = one.last.map(|last| last.to_string());
        let except = one.except.iter().map(ToString::to_string);
        let except = except.reduce(|before, next| format!("{before}, {next}"));
        table.row([
            one.id.as_str(),
            &one.of,
            &one.first.to_string(),
            some(last.as_deref()),
            some(except.as_deref()),
            one.to.as_deref().unwrap_or("nothing is delivered"),
        ]);
    }
    table.write(out)
}

fn events(out: &mut impl Write, dossier: &Dossier, days: &Days) -> Result<()> {
    writeln!(out)?;
    head(out, "What happened")?;
    if dossier.events.is_empty() {
        return Ok(writeln!(out, "  Nothing yet.")?);
    }
    let mut table = Table::default();
    for event in &dossier.events {
        let Happened { what, detail, .. } = event;
        let who = match (&event.by, &event.reason) {
            (Some(by), Some(why)) if !why.is_empty() => format!("{by}: {why}"),
            (Some(by), _) => by.clone(),
            (None, _) => String::new(),
        };
        let number = event.act.map_or(String::new(), |act| format!("#{act}"));
        table.row([days.at(event.at).as_str(), what, detail, &number, &who]);
    }
    table.write(out)?;
    if dossier.has_more {
        writeln!(out, "  … and more before, with --events.")?;
    }
    Ok(())
}

fn jobs(out: &mut impl Write, list: &JobList) -> Result<()> {
    let days = Days::of(&list.zone);
    let mut table = Table::of(&["lane", "due", "failing", "dead"]);
    for lane in &list.lanes {
        let [due, failing, dead] = [lane.due, lane.failing, lane.dead].map(|n| n.to_string());
        table.row([lane.name.as_str(), &due, &failing, &dead]);
    }
    table.write(out)?;
    job_list(out, "Due", &list.due, &days)?;
    job_list(out, "Dead", &list.dead, &days)?;
    if !list.dead.is_empty() {
        writeln!(
            out,
            "\nTry one again with ludgate jobs retry, when what was wrong is right."
        )?;
    }
    Ok(())
}

fn job_list(out: &mut impl Write, title: &str, jobs: &[Job], days: &Days) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    head(out, title)?;
    let mut table = Table::of(&["id", "what", "due", "tries", "again", "error"]);
    for job in jobs {
        let tries = job.tries.map_or(String::new(), |tries| tries.to_string());
        table.row([
            job.id.as_str(),
            some(job.what.as_deref()),
            &days.some(job.due),
            &tries,
            &days.some(job.again),
            some(job.error.as_deref()),
        ]);
    }
    table.write(out)
}

fn some(text: Option<&str>) -> &str {
    text.unwrap_or(NOTHING)
}
