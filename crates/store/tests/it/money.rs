//! The books, invoices, refunds, gifts and events of providers.

use jiff::SignedDuration;
use ludgate_store::ledger::Balance;

use crate::support::*;
use commerce::gift::{Buy, GiftCommand, GiftRefusal};
use commerce::ids::*;
use commerce::invoice::{InvoiceKind, Party};
use commerce::payment::RefundWish;
use commerce::subscription::*;
use commerce::tax::TaxStatus;
use ludgate_store::gifts::GiftError;
use ludgate_store::subscriptions::CommandError;
use ludgate_store::{Owner, Stakes, StoreError, TokenHash};

async fn balances(world: &World) -> Vec<(String, i64)> {
    let mut reading = world.store.read().await.expect("a transaction");
    let all = reading.balances().await.expect("read");
    assert_eq!(
        all.iter().map(|one| one.amount).sum::<i64>(),
        0,
        "the books balance"
    );
    let pair = |Balance {
                    account, amount, ..
                }: Balance| (account, amount);
    all.into_iter()
        .map(pair)
        .filter(|(_, amount)| *amount != 0)
        .collect()
}

#[tokio::test]
async fn a_payment_is_booked_and_invoiced_and_its_refund_credited() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let id = world.subscribes(anna, "standard").await;
    world.settles(Card::Pays).await;
    let expected = [
        ("deferred_revenue", -1261),
        ("provider", 1500),
        ("tax_payable:DE", -239),
    ];
    let found = balances(&world).await;
    assert_eq!(
        found,
        expected.map(|(name, amount)| (name.to_owned(), amount))
    );

    let mut reading = world.store.read().await.expect("a transaction");
    let subscription = reading
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    let payment = subscription
        .payments
        .payments()
        .next()
        .expect("a payment")
        .clone();
    drop(reading);
    let refund = Command::Refund {
        wish: RefundWish {
            refund: RefundId::new(world.draw()),
            charge: payment.charge,
            amount: None,
        },
        access: AfterRefund::End,
    };
    world.does(id, &refund).await;
    assert_eq!(world.settles(Card::Pays).await, ["refund_requested"]);
    assert_eq!(balances(&world).await, [], "as if it had never been");

    let mut reading = world.store.read().await.expect("a transaction");
    let documents = reading.invoices(anna).await.expect("read");
    let numbers: Vec<String> = documents.iter().map(|one| one.number.to_string()).collect();
    assert_eq!(numbers, ["LRC-000001", "LR-000001"]);
    let [credit, invoice] = documents.as_slice() else {
        panic!("{documents:?}");
    };
    assert_eq!(invoice.customer.name, "Anna Example");
    assert!(
        matches!(&credit.kind, InvoiceKind::CreditNote { corrects, .. } if *corrects == invoice.number),
        "{credit:?}"
    );
    let (found, whose) = reading
        .invoice(invoice.id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!((&found, whose), (invoice, anna));
    let facts = reading.facts(id).await.expect("read");
    let owner = ludgate_store::Owner::Subscription(id);
    for (seq, fact) in (1..).zip(&facts) {
        let expected = match fact.name() {
            "paid" => Some(invoice),
            "refund_requested" => Some(credit),
            _ => None,
        };
        let found = reading.document(owner, seq).await.expect("read");
        assert_eq!(found.as_ref(), expected, "{fact:?}");
    }
}

#[tokio::test]
async fn numbers_have_no_gaps_whatever_is_undone() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    for round in 0..3 {
        world.subscribes(anna, "standard").await;
        if round == 1 {
            // Paid, and then the transaction is dropped.
            let worker = ludgate_store::jobs::Worker::new("dropped");
            let mut writing = world.writing().await;
            let jobs = writing
                .take_jobs(
                    ludgate_store::jobs::Lane::Provider,
                    &worker,
                    world.lease(),
                    9,
                )
                .await
                .expect("jobs");
            for job in &jobs {
                let (Some(Owner::Subscription(id)), ludgate_store::outbox::Task::Provider(fact)) =
                    (job.owner, &job.task)
                else {
                    panic!("{job:?}");
                };
                let (charge, outcome) = answer(fact, Card::Pays);
                let report = Command::Report { charge, outcome };
                writing
                    .command(id, &report, &world.books())
                    .await
                    .expect("accepted");
            }
            drop(writing);
        }
        world.settles(Card::Pays).await;
    }
    let mut reading = world.store.read().await.expect("a transaction");
    let invoices = reading.invoices(anna).await.expect("read");
    let mut counts: Vec<u64> = invoices.iter().map(|one| one.number.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 2, 3]);
    let checked = world.store.check().await.expect("checked");
    assert_eq!(checked.findings, Vec::<String>::new());
}

