//! Every dependency has a line in ARCHITECTURE.md saying why it is there, and a
//! few must not be there at all.

use std::fs;
use std::path::Path;

use super::Finding;
use crate::run::Failed;

/// What nothing may bring in, and why not.
const UNWANTED: &[(&str, &str)] = &[
    (
        "aws-lc-rs",
        "with a second provider of cryptography the TLS library can't choose",
    ),
    (
        "openssl-sys",
        "TLS is rustls', and needs no library of the system's",
    ),
];

/// Checks the root manifest against the table.
pub(super) fn check(root: &Path) -> Result<Vec<Finding>, Failed> {
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).map_err(|error| Failed::new(format!("{name}: {error}")))
    };
    let mut findings = compare(&read("Cargo.toml")?, &read("ARCHITECTURE.md")?);
    findings.extend(unwanted(&read("Cargo.lock")?));
    Ok(findings)
}

fn unwanted(lock: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, why) in UNWANTED {
        let entry = format!("name = \"{name}\"");
        if let Some(index) = lock.lines().position(|line| line == entry) {
            let what = format!("{name}: {why}; turn off the feature that brings it in");
            findings.push(Finding::new("Cargo.lock", index + 1, what));
        }
    }
    findings
}

fn compare(manifest: &str, architecture: &str) -> Vec<Finding> {
    let declared = declared(manifest);
    let explained = explained(architecture);
    let missing = declared
        .iter()
        .filter(|(_, name)| !explained.iter().any(|(_, known)| known == name))
        .map(|(line, name)| {
            let what = format!(
                "{name} isn't in ARCHITECTURE.md's table of dependencies; \
                                say there why it, and what would replace it"
            );
            Finding::new("Cargo.toml", *line, what)
        });
    let gone = explained
        .iter()
        .filter(|(_, name)| !declared.iter().any(|(_, known)| known == name))
        .map(|(line, name)| {
            let what = format!("{name} is no dependency of the workspace; take it out");
            Finding::new("ARCHITECTURE.md", *line, what)
        });
    missing.chain(gone).collect()
}

/// Line and name of what `[workspace.dependencies]` declares, ours left out.
fn declared(manifest: &str) -> Vec<(usize, &str)> {
    let lines = manifest.lines().enumerate();
    lines
        .skip_while(|(_, line)| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|(_, line)| !line.starts_with('['))
        .filter(|(_, line)| !line.contains("path = "))
        .filter_map(|(index, line)| Some((index + 1, line.split_once('=')?.0.trim())))
        .filter(|(_, name)| !name.starts_with('#'))
        .collect()
}

/// Line and name of what the table's first column has in backticks. What is
/// in brackets there is a feature.
fn explained(architecture: &str) -> Vec<(usize, &str)> {
    let lines = architecture.lines().enumerate();
    lines
        .skip_while(|(_, line)| !line.starts_with("| dependency |"))
        .skip(2)
        .take_while(|(_, line)| line.starts_with('|'))
        .flat_map(|(index, line)| {
            let first = line.split('|').nth(1).unwrap_or_default();
            let names = first.split(" (").next().unwrap_or_default();
            names
                .split('`')
                .skip(1)
                .step_by(2)
                .map(move |name| (index + 1, name))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_provider_of_cryptography_is_found() {
        let lock = "[[package]]\nname = \"ring\"\n\n[[package]]\nname = \"aws-lc-rs\"\n";
        let lines: Vec<usize> = unwanted(lock).iter().map(|found| found.line).collect();
        assert_eq!(lines, [5]);
        assert_eq!(unwanted("[[package]]\nname = \"ring\"\n"), []);
    }

    #[test]
    fn manifest_and_table_name_the_same_dependencies() {
        let table =
            "x\n| dependency | why |\n| --- | --- |\n| `a`, `b` (`c`) | d |\n\n| `e` | f |\n";
        let check = |manifest: &str, expected: &[(&str, usize)]| {
            let manifest = format!("[workspace.dependencies]\n{manifest}\n[profile]\nz = 1\n");
            let findings = compare(&manifest, table);
            let places: Vec<(&str, usize)> = findings
                .iter()
                .map(|finding| (finding.file.to_str().expect("text"), finding.line))
                .collect();
            assert_eq!(places, expected, "{manifest}");
        };
        check(
            "own = { path = \"own\" }\na = \"1\"\nb = { version = \"2\" }",
            &[],
        );
        check("a = \"1\"\nb = \"1\"\nnew = \"1\"", &[("Cargo.toml", 4)]);
        check("a = \"1\"", &[("ARCHITECTURE.md", 4)]);
    }
}
