//! The section `[gifts]`: what subscribers may give to others.

use std::time::Duration;

use gateway::{Gifts, MAX_GIFT_DAYS, MAX_GIFTS};
use toml::Spanned;

use super::check::Check;
use super::{raw, values};

/// Stories that a subscriber may give in a month, unless configured.
const A_MONTH: u16 = 10;

/// Days that a link is good for, unless configured: a working week.
const DAYS: u16 = 5;

/// Browsers that may open a link, unless configured: a family, a class or a
/// mailing list of friends, and no public.
const BROWSERS: u16 = 50;

const DAY: Duration = Duration::from_hours(24);

impl Check<'_> {
    /// Where no story may be given in a month, there are no gifts at all.
    pub(super) fn gifts(&mut self, raw: &raw::Gifts) -> Option<Gifts> {
        let a_month = self.number(raw.per_month.as_ref(), A_MONTH, 0);
        let browsers = self.number(raw.browsers.as_ref(), BROWSERS, 1);
        let days = self.value(raw.lasts.as_ref(), DAYS, days);
        Some(Gifts {
            a_month: a_month?,
            days: days?,
            browsers: browsers?,
        })
    }

    fn number(&mut self, raw: Option<&Spanned<u32>>, default: u16, least: u16) -> Option<u16> {
        let Some(raw) = raw else { return Some(default) };
        let number = u16::try_from(*raw.get_ref()).ok();
        let number = number.filter(|number| (least..=MAX_GIFTS).contains(number));
        if number.is_none() {
            self.wrong(raw, format!("this can be {least} to {MAX_GIFTS}"));
        }
        number
    }
}

fn days(text: &str) -> Result<u16, String> {
    let length = values::duration(text)?;
    let days = u16::try_from(length.as_secs() / DAY.as_secs()).unwrap_or(u16::MAX);
    if DAY * u32::from(days) != length || !(1..=MAX_GIFT_DAYS).contains(&days) {
        return Err(format!(
            "a gift link is good for whole days, \"1 day\" to \"{MAX_GIFT_DAYS} days\""
        ));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_good_for_whole_days() {
        for (text, expected) in [
            ("5 days", Some(5)),
            ("1 day", Some(1)),
            ("48 h", Some(2)),
            ("31 days", Some(31)),
            ("32 days", None),
            ("0 days", None),
            ("36 h", None),
            ("1 s", None),
            ("90000 days", None),
            ("soon", None),
        ] {
            assert_eq!(days(text).ok(), expected, "{text}");
        }
    }
}
