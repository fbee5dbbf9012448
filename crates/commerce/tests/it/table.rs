//! Every command in every stage, as the table in `docs/internals/commerce.md`
//! has it: a refusal by its name, or the facts.

use crate::support::*;
use ludgate_commerce::ids::*;
use ludgate_commerce::payment::{DeclineReason, Outcome, RefundWish};
use ludgate_commerce::subscription::*;
use ludgate_commerce::tax::TaxStatus;

/// A subscription in each stage on 16 April 2027: incomplete, active, past due
/// (with a retry that is due), paused, ended.
fn in_every_stage() -> Vec<World> {
    let begun = |time| {
        let mut world = World::at(time);
        world.takes("standard");
        world
    };
    let active = || {
        let mut world = begun("2027-04-01 00:00");
        world.paid();
        world.goes_to("2027-04-16 00:00");
        world
    };
    let mut incomplete = begun("2027-04-16 00:00");
    incomplete.declined(DeclineReason::Refused);
    let mut past_due = begun("2027-03-15 00:00");
    past_due.paid();
    past_due.goes_to("2027-04-15 00:00");
    past_due.declined(DeclineReason::Refused);
    past_due.sleeps_to("2027-04-16 00:00");
    let mut paused = active();
    paused.does(&Command::Pause { resumes: None });
    let mut ended = active();
    ended.does(&Command::Revoke);
    let mut all = vec![incomplete, active(), past_due, paused, ended];
    for world in &mut all {
        world.forget();
    }
    all
}

/// The first charge of each world: paid, but for the incomplete one.
const FIRST: ChargeId = ChargeId {
    order: OrderId::new(1),
    attempt: 1,
};

/// What a command comes to: `!Name` for a refusal, else the facts.
fn outcome(world: &mut World, command: &Command) -> String {
    match world.tries(command) {
        Ok(()) => world.unseen().join("; "),
        Err(refusal) => {
            let name = match &refusal {
                Refusal::Payment(why) => format!("{why:?}"),
                Refusal::Seat(why) => format!("{why:?}"),
                other => format!("{other:?}"),
            };
            let end = name.find([' ', '(', '{']).unwrap_or(name.len());
            format!("!{}", name.get(..end).unwrap_or_default())
        }
    }
}

#[track_caller]
fn row(command: impl Fn(&World) -> Command, expected: [&str; 5]) {
    let found: Vec<String> = in_every_stage()
        .iter_mut()
        .map(|world| {
            let command = command(world);
            outcome(world, &command)
        })
        .collect();
    assert_eq!(found, expected);
}

fn report(outcome: Outcome) -> impl Fn(&World) -> Command {
    move |world| {
        let open = world.state().payments.open.as_ref();
        Command::Report {
            charge: open.map_or(FIRST, ludgate_commerce::payment::Order::charge),
            outcome,
        }
    }
}

fn always(command: Command) -> impl Fn(&World) -> Command {
    move |_| command.clone()
}

#[test]
fn time_and_what_providers_report() {
    row(
        |world| Command::Tick {
            order: world.order(),
        },
        ["", "", "charge #2/2", "", ""],
    );
    let amount = money("15.00 USD");
    row(
        report(Outcome::Paid { amount }),
        [
            "paid #1/1; period evergreen from 2027-04-16 to 2027-05-16",
            "",
            "paid #2/1; recovered; period evergreen from 2027-04-15 to 2027-05-15",
            "",
            "",
        ],
    );
    let (reason, is_final) = (DeclineReason::Refused, false);
    for outcome in [
        Outcome::Declined { reason, is_final },
        Outcome::Unknown,
        Outcome::NeedsAuthentication,
    ] {
        row(report(outcome), [""; 5]);
    }
}

#[test]
fn what_is_paid_and_given_back() {
    let method = PaymentMethodId::new(2);
    row(
        always(Command::SetPaymentMethod { method }),
        [
            "method 2; charge #1/2",
            "method 2",
            "method 2; charge #2/2",
            "method 2",
            "!Ended",
        ],
    );
    row(
        always(Command::PayNow),
        [
            "charge #1/2",
            "!NothingOpen",
            "charge #2/2",
            "!NothingOpen",
            "!Ended",
        ],
    );
    let refund = RefundId::new(1);
    let wish = RefundWish {
        refund,
        charge: FIRST,
        amount: None,
    };
    let access = AfterRefund::Keep;
    let given = "refund 15.00 USD of #1/1 (care)";
    row(
        always(Command::Refund { wish, access }),
        ["!UnknownPayment", given, given, given, given],
    );
    row(
        always(Command::Refund {
            wish,
            access: AfterRefund::End,
        }),
        [
            "!UnknownPayment",
            "refund 15.00 USD of #1/1 (care); period over, 0.00 USD earned; ended: refunded",
            "refund 15.00 USD of #1/1 (care); failed #2; ended: refunded",
            "refund 15.00 USD of #1/1 (care); period over, 0.00 USD earned; ended: refunded",
            given,
        ],
    );
    row(
        always(Command::RefundReport { refund, done: true }),
        ["!UnknownRefund"; 5],
    );
    row(
        always(Command::RefundAgain {
            failed: refund,
            refund: RefundId::new(2),
        }),
        ["!UnknownRefund"; 5],
    );
    let given = "refund 15.00 USD of #1/1 (elsewhere); refunded 15.00 USD";
    row(
        always(Command::RefundedElsewhere {
            refund,
            charge: FIRST,
            amount: money("15.00 USD"),
            done: true,
        }),
        ["!UnknownPayment", given, given, given, given],
    );
    let dispute = DisputeId::new(1);
    row(
        always(Command::Chargeback {
            dispute,
            charge: FIRST,
            amount: money("15.00 USD"),
        }),
        [
            "!UnknownPayment",
            "charged back #1/1; period over, 0.00 USD earned; ended: charged-back",
            "charged back #1/1; failed #2; ended: charged-back",
            "charged back #1/1; period over, 0.00 USD earned; ended: charged-back",
            "charged back #1/1",
        ],
    );
    row(
        always(Command::ChargebackWon { dispute }),
        ["!UnknownDispute"; 5],
    );
}

