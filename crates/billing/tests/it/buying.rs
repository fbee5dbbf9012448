//! Purchases: what is asked for at once, what one form begins, what an account
//! may have.

use access::EntitlementName;
use commerce::catalog::{NotOffered, OfferAudience};
use commerce::subscription::{CancelReason, CancelWhen, Fact};
use ludgate_billing::{
    BillingError, Contents, News, Parcel, PaymentState, Purchase, Sales, Who, Wish,
};

use crate::support::*;

#[tokio::test]
async fn a_purchase_is_paid_when_it_returns() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", GOOD).await;
    assert_eq!(bought.payment, PaymentState::Settled);
    assert!(!bought.again);
    assert_eq!(
        press.facts(bought.subscription.id).await,
        [
            "begun",
            "order_opened",
            "charge_requested",
            "paid",
            "period_started"
        ]
    );
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_purchase() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let method = press.card(anna, GOOD).await;
    let purchase = press.purchase(anna, "standard", Some(method));
    let nothing = press.billing.begun_by(anna, purchase.form).await;
    assert_eq!(nothing.expect("read"), None);
    let (one, other) = tokio::join!(
        press.billing.begin(&purchase),
        press.billing.begin(&purchase)
    );
    let (one, other) = (one.expect("bought"), other.expect("bought"));
    assert_eq!(one.subscription.id, other.subscription.id);
    let begun = press.billing.begun_by(anna, purchase.form).await;
    let owner = store::Owner::Subscription(one.subscription.id);
    assert_eq!(begun.expect("read"), Some(owner));
    // The same form in somebody else's hands is another's.
    let ben = press.reader("ben").await;
    let theirs = press.billing.begun_by(ben, purchase.form).await;
    assert_eq!(theirs.expect("read"), None);
    assert!(one.again != other.again);
    assert_eq!(one.payment, PaymentState::Settled);
    assert_eq!(other.payment, PaymentState::Settled);
    assert_eq!(press.bank(), (1, 1500));
    let mut changed = purchase.clone();
    changed.chosen = chosen("print");
    let refused = press.billing.begin(&changed).await;
    assert!(
        matches!(refused, Err(BillingError::FormUsed)),
        "{refused:?}"
    );
    press.sound().await;
}

#[tokio::test]
async fn nobody_buys_what_they_have() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let pass = press.buys(anna, "pass", GOOD).await.subscription.id;
    // A pass ends by itself, so it is no hindrance to what goes on.
    let has = press.buys(anna, "standard", GOOD).await.subscription.id;
    let method = press.card(anna, GOOD).await;
    for (offer, which) in [
        ("standard", vec![has]),
        ("pass", vec![has, pass]),
        ("story", vec![has, pass]),
    ] {
        let purchase = press.purchase(anna, offer, Some(method));
        let refused = press.billing.begin(&purchase).await;
        assert!(
            matches!(refused, Err(BillingError::HasAlready(id)) if which.contains(&id)),
            "{offer}: {refused:?}"
        );
    }
    // Others' seats are something else.
    press.buys(anna, "team", GOOD).await;
    assert_eq!(press.bank(), (3, 200 + 1500 + 3000));
    press.sound().await;
}

#[tokio::test]
async fn a_checkout_that_was_left_makes_room_and_takes_no_place() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let left = press.buys(anna, "rare", NO_MONEY).await;
    assert!(matches!(left.payment, PaymentState::Declined { .. }));
    // It is kept for her until the checkout closes.
    let method = press.card(ben, GOOD).await;
    let purchase = press.purchase(ben, "rare", Some(method));
    let refused = press.billing.begin(&purchase).await;
    assert!(
        matches!(refused, Err(BillingError::NotOffered(NotOffered::UsedUp))),
        "{refused:?}"
    );
    let again = press.buys(anna, "rare", GOOD).await;
    assert_eq!(again.payment, PaymentState::Settled);
    assert!(press.subscription(left.subscription.id).await.is_ended());
    let refused = press.billing.begin(&purchase).await;
    assert!(matches!(
        refused,
        Err(BillingError::NotOffered(NotOffered::UsedUp))
    ));
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn a_payment_that_may_still_succeed_is_waited_for() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    press.buys(anna, "standard", ANSWER_LOST).await;
    let method = press.card(anna, GOOD).await;
    let purchase = press.purchase(anna, "standard", Some(method));
    let refused = press.billing.begin(&purchase).await;
    assert!(matches!(refused, Err(BillingError::PaymentUnderWay(_))));
    press.until("2027-01-02T00:00:00Z").await;
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}

