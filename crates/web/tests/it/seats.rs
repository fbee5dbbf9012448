//! Seats: inviting, taking and giving back.

use billing::{Entrances, Who, Wish};
use commerce::ids::SubscriptionId;
use commerce::subscription::MailDomain;
use http::StatusCode;

use crate::browser::Browser;
use crate::buyer::WORDS;
use crate::reader::{GOOD, ONCE, Reader, subscription, until};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";

#[tokio::test]
async fn a_seat_is_taken_by_who_was_invited_and_given_back() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    site.letters().await;
    let seats = format!("/-/account/{id}/seats");
    for mail in ["", "nonsense"] {
        let reply = anna.presses(&site, &seats, &[("mail", mail)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{mail}");
    }
    let reply = anna.presses(&site, &seats, &[("mail", EVE)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let letter = site.letter().await;
    assert_eq!(letter.to, EVE);
    let to = crate::site::link(&letter);
    // Who isn't signed in sees what it is, signs in, and comes back.
    let mut eve = Reader::signed_in(&site, EVE).await;
    let page = Browser::new().get(&site, &to).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("You are invited"), "{}", page.html);
    // Before anybody takes it: what its payer's page shows afterwards.
    let told = "sees your account’s e-mail address";
    assert!(page.html.contains(told), "{}", page.html);
    assert!(!page.html.contains("method=\"post\""), "{}", page.html);
    for way in ["register", "login"] {
        let back = format!("{way}?to=%2F-%2Fseat%3Fof%3Dsub_");
        assert!(page.html.contains(&back), "{}", page.html);
    }
    let page = eve.browser.get(&site, &to).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    assert_eq!(subscription(&site, id).await.seats.seats.len(), 1);
    let seat = to.split("seat=").nth(1).expect("a seat").to_owned();
    let of = id.to_string();
    let none = "seat_00000000000000000000000000000000";
    for (of, seat, status) in [
        (&*of, none, StatusCode::GONE),
        (
            "sub_00000000000000000000000000000000",
            &*seat,
            StatusCode::GONE,
        ),
        ("x", "x", StatusCode::GONE),
        (&*of, &*seat, StatusCode::SEE_OTHER),
        (&*of, &*seat, StatusCode::SEE_OTHER),
    ] {
        let token = eve
            .browser
            .get(&site, "/-/account")
            .await
            .token()
            .to_owned();
        let fields = [("token", &*token), ("of", of), ("seat", seat)];
        let reply = eve.browser.post(&site, "/-/seat", &fields).await;
        assert_eq!(reply.status, status, "{of} {seat}: {}", reply.html);
    }
    let page = eve.browser.get(&site, &to).await;
    assert!(page.html.contains("The seat is yours"), "{}", page.html);
    assert!(!page.html.contains("method=\"post\""), "{}", page.html);
    let page = eve.browser.get(&site, "/-/account").await;
    assert!(page.html.contains("somebody else pays"), "{}", page.html);
    let page = anna.browser.get(&site, &seats).await;
    assert!(page.html.contains(EVE), "{}", page.html);

    // Nobody else gives it back, and the invitation is good for nobody else.
    let mut mallory = Reader::signed_in(&site, "mallory@example.com").await;
    let leave = format!("/-/account/{id}/leave");
    let token = mallory
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    let fields = [("token", &*token), ("of", &*of), ("seat", &*seat)];
    let reply = mallory.browser.post(&site, &leave, &fields).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let reply = mallory.browser.post(&site, "/-/seat", &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);
    let page = mallory.browser.get(&site, &to).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.html.contains("has taken this seat"), "{}", page.html);
    // Of whom nobody knows who they are it may be the seat.
    assert!(Browser::new().get(&site, &to).await.asks_to_sign_in());
    let made_up = format!("/-/seat?of={of}&seat={none}");
    let page = Browser::new().get(&site, &made_up).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(!page.html.contains("Team subscription"), "{}", page.html);

    let token = eve
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    let reply = eve.browser.post(&site, &leave, &[("token", &*token)]).await;
    assert_eq!(
        reply.location.as_deref(),
        Some("/-/account"),
        "{}",
        reply.html
    );
    assert!(subscription(&site, id).await.seats.seats.is_empty());
}

#[tokio::test]
async fn an_invitation_that_is_sent_twice_is_one_seat_and_one_letter() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    site.letters().await;
    let seats = format!("/-/account/{id}/seats");
    let page = anna.browser.get(&site, &seats).await;
    let form = page.html.split("name=\"form\" value=\"").nth(1);
    let form = form.and_then(|rest| rest.split('"').next());
    let form = form.expect("a form").to_owned();
    let token = page.token().to_owned();
    let mut counts = Vec::new();
    for mail in [EVE, EVE, "zoe@example.com"] {
        let fields = [("token", &*token), ("form", &*form), ("mail", mail)];
        let reply = anna.browser.post(&site, &seats, &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
        counts.push(subscription(&site, id).await.seats.taken());
    }
    // Whoever changes the address means somebody else.
    assert_eq!(counts, [1, 1, 2]);
    let mut to: Vec<String> = site.letters().await.into_iter().map(|one| one.to).collect();
    to.sort();
    assert_eq!(to, [EVE, "zoe@example.com"]);
}

#[tokio::test]
async fn an_invitation_says_who_invites_as_they_are_called_or_named_on_invoices() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    site.letters().await;
    let seats = format!("/-/account/{id}/seats");
    let billing = [
        ("country", "DE"),
        ("business_name", "Muster GmbH"),
        ("business_street", "Hafenstr. 1"),
        ("business_city", "20457 Hamburg"),
    ];
    let name = [("name", "Anna Muster"), ("locale", "en")];
    let steps = [
        ("/-/account", &[][..], None),
        ("/-/account/billing", &billing[..], Some("Muster GmbH")),
        ("/-/account/name", &name[..], Some("Anna Muster")),
    ];
    for (step, (way, fields, called)) in steps.into_iter().enumerate() {
        if !fields.is_empty() {
            let reply = anna.browser.fill(&site, (way, way), fields).await;
            assert!(reply.status.as_u16() < 400, "{way}: {}", reply.html);
        }
        let to = format!("reader{step}@example.com");
        let reply = anna.presses(&site, &seats, &[("mail", &to)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
        let invitation = site.letter().await.invitation.expect("an invitation");
        assert_eq!(invitation.giver.as_deref(), called, "{way}");
        let grants = &subscription(&site, id).await.terms.grants;
        let grants: Vec<&str> = grants.iter().map(access::EntitlementName::as_str).collect();
        assert_eq!(invitation.grants, grants);
    }
}

#[tokio::test]
async fn who_has_a_seat_is_asked_for_no_payment() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", ONCE).await;
    site.letters().await;
    let seats = format!("/-/account/{id}/seats");
    let reply = anna.presses(&site, &seats, &[("mail", EVE)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let to = crate::site::link(&site.letter().await);
    let mut eve = Reader::signed_in(&site, EVE).await;
    let (of, seat) = (id.to_string(), to.split("seat=").nth(1).expect("a seat"));
    let token = eve.browser.get(&site, "/-/account").await;
    let fields = [("token", token.token()), ("of", &*of), ("seat", seat)];
    let reply = eve.browser.post(&site, "/-/seat", &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);

    until(&site, "2027-11-13T00:00:00Z").await;
    for (reader, mail, is_asked) in [(&mut anna, ANNA, true), (&mut eve, EVE, false)] {
        reader.browser.sign_in(&site, mail, WORDS).await;
        let page = reader.browser.get(&site, "/-/account").await;
        let asks = page.html.contains("Payment needed");
        assert_eq!(asks, is_asked, "{mail}: {}", page.html);
    }
}

/// What customer care sets up: whose addresses may take a seat.
async fn admits(site: &Site, id: SubscriptionId, domain: &str) {
    let bert = Who::Care {
        actor: "cli:bert".to_owned(),
        why: "their contract".to_owned(),
    };
    let wish = Wish::Admit(Entrances {
        domains: vec![MailDomain::new(domain).expect("a domain")],
        networks: Vec::new(),
    });
    let came = site.billing.command(&bert, id, wish).await;
    came.expect("admitted");
}

#[tokio::test]
async fn whoever_has_an_address_of_the_firm_takes_a_seat_with_one_button() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    let mut ben = Reader::signed_in(&site, "ben@firm.example").await;
    let join = format!("/-/account/{id}/join");
    let account = ("/-/account", &*join);
    let page = ben.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains("Your employer"), "{}", page.html);
    let reply = ben.browser.fill(&site, account, &[]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);

    admits(&site, id, "FIRM.example").await;
    let page = ben.browser.get(&site, "/-/account").await;
    assert!(page.html.contains("Your employer"), "{}", page.html);
    assert!(page.html.contains("firm.example"), "{}", page.html);
    assert!(page.slashed().contains(&join), "{}", page.html);
    for _ in 0..2 {
        let reply = ben.browser.fill(&site, account, &[]).await;
        assert_eq!(reply.location.as_deref(), Some("/-/account"));
    }
    assert_eq!(subscription(&site, id).await.seats.taken(), 1);
    let page = ben.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains("Your employer"), "{}", page.html);
    assert!(page.html.contains("somebody else pays"), "{}", page.html);
    let seats = format!("/-/account/{id}/seats");
    let page = anna.browser.get(&site, &seats).await;
    assert!(page.html.contains("ben@firm.example"), "{}", page.html);

    // Of another domain, and where there is no room, there is no button.
    let mut eve = Reader::signed_in(&site, EVE).await;
    let page = eve.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains("Your employer"), "{}", page.html);
    let reply = eve.browser.fill(&site, account, &[]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.html);
    for mail in ["one@firm.example", "two@firm.example"] {
        let mut one = Reader::signed_in(&site, mail).await;
        let reply = one.browser.fill(&site, account, &[]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{mail}");
    }
    let mut last = Reader::signed_in(&site, "last@firm.example").await;
    let page = last.browser.get(&site, "/-/account").await;
    assert!(
        page.html.contains("all of its seats are taken"),
        "{}",
        page.html
    );
    assert!(!page.slashed().contains(&join), "{}", page.html);

    let leave = format!("/-/account/{id}/leave");
    ben.browser.fill(&site, ("/-/account", &*leave), &[]).await;
    assert!(!subscription(&site, id).await.seats.has_member(ben.account));
}

