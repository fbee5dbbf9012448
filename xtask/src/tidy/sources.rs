//! What every source file owes its reader.

use std::fs;
use std::path::{Path, PathBuf};

use super::Finding;
use crate::run::Failed;

/// The longest file: three times what fits comfortably in one head.
const MAX_LINES: usize = 600;

/// Names that say nothing. A thing lives with its noun.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

/// Marks of unfinished work, each in two halves so that this file has none.
const UNFINISHED: &[(&str, &str)] = &[
    ("todo", "!("),
    ("unimplemented", "!("),
    ("TO", "DO"),
    ("FIX", "ME"),
];

/// Files in which unfinished work can hide.
const CODE: &[&str] = &["rs", "js", "css", "html", "toml", "ftl", "sh"];

/// Checks all source files.
pub(super) fn check(root: &Path, files: &[PathBuf]) -> Result<Vec<Finding>, Failed> {
    let mut findings = Vec::new();
    for file in files {
        let extension = file.extension().and_then(|extension| extension.to_str());
        if !extension.is_some_and(|extension| CODE.contains(&extension)) {
            continue;
        }
        let text = fs::read_to_string(root.join(file))
            .map_err(|error| Failed::new(format!("{}: {error}", file.display())))?;
        findings.extend(source(file, &text));
    }
    Ok(findings)
}

fn source(file: &Path, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |line: usize, what: String| findings.push(Finding::new(file, line, what));
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    if EMPTY_NAMES.contains(&stem) {
        found(
            1,
            format!("\"{stem}\" says nothing; name the file after what it is about"),
        );
    }
    if file.extension().is_some_and(|extension| extension == "rs") {
        if !text.starts_with("//! ") {
            found(
                1,
                "a module opens with `//!`: what it is for, and what it must not do".into(),
            );
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            found(
                MAX_LINES,
                format!("{lines} lines; divide it by its nouns, at most {MAX_LINES}"),
            );
        }
    }
    for (index, line) in text.lines().enumerate() {
        for (start, end) in UNFINISHED {
            let mark = format!("{start}{end}");
            if line.contains(&mark) {
                found(index + 1, format!("\"{mark}\": finish it, or leave it out"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_file_opens_with_its_purpose_is_short_well_named_and_finished() {
        let unfinished = format!("//! Words.\n// {}{}: later\n", "TO", "DO");
        let long = format!("//! Words.\n{}", "\n".repeat(MAX_LINES));
        let rows: &[(&str, &str, &[usize])] = &[
            ("a/src/gate.rs", "//! The gate.\nmod a;\n", &[]),
            ("a/src/gate.rs", "mod a;\n", &[1]),
            ("a/src/gate.rs", "", &[1]),
            ("a/src/utils.rs", "//! Words.\n", &[1]),
            ("a/src/gate.rs", &unfinished, &[2]),
            ("site.js", &unfinished, &[2]),
            ("a/src/gate.rs", &long, &[MAX_LINES]),
            ("site.css", "\n", &[]),
        ];
        for (file, text, expected) in rows {
            let lines: Vec<usize> = source(Path::new(file), text)
                .iter()
                .map(|finding| finding.line)
                .collect();
            assert_eq!(lines, *expected, "{file}");
        }
    }
}