#[tokio::test]
async fn what_is_anothers_is_out_of_reach() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let method = press.card(ben, GOOD).await;
    let stranger = Who::Reader(ben);
    for wish in [Wish::PayNow, Wish::Resume, Wish::PayWith(method)] {
        let refused = press.billing.command(&stranger, id, wish).await;
        assert!(matches!(refused, Err(BillingError::NotTheirs(_))));
    }
    // Nor does anybody pay with another's card.
    let refused = press
        .billing
        .command(&Who::Reader(anna), id, Wish::PayWith(method))
        .await;
    assert!(matches!(refused, Err(BillingError::NoSuchMethod)));
    let purchase = press.purchase(anna, "team", Some(method));
    let refused = press.billing.begin(&purchase).await;
    assert!(matches!(refused, Err(BillingError::NoSuchMethod)));
    let refused = press.billing.enter_card(ben, Some(id)).await;
    assert!(matches!(refused, Err(BillingError::NotTheirs(_))));
    let refused = press.billing.forget_card(anna, method).await;
    assert!(matches!(refused, Err(BillingError::NoSuchMethod)));
    press.sound().await;
}

#[tokio::test]
async fn a_card_in_use_stays() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", GOOD).await;
    let used = bought.subscription.method.expect("a card");
    let refused = press.billing.forget_card(anna, used).await;
    assert!(matches!(refused, Err(BillingError::CardInUse(_))));
    let other = press.card(anna, GOOD).await;
    press.billing.forget_card(anna, other).await.expect("gone");
    assert_eq!(press.billing.cards(anna).await.expect("cards").len(), 1);
}

#[tokio::test]
async fn a_quote_says_what_will_be_charged_and_when() {
    let press = Press::new().await;
    let quote = press
        .billing
        .quote(None, &chosen("winter"), consumer())
        .await
        .expect("a quote");
    let today = quote.today.expect("something today");
    assert_eq!(today.total, money("9.00 USD"));
    assert_eq!(today.split.tax, money("1.44 USD"));
    let schedule: Vec<_> = quote
        .schedule
        .iter()
        .map(|s| (s.first.start.to_string(), s.each.to_string(), s.times))
        .collect();
    assert_eq!(
        schedule,
        [
            (
                "2027-01-01T00:00:00Z".to_owned(),
                "9.00 USD".to_owned(),
                Some(1)
            ),
            (
                "2027-04-01T00:00:00Z".to_owned(),
                "15.00 USD".to_owned(),
                None
            ),
        ]
    );
    let trial = press
        .billing
        .quote(None, &chosen("trial"), consumer())
        .await;
    let trial = trial.expect("a quote");
    assert!(trial.today.is_none() && trial.method_needed);
    let charges: Vec<_> = trial.schedule.iter().map(|s| s.each.to_string()).collect();
    assert_eq!(charges, ["0.00 USD", "15.00 USD"]);
    let pass = press.billing.quote(None, &chosen("pass"), consumer()).await;
    let pass = pass.expect("a quote");
    assert_eq!(pass.ends, Some(at("2027-01-02T00:00:00Z")));
    let gift = press
        .billing
        .quote_gift(None, &chosen("gift"), consumer())
        .await;
    assert_eq!(
        gift.expect("a quote").today.expect("paid").total,
        money("40.00 USD")
    );
}

#[tokio::test]
async fn all_offers_say_whether_they_may_be_had() {
    let press = Press::new().await;
    let offers = press.billing.offers_for(None, None, usd()).await;
    let offers = offers.expect("offers");
    let may: Vec<_> = offers
        .iter()
        .map(|held| (held.pitch.offer.to_string(), held.may.is_ok()))
        .collect();
    let expected = [
        ("standard", true),
        ("trial", true),
        ("winter", true),
        ("come-back", false),
        ("rare", true),
        ("print", true),
        ("pass", true),
        ("story", true),
        ("team", true),
        ("gift", true),
    ]
    .map(|(name, may)| (name.to_owned(), may));
    assert_eq!(may, expected);
}

