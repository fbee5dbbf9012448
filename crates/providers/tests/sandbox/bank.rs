//! A sandbox with a customer, and what is asked of it.

use commerce::ids::{AccountId, ChargeId, OrderId, RefundId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome};
use jiff::{SignedDuration, Timestamp};
use ludgate_providers::payment::{
    Answer, Charge, CustomerToken, Delivery, Expiry, Method, Notice, Provider, Refund, Request,
    SetupOutcome,
};
use ludgate_providers::sandbox::{Mischief, Sandbox, TestCard};

pub(crate) fn start() -> Timestamp {
    "2026-12-01T09:00:00Z".parse().expect("a time")
}

pub(crate) fn after(days: i64) -> Timestamp {
    start() + SignedDuration::from_hours(24 * days)
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub(crate) fn paid(text: &str) -> Outcome {
    let amount = money(text);
    Outcome::Paid { amount }
}

pub(crate) fn declined(reason: DeclineReason, is_final: bool) -> Outcome {
    Outcome::Declined { reason, is_final }
}

/// What a call that never waits comes to.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// A sandbox with a customer.
pub(crate) struct Bank {
    pub(crate) provider: Provider,
    pub(crate) customer: CustomerToken,
    drawn: u128,
}

impl Bank {
    pub(crate) fn of(sandbox: Sandbox) -> Self {
        let provider = Provider::Sandbox(Box::new(sandbox));
        let customer = now(provider.customer(AccountId::new(7), None)).expect("a customer");
        Self {
            provider,
            customer,
            drawn: 0,
        }
    }

    pub(crate) fn new() -> Self {
        Self::of(Sandbox::in_memory(Mischief::default()))
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        match &self.provider {
            Provider::Sandbox(sandbox) => sandbox,
            Provider::Stripe(_) => panic!("it is none"),
        }
    }

    pub(crate) fn enter(&mut self, number: &str) -> SetupOutcome {
        self.drawn += 1;
        let expires = Expiry::new(2030, 6).expect("a month");
        let card = TestCard::typed(number, expires).expect("a card");
        let setup = now(self.provider.set_up(&self.customer, self.drawn));
        let (setup, _) = setup.expect("a setup");
        let sandbox = self.sandbox();
        let entered = sandbox.enter(&setup, &self.customer, card, start());
        entered.expect("an outcome")
    }

    pub(crate) fn card(&mut self, number: &str) -> Method {
        match self.enter(number) {
            SetupOutcome::Saved(method) => method,
            other => panic!("{number}: {other:?}"),
        }
    }

    pub(crate) fn ask(&self, order: u128, attempt: u16, method: &Method) -> Charge {
        let order = OrderId::new(order);
        Charge {
            id: ChargeId { order, attempt },
            amount: money("14.90 USD"),
            customer: self.customer.clone(),
            method: method.token.clone(),
            reference: None,
        }
    }

    pub(crate) fn does(&self, request: &Request, at: Timestamp) -> Outcome {
        let answer = now(self.provider.carry_out(request, Delivery::First, at));
        outcome(answer.expect("an answer"))
    }

    /// Whether a refund was made; nobody may know yet.
    pub(crate) fn refund_of(
        &self,
        id: u128,
        of: &Charge,
        amount: &str,
        at: Timestamp,
    ) -> Option<bool> {
        let request = Request::Refund(Refund {
            id: RefundId::new(id),
            charge: of.id,
            amount: money(amount),
            customer: self.customer.clone(),
            reference: None,
        });
        let answer = now(self.provider.carry_out(&request, Delivery::First, at));
        match answer.expect("an answer").notice {
            Some(Notice::Refund { refund, done }) if refund == RefundId::new(id) => Some(done),
            None => None,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn refund(&self, id: u128, of: &Charge, amount: &str, at: Timestamp) -> bool {
        self.refund_of(id, of, amount, at).expect("it is known")
    }

    /// What it tells by itself, once.
    pub(crate) fn told(&self, at: Timestamp) -> Vec<Notice> {
        let events = self.sandbox().events(at, 1000).expect("events");
        let ids: Vec<_> = events.iter().map(|event| event.id.clone()).collect();
        self.sandbox().heard(&ids, at).expect("heard");
        events.into_iter().flat_map(|event| event.notices).collect()
    }
}

pub(crate) fn outcome(answer: Answer) -> Outcome {
    match answer.notice {
        Some(Notice::Charge { outcome, .. }) => outcome,
        other => panic!("{other:?}"),
    }
}
