//! The demonstration's days, moved so that it is always this week's paper.
//!
//! Its stories name days: in their facts as 2026-11-22, in their prose as
//! "Thursday 3 December". Both are moved by whole weeks, so that a Thursday
//! stays one. A day of a named year is history and stays where it is. A month
//! without a day can't be moved by weeks, so the stories name none.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// Seconds in a week of UTC, which is what the stories' times are in.
const WEEK: i64 = 7 * 24 * 60 * 60;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// By how many weeks to move the stories so that the newest of them is out at
/// `now`, and less than a week old.
pub(super) fn weeks<'a>(stories: impl Iterator<Item = &'a str>, now: Timestamp) -> i64 {
    let newest = stories.filter_map(published).max();
    newest.map_or(0, |newest| {
        (now.as_second() - newest.as_second()).div_euclid(WEEK)
    })
}

/// When a story appeared, by its facts.
fn published(story: &str) -> Option<Timestamp> {
    let fact = story
        .lines()
        .find_map(|line| line.strip_prefix("published = "))?;
    fact.trim().parse().ok()
}

/// The story with all its days moved.
pub(super) fn moved(story: &str, weeks: i64) -> String {
    let near = published(story).map(|time| time.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    let mut out = String::with_capacity(story.len());
    let mut rest = story;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let begins = first.is_ascii_digit() && !before.is_alphanumeric() && before != '-';
        let day = begins
            .then(|| in_figures(rest, weeks).or_else(|| in_words(rest, near?, weeks)))
            .flatten();
        let length = if let Some((length, day)) = day {
            out.push_str(&day);
            length
        } else {
            out.push(first);
            first.len_utf8()
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    out
}

/// The day that `text` begins with, as 2026-11-22: how long that is, and the
/// day to write instead.
fn in_figures(text: &str, weeks: i64) -> Option<(usize, String)> {
    const LENGTH: usize = "2026-11-22".len();
    let day: Date = text.get(..LENGTH)?.parse().ok()?;
    Some((LENGTH, later(day, weeks)?.to_string()))
}

/// Likewise of a day such as "3 December": the one nearest to the day `near`.
fn in_words(text: &str, near: Date, weeks: i64) -> Option<(usize, String)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i8 = text[..digits].parse().ok()?;
    let words = text[digits..].strip_prefix(' ')?;
    let (month, name) = (1_i8..)
        .zip(MONTHS)
        .find(|(_, name)| words.starts_with(name))?;
    let after = &words[name.len()..];
    let has_year = after
        .strip_prefix(' ')
        .is_some_and(|year| year.bytes().take_while(u8::is_ascii_digit).count() == "2026".len());
    if has_year || after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let day = (-1..=1)
        .filter_map(|years| Date::new(near.year() + years, month, number).ok())
        .min_by_key(|day| {
            near.until(*day)
                .map_or(i32::MAX, |far| far.get_days().abs())
        })?;
    let day = later(day, weeks)?;
    let name = MONTHS.get(usize::try_from(day.month()).ok()? - 1)?;
    let length = digits + " ".len() + words.len() - after.len();
    Some((length, format!("{} {name}", day.day())))
}

fn later(day: Date, weeks: i64) -> Option<Date> {
    day.checked_add(Span::new().try_weeks(weeks).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Content;

    const STORY: &str = "published = 2026-11-19T06:00:00Z\ndate = 2026-11-20\n+++\n\
        Polls open on Thursday 3 December. Since 1 May 1871, and in all 41 weeks. On 6 January, \
        about 4.20, 0555 0142 and 1,206 eels. 27 Marchers. 31 February.";

    #[test]
    fn days_are_moved_in_figures_and_in_words_and_history_is_not() {
        assert_eq!(moved(STORY, 0), STORY);
        let text = moved(STORY, 5);
        assert_eq!(
            text,
            "published = 2026-12-24T06:00:00Z\ndate = 2026-12-25\n+++\n\
             Polls open on Thursday 7 January. Since 1 May 1871, and in all 41 weeks. On 10 \
             February, about 4.20, 0555 0142 and 1,206 eels. 27 Marchers. 31 February."
        );
        assert_eq!(moved(&text, -5), STORY);
    }

    #[test]
    fn the_stories_name_no_month_that_would_stay_behind() {
        let paths = Content::iter().filter(|path| path.starts_with("stories/"));
        let mut months = 0;
        for path in paths {
            let file = Content::get(&path).expect("a file");
            let text = std::str::from_utf8(&file.data).expect("text");
            // "May" is a verb too.
            for month in MONTHS.iter().filter(|month| **month != "May") {
                for (at, _) in text.match_indices(month) {
                    let digit = |text: Option<char>| text.is_some_and(|c| c.is_ascii_digit());
                    let has_day = digit(text[..at].chars().rev().nth(1));
                    let has_year = digit(text[at + month.len()..].chars().nth(1));
                    let line = text[..at].lines().count();
                    assert!(has_day || has_year, "{path}:{line}: {month}");
                    months += 1;
                }
            }
        }
        assert!(months > 0, "the stories name days");
    }

    #[test]
    fn the_newest_story_is_out_and_less_than_a_week_old() {
        let check = |now: &str, expected| {
            let now = now.parse().expect("a time");
            assert_eq!(weeks([STORY, ""].into_iter(), now), expected, "{now}");
        };
        check("2026-11-19T06:00:00Z", 0);
        check("2026-11-26T05:59:59Z", 0);
        check("2026-11-26T06:00:00Z", 1);
        check("2026-11-19T05:59:59Z", -1);
    }
}
