//! A higher price: announced in time, agreed to or not.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Draft;
use crate::money::Money;
use crate::subscription::{Answer, Fact, PriceRise, Refusal, Stage};

impl Draft<'_> {
    pub(super) fn announce(&mut self, price: Money, from: Option<Date>) -> Result<(), Refusal> {
        if matches!(self.state.stage, Stage::Incomplete { .. }) {
            return Err(Refusal::Incomplete);
        }
        let terms = &self.state.terms;
        let Some((today, _)) = terms.evergreen() else {
            let at = self.state.period_end();
            return Err(Refusal::EndsAnyway { at });
        };
        if price.currency() != today.currency() {
            return Err(Refusal::OtherCurrency(today.currency()));
        }
        if price.minor() <= today.minor() {
            return Err(Refusal::NotARise { price, today });
        }
        if self.state.rise.is_some() {
            return Err(Refusal::RiseAnnounced);
        }
        let notice = terms.policy.price_rise;
        let earliest = terms
            .zone
            .days_from(self.now(), i32::from(notice.notice_days))?;
        let from = match from {
            Some(day) => terms.zone.start_of(day)?,
            None => earliest,
        };
        if from < earliest {
            return Err(Refusal::NoticeTooShort { earliest });
        }
        self.push(Fact::PriceRiseAnnounced(PriceRise {
            price,
            from,
            silence: notice.silence,
            answer: Answer::None,
            told: false,
        }));
        Ok(())
    }

    /// What was told of a rise that isn't to come any more is nothing.
    pub(super) fn told_of_rise(&mut self, price: Money, from: Timestamp) {
        let untold = self.state.rise.filter(|rise| !rise.told);
        if let Some(rise) = untold.filter(|rise| rise.price == price) {
            // Never sooner than it was announced.
            let from = from.max(rise.from);
            self.push(Fact::PriceRiseTold { from });
        }
    }

    /// A reader may change their mind until the new price holds.
    pub(super) fn answer(&mut self, yes: bool) -> Result<(), Refusal> {
        let rise = self.state.rise.ok_or(Refusal::NoRise)?;
        let (answer, fact) = if yes {
            (Answer::Accepted, Fact::PriceRiseAccepted)
        } else {
            (Answer::Refused, Fact::PriceRiseRefused)
        };
        if rise.answer != answer {
            self.push(fact);
        }
        Ok(())
    }
}
