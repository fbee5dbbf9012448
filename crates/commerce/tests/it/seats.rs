//! A subscription for several.

use crate::support::*;
use ludgate_commerce::entitlement::{network, snapshot};
use ludgate_commerce::ids::{AccountId, PaymentMethodId, SeatId};
use ludgate_commerce::subscription::*;

fn team(seats: u32) -> World {
    let mut world = World::paying("2027-04-01 00:00");
    let terms = terms_for(&world.catalog, "team", "USD", seats);
    world
        .begins(terms, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    world
}

fn invite(seat: u128) -> Command {
    Command::Seat(SeatCommand::Invite {
        seat: SeatId::new(seat),
    })
}

fn accept(seat: u128, account: u128) -> Command {
    Command::Seat(SeatCommand::Accept {
        seat: SeatId::new(seat),
        account: AccountId::new(account),
    })
}

fn join(seat: u128, account: u128, domain: &str) -> Command {
    Command::Seat(SeatCommand::Join {
        seat: SeatId::new(seat),
        account: AccountId::new(account),
        domain: MailDomain::new(domain).expect("a domain"),
    })
}

fn admit(domains: &[&str], networks: &[&str]) -> Command {
    Command::Seat(SeatCommand::Admit {
        domains: domains
            .iter()
            .map(|domain| MailDomain::new(domain).expect("a domain"))
            .collect(),
        networks: networks
            .iter()
            .map(|network| network.parse().expect("a network"))
            .collect(),
    })
}

fn reads(world: &World, account: u128) -> bool {
    snapshot(AccountId::new(account), [world.state()])
        .entitlements
        .active("read", world.now)
}

#[test]
fn nobody_takes_a_seat_that_is_gone_from_the_next_period_on() {
    let mut world = team(3);
    world.does(&invite(1));
    let fewer = ChangePlan {
        terms: terms_for(&world.catalog, "team", "USD", 2),
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when: ChangeWhen::PeriodEnd,
        as_of: None,
        order: world.order(),
        refund: world.refund(),
    };
    world.does(&Command::ChangePlan(Box::new(fewer)));
    world.does(&invite(2));
    let full = world.refused(&invite(3));
    assert_eq!(full, Refusal::Seat(SeatRefusal::Full(2)));
    world.does(&Command::KeepPlan);
    world.does(&invite(3));
}

#[test]
fn members_come_by_invitation_or_by_their_mail_domain_as_long_as_there_is_room() {
    let mut world = team(3);
    world.does(&invite(1));
    world.does(&invite(1));
    world.does(&accept(1, 11));
    world.does(&accept(1, 11));
    assert_eq!(
        world.refused(&accept(1, 12)),
        Refusal::Seat(SeatRefusal::Taken)
    );
    assert_eq!(
        world.refused(&accept(9, 12)),
        Refusal::Seat(SeatRefusal::NoSuchSeat)
    );
    let domain = MailDomain::new("example.com").expect("a domain");
    let other = SeatRefusal::OtherDomain(domain);
    assert_eq!(
        world.refused(&join(2, 12, "example.com")),
        Refusal::Seat(other)
    );
    world.does(&admit(&["Example.COM"], &[]));
    world.does(&join(2, 12, "example.com"));
    world.does(&join(3, 12, "example.com"));
    world.does(&invite(3));
    assert_eq!(
        world.refused(&invite(4)),
        Refusal::Seat(SeatRefusal::Full(3))
    );
    let full = world.refused(&join(4, 13, "example.com"));
    assert_eq!(full, Refusal::Seat(SeatRefusal::Full(3)));
    let free = Command::Seat(SeatCommand::Free {
        seat: SeatId::new(1),
    });
    world.does(&free);
    world.does(&free);
    world.saw(&[
        "begun team",
        "order #1 begin 30.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "seat 1 kept",
        "seat 1 taken by 11",
        "1 domains and 0 networks admitted",
        "seat 2 taken by 12",
        "seat 3 kept",
        "seat 1 freed",
    ]);
    assert!(reads(&world, 12));
    assert!(!reads(&world, 11), "who has left doesn't read");
    assert!(!reads(&world, 7), "who pays doesn't sit there by that");
}

#[test]
fn whoever_came_by_a_domain_goes_with_it_and_who_was_invited_stays() {
    let mut world = team(4);
    world.does(&admit(&["example.com", "example.org"], &["203.0.113.0/24"]));
    world.does(&join(1, 11, "example.com"));
    world.does(&join(2, 12, "example.org"));
    world.does(&invite(3));
    world.does(&accept(3, 13));
    let same = admit(&["example.com", "example.org"], &["203.0.113.0/24"]);
    world.does(&same);
    world.does(&admit(&["example.org"], &["203.0.113.0/24"]));
    world.saw(&[
        "begun team",
        "order #1 begin 40.00 USD",
        "charge #1/1",
        "paid #1/1",
        "period evergreen from 2027-04-01 to 2027-05-01",
        "2 domains and 1 networks admitted",
        "seat 1 taken by 11",
        "seat 2 taken by 12",
        "seat 3 kept",
        "seat 3 taken by 13",
        "1 domains and 1 networks admitted",
        "seat 1 freed",
    ]);
    assert!(!reads(&world, 11));
    assert!(reads(&world, 12) && reads(&world, 13));
    // A subdomain is another domain.
    let domain = MailDomain::new("mail.example.org").expect("a domain");
    assert_eq!(
        world.refused(&join(5, 15, "mail.example.org")),
        Refusal::Seat(SeatRefusal::OtherDomain(domain))
    );
}

#[test]
fn seats_that_were_written_before_they_knew_of_domains_are_read() {
    let seat = "seat_00000000000000000000000000000001";
    let account = "acc_00000000000000000000000000000002";
    let written = serde_json::json!({ "taken": { "seat": seat, "account": account } });
    let read: SeatFact = serde_json::from_value(written.clone()).expect("a fact");
    let fact = SeatFact::Taken {
        seat: SeatId::new(1),
        account: AccountId::new(2),
        domain: None,
    };
    assert_eq!(read, fact);
    assert_eq!(serde_json::to_value(&fact).expect("JSON"), written);
    let written = serde_json::json!({ "id": seat, "holder": { "member": account } });
    let read: Seat = serde_json::from_value(written.clone()).expect("a seat");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), written);
}

