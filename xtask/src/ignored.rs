//! Tests that a plain run leaves out: each is either a child process of another
//! test, or needs something of the machine. The latter are run here where the
//! machine has it, and named where it hasn't.

use std::path::Path;

use crate::packages::{self, Need};
use crate::place::Place;
use crate::run::{Command, Failed, say, which};

/// The reason of tests that another test starts as its child process.
const CHILD: &str = "a child process of the test below";

/// The reason of tests that mount a file system of their own.
const ROOT: &str = "mounts a tmpfs, which takes root";

/// The reason of tests that ask a certificate authority of their own, which
/// `cargo xtask test` installs.
const PEBBLE: &str = "needs pebble, an authority for tests";

/// What that package holds: the authority, and a resolver for it.
const PROGRAMS: [&str; 2] = ["pebble", "pebble-challtestsrv"];

/// The reason of tests that load a server, by a program that `cargo xtask test`
/// installs.
const H2LOAD: &str = "needs h2load, which loads a server over HTTP/2";

/// The reason of tests that ask the system what a process has done.
const STRACE: &str = "watches its child process with strace";

/// The reason of tests that run other people's proxies in front of the gate.
const PROXIES: &str = "runs nginx and Caddy";

/// The reason of tests that run a cache in front of the gate.
const VARNISH: &str = "runs Varnish";

/// The reason of tests that ask another database.
const POSTGRES: &str = "runs PostgreSQL";

/// The reason of tests that ask Prometheus's own judge of rules.
const PROMTOOL: &str = "asks promtool";

/// The reason of tests that run one that Debian doesn't have.
const ENVOY: &str = "runs Envoy";

/// The reason of tests in front of a real WordPress, likewise.
const WORDPRESS: &str = "needs WordPress, PHP and MariaDB";

/// The reason of tests against a server that plays Stripe.
const STRIPE: &str = "asks localstripe and Stripe's own library";

/// The reason of tests against a mail server.
const POST: &str = "asks aiosmtpd";

/// The reason of tests that take minutes, of a long file.
const LARGE: &str = "reads half a gigabyte three times";

/// The same, of very many readers.
const CROWD: &str = "writes a hundred thousand subscriptions";

/// An ignored test.
#[derive(Debug, PartialEq, Eq)]
struct Ignored {
    name: String,
    reason: String,
}

/// Runs those that can be run, and says which can't and why. Programs that come
/// from PyPI lie beside `python`.
pub(crate) fn run(place: &Place, python: &Path) -> Result<(), Failed> {
    let is_root = Command::new("id").arg("-u").output()?.trim() == "0";
    let has_pebble = PROGRAMS.iter().all(|program| which(program).is_some());
    let has_h2load = which("h2load").is_some();
    let may_watch = which("strace").is_some();
    let has_proxies = ["nginx", "caddy"].iter().all(|one| which(one).is_some());
    let has_varnish = which("varnishd").is_some();
    let has_postgres = Path::new("/usr/lib/postgresql").is_dir();
    let has_promtool = which("promtool").is_some();
    let envoy = python.with_file_name("envoy");
    let has_wordpress = packages::WORDPRESS.iter().all(Need::is_met);
    let mut children = Vec::new();
    for (package, test, ignored) in all(&place.root)? {
        match ignored.reason.as_str() {
            CHILD => children.push(ignored.name),
            reason @ (ROOT | PEBBLE | H2LOAD | STRACE | PROXIES | VARNISH | POSTGRES | PROMTOOL
            | ENVOY | WORDPRESS | STRIPE | POST | LARGE | CROWD) => {
                let (can_run, otherwise) = match reason {
                    ROOT => (is_root, "run this as root"),
                    PEBBLE => (has_pebble, "install Debian's package pebble"),
                    H2LOAD => (has_h2load, "install Debian's package nghttp2-client"),
                    PROXIES => (has_proxies, "install nginx and Caddy"),
                    VARNISH => (has_varnish, "install Debian's package varnish"),
                    POSTGRES => (has_postgres, "install Debian's package postgresql"),
                    // With it comes a server, which isn't installed for one question.
                    PROMTOOL => (has_promtool, "install Debian's package prometheus"),
                    ENVOY => (envoy.exists(), "PyPI has it for x86-64 only"),
                    STRIPE | POST => (python.exists(), "run this without --no-install"),
                    WORDPRESS => (has_wordpress, "run this without --no-install"),
                    LARGE | CROWD => (true, ""),
                    _ => (may_watch, "install strace"),
                };
                if can_run {
                    exactly(place, &test, &ignored)
                        .env("ENVOY", &envoy)
                        .env("LUDGATE_PYTHON", python)
                        .run()?;
                } else {
                    say(&format!(
                        "not run: {} ({test} of {package}) {reason}; {otherwise}",
                        ignored.name
                    ));
                }
            }
            other => {
                return Err(Failed::new(format!(
                    "nothing runs the test {} of {package}: \"{other}\" is no reason that is \
                     known here",
                    ignored.name
                )));
            }
        }
    }
    say(&format!(
        "run by the tests that start them as child processes: {}",
        children.join(", ")
    ));
    Ok(())
}

