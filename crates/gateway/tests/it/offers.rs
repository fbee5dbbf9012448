//! What walls hold out, to whom, and until when.

use access::{
    AccountChange, AccountKey, Entitlement, Entitlements, Offer, OfferFor, OfferPhase, Offers,
    Price, Seq, Snapshot, Span, Standing,
};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use ludgate_gateway::Applied;

use crate::site::{Setup, Site};

fn dollars(minor: u64) -> Price {
    Price {
        minor,
        decimals: 2,
        currency: *b"USD",
    }
}

fn offer(id: &str, audience: OfferFor, intro: Option<u64>) -> Offer {
    let phase = |minor| OfferPhase {
        price: dollars(minor),
        every: Span::Months(3),
        times: 1,
    };
    Offer {
        id: id.into(),
        audience,
        grants: vec!["read".into()],
        phases: intro.into_iter().map(phase).collect(),
        price: dollars(1490),
        every: Span::Months(1),
        goes_on: true,
        opens: None,
        ends: None,
        closes: None,
        link: Some(format!("/-/subscribe/{id}").into()),
    }
}

/// Through 13 November in Tokyo; the tests begin at noon on the 12th.
fn winter() -> Offer {
    Offer {
        ends: Some(date(2026, 11, 13)),
        closes: Some(time("2026-11-13T15:00:00Z")),
        ..offer("winter", OfferFor::New, Some(900))
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn site(offers: Vec<Offer>) -> Site {
    let site = Site::start(&Setup::default());
    let applied = site.gate.hold_out(Seq(1), &Offers::new(offers));
    assert_eq!(applied, Applied::Now);
    site
}

impl Site {
    /// The wall of a locked story.
    fn wall(&self, line: &str) -> String {
        let text = self.get("/stories/locked", &[line]).text();
        let wall = text.split("<section class=\"ludgate-wall\"").nth(1);
        wall.expect("a wall").to_owned()
    }

    /// Somebody who is signed in, to an account that stands so.
    fn account(&self, standing: Option<Standing>) -> String {
        let until = self.now() + SignedDuration::from_hours(100);
        let new = self.gate.new_session(until, self.now()).expect("one");
        let account = AccountKey(u128::from(new.id.0[0]));
        let session = new.id;
        let read = standing.map(|standing| Entitlement {
            name: "read".into(),
            standing,
            until: None,
        });
        let snapshot = Snapshot {
            entitlements: Entitlements::new(read.into_iter().collect()),
            ..Snapshot::default()
        };
        let accounts = self.gate.accounts();
        accounts.apply(
            Seq(1),
            AccountChange::SessionOpened {
                session,
                account,
                until,
            },
        );
        accounts.apply(Seq(1), AccountChange::Entitled { account, snapshot });
        let cookie = new.cookie.to_str().expect("text").to_owned();
        format!("Cookie: {}", cookie.split(';').next().expect("a pair"))
    }
}

#[test]
fn the_last_two_days_are_counted_down_by_the_hour_and_then_it_is_gone() {
    let site = site(vec![winter(), offer("always", OfferFor::Everyone, None)]);
    let says = |text: &str| {
        let wall = site.wall("Accept: */*");
        assert!(wall.contains(text), "{text}: {wall}");
        wall
    };
    let wall = says("3 months for $9.00");
    for text in [
        "Then $14.90 a month. Cancel at any time.",
        "Ends 13 November: 36 hours left",
        "winter\"",
    ] {
        assert!(wall.contains(text), "{text}: {wall}");
    }
    site.pass(SignedDuration::from_hours(1));
    says("Ends 13 November: 35 hours left");
    site.pass(SignedDuration::from_hours(34) + SignedDuration::from_secs(3599));
    says("Ends 13 November: less than an hour left");
    site.pass(SignedDuration::from_secs(1));
    let after = says("$14.90 a month");
    assert!(after.contains("always\""), "{after}");
    assert!(
        !after.contains("9.00") && !after.contains("Ends"),
        "{after}"
    );
}

#[test]
fn long_before_its_end_the_day_is_said_and_before_its_beginning_nothing() {
    let later = Offer {
        opens: Some(time("2026-11-12T04:00:00Z")),
        ends: Some(date(2027, 1, 31)),
        closes: Some(time("2027-01-31T15:00:00Z")),
        ..winter()
    };
    let site = site(vec![later]);
    assert!(!site.wall("Accept: */*").contains("ludgate-offer"));
    site.pass(SignedDuration::from_hours(1));
    let wall = site.wall("Accept: */*");
    assert!(wall.contains("Ends 31 January<"), "{wall}");
}

#[test]
fn everybody_is_offered_what_is_for_them() {
    let site = site(vec![
        winter(),
        offer("back", OfferFor::Lapsed, Some(500)),
        offer("always", OfferFor::Everyone, None),
    ]);
    let site = &site;
    let offered = |standing| {
        let wall = site.wall(&site.account(standing));
        let named = |id: &&str| wall.contains(&format!("{id}\""));
        let found = ["winter", "back", "always"].into_iter().find(named);
        assert_eq!(found.is_some(), wall.contains("ludgate-offer"), "{wall}");
        found
    };
    assert_eq!(offered(None), Some("winter"));
    assert_eq!(offered(Some(Standing::EndedTrial)), Some("back"));
    assert_eq!(offered(Some(Standing::EndedSubscription)), Some("back"));
    assert_eq!(offered(Some(Standing::Paused)), None);
}

#[test]
fn a_late_list_of_offers_does_not_undo_a_newer_one() {
    let site = site(vec![winter()]);
    let none = Offers::default();
    let dear = Offers::new(vec![offer("dear", OfferFor::Everyone, Some(9900))]);
    assert_eq!(site.gate.hold_out(Seq(3), &dear), Applied::Now);
    assert!(site.wall("Accept: */*").contains("$99.00"));
    assert_eq!(site.gate.hold_out(Seq(2), &none), Applied::Late);
    assert!(site.wall("Accept: */*").contains("$99.00"));
    assert_eq!(site.gate.hold_out(Seq(4), &none), Applied::Now);
    assert!(!site.wall("Accept: */*").contains("ludgate-offer"));
}
