//! Who may know whom: the arrows of ARCHITECTURE.md, over `cargo metadata`.

use cargo_metadata::{DependencyKind, Package};

use super::Finding;
use crate::place::Place;

/// Every crate of ours, with those of ours that it may know. What is missing
/// here isn't allowed to exist: a new crate gets its line first.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("ludgate-access", &[]),
    ("ludgate-page", &["ludgate-access"]),
    ("ludgate-meter", &["ludgate-access"]),
    ("ludgate-commerce", &["ludgate-access"]),
    ("ludgate-crawlers", &[]),
    ("ludgate-pictures", &[]),
    ("ludgate-private", &[]),
    ("ludgate-search", &[]),
    ("ludgate-prompts", &["ludgate-access"]),
    (
        "ludgate-providers",
        &["ludgate-access", "ludgate-commerce", "ludgate-private"],
    ),
    (
        "ludgate-letters",
        &[
            "ludgate-access",
            "ludgate-commerce",
            "ludgate-prompts",
            "ludgate-providers",
        ],
    ),
    (
        "ludgate-publication",
        &[
            "ludgate-access",
            "ludgate-pictures",
            "ludgate-prompts",
            "ludgate-search",
        ],
    ),
    // What it writes is what the publication reads.
    (
        "ludgate-exports",
        &["ludgate-access", "ludgate-prompts", "ludgate-publication"],
    ),
    (
        "ludgate-gateway",
        &[
            "ludgate-access",
            "ludgate-page",
            "ludgate-meter",
            "ludgate-crawlers",
            "ludgate-prompts",
        ],
    ),
    ("ludgate-store", &["ludgate-access", "ludgate-commerce"]),
    (
        "ludgate-billing",
        &[
            "ludgate-access",
            "ludgate-commerce",
            "ludgate-providers",
            "ludgate-store",
        ],
    ),
    (
        "ludgate-import",
        &["ludgate-access", "ludgate-commerce", "ludgate-store"],
    ),
    ("ludgate-tls", &["ludgate-private"]),
    ("ludgate-upstream", &["ludgate-access"]),
    // Providers' mail belongs to whoever does jobs, and the gate to whoever
    // joins it to these pages.
    (
        "ludgate-web",
        &[
            "ludgate-access",
            "ludgate-billing",
            "ludgate-commerce",
            "ludgate-letters",
            "ludgate-prompts",
            "ludgate-providers",
            "ludgate-store",
        ],
    ),
    // The interface reads stories through the gate; joined to the publication by
    // whoever knows both. The rest for its tests.
    (
        "ludgate-api",
        &[
            "ludgate-access",
            "ludgate-commerce",
            "ludgate-gateway",
            "ludgate-meter",
            "ludgate-page",
            "ludgate-prompts",
            "ludgate-store",
        ],
    ),
    (
        "ludgate",
        &[
            "ludgate-access",
            "ludgate-api",
            "ludgate-billing",
            "ludgate-commerce",
            "ludgate-page",
            "ludgate-meter",
            "ludgate-crawlers",
            "ludgate-exports",
            "ludgate-import",
            "ludgate-letters",
            "ludgate-pictures",
            "ludgate-private",
            "ludgate-prompts",
            "ludgate-providers",
            "ludgate-publication",
            "ludgate-search",
            "ludgate-gateway",
            "ludgate-store",
            "ludgate-tls",
            "ludgate-upstream",
            "ludgate-web",
        ],
    ),
    // Measures the others from outside; a leaf that nobody may know.
    (
        "ludgate-bench",
        &[
            "ludgate-access",
            "ludgate-commerce",
            "ludgate-page",
            "ludgate-meter",
            "ludgate-gateway",
            "ludgate-store",
        ],
    ),
    // Tries what is behind the pages; a leaf likewise.
    (
        "ludgate-sim",
        &[
            "ludgate-access",
            "ludgate-billing",
            "ludgate-commerce",
            "ludgate-providers",
            "ludgate-store",
        ],
    ),
    ("xtask", &[]),
];

/// What the leaf may know of the world: calendars, short lists, networks. No
/// serialisation, no runtime, no HTTP.
const ACCESS_MAY_USE: &[&str] = &["jiff", "smallvec", "ipnet"];

