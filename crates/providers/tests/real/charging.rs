//! A customer, cards, charges, refunds and webhooks against localstripe.

use std::net::TcpListener;

use commerce::ids::{AccountId, ChargeId, OrderId, RefundId};
use commerce::payment::{DeclineReason, Outcome};
use jiff::Timestamp;
use ludgate_providers::payment::{
    Answer, Authentication, CardEntry, Charge, CustomerToken, Delivery, Method, Next, Notice,
    Provider, Refund, Request, SetupOutcome,
};
use ludgate_providers::stripe::{PublishableKey, SecretKey, Settings, Stripe, WebhookSecret};

use crate::http::{post, take};
use crate::judge::Judge;

/// localstripe, and an account there.
struct Shop {
    _judge: Judge,
    address: String,
    provider: Provider,
    customer: CustomerToken,
    drawn: u128,
}

impl Shop {
    async fn open() -> Self {
        let mut judge = Judge::new("shop.py");
        let address = format!("127.0.0.1:{}", judge.line());
        let provider = Provider::Stripe(Box::new(account(&address)));
        let customer = provider.customer(AccountId::new(1), None).await;
        Self {
            _judge: judge,
            address,
            provider,
            customer: customer.expect("a customer"),
            drawn: 0,
        }
    }

    /// Enters a card, as Stripe's script does it in a browser.
    async fn enter(&mut self, number: &str) -> SetupOutcome {
        self.drawn += 1;
        let setup = self.provider.set_up(&self.customer, self.drawn).await;
        let (setup, entry) = setup.expect("a setup");
        let CardEntry::Stripe {
            publishable_key,
            client_secret,
        } = entry
        else {
            panic!("{entry:?}");
        };
        let waiting = self.provider.setup_outcome(&setup, &self.customer).await;
        assert_eq!(waiting, Ok(SetupOutcome::Waiting));
        let form = format!(
            "key={publishable_key}&client_secret={}&payment_method_data[type]=card\
             &payment_method_data[card][number]={number}&payment_method_data[card][cvc]=123\
             &payment_method_data[card][exp_month]=6&payment_method_data[card][exp_year]=2030",
            client_secret.expose()
        );
        let path = format!("/v1/setup_intents/{setup}/confirm");
        let (_, said) = post(&self.address, &path, &form);
        if said.contains("three_d_secure") {
            // The bank is told yes.
            let form = format!(
                "key={publishable_key}&client_secret={}",
                client_secret.expose()
            );
            post(&self.address, &path, &form);
        }
        let entered = self.provider.setup_outcome(&setup, &self.customer).await;
        entered.expect("an outcome")
    }

    async fn card(&mut self, number: &str) -> Method {
        match self.enter(number).await {
            SetupOutcome::Saved(method) => method,
            other => panic!("{number}: {other:?}"),
        }
    }

    fn ask(&self, order: u128, method: &Method) -> Charge {
        Charge {
            id: ChargeId {
                order: OrderId::new(order),
                attempt: 1,
            },
            amount: "14.90 USD".parse().expect("an amount"),
            customer: self.customer.clone(),
            method: method.token.clone(),
            reference: None,
        }
    }

    async fn carry(&self, request: &Request, delivery: Delivery) -> Answer {
        let now = Timestamp::UNIX_EPOCH;
        let said = self.provider.carry_out(request, delivery, now).await;
        said.expect("an answer")
    }
}

fn account(address: &str) -> Stripe {
    let key = SecretKey::new("sk_test_local").expect("a key");
    let publishable = PublishableKey::new("pk_test_local").expect("a key");
    let secrets = ["whsec_next", "whsec_now"].map(|text| WebhookSecret::new(text).expect(text));
    Stripe::new(Settings {
        base: format!("http://{address}").parse().expect("an address"),
        ..Settings::new(key, publishable, secrets.to_vec())
    })
    .expect("an account")
}

fn outcome(answer: &Answer) -> Outcome {
    match answer.notice {
        Some(Notice::Charge { outcome, .. }) => outcome,
        ref other => panic!("{other:?}"),
    }
}

fn declined(reason: DeclineReason) -> Outcome {
    let is_final = false;
    Outcome::Declined { reason, is_final }
}

