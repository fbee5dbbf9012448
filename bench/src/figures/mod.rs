//! What is measured, one module per group.

mod contest;
mod crates;
mod http;
mod metered;
mod publication;
mod ready;
mod selling;
mod site;

use std::path::Path;

use anyhow::Result;

use crate::effort::Effort;
use crate::report::Figure;

/// The groups, in the order of the table.
pub(crate) const GROUPS: [&str; 13] = [
    "http",
    "latency",
    site::STORIES,
    site::FILES,
    site::CROWD,
    "decide",
    "meter",
    "ready",
    "page",
    publication::PUBLICATION,
    selling::SUBSCRIBERS,
    selling::SIGN_INS,
    selling::NIGHT,
];

/// The groups that `--only` may name together.
pub(crate) const TOGETHER: [(&str, [&str; 3]); 2] = [
    ("site", [site::STORIES, site::FILES, site::CROWD]),
    (
        "selling",
        [selling::SUBSCRIBERS, selling::SIGN_INS, selling::NIGHT],
    ),
];

/// The tables of the documentation, by the marks between which they are written.
pub(crate) const TABLES: [&str; 2] = [FIGURES, ARCHIVE];

const FIGURES: &str = "figures";
/// What takes an archive to be written and indexed first stands by itself.
const ARCHIVE: &str = "archive";

/// The groups of a table.
pub(crate) fn groups_of(table: &str) -> impl Iterator<Item = &'static str> {
    let of = |group: &str| match group {
        publication::PUBLICATION => ARCHIVE,
        _ => FIGURES,
    };
    GROUPS.into_iter().filter(move |group| of(group) == table)
}

/// Measures the groups that `wanted` names.
pub(crate) fn measure(dir: &Path, effort: &Effort, wanted: &[&str]) -> Result<Vec<Figure>> {
    let wants = |group: &str| wanted.contains(&group);
    let mut figures = Vec::new();
    if wants("http") || wants("latency") {
        figures.extend(http::measure(
            &dir.join("http"),
            effort,
            wants("http"),
            wants("latency"),
        )?);
    }
    figures.extend(site::measure(&dir.join("site"), effort, wants)?);
    if wants("decide") {
        figures.extend(crates::decide()?);
    }
    if wants("meter") && effort.crates {
        figures.extend(crates::meter(effort)?);
    }
    if wants("ready") {
        figures.push(ready::measure(&dir.join("ready"), effort)?);
    }
    if wants("page") && effort.crates {
        figures.extend(crates::page()?);
    }
    if wants(publication::PUBLICATION) {
        let dir = dir.join(publication::PUBLICATION);
        figures.extend(publication::measure(&dir, effort)?);
    }
    figures.extend(selling::measure(&dir.join("selling"), effort, wants)?);
    Ok(figures)
}
