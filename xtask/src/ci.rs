//! `cargo xtask ci`: what must pass before a change is merged, in one command
//! that needs no service, no standard input and no state.

use std::fs;
use std::path::Path;

use crate::place::{self, Place};
use crate::run::{Command, Failed, say};
use crate::{bench, packages, tidy};

/// What comes before the fenced block in README.md that tells how to test.
const MARK: &str = "<!-- test-command -->";

/// Runs everything, in the order in which things are quick to fail.
pub(crate) fn run(place: &Place, may_install: bool) -> Result<(), Failed> {
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(_) => place.target(),
        // A clean clone shouldn't build the world anew.
        None => place::cache()?.join("target"),
    };
    say(&format!("Building in {}", target.display()));
    let cargo = |words: &[&str]| {
        Command::cargo()
            .args(words)
            .within(&place.root)
            .env("CARGO_TARGET_DIR", &target)
    };
    for tool in [["rustc", "--version"], ["cargo", "--version"]] {
        Command::new(tool[0])
            .arg(tool[1])
            .within(&place.root)
            .run()?;
    }
    cargo(&["fmt", "--all", "--check"]).run()?;
    tidy::run(place)?;
    cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
    .run()?;
    cargo(&["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()?;
    readme(&place.root, &target, may_install)?;
    packages::debian(&packages::PEERS.iter().collect::<Vec<_>>(), may_install)?;
    bench::smoke(place, &target)?;
    say("All of it passes.");
    Ok(())
}

/// Runs the command that README.md gives to whoever wants to test.
fn readme(root: &Path, target: &Path, may_install: bool) -> Result<(), Failed> {
    let file = root.join("README.md");
    let text = fs::read_to_string(&file)
        .map_err(|error| Failed::new(format!("{}: {error}", file.display())))?;
    let script = test_command(&text).ok_or_else(|| {
        Failed::new(format!(
            "README.md has no fenced block after {MARK}; put the command that tests there"
        ))
    })?;
    if !may_install {
        say("With --no-install, README.md's command is given that flag.");
        let words: Vec<&str> = script.split_whitespace().chain(["--no-install"]).collect();
        let words = words.join(" ");
        return shell(&words, root, target);
    }
    shell(script, root, target)
}

fn shell(script: &str, root: &Path, target: &Path) -> Result<(), Failed> {
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", script])
        .within(root)
        .env("CARGO_TARGET_DIR", target)
        .run()
}

/// The inside of the fenced block that follows the mark.
fn test_command(readme: &str) -> Option<&str> {
    let (_, after) = readme.split_once(MARK)?;
    let fenced = after.trim_start().strip_prefix("```")?;
    let (_language, fenced) = fenced.split_once('\n')?;
    let (script, _) = fenced.split_once("\n```")?;
    (!script.trim().is_empty()).then_some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_command_is_the_fenced_block_right_after_its_mark() {
        let fence = "```";
        let check = |middle: &str, expected: Option<&str>| {
            let readme = format!("# Title\n\n{fence}sh\nother\n{fence}\n\n{middle}");
            assert_eq!(test_command(&readme), expected, "{readme}");
        };
        check(
            &format!("{MARK}\n{fence}sh\ncargo xtask test\n{fence}\n"),
            Some("cargo xtask test"),
        );
        check(&format!("{MARK}\n\n{fence}\na\nb\n{fence}"), Some("a\nb"));
        check(&format!("{MARK}\nwords first\n{fence}sh\na\n{fence}"), None);
        check(&format!("{MARK}\n{fence}sh\n\n{fence}\n"), None);
        check("no mark", None);
    }
}
