//! `[front]` of `publication.toml`: what the editor puts on the front page, in
//! which order, and how much of it.

use super::error::Problem;
use super::fields::{Fields, Placed, Sheet};

/// What the editor put on the front page. Places that are left out, or whose
/// story isn't out, are filled with the latest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front {
    pub(crate) lead: Option<Placed<String>>,
    pub(crate) secondary: Vec<Placed<String>>,
    pub(crate) opinion: Vec<Placed<String>>,
    pub(crate) picks: Vec<Placed<String>>,
    pub(crate) room: Room,
    /// The rivers in the editor's order; empty for every section in the order
    /// of the menu.
    pub(crate) rivers: Vec<River>,
}

/// How many stories each place takes at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) secondary: usize,
    pub(crate) opinion: usize,
    pub(crate) picks: usize,
    pub(crate) latest: usize,
    pub(crate) most_read: usize,
    pub(crate) sponsored: usize,
    /// In each river that doesn't say otherwise.
    pub(crate) river: usize,
}

impl Default for Room {
    /// What the grid has room for without an empty or an overlong column.
    fn default() -> Self {
        Self {
            secondary: 4,
            opinion: 3,
            picks: 6,
            latest: 8,
            most_read: 5,
            sponsored: 3,
            river: 4,
        }
    }
}

/// The most stories of a place: with more, it would be a list and no choice.
const MOST: i16 = 20;

/// A section's headlines.
#[derive(Clone, Debug)]
pub(crate) struct River {
    pub(crate) section: Placed<String>,
    /// How many headlines, where it isn't as many as in the others.
    pub(crate) stories: Option<usize>,
}

impl Front {
    /// Every story named, with the key that names it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, &Placed<String>)> {
        let keyed = |key| move |name| (key, name);
        (self.lead.iter().map(keyed("lead")))
            .chain(self.secondary.iter().map(keyed("secondary")))
            .chain(self.opinion.iter().map(keyed("opinion")))
            .chain(self.picks.iter().map(keyed("picks")))
    }

    pub(super) fn read(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Self {
        let front = Self {
            lead: table.optional_text(sheet, "lead"),
            secondary: table.texts(sheet, "secondary"),
            opinion: table.texts(sheet, "opinion"),
            picks: table.texts(sheet, "picks"),
            room: table
                .table(sheet, "room")
                .map_or_else(Room::default, |table| Room::read(table, sheet)),
            rivers: rivers(&mut table, sheet),
        };
        table.finish(sheet);
        front
    }
}

impl Room {
    fn read(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Self {
        let usual = Self::default();
        let mut take = |key, usual: usize| {
            let number = table.number(sheet, key, 0..=MOST);
            number
                .and_then(|number| usize::try_from(number).ok())
                .unwrap_or(usual)
        };
        let room = Self {
            secondary: take("secondary", usual.secondary),
            opinion: take("opinion", usual.opinion),
            picks: take("picks", usual.picks),
            latest: take("latest", usual.latest),
            most_read: take("most_read", usual.most_read),
            sponsored: take("sponsored", usual.sponsored),
            river: take("river", usual.river),
        };
        table.finish(sheet);
        room
    }
}

fn rivers(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<River> {
    let mut rivers: Vec<River> = Vec::new();
    for mut table in fields.tables(sheet, "rivers") {
        let section = table.text(sheet, "section", "section = \"city\"");
        let stories = table.number(sheet, "stories", 1..=MOST);
        table.finish(sheet);
        let Some(section) = section else { continue };
        if rivers
            .iter()
            .any(|other| other.section.value == section.value)
        {
            let (key, name, how) = ("rivers", section.value, "twice");
            sheet.add(section.line, Problem::Pointless { key, name, how });
            continue;
        }
        rivers.push(River {
            section,
            stories: stories.and_then(|number| usize::try_from(number).ok()),
        });
    }
    rivers
}
