//! Customer care on the command line, beside a running server.

use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use commerce::ids::{AccountId, SubscriptionId};
use jiff::Timestamp;
use serde_json::Value;
use store::accounts::NewAccount;
use store::jobs::{Lane, Lease, NewJob, Worker};
use store::outbox::Task;
use store::{MailAddress, Store};

use crate::accounts::{A_MOMENT, beside, link, mails, sign_up, site};
use crate::browser::Browser;
use crate::buying::{GOOD, account, becomes, billing, buy, shop, subscribes};
use crate::program::{Paper, Server, names, said};

const ANNA: &str = "anna@example.com";
const WHY: [&str; 4] = ["--reason", "asked by mail", "--by", "Bert"];

/// A shop that is open, and anna, who has signed up.
pub(crate) fn open_shop() -> (Paper, Server, Browser) {
    let paper = shop();
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    sign_up(&paper, &mut browser);
    (paper, server, browser)
}

/// What a command of care says, and its exit code.
pub(crate) fn care(paper: &Paper, args: &[&str]) -> (i32, String) {
    let data = paper.data();
    let mut all = args.to_vec();
    all.extend(["--data", &data]);
    said(&all)
}

/// One that has to go well.
#[track_caller]
pub(crate) fn done(paper: &Paper, args: &[&str]) -> String {
    let (code, text) = care(paper, args);
    assert_eq!(code, 0, "{args:?}: {text}");
    text
}

/// One that does something, and has to go well.
#[track_caller]
pub(crate) fn does(paper: &Paper, args: &[&str]) -> String {
    done(paper, &[args, &WHY].concat())
}

/// One that does something, and has to be refused with these words.
#[track_caller]
pub(crate) fn refused(paper: &Paper, args: &[&str], words: &str) {
    let (code, text) = care(paper, &[args, &WHY].concat());
    assert!(code == 1 && text.contains(words), "{args:?}: {code} {text}");
}

/// Signs somebody up without mail.
async fn add(store: &Store, id: u128, mail: &str, name: &str) -> AccountId {
    let id = AccountId::new(id);
    let new = NewAccount {
        id,
        mail: MailAddress::new(mail).expect("an address"),
        name: Some(name.to_owned()),
        locale: Some("en".to_owned()),
        password: None,
        verified: None,
    };
    let mut writing = store.write().await.expect("a turn");
    let added = writing.add_account(&new, Timestamp::UNIX_EPOCH).await;
    assert!(added.expect("added"));
    writing.commit().await.expect("a commit");
    id
}

pub(crate) fn decision(browser: &mut Browser) -> String {
    browser.get("/stories/shut").decision().to_owned()
}

#[test]
fn a_reader_is_found_by_whatever_is_at_hand_and_is_nobody_by_half_of_it() {
    let (paper, mut server, _) = open_shop();
    beside(&paper, async |store| {
        add(
            store,
            7,
            "annabel@example.com",
            "\u{1b}[2JBob <b>\u{202e}\u{9b}1m",
        )
        .await;
    });
    let found = done(&paper, &["reader", "find", "ann"]);
    assert!(
        found.contains(ANNA) && found.contains("annabel@"),
        "{found}"
    );
    // What she calls herself does nothing to a terminal.
    let raw = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!found.contains(raw), "{found:?}");
    assert!(found.contains("\\u{1b}[2JBob <b>"), "{found:?}");
    let json = done(&paper, &["reader", "find", "bob", "--format", "json"]);
    assert!(!json.contains(raw), "{json:?}");
    let people: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(people[0]["name"], "\u{1b}[2JBob <b>\u{202e}\u{9b}1m");
    let none = done(&paper, &["reader", "find", "nobody-at-all"]);
    assert!(none.contains("Nobody is found"), "{none}");

    // Nothing is done to who might be meant.
    let (code, text) = care(&paper, &["reader", "show", "ann"]);
    assert!(code == 1 && text.contains("name one of these"), "{text}");
    assert!(text.contains(ANNA) && !text.contains(raw), "{text:?}");
    let (code, text) = care(&paper, &["reader", "show", "zoe@example.com"]);
    assert!(
        code == 1 && text.contains("look with ludgate reader find"),
        "{text}"
    );
    server.wait_for("readers were looked for by=\"cli:");
    let shown = done(&paper, &["reader", "show", ANNA]);
    server.wait_for("a reader was looked at by=\"cli:");
    assert!(!server.seen.contains(ANNA), "{}", server.seen);
    assert!(
        shown.contains("open since") && shown.contains("Nothing yet"),
        "{shown}"
    );
}

