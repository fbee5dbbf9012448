//! Seats of a firm's subscription: one form is one seat with one letter, and
//! whoever has an address of the firm takes one by themselves.

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::{MailDomain, Refusal, SeatRefusal, Subscription};
use ludgate_billing::{
    BillingError, Came, Contents, Entrances, Invitation, Who, Wish, letter_of, open_to,
};
use store::MailAddress;

use crate::support::*;

async fn invites(press: &Press, who: &Who, id: SubscriptionId, invitation: &Invitation) -> Came {
    let wish = Wish::Invite(Box::new(invitation.clone()));
    let came = press.billing.command(who, id, wish).await;
    came.expect("an answer")
}

/// The ids of the letters that were sent to whom was invited.
fn letters(press: &Press) -> Vec<String> {
    let sent = press.mailbox.sent.lock();
    let asked = sent
        .iter()
        .filter(|parcel| matches!(parcel.what, Contents::Asked { .. }));
    asked.map(|parcel| parcel.id.clone()).collect()
}

#[tokio::test]
async fn a_form_that_is_sent_twice_keeps_one_seat_and_sends_one_letter() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let who = Who::Reader(firm);
    let invitation = press.invitation(firm);
    for many in [1, 0] {
        let came = invites(&press, &who, id, &invitation).await;
        assert_eq!(came.facts.len(), many);
        assert_eq!(came.subscription.seats.taken(), 1);
    }
    press.until("2027-01-02T00:00:00Z").await;
    assert_eq!(letters(&press), [letter_of(invitation.seat)]);
    let seat = invitation.seat.to_string();
    let bits = seat.trim_start_matches("seat_");
    assert!(!letter_of(invitation.seat).contains(bits), "it is a secret");

    // Taken back, it isn't brought back by the same form.
    let wish = Wish::Free(invitation.seat);
    let freed = press.billing.command(&who, id, wish).await;
    assert_eq!(freed.expect("freed").subscription.seats.taken(), 0);
    let came = invites(&press, &who, id, &invitation).await;
    assert!(came.facts.is_empty(), "{:?}", came.facts);
    assert_eq!(press.subscription(id).await.seats.taken(), 0);
    press.until("2027-01-03T00:00:00Z").await;
    assert_eq!(letters(&press).len(), 1);
    press.sound().await;
}

#[tokio::test]
async fn where_there_is_no_seat_there_is_no_letter() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let room = press.subscription(id).await.terms.quantity;
    let who = Who::Reader(firm);
    for _ in 0..room {
        invites(&press, &who, id, &press.invitation(firm)).await;
    }
    let wish = Wish::Invite(Box::new(press.invitation(firm)));
    let refused = press.billing.command(&who, id, wish).await;
    assert!(refused.is_err(), "{refused:?}");
    press.until("2027-01-02T00:00:00Z").await;
    let sent = letters(&press).len();
    assert_eq!(u32::try_from(sent).expect("a few"), room);
}

#[test]
fn another_address_in_the_same_form_is_another_seat() {
    use ludgate_billing::FormToken;

    let form = FormToken::new(7);
    let firm = AccountId::new(1);
    let other = AccountId::new(2);
    let to = |mail: &str| MailAddress::new(mail).expect("an address");
    let seat = form.seat(firm, &to("eve@example.com"));
    assert_eq!(seat, form.seat(firm, &to("Eve@Example.com")));
    assert_ne!(seat, form.seat(firm, &to("zoe@example.com")));
    assert_ne!(seat, form.seat(other, &to("eve@example.com")));
}

fn by_domain(domains: &[&str]) -> Entrances {
    let domain = |text: &&str| MailDomain::new(text).expect("a domain");
    Entrances {
        domains: domains.iter().map(domain).collect(),
        networks: Vec::new(),
    }
}

/// Somebody whose address is known to be theirs.
async fn verified(press: &Press, name: &str) -> AccountId {
    let account = press.reader(name).await;
    let mail = MailAddress::new(&format!("{name}@example.com")).expect("an address");
    let mut writing = press.billing.store().write().await.expect("a turn");
    let is_theirs = writing.verify_mail(account, &mail, press.now()).await;
    assert!(is_theirs.expect("written"));
    writing.commit().await.expect("a commit");
    account
}

/// What somebody may take a seat of by their address.
async fn may_join(press: &Press, account: AccountId) -> Vec<(MailDomain, Subscription)> {
    let mut reading = press.billing.store().read().await.expect("a turn");
    let found = reading.account(account).await.expect("read");
    let found = found.expect("an account");
    open_to(&mut reading, &found).await.expect("read")
}

