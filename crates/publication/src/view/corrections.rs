//! Everything that was put right, by the day on which it was.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::card::Entry;
use super::markup::Markup;
use super::tongue;
use crate::content::{Correction, Story};
use crate::publication::Publication;

/// The page of corrections of a year, or of the latest year that has some.
#[derive(Serialize)]
pub(crate) struct CorrectionsPage {
    /// `None` where nothing was ever put right.
    pub(crate) year: Option<i16>,
    /// Every year with corrections, the latest first.
    years: Vec<Year>,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Year {
    number: i16,
    href: Markup,
    current: bool,
}

#[derive(Serialize)]
struct Day {
    date: String,
    corrections: Vec<Corrected>,
}

#[derive(Serialize)]
struct Corrected {
    story: Entry,
    /// Whether somebody paid for it, which is said wherever it is named.
    sponsored: bool,
    text: String,
    own: Markup,
}

/// The path of a year's corrections.
pub(crate) fn path(year: i16) -> String {
    format!("/corrections/{year:04}")
}

impl CorrectionsPage {
    /// `None` for a year in which nothing was put right.
    pub(crate) fn of(publication: &Publication, year: Option<i16>, now: Timestamp) -> Option<Self> {
        let all = all(publication, now);
        let mut years: Vec<i16> = all.iter().map(|(one, _)| one.date.year()).collect();
        years.dedup();
        let chosen = year.or(years.first().copied());
        if year.is_some_and(|year| !years.contains(&year)) {
            return None;
        }
        let of_year: Vec<_> = all
            .into_iter()
            .filter(|(one, _)| Some(one.date.year()) == chosen)
            .collect();
        let days = of_year.chunk_by(|a, b| a.0.date == b.0.date);
        let day = |same: &[(&Correction, &Story)]| Day {
            date: same
                .first()
                .map_or(Date::ZERO, |(one, _)| one.date)
                .to_string(),
            corrections: same
                .iter()
                .map(|(correction, story)| Corrected::of(publication, correction, story))
                .collect(),
        };
        Some(Self {
            year: chosen,
            years: years
                .iter()
                .map(|one| Year {
                    number: *one,
                    href: Markup::url(&path(*one)),
                    current: Some(*one) == chosen,
                })
                .collect(),
            days: days.map(day).collect(),
        })
    }
}

/// Every correction of a story that is out, the latest first.
fn all(publication: &Publication, now: Timestamp) -> Vec<(&Correction, &Story)> {
    let stories = publication.catalogue.stories.corrected.out(now);
    let mut all: Vec<(&Correction, &Story)> = stories
        .flat_map(|story| story.corrections.iter().map(move |one| (one, story)))
        .collect();
    // Those of one day keep the order of the stories, the latest first.
    all.sort_by_key(|(correction, _)| std::cmp::Reverse(correction.date));
    all
}

impl Corrected {
    fn of(publication: &Publication, correction: &Correction, story: &Story) -> Self {
        let language = publication.catalogue.language_of(story);
        Self {
            story: Entry::new(&story.title, &story.path()),
            sponsored: story.sponsor.is_some(),
            text: correction.text.clone(),
            own: tongue::own(publication, &publication.settings.locale, language),
        }
    }
}