/// What commerce may know of the world: the same, and how facts are written
/// down. It stays as pure as the leaf.
const COMMERCE_MAY_USE: &[&str] = &["ludgate-access", "ipnet", "jiff", "serde", "thiserror"];

/// Checks every arrow between our crates, development ones too.
pub(super) fn check(place: &Place) -> Vec<Finding> {
    let packages = place.metadata.workspace_packages();
    let ours: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    packages
        .iter()
        .flat_map(|package| arrows(place, package, &ours))
        .collect()
}

fn arrows(place: &Place, package: &Package, ours: &[&str]) -> Vec<Finding> {
    let manifest = package
        .manifest_path
        .strip_prefix(&place.root)
        .unwrap_or(&package.manifest_path);
    let text = std::fs::read_to_string(&package.manifest_path).unwrap_or_default();
    let line_of = |name: &str| {
        let key = name.strip_prefix("ludgate-").unwrap_or(name);
        text.lines()
            .position(|line| line.starts_with(key))
            .map_or(1, |index| index + 1)
    };
    let dependencies: Vec<(&str, bool)> = package
        .dependencies
        .iter()
        .map(|found| (found.name.as_str(), found.kind == DependencyKind::Normal))
        .collect();
    complaints(package.name.as_str(), &dependencies, ours)
        .into_iter()
        .map(|(about, what)| Finding::new(manifest, line_of(&about), what))
        .collect()
}

/// What is wrong with a crate's dependencies, each `(name, is a normal one)`;
/// the first of a complaint is what it is about.
fn complaints(name: &str, dependencies: &[(&str, bool)], ours: &[&str]) -> Vec<(String, String)> {
    let Some((_, allowed)) = MAY_KNOW.iter().find(|(known, _)| *known == name) else {
        let what = format!(
            "{name} isn't on the map; add it to xtask/src/tidy/direction.rs and \
                            ARCHITECTURE.md, with what it may know"
        );
        return vec![("name".to_owned(), what)];
    };
    let mut complaints = Vec::new();
    for &(dependency, normal) in dependencies {
        if ours.contains(&dependency) && dependency != name && !allowed.contains(&dependency) {
            let what = format!(
                "{name} may not know {dependency}; move what it needs to where \
                                both may reach it, or pass it in as an argument"
            );
            complaints.push((dependency.to_owned(), what));
        }
        let pure = match name {
            "ludgate-access" => Some(ACCESS_MAY_USE),
            "ludgate-commerce" => Some(COMMERCE_MAY_USE),
            _ => None,
        };
        if let Some(may_use) = pure.filter(|list| normal && !list.contains(&dependency)) {
            let what = format!(
                "{name} may use {} and nothing else, not {dependency}; do this at \
                                the rim",
                may_use.join(", ")
            );
            complaints.push((dependency.to_owned(), what));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_towards_access_only() {
        let ours: Vec<&str> = MAY_KNOW.iter().map(|(name, _)| *name).collect();
        let check = |name: &str, dependencies: &[(&str, bool)], expected: &[&str]| {
            let about: Vec<String> = complaints(name, dependencies, &ours)
                .into_iter()
                .map(|pair| pair.0)
                .collect();
            assert_eq!(about, expected, "{name}: {dependencies:?}");
        };
        check(
            "ludgate-page",
            &[("ludgate-access", true), ("bytes", true)],
            &[],
        );
        check(
            "ludgate-page",
            &[("ludgate-meter", true)],
            &["ludgate-meter"],
        );
        check(
            "ludgate-gateway",
            &[("ludgate-publication", false)],
            &["ludgate-publication"],
        );
        check(
            "ludgate-access",
            &[("serde", true), ("proptest", false)],
            &["serde"],
        );
        check(
            "ludgate-commerce",
            &[("ludgate-access", true), ("serde", true), ("tokio", true)],
            &["tokio"],
        );
        check("ludgate-meter", &[("ludgate", true)], &["ludgate"]);
        check("ludgate-novel", &[], &["name"]);
    }

    #[test]
    fn nothing_knows_the_program_or_the_tools() {
        for (name, allowed) in MAY_KNOW {
            for leaf in ["ludgate", "ludgate-bench", "ludgate-sim", "xtask"] {
                assert!(!allowed.contains(&leaf), "{name} knows {leaf}");
            }
        }
    }
}
