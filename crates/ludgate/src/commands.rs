//! The commands other than `demo` and `init`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use jiff::tz::TimeZone;

use crate::actor::actor;
use crate::assemble::{Known, assemble, in_order};
use crate::cli::{
    AdvanceArgs, ConfigArgs, ExplainArgs, OpenArgs, PurgeArgs, StaffArgs, TargetArgs,
};
use crate::config::{Config, instant};
use crate::control::{self, Command, Question, Said};
use crate::cuts::Cuts;
use crate::doubts::{circle, dead_ends, doubts, opened, sold};
use crate::openings::{Openings, What, local};
use crate::reach::{another, ask_server, data_of, home_of, no_server, tell_server};
use crate::secrets::Secrets;
use crate::server::{self, Configured, Move, Start};
use crate::{bar, crawling, explain as explaining, folder, log, world};

/// `ludgate check`
pub(crate) fn check(args: &ConfigArgs) -> Result<()> {
    let config = Config::load(&args.config)?;
    let source = server::source(&config);
    let known = Known {
        cuts: &Cuts::shown_on(bar::measured(bar::STORIES)?),
        before: None,
        derived: None,
        index: None,
        texts: None,
        bar: &bar::measured(bar::STORIES)?,
    };
    let openings = openings_to_check(&config.server.data)?;
    let assembled = assemble(&config, &source, &in_order, &openings, known, None)?;
    // A server renders these when it makes them.
    server::check_readers(&config, &assembled.appearance.messages)?;
    let publication = assembled.pages.publication();
    let publication = publication.as_deref();
    let count = match publication.map(|publication| publication.stories().len()) {
        None => "a site that is asked when readers ask".to_owned(),
        Some(1) => "1 story".to_owned(),
        Some(many) => format!("{many} stories"),
    };
    let rules = match config.rules.len() {
        1 => "1 rule".to_owned(),
        many => format!("{many} rules"),
    };
    let sections = publication.map(|publication| publication.sections().collect::<Vec<&str>>());
    let leads = publication.map(|publication| {
        let now = world::now();
        let own = config.mail.is_some().then_some(config.gate.prefix.as_str());
        move |path: &str| {
            own.is_some_and(|own| path.starts_with(own))
                || publication.respond(path, None, now).status < 400
        }
    });
    let leads = leads.as_ref().map(|leads| leads as &dyn Fn(&str) -> bool);
    let of_rules = doubts(assembled.policy.rules.rules(), sections.as_deref());
    let of_links = dead_ends(&config.links, leads);
    let of_origin = [circle(&config), opened(&config)];
    let of_origin = of_origin.iter().flatten();
    let sales = config.sales.as_ref();
    let of_sales = sales.map(|sales| sold(&config.rules, &sales.catalog));
    let of_sales = of_sales.iter().flatten();
    let doubts = of_rules.iter().chain(&of_links).chain(of_origin);
    let doubts = doubts.chain(of_sales);
    for doubt in doubts.chain(&config.doubts()) {
        anstream::eprintln!("warning: {doubt}");
    }
    if let Some(advice) = crawling::advice(&config) {
        anstream::eprintln!("warning: {advice}");
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} is good: {count}, {rules}", args.config.display())?;
    Ok(())
}

/// What is open, which a start would put before the rules. Who may not look
/// into the data folder checks the rest.
fn openings_to_check(data: &Path) -> Result<Openings> {
    Openings::load(data).or_else(|error| {
        let kind = error.downcast_ref().map(std::io::Error::kind);
        if kind != Some(std::io::ErrorKind::PermissionDenied) {
            return Err(error);
        }
        anstream::eprintln!("warning: what is open in a hurry isn't checked: {error:#}");
        Ok(Openings::default())
    })
}

/// `ludgate serve`
pub(crate) fn serve(args: &ConfigArgs) -> Result<()> {
    let config = Config::load(&args.config)?;
    log::start(&config.log, std::io::stderr().is_terminal())?;
    let source = server::source(&config);
    let configured = Configured::File(args.config.clone());
    server::run(
        Start {
            config,
            configured,
            source,
        },
        &|listening| {
            tracing::info!(
                readers = %listening.readers, admin = %listening.admin,
                plain = listening.plain.map(tracing::field::display),
                token = %listening.token_path.display(), "ready"
            );
        },
    )
}

/// `ludgate explain`
pub(crate) fn explain(args: &ExplainArgs) -> Result<()> {
    let command = Command::Explain(Question {
        story: args.story.clone(),
        reader: args.reader.clone(),
        at: args.at.clone(),
        country: args.country.clone(),
        address: args.address.clone(),
        device: args.device.clone(),
        referrer: args.referrer.clone(),
        language: args.language.clone(),
        locale: args.locale.clone(),
    });
    match ask_server(&args.target, &command)? {
        Some(Said::Explained(said)) => explaining::print(&said),
        Some(_) => Err(another()),
        None => Err(no_server(&args.target)),
    }
}

