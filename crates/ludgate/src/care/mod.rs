//! Customer care on the command line: `ludgate reader` and `ludgate jobs`. What
//! is asked of the running server, and how its answers are written for people
//! and for programs.
//!
//! Nothing is decided here, and the store isn't opened: the server that owns it
//! does what is asked, so that it holds from the reader's next request on.

mod acts;
mod cli;
mod delivery;
mod dossier;
mod file;
mod plain;
mod print;
mod said;
mod seats;
mod table;

use std::io::Write;

use anyhow::Result;

use crate::actor::{Reason, actor};
use crate::certain::make_certain;
use crate::cli::{Format, TargetArgs};
use crate::control::{Command, Said};
use crate::reach::{another, ask_server, no_server};
use cli::JobsCommand;
pub(crate) use cli::{JobsArgs, ReaderCommand};
pub(crate) use dossier::{Dossier, Happened, Payment, Person, Subscribed, Wished};
pub(crate) use plain::plain;
pub(crate) use said::{
    Act, Address, Asked, By, Job, JobList, Lane, Mail, Member, SeatList, Told, Turn,
};
use seats::SeatsCommand;

/// `ludgate reader …`
pub(crate) fn reader(command: &ReaderCommand) -> Result<()> {
    match command {
        ReaderCommand::Find(args) => {
            let (text, by) = (args.text.clone(), actor(None));
            let told = ask(&args.target, Asked::Find { text, by })?;
            show(&told, args.format)
        }
        ReaderCommand::Show(args) => {
            let asked = Asked::Show {
                reader: args.reader.clone(),
                events: args.events,
                by: actor(None),
            };
            show(&ask(&args.target, asked)?, args.format)
        }
        ReaderCommand::Grant(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Revoke(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Cancel(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Tax(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Seats(SeatsCommand::List(args)) => {
            let asked = Asked::Seats {
                reader: args.reader.clone(),
                subscription: args.subscription.clone(),
                by: actor(None),
            };
            show(&ask(&args.target, asked)?, args.format)
        }
        ReaderCommand::Seats(SeatsCommand::Add(args)) => {
            done(&args.target, &args.reason, args.act(Turn::Add))
        }
        ReaderCommand::Seats(SeatsCommand::Remove(args)) => {
            done(&args.target, &args.reason, args.act(Turn::Remove))
        }
        ReaderCommand::Delivery(command) => {
            let (target, reason, act) = command.parts();
            done(target, reason, act)
        }
        ReaderCommand::Refund(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Resend(args) => done(&args.target, &args.reason, args.act()),
        ReaderCommand::Merge(args) => {
            make_certain(args.yes, || {
                let [from, into] =
                    [&args.reader, &args.into].map(|reader| person(&args.target, reader));
                Ok(format!("{} will go into {} for good.", from?, into?))
            })?;
            done(&args.target, &args.reason, args.act())
        }
        ReaderCommand::Close(args) => done(&args.target, &args.reason, args.close()),
        ReaderCommand::Reopen(args) => done(&args.target, &args.reason, args.reopen()),
        ReaderCommand::Export(args) => {
            let place = file::Place::make(args.to.as_deref())?;
            let error = match act(&args.target, &args.reason, args.act()) {
                Ok(Told::Exported(all)) => return place.write(&all),
                Ok(_) => another(),
                Err(error) => error,
            };
            place.unmake();
            Err(error)
        }
        ReaderCommand::Erase(args) => {
            make_certain(args.yes, || {
                let doomed = person(&args.target, &args.reader)?;
                Ok(format!("{doomed} will be forgotten for good."))
            })?;
            done(&args.target, &args.reason, args.act())
        }
    }
}

/// `ludgate jobs` and `ludgate jobs retry`
pub(crate) fn jobs(args: &JobsArgs) -> Result<()> {
    match &args.command {
        None => show(&ask(&args.target, Asked::Jobs {})?, args.format),
        Some(JobsCommand::Retry(args)) => done(&args.target, &args.reason, args.act()),
    }
}

/// Who is meant, so that somebody can say whether they are.
fn person(target: &TargetArgs, reader: &str) -> Result<String> {
    let who = Asked::Who {
        reader: reader.to_owned(),
    };
    let Told::Found { people, .. } = ask(target, who)? else {
        return Err(another());
    };
    let person = people.first().ok_or_else(another)?;
    let mail = person.mail.as_deref().unwrap_or("no address");
    let name = person.name.as_deref().unwrap_or("no name");
    Ok(format!("{} ({}, {})", person.id, plain(mail), plain(name)))
}

/// Asks the server.
fn ask(target: &TargetArgs, asked: Asked) -> Result<Told> {
    match ask_server(target, &Command::Care(asked))? {
        Some(Said::Care(told)) => Ok(told),
        Some(_) => Err(another()),
        None => Err(no_server(target)),
    }
}

/// Has the server do something in somebody's name.
fn act(target: &TargetArgs, reason: &Reason, act: Act) -> Result<Told> {
    let by = By {
        who: actor(reason.by.as_deref()),
        why: reason.reason.clone(),
    };
    ask(target, Asked::Act { by, act })
}

/// The same, and says what came of it.
fn done(target: &TargetArgs, reason: &Reason, what: Act) -> Result<()> {
    match act(target, reason, what)? {
        Told::Done(said) => Ok(writeln!(anstream::stdout(), "{said}")?),
        _ => Err(another()),
    }
}

fn show(told: &Told, format: Format) -> Result<()> {
    match format {
        Format::Json => print::json(told),
        Format::Human => print::human(told),
    }
}
