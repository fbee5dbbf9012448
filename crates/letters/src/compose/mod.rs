//! Letters in words: which messages are said, in which order.

mod account;
mod gift;
mod life;
mod payment;
mod pen;
mod terms;

pub(crate) use pen::Pen;

use crate::letter::Letter;
use crate::sheet::Sheet;

/// The letter in the words of one locale.
pub(crate) fn compose(pen: &Pen<'_>, letter: &Letter) -> Sheet {
    match letter {
        Letter::Account(letter) => account::letter(pen, letter),
        Letter::Welcome(welcome) => life::welcome(pen, welcome),
        Letter::Receipt(receipt) => payment::receipt(pen, receipt),
        Letter::Refund(refund) => payment::refund(pen, refund),
        Letter::RefundDelayed(amount) => payment::refund_delayed(pen, *amount),
        Letter::TrialEnds(trial) => life::trial_ends(pen, trial),
        Letter::Renewal(next) => life::renewal(pen, *next),
        Letter::PriceRise(rise) => life::price_rise(pen, rise),
        Letter::Failed(failed) => payment::failed(pen, failed),
        Letter::Authentication(asked) => payment::authentication(pen, asked),
        Letter::Ended(ended) => life::ended(pen, ended),
        Letter::Cancelled { until } => life::cancelled(pen, *until),
        Letter::Paused { resumes } => life::paused(pen, *resumes),
        Letter::Resumed { until, next } => life::resumed(pen, *until, *next),
        Letter::AddressSet => life::address_set(pen),
        Letter::PlanChanged(changed) => life::plan_changed(pen, changed),
        Letter::GiftBought(bought) => gift::bought(pen, bought),
        Letter::Gift(gift) => gift::gift(pen, gift),
        Letter::GiftRedeemed => gift::redeemed(pen),
    }
}
