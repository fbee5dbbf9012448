//! Prints are made once, by few at a time, and kept within bounds.

use std::sync::Barrier;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::head::Head;
use crate::samples::{corners, jpeg, negative, png};
use crate::sizes::WIDTHS;

/// Long enough for the slowest machine; a test that waits for it fails.
const LONG: Duration = Duration::from_mins(1);

fn open(folder: Option<&Path>) -> Darkroom {
    let bounds = Bounds {
        threads: 2,
        bytes: 1 << 30,
        begin: || {},
    };
    Darkroom::open(folder, bounds).expect("a darkroom")
}

fn order(negative: &Negative, width: u32, form: Form) -> Order {
    Order {
        negative: negative.clone(),
        width,
        form,
    }
}

fn ask(darkroom: &Darkroom, order: Order) -> Receiver<Result<Bytes, Failure>> {
    let (tell, told) = channel();
    darkroom.ask(order, move |print| {
        let _ = tell.send(print);
    });
    told
}

fn wait(told: &Receiver<Result<Bytes, Failure>>) -> Result<Bytes, Failure> {
    told.recv_timeout(LONG).expect("an answer")
}

/// Until nothing is being made any more.
fn settle(darkroom: &Darkroom) {
    let mut queue = darkroom.room.queue.lock();
    while !queue.is_at_rest() {
        darkroom.room.bell.wait(&mut queue);
    }
}

#[test]
fn a_print_is_made_once_and_found_from_then_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let negative = negative(jpeg(&corners(700, 400)));
    let wanted = order(&negative, 480, Form::Webp);
    let darkroom = open(Some(folder.path()));
    assert_eq!(darkroom.find(&wanted), None);
    let print = wait(&ask(&darkroom, wanted.clone())).expect("a print");
    assert_eq!(Head::read(&print).expect("sound").width, 480);
    assert_eq!(darkroom.find(&wanted), Some(print.clone()));
    drop(darkroom);
    let darkroom = open(Some(folder.path()));
    assert_eq!(darkroom.find(&wanted), Some(print));
    assert_eq!(darkroom.stats().made, 0);
}

#[test]
fn a_width_that_is_not_offered_is_no_work() {
    let darkroom = open(None);
    let negative = negative(jpeg(&corners(700, 400)));
    for (width, form) in [
        (321, Form::Webp),
        (960, Form::Webp),
        (0, Form::Jpeg),
        (480, Form::Png),
    ] {
        let said = wait(&ask(&darkroom, order(&negative, width, form)));
        assert!(matches!(said, Err(Failure::NotOffered)), "{width} {form:?}");
    }
    assert_eq!(darkroom.stats(), Stats::default());
}

#[test]
fn the_other_widths_are_made_before_anybody_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let darkroom = open(Some(folder.path()));
    let negative = negative(jpeg(&corners(1700, 300)));
    wait(&ask(&darkroom, order(&negative, 320, Form::Webp))).expect("a print");
    settle(&darkroom);
    for width in WIDTHS {
        assert!(
            darkroom
                .find(&order(&negative, width, Form::Webp))
                .is_some(),
            "{width}"
        );
    }
    let shared = order(&negative, crate::SHARED, Form::Jpeg);
    assert!(darkroom.find(&shared).is_some(), "for who shares it");
}

#[test]
fn pictures_in_use_are_made_ahead_and_the_prints_of_others_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let darkroom = open(Some(folder.path()));
    let old = negative(jpeg(&corners(400, 300)));
    let new = negative(png(&corners(330, 300)));
    wait(&ask(&darkroom, order(&old, 320, Form::Webp))).expect("a print");
    settle(&darkroom);
    darkroom.use_only(&HashSet::from([new.fingerprint]), vec![new.clone()]);
    settle(&darkroom);
    assert_eq!(darkroom.find(&order(&old, 320, Form::Webp)), None);
    assert!(darkroom.find(&order(&new, 320, Form::Webp)).is_some());
}

