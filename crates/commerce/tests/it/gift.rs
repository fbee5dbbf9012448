//! Gifts: bought by one, redeemed by another, once.

use crate::support::*;
use jiff::Timestamp;
use ludgate_commerce::calendar::Interval;
use ludgate_commerce::gift::*;
use ludgate_commerce::ids::*;
use ludgate_commerce::ledger::gift_entry;
use ludgate_commerce::payment::{DeclineReason, Outcome, PaymentRefusal, RefundWish};
use ludgate_commerce::subscription::{Begin, Context, Funding};

struct GiftWorld {
    world: World,
    gift: Gift,
    history: Vec<GiftFact>,
    seen: usize,
}

const GIVEN: ChargeId = ChargeId {
    order: OrderId::new(5),
    attempt: 1,
};

impl GiftWorld {
    fn bought() -> Self {
        let world = World::at("2027-01-01 09:00");
        let tax = no_tax();
        let context = Context {
            now: world.now,
            tax: &tax,
        };
        let buy_it = Buy {
            buyer: AccountId::new(1),
            terms: world.terms("gift"),
            acceptance: acceptance(world.now),
            tax_status: world.customer,
            method: PaymentMethodId::new(1),
            order: OrderId::new(5),
            redeemable: Interval::YEAR,
        };
        let history = buy(GiftId::new(1), &buy_it, &context).expect("a gift");
        let gift = Gift::replay(GiftId::new(1), &history).expect("a history");
        Self {
            world,
            gift,
            history,
            seen: 0,
        }
    }

    fn ready() -> Self {
        let mut gift = Self::bought();
        let amount = money("40.00 USD");
        gift.does(GiftCommand::Report {
            charge: GIVEN,
            outcome: Outcome::Paid { amount },
        });
        gift.saw(&[
            "bought quarter",
            "order #5 gift 40.00 USD",
            "charge #5/1",
            "paid #5/1",
            "ready until 2028-01-01 09:00",
        ]);
        gift
    }

    fn tries(&mut self, command: GiftCommand) -> Result<(), GiftRefusal> {
        let facts = handle(&self.gift, &command, self.world.now)?;
        for fact in &facts {
            self.gift.apply(fact);
        }
        self.history.extend(facts);
        let replayed = Gift::replay(self.gift.id, &self.history).expect("a history");
        assert_eq!(replayed, self.gift);
        let text = serde_json::to_string(&self.history).expect("written");
        let read: Vec<GiftFact> = serde_json::from_str(&text).expect("read");
        assert_eq!(read, self.history);
        let text = serde_json::to_string(&self.gift).expect("written");
        let read: Gift = serde_json::from_str(&text).expect("read");
        assert_eq!(read, self.gift);
        for fact in &self.history {
            gift_entry(fact).expect("balanced");
        }
        Ok(())
    }

    fn does(&mut self, command: GiftCommand) {
        self.tries(command).expect("accepted");
    }

    fn redeems(&mut self, account: u128, subscription: u128) -> Result<(), GiftRefusal> {
        self.tries(GiftCommand::Redeem {
            account: AccountId::new(account),
            subscription: SubscriptionId::new(subscription),
        })
    }

    fn goes_to(&mut self, time: &str) {
        let then: Timestamp = local(&self.world.catalog.zone, time);
        while let Some(due) = self.gift.next_due().filter(|due| *due <= then) {
            self.world.now = due.max(self.world.now);
            self.does(GiftCommand::Tick);
            let next = self.gift.next_due();
            assert!(next.is_none_or(|next| next > self.world.now));
        }
        self.world.now = then;
    }

