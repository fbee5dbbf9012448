//! Offers: who may accept them, when, and what makes no sense in a catalog.

use crate::support::*;
use ludgate_commerce::calendar::Interval;
use ludgate_commerce::catalog::*;
use ludgate_commerce::ids::{ProductId, PromotionCode};
use ludgate_commerce::terms::PhaseKind;

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
        let now = local(&catalog.zone, NEW.at);
        for (relation, may) in relations.into_iter().zip(expected) {
            let asked = ask(&catalog, &Ask { relation, ..NEW });
            let refused = Err(NotOffered::NotForYou { audience });
            assert_eq!(
                asked,
                if may { Ok(()) } else { refused },
                "{audience:?} {relation:?}"
            );
            assert_eq!(catalog.open_to(relation, now).count(), usize::from(may));
        }
    }
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
    let now = local(&catalog.zone, NEW.at);
    let shown = catalog.open_to(Relation::Registered, now);
    assert!(
        shown
            .into_iter()
            .all(|offer| offer.id != offer_id("winter"))
    );
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
fn the_offer_of_the_day_says_how_much_for_how_long_and_until_when() {
    let mut catalog = catalog();
    // In this order, a gift and a day pass before all others.
    let mut offers = Vec::new();
    for id in ["gift", "pass", "winter", "back", "stay", "standard"] {
        offers.extend(catalog.offer(&offer_id(id)).cloned());
    }
    catalog.offers = offers;
    let now = local(&catalog.zone, "2027-01-31 23:59:59");
    let usd = currency("USD");
    let pitch = |relation, now| {
        catalog
            .offer_of_the_day(relation, usd, now)
            .expect("an offer")
    };
    let winter = pitch(Relation::Anonymous, now);
    assert_eq!(winter.offer, offer_id("winter"));
    let phase = winter.phases.first().expect("a phase");
    assert_eq!(
        (phase.price, phase.every, phase.times),
        (money("9.00 USD"), Interval::Months(3), 1)
    );
    assert_eq!(winter.price, money("15.00 USD"));
    let closes = local(&catalog.zone, "2027-02-01");
    assert_eq!(winter.closes, Some(closes));
    assert_eq!(
        winter.ends.map(|day| day.to_string()).as_deref(),
        Some("2027-01-31")
    );
    // A second later, and for others, there is another.
    assert_ne!(pitch(Relation::Anonymous, closes).offer, winter.offer);
    assert_eq!(pitch(Relation::Lapsed, now).offer, offer_id("back"));
    assert_eq!(pitch(Relation::Current, now).offer, offer_id("stay"));
    assert_eq!(
        catalog.offer_of_the_day(Relation::Anonymous, currency("EUR"), now),
        None
    );
}

#[test]
fn a_wall_holds_out_what_is_the_offer_of_the_day() {
    use access::Audience;
    let mut catalog = catalog();
    let mut offers = Vec::new();
    for id in ["gift", "pass", "winter", "back", "stay", "standard"] {
        offers.extend(catalog.offer(&offer_id(id)).cloned());
    }
    catalog.offers = offers;
    let usd = currency("USD");
    let held_out = catalog.held_out(usd);
    for at in [
        "2026-11-30 23:59:59",
        "2026-12-01 00:00:00",
        "2027-01-31 23:59:59",
        "2027-02-01 00:00:00",
    ] {
        let now = local(&catalog.zone, at);
        for (relation, audience) in [
            (Relation::Anonymous, Audience::Anonymous),
            (Relation::Registered, Audience::Registered),
            (Relation::Lapsed, Audience::Lapsed),
        ] {
            let sold = catalog.offer_of_the_day(relation, usd, now);
            let shown = held_out.of_the_day(audience, now).map(|(_, offer)| offer);
            let sold = sold.expect("an offer");
            let shown = shown.expect("an offer");
            assert_eq!(shown.id.as_str(), sold.offer.as_str(), "{relation:?} {at}");
            assert_eq!((shown.ends, shown.closes), (sold.ends, sold.closes));
            assert_eq!(i64::try_from(shown.price.minor), Ok(sold.price.minor()));
        }
    }
    let now = local(&catalog.zone, "2027-01-31");
    let (_, winter) = held_out.of_the_day(Audience::Anonymous, now).expect("one");
    let phase = winter.phases.first().expect("a phase");
    assert_eq!((phase.price.minor, phase.price.decimals), (900, 2));
    assert_eq!((phase.every, phase.times), (access::Span::Months(3), 1));
    let nothing = catalog.held_out(currency("EUR"));
    assert_eq!(nothing.of_the_day(Audience::Anonymous, now), None);
}

