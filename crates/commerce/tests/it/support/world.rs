//! One subscription, a clock that moves, and a provider that answers when it is
//! told to. Every step is held against the laws that hold for all of them.

use std::collections::HashMap;

use access::{Country, Standing};
use jiff::Timestamp;
use ludgate_commerce::catalog::Catalog;
use ludgate_commerce::entitlement::{snapshot, standing};
use ludgate_commerce::ids::*;
use ludgate_commerce::ledger::{Entry, LedgerAccount, entry};
use ludgate_commerce::money::Money;
use ludgate_commerce::payment::{
    DeclineReason, Outcome, PaymentFact, Refund, RefundSource, RefundState,
};
use ludgate_commerce::subscription::*;
use ludgate_commerce::tax::{TaxRates, TaxStatus};
use ludgate_commerce::terms::Terms;

use super::{acceptance, brief, catalog, local, no_tax, terms, written};

pub(crate) const READER: AccountId = AccountId::new(7);

pub(crate) struct World {
    pub(crate) catalog: Catalog,
    pub(crate) tax: TaxRates,
    pub(crate) now: Timestamp,
    pub(crate) subscription: Option<Subscription>,
    pub(crate) history: Vec<Fact>,
    /// Whether charges are paid as soon as they are asked for.
    pub(crate) pays: bool,
    pub(crate) customer: TaxStatus,
    unseen: Vec<String>,
    orders: u128,
    refunds: u128,
}

impl World {
    /// A world of the usual shop, at a local time.
    pub(crate) fn at(time: &str) -> Self {
        Self::of(catalog(), time)
    }

    pub(crate) fn of(catalog: Catalog, time: &str) -> Self {
        catalog.check().expect("a catalog that makes sense");
        Self {
            now: local(&catalog.zone, time),
            catalog,
            tax: no_tax(),
            subscription: None,
            history: Vec::new(),
            pays: false,
            customer: TaxStatus::consumer(Country::parse("JP").expect("a country")),
            unseen: Vec::new(),
            orders: 1,
            refunds: 1_000_000,
        }
    }

    /// A reader who pays whatever is asked.
    pub(crate) fn paying(time: &str) -> Self {
        Self {
            pays: true,
            ..Self::at(time)
        }
    }

    pub(crate) fn terms(&self, offer: &str) -> Terms {
        terms(&self.catalog, offer, "USD")
    }

    /// Takes out an offer, with a card.
    pub(crate) fn takes(&mut self, offer: &str) {
        let terms = self.terms(offer);
        self.begins(terms, Some(PaymentMethodId::new(1)))
            .expect("a beginning");
    }

    pub(crate) fn begins(
        &mut self,
        terms: Terms,
        method: Option<PaymentMethodId>,
    ) -> Result<(), Refusal> {
        let order = OrderId::new(self.orders);
        let delivered = terms.delivered;
        self.begins_by(&Begin {
            account: READER,
            terms,
            acceptance: acceptance(self.now),
            tax_status: self.customer,
            method,
            address: delivered.then_some(AddressId::new(1)),
            funding: Funding::Own { order },
        })
    }

    pub(crate) fn begins_by(&mut self, command: &Begin) -> Result<(), Refusal> {
        let context = Context {
            now: self.now,
            tax: &self.tax,
        };
        let id = SubscriptionId::new(1);
        let facts = begin(id, command, &context)?;
        assert_eq!(Ok(&facts), begin(id, command, &context).as_ref());
        let mut all = facts.iter();
        let Some(Fact::Begun(begun)) = all.next() else {
            panic!("begins with its beginning");
        };
        let mut subscription = Subscription::begun(id, begun);
        for fact in all {
            subscription.apply(fact);
        }
        self.subscription = Some(subscription);
        self.took(facts);
        Ok(())
    }

    pub(crate) fn state(&self) -> &Subscription {
        self.subscription.as_ref().expect("a subscription")
    }

    /// Runs a command; it must be accepted.
    pub(crate) fn does(&mut self, command: &Command) {
        self.tries(command).expect("accepted");
    }

