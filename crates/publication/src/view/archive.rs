//! Everything by the day it appeared: years, the months of a year, the days of a
//! month, and the stories of a day.
//!
//! A day is counted in the publication's zone. A day that is over doesn't change,
//! and one that isn't is added to at its end, so its pages keep their stories.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::card::{Card, Entry, cards};
use super::markup::Markup;
use crate::content::{Stories, Story};
use crate::publication::Publication;

/// Headlines of a day on the page of its month; the page of the day has them
/// all.
const HEADLINES: usize = 8;

/// Stories on one page of a day.
const PER_PAGE: usize = 40;

/// A stretch of time with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    All,
    Year(i16),
    /// By its first day.
    Month(Date),
    Day(Date),
}

impl Stretch {
    /// What the path below `/archive` says; `None` for what is no date, or is
    /// written otherwise than we do.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let mut parts = path.split('/');
        let mut number = |digits: usize| match parts.next() {
            None => Some(None),
            Some(part) => {
                let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
                plain.then(|| part.parse::<i16>().ok())
            }
        };
        let (year, month, day) = (number(4)??, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        let date = |month: i16, day: i16| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match (month, day) {
            (None, _) => (year > 0).then_some(Self::Year(year)),
            (Some(month), None) => date(month, 1).map(Self::Month),
            (Some(month), Some(day)) => date(month, day).map(Self::Day),
        }
    }

    pub(crate) fn path(self) -> String {
        match self {
            Self::All => "/archive".to_owned(),
            Self::Year(year) => format!("/archive/{year:04}"),
            Self::Month(first) => format!("/archive/{:04}/{:02}", first.year(), first.month()),
            Self::Day(day) => {
                let (year, month, day) = (day.year(), day.month(), day.day());
                format!("/archive/{year:04}/{month:02}/{day:02}")
            }
        }
    }

    /// The moment it begins and the moment after its end; `None` beyond the end
    /// of time.
    fn bounds(self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = match self {
            Self::All => return Some((Timestamp::MIN, Timestamp::MAX)),
            Self::Year(year) => {
                let first = Date::new(year, 1, 1).ok()?;
                (first, first.checked_add(1.year()).ok()?)
            }
            Self::Month(first) => (first, first.checked_add(1.month()).ok()?),
            Self::Day(day) => (day, day.tomorrow().ok()?),
        };
        let midnight = |day: Date| Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp());
        Some((midnight(from)?, midnight(to)?))
    }

    /// The stories of it that are out, the newest first.
    pub(crate) fn stories(self, publication: &Publication, now: Timestamp) -> Stories<'_> {
        let bounds = self.bounds(&publication.settings.zone);
        let (from, to) = bounds.unwrap_or((Timestamp::MAX, Timestamp::MIN));
        publication.catalogue.out(now).between(from, to)
    }

    /// The stretches that it is made of, the latest first, from the day of the
    /// `newest` story to that of the `oldest`.
    fn parts(self, newest: Date, oldest: Date) -> Vec<Self> {
        match self {
            Self::All => {
                let years = oldest.year()..=newest.year();
                years.rev().map(Self::Year).collect()
            }
            Self::Year(year) => {
                let first = |month| Date::new(year, month, 1).ok();
                (1..=12).rev().filter_map(first).map(Self::Month).collect()
            }
            Self::Month(first) => {
                let day = |day| Date::new(first.year(), first.month(), day).ok();
                (1..=31).rev().filter_map(day).map(Self::Day).collect()
            }
            Self::Day(_) => Vec::new(),
        }
    }
}

/// A page of the archive.
#[derive(Serialize)]
pub(crate) struct ArchivePage {
    /// `all`, `year`, `month` or `day`.
    of: &'static str,
    /// The day that names it: the first of a year or month.
    date: Option<String>,
    year: Option<i16>,
    count: usize,
    /// What it is a part of, the widest first.
    within: Vec<Span>,
    /// What it is made of, the newest first.
    spans: Vec<Span>,
    /// Of a day: in the order in which they appeared.
    stories: Vec<Card>,
    page: usize,
    pages: usize,
    earlier: Option<Markup>,
    later: Option<Markup>,
}

/// A stretch that the page leads to.
#[derive(Serialize)]
struct Span {
    of: &'static str,
    date: Option<String>,
    year: Option<i16>,
    href: Markup,
    count: usize,
    /// Of a day on its month's page: some of its headlines, the newest first.
    headlines: Vec<Headline>,
}

