//! When to ask the authority: pure arithmetic over times and chance.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::validity::Validity;

/// A certificate is renewed when a third of its time is left, as authorities
/// advise: 30 days of 90, two of six.
const LEFT: i32 = 3;

/// The pause after the first failure, each following four times the one before.
/// Let's Encrypt counts five failures per name and hour: even where chance halves
/// every pause, the tries after 0, 1/2, 2 1/2, 10 1/2 and 42 1/2 minutes are five.
const FIRST_PAUSE: Duration = Duration::from_mins(1);
const GROWTH: u32 = 4;

/// The longest pause: with 30 days left, at least 120 tries before it is too late.
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// The shortest rest after a success: even one that is valid for a second isn't
/// asked for more often.
const SHORTEST_REST: Duration = Duration::from_secs(1);

/// From when on a certificate is to be renewed.
pub(super) fn due(validity: Validity) -> Timestamp {
    let lifetime = validity.not_after.duration_since(validity.not_before);
    // Where the arithmetic has no answer, the certificate is no good either.
    validity
        .not_after
        .checked_sub(lifetime / LEFT)
        .unwrap_or(validity.not_before)
}

/// When a certificate that was got just now is to be renewed: when it is due, but
/// not before half of what is left. Whatever times an authority writes into it, it
/// isn't asked again at once, and again without an end.
pub(super) fn renewal(validity: Validity, now: Timestamp) -> Timestamp {
    let left = validity.not_after.duration_since(now);
    let half = now.checked_add(left / 2).unwrap_or(now);
    due(validity).max(half).max(after(now, SHORTEST_REST))
}

/// How long to pause after so many failures in a row, at least one. `chance` is a
/// random number: it shortens the pause by up to a half, so that many servers
/// that failed together don't come back together.
pub(super) fn pause(failures: u32, chance: u16) -> Duration {
    let growth = GROWTH.saturating_pow(failures.saturating_sub(1));
    let whole = FIRST_PAUSE.saturating_mul(growth).min(LONGEST_PAUSE);
    let half = whole / 2;
    half + half * u32::from(u16::MAX - chance) / u32::from(u16::MAX)
}

/// The moment that lies so much later.
pub(super) fn after(now: Timestamp, pause: Duration) -> Timestamp {
    SignedDuration::try_from(pause)
        .ok()
        .and_then(|pause| now.checked_add(pause).ok())
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::at;

    #[test]
    fn a_certificate_is_due_when_a_third_of_its_time_is_left() {
        let rows = [
            (
                "2026-01-01T00:00:00Z",
                "2026-04-01T00:00:00Z",
                "2026-03-02T00:00:00Z",
            ),
            (
                "2026-01-01T00:00:00Z",
                "2026-01-07T00:00:00Z",
                "2026-01-05T00:00:00Z",
            ),
            (
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:06Z",
                "2026-01-01T00:00:04Z",
            ),
            (
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ),
            // One that ends before it begins is overdue at either time.
            (
                "2026-01-04T00:00:00Z",
                "2026-01-01T00:00:00Z",
                "2026-01-02T00:00:00Z",
            ),
        ];
        for (from, until, expected) in rows {
            let validity = Validity {
                not_before: at(from),
                not_after: at(until),
            };
            assert_eq!(due(validity), at(expected), "{from} {until}");
        }
        let endless = Validity {
            not_before: Timestamp::MIN,
            not_after: Timestamp::MAX,
        };
        assert!(due(endless) > at("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn a_new_certificate_is_never_renewed_at_once() {
        let rows = [
            // As usual.
            (
                "2026-01-01T00:00:00Z",
                "2026-04-01T00:00:00Z",
                "2026-03-02T00:00:00Z",
            ),
            // Dated back so far that it would be due already.
            (
                "2025-01-01T00:00:00Z",
                "2026-01-11T00:00:00Z",
                "2026-01-06T00:00:00Z",
            ),
            (
                "2025-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
            ),
        ];
        for (from, until, expected) in rows {
            let validity = Validity {
                not_before: at(from),
                not_after: at(until),
            };
            let next = renewal(validity, at("2026-01-01T00:00:00Z"));
            assert_eq!(next, at(expected), "{from} {until}");
        }
    }

    #[test]
    fn pauses_grow_up_to_a_bound_and_chance_takes_at_most_a_half() {
        let minutes = [1, 4, 16, 64, 256, 360, 360];
        for (failures, minutes) in (1..).zip(minutes) {
            let whole = Duration::from_mins(minutes);
            assert_eq!(pause(failures, 0), whole);
            assert_eq!(pause(failures, u16::MAX), whole / 2);
            for chance in (0..u16::MAX).step_by(97) {
                let pause = pause(failures, chance);
                assert!(whole / 2 <= pause && pause <= whole, "{failures} {chance}");
            }
        }
        assert_eq!(pause(u32::MAX, 0), LONGEST_PAUSE);
    }

    #[test]
    fn five_failures_take_at_least_the_hour_that_they_are_counted_in() {
        let tries: Vec<Duration> = (1..=5).map(|failures| pause(failures, u16::MAX)).collect();
        assert!(tries.iter().sum::<Duration>() > Duration::from_hours(1));
    }
}
