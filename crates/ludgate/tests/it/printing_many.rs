//! A file for print of very many subscriptions, beside a running server: in bounded
//! memory, the same again, and whole after one that was torn.

use std::io::Read;
use std::process::{Command, Stdio};

use access::Country;
use commerce::address::PostalAddress;
use commerce::calendar::{Interval, Zone};
use commerce::ids::{AccountId, AddressId, OfferId, PlanId, ProductId, SubscriptionId, TaxClass};
use commerce::invoice::Party;
use commerce::money::{Currency, Money};
use commerce::subscription::{Begin, Funding};
use commerce::tax::{TaxBasis, TaxRates, TaxStatus};
use commerce::terms::{Acceptance, Channel, Policy, Terms, Then};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::accounts::NewAccount;
use store::subscriptions::MAX_BATCH;
use store::{Books, Issuer, MailAddress, Store};

use crate::accounts::beside;
use crate::buying::{PAPER, now};
use crate::care::done;
use crate::printing::{exports, in_days, press};

/// Subscriptions: a large daily's. A debug build writes them in a minute or two.
const MANY: u128 = 100_000;

/// What the server may hold more while it writes the file than before: what four of the
/// store's connections keep, 32 MiB each whatever there is, and some for pages of five
/// hundred.
const MOST: u64 = (4 * 32 + 16) << 20;

fn terms() -> Terms {
    let currency = Currency::parse("GBP").expect("a currency");
    Terms {
        offer: OfferId::new(PAPER).expect("a name"),
        plan: PlanId::new(PAPER).expect("a name"),
        product: ProductId::new(PAPER).expect("a name"),
        grants: vec!["read".into(), "print".into()],
        story: None,
        phases: Vec::new(),
        then: Then::Renews {
            price: Money::new(30_00, currency),
            every: Interval::MONTH,
        },
        quantity: 1,
        seated: false,
        delivered: true,
        method_needed: false,
        currency,
        tax_basis: TaxBasis::Inclusive,
        tax_class: TaxClass::new("standard").expect("a class"),
        zone: Zone::new(TimeZone::get("Europe/London").expect("a zone")).expect("a name"),
        policy: Policy::default(),
    }
}

fn home(number: u128) -> PostalAddress {
    PostalAddress {
        name: format!("Reader {number}, \"the late\""),
        lines: vec![format!("{number} Ludgate Hill"), "=1+1".to_owned()],
        city: "London".to_owned(),
        region: None,
        postcode: Some(format!("EC{}", number % 5)),
        country: Country::parse("GB").expect("a country"),
    }
}

/// Readers that were brought over from elsewhere, each with print at an address.
async fn fill(store: &Store, at: Timestamp) {
    let seller = Country::parse("GB").expect("a country");
    let issuer = Issuer {
        seller: Party {
            name: "The Paper".into(),
            address: Vec::new(),
            country: seller,
            vat_id: None,
        },
        invoices: "B-".into(),
        credit_notes: "BC-".into(),
    };
    let tax = TaxRates::none(seller);
    let books = Books {
        now: at,
        tax: &tax,
        issuer: &issuer,
        act: None,
    };
    let numbers: Vec<u128> = (1..=MANY).collect();
    for some in numbers.chunks(MAX_BATCH) {
        let mut writing = store.write().await.expect("writing");
        let mut begins = Vec::with_capacity(some.len());
        for &number in some {
            let account = AccountId::new(number);
            let new = NewAccount {
                id: account,
                mail: MailAddress::new(&format!("reader{number}@example.com")).expect("mail"),
                name: None,
                locale: None,
                password: None,
                verified: Some(at),
            };
            writing.add_account(&new, at).await.expect("an account");
            let (address, home) = (AddressId::new(number), home(number));
            let kept = writing.add_address(address, account, &home, at);
            kept.await.expect("an address");
            let begin = Begin {
                account,
                terms: terms(),
                acceptance: Acceptance {
                    at,
                    locale: "en".into(),
                    words: "00".repeat(32),
                    channel: Channel::Web,
                    withdrawal_waived: false,
                },
                tax_status: TaxStatus::consumer(seller),
                method: None,
                address: Some(address),
                funding: Funding::Elsewhere {
                    until: at + SignedDuration::from_hours(24 * 300),
                },
            };
            begins.push((SubscriptionId::new(number), begin));
        }
        let begun = writing.begin_subscriptions(&begins, &books).await;
        for one in begun.expect("written") {
            one.expect("begun");
        }
        writing.commit().await.expect("committed");
    }
}

#[test]
#[ignore = "writes a hundred thousand subscriptions"]
fn very_many_addresses_are_written_in_bounded_memory_the_same_again_and_whole_after_a_crash() {
    let (paper, server) = press();
    drop(server);
    beside(&paper, async |store| fill(store, now()).await);
    let mut server = paper.serve();
    let day = in_days(2).to_string();
    let export = ["print", "export", "--for", &day, "--yes"];
    server.forget_most_memory();
    let before = server.most_memory();
    let (first, told) = exports(&paper, "first.csv", &export);
    let grown = server.most_memory() - before;
    assert!(grown <= MOST, "{grown} bytes more than {before}");
    assert!(
        told.contains(&format!("{MANY} lines, {MANY} copies")),
        "{told}"
    );
    assert_eq!(first.lines().count() as u128, MANY + 1);
    // Names and streets are as they were written, and nothing is a formula.
    assert!(first.contains(",\"Reader 7, \"\"the late\"\"\",7 Ludgate Hill,'=1+1,"));
    let (again, _) = exports(&paper, "again.csv", &["print", "again", "1"]);
    assert!(again == first, "byte for byte");

    // The power fails in the midst of another.
    let mut torn = Command::new(env!("CARGO_BIN_EXE_ludgate"))
        .args(export)
        .args(["--data", &paper.data()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut out = torn.stdout.take().expect("a pipe");
    let mut some = vec![0; 64 << 10];
    out.read_exact(&mut some).expect("it has begun");
    server.kill();
    let mut rest = Vec::new();
    out.read_to_end(&mut rest).expect("an end");
    let status = torn.wait().expect("an end");
    assert!(!status.success() && rest.len() + some.len() < first.len());
    let _server = paper.serve();
    let list = done(&paper, &["print", "exports"]);
    assert!(list.contains("broke off"), "{list}");
    let (whole, told) = exports(&paper, "whole.csv", &export);
    assert!(whole == first, "nothing is missing and nothing is twice");
    assert!(
        told.contains("export 1. Nothing differs from it."),
        "{told}"
    );
}
