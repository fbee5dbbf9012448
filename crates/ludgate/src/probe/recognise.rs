//! What a site's pages let guess: its name, its language, what its stories'
//! text is in, and for whom they are.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use page::outline::Outline;
use page::{Options, Role, Withheld, withheld};

use super::body;
use super::hunt::Hunted;
use super::pages::{Looked, Sort};
use super::proposal::Proposal;
use super::system::System;
use super::tiers::Tiers;
use super::trail::Trail;
use super::visitor::Visitor;
use crate::assemble;

/// A selector that finds less of a page's running text than this percentage
/// doesn't find its story.
const FITS: u64 = 40;

/// A story has more words than this; a teaser has fewer.
const A_STORY: u64 = 60;

/// The languages that the gate's own words are in.
const SPOKEN: [&str; 6] = ["ar", "de", "en", "fr", "ja", "pl"];

/// What is known before any selector is.
pub(crate) fn before(visitor: &Visitor, trail: &Trail, system: System) -> Proposal {
    let outline = trail.pages.first().map(|page| &page.outline);
    let name = outline.and_then(|front| {
        let name = front.meta("og:site_name").map(ToOwned::to_owned);
        name.or_else(|| front.title.clone())
    });
    let home = visitor.home();
    let name = name.filter(|name| !name.trim().is_empty());
    let locale = outline.and_then(|front| front.language.as_deref());
    let locale = locale.and_then(|tag| tag.split(['-', '_']).next());
    Proposal {
        name: name.unwrap_or_else(|| "My Paper".to_owned()),
        url: home.public(),
        origin: home.to_string(),
        host: visitor
            .host()
            .filter(|host| !home.public().ends_with(&format!("//{host}"))),
        locale: locale
            .map(str::to_ascii_lowercase)
            .filter(|tag| SPOKEN.contains(&tag.as_str())),
        preset: system.preset(),
        body: Vec::new(),
        subscribe: subscribe(visitor, trail),
        tiers: Tiers::default(),
    }
}

/// Names of pages that sell subscriptions.
const OFFERS: [&str; 8] = [
    "subscribe",
    "subscription",
    "subscriptions",
    "membership",
    "abo",
    "abonnement",
    "abonnieren",
    "prenumerata",
];

/// Where the site sells subscriptions, by the name of a page that it links to.
fn subscribe(visitor: &Visitor, trail: &Trail) -> Option<String> {
    let links = trail.pages.iter().flat_map(|page| {
        let anchors = page.outline.anchors.iter();
        anchors.filter_map(|link| visitor.home().place(page.place(), link))
    });
    let is_offer = |place: &String| {
        let last = place.trim_end_matches('/').rsplit('/').next();
        last.is_some_and(|last| OFFERS.contains(&last))
    };
    links.into_iter().find(is_offer)
}

/// How the proposed configuration cuts pages.
pub(crate) fn options(proposal: &Proposal) -> Result<Options> {
    assemble::compile(&proposal.config()?)
}

/// Finds what the stories' text is in: the preset's selectors where they fit,
/// else those that fit these stories. Says which names a build has made up.
pub(crate) fn bodies(proposal: &mut Proposal, trail: &Trail) -> Result<Vec<String>> {
    let stories = || trail.pages.iter().filter(|page| page.is_story());
    let preset = options(proposal)?;
    let (fitting, others): (Vec<&Looked>, Vec<&Looked>) =
        stories().partition(|story| has_story(story, &preset));
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let unfit: Vec<&Outline> = others.iter().map(|page| &page.outline).collect();
    let contrast = trail.pages.iter().filter(|page| page.sort == Sort::Other);
    let contrast: Vec<&Outline> = contrast.map(|page| &page.outline).collect();
    let found = body::find(&unfit, &contrast);
    if found.is_empty() && fitting.is_empty() {
        bail!(
            "the text of {} stories was seen, and no element that holds it has a name in common: \
             give it one, such as class=\"story-body\", and name it in [articles] body",
            others.len()
        );
    }
    let generated = found.iter().filter(|body| body.is_generated);
    let generated = generated.map(|body| body.selector.clone()).collect();
    if found.is_empty() {
        return Ok(generated);
    }
    // A list of one's own takes the place of the preset's.
    let kept = if fitting.is_empty() {
        Vec::new()
    } else {
        proposal.config()?.articles.body
    };
    let found = found.into_iter().map(|body| body.selector);
    proposal.body = found.chain(kept).collect();
    Ok(generated)
}

pub(crate) fn tiers(trail: &Trail, options: &Options) -> Tiers {
    let mut tiers = Tiers::default();
    for page in trail.pages.iter().filter(|page| page.is_story()) {
        let answer = &page.answer;
        let id = access::StoryId::new(page.place());
        // What can't be compiled is refused by the gate, which says why.
        if let Ok(compiled) = page::compile(&answer.plain(), answer.charset(), id, options) {
            tiers.note(page, compiled.facts());
        }
    }
    tiers
}

/// What several stories say is the address of each of them, and how many do: to
/// the gate these are one.
pub(crate) fn shared(stories: &[Hunted<'_>], options: &Options) -> Vec<(String, usize)> {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for story in stories {
        let answer = &story.page.answer;
        let id = access::StoryId::new(story.page.place());
        if let Ok(compiled) = page::compile(&answer.plain(), answer.charset(), id, options) {
            let id = compiled.facts().story.id.as_str().to_owned();
            *named.entry(id).or_default() += 1;
        }
    }
    named.into_iter().filter(|(_, count)| *count > 1).collect()
}

/// Whether most of a page's running text is that of stories by these options.
pub(crate) fn has_story(page: &Looked, options: &Options) -> bool {
    is_most(page, &found(page, options))
}

/// Whether it is that of one story, and the page isn't the front page.
pub(crate) fn is_story(page: &Looked, options: &Options) -> bool {
    let found = found(page, options);
    is_most(page, &found) && found.bodies == 1 && found.role == Role::Story && page.place() != "/"
}

fn found(page: &Looked, options: &Options) -> Withheld {
    let found = withheld(&page.answer.plain(), page.answer.charset(), options);
    // What can't be cut is refused by the gate, which says why.
    found.unwrap_or_default()
}

fn is_most(page: &Looked, found: &Withheld) -> bool {
    let words = found.shown + found.words;
    words >= A_STORY && words * 100 >= page.outline.words * FITS
}
