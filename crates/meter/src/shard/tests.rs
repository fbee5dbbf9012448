//! What the rest of the store relies on and can hardly provoke: loads that are
//! overtaken, rounds in flight, memory without a record to forget.

use access::MeterNo;

use super::*;

fn reader(n: u32) -> ReaderId {
    let mut id = [7; 12];
    id[..4].copy_from_slice(&n.to_le_bytes());
    ReaderId(id)
}

fn charge(shard: &mut Shard, n: u32, story: u32, due: &Charge) -> Result<Outcome, Full> {
    shard.charge(
        Hash::of(reader(n)),
        reader(n),
        StoryNo(story),
        due,
        Minute::MIN,
        true,
    )
}

fn due(since: u32, limit: u16) -> Charge {
    Charge {
        meter: MeterNo::new(0).unwrap(),
        since: Minute::new(since).unwrap(),
        at: Minute::new(since + 5).unwrap(),
        limit,
    }
}

fn insert(shard: &mut Shard, n: u32) -> Result<(), Full> {
    shard.insert(Hash::of(reader(n)), reader(n), &[])
}

/// Writes what is dirty, or fails to.
fn write(shard: &mut Shard, round: Round, written: bool) {
    let readers = shard.collect(round, |_, _| {});
    shard.settle(&readers, written);
}

const MEMORY: usize = 32 * 1024;

#[test]
fn a_load_is_stale_once_its_reader_came_and_went() {
    let mut shard = Shard::new(MEMORY);
    let overtaken = shard.load(reader(0));
    let undisturbed = shard.load(reader(1_000_000));
    insert(&mut shard, 0).unwrap();
    for n in 1.. {
        insert(&mut shard, n).unwrap();
        if shard.find(Hash::of(reader(0)), reader(0)).is_none() {
            break;
        }
    }
    assert!(!shard.loaded(overtaken));
    assert!(shard.loaded(undisturbed));
    assert!(!shard.loaded(undisturbed), "a load ends once");
}

#[test]
fn a_count_belongs_to_the_round_that_writes_it() {
    let mut shard = Shard::new(MEMORY);
    insert(&mut shard, 0).unwrap();
    let first = charge(&mut shard, 0, 1, &due(0, 9));
    assert_eq!(first, Ok(Outcome::Counted { used: 1, round: 1 }));
    let again = |shard: &mut Shard| charge(shard, 0, 1, &due(0, 9)).unwrap();
    let readers = shard.collect(1, |_, _| {});
    assert_eq!(
        again(&mut shard),
        Outcome::Already { used: 1, round: 1 },
        "in flight"
    );
    let second = charge(&mut shard, 0, 2, &due(0, 9));
    assert_eq!(second, Ok(Outcome::Counted { used: 2, round: 2 }));
    shard.settle(&readers, true);
    assert_eq!(
        again(&mut shard),
        Outcome::Already { used: 2, round: 2 },
        "changed since"
    );
    write(&mut shard, 2, false);
    assert_eq!(
        again(&mut shard),
        Outcome::Already { used: 2, round: 3 },
        "refused"
    );
    write(&mut shard, 3, true);
    assert_eq!(
        again(&mut shard),
        Outcome::Already { used: 2, round: 0 },
        "on disk"
    );
}

#[test]
fn what_is_not_on_disk_is_never_forgotten_and_memory_stays_bounded() {
    let mut shard = Shard::new(MEMORY);
    let mut counted = 0;
    let full = loop {
        let result =
            insert(&mut shard, counted).and_then(|()| charge(&mut shard, counted, 1, &due(0, 9)));
        if result.is_err() {
            break result;
        }
        counted += 1;
    };
    assert_eq!(full, Err(Full));
    assert!(counted > 500, "{counted}");
    assert!(shard.bytes() <= MEMORY && shard.is_pressed());
    // In flight is not on disk either, and a refused round changes nothing.
    let crowd = |shard: &mut Shard| (0..2_000).any(|n| insert(shard, 1_000_000 + n).is_err());
    let readers = shard.collect(1, |_, _| {});
    crowd(&mut shard);
    shard.settle(&readers, false);
    crowd(&mut shard);
    for n in 0..counted {
        let again = charge(&mut shard, n, 1, &due(0, 9));
        assert_eq!(
            again,
            Ok(Outcome::Already { used: 1, round: 2 }),
            "reader {n}"
        );
    }
    write(&mut shard, 2, true);
    assert_eq!(shard.pinned(), 0);
    assert!(!crowd(&mut shard), "what is on disk may go");
    assert!(shard.bytes() <= MEMORY);
}

#[test]
fn a_full_record_makes_room_for_a_new_period_and_refuses_within_one() {
    let mut shard = Shard::new(MEMORY);
    insert(&mut shard, 0).unwrap();
    for story in 0..255 {
        let counted = charge(&mut shard, 0, story, &due(0, 1_000));
        assert!(
            matches!(counted, Ok(Outcome::Counted { .. })),
            "{counted:?}"
        );
    }
    let refused = charge(&mut shard, 0, 999, &due(0, 1_000));
    assert_eq!(refused, Ok(Outcome::Refused { used: 255 }));
    let renewed = charge(&mut shard, 0, 999, &due(100, 1_000));
    assert_eq!(renewed, Ok(Outcome::Counted { used: 1, round: 1 }));
    assert_eq!(
        shard.read(Hash::of(reader(0)), reader(0)).unwrap().0.len(),
        1
    );
}

/// Bytes of table for each of many readers who have counted so many stories.
fn bytes_each(stories: u32) -> usize {
    let readers = 8_000;
    let mut shard = Shard::new(1 << 30);
    for n in 0..readers {
        insert(&mut shard, n).unwrap();
        for story in 0..stories {
            charge(&mut shard, n, story, &due(0, 1_000)).unwrap();
        }
    }
    write(&mut shard, 1, true);
    let dirty = shard.dirty.capacity() * size_of::<ReaderId>();
    (shard.bytes() - dirty) / readers as usize
}

#[test]
fn a_reader_takes_the_bytes_that_the_documents_say() {
    for (stories, bytes) in [(5, 62), (40, 350)] {
        let found = bytes_each(stories);
        assert!(found.abs_diff(bytes) <= bytes / 20, "{stories}: {found}");
    }
}
