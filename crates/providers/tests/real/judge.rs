//! Starting a judge, asking it line by line, ending it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A Python script that answers each line with a line.
pub(crate) struct Judge {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Judge {
    /// Starts a script of this folder.
    pub(crate) fn new(script: &str) -> Self {
        Self::with(script, &[])
    }

    /// Starts it with arguments.
    pub(crate) fn with(script: &str, words: &[&OsStr]) -> Self {
        let python = std::env::var("LUDGATE_PYTHON").expect("LUDGATE_PYTHON names a Python");
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/real")
            .join(script);
        let mut child = Command::new(python)
            .arg("-B")
            .arg(script)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a judge");
        let to = child.stdin.take().expect("its input");
        let from = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, to, from }
    }

    /// What it says next.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("a line");
        assert!(line.ends_with('\n'), "the judge has ended: {line:?}");
        line.trim_end().to_owned()
    }

    /// What it says to a question.
    pub(crate) fn ask(&mut self, question: &serde_json::Value) -> serde_json::Value {
        writeln!(self.to, "{question}").expect("asked");
        serde_json::from_str(&self.line()).expect("an answer")
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
