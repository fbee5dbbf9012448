//! The table, and where it is written.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::effort::Effort;

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) what: String,
    /// As it is shown.
    pub(crate) value: String,
    /// As it is judged, in the unit of `bounds`.
    pub(crate) measured: f64,
    /// `None` where it is only reported.
    pub(crate) bounds: Option<Bounds>,
    pub(crate) note: String,
}

/// What a figure must be, and what it should be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    floor: f64,
    goal: f64,
    unit: &'static str,
    /// Whether less is better.
    less: bool,
}

impl Bounds {
    /// For a figure that should be large.
    pub(crate) const fn at_least(floor: f64, goal: f64, unit: &'static str) -> Self {
        let less = false;
        Self {
            floor,
            goal,
            unit,
            less,
        }
    }

    /// For a figure that should be small.
    pub(crate) const fn at_most(floor: f64, goal: f64, unit: &'static str) -> Self {
        let less = true;
        Self {
            floor,
            goal,
            unit,
            less,
        }
    }

    fn judge(&self, measured: f64) -> Verdict {
        // What isn't a number meets nothing.
        let meets = |bound: f64| {
            if self.less {
                measured <= bound
            } else {
                measured >= bound
            }
        };
        if meets(self.goal) {
            Verdict::Goal
        } else if meets(self.floor) {
            Verdict::Floor
        } else {
            Verdict::Missed
        }
    }
}

/// How a figure stands to its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Goal,
    Floor,
    Missed,
}

impl Figure {
    /// Whether it isn't even what it must be.
    pub(crate) fn is_missed(&self) -> bool {
        self.bounds
            .is_some_and(|bounds| bounds.judge(self.measured) == Verdict::Missed)
    }
}

/// A table of figures with what it takes to judge them. `others` is how busy
/// the machine was before.
pub(crate) fn table(figures: &[Figure], effort: &Effort, others: f64) -> String {
    let mut text = format!(
        "{} The machine was {:.0} % busy before it began.\n\n",
        circumstances(effort),
        others * 100.0
    );
    text.push_str("| what | measured | floor | goal | verdict | how |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for figure in figures {
        let (floor, goal, verdict) = match figure.bounds {
            None => ("—".to_owned(), "—".to_owned(), "—"),
            Some(bounds) => (
                format!("{} {}", bounds.floor, bounds.unit),
                format!("{} {}", bounds.goal, bounds.unit),
                match bounds.judge(figure.measured) {
                    Verdict::Goal => "goal",
                    Verdict::Floor => "floor",
                    Verdict::Missed => "missed",
                },
            ),
        };
        let Figure {
            what, value, note, ..
        } = figure;
        // Writing to a string doesn't fail.
        let _ = writeln!(
            text,
            "| {what} | {value} | {} | {} | {verdict} | {note} |",
            floor.trim_end(),
            goal.trim_end()
        );
    }
    text
}

/// Puts the table between the marks of that name.
pub(crate) fn write(file: &Path, name: &str, table: &str) -> Result<()> {
    let (start, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let (before, rest) = text
        .split_once(&start)
        .with_context(|| format!("no {start}"))?;
    let (_, after) = rest
        .split_once(&end)
        .with_context(|| format!("no {end} after {start}"))?;
    fs::write(file, format!("{before}{start}\n{table}{end}{after}"))?;
    Ok(())
}

/// The machine, the day, the versions.
fn circumstances(effort: &Effort) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        cpu.lines()
            .find(|line| line.starts_with(name))?
            .split(": ")
            .nth(1)
    };
    let model = field("model name").unwrap_or("unknown processor");
    let cores = cpu
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let versions: Vec<String> = [
        ("rustc", "--version"),
        ("nginx", "-v"),
        ("redis-server", "--version"),
        ("uname", "-sr"),
    ]
    .into_iter()
    .filter_map(|(program, flag)| first_line(program, flag))
    .collect();
    let day = first_line("date", "-I").unwrap_or_default();
    let commit = Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .output();
    let commit = commit.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    format!(
        "{day}, commit {}, {model}, {cores} cores; {}. Effort: {}.",
        commit.unwrap_or_default(),
        versions.join("; "),
        effort.name
    )
}

fn first_line(program: &str, flag: &str) -> Option<String> {
    let output = Command::new(program).arg(flag).output().ok()?;
    // nginx tells its version on standard error.
    let said = if output.stdout.is_empty() {
        output.stderr
    } else {
        output.stdout
    };
    let line = String::from_utf8_lossy(&said)
        .lines()
        .next()?
        .trim()
        .to_owned();
    // Redis adds checksums of its build.
    Some(line.split(" sha=").next().unwrap_or_default().to_owned())
}

/// The median, least and greatest of some numbers.
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2).copied().unwrap_or(f64::NAN);
    let least = values.first().copied().unwrap_or(f64::NAN);
    (middle, least, values.last().copied().unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_takes_the_place_of_the_one_before_and_of_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("performance.md");
        let marked =
            |name: &str, table: &str| format!("<!-- {name} -->\n{table}<!-- /{name} -->\n");
        let other = marked("other", "another\n");
        let old = format!("a\n{other}{}b\n", marked("figures", "old\n"));
        fs::write(&file, old).expect("a file");
        for _ in 0..2 {
            write(&file, "figures", "| new |\n").expect("it is written");
            let text = fs::read_to_string(&file).expect("text");
            let new = marked("figures", "| new |\n");
            assert_eq!(text, format!("a\n{other}{new}b\n"));
        }
        fs::write(&file, "no marks").expect("a file");
        assert!(write(&file, "figures", "| new |\n").is_err());
    }

    #[test]
    fn a_figure_is_judged_by_its_floor_and_its_goal() {
        let most = Some(Bounds::at_least(1.0, 1.3, ""));
        let least = Some(Bounds::at_most(1.0, 0.3, "ms"));
        for (bounds, measured, verdict) in [
            (most, 1.3, "goal"),
            (most, 1.29, "floor"),
            (most, 0.99, "missed"),
            (least, 0.3, "goal"),
            (least, 1.0, "floor"),
            (least, 1.01, "missed"),
            (least, f64::NAN, "missed"),
            (None, 0.0, "—"),
        ] {
            let figure = Figure {
                what: "it".into(),
                value: "so much".into(),
                measured,
                bounds,
                note: "how".into(),
            };
            assert_eq!(figure.is_missed(), verdict == "missed", "{figure:?}");
            let table = table(&[figure], &Effort::SMOKE, 0.0);
            let line = table.lines().last().unwrap_or_default();
            assert!(line.contains(&format!("| {verdict} | how |")), "{line}");
        }
    }

    #[test]
    fn the_middle_of_an_odd_number_of_runs_is_one_of_them() {
        assert_eq!(spread(vec![3.0, 1.0, 2.0]), (2.0, 1.0, 3.0));
    }
}
