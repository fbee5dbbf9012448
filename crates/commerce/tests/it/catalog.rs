//! Offers: who may accept them, and when; what is said of them.

use access::EntitlementName;

use crate::support::*;
use ludgate_commerce::catalog::*;
use ludgate_commerce::entitlement::relation_to;
use ludgate_commerce::ids::{AccountId, PaymentMethodId, PromotionCode};
use ludgate_commerce::subscription::Command;

#[derive(Clone)]
struct Ask<'a> {
    offer: &'a str,
    currency: &'a str,
    quantity: u32,
    code: Option<&'a str>,
    story: Option<&'a str>,
    relation: Relation,
    uses: Uses,
    at: &'a str,
}

const NEW: Ask<'_> = Ask {
    offer: "winter",
    currency: "USD",
    quantity: 1,
    code: None,
    story: None,
    relation: Relation::Registered,
    uses: Uses {
        total: 0,
        by_account: 0,
    },
    at: "2027-01-10 12:00",
};

fn ask(catalog: &Catalog, ask: &Ask<'_>) -> Result<(), NotOffered> {
    let code = ask
        .code
        .map(|code| PromotionCode::typed(code).expect("a code"));
    let story = ask.story.map(access::StoryId::new);
    let offer = offer_id(ask.offer);
    let choice = Choice {
        offer: &offer,
        currency: currency(ask.currency),
        quantity: ask.quantity,
        code: code.as_ref(),
        story: story.as_ref(),
    };
    let now = local(&catalog.zone, ask.at);
    catalog
        .terms(&choice, ask.relation, ask.uses, now)
        .map(|_| ())
}

#[test]
fn an_offer_ends_when_its_last_day_is_over_in_the_publications_zone() {
    let date = |text: &str| text.parse().expect("a date");
    for name in [
        "Asia/Tokyo",
        "America/Los_Angeles",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
    ] {
        let catalog = catalog_in(name);
        let at = |at| ask(&catalog, &Ask { at, ..NEW });
        let starts = date("2026-12-01");
        let ended = date("2027-01-31");
        assert_eq!(
            at("2026-11-30 23:59:59"),
            Err(NotOffered::NotYet { starts }),
            "{name}"
        );
        assert_eq!(at("2026-12-01 00:00:00"), Ok(()), "{name}");
        assert_eq!(at("2027-01-31 23:59:59"), Ok(()), "{name}");
        assert_eq!(
            at("2027-02-01 00:00:00"),
            Err(NotOffered::Over { ended }),
            "{name}"
        );
    }
}

#[test]
fn an_offer_is_for_its_audience_and_is_shown_to_no_other() {
    use OfferAudience::{Everyone, Lapsed, New, Registered, Subscribers};
    let relations = [
        Relation::Anonymous,
        Relation::Registered,
        Relation::Lapsed,
        Relation::Current,
    ];
    let rows = [
        (Everyone, [true, true, true, true]),
        (New, [true, true, false, false]),
        (Registered, [false, true, false, false]),
        (Lapsed, [false, false, true, false]),
        (Subscribers, [false, false, false, true]),
    ];
    for (audience, expected) in rows {
        let mut catalog = catalog();
        catalog
            .offers
            .retain(|offer| offer.id == offer_id("winter"));
        for offer in &mut catalog.offers {
            offer.audience = audience;
        }
        for (relation, may) in relations.into_iter().zip(expected) {
            let asked = ask(&catalog, &Ask { relation, ..NEW });
            let refused = Err(NotOffered::NotForYou { audience });
            assert_eq!(
                asked,
                if may { Ok(()) } else { refused },
                "{audience:?} {relation:?}"
            );
        }
    }
}

#[test]
fn who_has_paper_only_is_new_to_reading_and_not_to_paper() {
    let names = |names: &[&str]| -> Vec<EntitlementName> {
        names.iter().map(EntitlementName::new).collect()
    };
    let (paper, all) = (names(&["print"]), names(&["read", "print"]));
    let mut world = World::paying("2027-01-01 09:00");
    let mut terms = world.terms("paper");
    terms.grants.clone_from(&paper);
    world
        .begins(terms, Some(PaymentMethodId::new(1)))
        .expect("a beginning");
    let is = |world: &World, grants: &[EntitlementName]| {
        relation_to(grants, AccountId::new(7), [world.state()], world.now)
    };
    assert_eq!(is(&world, &paper), Relation::Current);
    assert_eq!(is(&world, &all), Relation::Registered);
    world.does(&Command::Revoke);
    assert_eq!(is(&world, &paper), Relation::Lapsed);
    assert_eq!(is(&world, &all), Relation::Registered);
}