/// Gives somebody another address, as the page does.
async fn moves(press: &Press, account: AccountId, mail: &str) {
    let mail = MailAddress::new(mail).expect("an address");
    let mut writing = press.billing.store().write().await.expect("a turn");
    let moved = writing.set_mail(account, &mail, press.now()).await;
    assert!(moved.expect("written"));
    let lost = press.billing.moved_away(&mut writing, account).await;
    lost.expect("looked at");
    writing.commit().await.expect("a commit");
}

#[tokio::test]
async fn an_address_at_a_domain_takes_a_seat_and_loses_it_when_it_is_another() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let ben = verified(&press, "ben").await;
    let open = may_join(&press, ben).await;
    assert!(open.is_empty(), "nobody has admitted anybody");
    let refused = press.billing.join(ben, id).await;
    let other = SeatRefusal::OtherDomain(MailDomain::new("example.com").expect("one"));
    assert!(
        matches!(&refused, Err(BillingError::Refused(Refusal::Seat(why))) if *why == other),
        "{refused:?}"
    );

    // Its owner can't claim it.
    let wish = Wish::Admit(by_domain(&["Example.COM"]));
    let owner = Who::Reader(firm);
    let claimed = press.billing.command(&owner, id, wish.clone()).await;
    assert!(matches!(claimed, Err(BillingError::OnlyCare(_))));
    for many in [1, 0] {
        let came = press.billing.command(&care(), id, wish.clone()).await;
        assert_eq!(came.expect("admitted").facts.len(), many);
    }
    let open = may_join(&press, ben).await;
    let [(domain, one)] = open.as_slice() else {
        panic!("{open:?}");
    };
    assert_eq!((domain.as_str(), one.id), ("example.com", id));
    for _ in 0..2 {
        let joined = press.billing.join(ben, id).await.expect("joined");
        assert_eq!(joined.seats.taken(), 1);
    }
    let open = may_join(&press, ben).await;
    assert!(open.is_empty(), "he has one");

    // Another address at the domain keeps it, one elsewhere doesn't.
    moves(&press, ben, "ben2@EXAMPLE.com").await;
    assert!(press.subscription(id).await.seats.has_member(ben));
    moves(&press, ben, "ben@mail.example.com").await;
    assert!(!press.subscription(id).await.seats.has_member(ben));
    // Whoever was invited keeps theirs, wherever they go.
    let invitation = press.invitation(firm);
    invites(&press, &Who::Reader(firm), id, &invitation).await;
    let taken = press.billing.take_seat(ben, id, invitation.seat).await;
    taken.expect("taken");
    moves(&press, ben, "ben@example.net").await;
    assert!(press.subscription(id).await.seats.has_member(ben));
    press.sound().await;
}

#[tokio::test]
async fn a_domain_that_is_dismissed_takes_its_members_along() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let wish = Wish::Admit(by_domain(&["example.com", "example.org"]));
    let admitted = press.billing.command(&care(), id, wish).await;
    admitted.expect("admitted");
    let ben = verified(&press, "ben").await;
    press.billing.join(ben, id).await.expect("joined");
    let wish = Wish::Dismiss(by_domain(&["example.com"]));
    let came = press.billing.command(&care(), id, wish).await;
    let seats = came.expect("dismissed").subscription.seats;
    assert!(!seats.has_member(ben));
    assert_eq!(seats.domains, by_domain(&["example.org"]).domains);
    let open = may_join(&press, ben).await;
    assert!(open.is_empty());
    press.sound().await;
}

#[tokio::test]
async fn a_seat_by_domain_goes_over_where_the_address_that_stays_is_at_it() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let wish = Wish::Admit(by_domain(&["example.com"]));
    let admitted = press.billing.command(&care(), id, wish).await;
    admitted.expect("admitted");
    let (ben, benny) = (
        verified(&press, "ben").await,
        verified(&press, "benny").await,
    );
    press.billing.join(ben, id).await.expect("joined");
    let merged = press.billing.merge(&care(), ben, benny).await;
    merged.expect("merged");
    assert!(press.subscription(id).await.seats.has_member(benny));
    let carla = press.reader("carla").await;
    let merged = press.billing.merge(&care(), benny, carla).await;
    merged.expect("merged");
    let seats = press.subscription(id).await.seats;
    assert_eq!(seats.taken(), 0, "nobody knows that her address is hers");
    press.sound().await;
}
