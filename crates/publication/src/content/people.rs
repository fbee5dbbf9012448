//! `[[authors]]` of `publication.toml`: who they are that write, beyond their
//! names.

use super::error::Problem;
use super::fields::{Fields, Placed, Sheet};
use super::head;
use super::slug::topic_id;
use super::story::Picture;

/// The most that can be introduced: everybody in a large newsroom, and those who
/// have left.
const MOST: usize = 1000;

/// Somebody who writes.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    /// What their page's address ends in.
    pub(crate) id: String,
    /// As bylines write it.
    pub(crate) name: Placed<String>,
    /// What they are to the paper.
    pub(crate) role: Option<String>,
    pub(crate) biography: Option<String>,
    /// A likeness; `None` for none.
    pub(crate) picture: Option<Picture>,
    /// The reference to its file, with its line.
    pub(crate) picture_file: Option<Placed<String>>,
    /// Where readers write to them.
    pub(crate) email: Option<String>,
}

/// The list `[[authors]]`.
pub(super) fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<Author> {
    let mut authors: Vec<Author> = Vec::new();
    for mut table in fields.many_tables(sheet, "authors", MOST) {
        let name = table.text(sheet, "name", "name = \"First Last\"");
        let role = table.optional_text(sheet, "role");
        let biography = table.optional_text(sheet, "biography");
        let picture = table
            .table(sheet, "picture")
            .map(|table| head::picture(table, sheet));
        let email = email(&mut table, sheet);
        table.finish(sheet);
        let Some(name) = name else { continue };
        let author = Author {
            id: topic_id(&name.value),
            role: role.map(|text| text.value),
            biography: biography.map(|text| text.value),
            picture_file: picture.as_ref().and_then(|(_, file)| file.clone()),
            picture: picture.and_then(|(picture, _)| picture),
            email,
            name,
        };
        if authors.iter().any(|other| other.id == author.id) {
            let Placed { value: name, line } = author.name;
            let (key, how) = ("authors", "twice");
            sheet.add(line, Problem::Pointless { key, name, how });
            continue;
        }
        authors.push(author);
    }
    authors
}

/// An address that can stand in a `mailto:` as it is.
fn email(table: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<String> {
    let key = "email";
    let Placed { value, line } = table.optional_text(sheet, key)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let is_address = value.chars().all(plain)
        && value.split_once('@').is_some_and(|(who, where_)| {
            !who.is_empty() && !where_.is_empty() && !where_.contains('@')
        });
    if !is_address {
        let what = "must be an address such as desk@review.example".to_owned();
        sheet.add(line, Problem::BadText { key, what });
        return None;
    }
    Some(value)
}