#[tokio::test]
async fn an_invoice_that_cant_be_made_holds_up_no_payment() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    // A line that no printer prints.
    let billing = Party {
        name: "Anna\u{7}".into(),
        address: Vec::new(),
        country: country("DE"),
        vat_id: None,
    };
    writing
        .set_billing(anna, Some(&billing))
        .await
        .expect("written");
    writing.commit().await.expect("committed");
    let id = world.subscribes(anna, "standard").await;
    world.settles(Card::Pays).await;
    let mut writing = world.writing().await;
    let subscription = writing
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(subscription.stage, Stage::Active);
    assert_eq!(writing.invoices(anna).await.expect("read"), []);
    let dead = writing.dead_jobs().await.expect("read");
    let dead = dead.first().expect("somebody has to see to it");
    assert!(dead.error.contains("can't be printed"), "{}", dead.error);

    let billing = Party {
        name: "Anna Example GmbH".into(),
        ..billing
    };
    writing
        .set_billing(anna, Some(&billing))
        .await
        .expect("written");
    let made = writing
        .make_invoice(
            &dead.job.clone().expect("a job that can be read"),
            &world.books(),
        )
        .await
        .expect("made");
    assert!(made);
    writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    let invoices = reading.invoices(anna).await.expect("read");
    assert_eq!(
        invoices.first().map(|one| one.customer.name.as_str()),
        Some("Anna Example GmbH")
    );
    assert_eq!(reading.dead_jobs().await.expect("read"), []);
}

#[tokio::test]
async fn an_event_that_comes_again_has_no_effect() {
    let world = World::new().await;
    let mut writing = world.writing().await;
    assert!(
        writing
            .see_event("stripe", "evt_1", world.now)
            .await
            .expect("no error")
    );
    assert!(
        !writing
            .see_event("stripe", "evt_1", world.now)
            .await
            .expect("no error")
    );
    assert!(
        writing
            .see_event("sandbox", "evt_1", world.now)
            .await
            .expect("no error")
    );
    drop(writing);
    // Its effect wasn't committed: it comes again, and isn't known.
    let mut writing = world.writing().await;
    assert!(
        writing
            .see_event("stripe", "evt_1", world.now)
            .await
            .expect("no error")
    );
}

/// A webhook, as its handler takes it: the event and its effect at once.
async fn webhook(world: &World, event: &str, id: SubscriptionId, report: &Command) -> bool {
    let mut writing = world.writing().await;
    let is_new = writing.see_event("stripe", event, world.now).await;
    if !is_new.expect("no error") {
        return false;
    }
    writing
        .command(id, report, &world.books())
        .await
        .expect("accepted");
    writing.commit().await.expect("committed");
    true
}

#[tokio::test]
async fn a_webhook_that_is_replayed_or_sent_twice_pays_once() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let id = world.subscribes(anna, "standard").await;
    let mut reading = world.store.read().await.expect("a transaction");
    let subscription = reading
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    let order = subscription.payments.open.expect("an order");
    drop(reading);
    let report = Command::Report {
        charge: order.charge(),
        outcome: commerce::payment::Outcome::Paid {
            amount: order.bill.total,
        },
    };
    assert!(webhook(&world, "evt_1", id, &report).await);
    let before = balances(&world).await;
    assert!(!webhook(&world, "evt_1", id, &report).await, "replayed");
    assert!(
        webhook(&world, "evt_2", id, &report).await,
        "the same news as another event"
    );
    assert_eq!(balances(&world).await, before);
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.invoices(anna).await.expect("read").len(), 1);
}

