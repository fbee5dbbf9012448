//! Readers who come over from another system: whole or not at all, once, and
//! charged once for what comes after what they have paid there.

use std::slice::from_ref;

use commerce::catalog::Relation;
use commerce::ids::{AccountId, PlanId, ProductId};
use commerce::subscription::{EndReason, Stage, Subscription};
use ludgate_billing::{
    Arrival, Arrived, BillingError, Brings, CardElsewhere, Coming, Holding, PaidElsewhere, Who,
};
use providers::payment::Provider;
use store::MailAddress;
use store::accounts::Account;

use crate::support::*;

pub(crate) fn mail(name: &str) -> MailAddress {
    MailAddress::new(&format!("{name}@example.com")).expect("an address")
}

pub(crate) fn arrival(name: &str, brings: Brings) -> Arrival {
    Arrival {
        source: "ghost".into(),
        external: format!("{name}-7"),
        mail: mail(name),
        verified: false,
        name: Some(name.into()),
        locale: None,
        since: None,
        newsletter: false,
        post: None,
        brings,
    }
}

pub(crate) fn paid(until: &str, card: Option<CardElsewhere>) -> Brings {
    Brings::Paid(PaidElsewhere {
        plan: PlanId::new("monthly").expect("a plan"),
        currency: None,
        country: None,
        until: at(until),
        card,
    })
}

pub(crate) fn given(product: &str, until: Option<&str>) -> Brings {
    Brings::Given {
        product: ProductId::new(product).expect("a product"),
        until: until.map(at),
    }
}

impl Press {
    pub(crate) async fn arrive(
        &self,
        arrivals: &[Arrival],
        coming: Coming,
    ) -> Vec<Result<Arrived, BillingError>> {
        let came = self.billing.arrive(&care(), arrivals, coming).await;
        came.expect("arrivals")
    }

    async fn comes(&self, arrival: Arrival) -> Arrived {
        let mut came = self.arrive(&[arrival], Coming::Quietly).await;
        came.remove(0).expect("came")
    }

    async fn refuses(&self, arrival: Arrival) -> String {
        let mut came = self.arrive(&[arrival], Coming::Quietly).await;
        came.remove(0).expect_err("refused").to_string()
    }

    async fn account(&self, name: &str) -> Option<Account> {
        let mut reading = self.billing.store().read().await.expect("a transaction");
        reading.account_by_mail(&mail(name)).await.expect("read")
    }

    pub(crate) async fn has(&self, name: &str) -> Vec<Subscription> {
        let account = self.account(name).await.expect("an account").id;
        let mut reading = self.billing.store().read().await.expect("a transaction");
        reading.subscriptions(account).await.expect("read")
    }
}

fn now(had_account: bool, has: Holding) -> Arrived {
    Arrived::Now { had_account, has }
}

#[tokio::test]
async fn a_rehearsal_says_what_would_come_and_nobody_comes() {
    let press = Press::new().await;
    let anna = arrival("anna", paid("2027-03-10T00:00:00Z", None));
    let came = press.arrive(from_ref(&anna), Coming::Rehearsed).await;
    assert_eq!(came[0].as_ref().ok(), Some(&now(false, Holding::RunsOut)));
    assert_eq!(press.account("anna").await, None);
    assert_eq!(
        press.comes(anna.clone()).await,
        now(false, Holding::RunsOut)
    );
    let account = press.account("anna").await.expect("an account");
    assert!(account.password.is_none() && account.verified.is_none());
    // Again, nothing is left to do, and nothing is done.
    for coming in [Coming::Rehearsed, Coming::Quietly] {
        let came = press.arrive(from_ref(&anna), coming).await;
        assert_eq!(came[0].as_ref().ok(), Some(&Arrived::Before));
    }
    assert_eq!(press.has("anna").await.len(), 1);
    press.sound().await;
}