/// What runs one of them: asked of every package, since a package by itself would
/// have its dependencies built again, with fewer of their features.
fn exactly(place: &Place, test: &str, ignored: &Ignored) -> Command {
    Command::cargo()
        .args(["test", "--quiet", "--workspace", "--test", test, "--"])
        .args(["--ignored", "--exact", &ignored.name])
        .within(&place.root)
}

/// Every ignored test of the integration tests of our crates, with its package
/// and the test target that it belongs to.
fn all(root: &Path) -> Result<Vec<(String, String, Ignored)>, Failed> {
    let mut all = Vec::new();
    for krate in folder(&root.join("crates"))? {
        let tests = krate.join("tests");
        if !tests.is_dir() {
            continue;
        }
        for path in folder(&tests)? {
            // A target is a file, or a folder with a `main.rs`; other folders
            // hold what several targets share.
            let mut found = Vec::new();
            if path.join("main.rs").is_file() {
                in_folder(&path, "", &mut found)?;
            } else if is_source(&path) {
                in_file(&path, "", &mut found)?;
            }
            all.extend(
                found
                    .into_iter()
                    .map(|ignored| (package(&krate), stem(&path), ignored)),
            );
        }
    }
    Ok(all)
}

/// The ignored tests of a module's folder; `module` is its path, with `::` at
/// its end if it has one.
fn in_folder(path: &Path, module: &str, all: &mut Vec<Ignored>) -> Result<(), Failed> {
    for entry in folder(path)? {
        let inner = format!("{module}{}::", stem(&entry));
        if entry.is_dir() {
            in_folder(&entry, &inner, all)?;
        } else if is_source(&entry) {
            let is_own = ["main", "mod"].contains(&stem(&entry).as_str());
            in_file(&entry, if is_own { module } else { &inner }, all)?;
        }
    }
    Ok(())
}

fn in_file(path: &Path, module: &str, all: &mut Vec<Ignored>) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failed::new(format!("{}: {error}", path.display())))?;
    all.extend(in_source(&text).into_iter().map(|ignored| Ignored {
        name: format!("{module}{}", ignored.name),
        ..ignored
    }));
    Ok(())
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// `crates/meter` is the package `ludgate-meter`, `crates/ludgate` itself.
fn package(krate: &Path) -> String {
    match stem(krate).as_str() {
        "ludgate" => "ludgate".to_owned(),
        name => format!("ludgate-{name}"),
    }
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn folder(path: &Path) -> Result<Vec<std::path::PathBuf>, Failed> {
    let io = |error| Failed::new(format!("{}: {error}", path.display()));
    let entries = path.read_dir().map_err(io)?;
    let mut paths: Vec<_> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(io)?;
    paths.sort();
    Ok(paths)
}

fn in_source(text: &str) -> Vec<Ignored> {
    let parts = text.split("\n#[ignore").skip(1);
    parts
        .filter_map(|rest| {
            let (attribute, rest) = rest.split_once(']')?;
            let reason = attribute.split('"').nth(1).unwrap_or_default();
            let (_, rest) = rest.split_once("fn ")?;
            Some(Ignored {
                name: rest.split('(').next()?.to_owned(),
                reason: reason.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ignored_test_is_found_with_its_reason() {
        let text = "\n#[test]\n#[ignore = \"it must\"]\nfn one() {}\n\n#[test]\nfn two() {}\n\
                    #[test]\n#[ignore]\nfn three() {}\n";
        let found = in_source(text);
        let expected = [("one", "it must"), ("three", "")];
        assert_eq!(
            found,
            expected.map(|(name, reason)| Ignored {
                name: name.to_owned(),
                reason: reason.to_owned(),
            })
        );
    }

    #[test]
    fn every_ignored_test_of_ours_has_a_reason_that_is_known() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let all = all(&root).expect("the sources");
        assert!(all.len() >= 6, "{all:?}");
        // One in a module of a target that is a folder.
        let nested = all.iter().find(|(package, target, ignored)| {
            (package.as_str(), target.as_str(), ignored.name.as_str())
                == ("ludgate-gateway", "it", "failing::starved_victim")
        });
        assert!(nested.is_some(), "{all:?}");
        for (package, _, ignored) in all {
            let known = [
                CHILD, ROOT, PEBBLE, H2LOAD, STRACE, PROXIES, VARNISH, POSTGRES, PROMTOOL, ENVOY,
                WORDPRESS, STRIPE, POST, LARGE, CROWD,
            ];
            let known = known.contains(&ignored.reason.as_str());
            assert!(known, "{package}: {ignored:?}");
        }
    }
}