    /// Runs a command; it must be refused, and change nothing.
    pub(crate) fn refused(&self, command: &Command) -> Refusal {
        let context = Context {
            now: self.now,
            tax: &self.tax,
        };
        handle(self.state(), command, &context).expect_err("a refusal")
    }

    pub(crate) fn tries(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = Context {
            now: self.now,
            tax: &self.tax,
        };
        let before = self.state().clone();
        let facts = handle(&before, command, &context)?;
        let again = handle(&before, command, &context);
        assert_eq!(Ok(&facts), again.as_ref(), "deterministic");
        let state = self.subscription.as_mut().expect("a subscription");
        for fact in &facts {
            state.apply(fact);
        }
        if matches!(command, Command::Tick { .. }) {
            let due = next_due(self.state());
            assert!(
                due.is_none_or(|due| due.at > self.now),
                "{due:?} is still due"
            );
        }
        self.took(facts);
        Ok(())
    }

    fn took(&mut self, facts: Vec<Fact>) {
        let zone = &self.catalog.zone;
        self.unseen
            .extend(facts.iter().map(|fact| brief(zone, fact)));
        let opened = facts
            .iter()
            .any(|fact| matches!(fact, Fact::Payment(PaymentFact::OrderOpened { .. })));
        self.orders += u128::from(opened);
        let asks = facts
            .iter()
            .any(|fact| matches!(fact, Fact::Payment(PaymentFact::ChargeRequested { .. })));
        self.history.extend(facts);
        self.check();
        if asks && self.pays && self.state().payments.open.is_some() {
            self.paid();
        }
    }

    /// The laws.
    fn check(&self) {
        let state = self.state();
        let replayed = Subscription::replay(state.id, &self.history).expect("a history");
        assert_eq!(&replayed, state, "the facts are all there is");
        let text = serde_json::to_string(&self.history).expect("facts can be written down");
        let read: Vec<Fact> = serde_json::from_str(&text).expect("and read back");
        assert_eq!(read, self.history);
        let text = serde_json::to_string(state).expect("a state can be written down");
        let read: Subscription = serde_json::from_str(&text).expect("and read back");
        assert_eq!(&read, state);
        check_books(state, &self.history);
    }

    // Time.

    /// Moves the clock to a local time, through whatever is due on the way.
    pub(crate) fn goes_to(&mut self, time: &str) {
        let then = local(&self.catalog.zone, time);
        self.goes(then);
    }

    pub(crate) fn goes(&mut self, then: Timestamp) {
        assert!(then >= self.now, "time goes one way");
        while let Some(due) = next_due(self.state()).filter(|due| due.at <= then) {
            self.now = due.at.max(self.now);
            self.ticks();
        }
        self.now = then;
    }

    /// Moves the clock without anybody looking what is due.
    pub(crate) fn sleeps_to(&mut self, time: &str) {
        self.now = local(&self.catalog.zone, time);
    }

    pub(crate) fn ticks(&mut self) {
        let order = OrderId::new(self.orders);
        self.does(&Command::Tick { order });
    }

    // The provider.

    pub(crate) fn charge(&self) -> ChargeId {
        self.state()
            .payments
            .open
            .as_ref()
            .expect("an open order")
            .charge()
    }

    pub(crate) fn reports(&mut self, outcome: Outcome) {
        let charge = self.charge();
        self.does(&Command::Report { charge, outcome });
    }

    pub(crate) fn paid(&mut self) {
        let amount = self
            .state()
            .payments
            .open
            .as_ref()
            .expect("an open order")
            .bill
            .total;
        self.reports(Outcome::Paid { amount });
    }

    pub(crate) fn declined(&mut self, reason: DeclineReason) {
        let is_final = false;
        self.reports(Outcome::Declined { reason, is_final });
    }

    pub(crate) fn order(&self) -> OrderId {
        OrderId::new(self.orders)
    }

    pub(crate) fn refund(&mut self) -> RefundId {
        self.refunds += 1_000;
        RefundId::new(self.refunds)
    }