#[test]
fn who_asks_does_not_wait_for_what_is_made_ahead() {
    let folder = tempfile::tempdir().expect("a folder");
    let bounds = Bounds {
        threads: 1,
        bytes: 1 << 30,
        begin: || {},
    };
    let darkroom = Darkroom::open(Some(folder.path()), bounds).expect("a darkroom");
    let gate = Arc::new(Barrier::new(2));
    let own = negative(jpeg(&corners(1700, 300)));
    let ahead = {
        let (gate, read) = (Arc::clone(&gate), Arc::clone(&own.read));
        let is_first = AtomicU64::new(0);
        Negative {
            read: Arc::new(move || {
                if is_first.fetch_add(1, Ordering::SeqCst) == 0 {
                    gate.wait();
                    gate.wait();
                }
                read()
            }),
            ..own
        }
    };
    let wanted = negative(png(&corners(330, 300)));
    let in_use = HashSet::from([ahead.fingerprint, wanted.fingerprint]);
    darkroom.use_only(&in_use, vec![ahead.clone()]);
    gate.wait();
    // It is at work on what nobody waits for.
    let (tell, told) = channel();
    let room = Arc::clone(&darkroom.room);
    darkroom.ask(order(&wanted, 320, Form::Webp), move |print| {
        let _ = tell.send((print, room.made.load(Ordering::SeqCst)));
    });
    gate.wait();
    let (print, made) = told.recv_timeout(LONG).expect("an answer");
    print.expect("a print");
    // One that was being made, and the one that was asked for.
    assert_eq!(made, 2);
    settle(&darkroom);
    for width in WIDTHS {
        let order = order(&ahead, width, Form::Webp);
        assert!(
            darkroom.find(&order).is_some(),
            "{width} is made afterwards"
        );
    }
}

#[test]
fn nothing_is_made_ahead_while_somebody_waits() {
    let mut queue = Queue::default();
    let asked = negative(png(&corners(330, 300)));
    let ahead = negative(jpeg(&corners(330, 300)));
    let put = queue.ask(order(&asked, 320, Form::Webp), Box::new(|_| {}));
    assert!(put.is_ok());
    queue.later(ahead.clone());
    assert!(matches!(queue.next(), Some(Work::Asked(..))));
    assert!(
        queue.next().is_none(),
        "another thread leaves the processor"
    );
    queue.is_answered(None);
    assert!(matches!(queue.next(), Some(Work::Ahead(_))));
    assert!(queue.next().is_none(), "one at a time");
    queue.is_put_off(ahead.clone());
    assert!(matches!(queue.next(), Some(Work::Ahead(_))));
    // The publication is loaded anew meanwhile, with the same picture and without.
    queue.replace_ahead(vec![ahead.clone()]);
    queue.is_put_off(ahead.clone());
    assert_eq!(queue.lengths(), (1, 1), "who asked hasn't been told yet");
    assert!(matches!(queue.next(), Some(Work::Ahead(_))));
    queue.replace_ahead(Vec::new());
    queue.is_put_off(ahead);
    assert!(queue.is_at_rest());
}

#[test]
fn many_who_want_one_print_wait_for_one_decoding() {
    let own = negative(jpeg(&corners(700, 400)));
    let file = Bytes::from(jpeg(&corners(700, 400)));
    let (reads, gate) = (Arc::new(AtomicU64::new(0)), Arc::new(Barrier::new(2)));
    let negative = {
        let (file, reads, gate) = (file.clone(), Arc::clone(&reads), Arc::clone(&gate));
        let read = move || {
            // The first is held up until all have asked.
            if reads.fetch_add(1, Ordering::SeqCst) == 0 {
                gate.wait();
            }
            Ok(file.clone())
        };
        Negative {
            read: Arc::new(read),
            ..own
        }
    };
    let folder = tempfile::tempdir().expect("a folder");
    let darkroom = open(Some(folder.path()));
    let first = ask(&darkroom, order(&negative, 640, Form::Webp));
    let others: Vec<_> = (0..50)
        .map(|_| ask(&darkroom, order(&negative, 640, Form::Webp)))
        .collect();
    gate.wait();
    let print = wait(&first).expect("a print");
    for other in others {
        assert_eq!(wait(&other).expect("the same"), print);
    }
    let made = darkroom.stats().made;
    assert!(made >= 1);
    settle(&darkroom);
    // Once for who waited, and at most twice more for the other widths.
    assert!(reads.load(Ordering::SeqCst) <= 3);
}

