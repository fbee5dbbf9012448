//! `[[series]]` of `publication.toml`: what runs over several stories.

use super::error::Problem;
use super::fields::{Fields, Placed, Sheet};
use super::slug::Slug;
use super::story::MOST_PARTS;

/// The most series: one begun each month for twenty years.
const MOST: usize = 240;

/// Stories that belong together, in an order.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) id: Slug,
    pub(crate) title: String,
    pub(crate) standfirst: Option<String>,
    /// How many parts it will have, where that is known.
    pub(crate) parts: Option<u16>,
}

/// The list `[[series]]`.
pub(super) fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for mut table in fields.many_tables(sheet, "series", MOST) {
        let id = table.text(sheet, "id", "id = \"the-harbour-papers\"");
        let title = table.text(sheet, "title", "title = \"The harbour papers\"");
        let standfirst = table.optional_text(sheet, "standfirst");
        let parts = table.number(sheet, "parts", 2..=MOST_PARTS);
        table.finish(sheet);
        let (Some(Placed { value, line }), Some(title)) = (id, title) else {
            continue;
        };
        let Some(slug) = Slug::parse(&value) else {
            sheet.add(line, Problem::BadSlug(value));
            continue;
        };
        if all.iter().any(|other| other.id == slug) {
            let (slug, other) = (value, "another series".to_owned());
            sheet.add(line, Problem::Duplicate { slug, other });
            continue;
        }
        all.push(Series {
            id: slug,
            title: title.value,
            standfirst: standfirst.map(|text| text.value),
            parts: parts.and_then(|parts| u16::try_from(parts).ok()),
        });
    }
    all
}