    #[track_caller]
    fn saw(&mut self, expected: &[&str]) {
        let zone = &self.world.catalog.zone;
        let new = self.history.iter().skip(self.seen);
        let found: Vec<String> = new.map(|fact| brief_gift(zone, fact)).collect();
        self.seen = self.history.len();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_gift_is_redeemed_once_and_becomes_the_others_subscription() {
    let mut gift = GiftWorld::ready();
    gift.goes_to("2027-03-01 00:00");
    gift.redeems(2, 20).expect("redeemed");
    gift.saw(&["redeemed by 2, 40.00 USD"]);
    // The same again, by a browser that was asked twice.
    gift.redeems(2, 20).expect("known");
    gift.saw(&[]);
    assert_eq!(gift.redeems(3, 30), Err(GiftRefusal::Redeemed));
    assert_eq!(gift.redeems(2, 21), Err(GiftRefusal::Redeemed));

    let mut world = World::at("2027-03-01 00:00");
    let command = Begin {
        account: AccountId::new(7),
        terms: gift.gift.bought.terms.clone(),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method: None,
        address: None,
        funding: Funding::Gift {
            gift: gift.gift.id,
            prepaid: money("40.00 USD"),
        },
    };
    world.begins_by(&command).expect("a beginning");
    world.stands("paid until 2027-06-01");
    world.goes_to("2027-06-01 00:00");
    world.saw(&[
        "begun gift",
        "period fixed-term from 2027-03-01 to 2027-06-01",
        "period over, 40.00 USD earned",
        "ended: expired",
    ]);
    world.stands("ended subscription until 2027-06-01");
}

#[test]
fn a_gift_is_given_up_only_where_no_answer_is_under_way() {
    let mut gift = GiftWorld::bought();
    let under_way = Err(GiftRefusal::Payment(PaymentRefusal::UnderWay));
    assert_eq!(gift.tries(GiftCommand::GiveUp), under_way);
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: Outcome::Declined {
            reason: DeclineReason::Refused,
            is_final: false,
        },
    });
    gift.does(GiftCommand::GiveUp);
    gift.does(GiftCommand::GiveUp);
    gift.saw(&[
        "bought quarter",
        "order #5 gift 40.00 USD",
        "charge #5/1",
        "declined #5/1 (refused)",
        "failed #5",
        "ended: never-paid",
    ]);
    // One that is paid is refunded, not given up.
    let mut gift = GiftWorld::ready();
    gift.does(GiftCommand::GiveUp);
    gift.saw(&[]);
}

#[test]
fn a_gift_left_at_the_bank_is_called_off_when_it_is_given_up_and_costs_nothing() {
    let mut gift = GiftWorld::bought();
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: Outcome::NeedsAuthentication,
    });
    gift.does(GiftCommand::GiveUp);
    gift.does(GiftCommand::GiveUp);
    gift.saw(&[
        "bought quarter",
        "order #5 gift 40.00 USD",
        "charge #5/1",
        "confirm #5/1 until 2027-01-02 09:00",
        "void #5/1",
        "failed #5",
        "ended: never-paid",
    ]);
    assert_eq!(gift.gift.next_due(), None, "nothing is left to be done");
    let called_off = Outcome::Declined {
        reason: DeclineReason::Voided,
        is_final: false,
    };
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: called_off,
    });
    gift.saw(&[]);
    // The bank had their word before it could be called off.
    let amount = money("40.00 USD");
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: Outcome::Paid { amount },
    });
    gift.saw(&[
        "surplus #5/1 40.00 USD",
        "refund 40.00 USD of #5/1 (surplus)",
    ]);
}

#[test]
fn a_gift_that_isnt_paid_isnt_redeemed_and_goes_away() {
    let mut gift = GiftWorld::bought();
    assert_eq!(gift.redeems(2, 20), Err(GiftRefusal::Incomplete));
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: Outcome::Declined {
            reason: DeclineReason::Refused,
            is_final: false,
        },
    });
    gift.does(GiftCommand::PayWith {
        method: PaymentMethodId::new(2),
    });
    gift.does(GiftCommand::Report {
        charge: ChargeId {
            attempt: 2,
            ..GIVEN
        },
        outcome: Outcome::NeedsAuthentication,
    });
    gift.goes_to("2027-01-02 09:00");
    gift.does(GiftCommand::Report {
        charge: ChargeId {
            attempt: 2,
            ..GIVEN
        },
        outcome: Outcome::Declined {
            reason: DeclineReason::Voided,
            is_final: true,
        },
    });
    gift.goes_to("2027-01-03 00:00");
    gift.saw(&[
        "bought quarter",
        "order #5 gift 40.00 USD",
        "charge #5/1",
        "declined #5/1 (refused)",
        "method 2",
        "charge #5/2",
        "confirm #5/2 until 2027-01-02 09:00",
        "void #5/2",
        "declined #5/2 (voided)",
        "failed #5",
        "ended: never-paid",
    ]);
    assert_eq!(
        gift.redeems(2, 20),
        Err(GiftRefusal::Ended(GiftEnd::NeverPaid))
    );
}

#[test]
fn a_gift_of_which_the_bank_never_says_anything_is_called_off_and_given_up() {
    let mut gift = GiftWorld::bought();
    gift.does(GiftCommand::Report {
        charge: GIVEN,
        outcome: Outcome::Unknown,
    });
    gift.goes_to("2027-01-20 00:00");
    let mut expected = vec![
        "bought quarter".to_owned(),
        "order #5 gift 40.00 USD".to_owned(),
        "charge #5/1".to_owned(),
        "unknown #5/1, ask 2027-01-01 09:01".to_owned(),
    ];
    expected.extend((1..=12).map(|asked| format!("inquiry {asked} about #5/1")));
    for last in [
        "void #5/1",
        "declined #5/1 (never-answered)",
        "failed #5",
        "ended: never-paid",
    ] {
        expected.push(last.to_owned());
    }
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    gift.saw(&expected);
}