#[test]
fn too_many_are_told_to_come_back() {
    let gate = Arc::new(Barrier::new(3));
    let held = |width: u32| {
        let gate = Arc::clone(&gate);
        let own = negative(png(&corners(width, 4)));
        let read = Arc::clone(&own.read);
        Negative {
            read: Arc::new(move || {
                gate.wait();
                read()
            }),
            ..own
        }
    };
    let darkroom = open(None);
    // Both threads are busy.
    let busy: Vec<_> = [41, 42]
        .map(|width| ask(&darkroom, order(&held(width), width, Form::Webp)))
        .into();
    let waiting: Vec<_> = (100..700)
        .map(|width| {
            let negative = negative(png(&corners(width, 1)));
            ask(
                &darkroom,
                order(
                    &negative,
                    *crate::widths(width).last().expect("one"),
                    Form::Webp,
                ),
            )
        })
        .collect();
    gate.wait();
    let answers: Vec<_> = busy.iter().chain(&waiting).map(wait).collect();
    let busy = answers
        .iter()
        .filter(|answer| matches!(answer, Err(Failure::Busy)));
    let (made, refused) = (
        answers.iter().filter(|answer| answer.is_ok()).count(),
        busy.count(),
    );
    assert_eq!(made + refused, 602);
    assert!(made >= 256 && refused > 0, "{made} made, {refused} refused");
}

#[test]
fn an_original_of_no_use_is_tried_once() {
    let mut file = png(&corners(600, 400));
    let at = file
        .windows(4)
        .position(|name| name == b"IDAT")
        .expect("pixels");
    let length = u32::from_be_bytes([file[at - 4], file[at - 3], file[at - 2], file[at - 1]]);
    let end = at + 4 + length as usize;
    file[at + 4..end].fill(0x55);
    let sum = crc32fast::hash(&file[at..end]).to_be_bytes();
    file[end..end + 4].copy_from_slice(&sum);
    let negative = negative(file);
    let darkroom = open(None);
    for width in [320, 320, 480] {
        let said = wait(&ask(&darkroom, order(&negative, width, Form::Webp)));
        assert!(matches!(
            said,
            Err(Failure::Refused(Refusal::Undecodable(_)))
        ));
    }
    assert_eq!(darkroom.stats().failed, 1);
}

#[test]
fn an_original_that_was_changed_or_is_gone_makes_no_print_under_its_old_address() {
    let own = negative(jpeg(&corners(400, 300)));
    let other = Bytes::from(jpeg(&corners(300, 400)));
    let changed = Negative {
        read: Arc::new(move || Ok(other.clone())),
        ..own.clone()
    };
    let gone = Negative {
        read: Arc::new(|| Err(io::ErrorKind::NotFound.into())),
        ..own.clone()
    };
    let darkroom = open(None);
    let said = wait(&ask(&darkroom, order(&changed, 320, Form::Webp)));
    assert!(matches!(said, Err(Failure::Replaced)));
    let said = wait(&ask(&darkroom, order(&gone, 320, Form::Webp)));
    assert!(matches!(said, Err(Failure::Unreadable(_))));
    wait(&ask(&darkroom, order(&own, 320, Form::Webp))).expect("it is back");
}

#[test]
fn who_waits_when_it_ends_hears_so() {
    let gate = Arc::new(Barrier::new(2));
    let own = negative(png(&corners(40, 4)));
    let slow = {
        let (gate, read) = (Arc::clone(&gate), Arc::clone(&own.read));
        Negative {
            read: Arc::new(move || {
                gate.wait();
                gate.wait();
                read()
            }),
            ..own
        }
    };
    let bounds = Bounds {
        threads: 1,
        bytes: 0,
        begin: || {},
    };
    let darkroom = Darkroom::open(None, bounds).expect("a darkroom");
    let first = ask(&darkroom, order(&slow, 40, Form::Webp));
    gate.wait();
    let second = ask(
        &darkroom,
        order(&negative(png(&corners(41, 4))), 41, Form::Webp),
    );
    let ending = std::thread::spawn(move || drop(darkroom));
    assert!(matches!(wait(&second), Err(Failure::Busy)));
    gate.wait();
    ending.join().expect("an end");
    assert!(matches!(wait(&first), Ok(_) | Err(Failure::Busy)));
}
