//! What a purchase comes to, before anybody agrees to it: what is charged
//! today, and what on which days afterwards.
//!
//! Nothing is reckoned here. The subscription is begun and lived through in
//! memory, every payment succeeding, so what is shown is what will be charged.

use commerce::bill::Bill;
use commerce::calendar::Period;
use commerce::gift::{self, GiftFact};
use commerce::ids::{AccountId, AddressId, GiftId, OrderId, PaymentMethodId, SubscriptionId};
use commerce::money::Money;
use commerce::payment::{Outcome, PaymentFact};
use commerce::subscription::{
    Begin, Command, Context, Fact, Funding, Position, Refusal, Subscription, begin, handle,
    next_due,
};
use commerce::tax::TaxStatus;
use commerce::terms::{Acceptance, Channel, PhaseKind, Terms};
use jiff::Timestamp;

use crate::billing::Billing;
use crate::choice::{Chosen, For};
use crate::error::BillingError;
use crate::offers::{Comer, uses};
use crate::sales::Sales;

/// The most steps that a subscription is lived through: each phase has at most
/// a few dozen periods, each with a few reminders. What comes after is left out.
const MAX_STEPS: usize = 400;

/// The most stretches that are shown.
const MAX_STRETCHES: usize = 24;

/// What a purchase comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What is agreed to.
    pub terms: Terms,
    /// What is charged today, with its tax; `None` where nothing is.
    pub today: Option<Bill>,
    /// What is charged when, from the first period on.
    pub schedule: Vec<Stretch>,
    /// Whether something to pay with has to be given now.
    pub method_needed: bool,
    /// When it ends by itself, where it does.
    pub ends: Option<Timestamp>,
}

/// Periods that follow one another and cost the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// On which terms.
    pub kind: PhaseKind,
    /// The first period.
    pub first: Period,
    /// What each costs, tax included; nothing of a trial.
    pub each: Money,
    /// How many there are; `None` where they go on until somebody ends them.
    pub times: Option<u16>,
}

impl Billing {
    /// What a choice comes to for somebody who buys it for themselves; refused
    /// where they have it. Caps are counted, but not kept: the same may be
    /// refused a moment later.
    pub async fn quote(
        &self,
        account: Option<AccountId>,
        chosen: &Chosen,
        tax: TaxStatus,
    ) -> Result<Quote, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let terms = self
            .terms_for(&sales, account, chosen, For::Oneself, now)
            .await?;
        if let Some(account) = account {
            self.not_had(account, &terms).await?;
        }
        Ok(lived_through(&sales, terms, tax, now)?)
    }

    /// What a gift comes to: one payment, today. The terms are what whoever
    /// redeems it gets.
    pub async fn quote_gift(
        &self,
        account: Option<AccountId>,
        chosen: &Chosen,
        tax: TaxStatus,
    ) -> Result<Quote, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let terms = self
            .terms_for(&sales, account, chosen, For::Another, now)
            .await?;
        let buy = gift::Buy {
            buyer: AccountId::new(0),
            terms: terms.clone(),
            acceptance: nobody_agreed(now),
            tax_status: tax,
            method: PaymentMethodId::new(0),
            order: OrderId::new(0),
            redeemable: sales.gifts_redeemable,
        };
        let facts = gift::buy(GiftId::new(0), &buy, &context(&sales, now))?;
        Ok(Quote {
            terms,
            today: first_gift_bill(&facts).cloned(),
            schedule: Vec::new(),
            method_needed: true,
            ends: None,
        })
    }

    async fn terms_for(
        &self,
        sales: &Sales,
        account: Option<AccountId>,
        chosen: &Chosen,
        whom: For,
        now: Timestamp,
    ) -> Result<Terms, BillingError> {
        let offer = chosen.offer(sales, whom)?;
        let mut reading = self.inner.store.read().await?;
        let comer = Comer::read(&mut reading, account).await?;
        let relation = comer.is_to(&sales.catalog, offer, now);
        let uses = uses(&mut reading, offer, account).await?;
        Ok(chosen.terms(sales, relation, uses, now)?)
    }
}

impl Quote {
    /// What is charged today, tax included; `None` where nothing is.
    pub fn total(&self) -> Option<Money> {
        self.today.as_ref().map(|bill| bill.total)
    }
}

