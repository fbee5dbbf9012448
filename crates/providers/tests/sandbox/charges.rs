//! Charges: made once, confirmed, called off, given back, taken back.

use commerce::ids::RefundId;
use commerce::payment::DeclineReason;
use ludgate_providers::payment::{Authentication, Charge, Notice, Request};

use crate::bank::{Bank, after, declined, money, now, paid, start};

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
fn a_refund_that_takes_its_time_is_made_once_and_told_when_it_is_known() {
    let mut bank = Bank::new();
    let card = bank.card("4000 0000 0000 7726");
    let charge = bank.ask(1, 1, &card);
    bank.does(&Request::Charge(charge.clone()), start());
    bank.told(start());
    for day in [0, 1, 4] {
        assert_eq!(bank.refund_of(1, &charge, "4.90 USD", after(day)), None);
    }
    assert_eq!(bank.told(after(4)), []);
    assert_eq!(bank.refund_of(1, &charge, "4.90 USD", after(5)), Some(true));
    let told = Notice::Refund {
        refund: RefundId::new(1),
        done: true,
    };
    assert_eq!(bank.told(after(5)), [told]);
    let once = (charge.id, money("14.90 USD"), money("4.90 USD"));
    assert_eq!(bank.sandbox().paid(), [once]);
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
