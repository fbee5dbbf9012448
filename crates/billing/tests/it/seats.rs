//! Seats of a firm's subscription: one form is one seat with one letter.

use commerce::ids::SubscriptionId;
use ludgate_billing::{Came, Contents, Invitation, Who, Wish, letter_of};

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
    let freed = press.billing.command(&who, id, Wish::Free(invitation.seat));
    assert_eq!(freed.await.expect("freed").subscription.seats.taken(), 0);
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
    use store::MailAddress;

    let form = FormToken::new(7);
    let firm = commerce::ids::AccountId::new(1);
    let other = commerce::ids::AccountId::new(2);
    let to = |mail: &str| MailAddress::new(mail).expect("an address");
    let seat = form.seat(firm, &to("eve@example.com"));
    assert_eq!(seat, form.seat(firm, &to("Eve@Example.com")));
    assert_ne!(seat, form.seat(firm, &to("zoe@example.com")));
    assert_ne!(seat, form.seat(other, &to("eve@example.com")));
}