/// What is asked for as soon as a subscription begins.
pub(crate) fn first_bill(facts: &[Fact]) -> Option<&Bill> {
    facts.iter().find_map(|fact| match fact {
        Fact::Payment(PaymentFact::OrderOpened { bill, .. }) => Some(bill),
        _ => None,
    })
}

/// What is asked for a gift.
pub(crate) fn first_gift_bill(facts: &[GiftFact]) -> Option<&Bill> {
    facts.iter().find_map(|fact| match fact {
        GiftFact::Payment(PaymentFact::OrderOpened { bill, .. }) => Some(bill),
        _ => None,
    })
}

fn context(sales: &Sales, now: Timestamp) -> Context<'_> {
    Context {
        now,
        tax: &sales.tax,
    }
}

fn nobody_agreed(at: Timestamp) -> Acceptance {
    Acceptance {
        at,
        locale: String::new(),
        words: String::new(),
        channel: Channel::Web,
        withdrawal_waived: false,
    }
}

/// Lives a subscription through, all of its payments succeeding, until its
/// price stays the same or it ends.
pub(crate) fn lived_through(
    sales: &Sales,
    terms: Terms,
    tax: TaxStatus,
    now: Timestamp,
) -> Result<Quote, Refusal> {
    let mut orders = (1..).map(OrderId::new);
    let mut order = || orders.next().unwrap_or(OrderId::new(0));
    let mut command = Begin {
        account: AccountId::new(0),
        terms: terms.clone(),
        acceptance: nobody_agreed(now),
        tax_status: tax,
        method: Some(PaymentMethodId::new(0)),
        address: Some(AddressId::new(0)),
        funding: Funding::Own { order: order() },
    };
    let mut facts = begin(SubscriptionId::new(0), &command, &context(sales, now))?;
    let today = first_bill(&facts).cloned();
    let method_needed = today.is_some() || terms.method_needed;
    if !method_needed {
        // What isn't asked for isn't there when the trial is over.
        command.method = None;
        facts = begin(SubscriptionId::new(0), &command, &context(sales, now))?;
    }
    let Ok(mut state) = Subscription::replay(SubscriptionId::new(0), &facts) else {
        return Err(Refusal::EmptyTerms);
    };
    let (mut life, mut at) = (Life::default(), now);
    for _ in 0..MAX_STEPS {
        life.take(&facts);
        if life.is_over(&state) {
            break;
        }
        let next = match &state.payments.open {
            Some(open) if open.is_under_way() => Command::Report {
                charge: open.charge(),
                outcome: Outcome::Paid {
                    amount: open.bill.total,
                },
            },
            _ => {
                let Some(due) = next_due(&state) else { break };
                at = at.max(due.at);
                Command::Tick { order: order() }
            }
        };
        facts = handle(&state, &next, &context(sales, at))?;
        for fact in &facts {
            state.apply(fact);
        }
    }
    Ok(Quote {
        method_needed,
        ends: if terms.renews() {
            state.is_ended().then_some(at)
        } else {
            state.period_end()
        },
        terms,
        today,
        schedule: life.stretches,
    })
}

/// What was seen of a life.
#[derive(Default)]
struct Life {
    stretches: Vec<Stretch>,
    paid: Option<Money>,
    /// The price stays as it is.
    settled: bool,
}

impl Life {
    fn take(&mut self, facts: &[Fact]) {
        for fact in facts {
            match fact {
                Fact::Payment(PaymentFact::Paid { bill, .. }) => self.paid = Some(bill.total),
                Fact::PeriodStarted(cycle) => {
                    let nothing = Money::zero(cycle.price.currency());
                    let each = self.paid.take().unwrap_or(nothing);
                    self.settled = cycle.position == Position::Evergreen;
                    self.period(cycle.kind, cycle.period, each);
                }
                _ => {}
            }
        }
    }

    fn period(&mut self, kind: PhaseKind, first: Period, each: Money) {
        match self.stretches.last_mut() {
            Some(last) if (last.kind, last.each) == (kind, each) => {
                last.times = last.times.map(|times| times.saturating_add(1));
            }
            _ => self.stretches.push(Stretch {
                kind,
                first,
                each,
                times: Some(1),
            }),
        }
        if self.settled
            && let Some(last) = self.stretches.last_mut()
        {
            last.times = None;
        }
    }

    fn is_over(&self, state: &Subscription) -> bool {
        let once = !state.terms.renews() && state.cycle.is_some() && state.next_charge().is_none();
        self.settled || once || state.is_ended() || self.stretches.len() >= MAX_STRETCHES
    }
}
