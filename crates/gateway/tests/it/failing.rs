//! A meter that can't count: nothing opens that would have to be paid for, and
//! what needn't be stays open.

use std::process::{Command, Stdio};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::canary::leaks;
use crate::site::{Setup, Site};

const WORDS: &str = "This story can’t be shown in full just now";

/// What must hold while nothing can be counted, whatever the cause.
fn holds_without_a_meter(site: &Site, two_read: &str, used_up: &str) {
    for (target, reason) in [
        ("/stories/free", "free"),
        ("/stories/sponsored", "sponsored"),
    ] {
        let reply = site.get(target, &[two_read]);
        assert_eq!((reply.status, reply.reason()), (200, reason));
    }
    for headers in [&[two_read][..], &[]] {
        let reply = site.get("/stories/new", headers);
        assert_eq!((reply.status, reply.reason()), (200, "unavailable"));
        let text = reply.text();
        assert!(text.contains(WORDS), "{text}");
        assert!(!text.contains("subscribers") && !text.contains("/subscribe"));
        assert!(leaks("new", text.as_bytes()).is_empty());
        assert_eq!(reply.cookie(), None);
    }
    let again = site.get("/stories/a", &[two_read]);
    assert_eq!(again.reason(), "already-counted", "what was paid for is");
    let wall = site.get("/stories/new", &[used_up]);
    assert_eq!(wall.reason(), "meter-exhausted");
    assert!(
        !wall.text().contains(WORDS),
        "that is no fault of the meter"
    );
    let locked = site.get("/stories/locked", &[two_read]);
    assert_eq!(locked.reason(), "subscription-required");
    assert_eq!(site.get("/-/healthz", &[]).status, 200);
}

#[test]
fn a_closed_meter_opens_nothing_and_closes_nothing_that_is_open() {
    let site = Site::start(&Setup::default());
    let two_read = format!("Cookie: {}", site.reader(&["a", "b"]));
    let used_up = site.walled();
    site.gate.meter().clone().close().expect("written");
    holds_without_a_meter(&site, &two_read, &used_up);
}

/// Lets no file grow beyond `bytes`; `None` for any size.
fn limit_files(bytes: Option<u64>) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
    let current = bytes.or(maximum);
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).expect("a limit");
}

/// Reads as one stranger after another until the disk refuses.
fn read_until_it_fails(site: &Site) {
    for _ in 0..100_000 {
        match site.get("/stories/a", &[]).reason() {
            "counted" => {}
            "unavailable" => return,
            other => panic!("{other}"),
        }
    }
    panic!("the disk never refused");
}

#[test]
// It starves its whole process.
#[ignore = "a child process of the test below"]
fn starved_victim() {
    let site = Site::start(&Setup::default());
    let two_read = format!("Cookie: {}", site.reader(&["a", "b"]));
    let used_up = site.walled();
    site.gate.meter().flush().expect("written");
    limit_files(Some(64 << 10));
    read_until_it_fails(&site);
    holds_without_a_meter(&site, &two_read, &used_up);
    assert_eq!(site.get("/-/readyz", &[]).status, 503);
    limit_files(None);
    // Bounded: the meter tries again after a second, then after two, and so on.
    let recovered = (0..1_000).any(|_| {
        std::thread::park_timeout(std::time::Duration::from_millis(50));
        site.gate.meter().flush().is_ok()
    });
    assert!(recovered);
    let counted = site.get("/stories/new", &[&two_read]);
    assert_eq!(counted.reason(), "counted", "and it recovers by itself");
}

#[test]
fn while_the_disk_refuses_nothing_opens_that_would_have_to_be_counted() {
    // Writing past a limit on file sizes is to be an error, not a signal.
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "failing::starved_victim"])
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("it ran").success());
}
