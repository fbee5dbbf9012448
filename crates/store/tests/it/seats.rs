//! Who comes without an invitation: found by domains, told of networks.

use access::Standing;
use commerce::ids::SeatId;
use jiff::SignedDuration;
use ludgate_store::gate::{Changes, Directory};

use crate::support::*;
use commerce::subscription::*;

fn follow(directory: &mut Directory, found: &Changes) {
    for (_, change) in &found.changes {
        directory.take(change.clone());
    }
}

#[tokio::test]
async fn networks_are_told_as_often_as_they_change_and_as_long_as_they_are_paid_for() {
    let mut world = World::new().await;
    let firm = world.account("firm@example.com").await;
    let id = world.subscribes(firm, "team").await;
    world.settles(Card::Pays).await;
    let mut directory = Directory::default();
    let mut last = 0;
    let mut networks = async |world: &World| -> Option<Vec<String>> {
        let mut reading = world.store.read().await.expect("a transaction");
        let found = reading.feed_after(last).await.expect("read");
        follow(&mut directory, &found);
        last = found.last;
        let told = directory.networks()?;
        assert!(
            told.iter()
                .all(|one| one.entitlements.active("read", world.now))
        );
        Some(told.iter().map(|one| one.network.to_string()).collect())
    };
    assert_eq!(networks(&world).await, Some(Vec::new()), "at the beginning");
    assert_eq!(networks(&world).await, None);
    let admit = |networks: &[&str], domains: &[&str]| {
        Command::Seat(SeatCommand::Admit {
            domains: domains
                .iter()
                .map(|one| MailDomain::new(one).expect("a domain"))
                .collect(),
            networks: networks
                .iter()
                .map(|one| one.parse().expect("a network"))
                .collect(),
        })
    };
    let both = ["192.0.2.0/24", "2001:db8::/32"];
    world.does(id, &admit(&both, &["example.com"])).await;
    let told = networks(&world).await.expect("news");
    assert_eq!(told, both);
    world.does(id, &Command::Revoke).await;
    assert_eq!(networks(&world).await, Some(Vec::new()));
}

#[tokio::test]
async fn a_subscription_is_found_by_the_domains_it_admits_as_long_as_it_runs() {
    let mut world = World::new().await;
    let firm = world.account("firm@example.com").await;
    let id = world.subscribes(firm, "team").await;
    world.settles(Card::Pays).await;
    let domain = |text: &str| MailDomain::new(text).expect("a domain");
    let open_to = async |world: &World, text: &str| {
        let mut reading = world.store.read().await.expect("a transaction");
        let found = reading.open_to(&domain(text)).await.expect("read");
        found.iter().map(|one| one.id).collect::<Vec<_>>()
    };
    let admit = |domains: &[&str]| {
        Command::Seat(SeatCommand::Admit {
            domains: domains.iter().map(|text| domain(text)).collect(),
            networks: Vec::new(),
        })
    };
    assert_eq!(open_to(&world, "example.com").await, []);
    world
        .does(id, &admit(&["example.com", "example.org"]))
        .await;
    assert_eq!(open_to(&world, "example.com").await, [id]);
    assert_eq!(open_to(&world, "mail.example.com").await, []);
    world.does(id, &admit(&["example.org"])).await;
    assert_eq!(open_to(&world, "example.com").await, []);
    assert_eq!(open_to(&world, "example.org").await, [id]);
    world.does(id, &Command::Revoke).await;
    assert_eq!(open_to(&world, "example.org").await, []);
}

#[tokio::test]
async fn that_a_payment_failed_is_for_who_pays_to_hear_and_not_for_who_has_a_seat() {
    let mut world = World::new().await;
    let firm = world.account("firm@example.com").await;
    let eve = world.account("eve@example.com").await;
    let id = world.subscribes(firm, "team").await;
    world.settles(Card::Pays).await;
    for (number, account) in [(1, firm), (2, eve)] {
        let seat = SeatId::new(number);
        let invite = Command::Seat(SeatCommand::Invite { seat });
        world.does(id, &invite).await;
        let accept = Command::Seat(SeatCommand::Accept { seat, account });
        world.does(id, &accept).await;
    }
    world.passes(SignedDuration::from_hours(24 * 31));
    world.ticks().await;
    world.settles(Card::Declines).await;
    let mut reading = world.store.read().await.expect("a transaction");
    let found = reading.feed_after(0).await.expect("read");
    let mut directory = Directory::default();
    follow(&mut directory, &found);
    for (account, standing) in [(firm, Standing::Grace), (eve, Standing::Paid)] {
        let seats = reading.seats(account).await.expect("read");
        let own = commerce::entitlement::snapshot(account, &seats);
        for snapshot in [directory.snapshot(account), own] {
            let found = snapshot.entitlements.standing("read", world.now);
            assert_eq!(found, Some(standing));
        }
    }
}
