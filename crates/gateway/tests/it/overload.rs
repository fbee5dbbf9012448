//! A server that can't keep up: most are told so at once, nothing is counted for
//! it, and nothing opens.

use std::time::Duration;

use crate::canary::leaks;
use crate::site::{Setup, Site};

/// Who asks at a time, and how often each.
const READERS: usize = 32;
const EACH: usize = 128;

#[test]
fn who_cannot_be_answered_in_time_is_told_so_and_not_counted() {
    let setup = Setup {
        late: true,
        ..Setup::default()
    };
    let site = Site::start(&setup);
    // As many at a time as a thread may be late for.
    let answers = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|_| scope.spawn(|| [(); EACH].map(|()| site.get("/stories/a", &[]))))
            .collect();
        let answers = readers
            .into_iter()
            .map(|reader| reader.join().expect("answers"));
        answers.flatten().collect::<Vec<_>>()
    });
    let (turned_away, answered): (Vec<_>, Vec<_>) =
        answers.iter().partition(|reply| reply.status == 503);
    for reply in &turned_away {
        assert_eq!(reply.header("retry-after"), Some("5"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.cookie(), None);
        assert_eq!(leaks("a", &reply.decoded()), [""; 0]);
    }
    assert!(
        !turned_away.is_empty() && !answered.is_empty(),
        "{} and {}",
        turned_away.len(),
        answered.len()
    );
    // Whoever asks whether the server is there is answered.
    for _ in 0..64 {
        assert_eq!(site.get("/-/healthz", &[]).status, 200);
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells that a thread has looked how late it is"
)]
fn who_keeps_up_turns_nobody_away() {
    let site = Site::start(&Setup::default());
    std::thread::sleep(Duration::from_millis(100));
    for _ in 0..64 {
        assert_eq!(site.get("/stories/free", &[]).status, 200);
    }
}