#[test]
fn a_code_opens_its_offer_and_nothing_else() {
    let mut catalog = catalog();
    for offer in &mut catalog.offers {
        if offer.id == offer_id("winter") {
            offer.code = Some(PromotionCode::new("SNOW").expect("a code"));
        }
    }
    let with = |offer, code, at| {
        ask(
            &catalog,
            &Ask {
                offer,
                code,
                at,
                ..NEW
            },
        )
    };
    assert_eq!(with("winter", Some(" snow "), NEW.at), Ok(()));
    assert_eq!(with("winter", None, NEW.at), Err(NotOffered::CodeNeeded));
    assert_eq!(
        with("winter", Some("ICE"), NEW.at),
        Err(NotOffered::CodeWrong)
    );
    assert_eq!(
        with("standard", Some("SNOW"), NEW.at),
        Err(NotOffered::CodeWrong)
    );
    // Whoever doesn't know the code doesn't learn that the offer is over.
    let over = "2028-01-01";
    assert_eq!(
        with("winter", Some("ICE"), over),
        Err(NotOffered::CodeWrong)
    );
    assert!(matches!(
        with("winter", Some("SNOW"), over),
        Err(NotOffered::Over { .. })
    ));
    // No wall tells of it.
    let is_told = |catalog: &Catalog| {
        let shown = catalog.held_out(currency("USD"));
        (0..)
            .map_while(|place| shown.get(place))
            .any(|offer| offer.id.as_str() == "winter")
    };
    assert!(!is_told(&catalog));
    assert!(is_told(&self::catalog()));
}

#[test]
fn caps_are_reached_by_everybody_or_by_one() {
    let mut catalog = catalog();
    for offer in &mut catalog.offers {
        offer.caps = Caps {
            total: Some(100),
            per_account: Some(1),
        };
    }
    let with = |total, by_account| {
        let uses = Uses { total, by_account };
        ask(&catalog, &Ask { uses, ..NEW })
    };
    assert_eq!(with(99, 0), Ok(()));
    assert_eq!(with(100, 0), Err(NotOffered::UsedUp));
    assert_eq!(with(5, 1), Err(NotOffered::HadAlready));
}

#[test]
fn what_doesnt_fit_is_refused_with_what_would() {
    let catalog = catalog();
    let eur = currency("EUR");
    let rows: Vec<(Ask<'_>, NotOffered)> = vec![
        (
            Ask {
                offer: "nothing",
                ..NEW
            },
            NotOffered::Unknown(offer_id("nothing")),
        ),
        (
            Ask {
                currency: "EUR",
                ..NEW
            },
            NotOffered::Currency(eur),
        ),
        (
            Ask { quantity: 2, ..NEW },
            NotOffered::Seats { least: 1, most: 1 },
        ),
        (
            Ask {
                offer: "team",
                ..NEW
            },
            NotOffered::Seats { least: 2, most: 50 },
        ),
        (
            Ask {
                offer: "team",
                quantity: 51,
                ..NEW
            },
            NotOffered::Seats { least: 2, most: 50 },
        ),
        (
            Ask {
                offer: "single",
                ..NEW
            },
            NotOffered::StoryNeeded,
        ),
        (
            Ask {
                story: Some("/a"),
                ..NEW
            },
            NotOffered::NoStory,
        ),
    ];
    for (asked, expected) in rows {
        assert_eq!(ask(&catalog, &asked), Err(expected), "{}", asked.offer);
    }
    let mut without = catalog.clone();
    without.plans.retain(|plan| plan.id != plan_id("monthly"));
    assert_eq!(
        ask(&without, &NEW),
        Err(NotOffered::Unknown(offer_id("winter")))
    );
}

#[test]
fn a_wall_holds_out_the_first_that_is_open_and_says_how_much_for_how_long_and_until_when() {
    use access::Audience;
    let mut catalog = catalog();
    // In this order, a gift and a day pass before all others.
    let mut offers = Vec::new();
    for id in ["gift", "pass", "winter", "back", "stay", "standard"] {
        offers.extend(catalog.offer(&offer_id(id)).cloned());
    }
    catalog.offers = offers;
    let held_out = catalog.held_out(currency("USD"));
    let shown = |audience, at: &str| {
        let found = held_out.of_the_day(audience, local(&catalog.zone, at));
        found.map(|(_, offer)| offer.id.as_str()).expect("an offer")
    };
    // By the second, in the publication's zone.
    for (at, expected) in [
        ("2026-11-30 23:59:59", "standard"),
        ("2026-12-01 00:00:00", "winter"),
        ("2027-01-31 23:59:59", "winter"),
        ("2027-02-01 00:00:00", "standard"),
    ] {
        assert_eq!(shown(Audience::Anonymous, at), expected, "{at}");
        assert_eq!(shown(Audience::Registered, at), expected, "{at}");
        assert_eq!(shown(Audience::Lapsed, at), "back", "{at}");
    }
    let now = local(&catalog.zone, "2027-01-31");
    let (_, winter) = held_out.of_the_day(Audience::Anonymous, now).expect("one");
    let phase = winter.phases.first().expect("a phase");
    assert_eq!((phase.price.minor, phase.price.decimals), (900, 2));
    assert_eq!((phase.every, phase.times), (access::Span::Months(3), 1));
    assert_eq!(winter.price.minor, 1500);
    let closes = local(&catalog.zone, "2027-02-01");
    assert_eq!(winter.closes, Some(closes));
    assert_eq!(
        winter.ends.map(|day| day.to_string()).as_deref(),
        Some("2027-01-31")
    );
    let nothing = catalog.held_out(currency("EUR"));
    assert_eq!(nothing.of_the_day(Audience::Anonymous, now), None);
}
