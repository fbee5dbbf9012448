//! Days as people write them.

use jiff::civil::Date;

/// A day that is written as 2026-12-01, and in no other way: a time of day would be
/// passed over, and whoever wrote one meant something by it. `None` for anything else.
pub fn read_day(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way() {
        let check = |text: &str, is_day: bool| {
            let found = read_day(text).map(|day| day.to_string());
            assert_eq!(found.as_deref(), is_day.then_some(text), "{text:?}");
        };
        check("2026-12-01", true);
        check("2028-02-29", true);
        for text in [
            "",
            "20261208",
            "2026-12-08T10:00",
            "2026-12-08 10:00",
            "2026-12-08T10:00:00Z",
            "+002026-12-08",
            "2026-12-8",
            "2026-W50-2",
            " 2026-12-08",
            "2026-02-30",
            "tomorrow",
        ] {
            check(text, false);
        }
    }
}