/// What the check says of the usual catalog with one thing changed.
#[track_caller]
fn complains(change: impl Fn(&mut Catalog), expected: &[&str]) {
    let mut catalog = catalog();
    change(&mut catalog);
    let found = catalog.check().err().unwrap_or_default();
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_complaint_says_where_it_belongs() {
    let mut catalog = catalog();
    catalog.policy.dunning.grace_days = 0;
    catalog
        .products
        .first_mut()
        .expect("a product")
        .grants
        .clear();
    let plans = catalog.plans.len();
    let mut plan = catalog.plans.first().expect("a plan").clone();
    plan.product = ProductId::new("gone").expect("a product");
    catalog.plans.push(plan);
    let offers = catalog.offers.len();
    let mut odd = offer("odd", "gone");
    odd.code = Some(PromotionCode::new("TWICE").expect("a code"));
    catalog.offers.extend([odd.clone(), odd]);
    let found = catalog.check().expect_err("five mistakes");
    let about: Vec<Entry> = found.iter().map(|complaint| complaint.about).collect();
    assert_eq!(
        about,
        [
            Entry::Policy,
            Entry::Plan(plans),
            Entry::Offer(offers + 1),
            Entry::Product(0),
            Entry::Plan(plans),
            Entry::Offer(offers),
            Entry::Offer(offers + 1),
            Entry::Offer(offers + 1),
        ]
    );
}

fn with_offer(change: impl Fn(&mut Offer)) -> impl Fn(&mut Catalog) {
    move |catalog| {
        let mut changed = offer("odd", "monthly");
        change(&mut changed);
        catalog.offers.push(changed);
    }
}

fn with_plan(change: impl Fn(&mut Plan)) -> impl Fn(&mut Catalog) {
    move |catalog| {
        let mut changed = catalog.plans.first().expect("a plan").clone();
        changed.id = plan_id("odd");
        change(&mut changed);
        catalog.plans.push(changed);
    }
}

#[test]
fn offers_that_make_no_sense_are_found() {
    complains(|_| {}, &[]);
    complains(
        with_offer(|offer| offer.plan = plan_id("gone")),
        &["the offer \"odd\" leads into a plan \"gone\" that isn't there"],
    );
    complains(
        with_offer(|offer| {
            offer.window.starts = Some("2027-02-01".parse().expect("a date"));
            offer.window.ends = Some("2027-01-31".parse().expect("a date"));
        }),
        &["the offer \"odd\" begins on 2027-02-01 and ends on 2027-01-31; exchange them"],
    );
    complains(
        with_offer(|offer| offer.caps.total = Some(0)),
        &["the offer \"odd\" may be used no times at all; leave it out, or raise its cap"],
    );
    complains(
        with_offer(|offer| offer.gift = true),
        &["the offer \"odd\" is a gift; its plan is paid for once, for a time, for one reader"],
    );
    complains(
        with_offer(|offer| {
            offer.plan = plan_id("quarter");
            offer.phases = vec![trial(7)];
        }),
        &["the offer \"odd\" has phases, but its plan is paid for once; leave them out"],
    );
    complains(
        with_offer(|offer| offer.method_needed = true),
        &["the offer \"odd\" asks for a payment method for its trial, but it has none"],
    );
    complains(
        |catalog| catalog.offers.push(offer("standard", "monthly")),
        &["there are two offers called \"standard\"; give one another name"],
    );
    complains(
        |catalog| {
            for id in ["one", "other"] {
                catalog.offers.push(Offer {
                    code: Some(PromotionCode::new("SNOW").expect("a code")),
                    ..offer(id, "monthly")
                });
            }
        },
        &["the code of the offer \"other\" opens the offer \"one\" too; change one"],
    );
}

#[test]
fn phases_that_make_no_sense_are_found() {
    let all = ["5.00 USD", "500 JPY", "1.500 KWD"];
    let phases =
        |phases: Vec<OfferPhase>| with_offer(move |offer| offer.phases.clone_from(&phases));
    complains(
        phases(vec![trial(0)]),
        &[
            "phase 1 of the offer \"odd\" lasts no time or too long; at least a day, at most ten years",
        ],
    );
    complains(
        phases(vec![intro(&all, Interval::MONTH, 0)]),
        &["phase 1 of the offer \"odd\" has 0 periods; write 1 to 120"],
    );
    complains(
        phases(vec![intro(&all, Interval::MONTH, 1), trial(7)]),
        &["phase 2 of the offer \"odd\" is a trial that doesn't come first; put it first"],
    );
    complains(
        phases(vec![OfferPhase {
            prices: vec![money("1.00 USD")],
            ..trial(7)
        }]),
        &[
            "phase 1 of the offer \"odd\" is a trial with a price; leave the price out, or make it \
           an introductory one",
        ],
    );
    complains(
        phases(vec![intro(
            &["5.00 USD", "500 JPY", "5.00 EUR"],
            Interval::MONTH,
            1,
        )]),
        &[
            "phase 1 of the offer \"odd\" has no price in KWD, in which the plan is sold; add one",
            "phase 1 of the offer \"odd\" has a price in EUR, in which the plan isn't sold; take it \
             out",
        ],
    );
    complains(
        phases(vec![intro(
            &["-5.00 USD", "500 JPY", "1.500 KWD"],
            Interval::MONTH,
            1,
        )]),
        &["phase 1 of the offer \"odd\" costs -5.00 USD; nobody is paid for reading"],
    );
    complains(
        phases(vec![OfferPhase {
            kind: PhaseKind::Evergreen,
            ..trial(7)
        }]),
        &["phase 1 of the offer \"odd\" is neither a trial nor an introductory price"],
    );
    complains(
        phases(vec![intro(&all, Interval::MONTH, 1); 5]),
        &["the offer \"odd\" has more than 4 phases; join some"],
    );
}

#[test]
fn plans_products_and_policies_that_make_no_sense_are_found() {
    complains(
        with_plan(|plan| plan.prices.clear()),
        &["the plan \"odd\" has no price; give it one such as \"14.90 USD\""],
    );
    complains(
        with_plan(|plan| plan.prices = vec![money("0 USD")]),
        &["the plan \"odd\" costs 0.00 USD; a plan has a price above nought"],
    );
    complains(
        with_plan(|plan| plan.prices.push(money("14.00 USD"))),
        &["the plan \"odd\" has two prices in USD; leave one out"],
    );
    complains(
        with_plan(|plan| {
            plan.term = Term::Renews {
                every: Interval::Days(0),
            };
        }),
        &["the plan \"odd\" lasts no time or too long; at least a day, at most ten years"],
    );
    complains(
        with_plan(|plan| plan.seats = Some(Seating { least: 5, most: 2 })),
        &["the plan \"odd\" has 5 to 2 seats; write 1 or more to 10000 or fewer"],
    );
    complains(
        |catalog| {
            catalog
                .products
                .retain(|product| product.id.as_str() != "team");
        },
        &["the plan \"team\" is for a product \"team\" that isn't there"],
    );
    complains(
        |catalog| {
            for product in &mut catalog.products {
                if product.id.as_str() == "team" {
                    product.grants.clear();
                    product.scope = Scope::OneStory;
                }
            }
        },
        &[
            "the product \"team\" grants nothing; list what it opens, such as \"read\"",
            "the plan \"team\" buys one story; it has no seats, and is paid for once",
        ],
    );
    complains(
        |catalog| catalog.policy.dunning.retry_days = vec![3, 3],
        &["retries have to come one after another, from day 1 to before the end of grace (day 14)"],
    );
    complains(
        |catalog| catalog.policy.dunning.retry_days = vec![14],
        &["retries have to come one after another, from day 1 to before the end of grace (day 14)"],
    );
    complains(
        |catalog| catalog.policy.dunning.retry_days = (1..12).collect(),
        &["11 retries are too many; at most 10, or card networks complain"],
    );
    complains(
        |catalog| catalog.policy.reminders.trial_days = vec![0],
        &["a reminder of no days does nothing; leave it out, or give it days"],
    );
}
