//! Cards: their fates, and whose they are.

use commerce::ids::AccountId;
use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;
use ludgate_providers::payment::{Delivery, Request, SetupOutcome};
use ludgate_providers::sandbox::NUMBERS;

use crate::bank::{Bank, declined, now, paid, start};

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
        ("4000 0000 0000 7726", yes, yes, yes),
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

    let other = now(bank.provider.customer(AccountId::new(8), None)).expect("a customer");
    let (setup, _) = now(bank.provider.set_up(&bank.customer, 99)).expect("a setup");
    let theirs = now(bank.provider.setup_outcome(&setup, &bank.customer));
    assert_eq!(theirs, Ok(SetupOutcome::Waiting));
    let not_theirs = now(bank.provider.setup_outcome(&setup, &other));
    assert!(not_theirs.is_err());
}

#[test]
fn a_customer_who_is_forgotten_has_no_cards_and_none_can_be_charged() {
    let mut bank = Bank::new();
    let card = bank.card("4242 4242 4242 4242");
    for _ in 0..2 {
        let request = Request::Forget(bank.customer.clone());
        let said = now(bank.provider.carry_out(&request, Delivery::First, start()));
        assert_eq!(said.expect("forgotten").notice, None);
        let listed = now(bank.provider.methods(&bank.customer)).expect("cards");
        assert_eq!(listed, []);
    }
    let charge = Request::Charge(bank.ask(1, 1, &card));
    let refused = declined(DeclineReason::CardBlocked, true);
    assert_eq!(bank.does(&charge, start()), refused);
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