#[tokio::test]
async fn an_offer_of_paper_for_new_readers_is_for_who_never_had_paper() {
    let press = Press::new().await;
    let mut paper = sales();
    for product in &mut paper.catalog.products {
        if product.id.as_str() == "print" {
            product.grants = vec![EntitlementName::new("print")];
        }
    }
    for offer in &mut paper.catalog.offers {
        if offer.id.as_str() == "print" {
            offer.audience = OfferAudience::New;
        }
    }
    press.billing.set_sales(paper);
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "print", GOOD).await.subscription.id;
    let cancel = Wish::Cancel {
        when: CancelWhen::Now,
        reason: CancelReason::Unsaid,
    };
    let came = press.billing.command(&Who::Reader(anna), id, cancel).await;
    came.expect("cancelled");
    let method = press.card(anna, GOOD).await;
    let again = press.purchase(anna, "print", Some(method));
    let refused = press.billing.begin(&again).await;
    let why = NotOffered::NotForYou {
        audience: OfferAudience::New,
    };
    assert!(
        matches!(&refused, Err(BillingError::NotOffered(said)) if *said == why),
        "{refused:?}"
    );
    // To reading they are new.
    let winter = chosen("winter");
    let quote = press.billing.quote(Some(anna), &winter, consumer()).await;
    assert!(quote.is_ok(), "{quote:?}");
    press.sound().await;
}

#[tokio::test]
async fn what_comes_to_something_else_than_was_shown_isnt_bought() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let method = press.card(anna, GOOD).await;
    let standard = chosen("standard");
    let shown = press.billing.quote(Some(anna), &standard, consumer());
    let shown = Some(Box::new(shown.await.expect("a quote")));
    let dearer = |sales: &mut Sales| sales.catalog.plans[0].prices[0] = money("16.00 USD");
    let taxed = |sales: &mut Sales| {
        sales.catalog.tax_basis = commerce::tax::TaxBasis::Exclusive;
    };
    for change in [dearer as fn(&mut Sales), taxed] {
        let mut changed = sales();
        change(&mut changed);
        press.billing.set_sales(changed);
        let purchase = Purchase {
            shown: shown.clone(),
            ..press.purchase(anna, "standard", Some(method))
        };
        let refused = press.billing.begin(&purchase).await;
        assert!(matches!(refused, Err(BillingError::Changed)), "{refused:?}");
    }
    assert_eq!(press.bank(), (0, 0));
    press.billing.set_sales(sales());
    let purchase = Purchase {
        shown,
        ..press.purchase(anna, "standard", Some(method))
    };
    press
        .billing
        .begin(&purchase)
        .await
        .expect("as it was shown");
    press.sound().await;
}

/// Of each letter about a declined charge, whether it came late.
fn late(press: &Press) -> Vec<bool> {
    let sent = press.mailbox.sent.lock();
    let declined = |parcel: &Parcel| match &parcel.what {
        Contents::Told(told) => match &told.news {
            News::Subscription { fact, .. } => {
                (Fact::name(fact) == "charge_declined").then_some(told.is_late)
            }
            News::Gift { fact, .. } => (fact.name() == "charge_declined").then_some(told.is_late),
        },
        Contents::Asked { .. } => None,
    };
    sent.iter().filter_map(declined).collect()
}

#[tokio::test]
async fn a_bank_that_answers_late_is_told_from_one_that_answers_at_once() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", NO_MONEY).await;
    assert!(matches!(bought.payment, PaymentState::Declined { .. }));
    press.until("2027-01-01T00:00:01Z").await;
    assert_eq!(late(&press), [false]);
    // Nobody knows what became of it until it is asked about.
    let ben = press.reader("ben").await;
    let bought = press.buys(ben, "standard", REQUEST_LOST).await;
    assert!(matches!(bought.payment, PaymentState::Unknown { .. }));
    press.until("2027-01-03T00:00:00Z").await;
    assert_eq!(late(&press), [false, true]);
    press.sound().await;
}

#[tokio::test]
async fn who_comes_back_from_their_bank_has_seen_that_it_declined() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", AUTHENTICATES).await;
    let PaymentState::NeedsAuthentication { charge } = bought.payment else {
        panic!("{:?}", bought.payment);
    };
    press.until("2027-01-01T00:05:00Z").await;
    let state = press.billing.confirm_test_charge(anna, charge, false).await;
    assert!(
        matches!(state, Ok(PaymentState::Declined { .. })),
        "{state:?}"
    );
    press.until("2027-01-01T01:00:00Z").await;
    assert_eq!(late(&press), [false]);
    press.sound().await;
}
