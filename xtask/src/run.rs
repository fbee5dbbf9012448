//! Running other programs: said before it is done, and a failure if it can't be.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

/// Why a command of ours didn't succeed, with what to do about it.
#[derive(Debug)]
pub(crate) struct Failed(String);

impl Failed {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A program to be run, without standard input.
pub(crate) struct Command {
    inner: process::Command,
    line: String,
}

impl Command {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let line = program.as_ref().display().to_string();
        let mut inner = process::Command::new(program);
        inner.stdin(Stdio::null());
        Self { inner, line }
    }

    /// The cargo that runs us, without what it tells us of ourselves: build scripts
    /// would take that for a change, and what they belong to would be built again.
    pub(crate) fn cargo() -> Self {
        let mut command = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        "cargo".clone_into(&mut command.line);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|ours| name.starts_with(ours))
            {
                command.inner.env_remove(&*name);
            }
        }
        command
    }

    pub(crate) fn arg(mut self, word: impl AsRef<OsStr>) -> Self {
        self.line.push(' ');
        self.line.push_str(&word.as_ref().to_string_lossy());
        self.inner.arg(word);
        self
    }

    pub(crate) fn args<W: AsRef<OsStr>>(self, words: impl IntoIterator<Item = W>) -> Self {
        words.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.inner.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    /// Says what is run, runs it, and takes anything but success as a failure.
    pub(crate) fn run(mut self) -> Result<(), Failed> {
        say(&format!("$ {}", self.line));
        let status = self.inner.status().map_err(|error| self.cannot(&error))?;
        if status.success() {
            return Ok(());
        }
        Err(Failed::new(format!(
            "`{}` failed ({status}); what it said is above",
            self.line
        )))
    }

    /// Runs it quietly and returns what it printed.
    pub(crate) fn output(mut self) -> Result<String, Failed> {
        let output = self.inner.output().map_err(|error| self.cannot(&error))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(said);
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(Failed::new(format!(
            "`{}` failed ({}): {complaint}",
            self.line, output.status
        )))
    }

    fn cannot(&self, error: &std::io::Error) -> Failed {
        Failed::new(format!("`{}` can't be run: {error}", self.line))
    }
}

/// A line about what happens next, between the outputs of programs.
pub(crate) fn say(line: &str) {
    println!("\n{line}");
}

/// Where a program is: on the path, or where Debian keeps servers.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_or_is_not_there_is_a_failure_that_names_it() {
        let failed = Command::new("false")
            .run()
            .expect_err("false fails")
            .to_string();
        assert!(failed.contains("`false` failed"), "{failed}");
        let missing = Command::new("no-such-program").arg("-x").run();
        let missing = missing.expect_err("it isn't there").to_string();
        assert!(
            missing.contains("`no-such-program -x` can't be run"),
            "{missing}"
        );
    }
}