/// `ludgate open`
pub(crate) fn open(args: &OpenArgs) -> Result<()> {
    let until = || args.until.clone().context("say until when, with --until");
    let command = if args.list {
        Command::Openings
    } else if let Some(id) = &args.close {
        Command::Close { id: id.clone() }
    } else if let Some(section) = &args.section {
        Command::Open {
            what: What::Section(section.clone()),
            until: until()?,
        }
    } else if let Some(story) = &args.story {
        Command::Open {
            what: What::Story(story.clone()),
            until: until()?,
        }
    } else {
        bail!("say what to open, with --section or --story");
    };
    let said = match ask_server(&args.target, &command)? {
        Some(said) => said,
        None => open_without_server(&args.target, &command)?,
    };
    let mut out = anstream::stdout().lock();
    match said {
        Said::Openings(list) if list.is_empty() => writeln!(out, "Nothing is open.")?,
        Said::Openings(list) => {
            for opening in list {
                writeln!(out, "{opening}")?;
            }
        }
        Said::Done(said) => writeln!(out, "{said}")?,
        Said::Explained(_) | Said::Import(_) | Said::Care(_) | Said::Print(_) => {
            return Err(another());
        }
    }
    Ok(())
}

/// Nobody owns the file, so it is changed here, for the next start.
fn open_without_server(target: &TargetArgs, command: &Command) -> Result<Said> {
    let data = data_of(target)?;
    if !data.is_dir() {
        bail!(
            "there is no data folder {}; nothing has been served from it yet",
            data.display()
        );
    }
    // Ours until the end of this, so that no server starts in between.
    let _folder = folder::own(&data)?;
    let now = world::now();
    let mut openings = Openings::load(&data)?;
    let home = home_of(target, &data);
    let known = home.as_ref().and_then(|home| home.zone.as_ref());
    let utc = TimeZone::UTC;
    let zone = known.unwrap_or(&utc);
    let said = match command {
        Command::Open { what, until } => {
            let what = what
                .clone()
                .at_home(home.as_ref().and_then(|home| home.url.as_ref()))?;
            let note = match known {
                Some(_) => "",
                None => {
                    "\nDays and times were taken for UTC: no configuration says which zone this \
                     folder's publication is in. Name it with --config"
                }
            };
            let until = instant(until, zone, true).map_err(anyhow::Error::msg)?;
            let opening = openings.open(what, until, now)?;
            format!(
                "{} will be open from the next start until {} ({}){note}",
                opening.what,
                local(until, zone),
                opening.id
            )
        }
        Command::Close { id } => format!("{} is closed again", openings.close(id)?.what),
        _ => {
            let open = openings.at(now);
            return Ok(Said::Openings(open.map(|one| one.in_words(zone)).collect()));
        }
    };
    openings.save(&data)?;
    Ok(Said::Done(said))
}

/// `ludgate keys rotate`
pub(crate) fn rotate_keys(target: &TargetArgs) -> Result<()> {
    let said = match ask_server(target, &Command::Rotate { by: actor(None) })? {
        Some(Said::Done(said)) => said,
        Some(_) => return Err(another()),
        None => {
            let data = data_of(target)?;
            let secrets = Secrets::open(&data)?;
            let _folder = folder::own(&data)?;
            let number = secrets.rotate()?;
            format!("Key {number} will be signed with from the next start on.")
        }
    };
    Ok(writeln!(anstream::stdout(), "{said}")?)
}

/// `ludgate staff`
pub(crate) fn staff(args: &StaffArgs) -> Result<()> {
    let staff = Command::Staff {
        hours: args.hours,
        by: actor(None),
    };
    tell_server(&args.target, &staff)
}

/// `ludgate purge`
pub(crate) fn purge(args: &PurgeArgs) -> Result<()> {
    let pages = control::Pages {
        urls: args.urls.clone(),
        prefixes: args.prefixes.clone(),
        tags: args.tags.clone(),
        all: args.all,
    };
    tell_server(&args.target, &Command::Purge(pages))
}

/// `ludgate clock show`
pub(crate) fn show_clock(target: &TargetArgs) -> Result<()> {
    tell_server(target, &Command::Clock)
}

/// `ludgate clock advance`: each event is printed as it happens.
pub(crate) fn advance_clock(args: &AdvanceArgs) -> Result<()> {
    let how = match (&args.by, &args.to) {
        (Some(by), _) => Move::By(by.clone()),
        (None, Some(to)) => Move::To(to.clone()),
        (None, None) => bail!("say by how much, such as \"3 months\""),
    };
    tell_server(&args.target, &Command::Advance(how))
}
