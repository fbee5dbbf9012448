//! What readers want of what they have, and customer care for them.

use anyhow::{Context, Result, ensure};
use billing::{Came, Who, Wish};
use commerce::calendar::Interval;
use commerce::ids::{AccountId, RefundId};
use commerce::money::Money;
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, ChangeWhen, Fact, Stage, Subscription,
};
use jiff::SignedDuration;

use crate::play::Play;
use crate::readers::{agreement, care, chosen};
use crate::shop::{self, PLANS};

impl Play {
    /// What it is this time; nothing where another subscription is wanted
    /// instead.
    pub(crate) async fn wish(
        &mut self,
        account: AccountId,
        one: &Subscription,
    ) -> Result<Option<(Who, Wish)>> {
        let reader = Who::Reader(account);
        Ok(Some(match self.dice.below(22) {
            0..=2 => match self.card(account).await? {
                Some(method) => (reader, Wish::PayWith(method)),
                None => (reader, Wish::PayNow),
            },
            3 => (reader, Wish::PayNow),
            4..=6 => (reader, self.cancel()),
            7 | 8 => (reader, Wish::Reactivate),
            9 | 10 => (reader, self.pause()?),
            11 | 12 => (reader, Wish::Resume),
            13..=15 => (reader, self.change()?),
            16 => (reader, Wish::KeepPlan),
            17 => (reader, Wish::Withdraw),
            18 => match self.refund(one)? {
                Some(wish) => (care(), wish),
                None => (reader, Wish::PayNow),
            },
            19 if matches!(one.stage, Stage::Active) && self.dice.falls(300) => {
                (care(), Wish::Revoke)
            }
            19 => {
                let days = u16::try_from(1 + self.dice.below(30))?;
                (care(), Wish::Extend(Interval::Days(days)))
            }
            20 if one.rise.is_some() && self.dice.falls(500) => (reader, Wish::AcceptPriceRise),
            20 if one.rise.is_some() => (reader, Wish::RefusePriceRise),
            20 => {
                let more = i64::try_from(1 + self.dice.below(500))?;
                let price = Money::new(1_500 + more, shop::dollars()?);
                (care(), Wish::AnnouncePriceRise { price, from: None })
            }
            _ => return Ok(None),
        }))
    }

    /// What is revoked, given back with its access or withdrawn from is over, and
    /// since that very moment.
    pub(crate) fn is_over_if_so_wished(&self, wish: &Wish, came: &Came) -> Result<()> {
        let ends = matches!(
            wish,
            Wish::Revoke
                | Wish::Withdraw
                | Wish::Refund {
                    access: AfterRefund::End,
                    ..
                }
        );
        ensure!(
            !ends || came.subscription.is_ended(),
            "what is revoked or given back is over: {} goes on",
            came.subscription.id
        );
        let now = self.house.now();
        let later = came.facts.iter().find_map(|fact| match fact {
            Fact::Ended { at, .. } if *at != now => Some(*at),
            _ => None,
        });
        ensure!(
            !ends || later.is_none(),
            "access ends at the moment of revocation, {now}, and not at {later:?}"
        );
        Ok(())
    }

    fn cancel(&mut self) -> Wish {
        let when = if self.dice.falls(200) {
            CancelWhen::Now
        } else {
            CancelWhen::PeriodEnd
        };
        Wish::Cancel {
            when,
            reason: CancelReason::Other,
        }
    }

    fn pause(&mut self) -> Result<Wish> {
        let days = i64::try_from(1 + self.dice.below(80))?;
        let resumes = self.house.now() + SignedDuration::from_hours(24 * days);
        let resumes = self.dice.falls(700).then_some(resumes);
        Ok(Wish::Pause { resumes })
    }

    fn change(&mut self) -> Result<Wish> {
        let plan = self.dice.pick(&PLANS).copied().context("a plan")?;
        let when = if self.dice.falls(500) {
            ChangeWhen::Now
        } else {
            ChangeWhen::PeriodEnd
        };
        Ok(Wish::Change {
            chosen: Box::new(chosen(plan)?),
            when,
            as_of: None,
            shown: None,
            agreement: Box::new(agreement()),
        })
    }

    fn refund(&mut self, one: &Subscription) -> Result<Option<Wish>> {
        let payments: Vec<_> = one.payments.payments().map(|paid| paid.charge).collect();
        let Some(charge) = self.dice.pick(&payments).copied() else {
            return Ok(None);
        };
        let minor = i64::try_from(1 + self.dice.below(2_000))?;
        let part = Money::new(minor, shop::dollars()?);
        Ok(Some(Wish::Refund {
            refund: RefundId::new(self.house.draw()),
            charge,
            amount: self.dice.falls(700).then_some(part),
            access: if self.dice.falls(300) {
                AfterRefund::End
            } else {
                AfterRefund::Keep
            },
        }))
    }
}
