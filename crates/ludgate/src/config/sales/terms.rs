//! The section `[terms]`: what new agreements say about failures and changes.

use commerce::terms::{
    Dunning, PausePolicy, Policy, PriceRisePolicy, Reminders, Silence, Withdrawal, WithdrawalRefund,
};

use super::raw;
use crate::config::check::Check;

impl Check<'_> {
    /// What isn't said is as most publishers have it; nought leaves a thing out.
    /// What of it makes no sense together is found with the catalog.
    pub(super) fn policy(&mut self, raw: &raw::Terms) -> Policy {
        let usual = Policy::default();
        let refund = raw.withdrawal_refund.as_ref().and_then(|word| {
            let words = [
                ("unused part", WithdrawalRefund::Prorated),
                ("everything", WithdrawalRefund::Full),
            ];
            self.word(word, &words)
        });
        let silence = raw.price_rise_silence.as_ref().and_then(|word| {
            let words = [("accepts", Silence::Accepts), ("refuses", Silence::Refuses)];
            self.word(word, &words)
        });
        let withdrawal = match raw.withdrawal_days {
            Some(0) => None,
            days => Some(Withdrawal {
                days: days
                    .or(usual.withdrawal.map(|usual| usual.days))
                    .unwrap_or(14),
                refund: refund.unwrap_or(WithdrawalRefund::Prorated),
            }),
        };
        let pause = match raw.longest_pause_days {
            None => usual.pause,
            Some(0) => None,
            Some(longest_days) => Some(PausePolicy { longest_days }),
        };
        Policy {
            dunning: Dunning {
                grace_days: raw.grace_days.unwrap_or(usual.dunning.grace_days),
                retry_days: raw.retry_days.clone().unwrap_or(usual.dunning.retry_days),
            },
            withdrawal,
            pause,
            price_rise: PriceRisePolicy {
                notice_days: raw
                    .price_rise_notice_days
                    .unwrap_or(usual.price_rise.notice_days),
                silence: silence.unwrap_or(usual.price_rise.silence),
            },
            reminders: Reminders {
                trial_days: raw
                    .trial_reminder_days
                    .clone()
                    .unwrap_or(usual.reminders.trial_days),
                renewal_days: raw
                    .renewal_reminder_days
                    .clone()
                    .unwrap_or(usual.reminders.renewal_days),
            },
        }
    }
}
