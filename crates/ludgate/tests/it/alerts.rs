//! The guide's alerts: they watch metrics that there are.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use crate::program::get;
use crate::secure::{FILES, Signer, paper};

/// What is there only once something has happened: a certificate ordered from an
/// authority, a count written.
const LATER: [&str; 2] = ["ludgate_acme_failing", "ludgate_meter_last_write_seconds"];

fn guide(file: &str) -> PathBuf {
    let guides = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    guides.join(file)
}

fn text(file: &str) -> String {
    std::fs::read_to_string(guide(file)).expect("the file")
}

/// The metrics that a text names, each with the reason, verdict or outcome that
/// it is asked for, if it is asked for one.
fn asked(text: &str) -> BTreeSet<(String, String)> {
    let lines = text.lines().filter(|line| line.contains("expr:"));
    let parts = lines.flat_map(|line| line.split("ludgate_").skip(1));
    let mut asked = BTreeSet::new();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_lowercase() && c != '_');
        let (name, rest) = part.split_at(end.unwrap_or(part.len()));
        let label = rest
            .strip_prefix('{')
            .and_then(|rest| rest.split('}').next());
        let Some((label, value)) = label.and_then(|label| label.split_once('=')) else {
            asked.insert((format!("ludgate_{name}"), String::new()));
            continue;
        };
        for value in value.trim_matches(['~', '"']).split('|') {
            asked.insert((format!("ludgate_{name}"), format!("{label}=\"{value}\"")));
        }
    }
    asked
}

/// What a server with a certificate says of itself at its start.
pub(crate) fn metrics() -> String {
    let signer = Signer::new();
    let paper = paper("", FILES);
    signer.renew(&paper);
    let server = paper.serve();
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (_, metrics) = get(server.admin, "/metrics", &bearer);
    metrics
}

#[test]
fn every_metric_that_an_alert_asks_about_is_there_from_the_start() {
    let metrics = metrics();
    let asked = asked(&text("guides/going-live/alerts.yml"));
    assert!(asked.len() >= 14, "{asked:?}");
    let reference = text("reference/metrics.md");
    for (name, label) in &asked {
        assert!(
            reference.contains(&format!("`{name}`")),
            "no {name} in the reference"
        );
        let is_there = metrics.lines().any(|line| {
            let rest = line.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.starts_with(['{', ' ']) && rest.contains(label))
        });
        assert!(
            is_there || LATER.contains(&name.as_str()),
            "no {name} with {label}"
        );
    }
}

#[test]
#[ignore = "asks promtool"]
fn alerts_rise_when_they_should_and_at_no_other_time() {
    for words in [
        ["check", "rules", "alerts.yml"],
        ["test", "rules", "alerts.test.yml"],
    ] {
        let asked = Command::new("promtool")
            .args(words)
            .current_dir(guide("guides/going-live"))
            .output();
        let asked = asked.expect("promtool");
        let said = String::from_utf8_lossy(&asked.stdout);
        let complaint = String::from_utf8_lossy(&asked.stderr);
        assert!(asked.status.success(), "{words:?}: {said}{complaint}");
    }
}