#[test]
fn without_a_server_care_says_where_it_looked() {
    let (code, text) = said(&["reader", "find", "anna", "--data", "nowhere"]);
    assert!(code == 1 && text.contains("no server is running"), "{text}");
    let paper = Paper::new();
    let _server = paper.serve();
    let (code, text) = care(&paper, &["jobs"]);
    assert!(code == 1 && text.contains("[mail]"), "{text}");
}

#[test]
fn what_is_granted_opens_at_the_next_request_and_what_is_revoked_closes() {
    let (paper, _server, mut browser) = open_shop();
    assert!(decision(&mut browser).contains("subscription-required"));
    let grant = ["reader", "grant", ANNA];
    let (code, text) = care(&paper, &[&grant[..], &["digital"]].concat());
    assert!(code == 2 && text.contains("--reason"), "{text}");
    let (code, text) = care(
        &paper,
        &[&grant[..], &["digital", "--reason", " "]].concat(),
    );
    assert!(code == 2 && text.contains("a few words"), "{text}");
    refused(
        &paper,
        &[&grant[..], &["digitl"]].concat(),
        "did you mean digital",
    );
    let past = [&grant[..], &["digital", "--until", "2020-01-01"]].concat();
    refused(&paper, &past, "over already");
    refused(
        &paper,
        &["reader", "revoke", ANNA],
        "no subscription that runs",
    );
    assert!(decision(&mut browser).contains("subscription-required"));

    let given = does(
        &paper,
        &[&grant[..], &["digital", "--until", "2099-01-01"]].concat(),
    );
    assert!(
        decision(&mut browser).contains("full; reason=entitled"),
        "{given}"
    );
    refused(
        &paper,
        &[&grant[..], &["digital"]].concat(),
        "has that already",
    );
    let shown = done(&paper, &["reader", "show", ANNA]);
    for words in [
        "complimentary",
        "begun",
        " as Bert: asked by mail",
        "2099-01-02 00:00",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    // It is hers by any id of it.
    let sub = given.split(", as ").nth(1).expect("an id").trim();
    let would = does(&paper, &["reader", "revoke", sub, "--dry-run"]);
    assert!(
        would.contains("would happen") && would.contains("ended"),
        "{would}"
    );
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    let revoked = does(&paper, &["reader", "revoke", sub]);
    assert!(revoked.contains("ended: revoked"), "{revoked}");
    assert!(decision(&mut browser).contains("preview"), "{revoked}");
}

#[test]
fn money_goes_back_in_parts_and_the_story_closes_with_the_last() {
    let (paper, _server, mut browser) = open_shop();
    // As by a browser: the bank has to have the money that goes back.
    subscribes(&mut browser, GOOD);
    becomes(&mut browser, "full; reason=entitled");
    let sub = beside(&paper, async |store| {
        let anna = account(store, ANNA).await;
        let mut reading = store.read().await.expect("a turn");
        let all = reading.subscriptions(anna).await.expect("read");
        all.first().expect("one").id.to_string()
    });
    let refund = ["reader", "refund", ANNA];
    let (code, text) = care(&paper, &[&refund[..], &WHY].concat());
    assert!(code == 2 && text.contains("--full"), "{text}");
    let much = |amount| [&refund[..], &["--amount", amount]].concat();
    refused(&paper, &much("20.00 USD"), "only 10.00 USD");
    refused(&paper, &much("5 EUR"), "was paid in USD");
    refused(&paper, &much("lots"), "14.90 USD");
    refused(&paper, &much("0.00 USD"), "more than nought");
    let other = [&refund[..], &["--full", "--payment", "LR-77"]].concat();
    refused(&paper, &other, "has paid nothing that is called");

    let would = does(&paper, &[&refund[..], &["--full", "--dry-run"]].concat());
    assert!(would.contains("10.00 USD would go back"), "{would}");
    let part = does(&paper, &much("4.00 USD"));
    assert!(part.contains("4.00 USD of ord_"), "{part}");
    // The same once more is a slip, unless it is said not to be; another amount isn't.
    refused(&paper, &much("4.00 USD"), "say --again");
    let again = [&much("4.00 USD")[..], &["--again", "--dry-run"]].concat();
    let would = does(&paper, &again);
    assert!(would.contains("4.00 USD would go back"), "{would}");
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    refused(&paper, &much("7.00 USD"), "only 6.00 USD");
    let rest = does(&paper, &["reader", "refund", ANNA, "--full", "--end"]);
    assert!(
        rest.contains("6.00 USD") && rest.contains("ended: refunded"),
        "{rest}"
    );
    // At the very next request.
    assert!(decision(&mut browser).contains("preview"), "{rest}");
    refused(
        &paper,
        &["reader", "refund", ANNA, "--full"],
        "nothing that could be given back",
    );

    let json = done(&paper, &["reader", "show", &sub, "--format", "json"]);
    let shown: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(shown["payments"][0]["refunded"], "10.00 USD");
    assert_eq!(shown["payments"][0]["left"], "0.00 USD");
    assert_eq!(shown["subscriptions"][0]["why"], "refunded");
    let acts = shown["events"].as_array().expect("events").iter();
    let is_berts = |event: &&Value| {
        event["by"]
            .as_str()
            .is_some_and(|by| by.ends_with(" as Bert"))
    };
    let refunds = acts.filter(is_berts).count();
    assert_eq!(refunds, 2, "{json}");
}

#[test]
fn who_is_named_by_one_of_their_subscriptions_loses_no_other() {
    let paper = shop();
    paper.edit("ludgate.toml", |text| {
        format!("{text}[products.archive]\ngrants = [\"archive\"]\n")
    });
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    sign_up(&paper, &mut browser);
    let (bought, charge) = beside(&paper, async |store| {
        let account = account(store, ANNA).await;
        let bought = buy(&billing(store), account).await.subscription;
        let charge = bought.payments.payments().next().expect("paid").charge;
        (bought.id.to_string(), charge)
    });
    let given = does(&paper, &["reader", "grant", ANNA, "archive"]);
    let given = given.split(", as ").nth(1).expect("an id").trim();
    let order = charge.order.to_string();

    // What is paid isn't given back for what was given, and what was given isn't
    // ended for what is paid.
    let refund = |reader| ["reader", "refund", reader, "--full", "--end", "--dry-run"];
    refused(&paper, &refund(given), "has paid nothing for sub_");
    refused(&paper, &["reader", "revoke", &order], "--subscription");
    let other = ["reader", "cancel", given, "--subscription", &bought];
    refused(&paper, &other, "has no subscription");
    let other = [&refund(given)[..], &["--payment", &order]].concat();
    refused(&paper, &other, "has paid nothing that is called");
    // Another try than the one that was paid is no payment.
    let try_of = format!("{order}/{}", charge.attempt + 1);
    refused(&paper, &refund(&try_of), "has paid nothing that is called");

    for reader in [&bought, &order, &charge.to_string()] {
        let would = does(&paper, &refund(reader));
        assert!(would.contains(&bought), "{reader}: {would}");
    }
    let revoked = does(&paper, &["reader", "revoke", given]);
    assert!(revoked.contains(given), "{revoked}");
    becomes(&mut browser, "full; reason=entitled");
}

#[test]
fn what_is_cancelled_stays_open_until_its_end_unless_it_is_to_end_now() {
    let (paper, _server, mut browser) = open_shop();
    beside(&paper, async |store| {
        let account = account(store, ANNA).await;
        buy(&billing(store), account).await
    });
    becomes(&mut browser, "full; reason=entitled");
    // It is paid, so it has to be named to be revoked.
    refused(&paper, &["reader", "revoke", ANNA], "--subscription");
    let cancel = ["reader", "cancel", ANNA];
    let cancelled = does(&paper, &cancel);
    assert!(cancelled.contains("active, and ends"), "{cancelled}");
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    refused(&paper, &cancel, "--subscription");
    let sub = cancelled.split(':').next().expect("an id");
    let named = [&cancel[..], &["--now", "--subscription", sub]].concat();
    let ended = does(&paper, &named);
    assert!(ended.contains("ended: cancelled"), "{ended}");
    assert!(decision(&mut browser).contains("preview"), "{ended}");
    let foreign = SubscriptionId::new(1).to_string();
    let foreign = [&cancel[..], &["--subscription", &foreign]].concat();
    refused(&paper, &foreign, "has no subscription");
}

#[test]
fn a_receipt_is_sent_again_and_a_link_to_who_has_forgotten_their_password() {
    let (paper, _server, mut browser) = open_shop();
    refused(
        &paper,
        &["reader", "resend", ANNA, "receipt"],
        "nothing to send again",
    );
    beside(&paper, async |store| {
        let account = account(store, ANNA).await;
        buy(&billing(store), account).await
    });
    becomes(&mut browser, "full; reason=entitled");
    let told = mails(&paper, 2);
    let sent = does(&paper, &["reader", "resend", ANNA, "receipt"]);
    assert!(sent.contains(ANNA), "{sent}");
    let again = mails(&paper, 3);
    let receipt = &told[1];
    let mut receipts = again.iter().filter(|mail| mail.subject == receipt.subject);
    let two = [receipts.next(), receipts.next()].map(|mail| mail.map(|mail| &mail.id));
    assert!(
        two[0].is_some() && two[1].is_some() && two[0] != two[1],
        "{again:?}"
    );
    does(&paper, &["reader", "resend", ANNA, "password"]);
    let mails = mails(&paper, 4);
    let newest = mails
        .iter()
        .find(|mail| mail.text.contains("/-/reset?key="));
    let path = link(&paper, newest.expect("a link"));
    // In whichever browser it is opened.
    let mut phone = browser;
    phone.cookies.clear();
    let key = path.split("key=").nth(1).expect("a key").to_owned();
    let fields = [("key", key.as_str()), ("password", "another correct horse")];
    let reply = phone.fill(&path, "/-/reset", &fields);
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[test]
fn two_accounts_of_one_person_become_one_and_no_account_becomes_itself() {
    let (paper, _server, mut browser) = open_shop();
    beside(&paper, async |store| {
        add(store, 7, "old@example.com", "Anna").await;
    });
    does(&paper, &["reader", "grant", "old@example.com", "digital"]);
    assert!(decision(&mut browser).contains("subscription-required"));
    let merge = ["reader", "merge", "old@example.com", "--into", ANNA];
    refused(&paper, &merge, "--yes");
    assert!(decision(&mut browser).contains("subscription-required"));
    let merge = ["reader", "merge", ANNA, "--into", ANNA, "--yes"];
    refused(&paper, &merge, "name two");
    let merge = [
        "reader",
        "merge",
        "old@example.com",
        "--into",
        ANNA,
        "--yes",
    ];
    let merged = does(&paper, &merge);
    assert!(merged.contains("1 subscription and 0 seats"), "{merged}");
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    refused(&paper, &merge, "nobody has");
    let old = AccountId::new(7).to_string();
    refused(
        &paper,
        &["reader", "grant", &old, "digital"],
        "was merged into",
    );
}

#[test]
fn all_that_is_kept_is_written_out_for_the_reader_alone() {
    let (paper, _server, mut browser) = open_shop();
    assert!(browser.get("/stories/one").decision().contains("used=1"));
    let (code, text) = care(&paper, &["reader", "export", ANNA]);
    assert!(code == 2 && text.contains("--reason"), "{text}");
    let text = does(&paper, &["reader", "export", ANNA]);
    let all: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(all["account"]["mail"], ANNA);
    assert_eq!(all["acts"][0]["what"], "export");
    assert_eq!(all["read"][0]["story"], "/stories/one", "{text}");
    let mailed = all["mails"][0]["text"].as_str().expect("a mail");
    assert!(mailed.contains("key="), "{mailed}");
    assert_eq!(all["devices"].as_array().map(Vec::len), Some(1));

    let file = paper.path("anna.json");
    let to = [
        "reader",
        "export",
        ANNA,
        "--to",
        file.to_str().expect("a path"),
    ];
    does(&paper, &to);
    let mode = file.metadata().expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // What nobody got isn't noted as given away, and leaves nothing behind.
    refused(&paper, &to, "isn't there yet");
    let none = paper.path("none.json");
    let to_none = ["reader", "export", "nobody@example.com", "--to"];
    let to_none = [&to_none[..], &[none.to_str().expect("a path")]].concat();
    refused(&paper, &to_none, "nobody has");
    assert!(!none.exists());
    let text = does(&paper, &["reader", "export", ANNA]);
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let acts = all["acts"].as_array().expect("acts");
    let given = acts.iter().filter(|act| act["what"] == "export").count();
    assert_eq!(given, 3, "{acts:?}");
}

#[test]
fn who_is_erased_is_forgotten_everywhere_and_signed_out() {
    let (paper, _server, mut browser) = open_shop();
    assert!(browser.get("/stories/one").decision().contains("used=1"));
    let id = beside(&paper, async |store| {
        add(store, 7, "bob@example.com", "Bob").await;
        account(store, ANNA).await
    });
    let id = id.to_string();
    let given = does(&paper, &["reader", "grant", ANNA, "digital"]);
    let erase = ["reader", "erase", ANNA];
    let (code, text) = care(&paper, &[&erase[..], &["--yes"]].concat());
    assert!(code == 2 && text.contains("--reason"), "{text}");
    refused(&paper, &erase, "--yes");
    let erase = ["reader", "erase", ANNA, "--yes"];
    refused(&paper, &erase, "still run");
    refused(
        &paper,
        &["reader", "erase", "anna", "--yes"],
        "name one of these",
    );
    assert_eq!(browser.get("/-/account").status, 200);

    let sub = given.split(", as ").nth(1).expect("an id").trim();
    does(&paper, &["reader", "revoke", sub]);
    all_is_sent(&paper);
    does(&paper, &erase);
    assert_eq!(browser.get("/-/account").status, 303, "signed out");
    let found = done(&paper, &["reader", "find", ANNA]);
    assert!(found.contains("Nobody"), "{found}");
    let shown = done(&paper, &["reader", "show", &id]);
    assert!(shown.contains("erased since"), "{shown}");
    assert!(shown.contains(" as Bert: asked by mail"), "{shown}");
    refused(&paper, &["reader", "grant", &id, "digital"], "was erased");
    // The mails to her, and what she has read, a moment later.
    let end = Instant::now() + A_MOMENT;
    while !names(&paper.path("mail")).is_empty() {
        assert!(Instant::now() < end, "{:?}", names(&paper.path("mail")));
        std::thread::yield_now();
    }
    let rest = does(&paper, &["reader", "export", &id]);
    let rest: Value = serde_json::from_str(&rest).expect("JSON");
    assert_eq!(rest["read"], serde_json::json!([]), "{rest}");
    assert_eq!(rest["account"]["mail"], Value::Null);
    let bob = done(&paper, &["reader", "find", "bob"]);
    assert!(bob.contains("bob@example.com"), "{bob}");
}

/// Waits until nothing is due.
fn all_is_sent(paper: &Paper) {
    let end = Instant::now() + A_MOMENT;
    loop {
        let list = done(paper, &["jobs", "--format", "json"]);
        let list: Value = serde_json::from_str(&list).expect("JSON");
        let lanes = list["lanes"].as_array().expect("lanes");
        if lanes.iter().all(|lane| lane["due"] == 0) {
            return;
        }
        assert!(Instant::now() < end, "{list}");
    }
}

/// A job that was given up, as a mail is that nobody takes.
async fn bury(store: &Store, id: &str) {
    let mut writing = store.write().await.expect("a turn");
    let now = Timestamp::UNIX_EPOCH;
    let job = NewJob {
        id: id.to_owned(),
        account: None,
        task: Task::Invoice,
        due: now,
    };
    assert!(writing.add_job(&job, now).await.expect("added"));
    let worker = Worker::new("tests");
    let lease = Lease {
        business: Timestamp::MAX,
        system: Timestamp::MAX,
        lasts: jiff::SignedDuration::ZERO,
    };
    let taken = writing.take_jobs(Lane::Work, &worker, lease, 9).await;
    for job in taken.expect("jobs") {
        let error = "the VAT id\u{1b}[2J is missing";
        let _ = writing
            .abandon_job(&job, &worker, error, now)
            .await
            .expect("buried");
    }
    writing.commit().await.expect("a commit");
}

#[test]
fn what_was_given_up_is_listed_and_tried_again_by_somebody() {
    let (paper, _server, _) = open_shop();
    let quiet = done(&paper, &["jobs"]);
    assert!(
        quiet.contains("provider") && !quiet.contains("Dead"),
        "{quiet}"
    );
    beside(&paper, async |store| bury(store, "work/7").await);
    let listed = done(&paper, &["jobs"]);
    for words in [
        "Dead",
        "work/7",
        "invoice",
        "the VAT id\\u{1b}[2J is missing",
    ] {
        assert!(listed.contains(words), "{words} in {listed:?}");
    }
    let json = done(&paper, &["jobs", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["dead"][0]["id"], "work/7");
    let (code, text) = care(&paper, &["jobs", "retry", "work/7"]);
    assert!(code == 2 && text.contains("--reason"), "{text}");
    refused(
        &paper,
        &["jobs", "retry", "work/8"],
        "ludgate jobs lists them",
    );
    let (code, text) = care(&paper, &[&["jobs", "retry"], &WHY[..]].concat());
    assert!(code == 2 && text.contains("--all"), "{text}");
    let tried = does(&paper, &["jobs", "retry", "work/7"]);
    assert!(tried.contains("is tried again"), "{tried}");
    let none = does(&paper, &["jobs", "retry", "--all"]);
    assert!(
        none.contains("tried again") || none.contains("nothing"),
        "{none}"
    );
}
