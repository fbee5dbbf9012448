//! Pages that aren't stories, such as the imprint.

use super::draft::{Draft, references_of, slug_of, split};
use super::error::Findings;
use super::fields::Sheet;
use super::markdown::{self, Body, Typography};
use super::slug::Slug;

/// A page that isn't a story, such as the imprint.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) slug: Slug,
    pub(crate) title: String,
    pub(crate) standfirst: String,
    pub(crate) description: String,
    pub(crate) body: Body,
}

/// Reads a page that isn't a story; `None` where it can't be taken apart.
pub(crate) fn read_page(
    file: &str,
    text: &str,
    typography: Typography,
    findings: &mut Findings,
) -> Option<Draft<Page>> {
    let slug = slug_of(file, findings);
    let parts = split(file, text, findings)?;
    let mut sheet = Sheet::new(file, parts.front, 1, findings);
    let mut fields = sheet.parse();
    let title = fields.text(&mut sheet, "title", "title = \"About us\"");
    let standfirst = fields.optional_text(&mut sheet, "standfirst");
    let description = fields.optional_text(&mut sheet, "description");
    fields.finish(&mut sheet);
    let body = markdown::render(
        file,
        parts.body,
        parts.lines_before_body,
        typography,
        findings,
    );
    let references = references_of(&body).collect();
    let mut standfirst = standfirst.map(|text| text.value).unwrap_or_default();
    let item = slug.zip(title).map(|(slug, title)| {
        let mut title = title.value;
        typography.polish_all([&mut title, &mut standfirst]);
        let description = description.map_or_else(|| standfirst.clone(), |text| text.value);
        Page {
            slug,
            title,
            standfirst,
            description,
            body,
        }
    });
    Some(Draft { item, references })
}
