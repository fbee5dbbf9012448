//! What the command line asks for.

use anyhow::{Context, Result, bail};

/// How much is simulated, and by which throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The same seed is the same simulation.
    pub(crate) seed: u64,
    /// How many readers come, in the course of time.
    pub(crate) readers: u64,
    /// How long it lasts, in days of the business clock.
    pub(crate) days: i64,
}

impl Asked {
    /// Two years of two thousand readers: some minutes.
    const USUAL: Self = Self {
        seed: 1,
        readers: 2_000,
        days: 730,
    };

    /// What the tests have time for.
    pub(crate) const SHORT: Self = Self {
        seed: 1,
        readers: 25,
        days: 200,
    };

    pub(crate) fn parse(words: &[String]) -> Result<Self> {
        let mut asked = Self::USUAL;
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let mut number = |what: &str| -> Result<u64> {
                let text = words.next().unwrap_or_default();
                let parsed = text.parse();
                parsed.with_context(|| format!("{what} takes a number, not \"{text}\""))
            };
            match word {
                "--short" => {
                    asked = Self {
                        seed: asked.seed,
                        ..Self::SHORT
                    };
                }
                "--readers" => asked.readers = number(word)?.clamp(1, 100_000),
                "--days" => {
                    let days = number(word)?.clamp(1, 10_000);
                    asked.days = i64::try_from(days)?;
                }
                seed if seed.bytes().all(|c| c.is_ascii_digit()) => {
                    asked.seed = seed.parse().context("a seed is a number of 64 bits")?;
                }
                _ => bail!(
                    "\"{word}\" isn't understood; a seed, --short, --readers N and --days N are"
                ),
            }
        }
        Ok(asked)
    }

    /// The command that does the same again.
    pub(crate) fn again(&self) -> String {
        let Self {
            seed,
            readers,
            days,
        } = self;
        format!("cargo xtask sim {seed} --readers {readers} --days {days}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Asked> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Asked::parse(&words)
    }

    #[test]
    fn what_is_said_again_is_the_same_simulation() {
        for line in [
            "",
            "7",
            "7 --short",
            "--short 7",
            "3 --readers 10 --days 20",
        ] {
            let asked = parse(line).expect("understood");
            let again = asked.again();
            let words = again.strip_prefix("cargo xtask sim ").expect("the command");
            assert_eq!(parse(words).expect("understood"), asked, "{line}");
        }
        for bad in ["seven", "--readers", "--readers many", "--long", "-1"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