fn buy(world: &World, buyer: AccountId) -> Buy {
    Buy {
        buyer,
        terms: world.shop.terms("gift"),
        acceptance: acceptance(world.now),
        tax_status: TaxStatus::consumer(country("DE")),
        method: PaymentMethodId::new(1),
        order: OrderId::new(77),
        redeemable: commerce::calendar::Interval::YEAR,
    }
}

#[tokio::test]
async fn a_gift_is_bought_redeemed_by_its_code_and_earned_by_what_comes_of_it() {
    let mut world = World::new().await;
    let (giver, friend) = (
        world.account("giver@example.com").await,
        world.account("friend@example.com").await,
    );
    let (gift, code) = (GiftId::new(3), TokenHash::of(b"code"));
    let mut writing = world.writing().await;
    writing
        .buy_gift(gift, &buy(&world, giver), &world.books())
        .await
        .expect("bought");
    writing.set_gift_code(gift, code).await.expect("written");
    writing
        .set_gift_card(gift, "{\"to\":\"friend\"}")
        .await
        .expect("written");
    writing.commit().await.expect("committed");
    let subscription = SubscriptionId::new(world.draw());
    let begin = world
        .shop
        .begin(friend, "gift", OrderId::new(78), world.now);

    let mut writing = world.writing().await;
    let nothing = GiftId::new(4);
    let codeless = writing
        .set_gift_code(nothing, TokenHash::of(b"other"))
        .await;
    assert!(
        matches!(codeless, Err(StoreError::Unknown(_))),
        "{codeless:?}"
    );
    let cardless = writing.set_gift_card(nothing, "{}").await;
    assert!(
        matches!(cardless, Err(StoreError::Unknown(_))),
        "{cardless:?}"
    );
    let unpaid = writing
        .redeem_gift(gift, subscription, &begin, &world.books())
        .await;
    assert!(
        matches!(unpaid, Err(GiftError::Refused(GiftRefusal::Incomplete))),
        "{unpaid:?}"
    );
    drop(writing);
    assert_eq!(world.settles(Card::Pays).await, ["charge_requested"]);

    let mut writing = world.writing().await;
    let found = writing
        .gift_by_code(code)
        .await
        .expect("read")
        .expect("a gift");
    assert_eq!(found.id, gift);
    for _ in 0..2 {
        let redeemed = writing
            .redeem_gift(gift, subscription, &begin, &world.books())
            .await;
        let (_, begun) = redeemed.expect("redeemed");
        assert_eq!(begun.subscription.account, friend);
    }
    let other = SubscriptionId::new(9);
    let twice = writing
        .redeem_gift(gift, other, &begin, &world.books())
        .await;
    assert!(
        matches!(twice, Err(GiftError::Refused(GiftRefusal::Redeemed))),
        "{twice:?}"
    );
    writing.commit().await.expect("committed");

    world.passes(SignedDuration::from_hours(24 * 100));
    world.ticks().await;
    let earned = balances(&world).await;
    assert!(
        earned
            .iter()
            .any(|(name, amount)| name == "revenue" && *amount == -3361),
        "{earned:?}"
    );
    assert!(
        earned.iter().all(|(name, _)| name != "deferred_revenue"),
        "{earned:?}"
    );
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.gifts(giver).await.expect("read").len(), 1);
    let due = reading.gifts_due(world.now, None).await.expect("read");
    assert_eq!(due, (Vec::new(), None));
    let checked = world.store.check().await.expect("checked");
    assert_eq!(checked.findings, Vec::<String>::new());
    assert_eq!(checked.gifts, 1);
}

#[tokio::test]
async fn gifts_that_cant_be_ticked_hold_up_no_others() {
    let mut world = World::new().await;
    let giver = world.account("giver@example.com").await;
    let most = ludgate_store::gifts::MAX_LISTED as u128;
    let books = world.books();
    let mut writing = world.writing().await;
    for number in 1..=most + 1 {
        let buy = Buy {
            order: OrderId::new(number),
            ..buy(&world, giver)
        };
        let bought = writing.buy_gift(GiftId::new(number), &buy, &books);
        bought.await.expect("bought");
    }
    writing.commit().await.expect("committed");
    world.passes(SignedDuration::from_hours(24));
    let mut reading = world.store.read().await.expect("a transaction");
    let (first, next) = reading.gifts_due(world.now, None).await.expect("read");
    assert_eq!(first.len() as u128, most);
    let next = next.expect("there is one more");
    let (rest, end) = reading
        .gifts_due(world.now, Some(&next))
        .await
        .expect("read");
    assert_eq!((rest, end), (vec![GiftId::new(most + 1)], None));
}

