//! `ludgate probe`: visits a site that nobody here wrote and proposes the
//! configuration for it: how its stories are recognised, which are for whom, and
//! what hands out their text beside their pages.
//!
//! Whatever is said about the gate has been tried with the gate itself, on the
//! proposed configuration and on what the site has answered.

mod body;
mod decide;
mod doors;
mod home;
mod hunt;
mod listing;
mod names;
mod nothing;
mod pages;
mod proposal;
mod recognise;
mod rehearsal;
mod report;
mod robots;
mod system;
mod tiers;
mod trail;
mod visitor;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use page::Options;

use self::decide::Doubts;
use self::doors::{Door, SEARCHED};
pub(crate) use self::home::Home;
use self::hunt::{Hunt, Hunted, hunted};
use self::pages::Looked;
use self::proposal::Proposal;
use self::rehearsal::Rehearsal;
use self::report::{Fate, Leak, Report, Story};
use self::system::System;
use self::trail::Trail;
use self::visitor::{Answer, Pace, Visitor};
use crate::cli::{Format, ProbeArgs};
use crate::config::Config;

/// Stories with which other doors are tried.
const TRIED: usize = 2;

/// Runs it.
pub(crate) fn run(args: &ProbeArgs) -> Result<()> {
    if let Some(file) = args.write.as_deref().filter(|file| file.exists()) {
        bail!(
            "{} is there already; nothing was asked or written",
            file.display()
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let report = runtime.block_on(probe(args))?;
    match args.format {
        Format::Human => report.print()?,
        Format::Json => {
            let mut out = anstream::stdout().lock();
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        }
    }
    match &args.write {
        Some(file) => write(file, &report.configuration),
        None => Ok(()),
    }
}

/// Writes the configuration, never over another file.
fn write(file: &Path, text: &str) -> Result<()> {
    let open = OpenOptions::new().write(true).create_new(true).open(file);
    open.and_then(|mut open| open.write_all(text.as_bytes()))
        .with_context(|| format!("{} can't be written", file.display()))?;
    anstream::eprintln!(
        "Written to {0}. Next: ludgate check --config {0}",
        file.display()
    );
    Ok(())
}

async fn probe(args: &ProbeArgs) -> Result<Report> {
    let (home, start) = &args.url;
    let pace = Pace {
        pause: Duration::from_millis(args.pause),
        time: Duration::from_secs(args.time),
    };
    let mut visitor = Visitor::new(home.clone(), args.host.as_deref(), pace)?;
    let mut trail = Trail::follow(&mut visitor, start, args.pages).await?;
    if !trail.pages.iter().any(Looked::is_story) {
        return Err(trail.nothing(visitor.home()));
    }
    let system = System::of(&trail.pages);
    let mut proposal = recognise::before(&visitor, &trail, system);
    let generated = recognise::bodies(&mut proposal, &trail)?;
    let options = recognise::options(&proposal)?;
    pages::decide(&mut trail.pages, |page| recognise::is_story(page, &options));
    proposal.tiers = recognise::tiers(&trail, &options);
    let config = proposal.rehearsed()?;

    let stories = hunted(trail.pages.iter().filter(|page| page.is_story()), &options);
    let mut doors = doors::of_site(system, &trail.pages);
    for story in stories
        .iter()
        .filter(|one| one.withheld.words > 0)
        .take(TRIED)
    {
        doors.extend(doors::of_story(system, story.page, &story.words(SEARCHED)));
    }
    drop(stories);
    let mut tried: Vec<(Door, Answer)> = Vec::new();
    for door in doors {
        if let Some(answer) = trail.try_door(&mut visitor, &door).await {
            tried.push((door, answer));
        }
    }
    let feeds = trail.feeds.drain(..).map(|answer| {
        let link = answer.place.clone();
        (Door { what: "feed", link }, answer)
    });
    let tried: Vec<(Door, Answer)> = feeds.chain(tried).collect();
    let judged = judge(&config, &options, &trail, &tried).await?;
    Ok(report(
        &visitor, &trail, system, &proposal, judged, &generated,
    ))
}

/// What the gate has made of everything.
struct Judged {
    stories: Vec<Story>,
    leaks: Vec<Leak>,
    shut: Vec<String>,
    /// Pages that are no stories and show the text of some.
    lists: Vec<String>,
    /// Addresses that several stories have, and how many.
    shared: Vec<(String, usize)>,
}

async fn judge(
    config: &Config,
    options: &Options,
    trail: &Trail,
    tried: &[(Door, Answer)],
) -> Result<Judged> {
    let answers = trail.pages.iter().map(|page| &page.answer);
    let answers = answers.chain(tried.iter().map(|(_, answer)| answer));
    let gate = Rehearsal::start(config, answers.cloned())?;
    let of_stories = hunted(trail.pages.iter().filter(|page| page.is_story()), options);
    let mut stories = Vec::new();
    for story in &of_stories {
        stories.push(story.behind(&gate).await?);
    }
    let is_open = |story: &Story| story.fate == Fate::OpenByRule;
    let secret = of_stories.iter().zip(&stories);
    let secret: Vec<&Hunted<'_>> = secret
        .filter(|(_, story)| !is_open(story))
        .map(|(hunted, _)| hunted)
        .collect();
    let mut hunt = Hunt::new(&gate, secret.iter().copied());
    let mut lists = Vec::new();
    if !hunt.is_pointless() {
        for story in &secret {
            hunt.inside(story.page).await?;
        }
        for page in trail.pages.iter().filter(|page| !page.is_story()) {
            hunt.page(page).await?;
            if recognise::has_story(page, options) {
                lists.push(page.place().to_owned());
            }
        }
        for (door, answer) in tried {
            hunt.door(door, answer).await?;
        }
    }
    let Hunt { leaks, shut, .. } = hunt;
    gate.end();
    let is_found = |what: &String| leaks.iter().any(|leak| leak.what == *what);
    Ok(Judged {
        shut: shut.into_iter().filter(|what| !is_found(what)).collect(),
        shared: recognise::shared(&of_stories, options),
        stories,
        leaks,
        lists,
    })
}

fn report(
    visitor: &Visitor,
    trail: &Trail,
    system: System,
    proposal: &Proposal,
    judged: Judged,
    generated: &[String],
) -> Report {
    let decide = Doubts {
        proposal,
        trail,
        stories: &judged.stories,
        leaks: &judged.leaks,
        lists: &judged.lists,
        shared: &judged.shared,
        ran_out: visitor.ran_out(),
        generated,
    }
    .all();
    let tiers = &proposal.tiers;
    Report {
        site: visitor.home().to_string(),
        system: system.name(),
        requests: visitor.asked(),
        pages: trail.pages.len(),
        preset: proposal.preset,
        body: proposal.body.clone(),
        tiers: report::Tiers {
            free: tiers.free,
            metered: tiers.metered,
            locked: tiers.locked,
            not_for_free: tiers.not_for_free,
            sections: tiers.sections.clone(),
            tags: tiers.tags.clone(),
        },
        stories: judged.stories,
        leaks: judged.leaks,
        shut: judged.shut,
        decide,
        left_out: trail.left_out.clone(),
        configuration: proposal.text(),
    }
}
