//! What the caches answered, side by side, with the reasons for what the gate
//! does otherwise.

use std::fmt::Write;

use crate::run::Failed;

/// One test, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    group: String,
    id: String,
    kind: String,
    verdict: String,
    seen: String,
    name: String,
}

impl Test {
    fn has_passed(&self) -> bool {
        self.verdict == "passed"
    }

    /// Whether it asks for something, instead of only looking.
    fn asks(&self) -> bool {
        self.kind != "check"
    }
}

/// What one cache answered.
#[derive(Debug)]
pub(super) struct Results(Vec<Test>);

impl Results {
    /// Reads what `caching/run.mjs` prints.
    pub(super) fn read(said: &str) -> Result<Self, Failed> {
        let tests = said.lines().map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            let [group, id, kind, verdict, seen, name] = parts[..] else {
                return Err(Failed::new(format!("the suite said \"{line}\"")));
            };
            Ok(Test {
                group: group.to_owned(),
                id: id.to_owned(),
                kind: kind.to_owned(),
                verdict: verdict.to_owned(),
                seen: seen.to_owned(),
                name: name.to_owned(),
            })
        });
        let tests = tests.collect::<Result<Vec<_>, _>>()?;
        if tests.is_empty() {
            return Err(Failed::new("the suite has run no test"));
        }
        Ok(Self(tests))
    }

    /// The tests that the gate passed when `expected` was written and that it
    /// doesn't pass now.
    pub(super) fn lost(&self, expected: &str) -> Vec<String> {
        let before = expected.lines().filter_map(|line| {
            let mut parts = line.split('\t');
            let id = parts.next()?;
            (parts.next()? == "passed").then_some(id)
        });
        before
            .filter(|id| {
                !self
                    .0
                    .iter()
                    .any(|test| test.id == *id && test.has_passed())
            })
            .map(str::to_owned)
            .collect()
    }

    fn verdict(&self, id: &str) -> &str {
        let test = self.0.iter().find(|test| test.id == id);
        test.map_or("untested", |test| &test.verdict)
    }

    /// How many tests of a group passed, and how many didn't.
    fn tally(&self, group: &str) -> (usize, usize) {
        let asked = self
            .0
            .iter()
            .filter(|test| test.group == group && test.asks());
        let (passed, failed): (Vec<_>, Vec<_>) = asked.partition(|test| test.has_passed());
        (passed.len(), failed.len())
    }
}

/// A reason, and the tests that it is the reason for.
struct Reason {
    tests: Vec<String>,
    why: String,
}

impl Reason {
    fn is_for(&self, id: &str) -> bool {
        self.tests.iter().any(|pattern| is(pattern, id))
    }
}

/// Whether `pattern` is a test's name or the beginning of it and a star.
fn is(pattern: &str, id: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => id.starts_with(start),
        None => pattern == id,
    }
}

/// All of it.
pub(super) struct Table {
    gate: Results,
    nginx: Results,
    varnish: Results,
    reasons: Vec<Reason>,
}

impl Table {
    /// Of the gate's, nginx's and Varnish's results, and the text of the
    /// reasons. Each difference needs one, and each reason a difference.
    pub(super) fn new(results: Vec<Results>, reasons: &str) -> Result<Self, Failed> {
        let Ok([gate, nginx, varnish]) = <[Results; 3]>::try_from(results) else {
            return Err(Failed::new("not all three have answered"));
        };
        let table = Self {
            gate,
            nginx,
            varnish,
            reasons: read_reasons(reasons)?,
        };
        let differences = table.differences();
        for test in &differences {
            if !table.reasons.iter().any(|reason| reason.is_for(&test.id)) {
                return Err(Failed::new(format!(
                    "the gate does otherwise than the test {} expects ({}: {}); mend it, or say \
                     why in caching/differences.txt",
                    test.id, test.name, test.seen
                )));
            }
        }
        for pattern in table.reasons.iter().flat_map(|reason| &reason.tests) {
            if !differences.iter().any(|test| is(pattern, &test.id)) {
                return Err(Failed::new(format!(
                    "caching/differences.txt gives a reason for {pattern}, in which nothing \
                     differs any more"
                )));
            }
        }
        Ok(table)
    }

    fn differences(&self) -> Vec<&Test> {
        let tests = self.gate.0.iter();
        tests
            .filter(|test| test.asks() && !test.has_passed())
            .collect()
    }

    /// What is committed to compare with: a line for each test.
    pub(super) fn verdicts(&self) -> String {
        self.gate.0.iter().fold(String::new(), |mut text, test| {
            let (nginx, varnish) = (self.nginx.verdict(&test.id), self.varnish.verdict(&test.id));
            // Writing to a string can't fail.
            let _ = writeln!(text, "{}\t{}\t{nginx}\t{varnish}", test.id, test.verdict);
            text
        })
    }