#[test]
fn more_seats_are_paid_for_the_rest_and_fewer_only_if_they_are_free() {
    let mut world = team(4);
    world.goes_to("2027-04-16 00:00");
    for seat in 1..=3 {
        world.does(&invite(seat));
    }
    let change = |world: &mut World, quantity, when| {
        Command::ChangePlan(Box::new(ChangePlan {
            terms: terms_for(&world.catalog, "team", "USD", quantity),
            intro: IntroOnChange::LeftOut,
            acceptance: acceptance(world.now),
            when,
            as_of: None,
            order: world.order(),
            refund: world.refund(),
        }))
    };
    let command = change(&mut world, 2, ChangeWhen::PeriodEnd);
    assert_eq!(world.refused(&command), Refusal::SeatsTaken { taken: 3 });
    let command = change(&mut world, 6, ChangeWhen::Now);
    world.does(&command);
    assert_eq!(world.state().terms.quantity, 6);
    let paid: Vec<i64> = world
        .state()
        .payments
        .payments()
        .map(|payment| payment.total.minor())
        .collect();
    // Two more seats for half a month.
    assert_eq!(paid, [4000, 1000]);
}

#[test]
fn a_network_reads_without_seats_until_the_end() {
    let mut world = team(2);
    assert_eq!(network(world.state()), None);
    world.does(&admit(&[], &["203.0.113.0/24", "2001:db8::/32"]));
    let found = network(world.state()).expect("a network");
    assert_eq!(found.networks.len(), 2);
    assert!(found.entitlements.active("read", world.now));
    world.does(&Command::Revoke);
    assert_eq!(network(world.state()), None);
    for wide in ["0.0.0.0/0", "10.0.0.0/8", "::/0", "2001::/16"] {
        let world = team(2);
        let refusal = world.refused(&admit(&[], &[wide]));
        let network = wide.parse().expect("a network");
        assert_eq!(refusal, Refusal::Seat(SeatRefusal::TooWide(network)));
    }
}

#[test]
fn lists_have_an_end() {
    let world = team(2);
    let domains: Vec<String> = (0..=MAX_DOMAINS).map(|n| format!("d{n}.example")).collect();
    let domains: Vec<&str> = domains.iter().map(String::as_str).collect();
    let too_many = SeatRefusal::TooManyDomains(MAX_DOMAINS + 1);
    assert_eq!(
        world.refused(&admit(&domains, &[])),
        Refusal::Seat(too_many)
    );
    let networks = vec!["203.0.113.0/24"; MAX_NETWORKS + 1];
    let too_many = SeatRefusal::TooManyNetworks(MAX_NETWORKS + 1);
    assert_eq!(
        world.refused(&admit(&[], &networks)),
        Refusal::Seat(too_many)
    );
}

#[test]
fn a_subscription_for_one_has_no_seats() {
    let mut world = World::paying("2027-04-01 00:00");
    world.takes("standard");
    assert_eq!(
        world.refused(&invite(1)),
        Refusal::Seat(SeatRefusal::ForOne)
    );
}

#[test]
fn a_domain_is_what_stands_behind_the_at() {
    for right in ["example.com", "Mail.EXAMPLE.co.uk", "xn--nxasmq6b.example"] {
        let domain = MailDomain::new(right).expect("a domain");
        assert_eq!(domain.as_str(), right.to_ascii_lowercase());
    }
    for wrong in [
        "",
        "com",
        "a@example.com",
        ".com",
        "a..b",
        "-a.com",
        "ex ample.com",
        "é.com",
    ] {
        assert!(MailDomain::new(wrong).is_err(), "{wrong}");
    }
}
