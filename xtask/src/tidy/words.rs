//! What must not be in the repository: hosts that a mirror stands in for, and
//! paths of the machine on which somebody happens to work.
//!
//! Whoever builds this chooses their own registries; a host that is written
//! into a lock file would choose for them.

use std::fs;
use std::path::{Path, PathBuf};

use super::Finding;

/// Each in two halves, so that this file holds none of them.
const UNWANTED: &[(&str, &str)] = &[
    ("registry.npm", "js.org"),
    ("npm", "js.com"),
    ("index.crates", ".io"),
    ("static.crates", ".io"),
    ("pypi", ".org"),
    ("python", "hosted.org"),
    ("deb.debian", ".org"),
    ("security.debian", ".org"),
    ("ftp.debian", ".org"),
    ("proxy.gol", "ang.org"),
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("anthr", "opic"),
    ("clau", "de"),
    ("chat", "gpt"),
    ("co-authored", "-by"),
];

/// Checks every file that is text.
pub(super) fn check(root: &Path, files: &[PathBuf]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        // Pictures and the like aren't text, and hold no words.
        if let Ok(text) = fs::read_to_string(root.join(file)) {
            findings.extend(unwanted(file, &text));
        }
    }
    findings
}

fn unwanted(file: &Path, text: &str) -> Vec<Finding> {
    let words: Vec<String> = UNWANTED
        .iter()
        .map(|(start, end)| format!("{start}{end}"))
        .collect();
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.to_lowercase();
        for word in words.iter().filter(|word| line.contains(*word)) {
            let what = format!("\"{word}\" doesn't belong in the repository; leave it out");
            findings.push(Finding::new(file, index + 1, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_host_is_found_in_whatever_case_it_is_written() {
        let text = format!(
            "{{\n\"resolved\": \"https://Registry.npm{}/x\"\n}}",
            "js.org"
        );
        let findings = unwanted(Path::new("package-lock.json"), &text);
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.line)
                .collect::<Vec<_>>(),
            [2]
        );
        assert_eq!(unwanted(Path::new("a"), "npm ci\ncargo add serde\n"), []);
    }
}