#[tokio::test]
async fn who_pays_for_seats_is_told_that_they_read_by_one_themselves() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    site.letters().await;
    // There is nothing to read yet: the way leads to the account.
    let page = anna.browser.get(&site, &format!("/-/order/{id}")).await;
    let way = "class=\"button\" href=\"/-/account\"";
    assert!(page.slashed().contains(way), "{}", page.html);
    let seats = format!("/-/account/{id}/seats");
    let page = anna.browser.get(&site, &seats).await;
    let hint = "invite your own address";
    assert!(page.html.contains(hint), "{}", page.html);

    admits(&site, id, "example.com").await;
    let page = anna.browser.get(&site, "/-/account").await;
    let offered = "To read by it yourself";
    assert!(page.html.contains(offered), "{}", page.html);
    assert!(!page.html.contains("Your employer"), "{}", page.html);
    let join = format!("/-/account/{id}/join");
    let reply = anna.browser.fill(&site, ("/-/account", &*join), &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains(offered), "{}", page.html);
    let page = anna.browser.get(&site, &seats).await;
    assert!(!page.html.contains(hint), "{}", page.html);
}

#[tokio::test]
async fn a_seat_by_domain_is_lost_with_the_address() {
    let site = Site::start().await;
    let anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    admits(&site, id, "firm.example").await;
    let mut ben = Reader::signed_in(&site, "ben@firm.example").await;
    site.billing.join(ben.account, id).await.expect("joined");
    site.letters().await;
    let fields = [
        ("mail", "ben@home.example"),
        ("password", "correct horse battery"),
    ];
    ben.presses(&site, "/-/account/mail", &fields).await;
    let to = crate::site::link(&site.letter().await);
    assert!(subscription(&site, id).await.seats.has_member(ben.account));
    let key = to.split("key=").nth(1).expect("a key").to_owned();
    let way = (&*to, "/-/account/mail/link");
    let reply = ben.browser.fill(&site, way, &[("key", &*key)]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    assert!(site.account("ben@home.example").await.is_some());
    assert!(!subscription(&site, id).await.seats.has_member(ben.account));
}

#[tokio::test]
async fn a_firm_has_more_seats_at_once_and_fewer_from_its_next_period_on() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "team", GOOD).await;
    let seats = format!("/-/account/{id}/seats");
    let page = anna.browser.get(&site, &seats).await;
    for said in ["How many readers", "name=\"offer\" value=\"team\""] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    let way = format!("/-/account/{id}/change");
    for typed in ["0", "1", "51", "-3", "many"] {
        let ask = format!("{way}?offer=team&seats={typed}");
        let ask = anna.browser.get(&site, &ask).await;
        assert_eq!(ask.status, StatusCode::CONFLICT, "{typed}");
        assert!(ask.html.contains("from 2 to 50"), "{typed}: {}", ask.html);
    }
    for (typed, said) in [("5", "It changes at once."), ("2", "It changes on ")] {
        let ask = format!("{way}?offer=team&seats={typed}");
        let ask = anna.browser.get(&site, &ask).await;
        let of = format!("0 of {typed} taken");
        for said in [said, &of] {
            assert!(ask.html.contains(said), "{said}: {}", ask.html);
        }
        let reply = anna.browser.send_form(&site, &ask, &way, &[]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    }
    let has = subscription(&site, id).await;
    assert_eq!(has.terms.quantity, 5);
    assert_eq!(has.terms_ahead().quantity, 2);
}
