//! The crates' own benchmarks, which print `name value unit` lines.

use std::collections::HashMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::effort::Effort;
use crate::peers::SERVER_CORE;
use crate::report::{Bounds, Figure};

/// What a benchmark printed, by name.
struct Lines(HashMap<String, f64>);

impl Lines {
    /// Runs one on the servers' core.
    fn of(package: &str, bench: &str, words: &[&str]) -> Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = ["bench", "--quiet", "--package", package, "--bench", bench];
        let status = Command::new(&cargo).args(build).arg("--no-run").status()?;
        ensure!(
            status.success(),
            "the benchmark {bench} of {package} can't be built"
        );
        let output = Command::new("taskset")
            .args(["-c", SERVER_CORE])
            .arg(&cargo)
            .args(build)
            .arg("--")
            .args(words)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(
            output.status.success(),
            "the benchmark {bench} of {package} failed: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let line = |line: &str| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
        };
        Ok(Self(said.lines().filter_map(line).collect()))
    }

    fn get(&self, name: &str) -> Result<f64> {
        self.0
            .get(name)
            .copied()
            .with_context(|| format!("the benchmark printed no {name}"))
    }
}

/// The decision, alone and with the meter.
pub(super) fn decide() -> Result<Vec<Figure>> {
    let lines = Lines::of("ludgate-bench", "decide", &[])?;
    Ok(vec![
        Figure {
            what: "`decide` with ten rules, the last of which meters".into(),
            value: format!("{:.0} ns", lines.get("decide_ten_rules")?),
            measured: lines.get("decide_ten_rules")?,
            bounds: Some(Bounds::at_most(300.0, 100.0, "ns")),
            note: "median of 101 runs".into(),
        },
        Figure {
            what: "decide and visit (history, decision, charge), one thread".into(),
            value: format!("{:.2} M/s", lines.get("decide_and_visit")? / 1e6),
            measured: lines.get("decide_and_visit")? / 1e6,
            bounds: Some(Bounds::at_least(1.0, 4.0, "M/s")),
            note: format!(
                "returning readers, already counted; {:.2} M/s where each visit charges",
                lines.get("decide_and_charge")? / 1e6
            ),
        },
    ])
}

/// What counting costs.
pub(super) fn meter(effort: &Effort) -> Result<Vec<Figure>> {
    let lines = Lines::of("ludgate-meter", "meter", &[&effort.readers.to_string()])?;
    Ok(vec![
        Figure {
            what: "durable counts, default window".into(),
            value: format!("{:.0} k/s", lines.get("meter_durable_counts_window")? / 1e3),
            measured: lines.get("meter_durable_counts_window")? / 1e3,
            bounds: Some(Bounds::at_least(100.0, 400.0, "k/s")),
            note: format!(
                "until all are on disk, {:.1} fsyncs/s; {:.0} k/s waiting for each, 16 at once",
                lines.get("meter_fsyncs_window")?,
                lines.get("meter_durable_counts_sync_16")? / 1e3
            ),
        },
        Figure {
            what: "memory per active reader with five counted stories".into(),
            value: format!("{:.0} B", lines.get("meter_table_bytes_per_reader")?),
            measured: lines.get("meter_table_bytes_per_reader")?,
            bounds: Some(Bounds::at_most(96.0, 64.0, "B")),
            note: format!(
                "the table; {} readers; the process grew by {:.0} MiB",
                effort.readers,
                lines.get("meter_resident_growth")?
            ),
        },
    ])
}

/// What a new page costs.
pub(super) fn page() -> Result<Vec<Figure>> {
    let lines = Lines::of("ludgate-page", "splice", &[])?;
    Ok(vec![Figure {
        what: format!("compiling a page of {:.0} KB", lines.get("page")? / 1e3),
        value: format!("{:.2} ms", lines.get("compile")? / 1e3),
        measured: lines.get("compile")? / 1e3,
        bounds: Some(Bounds::at_most(2.0, 1.0, "ms")),
        note: format!(
            "gzip, from which the text is had back; splicing it then takes {:.1} µs",
            lines.get("splice_full_gzip")? / 1e3
        ),
    }])
}