#[tokio::test]
async fn what_was_paid_elsewhere_isnt_paid_again() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let method = press.card(anna, GOOD).await;
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let method = reading.payment_method(method).await.expect("read");
    let method = method.expect("a card");
    drop(reading);
    let card = CardElsewhere {
        customer: method.customer.expect("a customer"),
        method: method.reference,
        label: None,
        expires: None,
    };
    press.until("2027-02-20T00:00:00Z").await;
    let until = "2027-03-10T00:00:00Z";
    let came = press
        .comes(arrival("anna", paid(until, Some(card.clone()))))
        .await;
    assert_eq!(came, now(true, Holding::GoesOn(at(until))));
    let lines = press.until("2027-03-11T00:00:00Z").await;
    // Nobody is told that they have come.
    assert_eq!(
        lines,
        [
            "03-10 09:00 period_ended",
            "03-10 09:00 order_opened",
            "03-10 09:00 charge_requested",
            "03-10 09:00 charge_requested?",
            "03-10 09:00 paid",
            "03-10 09:00 period_started",
            "03-10 09:00 [paid]",
        ]
    );
    assert_eq!(press.bank(), (1, 1500));
    // Nobody else pays with that card.
    let said = press
        .refuses(arrival("ben", paid("2027-05-01T00:00:00Z", Some(card))))
        .await;
    assert!(said.contains("another account's"), "{said}");
    assert_eq!(press.account("ben").await, None, "half of nobody");
    press.sound().await;
}

#[tokio::test]
async fn who_brings_no_card_is_charged_nothing_and_it_runs_out() {
    let press = Press::new().await;
    press
        .comes(arrival("anna", paid("2027-03-10T00:00:00Z", None)))
        .await;
    let lines = press.until("2027-03-11T00:00:00Z").await;
    let expected = [
        "03-10 09:00 period_ended",
        "03-10 09:00 ended",
        "03-10 09:00 [ended]",
    ];
    assert_eq!(lines, expected);
    let [subscription] = press.has("anna").await.try_into().expect("one");
    let why = EndReason::Expired;
    assert!(
        matches!(subscription.stage, Stage::Ended { why: found, .. } if found == why),
        "{:?}",
        subscription.stage
    );
    press.sound().await;
}

#[tokio::test]
async fn who_had_one_before_is_a_reader_whose_subscription_has_ended() {
    let press = Press::new().await;
    press.until("2027-02-20T00:00:00Z").await;
    let mut anna = arrival("anna", paid("2026-06-30T15:00:00Z", None));
    anna.since = Some(at("2020-01-01T00:00:00Z"));
    assert_eq!(press.comes(anna).await, now(false, Holding::Ended));
    let account = press.account("anna").await.expect("an account");
    assert_eq!(account.created, at("2020-01-01T00:00:00Z"));
    let relation = press.billing.relation(Some(account.id)).await;
    assert_eq!(relation.expect("a relation"), Relation::Lapsed);
    let [subscription] = press.has("anna").await.try_into().expect("one");
    assert!(
        matches!(subscription.stage, Stage::Ended { at: ended, .. } if ended == at("2026-06-30T15:00:00Z"))
    );
    // What ended long ago is no news.
    assert_eq!(
        press.until("2027-04-01T00:00:00Z").await,
        Vec::<String>::new()
    );
    // However far away a day is, it is one, or it isn't brought over.
    let far = press
        .comes(arrival("far", paid("9999-12-30T00:00:00Z", None)))
        .await;
    assert_eq!(far, now(false, Holding::RunsOut));
    let long_ago = arrival("old", paid("-009999-01-02T01:59:59Z", None));
    let said = press.refuses(long_ago).await;
    assert!(said.contains("end before it begins"), "{said}");
    // Who has subscribed here since isn't made a former subscriber.
    let ben = press.reader("ben").await;
    press.buys(ben, "standard", GOOD).await;
    let came = press
        .comes(arrival("ben", paid("2026-06-30T15:00:00Z", None)))
        .await;
    assert_eq!(came, now(true, Holding::Account));
    press.sound().await;
}

