//! Files as other systems write them, and files of garbage.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod garbage;
mod systems;

use jiff::tz::TimeZone;
use ludgate_import::{Format, Row, Rows, Subscriber};

/// Every row of a text, or why the file can't be read.
fn rows(format: Format, text: impl AsRef<[u8]>) -> Result<Vec<Row>, String> {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let mut rows =
        Rows::open(text.as_ref(), Some(format), zone).map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    while let Some(row) = rows.next_row().map_err(|error| error.to_string())? {
        all.push(row);
    }
    Ok(all)
}

/// Every row of a text without mistakes.
fn subscribers(format: Format, text: &str) -> Vec<Subscriber> {
    let rows = rows(format, text).expect("a file");
    let good = |row: Row| row.subscriber.unwrap_or_else(|error| panic!("{error}"));
    rows.into_iter().map(good).collect()
}
