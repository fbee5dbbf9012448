//! Cards at the bank: entered, listed, let go.

use commerce::payment::DeclineReason;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Bank;
use crate::payment::{CustomerToken, Method, MethodToken, Notice, SetupToken};
use crate::sandbox::card::{Fate, TestCard};

/// How many cards a customer has; who enters more loses sight of the first.
const MAX_CARDS: usize = 20;

/// A card being entered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::sandbox) struct Setup {
    pub(in crate::sandbox) customer: CustomerToken,
    pub(super) drawn: u128,
    pub(in crate::sandbox) state: SetupState,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::sandbox) enum SetupState {
    Waiting,
    Refused(DeclineReason),
    Saved(Method),
}

/// What has become of a card.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Past {
    pub(super) successes: u32,
    pub(super) detached: bool,
}

impl Bank {
    pub(in crate::sandbox) fn setup(&self, setup: &SetupToken) -> Option<&Setup> {
        self.setups.get(setup)
    }

    pub(super) fn set_up(&mut self, setup: &SetupToken, customer: &CustomerToken, drawn: u128) {
        let known = Setup {
            customer: customer.clone(),
            drawn,
            state: SetupState::Waiting,
        };
        self.setups.insert(setup.clone(), known);
    }

    /// A customer's cards, the latest first.
    pub(in crate::sandbox) fn methods(&self, customer: &CustomerToken) -> Vec<Method> {
        let tokens = self.customers.get(customer).into_iter().flatten();
        let known = tokens.filter(|token| !self.is_gone(token));
        let known = known.filter_map(|token| {
            let card = TestCard::of_token(token)?.card();
            let token = token.clone();
            Some(Method { token, card })
        });
        known.rev().collect()
    }

    /// Whether a card was let go.
    pub(super) fn is_gone(&self, method: &MethodToken) -> bool {
        self.pasts.get(method).is_some_and(|past| past.detached)
    }

    /// Whether a card can be entered.
    pub(super) fn is_open(&self, setup: &SetupToken) -> bool {
        let known = self.setups.get(setup);
        known.is_some_and(|known| !matches!(known.state, SetupState::Saved(_)))
    }

    pub(super) fn enter(&mut self, setup: &SetupToken, card: TestCard, now: Timestamp) {
        if !self.is_open(setup) {
            return;
        }
        let Some(known) = self.setups.get_mut(setup) else {
            return;
        };
        if card.card().expires.is_over(now) {
            known.state = SetupState::Refused(DeclineReason::CardExpired);
            return;
        }
        if card.fate() == Fate::RefusedAtOnce {
            known.state = SetupState::Refused(DeclineReason::Refused);
            return;
        }
        let Some(token) = card.token(known.drawn) else {
            return;
        };
        let method = Method {
            token: token.clone(),
            card: card.card(),
        };
        known.state = SetupState::Saved(method);
        let customer = known.customer.clone();
        self.list(customer, token);
        let setup = setup.clone();
        self.tell(Notice::SetupDone { setup }, now);
    }

    /// Puts a card on its customer's list, in place of one that was let go where
    /// the list is full.
    fn list(&mut self, customer: CustomerToken, card: MethodToken) {
        let pasts = &self.pasts;
        let is_gone = |card: &MethodToken| pasts.get(card).is_some_and(|past| past.detached);
        let cards = self.customers.at(customer);
        if cards.len() >= MAX_CARDS {
            let first = cards.iter().position(is_gone).unwrap_or(0);
            cards.remove(first);
        }
        cards.push(card);
    }

    /// It stays on its customer's list, where it isn't shown any more: finding it
    /// there would take a look at every customer.
    pub(super) fn detach(&mut self, method: &MethodToken) {
        self.past(method).detached = true;
    }

    /// A customer's cards are gone, and it isn't known any more that they were
    /// theirs.
    pub(super) fn forget(&mut self, customer: &CustomerToken) {
        let cards = self.customers.get_mut(customer).map(std::mem::take);
        for card in cards.into_iter().flatten() {
            self.detach(&card);
        }
    }

    pub(super) fn past(&mut self, method: &MethodToken) -> &mut Past {
        self.pasts.at(method.clone())
    }
}