#[tokio::test]
async fn what_is_given_is_given_until_its_day_and_told_only_if_that_is_asked_for() {
    let press = Press::new().await;
    let until = Some("2027-02-01T00:00:00Z");
    let came = press.comes(arrival("anna", given("digital", until))).await;
    assert_eq!(came, now(false, Holding::Given));
    let came = press
        .comes(arrival(
            "over",
            given("digital", Some("2026-12-31T00:00:00Z")),
        ))
        .await;
    assert_eq!(came, now(false, Holding::Account));
    press
        .arrive(&[arrival("ben", given("digital", None))], Coming::Told)
        .await;
    let lines = press.until("2027-03-01T00:00:00Z").await;
    let expected = [
        "01-01 09:00 [begun]",
        "02-01 09:00 period_ended",
        "02-01 09:00 ended",
        "02-01 09:00 [ended]",
    ];
    assert_eq!(lines, expected);
    press.sound().await;
}

#[tokio::test]
async fn one_who_cant_come_keeps_nobody_else_from_it() {
    let press = Press::new().await;
    let has = press.reader("has").await;
    press.buys(has, "standard", GOOD).await;
    let closed = press.reader("closed").await;
    let mut writing = press.billing.store().write().await.expect("a turn");
    writing.set_open(closed, false).await.expect("closed");
    writing.commit().await.expect("committed");
    let later = "2027-05-01T00:00:00Z";
    let mut gold = arrival("gold", paid(later, None));
    if let Brings::Paid(paid) = &mut gold.brings {
        paid.plan = PlanId::new("gold").expect("a name");
    }
    let all = [
        arrival("anna", paid(later, None)),
        arrival("has", paid(later, None)),
        arrival("closed", Brings::Account),
        gold,
        arrival("nothing", given("gold", None)),
        arrival("ben", Brings::Account),
    ];
    let came = press.arrive(&all, Coming::Quietly).await;
    let said: Vec<String> = came
        .iter()
        .map(|one| match one {
            Ok(_) => "came".to_owned(),
            Err(error) => error.to_string(),
        })
        .collect();
    let expected = [
        "came",
        "the account has that already",
        "the account of that address is closed",
        "there is no plan \"gold\"",
        "there is no product \"gold\"",
        "came",
    ];
    for (found, expected) in said.iter().zip(expected) {
        assert!(found.starts_with(expected), "{said:#?}");
    }
    for (name, is_there) in [
        ("anna", true),
        ("gold", false),
        ("nothing", false),
        ("ben", true),
    ] {
        assert_eq!(press.account(name).await.is_some(), is_there, "{name}");
    }
    press.sound().await;
}

#[tokio::test]
async fn who_came_before_may_bring_more_and_isnt_taken_for_somebody_else() {
    let press = Press::new().await;
    press.comes(arrival("anna", Brings::Account)).await;
    let more = arrival("anna", paid("2027-05-01T00:00:00Z", None));
    assert_eq!(press.comes(more.clone()).await, now(true, Holding::RunsOut));
    assert_eq!(press.comes(more).await, Arrived::Before);
    assert_eq!(
        press.comes(arrival("anna", Brings::Account)).await,
        Arrived::Before
    );
    // Numbers of two files are easily the same.
    let mut other = arrival("ben", Brings::Account);
    other.external = "anna-7".into();
    let said = press.refuses(other.clone()).await;
    assert!(said.contains("with another address"), "{said}");
    other.source = "old list".into();
    assert_eq!(press.comes(other).await, now(false, Holding::Account));
}

