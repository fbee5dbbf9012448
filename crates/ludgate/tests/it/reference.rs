//! The reference is whole: every command with its help, every key of the
//! configuration in its section, every metric.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::alerts::metrics;
use crate::program::said;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words of a text, wherever its lines end.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the program says of a command, and of all below it.
fn helps(command: &[&str], all: &mut BTreeMap<String, String>) {
    let (code, help) = said(&[command, &["--help"]].concat());
    assert_eq!(code, 0, "{command:?}: {help}");
    let list = help.split_once("Commands:\n").map(|(_, list)| list);
    let list = list.unwrap_or_default().lines();
    for line in list.take_while(|line| !line.is_empty()) {
        let named = line
            .strip_prefix("  ")
            .filter(|line| !line.starts_with(' '));
        let named = named.and_then(|line| line.split_whitespace().next());
        if let Some(name) = named.filter(|name| *name != "help") {
            helps(&[command, &[name]].concat(), all);
        }
    }
    all.insert(command.join(" "), help);
}

#[test]
fn every_command_is_in_the_reference_word_by_word() {
    let mut all = BTreeMap::new();
    helps(&[], &mut all);
    assert!(all.len() > 30, "{}", all.len());
    let reference = text("../../docs/reference/command-line.md");
    let blocks: BTreeSet<String> = reference.split("```").map(words).collect();
    for (command, help) in all {
        let help = words(&format!("text {help}"));
        assert!(
            blocks.contains(&help),
            "the reference doesn't say what ludgate {command} --help says: {help}"
        );
    }
}

/// Which sections of the reference have the keys of which tables, as the code
/// names these.
const SECTIONS: [(&str, &[&str]); 26] = [
    ("[publication]", &["Publication"]),
    ("[server]", &["Server"]),
    ("[server.tls]", &["Tls", "Pair"]),
    ("[server.tls.acme]", &["Acme", "External"]),
    ("[origin]", &["Origin", "Secret", "Route"]),
    ("[articles]", &["Articles", "Preview"]),
    ("[gate]", &["Gate"]),
    ("[crawlers]", &["Crawlers"]),
    ("[privacy]", &["Privacy"]),
    ("[gifts]", &["Gifts"]),
    ("[[apps]]", &["App"]),
    ("[api]", &["Api"]),
    ("[app]", &["OwnApp"]),
    ("[meter]", &["MeterStore"]),
    ("[[meters]]", &["Meter", "Allowance"]),
    (
        "[[rules]]",
        &["Rule", "Table", "Published", "Time", "ThenTable"],
    ),
    ("[links]", &["Links"]),
    (
        "[products], [plans] and [[offers]]",
        &["Product", "Plan", "Seats", "Offer", "Phase", "Uses"],
    ),
    ("[terms]", &["Terms"]),
    ("[tax]", &["Tax", "Levy"]),
    ("[invoices]", &["Invoices"]),
    (
        "[accounts], [mail] and [payments]",
        &["Accounts", "Mail", "Payments"],
    ),
    ("[print]", &["Print"]),
    ("[theme]", &["Theme"]),
    ("[log]", &["Log"]),
    ("[debug]", &["Debug"]),
];

/// What has none: the file itself, whose keys are the sections, and a preset,
/// which is in the program.
const NO_SECTION: [&str; 2] = ["File", "Preset"];

/// The tables that a source file declares, with their keys.
fn tables(source: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut table, mut renamed) = (None, None);
    for line in source.lines() {
        let bare = line.trim_start();
        let bare = bare.strip_prefix("pub").map_or(bare, |rest| {
            rest.split_once(") ")
                .map_or(rest.trim_start(), |(_, rest)| rest)
        });
        if let Some(rest) = bare.strip_prefix("struct ") {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next();
            table = name.filter(|_| rest.ends_with('{')).map(str::to_owned);
        } else if line == "}" {
            table = None;
        } else if let Some(name) = bare.strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let (Some(table), Some((key, _))) = (&table, bare.split_once(": "))
            && key
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c == b'_' || c == b'#')
        {
            let key = renamed.take().unwrap_or_else(|| key.replace("r#", ""));
            tables.entry(table.clone()).or_default().push(key);
        }
    }
    tables
}

#[test]
fn every_key_is_in_its_section_of_the_reference() {
    let reference = text("../../docs/reference/configuration.md");
    let sections: BTreeMap<&str, &str> = reference
        .split("\n## ")
        .filter_map(|section| section.split_once('\n'))
        .collect();
    let mut known = 0;
    let mut homeless = Vec::new();
    for file in ["raw.rs", "accounts/raw.rs", "sales/raw.rs"] {
        for (table, keys) in tables(&text(&format!("src/config/{file}"))) {
            let mut homes = SECTIONS.iter();
            let Some((name, _)) = homes.find(|(_, tables)| tables.contains(&table.as_str())) else {
                homeless.push(table);
                continue;
            };
            let section = sections.get(name).copied();
            let section = section.unwrap_or_else(|| panic!("no section {name}"));
            for key in keys {
                // In a table's row, or within braces: `{ country, rate }`.
                let is_there = section.split('`').skip(1).step_by(2).any(|code| {
                    code.split(|c: char| !c.is_ascii_lowercase() && c != '_')
                        .any(|word| word == key)
                });
                assert!(is_there, "{name} says nothing of {key}");
                known += 1;
            }
        }
    }
    assert_eq!(homeless, NO_SECTION);
    assert!(known > 180, "{known}");
}

#[test]
fn every_metric_is_in_the_reference() {
    let metrics = metrics();
    let reference = text("../../docs/reference/metrics.md");
    let mut known = 0;
    for line in metrics.lines() {
        let Some(declared) = line.strip_prefix("# TYPE ") else {
            continue;
        };
        let (name, kind) = declared.split_once(' ').expect("a kind");
        // A counter's samples end so, and people ask for samples.
        let ending = if kind == "counter" { "_total" } else { "" };
        let row = format!("| `{name}{ending}` | {kind} |");
        assert!(reference.contains(&row), "no {row}");
        known += 1;
    }
    assert!(known > 30, "{known}");
}
