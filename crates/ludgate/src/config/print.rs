//! The section `[print]`: on which days the printed edition is delivered, until
//! when its addresses can be changed, and what its readers may wish.

use std::collections::BTreeSet;

use commerce::calendar::{Zone, read_day};
use commerce::delivery::{Days, Limits, MAX_LEAD_DAYS, Schedule};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use toml::Spanned;

use super::check::Check;
use super::errors::nearest;
use super::values::When;
use super::{raw, values};

/// How many days before a delivery its addresses are settled, unless configured:
/// one to make the file and one for the lorry.
const LEAD: u16 = 2;

/// How many suspensions may begin in a year, unless configured: every holiday.
const SUSPENSIONS: u16 = 6;

/// The most: one every week.
const MOST_SUSPENSIONS: u16 = 52;

/// How many days one may last, unless configured: five weeks of summer.
const LONGEST: u16 = 35;

/// How many days ahead a wish may begin, unless configured: half a year.
const AHEAD: u16 = 180;

/// The most of either.
const MOST_DAYS: u16 = 366;

/// For how many days what was in an export is kept, unless configured: two months
/// in which a fulfilment house asks for the file again.
const KEEP: u16 = 60;

/// The most: two years of a daily's.
const MOST_KEPT: u16 = 732;

/// The most days that are named one by one: a weekly's for ten years.
const MOST_NAMED: usize = 520;

/// The days of the week, as they are written.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// How print is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    pub(crate) schedule: Schedule,
    /// For how many days what was in an export is kept.
    pub(crate) keep_days: u16,
}

impl Check<'_> {
    /// `None` where nothing is said of print, and where that is wrong.
    pub(super) fn print(
        &mut self,
        raw: Option<&Spanned<raw::Print>>,
        zone: &TimeZone,
    ) -> Option<Print> {
        let at = raw?;
        let raw = at.get_ref();
        let mut days = Days::default();
        for one in &raw.days {
            match day(&one.get_ref().0) {
                Ok(Either::Weekly(weekday)) => days.weekdays.push(weekday),
                Ok(Either::Once(date)) => {
                    days.also.insert(date);
                }
                Err(message) => self.wrong(one, message),
            }
        }
        days.weekdays.sort_by_key(|day| day.to_monday_zero_offset());
        days.weekdays.dedup();
        days.except = self.dates(&raw.except);
        if raw.days.is_empty() {
            let help = "write days = [\"monday\", \"2026-12-27\"]";
            let message = "nothing is ever delivered: [print] needs its days".to_owned();
            self.wrong_with_help(at, message, help);
        }
        if raw.days.len().max(raw.except.len()) > MOST_NAMED {
            self.wrong(at, format!("{MOST_NAMED} days can be named at most"));
        }
        let whole = |least, most| move |text: &str| whole_days(text, least, most);
        let lead_days = self.value(raw.lead.as_ref(), LEAD, whole(0, MAX_LEAD_DAYS));
        let closes = self.value(raw.closes.as_ref(), Time::MAX, time);
        let longest = self.value(
            raw.longest_suspension.as_ref(),
            LONGEST,
            whole(1, MOST_DAYS),
        );
        let ahead = self.value(raw.ahead.as_ref(), AHEAD, whole(1, MOST_DAYS));
        let keep = self.value(raw.keep.as_ref(), KEEP, whole(1, MOST_KEPT));
        let a_year = raw.suspensions.as_ref();
        let a_year = a_year.map_or(Some(SUSPENSIONS), |number| {
            let few = Some(*number.get_ref()).filter(|number| *number <= MOST_SUSPENSIONS);
            if few.is_none() {
                self.wrong(number, format!("this can be 0 to {MOST_SUSPENSIONS}"));
            }
            few
        });
        Some(Print {
            schedule: Schedule {
                zone: Zone::new(zone.clone()).ok()?,
                days,
                lead_days: lead_days?,
                closes: closes?,
                in_grace: raw.grace,
                limits: Limits {
                    suspensions_a_year: a_year?,
                    longest_days: longest?,
                    ahead_days: ahead?,
                },
            },
            keep_days: keep?,
        })
    }

    fn dates(&mut self, raw: &[Spanned<When>]) -> BTreeSet<Date> {
        let mut dates = BTreeSet::new();
        for one in raw {
            match read_day(&one.get_ref().0) {
                Some(date) => {
                    dates.insert(date);
                }
                None => self.wrong(one, "write a date such as 2026-12-25"),
            }
        }
        dates
    }
}

/// A day of every week, or one that is named.
enum Either {
    Weekly(Weekday),
    Once(Date),
}

