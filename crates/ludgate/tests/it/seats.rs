//! Who reads by a firm's subscription without an invitation: by its network, by
//! an address of its own.

use commerce::ids::SubscriptionId;

use crate::accounts::{beside, site};
use crate::browser::Browser;
use crate::buying::{billing, buys, new_account, shop};
use crate::care::{care, decision, does, done, open_shop, refused};
use crate::program::Paper;

/// A firm's subscription with two seats.
fn team(paper: &Paper) -> SubscriptionId {
    beside(paper, async |store| {
        let firm = new_account(store, "firm").await;
        let bought = buys(&billing(store), firm, "team", 2).await;
        bought.subscription.id
    })
}

#[test]
fn a_firms_network_opens_the_story_and_closes_when_it_is_taken_away() {
    let paper = shop();
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    let id = team(&paper).to_string();
    let add = ["reader", "seats", "add", &id];
    let before = decision(&mut browser);
    assert!(before.contains("subscription-required"), "{before}");

    let (code, text) = care(&paper, &[&add[..], &["--network", "192.0.2.0/24"]].concat());
    assert!(code == 2 && text.contains("--reason"), "{text}");
    for (network, why) in [
        ("0.0.0.0/0", "no firm's network"),
        ("127.0.0.0/8", "no firm's network"),
        ("::/16", "no firm's network"),
        ("localhost", "is no network"),
    ] {
        refused(&paper, &[&add[..], &["--network", network]].concat(), why);
    }
    let here = [&add[..], &["--network", "127.0.0.1"]].concat();
    let would = does(&paper, &[&here[..], &["--dry-run"]].concat());
    assert!(would.contains("would happen"), "{would}");
    assert!(decision(&mut browser).contains("subscription-required"));

    let said = does(&paper, &here);
    assert!(said.contains("it lets in 127.0.0.1/32"), "{said}");
    assert!(said.contains("warning: 127.0.0.1/32 is private"), "{said}");
    let open = browser.get("/stories/shut");
    assert!(
        open.decision().contains("full; reason=entitled"),
        "{open:?}"
    );
    assert!(open.head.contains("private, no-store"), "{open:?}");
    let about = ["explain", "--story", "/stories/shut", "--address"];
    let explained = done(&paper, &[&about[..], &["127.0.0.1"]].concat());
    assert!(explained.contains("in 127.0.0.1/32"), "{explained}");
    let explained = done(&paper, &[&about[..], &["192.0.2.7"]].concat());
    assert!(!explained.contains("127.0.0.1/32"), "{explained}");

    let again = does(&paper, &here);
    assert!(again.contains("was so already"), "{again}");
    let list = done(&paper, &["reader", "seats", "list", &id]);
    assert!(list.contains("0 of 2 taken"), "{list}");
    assert!(list.contains("127.0.0.1/32"), "{list}");
    let shown = done(&paper, &["reader", "show", &id]);
    for words in ["seat_admitted", "127.0.0.1/32", " as Bert: asked by mail"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }

    let remove = ["reader", "seats", "remove", &id, "--network"];
    refused(
        &paper,
        &[&remove[..], &["192.0.2.0/24"]].concat(),
        "doesn't let in 192.0.2.0/24",
    );
    does(&paper, &[&remove[..], &["127.0.0.1"]].concat());
    assert!(decision(&mut browser).contains("subscription-required"));
}

#[test]
fn a_network_is_open_after_a_restart_and_closes_with_the_subscription() {
    let paper = shop();
    let server = paper.serve();
    let id = team(&paper).to_string();
    does(
        &paper,
        &["reader", "seats", "add", &id, "--network", "127.0.0.1"],
    );
    drop(server);
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    does(&paper, &["reader", "cancel", &id, "--now"]);
    assert!(decision(&mut browser).contains("subscription-required"));
}

#[test]
fn an_address_at_a_domain_takes_a_seat_and_loses_it_with_the_domain() {
    let (paper, _server, mut browser) = open_shop();
    let id = team(&paper).to_string();
    let account = "/-/account";
    assert!(!browser.get(account).html.contains("Your employer"));
    let entrance = ["--domain", "@Example.COM"];
    does(
        &paper,
        &[&["reader", "seats", "add", &id][..], &entrance[..]].concat(),
    );
    let page = browser.get(account);
    assert!(page.html.contains("Your employer"), "{}", page.html);
    assert!(decision(&mut browser).contains("subscription-required"));
    let join = format!("/-/account/{id}/join");
    let reply = browser.fill(account, &join, &[]);
    assert_eq!(reply.location(), account, "{reply:?}");
    assert!(decision(&mut browser).contains("full; reason=entitled"));
    let list = done(&paper, &["reader", "seats", "list", &id]);
    assert!(list.contains("1 of 2 taken"), "{list}");
    assert!(list.contains("anna@example.com"), "{list}");
    let said = does(
        &paper,
        &[&["reader", "seats", "remove", &id][..], &entrance[..]].concat(),
    );
    assert!(said.contains("1 seat was given up"), "{said}");
    assert!(decision(&mut browser).contains("preview"));
}
