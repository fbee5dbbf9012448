//! What the sandbox knows after the end of the program.

use std::path::Path;

use commerce::payment::{DeclineReason, Outcome};
use ludgate_providers::payment::{Expiry, Request};
use ludgate_providers::sandbox::{Sandbox, TestCard};

use crate::bank::{Bank, after, declined, now, paid, start};

#[test]
fn what_was_charged_survives_the_end_of_the_program_wherever_it_comes() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = dir.path().join("sandbox.journal");
    let open = || Bank::of(Sandbox::open(&journal).expect("a journal"));
    let mut bank = open();
    let card = bank.card("4000 0000 0000 5043");
    let charge = bank.ask(1, 1, &card);
    let request = Request::Charge(charge.clone());
    assert_eq!(bank.does(&request, start()), Outcome::Unknown);
    let events = bank.sandbox().events(start(), 10).expect("events");
    drop(bank);
    let whole = std::fs::read(&journal).expect("lines");

    // The last line is cut short at every byte: it was never acted on.
    let last = whole[..whole.len() - 1]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    for end in last..=whole.len() {
        std::fs::write(&journal, &whole[..end]).expect("written");
        let bank = open();
        let found = bank.does(&Request::Inquire(charge.clone()), start());
        let expected = if end == whole.len() {
            paid("14.90 USD")
        } else {
            declined(DeclineReason::ProviderError, false)
        };
        assert_eq!(found, expected, "{end} of {} bytes", whole.len());
        // What it wrote after the torn line can be read again.
        drop(bank);
        let bank = open();
        assert_eq!(bank.does(&request, start()), expected);
    }
    let bank = open();
    assert_eq!(bank.sandbox().events(start(), 10), Ok(events));
    assert_eq!(now(bank.provider.methods(&bank.customer)), Ok(vec![card]));
}

#[test]
fn a_long_journal_is_put_together_and_forgets_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = dir.path().join("sandbox.journal");
    let open = || Bank::of(Sandbox::open(&journal).expect("a journal"));
    let mut bank = open();
    let card = bank.card("4000 0000 0000 7015");
    let first = Request::Charge(bank.ask(1, 1, &card));
    assert_eq!(bank.does(&first, start()), paid("14.90 USD"));
    let told = bank.sandbox().events(start(), 10);
    drop(bank);
    let mut lines = std::fs::read_to_string(&journal).expect("lines");
    let idle = format!(
        "{{\"call\":{{\"at\":\"{}\",\"call\":{{\"heard\":{{\"events\":[]}}}}}}}}\n",
        start()
    );
    lines.push_str(&idle.repeat(100_001));
    std::fs::write(&journal, lines).expect("written");
    drop(open());
    let size = std::fs::metadata(&journal).expect("a file").len();
    assert!(size < 10_000, "{size} bytes");
    // It goes on behind what was put together, and is read again.
    let second = Request::Charge(open().ask(2, 1, &card));
    let no_money = declined(DeclineReason::InsufficientFunds, false);
    assert_eq!(open().does(&second, start()), no_money);
    let bank = open();
    assert_eq!(bank.does(&first, start()), paid("14.90 USD"));
    assert_eq!(bank.does(&second, start()), no_money);
    let mut all = bank.sandbox().events(start(), 10).expect("events");
    all.truncate(2);
    assert_eq!(Ok(all), told);
    assert_eq!(now(bank.provider.methods(&bank.customer)), Ok(vec![card]));
}

#[test]
fn a_journal_that_is_none_is_refused_by_its_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = dir.path().join("sandbox.journal");
    std::fs::write(&journal, "once upon a time\n").expect("written");
    let refused = Sandbox::open(&journal).expect_err("no journal").to_string();
    assert!(
        refused.contains("sandbox.journal:1 is no line"),
        "{refused}"
    );
}

#[test]
fn what_changes_nothing_is_not_written_down() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = dir.path().join("sandbox.journal");
    let mut bank = Bank::of(Sandbox::open(&journal).expect("a journal"));
    let card = bank.card("4000 0027 6000 3184");
    let gone = bank.card("4242 4242 4242 4242");
    let (confirmed, voided) = (bank.ask(1, 1, &card), bank.ask(2, 1, &card));
    let expires = Expiry::new(2030, 6).expect("a month");
    let other = TestCard::typed("5555 5555 5555 4444", expires).expect("a card");
    let all = |bank: &Bank| {
        for charge in [&confirmed, &voided] {
            bank.does(&Request::Charge(charge.clone()), start());
        }
        let (sandbox, void) = (bank.sandbox(), Request::Void(voided.clone()));
        sandbox.confirm(confirmed.id, true, start()).expect("told");
        bank.does(&void, start());
        bank.does(&Request::Void(confirmed.clone()), start());
        bank.does(&Request::Inquire(voided.clone()), start());
        now(bank.provider.detach(&gone.token)).expect("gone");
        bank.refund(1, &confirmed, "1.00 USD", start());
        let (setup, _) = now(bank.provider.set_up(&bank.customer, 1)).expect("a setup");
        let entered = sandbox.enter(&setup, &bank.customer, other, start());
        entered.expect("it has a card already");
        bank.told(start());
        sandbox.heard(&[], start()).expect("heard");
    };
    all(&bank);
    let lines = size(&journal);
    all(&bank);
    assert_eq!(size(&journal), lines);
    // What does is.
    bank.refund(2, &confirmed, "1.00 USD", after(1));
    assert!(size(&journal) > lines);
}

#[test]
fn what_was_charged_is_in_the_file_before_anybody_hears_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let journal = dir.path().join("sandbox.journal");
    let mut bank = Bank::of(Sandbox::open(&journal).expect("a journal"));
    let card = bank.card("4242 4242 4242 4242");
    for order in 1..50 {
        let before = size(&journal);
        bank.does(&Request::Charge(bank.ask(order, 1, &card)), start());
        assert!(size(&journal) > before, "{order}");
    }
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).expect("a file").len()
}
