//! What is to come of a subscription: what would be charged next, and which
//! commands wouldn't be refused.
//!
//! What a page says before there is a button to press is found by
//! [`billing::Billing::preview`], the very code that does it for good. Which
//! buttons there are is found here, in memory: the account's page takes no turn
//! at writing for it.

use commerce::bill::Taxing;
use commerce::calendar::Interval;
use commerce::ids::RefundId;
use commerce::money::{Money, MoneyError};
use commerce::subscription::{
    Answer, CancelReason, CancelWhen, Command, Context, Origin, PriceRise, Stage, Subscription,
    handle,
};
use commerce::tax::TaxRates;
use commerce::terms::Terms;
use jiff::Timestamp;

use super::What;
use super::pay::what_to_pay;

/// What can be done with it, the most important first, and whether that is what
/// there is to do now: nothing that would be refused.
pub(super) fn open_ways(
    subscription: &Subscription,
    context: &Context<'_>,
) -> impl Iterator<Item = (What, bool)> {
    let may = |command: &Command| {
        let facts = handle(subscription, command, context);
        facts.is_ok_and(|facts| !facts.is_empty())
    };
    let is_ended = subscription.is_ended();
    let owes = subscription.payments.open.is_some();
    let pays_now = what_to_pay(subscription) == What::Pay;
    let pays = subscription.terms.renews() && subscription.origin != Origin::Complimentary;
    let runs = subscription.stage == Stage::Active && subscription.ending.is_none() && !owes;
    let asked = |rise: PriceRise| rise.answer == Answer::None;
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    };
    let withdraw = Command::Withdraw {
        refund: RefundId::new(0),
    };
    [
        (What::Pay, pays_now, true),
        (What::Resume, may(&Command::Resume), true),
        (What::Keep, may(&Command::Reactivate), true),
        (What::Price, subscription.rise.is_some_and(asked), true),
        (What::KeepPlan, may(&Command::KeepPlan), false),
        (What::Change, runs && pays, false),
        (What::Seats, subscription.terms.seated, false),
        (What::Address, subscription.terms.delivered, false),
        (What::Card, pays && !pays_now, false),
        (What::Pause, may(&Command::Pause { resumes: None }), false),
        (What::Cancel, may(&cancel), false),
        (What::Withdraw, may(&withdraw), false),
    ]
    .into_iter()
    .filter(move |(_, may, _)| *may && !is_ended)
    .map(|(what, _, is_first)| (what, is_first))
}

/// A stated price with the tax that would be on it today.
fn with_tax(
    subscription: &Subscription,
    terms: &Terms,
    price: Money,
    tax: &TaxRates,
    now: Timestamp,
) -> Result<Money, MoneyError> {
    let taxing = Taxing {
        rates: tax,
        customer: subscription.tax_status,
        class: &terms.tax_class,
        basis: terms.tax_basis,
        day: terms.zone.civil(now).date(),
    };
    taxing.taxation().split(price, terms.tax_basis)?.total()
}

/// When the next charge is due and how much it will be, tax included.
pub(super) fn next_charge(
    subscription: &Subscription,
    tax: &TaxRates,
    now: Timestamp,
) -> Option<(Timestamp, Money)> {
    let (at, price) = subscription.next_charge()?;
    let terms = subscription.terms_ahead();
    let amount = with_tax(subscription, terms, price, tax, now).ok()?;
    amount.is_positive().then_some((at, amount))
}

/// A stated price of one seat for all seats, with today's tax.
pub(super) fn in_all(
    subscription: &Subscription,
    terms: &Terms,
    price: Money,
    context: &Context<'_>,
) -> Option<Money> {
    let price = price.times(terms.quantity).ok()?;
    let Context { now, tax } = *context;
    with_tax(subscription, terms, price, tax, now).ok()
}

/// What it costs on and on, tax included, for all its seats.
pub(super) fn evergreen(
    subscription: &Subscription,
    terms: &Terms,
    context: &Context<'_>,
) -> Option<(Money, Interval)> {
    let (price, every) = terms.evergreen()?;
    Some((in_all(subscription, terms, price, context)?, every))
}
