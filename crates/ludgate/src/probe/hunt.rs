//! What the stories withhold, looked for everywhere else.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use page::{Options, Repeated, Withheld, withheld};

use super::doors::{Door, INLINE};
use super::pages::Looked;
use super::rehearsal::{Rehearsal, Shown};
use super::report::{Becomes, Fate, Leak, Story};
use super::visitor::Answer;

/// Stories whose words are looked for: enough that each feed and each list has
/// one of them.
const STORIES: usize = 12;

/// Paragraphs of each, from all over it: looking for all would take minutes on
/// large answers, and a door that is open is open for most.
const PARAGRAPHS: usize = 12;

/// Places of a name looked at in one page: application state is written once, in
/// a few pieces.
const PLACES: usize = 16;

/// A story and what is withheld of it.
pub(crate) struct Hunted<'a> {
    pub(crate) page: &'a Looked,
    pub(crate) withheld: Withheld,
}

/// What of stories is withheld under `options`. What several of them have in
/// common is the site's: a line above each story is nobody's secret.
pub(crate) fn hunted<'a>(
    stories: impl Iterator<Item = &'a Looked>,
    options: &Options,
) -> Vec<Hunted<'a>> {
    // In how many stories each paragraph is.
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut beginnings: HashSet<String> = HashSet::new();
    let mut all: Vec<Hunted<'a>> = Vec::new();
    for page in stories {
        let answer = &page.answer;
        let withheld = withheld(&answer.plain(), answer.charset(), options);
        // What can't be cut is refused by the gate, which says why.
        let withheld = withheld.unwrap_or_default();
        // One story under two addresses is no two.
        let beginning = &withheld.beginning;
        if !beginning.is_empty() && !beginnings.insert(beginning.clone()) {
            continue;
        }
        let paragraphs: HashSet<&String> = withheld.paragraphs.iter().collect();
        for paragraph in paragraphs {
            *times.entry(paragraph.clone()).or_default() += 1;
        }
        all.push(Hunted { page, withheld });
    }
    for one in &mut all {
        let paragraphs = &mut one.withheld.paragraphs;
        paragraphs.retain(|text| times.get(text).is_none_or(|times| *times < 2));
    }
    all
}

impl Hunted<'_> {
    /// Some of the withheld words, one after the other: up to so many letters.
    pub(crate) fn words(&self, letters: usize) -> String {
        let longest = self
            .withheld
            .paragraphs
            .iter()
            .max_by_key(|text| text.len());
        let text = longest.map(String::as_str).unwrap_or_default();
        let mut words = String::new();
        // The first word may stand for itself in a teaser.
        for word in text.split_whitespace().skip(1) {
            let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            if words.chars().count() + word.chars().count() > letters {
                break;
            }
            words.push_str(&word);
            words.push(' ');
        }
        words
    }

    /// What the gate makes of it.
    pub(crate) async fn behind(&self, gate: &Rehearsal) -> Result<Story> {
        let shown = gate.ask(self.page.place()).await?;
        let repeated = self.repeated();
        let left = repeated.count_in(&shown.text);
        let (fate, why) = fate(&shown, left, self.withheld.words);
        Ok(Story {
            path: self.page.place().to_owned(),
            shown: self.withheld.shown,
            withheld: self.withheld.words,
            fate,
            why,
        })
    }

    fn repeated(&self) -> Repeated {
        Repeated::of(self.paragraphs(), &self.withheld.beginning)
    }

    fn paragraphs(&self) -> impl Iterator<Item = &str> {
        let all = self.withheld.paragraphs.iter();
        let step = all.len().div_ceil(PARAGRAPHS).max(1);
        all.step_by(step).map(String::as_str)
    }
}

fn fate(shown: &Shown, left: usize, withheld: u64) -> (Fate, String) {
    let decision = shown.decision.clone().unwrap_or_default();
    if shown.status != 200 {
        let why = format!(
            "the gate answers {}: the page can't be taken apart",
            shown.status
        );
        return (Fate::Refused, why);
    }
    if decision.starts_with("full") {
        return (Fate::OpenByRule, decision);
    }
    if !decision.starts_with("preview") || withheld == 0 {
        let why = "no selector finds its text".to_owned();
        return (Fate::NotCut, why);
    }
    if left > 0 {
        return (
            Fate::NotCut,
            "its text is in the page a second time".to_owned(),
        );
    }
    (Fate::Cut, decision)
}

