//! When sessions were last shown: noted in memory, for whoever keeps accounts to
//! write down now and then. Reading a story writes nothing.

use std::sync::atomic::{AtomicU32, Ordering};

use access::SessionId;
use jiff::Timestamp;
use parking_lot::Mutex;

/// For how many seconds a session that was noted isn't noted again. Devices are
/// listed by the day on which they were last seen, and which of them wasn't seen
/// for longest is told well enough by the hour.
const ACCURACY: i64 = 60 * 60;

/// The most that wait to be taken, at 32 bytes each: 2 MB, and more readers than
/// come in the seconds between. Who finds no room is noted by a later request.
const MOST: usize = 1 << 16;

/// In which hour since 1970 a session was last noted; 0 where it wasn't.
#[derive(Debug, Default)]
pub(super) struct Noted(AtomicU32);

/// Sessions that were shown, and when.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<Vec<(SessionId, Timestamp)>>);

impl Seen {
    /// Notes that the session was shown at `now`, once an hour. No request waits
    /// for that: where another one is at it, the next does it.
    pub(super) fn note(&self, session: SessionId, noted: &Noted, now: Timestamp) {
        let hour = u32::try_from(now.as_second().div_euclid(ACCURACY)).unwrap_or_default();
        if noted.0.load(Ordering::Relaxed) == hour {
            return;
        }
        let Some(mut waiting) = self.0.try_lock() else {
            return;
        };
        if waiting.len() < MOST && noted.0.swap(hour, Ordering::Relaxed) != hour {
            waiting.push((session, now));
        }
    }

    /// Takes so many of those that wait.
    pub(super) fn take(&self, most: usize) -> Vec<(SessionId, Timestamp)> {
        let mut waiting = self.0.lock();
        let left = waiting.len().saturating_sub(most);
        waiting.split_off(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    fn session(number: u32) -> SessionId {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        SessionId(id)
    }

    #[test]
    fn a_session_is_noted_once_an_hour_and_handed_out_once() {
        let (seen, noted, one) = (Seen::default(), Noted::default(), session(1));
        for seconds in [0, 1, 3_599, 3_600, 7_199, 7_200] {
            seen.note(one, &noted, at(seconds));
        }
        assert_eq!(seen.take(2), [(one, at(3_600)), (one, at(7_200))]);
        assert_eq!(seen.take(2), [(one, at(0))]);
        assert_eq!(seen.take(2), []);
    }

    #[test]
    fn who_finds_no_room_or_somebody_else_there_is_noted_later() {
        let (seen, noted, one) = (Seen::default(), Noted::default(), session(1));
        let busy = seen.0.lock();
        seen.note(one, &noted, at(0));
        drop(busy);
        for number in 0..u32::try_from(MOST).expect("few") {
            seen.note(session(number), &Noted::default(), at(1));
        }
        seen.note(one, &noted, at(2));
        assert_eq!(seen.take(usize::MAX).len(), MOST, "there is no more room");
        seen.note(one, &noted, at(3));
        assert_eq!(seen.take(usize::MAX), [(one, at(3))]);
    }
}