#[test]
fn a_gift_that_nobody_redeems_in_time_is_forfeited() {
    let mut gift = GiftWorld::ready();
    gift.goes_to("2027-12-31 00:00");
    let mut early = GiftWorld::ready();
    early.world.now = local(&early.world.catalog.zone, "2028-01-01 08:59:59");
    early.redeems(2, 20).expect("just in time");
    let mut late = GiftWorld::ready();
    late.world.now = local(&late.world.catalog.zone, "2028-01-01 09:00");
    assert_eq!(
        late.redeems(2, 20),
        Err(GiftRefusal::Ended(GiftEnd::Expired))
    );
    gift.goes_to("2028-01-01 09:00");
    gift.saw(&["forfeited 40.00 USD", "ended: expired"]);
}

#[test]
fn a_gift_that_is_refunded_or_charged_back_is_nobodys() {
    let wish = RefundWish {
        refund: RefundId::new(1),
        charge: GIVEN,
        amount: None,
    };
    let mut gift = GiftWorld::ready();
    gift.does(GiftCommand::Refund { wish });
    gift.does(GiftCommand::Refund { wish });
    gift.saw(&["refund 40.00 USD of #5/1 (care)", "ended: refunded"]);
    assert_eq!(
        gift.redeems(2, 20),
        Err(GiftRefusal::Ended(GiftEnd::Refunded))
    );

    let elsewhere = |refund, amount| GiftCommand::RefundedElsewhere {
        refund: RefundId::new(refund),
        charge: GIVEN,
        amount: money(amount),
        done: true,
    };
    let mut gift = GiftWorld::ready();
    gift.does(elsewhere(1, "30.00 USD"));
    gift.does(elsewhere(2, "10.00 USD"));
    gift.does(elsewhere(2, "10.00 USD"));
    gift.saw(&[
        "refund 30.00 USD of #5/1 (elsewhere)",
        "refunded 30.00 USD",
        "refund 10.00 USD of #5/1 (elsewhere)",
        "refunded 10.00 USD",
        "ended: refunded",
    ]);

    let chargeback = GiftCommand::Chargeback {
        dispute: DisputeId::new(1),
        charge: GIVEN,
        amount: money("40.00 USD"),
    };
    let mut gift = GiftWorld::ready();
    gift.does(chargeback);
    gift.saw(&["charged back #5/1", "ended: charged-back"]);

    // Somebody has it already: it is to be revoked.
    let mut gift = GiftWorld::ready();
    gift.redeems(2, 20).expect("redeemed");
    gift.does(chargeback);
    gift.does(chargeback);
    gift.saw(&["redeemed by 2, 40.00 USD", "charged back #5/1", "revoke"]);
}

#[test]
fn only_what_is_bought_once_for_one_can_be_given() {
    let world = World::at("2027-01-01 09:00");
    let tax = no_tax();
    let context = Context {
        now: world.now,
        tax: &tax,
    };
    let buy_it = Buy {
        buyer: AccountId::new(1),
        terms: world.terms("standard"),
        acceptance: acceptance(world.now),
        tax_status: world.customer,
        method: PaymentMethodId::new(1),
        order: OrderId::new(5),
        redeemable: Interval::YEAR,
    };
    let refused = buy(GiftId::new(1), &buy_it, &context);
    assert_eq!(refused, Err(GiftRefusal::NotGivable));
}

#[test]
fn a_code_goes_out_once_more_while_nobody_has_the_gift_and_not_for_ever() {
    let again = GiftCommand::SendAgain { elsewhere: false };
    let elsewhere = GiftCommand::SendAgain { elsewhere: true };
    let mut gift = GiftWorld::bought();
    assert_eq!(gift.tries(again), Err(GiftRefusal::Incomplete));
    let mut gift = GiftWorld::ready();
    gift.does(again);
    gift.does(elsewhere);
    gift.saw(&["sent again", "sent elsewhere"]);
    assert_eq!((gift.gift.sent_again, gift.gift.code), (2, 1));
    for _ in 2..MAX_SENT_AGAIN {
        gift.does(elsewhere);
    }
    assert_eq!(gift.tries(elsewhere), Err(GiftRefusal::SentTooOften));
    gift.redeems(2, 20).expect("redeemed");

    let mut gift = GiftWorld::ready();
    gift.redeems(2, 20).expect("redeemed");
    assert_eq!(gift.tries(again), Err(GiftRefusal::Redeemed));
    let mut gift = GiftWorld::ready();
    gift.goes_to("2028-01-02 00:00");
    let over = Err(GiftRefusal::Ended(GiftEnd::Expired));
    assert_eq!(gift.tries(again), over);
}
