//! What the sandbox tells by itself, and the mischief that may befall it.

use ludgate_providers::payment::{Delivery, Event, Request};
use ludgate_providers::sandbox::{Mischief, Sandbox};

use crate::bank::{Bank, now, start};

#[test]
fn events_come_until_they_are_heard_and_the_same_mischief_befalls_them_again() {
    let ids = |events: Vec<Event>| -> Vec<String> {
        events.iter().map(|event| event.id.to_string()).collect()
    };
    let run = |mischief: Mischief| {
        let mut bank = Bank::of(Sandbox::in_memory(mischief));
        let card = bank.card("4242 4242 4242 4242");
        for order in 0..200 {
            let request = Request::Charge(bank.ask(order, 1, &card));
            let _ = now(bank.provider.carry_out(&request, Delivery::First, start()));
        }
        let told = ids(bank.sandbox().events(start(), 1000).expect("events"));
        (told, bank.sandbox().paid().len(), bank)
    };
    let (plain, paid, bank) = run(Mischief::default());
    assert_eq!((plain.len(), paid), (201, 200));
    let again = ids(bank.sandbox().events(start(), 1000).expect("events"));
    assert_eq!(again, plain, "nobody has heard them");
    bank.told(start());
    assert_eq!(bank.told(start()), []);

    let mischief = Mischief {
        seed: 3,
        requests_lost: 50,
        answers_lost: 50,
        voids_lost: 0,
        declines: 100,
        events_dropped: 100,
        events_doubled: 100,
        events_swapped: 200,
    };
    let (told, paid, _) = run(mischief);
    let mut unique = told.clone();
    unique.sort();
    unique.dedup();
    assert!(unique.len() < told.len(), "some come twice");
    assert!(unique.len() < 195, "some never: {}", unique.len());
    assert!((150..195).contains(&paid), "{paid}");
    assert!(!told.is_sorted_by_key(String::len), "some in another order");
    assert_eq!(run(mischief).0, told, "the same seed");
    let other = Mischief {
        seed: 4,
        ..mischief
    };
    assert_ne!(run(other).0, told, "another seed");
}
