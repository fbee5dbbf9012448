//! What it costs, beside named peers in the same run.
//!
//! `cargo xtask bench` builds everything and starts this. Servers have one core
//! for themselves and the generator has another; peers take turns with ours, so
//! that what the machine does besides troubles them alike. Everything runs on
//! the loopback interface, in a temporary folder, for a bounded time.

mod archive;
mod books;
mod clock;
mod cores;
mod effort;
mod figures;
mod load;
mod peers;
mod report;
mod story;

use std::path::Path;

use anyhow::{Result, bail, ensure};

use effort::Effort;
use figures::{GROUPS, TABLES, TOGETHER};
use report::Figure;

const FILE: &str = "docs/internals/performance.md";

/// `archive DIR COUNT` writes a content folder of so many stories, to try
/// something out with, and measures nothing.
const ARCHIVE: &str = "archive";

/// What the command line asks for.
struct Asked {
    effort: Effort,
    groups: Vec<&'static str>,
    write: bool,
}

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some((first, rest)) = words.split_first()
        && first == peers::bare::WORD
    {
        return peers::bare::serve(rest);
    }
    if let [word, dir, count] = words.as_slice()
        && word == ARCHIVE
    {
        return archive::write(Path::new(dir), count.parse()?, 0);
    }
    let asked = parse(&words)?;
    cores::leave_servers_theirs()?;
    let others = clock::busy_with_others();
    let dir = tempfile::tempdir()?;
    let mut missed = Vec::new();
    for name in TABLES {
        let mut groups: Vec<_> = figures::groups_of(name).collect();
        groups.retain(|group| asked.groups.contains(group));
        if groups.is_empty() {
            continue;
        }
        let figures = figures::measure(dir.path(), &asked.effort, &groups)?;
        let table = report::table(&figures, &asked.effort, others);
        println!("\n{table}");
        if asked.write {
            report::write(Path::new(FILE), name, &table)?;
            println!("Written into {FILE}.");
        }
        missed.extend(figures.into_iter().filter(Figure::is_missed));
    }
    let missed: Vec<_> = missed.iter().map(|figure| figure.what.as_str()).collect();
    ensure!(
        !asked.write || missed.is_empty(),
        "below what it must be: {}",
        missed.join("; ")
    );
    Ok(())
}

fn parse(words: &[String]) -> Result<Asked> {
    let mut asked = Asked {
        effort: Effort::FULL,
        groups: GROUPS.to_vec(),
        write: false,
    };
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "--quick" => asked.effort = Effort::QUICK,
            "--smoke" => asked.effort = Effort::SMOKE,
            "--write" => asked.write = true,
            "--only" => {
                let name = words.next().unwrap_or_default();
                asked.groups = groups(name)?;
            }
            _ => bail!("\"{word}\" isn't understood; --quick, --only NAME and --write are"),
        }
    }
    let wants = |group: &str| asked.groups.contains(&group);
    let is_whole = |table: &&str| {
        figures::groups_of(table).all(wants) || !figures::groups_of(table).any(wants)
    };
    if asked.write && !TABLES.iter().all(is_whole) {
        bail!("--write replaces a whole table; leave out --only, or name publication");
    }
    Ok(asked)
}

fn groups(name: &str) -> Result<Vec<&'static str>> {
    if let Some((_, several)) = TOGETHER.iter().find(|(together, _)| *together == name) {
        return Ok(several.to_vec());
    }
    match GROUPS.into_iter().find(|group| *group == name) {
        Some(group) => Ok(vec![group]),
        None => bail!(
            "--only takes one of {}, not \"{name}\"",
            GROUPS
                .into_iter()
                .chain(TOGETHER.map(|(together, _)| together))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_only_as_a_whole() {
        let parse = |line: &str| {
            parse(
                &line
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        };
        assert!(parse("--write").expect("all of it").write);
        let archive = parse("--only publication --write").expect("a table of its own");
        assert!(archive.write && archive.groups == ["publication"]);
        assert_eq!(
            parse("--quick --only http").expect("a group").groups,
            ["http"]
        );
        assert_eq!(
            parse("--only site").expect("three").groups,
            ["stories", "files", "crowd"]
        );
        assert_eq!(
            parse("--only selling").expect("three").groups,
            ["subscribers", "sign-ins", "night"]
        );
        for bad in ["--only", "--only nothing", "--fast", "--only http --write"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
