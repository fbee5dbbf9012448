//! A second process for tests that kill, starve or lock one out: this test
//! binary again, running one ignored test that takes its orders from stdin.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running victim.
pub struct Victim {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

/// Starts the ignored test `name` of this binary with `orders` as its stdin.
/// Writing past a limit on file sizes is an error for it, not a signal.
pub fn start(name: &str, orders: &str) -> Victim {
    start_under(&[], name, orders)
}

/// The same, run by another program with its own words before.
pub fn start_under(program: &[&str], name: &str, orders: &str) -> Victim {
    let mut child = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .args(program)
        .arg(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            name,
            "--nocapture",
            "--test-threads=1",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(orders.as_bytes())
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    Victim { child, lines }
}

impl Victim {
    /// The next line that the victim [`say`]s; `None` once it is gone.
    pub fn line(&mut self) -> Option<String> {
        loop {
            let line = self.lines.next()?.unwrap();
            if let Some((_, said)) = line.split_once("say: ") {
                return Some(said.to_owned());
            }
        }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for the end; whether the test in the victim passed.
    pub fn passed(mut self) -> bool {
        while self.line().is_some() {}
        self.child.wait().unwrap().success()
    }
}

/// In the victim: the orders, `None` if the test was not started by [`start`].
pub fn orders() -> Option<String> {
    let mut orders = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut orders).unwrap();
    (!orders.is_empty()).then_some(orders)
}

/// In the victim: tells the test something, in one piece.
pub fn say(lines: &str) {
    let mut text = String::new();
    for line in lines.lines() {
        text.push_str("say: ");
        text.push_str(line);
        text.push('\n');
    }
    std::io::stdout().write_all(text.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}