/// Everything that is looked for, and where it has been found.
pub(crate) struct Hunt<'a> {
    gate: &'a Rehearsal,
    repeated: Repeated,
    pub(crate) leaks: Vec<Leak>,
    pub(crate) shut: Vec<String>,
}

impl<'a> Hunt<'a> {
    /// Looks for what is withheld of `stories`.
    pub(crate) fn new<'s>(
        gate: &'a Rehearsal,
        stories: impl Iterator<Item = &'s Hunted<'s>>,
    ) -> Self {
        let stories: Vec<&Hunted<'_>> = stories.take(STORIES).collect();
        let public: String = stories
            .iter()
            .map(|story| story.withheld.beginning.as_str())
            .collect();
        let paragraphs = stories.iter().flat_map(|story| story.paragraphs());
        Self {
            gate,
            repeated: Repeated::of(paragraphs, &public),
            leaks: Vec::new(),
            shut: Vec::new(),
        }
    }

    /// Whether there is anything to look for.
    pub(crate) fn is_pointless(&self) -> bool {
        self.repeated.is_empty()
    }

    /// What a story's page repeats beside its text.
    pub(crate) async fn inside(&mut self, story: &Looked) -> Result<()> {
        let text = story.answer.text();
        for name in INLINE {
            let mut found = 0;
            for (at, _) in text.match_indices(name).take(PLACES) {
                let rest = text.get(at..).unwrap_or_default();
                let script = rest.split("</script").next().unwrap_or_default();
                found = found.max(self.repeated.count_in(script));
            }
            if found > 0 {
                let what = format!("{} in the page", name.trim_matches('"'));
                let behind = self.gate.ask(story.place()).await?;
                self.note(&what, &story.answer, found, &behind);
            }
        }
        Ok(())
    }

    /// What another page of the site shows of the stories.
    pub(crate) async fn page(&mut self, page: &Looked) -> Result<()> {
        let today = self.repeated.count_in(&page.answer.text());
        if today > 0 {
            let behind = self.gate.ask(page.place()).await?;
            self.note("page with stories", &page.answer, today, &behind);
        }
        Ok(())
    }

    /// What another door hands out.
    pub(crate) async fn door(&mut self, door: &Door, answer: &Answer) -> Result<()> {
        let today = self.repeated.count_in(&answer.text());
        if today == 0 {
            if !self.shut.iter().any(|one| one == door.what) {
                self.shut.push(door.what.to_owned());
            }
            return Ok(());
        }
        if !answer.is_whole {
            self.add(Leak {
                what: door.what.to_owned(),
                path: answer.place.clone(),
                is_page: answer.is_html(),
                today,
                behind: today,
                becomes: Becomes::Untried,
            });
            return Ok(());
        }
        let behind = self.gate.ask(&answer.place).await?;
        self.note(door.what, answer, today, &behind);
        Ok(())
    }

    fn note(&mut self, what: &str, answer: &Answer, today: usize, shown: &Shown) {
        let behind = self.repeated.count_in(&shown.text);
        let becomes = if behind > 0 {
            Becomes::Open
        } else if shown.status >= 400 {
            Becomes::Closed
        } else {
            Becomes::Cut
        };
        self.add(Leak {
            what: what.to_owned(),
            path: answer.place.clone(),
            is_page: answer.is_html(),
            today,
            behind,
            becomes,
        });
    }

    /// One line for doors of a kind, but for those that stay open: each of them
    /// has to be decided about.
    fn add(&mut self, new: Leak) {
        let same = |known: &&mut Leak| known.what == new.what && known.becomes == new.becomes;
        match self.leaks.iter_mut().find(same) {
            Some(known) if new.becomes < Becomes::Untried => {
                if new.today > known.today {
                    *known = new;
                }
            }
            _ => self.leaks.push(new),
        }
    }
}
