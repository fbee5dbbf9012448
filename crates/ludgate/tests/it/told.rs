//! kill -9 while Stripe tells of a payment that a bank has taken back, in a loop:
//! what it was answered for isn't lost, and what it tells again happens once.
//!
//! Stripe itself is played by a few lines here: it is asked for the payment only
//! that a dispute is about. What was bought was paid in another way.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use commerce::ids::{ChargeId, OrderId, SubscriptionId};
use commerce::payment::PaymentFact;
use commerce::subscription::Fact;
use providers::stripe::{WebhookSecret, sign};

use crate::accounts::{A_MOMENT, beside};
use crate::browser::Browser;
use crate::buying::{billing, buy, new_account, shop};
use crate::killed::kills;
use crate::program::{Paper, Server};

const SECRET: &str = "whsec_of_the_tests";

/// Payments as Stripe knows them, by their names there.
type Intents = Arc<Mutex<BTreeMap<String, ChargeId>>>;

/// Answers who asks for one of these payments.
fn stripe(intents: &Intents) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let intents = Arc::clone(intents);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // Who was killed has hung up.
            let _ = stream.and_then(|stream| answer(stream, &intents));
        }
    });
    address
}

fn answer(mut stream: TcpStream, intents: &Intents) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let line = lines.next().unwrap_or(Ok(String::new()))?;
    while lines
        .next()
        .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
    {}
    let path = line.split([' ', '?']).nth(1).unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some(charge) = intents.lock().expect("a lock").get(name).copied() else {
        // Who was killed between connecting and asking has asked for nothing.
        assert_eq!(line, "", "only what is sold here is asked for");
        return Ok(());
    };
    let body = format!(
        r#"{{"id":"{name}","object":"payment_intent","amount":1000,"currency":"usd","status":"succeeded","metadata":{{"charge":"{charge}"}}}}"#
    );
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// A shop that is paid by it.
fn paid_by(stripe: SocketAddr) -> Paper {
    let paper = shop();
    for (file, secret) in [("key", "sk_test_of_the_tests"), ("webhook", SECRET)] {
        std::fs::write(paper.path(file), secret).expect("a file");
    }
    let payments = format!(
        "provider = \"stripe\"\nsecret_key = {{ file = \"key\" }}\n\
         publishable_key = \"pk_test_of_the_tests\"\nwebhook_secrets = [{{ file = \"webhook\" }}]\n\
         base_url = \"http://{stripe}\""
    );
    paper.edit("ludgate.toml", |text| {
        text.replace("provider = \"sandbox\"", &payments)
    });
    paper
}

/// Somebody new has bought, and paid with that.
fn bought(paper: &Paper, name: &str) -> (SubscriptionId, ChargeId) {
    beside(paper, async |store| {
        let account = new_account(store, name).await;
        let id = buy(&billing(store), account).await.subscription.id;
        let facts = store.read().await.expect("a turn").facts(id).await;
        let charge = facts.expect("facts").iter().find_map(|fact| match fact {
            Fact::Payment(PaymentFact::Paid { charge, .. }) => Some(*charge),
            _ => None,
        });
        (id, charge.expect("a payment"))
    })
}

/// Sends what Stripe sends of a dispute about that payment.
fn tell(server: &Server, number: usize, intent: &str) -> TcpStream {
    let body = format!(
        r#"{{"id":"evt_{number}","type":"charge.dispute.created","livemode":false,"data":{{"object":{{"id":"dp_{number}","amount":1000,"currency":"usd","status":"needs_response","payment_intent":"{intent}"}}}}}}"#
    );
    send(server, &body)
}

/// Sends that, signed as Stripe does.
fn send(server: &Server, body: &str) -> TcpStream {
    let secret = WebhookSecret::new(SECRET).expect("a secret");
    let signature = sign(&secret, body.as_bytes(), jiff::Timestamp::now());
    let headers = format!("Stripe-Signature: {signature}\r\nContent-Type: application/json\r\n");
    Browser::of(server.readers, "").ask("POST", "/-/payments/stripe", &headers, body)
}

