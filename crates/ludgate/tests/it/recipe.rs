//! Other people's programs, run with the very files of the guides.

use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// What runs nginx with a file, as one process that ends when it is told to.
pub(crate) const NGINX: [&str; 7] = [
    "nginx",
    "-p",
    "HOME",
    "-c",
    "FILE",
    "-g",
    "daemon off; master_process off; pid nginx.pid; error_log stderr;",
];

/// A file of a guide, with the addresses of a test in place of its own.
pub(crate) struct Recipe {
    name: String,
    text: String,
    dir: tempfile::TempDir,
}

impl Recipe {
    /// The file at `path` below `docs/guides`.
    pub(crate) fn of(path: &str) -> Self {
        let guides = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides");
        let file = guides.join(path);
        let name = file.file_name().expect("a file").to_string_lossy();
        Self {
            text: std::fs::read_to_string(&file).expect("the recipe"),
            name: name.into_owned(),
            dir: tempfile::tempdir().expect("a folder"),
        }
    }

    /// Puts `here` wherever the recipe says `there`, which it must.
    pub(crate) fn with(mut self, there: &str, here: &str) -> Self {
        assert!(self.text.contains(there), "{} has no {there}", self.name);
        self.text = self.text.replace(there, here);
        self
    }

    /// A file in the folder that the program runs in.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    /// Runs a program with it until it listens at `address`. In the command,
    /// `FILE` stands for the recipe and `HOME` for a folder to work in.
    pub(crate) fn run(self, command: &[&str], address: SocketAddr) -> Running {
        let file = self.path(&self.name);
        std::fs::write(&file, &self.text).expect("a file");
        let file = file.to_str().expect("a path");
        let home = self.dir.path().to_str().expect("a path");
        let words = command
            .iter()
            .map(|word| word.replace("FILE", file).replace("HOME", home));
        let words: Vec<String> = words.collect();
        let child = Command::new(&words[0])
            .args(&words[1..])
            .env("HOME", home)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program");
        let running = Running {
            child,
            address,
            _dir: self.dir,
        };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < end, "{} never listened", command[0]);
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }
}

/// A program that is running.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: SocketAddr,
    _dir: tempfile::TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