#[tokio::test]
async fn a_newsletter_is_agreed_to_where_that_is_said_and_not_against_what_was_said_here() {
    let press = Press::new().await;
    let consents = async |account: AccountId| {
        let mut reading = press.billing.store().read().await.expect("a turn");
        reading.consents(account).await.expect("read")
    };
    let with = |name: &str, newsletter| Arrival {
        newsletter,
        ..arrival(name, Brings::Account)
    };
    press.comes(with("anna", true)).await;
    press.comes(with("ben", false)).await;
    let anna = press.account("anna").await.expect("an account").id;
    let [consent] = consents(anna).await.try_into().expect("one");
    assert_eq!(
        (consent.purpose.as_str(), consent.channel.as_str()),
        ("newsletter", "import")
    );
    let ben = press.account("ben").await.expect("an account").id;
    assert_eq!(consents(ben).await, []);
    // Who has withdrawn it here has withdrawn it.
    let mut writing = press.billing.store().write().await.expect("a turn");
    writing
        .withdraw_consent(anna, "newsletter", press.now())
        .await
        .expect("withdrawn");
    writing.commit().await.expect("committed");
    let mut again = with("anna", true);
    again.source = "another".into();
    press.comes(again).await;
    let [consent] = consents(anna).await.try_into().expect("one");
    assert!(consent.withdrawn.is_some());
}

#[tokio::test]
async fn only_care_lets_people_come_and_the_act_is_written_down() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let by_reader = press
        .billing
        .arrive(&Who::Reader(anna), &[], Coming::Quietly)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    press
        .comes(arrival("ben", paid("2027-05-01T00:00:00Z", None)))
        .await;
    let ben = press.account("ben").await.expect("an account").id;
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let later = at("2027-01-02T00:00:00Z");
    let timeline = reading.timeline(ben, later).await.expect("a timeline");
    let told = format!("{timeline:?}");
    assert!(
        told.contains("cli:anna") && told.contains("import"),
        "{told}"
    );
}

/// A publication whose readers pay through Stripe, which nobody asks anything
/// here.
async fn with_stripe(folder: &std::path::Path) -> Press {
    use providers::stripe::{PublishableKey, SecretKey, Settings, Stripe};
    let settings = Settings::new(
        SecretKey::new("sk_test_1234567890").expect("a key"),
        PublishableKey::new("pk_test_1234567890").expect("a key"),
        Vec::new(),
    );
    let stripe = Stripe::new(settings).expect("an account");
    Press::at(folder, Provider::Stripe(Box::new(stripe)), 1).await
}

#[tokio::test]
async fn a_card_at_stripe_is_kept_with_its_customer_and_nothing_else_passes_for_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let press = with_stripe(folder.path()).await;
    let card = |customer: &str, method: &str| {
        Some(CardElsewhere {
            customer: customer.into(),
            method: method.into(),
            label: Some("Visa 4242".into()),
            expires: Some("2029-04".into()),
        })
    };
    let until = "2027-03-10T00:00:00Z";
    let came = press
        .comes(arrival("anna", paid(until, card("cus_1", "pm_1"))))
        .await;
    assert_eq!(came, now(false, Holding::GoesOn(at(until))));
    let [subscription] = press.has("anna").await.try_into().expect("one");
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let method = subscription.method.expect("a method");
    let payer = reading.payer(method).await.expect("read").expect("a payer");
    assert_eq!(payer.provider, "stripe");
    assert_eq!(payer.reference, "pm_1");
    assert_eq!(payer.customer.as_deref(), Some("cus_1"));
    let kept = reading.payment_method(method).await.expect("read");
    assert_eq!(kept.expect("a card").label, "Visa 4242");
    drop(reading);
    for (customer, method, expected) in [
        ("pm_2", "cus_2", "a customer begins with cus_"),
        ("cus_2", "cus_3", "a payment method begins with pm_"),
        ("cus_2", "pm_2/../pm_1", "a payment method begins with pm_"),
        ("cus_1", "pm_2", "another account's"),
        ("cus_2", "pm_1", "another account's"),
    ] {
        let said = press
            .refuses(arrival("ben", paid(until, card(customer, method))))
            .await;
        assert!(said.contains(expected), "{customer} {method}: {said}");
    }
    assert_eq!(press.account("ben").await, None, "half of nobody");
    press.sound().await;
}