/// Whether it was taken; `None` where nobody lived to say so.
fn taken(mut stream: TcpStream) -> Option<bool> {
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    let status = text.split(' ').nth(1)?;
    Some(status == "200")
}

/// Waits until the database has written so much more, or there is an answer.
fn waits(paper: &Paper, stream: &TcpStream, pages: u64) {
    let size = || std::fs::metadata(paper.path("data/ludgate.db-wal")).map_or(0, |wal| wal.len());
    let (before, end) = (size(), Instant::now() + A_MOMENT);
    stream.set_nonblocking(true).expect("a socket");
    let answered = || stream.peek(&mut [0]).is_ok();
    while size() < before + pages * 4096 && !answered() {
        assert!(Instant::now() < end, "nothing happened");
        std::thread::yield_now();
    }
    stream.set_nonblocking(false).expect("a socket");
}

#[test]
fn what_stripe_tells_while_it_is_killed_is_heard_once() {
    let intents = Intents::default();
    let paper = paid_by(stripe(&intents));
    let mut server = paper.serve();
    let mut all = Vec::new();
    for kill in 0..kills() {
        let (id, charge) = bought(&paper, &format!("reader{kill}"));
        let intent = format!("pi_{kill}");
        intents
            .lock()
            .expect("a lock")
            .insert(intent.clone(), charge);
        all.push(id);

        let stream = tell(&server, kill, &intent);
        // At once; with some of it written; with all of it; or after the answer.
        waits(&paper, &stream, [0, 1, 4, 1_000][kill % 4]);
        server.kill();
        server = paper.serve();
        // As often as Stripe does: until it is taken.
        let mut is_taken = taken(stream) == Some(true);
        let end = Instant::now() + A_MOMENT;
        while !is_taken {
            assert!(Instant::now() < end, "never taken");
            is_taken = taken(tell(&server, kill, &intent)) == Some(true);
        }
        let again = taken(tell(&server, kill, &intent));
        assert_eq!(again, Some(true), "and once more, as it may");
        beside(&paper, async |store| {
            for id in &all {
                let facts = store.read().await.expect("a turn").facts(*id).await;
                let facts = facts.expect("facts");
                for name in ["charged_back", "ended"] {
                    let count = facts.iter().filter(|fact| fact.name() == name).count();
                    assert_eq!(count, 1, "{id}: {facts:?}");
                }
            }
            let checked = store.check().await.expect("checked");
            assert_eq!(checked.findings, Vec::<String>::new());
        });
    }
}

/// As after an older backup was put back.
#[test]
fn what_nobody_knows_is_warned_of_and_isnt_asked_for_again_for_ever() {
    let charge = ChargeId {
        order: OrderId::new(404),
        attempt: 1,
    };
    let intents = Intents::default();
    intents
        .lock()
        .expect("a lock")
        .insert("pi_404".to_owned(), charge);
    let paper = paid_by(stripe(&intents));
    let mut server = paper.serve();
    let paid = format!(
        r#"{{"id":"evt_paid","type":"payment_intent.succeeded","livemode":false,"data":{{"object":{{"id":"pi_404","amount":1000,"currency":"usd","status":"succeeded","metadata":{{"charge":"{charge}"}}}}}}}}"#
    );
    assert_eq!(taken(send(&server, &paid)), Some(true));
    server.wait_for(&format!("Look for {} in the", charge.order));
    assert_eq!(taken(tell(&server, 404, "pi_404")), Some(true));
    server.wait_for("a bank has taken 10.00 USD back");
    let now = jiff::Timestamp::now().as_second();
    for (age, is_done) in [(0, false), (2 * 86_400, true)] {
        let won = format!(
            r#"{{"id":"evt_won","type":"charge.dispute.closed","created":{},"livemode":false,"data":{{"object":{{"id":"dp_404","amount":1000,"currency":"usd","status":"won","payment_intent":"pi_404"}}}}}}"#,
            now - age
        );
        assert_eq!(taken(send(&server, &won)), Some(is_done), "{age}");
    }
}
