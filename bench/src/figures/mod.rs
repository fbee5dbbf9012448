//! What is measured, one module per group.

mod crates;
mod http;
mod ready;

use std::path::Path;

use anyhow::Result;

use crate::effort::Effort;
use crate::report::Figure;

/// The groups, in the order of the table.
pub(crate) const GROUPS: [&str; 6] = ["http", "latency", "decide", "meter", "ready", "page"];

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
    Ok(figures)
}
