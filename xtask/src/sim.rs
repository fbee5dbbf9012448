//! `cargo xtask sim`: the simulation, and the proof that it can fail.
//!
//! A simulation that finds nothing proves nothing by itself. `--prove` applies
//! each patch of `sim/broken` to a copy of the sources, one after the other, and
//! wants the simulation to find each: a patch says on its first line what has to
//! be found.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place::Place;
use crate::run::{Command, Failed, say};

const PROVE: &str = "--prove";

/// The seeds that have to find a breakage among them, in short runs, where none is
/// named: what few readers do in a short time may not come to it by the first.
const SEEDS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// Where the broken sources are built, below the target folder.
const COPY: &str = "broken";

/// What a patch's first line begins with: the text that has to be found.
const FINDS: &str = "# finds: ";

/// Runs the simulation with the words that are its own, or proves it.
pub(crate) fn run(place: &Place, words: &[&str]) -> Result<(), Failed> {
    if let Some(rest) = words.strip_prefix(&[PROVE]) {
        return prove(place, rest);
    }
    build(&place.root, &place.target())?;
    program(&place.target()).args(words).run()
}

/// One set of features for the whole workspace, so that nothing is built twice.
fn build(root: &Path, target: &Path) -> Result<(), Failed> {
    Command::cargo()
        .args(["build", "--workspace", "--bin", "ludgate-sim"])
        .within(root)
        .env("CARGO_TARGET_DIR", target)
        .run()
}

/// The program, whose database is best kept in memory: a simulation survives no
/// power failure.
fn program(target: &Path) -> Command {
    let command = Command::new(target.join("debug/ludgate-sim"));
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        return command.env("TMPDIR", memory);
    }
    command
}

/// Breaks what the simulation is to hold together, and wants it found.
fn prove(place: &Place, words: &[&str]) -> Result<(), Failed> {
    let target = place.target();
    let copy = target.join(COPY);
    let patches = patches(&place.root)?;
    for patch in &patches {
        copy_sources(place, &copy)?;
        let finds = finds(patch)?;
        // The copy is nobody's work tree, though it may lie in one.
        Command::new("git")
            .arg("apply")
            .arg(patch)
            .within(&copy)
            .env("GIT_CEILING_DIRECTORIES", &target)
            .run()?;
        build(&copy, &target)?;
        found(&target, words, patch, &finds)?;
    }
    fs::remove_dir_all(&copy).map_err(|error| cannot("remove", &copy, &error))?;
    say(&format!(
        "Each of the {} breakages was found.",
        patches.len()
    ));
    Ok(())
}

/// Runs the broken program until it says what is wrong with it.
fn found(target: &Path, words: &[&str], patch: &Path, finds: &str) -> Result<(), Failed> {
    let name = patch.file_name().unwrap_or_default().to_string_lossy();
    let short: Vec<Vec<&str>> = SEEDS.iter().map(|seed| vec![*seed, "--short"]).collect();
    let runs = if words.is_empty() {
        short
    } else {
        vec![words.to_vec()]
    };
    let mut last = String::new();
    for run in runs {
        match program(target).args(&run).output() {
            Ok(said) => last = said,
            Err(failed) => {
                let failed = failed.to_string();
                if !failed.contains(finds) {
                    return Err(Failed::new(format!(
                        "{name} was to be found by \"{finds}\", and the simulation said: {failed}"
                    )));
                }
                let run = run.join(" ");
                say(&format!(
                    "Found, as it should be, by {run}: {name}: {finds}"
                ));
                return Ok(());
            }
        }
    }
    Err(Failed::new(format!(
        "{name} wasn't found; the simulation said at last: {last}"
    )))
}

fn patches(root: &Path) -> Result<Vec<PathBuf>, Failed> {
    let folder = root.join("sim/broken");
    let entries = fs::read_dir(&folder).map_err(|error| cannot("read", &folder, &error))?;
    let mut patches: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "patch"))
        .collect();
    patches.sort();
    if patches.is_empty() {
        return Err(Failed::new("sim/broken holds no patch; nothing is proved"));
    }
    Ok(patches)
}

/// Copies what belongs to the repository. What is the same already is left as
/// it is, so that cargo doesn't build it anew.
fn copy_sources(place: &Place, copy: &Path) -> Result<(), Failed> {
    for file in place.files()? {
        let (from, to) = (place.root.join(&file), copy.join(&file));
        let bytes = fs::read(&from).map_err(|error| cannot("read", &from, &error))?;
        if fs::read(&to).is_ok_and(|there| there == bytes) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(|error| cannot("make", folder, &error))?;
        }
        fs::write(&to, bytes).map_err(|error| cannot("write", &to, &error))?;
    }
    Ok(())
}

/// What has to be found of a patch.
fn finds(patch: &Path) -> Result<String, Failed> {
    let text = fs::read_to_string(patch).map_err(|error| cannot("read", patch, &error))?;
    let first = text.lines().next().unwrap_or_default();
    let finds = first.strip_prefix(FINDS).ok_or_else(|| {
        let patch = patch.display();
        Failed::new(format!(
            "{patch} has to begin with \"{FINDS}\" and what is to be found"
        ))
    })?;
    Ok(finds.to_owned())
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failed {
    Failed::new(format!("can't {what} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_breakage_fits_todays_sources_and_says_what_finds_it() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for patch in patches(&root).expect("patches") {
            assert_ne!(finds(&patch).expect("its first line"), "");
            let fits = Command::new("git").args(["apply", "--check"]).arg(&patch);
            fits.within(&root).run().expect("it applies");
        }
    }
}
