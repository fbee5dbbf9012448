//! Disks that refuse: by a limit on file sizes, which holds for the whole process
//! and so belongs into a victim, or by being full.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use access::StoryNo;
use ludgate_meter::{Charged, Config, Durability, Store, Unavailable};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;

use super::{charge, reader};

/// A store that tries again soon.
pub fn config(dir: &Path) -> Config {
    Config {
        durability: Durability::Window(Duration::from_millis(5)),
        retry: Duration::from_millis(20),
        ..Config::new(dir)
    }
}

/// Lets no file grow beyond `bytes`; `None` for any size.
pub fn limit_files(bytes: Option<u64>) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
    let current = bytes.or(maximum);
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).unwrap();
}

/// Counts new stories until the store says that it can't; how many were counted.
pub fn count_until_failing(store: &Store, from: u32) -> u32 {
    for n in from..from + 1_000_000 {
        store.warm(reader(n)).unwrap();
        match store.charge(reader(n), StoryNo(1), &charge(0, 0, 5, 9)) {
            Ok(Charged::Counted { .. }) => {}
            Err(Unavailable::Failing { dir, reason }) => {
                assert!(dir.is_absolute() && !reason.is_empty());
                return n;
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("the disk never refused");
}

pub fn await_recovery(store: &Store) {
    // Bounded: the first retries come after 20, 40, 80 ms.
    for _ in 0..2_000 {
        if store.flush().is_ok() {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    panic!("it never recovered: {:?}", store.stats());
}

/// A file system of its own, for as long as the test runs. Mounting takes root.
pub struct Small(TempDir);

impl Small {
    pub fn mount(megabytes: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(dir.path())
            .status();
        assert!(mount.unwrap().success());
        Self(dir)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves no room.
    pub fn fill(&self) {
        // As much of it as fits.
        let _ = fs::write(self.path().join("ballast"), vec![1; 64 << 20]);
    }

    pub fn empty(&self) {
        fs::remove_file(self.path().join("ballast")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}