    // What is to be seen.

    /// Facts since the last time, taken note of.
    pub(crate) fn unseen(&mut self) -> Vec<String> {
        std::mem::take(&mut self.unseen)
    }

    /// Whatever came before is of no interest.
    pub(crate) fn forget(&mut self) {
        self.unseen.clear();
    }

    /// All facts since the last time, and no other.
    #[track_caller]
    pub(crate) fn saw(&mut self, expected: &[&str]) {
        assert_eq!(self.unseen(), expected);
    }

    /// The standing that the gate sees now: `paid until 2027-02-01 09:00`.
    #[track_caller]
    pub(crate) fn stands(&self, expected: &str) {
        let found = standing(self.state()).map_or("none".into(), |standings| {
            let until = standings
                .until
                .map(|until| written(&self.catalog.zone, until));
            let word = match standings.standing {
                Standing::EndedTrial => "ended trial",
                Standing::EndedSubscription => "ended subscription",
                Standing::Trial => "trial",
                Standing::Paid => "paid",
                Standing::Grace => "grace",
                Standing::Complimentary => "complimentary",
                Standing::Paused => "paused",
            };
            match until {
                Some(until) => format!("{word} until {until}"),
                None => word.to_owned(),
            }
        });
        assert_eq!(found, expected);
    }

    pub(crate) fn may_read(&self) -> bool {
        let snapshot = snapshot(READER, [self.state()]);
        snapshot.entitlements.active("read", self.now)
    }

    /// The balances of the books, by account.
    pub(crate) fn balance(&self, account: LedgerAccount) -> i64 {
        balances(&self.history).get(&account).copied().unwrap_or(0)
    }
}

fn balances(history: &[Fact]) -> HashMap<LedgerAccount, i64> {
    let mut balances = HashMap::new();
    for fact in history {
        let entry = entry(fact).expect("balanced");
        for posting in entry.iter().flat_map(Entry::postings) {
            *balances.entry(posting.account).or_default() += posting.amount.minor();
        }
    }
    balances
}

/// What banks took of money that was given back by itself.
fn taken_beside(history: &[Fact]) -> i64 {
    let moved = |fact: &Fact| match fact {
        Fact::Payment(PaymentFact::ChargedBack {
            amount,
            source: RefundSource::Surplus,
            ..
        }) => amount.minor(),
        Fact::Payment(PaymentFact::ChargebackWon {
            amount,
            surplus: true,
            ..
        }) => -amount.minor(),
        _ => 0,
    };
    history.iter().map(moved).sum()
}

/// The books sum to zero, hold as much unearned as the subscription says, and
/// what the provider holds is what was paid and not given back.
fn check_books(state: &Subscription, history: &[Fact]) {
    let balances = balances(history);
    assert_eq!(balances.values().sum::<i64>(), 0, "the books balance");
    let of = |account| balances.get(&account).copied().unwrap_or(0);
    let prepaid = match history.first() {
        Some(Fact::Begun(begun)) => begun.prepaid,
        _ => Money::zero(state.terms.currency),
    };
    assert_eq!(
        -of(LedgerAccount::DeferredRevenue) + prepaid.minor(),
        state.deferred.minor(),
        "deferred revenue is what the subscription hasn't earned"
    );
    assert!(!state.deferred.is_negative(), "nothing is earned twice");
    assert_eq!(
        of(LedgerAccount::Surplus),
        taken_beside(history),
        "what came by mistake goes back"
    );
    let is_owed = |refund: &&Refund| refund.state == RefundState::Requested || refund.is_owed();
    let refunds = state.payments.refunds.iter().filter(is_owed);
    assert_eq!(
        -of(LedgerAccount::RefundsPayable),
        refunds.map(|refund| refund.amount.minor()).sum::<i64>(),
        "what is owed is what was asked for and isn't known to have gone back"
    );
    if state.is_ended() {
        assert!(state.deferred.is_zero(), "what has ended owes nothing");
    }
}