#[derive(Serialize)]
struct Headline {
    entry: Entry,
    /// Whether somebody paid for it, which is said wherever it is named.
    sponsored: bool,
    own: Markup,
}

impl Span {
    fn new(stretch: Stretch, count: usize) -> Self {
        let (of, date) = match stretch {
            Stretch::All => ("all", None),
            Stretch::Year(year) => ("year", Date::new(year, 1, 1).ok()),
            Stretch::Month(first) => ("month", Some(first)),
            Stretch::Day(day) => ("day", Some(day)),
        };
        Self {
            of,
            year: date.map(Date::year),
            date: date.map(|date| date.to_string()),
            href: Markup::url(&stretch.path()),
            count,
            headlines: Vec::new(),
        }
    }
}

impl ArchivePage {
    /// `None` where nothing is there: for a stretch in which nothing appeared,
    /// and for pages that there are none of.
    pub(crate) fn of(
        publication: &Publication,
        stretch: Stretch,
        page: usize,
        now: Timestamp,
    ) -> Option<Self> {
        let zone = &publication.settings.zone;
        let stories = stretch.stories(publication, now);
        if stories.len() == 0 && stretch != Stretch::All {
            return None;
        }
        let day = |story: &Story| story.published.to_zoned_datetime(zone.clone()).date();
        let within = match stretch {
            Stretch::All => Vec::new(),
            Stretch::Year(_) => vec![Stretch::All],
            Stretch::Month(first) => vec![Stretch::All, Stretch::Year(first.year())],
            Stretch::Day(day) => vec![
                Stretch::All,
                Stretch::Year(day.year()),
                Stretch::Month(day.first_of_month()),
            ],
        };
        let own = Span::new(stretch, stories.len());
        let mut made = Self {
            of: own.of,
            date: own.date,
            year: own.year,
            count: stories.len(),
            within: within.into_iter().map(|one| Span::new(one, 0)).collect(),
            spans: Vec::new(),
            stories: Vec::new(),
            page,
            pages: 1,
            earlier: None,
            later: None,
        };
        if matches!(stretch, Stretch::Day(_)) {
            made.pages = stories.len().div_ceil(PER_PAGE);
            if page == 0 || page > made.pages {
                return None;
            }
            let path = stretch.path();
            let link = |to: usize| match to {
                1 => Markup::url(&path),
                to => Markup::url(&format!("{path}?page={to}")),
            };
            made.earlier = (page > 1).then(|| link(page - 1));
            made.later = (page < made.pages).then(|| link(page + 1));
            let first = stories.rev().skip((page - 1) * PER_PAGE);
            made.stories = cards(publication, first.take(PER_PAGE), now);
            return Some(made);
        }
        let (Some(newest), Some(oldest)) = (stories.peek(), stories.clone().next_back()) else {
            return Some(made);
        };
        for part in stretch.parts(day(newest), day(oldest)) {
            let same = part.stories(publication, now);
            if same.len() == 0 {
                continue;
            }
            let mut span = Span::new(part, same.len());
            if matches!(stretch, Stretch::Month(_)) {
                let headlines = same.take(HEADLINES);
                span.headlines = headlines
                    .map(|story| Headline::of(publication, story))
                    .collect();
            }
            made.spans.push(span);
        }
        Some(made)
    }
}

impl Headline {
    fn of(publication: &Publication, story: &Story) -> Self {
        let language = publication.catalogue.language_of(story);
        Self {
            entry: Entry::new(&story.title, &story.path()),
            sponsored: story.sponsor.is_some(),
            own: super::tongue::own(publication, &publication.settings.locale, language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_written_as_we_write_them_have_a_page() {
        for path in ["2026", "2026/11", "2026/11/05", "0999/01"] {
            let stretch = Stretch::parse(path).map(Stretch::path);
            assert_eq!(stretch, Some(format!("/archive/{path}")));
        }
        for path in [
            "",
            "26",
            "2026/",
            "2026/13",
            "2026/1",
            "2026/02/30",
            "2026/11/5",
            "2026/11/05/1",
            "+026",
            "0000",
            "2026//05",
            "２０２６",
        ] {
            assert_eq!(Stretch::parse(path), None, "{path}");
        }
    }
}
