//! A server that can't keep up: most are told so at once, nothing is counted for
//! it, and nothing opens.

use std::time::Duration;

use crate::canary::leaks;
use crate::site::{Setup, Site};

#[test]
fn who_cannot_be_answered_in_time_is_told_so_and_not_counted() {
    let setup = Setup {
        late: true,
        ..Setup::default()
    };
    let site = Site::start(&setup);
    // Long enough for the share that is turned away to reach its most.
    std::thread::sleep(Duration::from_millis(600));
    let mut turned_away = 0;
    let mut cookie = String::new();
    let mut used = 0;
    for _ in 0..256 {
        let header = format!("Cookie: {cookie}");
        let headers: &[&str] = if cookie.is_empty() { &[] } else { &[&header] };
        let reply = site.get("/stories/a", headers);
        if reply.status == 503 {
            turned_away += 1;
            assert_eq!(reply.header("retry-after"), Some("5"));
            assert_eq!(reply.header("cache-control"), Some("no-store"));
            assert_eq!(reply.cookie(), None);
            assert_eq!(leaks("a", &reply.decoded()), [""; 0]);
        } else {
            used += 1;
            cookie = reply.cookie().unwrap_or(cookie);
        }
    }
    assert_eq!((turned_away, used), (252, 4));
    // Whoever asks whether the server is there is answered.
    for _ in 0..64 {
        assert_eq!(site.get("/-/healthz", &[]).status, 200);
    }
}

#[test]
fn who_keeps_up_turns_nobody_away() {
    let site = Site::start(&Setup::default());
    std::thread::sleep(Duration::from_millis(100));
    for _ in 0..64 {
        assert_eq!(site.get("/stories/free", &[]).status, 200);
    }
}