#[test]
fn what_ends_it() {
    let reason = CancelReason::Unsaid;
    row(
        always(Command::Cancel {
            when: CancelWhen::PeriodEnd,
            reason,
        }),
        [
            "failed #1; ended: cancelled(unsaid)",
            "cancelled for 2027-05-01 (unsaid)",
            "failed #2; ended: cancelled(unsaid)",
            "cancelled for then (unsaid)",
            "!Ended",
        ],
    );
    let at_once = "period over, 15.00 USD earned; ended: cancelled(unsaid)";
    row(
        always(Command::Cancel {
            when: CancelWhen::Now,
            reason,
        }),
        [
            "failed #1; ended: cancelled(unsaid)",
            at_once,
            "failed #2; ended: cancelled(unsaid)",
            at_once,
            "!Ended",
        ],
    );
    row(
        always(Command::Reactivate),
        [
            "!NotEnding",
            "!NotEnding",
            "!NotEnding",
            "!NotEnding",
            "!Ended",
        ],
    );
    row(
        always(Command::Revoke),
        [
            "failed #1; ended: revoked",
            "period over, 15.00 USD earned; ended: revoked",
            "failed #2; ended: revoked",
            "period over, 15.00 USD earned; ended: revoked",
            "",
        ],
    );
    row(
        always(Command::Withdraw {
            refund: RefundId::new(1),
        }),
        [
            "failed #1; ended: withdrawn",
            "!WithdrawalOver",
            "!WithdrawalOver",
            "!WithdrawalOver",
            "!Ended",
        ],
    );
}

#[test]
fn what_changes_it() {
    row(
        always(Command::Pause { resumes: None }),
        [
            "!Incomplete",
            "paused until 2027-07-15",
            "!PastDue",
            "!Paused",
            "!Ended",
        ],
    );
    row(
        always(Command::Resume),
        [
            "!NotPaused",
            "!NotPaused",
            "!NotPaused",
            "resumed until 2027-05-01",
            "!Ended",
        ],
    );
    let change = |when| {
        move |world: &World| {
            Command::ChangePlan(Box::new(ChangePlan {
                terms: world.terms("premium"),
                intro: IntroOnChange::LeftOut,
                acceptance: acceptance(world.now),
                when,
                as_of: None,
                order: world.order(),
                refund: RefundId::new(1),
            }))
        }
    };
    row(
        change(ChangeWhen::Now),
        [
            "!Incomplete",
            "to be premium on payment; order #2 plan-change 7.50 USD; charge #2/1",
            "!PastDue",
            "!Paused",
            "!Ended",
        ],
    );
    row(
        change(ChangeWhen::PeriodEnd),
        [
            "!Incomplete",
            "to be premium at the period's end",
            "!PastDue",
            "!Paused",
            "!Ended",
        ],
    );
    let none = "!NoChangePending";
    row(
        always(Command::KeepPlan),
        [none, none, none, none, "!Ended"],
    );
    let rise = "18.00 USD from 2027-05-16";
    row(
        always(Command::AnnouncePriceRise {
            price: money("18.00 USD"),
            from: None,
        }),
        ["!Incomplete", rise, rise, rise, "!Ended"],
    );
    let told = |world: &World| Command::PriceRiseTold {
        price: money("18.00 USD"),
        from: world.now,
    };
    row(told, [""; 5]);
    for answer in [Command::AcceptPriceRise, Command::RefusePriceRise] {
        row(
            always(answer),
            ["!NoRise", "!NoRise", "!NoRise", "!NoRise", "!Ended"],
        );
    }
    let by = "1 week".parse().expect("an interval");
    row(
        always(Command::Extend { by }),
        [
            "!Incomplete",
            "extended until 2027-05-08",
            "!PastDue",
            "!Paused",
            "!Ended",
        ],
    );
}

#[test]
fn what_leaves_its_course_as_it_is() {
    let address = AddressId::new(1);
    let new = "address set";
    row(
        always(Command::SetAddress { address }),
        [new, new, new, new, "!Ended"],
    );
    let country = access::Country::parse("DE").expect("a country");
    let status = TaxStatus::business(country);
    row(
        always(Command::SetTaxStatus { status }),
        ["tax status set"; 5],
    );
    let to = AccountId::new(8);
    row(always(Command::Transfer { to }), ["is 8's"; 5]);
    let seat = SeatId::new(1);
    let one = "!ForOne";
    row(
        always(Command::Seat(SeatCommand::Invite { seat })),
        [one, one, one, one, "!Ended"],
    );
}