    /// The page for people.
    pub(super) fn page(&self) -> String {
        let mut text = INTRODUCTION.to_owned();
        let mut groups: Vec<&str> = Vec::new();
        for test in &self.gate.0 {
            if !groups.contains(&test.group.as_str()) {
                groups.push(&test.group);
            }
        }
        let mut all = [(0, 0); 3];
        for group in groups {
            let tallies = [&self.gate, &self.nginx, &self.varnish].map(|one| one.tally(group));
            for (sum, tally) in all.iter_mut().zip(tallies) {
                *sum = (sum.0 + tally.0, sum.1 + tally.1);
            }
            row(&mut text, group, tallies);
        }
        row(&mut text, "all", all);
        text.push_str(DIFFERENCES);
        for reason in &self.reasons {
            let tests = self.differences();
            let tests = tests.iter().filter(|test| reason.is_for(&test.id));
            let tests: Vec<String> = tests
                .map(|test| {
                    let (nginx, varnish) =
                        (self.nginx.verdict(&test.id), self.varnish.verdict(&test.id));
                    format!("`{}` {} ({nginx}, {varnish})", test.id, test.verdict)
                })
                .collect();
            let _ = writeln!(text, "- {}\n\n  {}\n", reason.why, tests.join("; "));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

fn row(text: &mut String, name: &str, tallies: [(usize, usize); 3]) {
    let [gate, nginx, varnish] = tallies.map(|(passed, failed)| format!("{passed} / {failed}"));
    let _ = writeln!(text, "| {name} | {gate} | {nginx} | {varnish} |");
}

const INTRODUCTION: &str = "\
# Caching, beside nginx and Varnish

What HTTP asks of caches, asked by the suite `http-cache-tests` of the gate before a foreign site none of whose pages is a
story, of nginx's `proxy_cache` and of Varnish, in one run. The suite calls itself the start of a conversation, not a test
of conformance: of what it asks, a part is required, a part merely the best that a cache could do, and what it only looks
at isn't counted here. The settings of all three are in [`caching/`](../../caching).

`cargo xtask cache-tests --write` writes this page; `cargo xtask test` fails where the gate no longer passes a test that
it has passed.

| passed / not passed | the gate | nginx | Varnish |
| --- | --- | --- | --- |
";

const DIFFERENCES: &str = "
## Where the gate does otherwise

Each test that the gate doesn't pass, with what became of it there and, in brackets, with nginx and with Varnish.
`not-optimal` is allowed and could be better; `setup-failed` is a test that never got as far as its question; `depends` is
one whose question makes sense only after another's.

";

fn read_reasons(text: &str) -> Result<Vec<Reason>, Failed> {
    let mut reasons: Vec<Reason> = Vec::new();
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let (true, Some(last)) = (line.starts_with(' '), reasons.last_mut()) {
            last.why.push(' ');
            last.why.push_str(line.trim());
            continue;
        }
        let (tests, why) = line.split_once(": ").ok_or_else(|| {
            Failed::new(format!(
                "caching/differences.txt: \"{line}\" gives no reason"
            ))
        })?;
        reasons.push(Reason {
            tests: tests.split_whitespace().map(str::to_owned).collect(),
            why: why.trim().to_owned(),
        });
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(verdicts: [&str; 2]) -> Results {
        let [one, two] = verdicts;
        let said = format!("G\tone\trequired\t{one}\t\tOne\nG\ttwo\toptimal\t{two}\tsaw\tTwo\n");
        Results::read(&said).expect("results")
    }

    #[test]
    fn every_difference_has_a_reason_and_every_reason_a_difference() {
        let table = |reasons| {
            let gate = results(["passed", "not-optimal"]);
            let peers = [(); 2].map(|()| results(["failed", "passed"]));
            let all = [gate].into_iter().chain(peers).collect();
            Table::new(all, reasons).map(|table| (table.page(), table.verdicts()))
        };
        let (page, verdicts) = table("# why\ntwo: So it\n  is.\n").expect("a table");
        assert!(page.contains("| G | 1 / 1 | 1 / 1 | 1 / 1 |"), "{page}");
        assert!(
            page.contains("- So it is.\n\n  `two` not-optimal (passed, passed)"),
            "{page}"
        );
        assert_eq!(
            verdicts,
            "one\tpassed\tfailed\tfailed\ntwo\tnot-optimal\tpassed\tpassed\n"
        );
        for (reasons, says) in [
            ("", "two"),
            ("t*: a\none: b", "nothing differs"),
            ("two", "no reason"),
        ] {
            let failed = table(reasons).expect_err("it is not in order").to_string();
            assert!(failed.contains(says), "{failed}");
        }
    }

    #[test]
    fn what_passed_before_and_does_not_now_is_lost() {
        let now = results(["failed", "passed"]);
        assert_eq!(now.lost("one\tpassed\tx\ty\ntwo\tfailed\tx\ty\n"), ["one"]);
        assert!(now.lost("one\tfailed\tpassed\ty\n").is_empty());
        assert_eq!(now.lost("three\tpassed\n"), ["three"]);
    }
}
