//! What goes back: never more than came, each time written down once, and all of
//! what came for an order that was given up.

use std::collections::BTreeMap;

use commerce::ids::{ChargeId, RefundId};
use commerce::payment::{PaymentFact, RefundSource};

use super::{Broken, hold};

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Asked,
    Done,
    /// It is owed: it couldn't be made, or came back.
    Failed,
    /// It is asked for again as another.
    Replaced,
}

#[derive(Clone, Copy, Debug)]
struct Back {
    charge: ChargeId,
    amount: i64,
    stands: Stands,
}

/// Every refund of an owner, and what there is to be given back. Amounts are in
/// minor units.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refunds {
    came: BTreeMap<ChargeId, i64>,
    all: BTreeMap<RefundId, Back>,
    /// What came for nothing in this breath, and isn't asked back.
    kept: Option<(ChargeId, i64)>,
}

impl Refunds {
    pub(crate) fn take(&mut self, fact: &PaymentFact) -> Result<(), Broken> {
        match fact {
            PaymentFact::Paid { charge, bill, .. } => {
                self.came.insert(*charge, bill.total.minor());
                Ok(())
            }
            PaymentFact::SurplusReceived { charge, amount } => {
                let amount = amount.minor();
                self.came.insert(*charge, amount);
                self.kept = Some((*charge, amount));
                Ok(())
            }
            PaymentFact::RefundRequested {
                refund,
                charge,
                amount,
                source,
                ..
            } => {
                let back = (*charge, amount.minor());
                if *source == RefundSource::Surplus && self.kept == Some(back) {
                    self.kept = None;
                }
                self.asked(*refund, back)
            }
            PaymentFact::RefundAgainRequested {
                refund,
                failed,
                charge,
                amount,
                ..
            } => {
                let back = (*charge, amount.minor());
                let before = self.all.get_mut(failed).filter(|before| {
                    before.stands == Stands::Failed && (before.charge, before.amount) == back
                });
                let is_owed = before.map(|before| before.stands = Stands::Replaced);
                hold(is_owed.is_some(), || {
                    format!("only what is owed is asked for again: {refund} instead of {failed}")
                })?;
                self.asked(*refund, back)
            }
            PaymentFact::Refunded { refund, amount } => {
                let was = [Stands::Asked, Stands::Failed];
                self.becomes(*refund, &was, Stands::Done, Some(amount.minor()))?;
                self.no_more_than_came(*refund)
            }
            PaymentFact::RefundFailed { refund, returned } => {
                let was = match returned {
                    Some(_) => Stands::Done,
                    None => Stands::Asked,
                };
                let amount = returned.map(commerce::money::Money::minor);
                self.becomes(*refund, &[was], Stands::Failed, amount)
            }
            _ => Ok(()),
        }
    }

    /// What has to be so between two commands.
    pub(crate) fn rest(&self) -> Result<(), Broken> {
        hold(self.kept.is_none(), || {
            format!("no money is kept for what was given up: {:?}", self.kept)
        })
    }

    fn asked(&mut self, refund: RefundId, (charge, amount): (ChargeId, i64)) -> Result<(), Broken> {
        let back = Back {
            charge,
            amount,
            stands: Stands::Asked,
        };
        let before = self.all.insert(refund, back);
        hold(before.is_none(), || {
            format!("a refund is recorded once: {refund} is asked for twice")
        })
    }

    fn becomes(
        &mut self,
        refund: RefundId,
        was: &[Stands],
        stands: Stands,
        amount: Option<i64>,
    ) -> Result<(), Broken> {
        let known = self.all.get_mut(&refund).filter(|known| {
            was.contains(&known.stands) && amount.is_none_or(|amount| amount == known.amount)
        });
        let became = known.map(|known| known.stands = stands);
        hold(became.is_some(), || {
            let known = self.all.get(&refund);
            format!("a refund is recorded once: {refund} is {stands:?}, and was {known:?}")
        })
    }