#[tokio::test]
async fn a_gift_isnt_used_up_by_a_subscription_that_is_refused() {
    let mut world = World::new().await;
    let giver = world.account("giver@example.com").await;
    let friend = world.account("friend@example.com").await;
    let gift = GiftId::new(3);
    // A paper, which nobody can be sent without an address.
    let mut paper = buy(&world, giver);
    paper.terms.delivered = true;
    let mut writing = world.writing().await;
    writing
        .buy_gift(gift, &paper, &world.books())
        .await
        .expect("bought");
    writing.commit().await.expect("committed");
    world.settles(Card::Pays).await;
    let begin = world
        .shop
        .begin(friend, "gift", OrderId::new(78), world.now);
    let begin = Begin {
        terms: paper.terms.clone(),
        ..begin
    };
    let subscription = SubscriptionId::new(5);
    let mut writing = world.writing().await;
    let refused = writing
        .redeem_gift(gift, subscription, &begin, &world.books())
        .await;
    assert!(
        matches!(
            refused,
            Err(GiftError::Subscription(CommandError::Refused(_)))
        ),
        "{refused:?}"
    );
    // A caller that notes the attempt and goes on.
    writing.commit().await.expect("committed");
    let begin = Begin {
        address: Some(AddressId::new(7)),
        ..begin
    };
    let mut writing = world.writing().await;
    let redeemed = writing
        .redeem_gift(gift, subscription, &begin, &world.books())
        .await;
    redeemed.expect("still there to be redeemed");
}

#[tokio::test]
async fn a_gift_that_is_charged_back_asks_for_what_came_of_it_to_be_revoked() {
    let mut world = World::new().await;
    let giver = world.account("giver@example.com").await;
    let friend = world.account("friend@example.com").await;
    let gift = GiftId::new(3);
    let mut writing = world.writing().await;
    writing
        .buy_gift(gift, &buy(&world, giver), &world.books())
        .await
        .expect("bought");
    writing.commit().await.expect("committed");
    world.settles(Card::Pays).await;
    let begin = world
        .shop
        .begin(friend, "gift", OrderId::new(78), world.now);
    let mut writing = world.writing().await;
    let subscription = SubscriptionId::new(5);
    let redeemed = writing
        .redeem_gift(gift, subscription, &begin, &world.books())
        .await;
    redeemed.expect("redeemed");
    let charge = ChargeId {
        order: OrderId::new(77),
        attempt: 1,
    };
    let chargeback = GiftCommand::Chargeback {
        dispute: DisputeId::new(1),
        charge,
        amount: "40.00 USD".parse().expect("an amount"),
    };
    writing
        .gift_command(gift, &chargeback, &world.books())
        .await
        .expect("accepted");
    writing.commit().await.expect("committed");
    let worker = ludgate_store::jobs::Worker::new("one");
    let jobs = world.takes(ludgate_store::jobs::Lane::Work, &worker).await;
    let task = jobs.first().map(|job| job.task.clone());
    assert_eq!(
        task,
        Some(ludgate_store::outbox::Task::Revoke { subscription })
    );
}

#[tokio::test]
async fn what_was_sold_for_one_sort_of_money_isnt_mixed_with_the_other() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    // Nothing was sold, so either will do.
    for stakes in [Stakes::Play, Stakes::Real, Stakes::Play] {
        assert!(writing.play_for(stakes).await.expect("noted"));
    }
    writing.commit().await.expect("committed");
    world.subscribes(anna, "standard").await;
    for (stakes, agrees) in [
        (Stakes::Real, false),
        (Stakes::Play, true),
        (Stakes::Real, false),
    ] {
        let mut writing = world.writing().await;
        let said = writing.play_for(stakes).await;
        assert_eq!(said.expect("looked up"), agrees, "{stakes:?}");
        writing.commit().await.expect("committed");
    }
}
