//! Where something is delivered: a row's postal address.

use commerce::address::{LONGEST_LINE, PostalAddress};

use crate::error::{RowError, Wrong};
use crate::rows::Cells;

/// The lines between name and town.
const STREETS: [&str; 4] = [
    "post_street",
    "post_street_2",
    "post_street_3",
    "post_street_4",
];

/// What only an address has. A country alone is none: spreadsheets fill it in
/// from top to bottom.
const OF_AN_ADDRESS: [&str; 4] = ["post_name", "post_city", "post_region", "post_code"];

/// The address of a row, whole, or none. Whoever isn't named in it is who the
/// row is about, and lives where they are taxed.
pub(crate) fn address(cells: &Cells<'_>) -> Result<Option<PostalAddress>, RowError> {
    let mut columns = STREETS.iter().chain(&OF_AN_ADDRESS);
    if columns.all(|column| cells.some(column).is_none()) {
        return Ok(None);
    }
    let line = |column| cells.short(column, LONGEST_LINE);
    let missing = |column| cells.error(Some(column), Wrong::Nothing);
    let needed = |column| line(column)?.ok_or_else(|| missing(column));
    let name = match line("post_name")? {
        Some(name) => Some(name),
        None => cells.short_as("name", LONGEST_LINE, "post_name")?,
    };
    let country = match cells.country("post_country")? {
        Some(country) => Some(country),
        None => cells.country("country")?,
    };
    let mut lines = vec![needed("post_street")?];
    for column in STREETS.into_iter().skip(1) {
        lines.extend(line(column)?);
    }
    let address = PostalAddress {
        name: name.ok_or_else(|| missing("post_name"))?,
        lines,
        city: needed("post_city")?,
        region: line("post_region")?,
        postcode: line("post_code")?,
        country: country.ok_or_else(|| missing("post_country"))?,
    };
    let checked = address.checked();
    checked
        .map(Some)
        .map_err(|error| cells.error(Some("post_street"), Wrong::Post(error)))
}
