//! What makes no sense in a catalog, and where it stands.

use crate::support::*;
use ludgate_commerce::calendar::Interval;
use ludgate_commerce::catalog::*;
use ludgate_commerce::ids::{ProductId, PromotionCode};
use ludgate_commerce::terms::PhaseKind;

const BAD_GIFT: &str = "the offer \"odd\" is a gift; its plan is paid for once, for a time, for one \
                        reader, and is of more than a story";

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
    complains(with_offer(|offer| offer.gift = true), &[BAD_GIFT]);
    complains(
        |catalog| {
            for plan in &mut catalog.plans {
                if plan.id == plan_id("single") {
                    plan.term = Term::Once {
                        lasts: Some(Interval::MONTH),
                    };
                }
            }
            catalog.offers.push(Offer {
                gift: true,
                ..offer("odd", "single")
            });
        },
        &[BAD_GIFT],
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
            times: 2,
            ..trial(7)
        }]),
        &[
            "phase 1 of the offer \"odd\" is a trial of several periods; write one that is as long as \
             all of them",
        ],
    );
    let free = ["0 USD", "500 JPY", "1.500 KWD"];
    let free = || intro(&free, Interval::MONTH, 1);
    let is_free = |phase: u8| {
        format!(
            "phase {phase} of the offer \"odd\" costs nothing, nor does anything before it; make a \
             trial of it"
        )
    };
    complains(phases(vec![free()]), &[&is_free(1)]);
    complains(phases(vec![trial(7), free()]), &[&is_free(2)]);
    // Who has paid has given something to pay with.
    complains(phases(vec![intro(&all, Interval::MONTH, 1), free()]), &[]);
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