#[tokio::test]
#[ignore = "asks localstripe and Stripe's own library"]
async fn a_customer_enters_cards_is_charged_and_gets_money_back() {
    let mut shop = Shop::open().await;
    let card = shop.card("4242424242424242").await;
    assert_eq!(card.card.last_digits(), "4242");
    let listed = shop.provider.methods(&shop.customer).await;
    assert_eq!(listed, Ok(vec![card.clone()]));

    let ask = shop.ask(1, &card);
    let answer = shop
        .carry(&Request::Charge(ask.clone()), Delivery::First)
        .await;
    let paid = Outcome::Paid { amount: ask.amount };
    assert_eq!(outcome(&answer), paid);
    let known = Charge {
        reference: answer.reference.clone(),
        ..ask.clone()
    };
    for request in [Request::Inquire(known.clone()), Request::Charge(known)] {
        let again = shop.carry(&request, Delivery::Again).await;
        assert_eq!(
            (outcome(&again), again.reference),
            (paid, answer.reference.clone())
        );
    }
    // It has no lists by customer, so without a name nothing can be said, and
    // nothing is charged.
    let nameless = shop
        .carry(&Request::Charge(ask.clone()), Delivery::Again)
        .await;
    assert_eq!(outcome(&nameless), Outcome::Unknown);

    let refund = Request::Refund(Refund {
        id: RefundId::new(1),
        charge: ask.id,
        amount: "5.00 USD".parse().expect("an amount"),
        customer: ask.customer.clone(),
        reference: answer.reference.clone(),
    });
    for delivery in [Delivery::First, Delivery::Again] {
        let said = shop.carry(&refund, delivery).await;
        let refund = RefundId::new(1);
        assert_eq!(said.notice, Some(Notice::Refund { refund, done: true }));
    }

    shop.provider.detach(&card.token).await.expect("gone");
    shop.provider.detach(&card.token).await.expect("still gone");
    let listed = shop.provider.methods(&shop.customer).await;
    assert_eq!(listed, Ok(vec![]));
    let nobody: CustomerToken = "cus_nobody".parse().expect("a word");
    let theirs = Charge {
        customer: nobody,
        ..shop.ask(2, &card)
    };
    let request = Request::Charge(theirs);
    let now = Timestamp::UNIX_EPOCH;
    let said = shop.provider.carry_out(&request, Delivery::First, now);
    let said = said.await.map_err(|error| error.next());
    assert_eq!(said, Err(Next::Repair), "it isn't the books' account");
}

#[tokio::test]
#[ignore = "asks localstripe and Stripe's own library"]
async fn a_card_is_refused_declined_or_wants_to_be_confirmed() {
    let mut shop = Shop::open().await;
    // localstripe calls a setup off whose card is declined.
    let refused = shop.enter("4000000000000002").await;
    assert_eq!(refused, SetupOutcome::Over);

    let no = shop.card("4000000000000341").await;
    let said = shop
        .carry(&Request::Charge(shop.ask(1, &no)), Delivery::First)
        .await;
    assert_eq!(outcome(&said), declined(DeclineReason::Refused));
    assert!(
        said.remark
            .is_some_and(|remark| remark.contains("card_declined"))
    );

    let card = shop.card("4000002760003184").await;
    let mut waiting = Vec::new();
    for order in [2, 3, 4] {
        let ask = shop.ask(order, &card);
        let said = shop
            .carry(&Request::Charge(ask.clone()), Delivery::First)
            .await;
        assert_eq!(outcome(&said), Outcome::NeedsAuthentication);
        let reference = said.reference;
        waiting.push(Charge { reference, ..ask });
    }
    for (ask, agrees) in waiting.iter().zip([true, false]) {
        let said = shop.provider.authentication(ask).await;
        let Ok(Authentication::Stripe {
            publishable_key,
            client_secret,
            method: _,
        }) = said
        else {
            panic!("{said:?}");
        };
        let name = ask.reference.as_ref().expect("a name");
        let form = format!(
            "key={publishable_key}&client_secret={}&success={agrees}",
            client_secret.expose()
        );
        let (status, _) = post(
            &shop.address,
            &format!("/v1/payment_intents/{name}/_authenticate"),
            &form,
        );
        assert_eq!(status, 200);
    }
    let [agreed, refused, left] = &waiting[..] else {
        panic!("three");
    };
    let amount = agreed.amount;
    let rows = [
        (Request::Inquire(agreed.clone()), Outcome::Paid { amount }),
        (Request::Void(agreed.clone()), Outcome::Paid { amount }),
        (
            Request::Inquire(refused.clone()),
            declined(DeclineReason::AuthenticationFailed),
        ),
        (Request::Inquire(left.clone()), Outcome::NeedsAuthentication),
        (Request::Void(left.clone()), declined(DeclineReason::Voided)),
        (
            Request::Inquire(left.clone()),
            declined(DeclineReason::Voided),
        ),
    ];
    for (request, expected) in rows {
        let said = shop.carry(&request, Delivery::First).await;
        assert_eq!(outcome(&said), expected, "{request:?}");
    }
}

#[tokio::test]
#[ignore = "asks localstripe and Stripe's own library"]
async fn webhooks_arrive_signed_and_say_what_the_answer_said() {
    let mut shop = Shop::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let form = format!(
        "url={url}&secret=whsec_now&events[]=payment_intent.succeeded\
         &events[]=payment_intent.payment_failed"
    );
    let (status, _) = post(&shop.address, "/_config/webhooks/ours", &form);
    assert_eq!(status, 200);
    for (order, number) in [(1, "4242424242424242"), (2, "4000000000000341")] {
        let card = shop.card(number).await;
        let ask = shop.ask(order, &card);
        let said = shop.carry(&Request::Charge(ask), Delivery::First).await;
        let hook = take(&listener);
        let account = account(&shop.address);
        let now = Timestamp::now();
        let event = account
            .webhook(hook.signature.as_deref(), &hook.body, now)
            .await;
        let told = event.expect("an event").notices;
        assert_eq!(told, [said.notice.expect("a notice")], "{number}");
    }
}
