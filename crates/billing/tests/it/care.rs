//! What customer care and firms do: access for nothing, seats, price rises for
//! all; and that each act is written down.

use commerce::ids::{PlanId, ProductId};
use commerce::subscription::{EndReason, Fact, MailDomain, SeatFact, Stage};
use ludgate_billing::{BillingError, Rise, Risen, Who, Wish};

use crate::support::*;

#[tokio::test]
async fn what_is_given_ends_on_its_day_and_is_given_once() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.billing.draw_subscription().expect("an id");
    let product = ProductId::new("digital").expect("a product");
    let until = Some(at("2027-02-01T00:00:00Z"));
    let by_reader = press
        .billing
        .give(&Who::Reader(anna), id, anna, &product, until)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    for _ in 0..2 {
        let care = care();
        let given = press.billing.give(&care, id, anna, &product, until).await;
        assert_eq!(given.expect("given").stage, Stage::Active);
    }
    let nothing = ProductId::new("gold").expect("a name");
    let other = press.billing.draw_subscription().expect("an id");
    let refused = press
        .billing
        .give(&care(), other, anna, &nothing, until)
        .await;
    assert!(matches!(refused, Err(BillingError::NoSuchProduct(_))));
    assert_eq!(
        press.until("2027-03-01T00:00:00Z").await,
        [
            "01-01 09:00 [begun]",
            "02-01 09:00 period_ended",
            "02-01 09:00 ended",
            "02-01 09:00 [ended]",
        ]
    );
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let timeline = reading
        .timeline(anna, press.now())
        .await
        .expect("a timeline");
    let told = format!("{timeline:?}");
    assert!(told.contains("cli:anna"), "{told}");
    drop(reading);
    press.sound().await;
}

#[tokio::test]
async fn a_seat_is_taken_by_its_invitation_and_given_back() {
    let press = Press::new().await;
    let (firm, ben) = (press.reader("firm").await, press.reader("ben").await);
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let reader = Who::Reader(firm);
    let came = press.billing.command(&reader, id, Wish::Invite).await;
    let came = came.expect("invited");
    let [Fact::Seat(SeatFact::Invited { seat })] = came.facts.as_slice() else {
        panic!("{:?}", came.facts);
    };
    let taken = press
        .billing
        .take_seat(ben, id, *seat)
        .await
        .expect("taken");
    assert!(taken.seats.has_member(ben));
    let carla = press.reader("carla").await;
    let refused = press.billing.take_seat(carla, id, *seat).await;
    assert!(
        matches!(refused, Err(BillingError::Refused(_))),
        "{refused:?}"
    );
    // Her address belongs to the firm; but nobody knows yet that it is hers.
    let admit = Wish::Admit {
        domains: vec![MailDomain::new("example.com").expect("a domain")],
        networks: Vec::new(),
    };
    press
        .billing
        .command(&care(), id, admit)
        .await
        .expect("admitted");
    let refused = press.billing.join(carla, id).await;
    assert!(matches!(refused, Err(BillingError::NotVerified)));
    let left = press.billing.leave_seat(ben, id).await.expect("left");
    assert!(!left.seats.has_member(ben));
    press.sound().await;
}

#[tokio::test]
async fn a_price_rise_is_announced_to_all_of_a_plan_once() {
    let press = Press::new().await;
    for name in ["anna", "ben", "carla"] {
        let reader = press.reader(name).await;
        press.buys(reader, "standard", GOOD).await;
    }
    let dora = press.reader("dora").await;
    press.buys(dora, "print", GOOD).await;
    let rise = Rise {
        plan: PlanId::new("monthly").expect("a plan"),
        price: money("18.00 USD"),
        from: None,
    };
    let risen = press.billing.announce_price_rise(&care(), &rise).await;
    let all = Risen {
        announced: 3,
        ..Risen::default()
    };
    assert_eq!(risen.expect("announced"), all);
    let again = press.billing.announce_price_rise(&care(), &rise).await;
    let none = Risen {
        passed_over: 3,
        ..Risen::default()
    };
    assert_eq!(again.expect("known"), none);
    let by_reader = press
        .billing
        .announce_price_rise(&Who::Reader(dora), &rise)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    press.until("2027-03-02T00:00:00Z").await;
    // January at the old price; February and March, which begin after the thirty
    // days of notice, at the new one. Print stays.
    assert_eq!(press.bank().1, 3 * (1500 + 1800 + 1800) + 3 * 4000);
    press.sound().await;
}

#[tokio::test]
async fn a_revocation_holds_at_once() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let came = press.billing.command(&care(), id, Wish::Revoke).await;
    let ended = came.expect("revoked").subscription;
    assert!(matches!(
        ended.stage,
        Stage::Ended {
            why: EndReason::Revoked,
            ..
        }
    ));
    let again = press.billing.command(&care(), id, Wish::Revoke).await;
    assert_eq!(again.expect("it is so").facts, []);
}