    fn no_more_than_came(&self, refund: RefundId) -> Result<(), Broken> {
        let Some(charge) = self.all.get(&refund).map(|back| back.charge) else {
            return Ok(());
        };
        let done = |back: &&Back| back.charge == charge && back.stands == Stands::Done;
        let back: i64 = self.all.values().filter(done).map(|one| one.amount).sum();
        let came = self.came.get(&charge).copied().unwrap_or(0);
        hold(back <= came, || {
            format!("no more goes back than came: {back} of {came} by {charge}")
        })
    }
}

#[cfg(test)]
mod tests {
    use commerce::ids::OrderId;
    use commerce::money::{Currency, Money};
    use commerce::payment::RefundReason;

    use super::*;

    const CHARGE: ChargeId = ChargeId {
        order: OrderId::new(1),
        attempt: 1,
    };

    fn money(minor: i64) -> Money {
        Money::new(minor, Currency::parse("USD").expect("a currency"))
    }

    fn came(minor: i64) -> PaymentFact {
        PaymentFact::SurplusReceived {
            charge: CHARGE,
            amount: money(minor),
        }
    }

    fn asked(refund: u128, minor: i64) -> PaymentFact {
        PaymentFact::RefundRequested {
            refund: RefundId::new(refund),
            charge: CHARGE,
            amount: money(minor),
            reason: RefundReason::Surplus,
            source: RefundSource::Surplus,
        }
    }

    fn done(refund: u128, minor: i64) -> PaymentFact {
        PaymentFact::Refunded {
            refund: RefundId::new(refund),
            amount: money(minor),
        }
    }

    fn failed(refund: u128, returned: Option<i64>) -> PaymentFact {
        PaymentFact::RefundFailed {
            refund: RefundId::new(refund),
            returned: returned.map(money),
        }
    }

    fn again(refund: u128, failed: u128, minor: i64) -> PaymentFact {
        PaymentFact::RefundAgainRequested {
            refund: RefundId::new(refund),
            failed: RefundId::new(failed),
            charge: CHARGE,
            amount: money(minor),
            elsewhere: false,
        }
    }

    /// Which law is broken by some facts, at last.
    fn broken(facts: &[PaymentFact]) -> Option<String> {
        let mut law = Refunds::default();
        let taken = facts.iter().try_for_each(|fact| law.take(fact));
        taken.and_then(|()| law.rest()).err().map(|it| it.0)
    }

    #[test]
    fn what_is_lawful_breaks_no_law() {
        let rows: [&[PaymentFact]; 3] = [
            &[came(900), asked(1, 900), done(1, 900)],
            &[came(900), asked(1, 900), failed(1, None), done(1, 900)],
            &[
                came(900),
                asked(1, 900),
                done(1, 900),
                failed(1, Some(900)),
                again(2, 1, 900),
                done(2, 900),
            ],
        ];
        for facts in rows {
            assert_eq!(broken(facts), None, "{facts:?}");
        }
    }

    #[test]
    fn what_isnt_is_found() {
        let rows: [(&[PaymentFact], &str); 7] = [
            (&[came(900)], "no money is kept"),
            (&[came(900), asked(1, 800)], "no money is kept"),
            (&[came(900), asked(1, 900), asked(1, 900)], "recorded once"),
            (
                &[came(900), asked(1, 900), done(1, 900), done(1, 900)],
                "recorded once",
            ),
            (&[came(900), asked(1, 900), done(1, 800)], "recorded once"),
            (
                &[
                    came(900),
                    asked(1, 900),
                    asked(2, 1),
                    done(1, 900),
                    done(2, 1),
                ],
                "no more goes back",
            ),
            (
                &[came(900), asked(1, 900), again(2, 1, 900)],
                "what is owed",
            ),
        ];
        for (facts, law) in rows {
            let found = broken(facts).unwrap_or_default();
            assert!(found.contains(law), "{facts:?}: {found}");
        }
    }
}
