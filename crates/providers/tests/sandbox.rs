//! The sandbox as whoever delivers the outbox meets it.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use commerce::ids::{AccountId, ChargeId, OrderId, RefundId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome};
use jiff::{SignedDuration, Timestamp};
use ludgate_providers::payment::{
    Answer, Authentication, Charge, CustomerToken, Delivery, Event, Expiry, Method, Notice,
    Provider, Refund, Request, SetupOutcome,
};
use ludgate_providers::sandbox::{Mischief, NUMBERS, Sandbox, TestCard};

fn start() -> Timestamp {
    "2026-12-01T09:00:00Z".parse().expect("a time")
}

fn after(days: i64) -> Timestamp {
    start() + SignedDuration::from_hours(24 * days)
}

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn paid(text: &str) -> Outcome {
    let amount = money(text);
    Outcome::Paid { amount }
}

fn declined(reason: DeclineReason, is_final: bool) -> Outcome {
    Outcome::Declined { reason, is_final }
}

/// What a call that never waits comes to.
fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// A sandbox with a customer.
struct Bank {
    provider: Provider,
    customer: CustomerToken,
    drawn: u128,
}

impl Bank {
    fn of(sandbox: Sandbox) -> Self {
        let provider = Provider::Sandbox(Box::new(sandbox));
        let customer = now(provider.customer(AccountId::new(7))).expect("a customer");
        Self {
            provider,
            customer,
            drawn: 0,
        }
    }

    fn new() -> Self {
        Self::of(Sandbox::in_memory(Mischief::default()))
    }

    fn sandbox(&self) -> &Sandbox {
        match &self.provider {
            Provider::Sandbox(sandbox) => sandbox,
            Provider::Stripe(_) => panic!("it is none"),
        }
    }

    fn enter(&mut self, number: &str) -> SetupOutcome {
        self.drawn += 1;
        let expires = Expiry::new(2030, 6).expect("a month");
        let card = TestCard::typed(number, expires).expect("a card");
        let setup = now(self.provider.set_up(&self.customer, self.drawn));
        let (setup, _) = setup.expect("a setup");
        let sandbox = self.sandbox();
        let entered = sandbox.enter(&setup, &self.customer, card, start());
        entered.expect("an outcome")
    }

    fn card(&mut self, number: &str) -> Method {
        match self.enter(number) {
            SetupOutcome::Saved(method) => method,
            other => panic!("{number}: {other:?}"),
        }
    }

    fn ask(&self, order: u128, attempt: u16, method: &Method) -> Charge {
        let order = OrderId::new(order);
        Charge {
            id: ChargeId { order, attempt },
            amount: money("14.90 USD"),
            customer: self.customer.clone(),
            method: method.token.clone(),
            reference: None,
        }
    }

    fn does(&self, request: &Request, at: Timestamp) -> Outcome {
        let answer = now(self.provider.carry_out(request, Delivery::First, at));
        outcome(answer.expect("an answer"))
    }

    fn refund(&self, id: u128, of: &Charge, amount: &str, at: Timestamp) -> bool {
        let request = Request::Refund(Refund {
            id: RefundId::new(id),
            charge: of.id,
            amount: money(amount),
            customer: self.customer.clone(),
            reference: None,
        });
        let answer = now(self.provider.carry_out(&request, Delivery::First, at));
        match answer.expect("an answer").notice {
            Some(Notice::Refund { refund, done }) if refund == RefundId::new(id) => done,
            other => panic!("{other:?}"),
        }
    }

    /// What it tells by itself, once.
    fn told(&self, at: Timestamp) -> Vec<Notice> {
        let events = self.sandbox().events(at, 1000).expect("events");
        let ids: Vec<_> = events.iter().map(|event| event.id.clone()).collect();
        self.sandbox().heard(&ids, at).expect("heard");
        events.into_iter().flat_map(|event| event.notices).collect()
    }
}

