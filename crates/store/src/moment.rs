//! How times are written in columns: whole microseconds since 1970 in UTC.
//!
//! Facts hold their times to the nanosecond in their own text; columns are for
//! looking things up.

use jiff::Timestamp;

use crate::error::StoreError;

/// The microsecond that the time lies in.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The first microsecond that isn't before the time: what is due then isn't
/// found too early.
pub(crate) fn micros_up(at: Timestamp) -> i64 {
    let micros = at.as_microsecond();
    let whole = Timestamp::from_microsecond(micros).is_ok_and(|whole| whole >= at);
    if whole {
        micros
    } else {
        micros.saturating_add(1)
    }
}

/// Reads a column.
pub(crate) fn timestamp(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros)
        .map_err(|_| StoreError::damaged(format!("{micros} is no time in microseconds")))
}

/// Reads a column that may be empty.
pub(crate) fn some_timestamp(micros: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    micros.map(timestamp).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_within_a_microsecond_is_found_after_it_and_not_before() {
        let check = |text: &str, down: i64, up: i64| {
            let at: Timestamp = text.parse().expect("a time");
            assert_eq!((micros(at), micros_up(at)), (down, up), "{text}");
        };
        check("1970-01-01T00:00:01Z", 1_000_000, 1_000_000);
        check("1970-01-01T00:00:00.000001001Z", 1, 2);
        check("1970-01-01T00:00:00.000000999Z", 0, 1);
        check("1969-12-31T23:59:59.999999999Z", 0, 0);
    }
}