fn day(text: &str) -> Result<Either, String> {
    let found = WEEKDAYS.iter().find(|(name, _)| *name == text);
    if let Some((_, weekday)) = found {
        return Ok(Either::Weekly(*weekday));
    }
    if let Some(date) = read_day(text) {
        return Ok(Either::Once(date));
    }
    let names = WEEKDAYS.iter().map(|(name, _)| *name);
    Err(match nearest(text, names) {
        Some(near) => format!("\"{text}\" is no day; did you mean \"{near}\"?"),
        None => format!("\"{text}\" is no day; write \"monday\", or a date such as 2026-12-27"),
    })
}

fn time(text: &str) -> Result<Time, String> {
    let is_short = text.len() == "12:00".len();
    let time = text.parse().ok().filter(|_| is_short);
    time.ok_or_else(|| format!("\"{text}\" is no time of day; write one such as \"12:00\""))
}

fn whole_days(text: &str, least: u16, most: u16) -> Result<u16, String> {
    const DAY: u64 = 24 * 60 * 60;
    let length = values::duration(text)?;
    let days = u16::try_from(length.as_secs() / DAY).unwrap_or(u16::MAX);
    let is_whole = length.as_secs().is_multiple_of(DAY) && length.subsec_nanos() == 0;
    if !is_whole || !(least..=most).contains(&days) {
        return Err(format!(
            "this is counted in whole days, \"{least} days\" to \"{most} days\""
        ));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::Config;
    use super::*;

    /// A configuration with such a section; what is wrong with it.
    fn parse(section: &str) -> Result<Option<Print>, Vec<String>> {
        let text = format!(
            "[publication]\nname = \"Review\"\nurl = \"https://review.example\"\n\
             timezone = \"Asia/Tokyo\"\n[origin]\ncontent = \"content\"\n{section}"
        );
        let config = Config::parse(&text, Path::new(""));
        let config =
            config.map_err(|errors| errors.iter().map(|error| error.message.clone()).collect());
        config.map(|config| config.print)
    }

    #[test]
    fn days_limits_and_times_are_read_as_they_are_meant() {
        assert_eq!(parse(""), Ok(None));
        let print = parse(
            "[print]\ndays = [\"saturday\", \"monday\", \"monday\", \"2026-12-27\", 2027-01-03]\n\
             except = [2026-12-26]\nlead = \"3 days\"\ncloses = \"14:30\"\nsuspensions = 2\n\
             longest_suspension = \"14 days\"\nahead = \"90 days\"\ngrace = false\n\
             keep = \"30 days\"",
        );
        let Ok(Some(print)) = print else {
            panic!("{print:?}");
        };
        let schedule = print.schedule;
        assert_eq!(schedule.days.weekdays, [Weekday::Monday, Weekday::Saturday]);
        assert_eq!(
            (schedule.days.also.len(), schedule.days.except.len()),
            (2, 1)
        );
        assert_eq!((schedule.lead_days, schedule.in_grace), (3, false));
        assert_eq!(schedule.closes.to_string(), "14:30:00");
        let Limits {
            suspensions_a_year,
            longest_days,
            ahead_days,
        } = schedule.limits;
        assert_eq!((suspensions_a_year, longest_days, ahead_days), (2, 14, 90));
        assert_eq!(print.keep_days, 30);
        let usual = parse("[print]\ndays = [\"sunday\"]");
        let usual = usual.expect("a configuration").expect("print").schedule;
        assert_eq!((usual.lead_days, usual.closes), (LEAD, Time::MAX));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (section, expected) in [
            (
                "days = []",
                "nothing is ever delivered: [print] needs its days",
            ),
            (
                "days = [\"mondy\"]",
                "\"mondy\" is no day; did you mean \"monday\"?",
            ),
            (
                "days = [\"2026-02-30\"]",
                "\"2026-02-30\" is no day; write \"monday\", or a date such as 2026-12-27",
            ),
            (
                "days = [\"monday\"]\nexcept = [\"tuesday\"]",
                "write a date such as 2026-12-25",
            ),
            (
                "days = [\"monday\"]\nlead = \"36 h\"",
                "this is counted in whole days, \"0 days\" to \"31 days\"",
            ),
            (
                "days = [\"monday\"]\nlead = \"60 days\"",
                "this is counted in whole days, \"0 days\" to \"31 days\"",
            ),
            (
                "days = [\"monday\"]\ncloses = \"noon\"",
                "\"noon\" is no time of day; write one such as \"12:00\"",
            ),
            (
                "days = [\"monday\"]\nsuspensions = 100",
                "this can be 0 to 52",
            ),
        ] {
            let found = parse(&format!("[print]\n{section}"));
            assert_eq!(found, Err(vec![expected.to_owned()]), "{section}");
        }
    }
}