fn outcome(answer: Answer) -> Outcome {
    match answer.notice {
        Some(Notice::Charge { outcome, .. }) => outcome,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_card_has_the_fate_that_its_number_says() {
    let soft = |reason| declined(reason, false);
    let hard = |reason| declined(reason, true);
    let yes = paid("14.90 USD");
    // The first charge, the second, and what inquiries say of them.
    let rows = [
        ("4242 4242 4242 4242", yes, yes, yes),
        ("5555 5555 5555 4444", yes, yes, yes),
        (
            "4000 0000 0000 7015",
            yes,
            soft(DeclineReason::InsufficientFunds),
            yes,
        ),
        ("4000 0000 0000 7023", yes, yes, yes),
        (
            "4000 0000 0000 0341",
            soft(DeclineReason::Refused),
            soft(DeclineReason::Refused),
            soft(DeclineReason::Refused),
        ),
        (
            "4000 0000 0000 9995",
            soft(DeclineReason::InsufficientFunds),
            soft(DeclineReason::InsufficientFunds),
            soft(DeclineReason::InsufficientFunds),
        ),
        (
            "4000 0000 0000 9979",
            hard(DeclineReason::CardBlocked),
            hard(DeclineReason::CardBlocked),
            hard(DeclineReason::CardBlocked),
        ),
        (
            "4000 0000 0000 0069",
            hard(DeclineReason::CardExpired),
            hard(DeclineReason::CardExpired),
            hard(DeclineReason::CardExpired),
        ),
        (
            "4000 0027 6000 3184",
            Outcome::NeedsAuthentication,
            Outcome::NeedsAuthentication,
            Outcome::NeedsAuthentication,
        ),
        (
            "4000 0000 0000 5043",
            Outcome::Unknown,
            Outcome::Unknown,
            yes,
        ),
        (
            "4000 0000 0000 4087",
            Outcome::Unknown,
            Outcome::Unknown,
            soft(DeclineReason::ProviderError),
        ),
        ("4000 0000 0000 0259", yes, yes, yes),
        ("4000 0000 0000 1976", yes, yes, yes),
        ("4000 0000 0000 5126", yes, yes, yes),
    ];
    for (number, first, second, found) in rows {
        let mut bank = Bank::new();
        let card = bank.card(number);
        let charges = [bank.ask(1, 1, &card), bank.ask(2, 1, &card)];
        let [one, two] = charges.clone().map(Request::Charge);
        assert_eq!(bank.does(&one, start()), first, "{number}");
        assert_eq!(bank.does(&two, start()), second, "{number}");
        let [inquiry, _] = charges.map(Request::Inquire);
        assert_eq!(bank.does(&inquiry, start()), found, "{number}");
    }
    assert_eq!(
        Bank::new().enter("4000 0000 0000 0002"),
        SetupOutcome::Refused(DeclineReason::Refused)
    );
    // The rows are the kinds; of one kind there are nine numbers.
    assert_eq!(rows.len() + 1 + 7, NUMBERS.len());
}

#[test]
fn a_card_that_succeeds_so_many_times_counts_only_successes() {
    for times in 1..=9_u16 {
        let mut bank = Bank::new();
        let (number, _) = NUMBERS[usize::from(times) + 1];
        let card = bank.card(&number.to_string());
        let outcomes: Vec<bool> = (1..=times + 2)
            .map(|attempt| {
                let request = Request::Charge(bank.ask(u128::from(attempt), 1, &card));
                // Twice: the second delivery is no second charge.
                bank.does(&request, start());
                bank.does(&request, start()) == paid("14.90 USD")
            })
            .collect();
        let expected: Vec<bool> = (1..=times + 2).map(|attempt| attempt <= times).collect();
        assert_eq!(outcomes, expected, "{number}");
    }
}

#[test]
fn a_charge_that_nobody_heard_of_is_never_made_after_an_inquiry() {
    let mut bank = Bank::new();
    let card = bank.card("4242 4242 4242 4242");
    for (order, ask, reason) in [
        (
            1,
            Request::Inquire as fn(Charge) -> Request,
            DeclineReason::ProviderError,
        ),
        (2, Request::Void, DeclineReason::Voided),
    ] {
        let charge = bank.ask(order, 1, &card);
        assert_eq!(
            bank.does(&ask(charge.clone()), start()),
            declined(reason, false)
        );
        // The request was under way all the time.
        let late = bank.does(&Request::Charge(charge), start());
        assert_eq!(late, declined(reason, false));
    }
    assert_eq!(bank.sandbox().paid(), []);
}

#[test]
fn a_charge_is_confirmed_refused_or_called_off_once() {
    let mut bank = Bank::new();
    let card = bank.card("4000 0027 6000 3184");
    let asked: Vec<Charge> = (1..=3).map(|order| bank.ask(order, 1, &card)).collect();
    for charge in &asked {
        bank.does(&Request::Charge(charge.clone()), start());
        let waits = now(bank.provider.authentication(charge));
        assert_eq!(waits, Ok(Authentication::Ours));
    }
    let confirm = |charge: &Charge, agrees| bank.sandbox().confirm(charge.id, agrees, start());
    let (agreed, refused, voided) = (&asked[0], &asked[1], &asked[2]);
    confirm(agreed, true).expect("told");
    confirm(refused, false).expect("told");
    bank.does(&Request::Void(voided.clone()), start());
    // Whatever comes later is too late.
    for charge in &asked {
        confirm(charge, true).expect("told");
        confirm(charge, false).expect("told");
        bank.does(&Request::Void(charge.clone()), start());
        let waits = now(bank.provider.authentication(charge));
        assert_eq!(waits, Ok(Authentication::NotWaiting));
    }
    let rows = [
        (agreed, paid("14.90 USD")),
        (
            refused,
            declined(DeclineReason::AuthenticationFailed, false),
        ),
        (voided, declined(DeclineReason::Voided, false)),
    ];
    for (charge, expected) in rows {
        let found = bank.does(&Request::Inquire(charge.clone()), start());
        assert_eq!(found, expected, "{charge:?}");
    }
}

#[test]
fn a_refund_gives_back_what_is_there_and_once() {
    let mut bank = Bank::new();
    let card = bank.card("4242 4242 4242 4242");
    let charge = bank.ask(1, 1, &card);
    bank.does(&Request::Charge(charge.clone()), start());
    let rows = [
        (1, "10.00 USD", true),
        (1, "10.00 USD", true),
        (2, "4.91 USD", false),
        (3, "0.00 USD", false),
        (4, "1.00 EUR", false),
        (5, "4.90 USD", true),
        (6, "0.01 USD", false),
    ];
    for (id, amount, expected) in rows {
        let done = bank.refund(id, &charge, amount, start());
        assert_eq!(done, expected, "{id}: {amount}");
    }
    let all = (charge.id, money("14.90 USD"), money("14.90 USD"));
    assert_eq!(bank.sandbox().paid(), [all]);

    let never = bank.ask(2, 1, &card);
    assert!(!bank.refund(7, &never, "1.00 USD", start()));
    let stubborn = bank.card("4000 0000 0000 5126");
    let charge = bank.ask(3, 1, &stubborn);
    bank.does(&Request::Charge(charge.clone()), start());
    assert!(!bank.refund(8, &charge, "1.00 USD", start()));
}

#[test]
fn a_bank_takes_a_payment_back_later_and_perhaps_loses_the_dispute() {
    let mut bank = Bank::new();
    let (lost, won) = (
        bank.card("4000 0000 0000 0259"),
        bank.card("4000 0000 0000 1976"),
    );
    let (lost, won) = (bank.ask(1, 1, &lost), bank.ask(2, 1, &won));
    for charge in [&lost, &won] {
        bank.does(&Request::Charge(charge.clone()), start());
    }
    bank.told(start());
    assert_eq!(bank.told(after(13)), []);
    let disputes: Vec<_> = bank
        .told(after(14))
        .into_iter()
        .map(|notice| match notice {
            Notice::Chargeback {
                dispute,
                charge,
                amount,
            } => (dispute, charge, amount),
            other => panic!("{other:?}"),
        })
        .collect();
    let about: Vec<_> = disputes.iter().map(|(_, charge, _)| *charge).collect();
    assert_eq!(about, [lost.id, won.id]);
    assert!(disputes.iter().all(|(_, _, amount)| *amount == lost.amount));
    assert!(!bank.refund(1, &lost, "1.00 USD", after(15)), "it is gone");
    bank.told(after(15));
    assert_eq!(bank.told(after(43)), []);
    let dispute = disputes[1].0;
    assert_eq!(bank.told(after(44)), [Notice::ChargebackWon { dispute }]);
    assert_eq!(bank.told(after(1000)), []);
}

#[test]
fn a_card_is_entered_listed_let_go_and_belongs_to_its_customer() {
    let mut bank = Bank::new();
    let first = bank.card("4242 4242 4242 4242");
    let second = bank.card("5555 5555 5555 4444");
    let listed = now(bank.provider.methods(&bank.customer)).expect("cards");
    assert_eq!(listed, [second.clone(), first.clone()]);

    now(bank.provider.detach(&first.token)).expect("gone");
    now(bank.provider.detach(&first.token)).expect("still gone");
    let listed = now(bank.provider.methods(&bank.customer)).expect("cards");
    assert_eq!(listed, [second]);
    let charge = Request::Charge(bank.ask(1, 1, &first));
    let refused = declined(DeclineReason::CardBlocked, true);
    assert_eq!(bank.does(&charge, start()), refused);

    let other = now(bank.provider.customer(AccountId::new(8))).expect("a customer");
    let (setup, _) = now(bank.provider.set_up(&bank.customer, 99)).expect("a setup");
    let theirs = now(bank.provider.setup_outcome(&setup, &bank.customer));
    assert_eq!(theirs, Ok(SetupOutcome::Waiting));
    let not_theirs = now(bank.provider.setup_outcome(&setup, &other));
    assert!(not_theirs.is_err());
}

#[test]
fn a_card_is_declined_for_good_once_its_month_is_over() {
    let mut bank = Bank::new();
    let card = bank.card("4242 4242 4242 4242");
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let charge = |order| Request::Charge(bank.ask(order, 1, &card));
    let good = bank.does(&charge(1), at("2030-06-30T23:59:59Z"));
    assert_eq!(good, paid("14.90 USD"));
    let over = bank.does(&charge(2), at("2030-07-01T00:00:00Z"));
    assert_eq!(over, declined(DeclineReason::CardExpired, true));
}

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
