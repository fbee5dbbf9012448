//! What facts ask for, and what was done of it: every row of the outbox is
//! delivered, and once.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use commerce::gift::GiftFact;
use commerce::payment::PaymentFact;
use commerce::subscription::{Fact, SeatFact};
use store::Owner;

use crate::postbox::Postbox;

/// What was asked for.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    /// Every mail that has to come, by its id.
    mails: BTreeSet<String>,
    /// How often each thing was asked of the bank, and how often it was told that
    /// it was done.
    requests: BTreeMap<(Owner, &'static str), (u64, u64)>,
}

impl Outbox {
    /// A fact was written down.
    pub(crate) fn asks(&mut self, owner: Owner, seq: u64, fact: &Fact) {
        if let Fact::Seat(SeatFact::Invited { seat }) = fact {
            self.mails.insert(billing::letter_of(*seat));
        }
        if is_told(fact) {
            self.mails.insert(format!("{owner}/{seq}/mail"));
        }
        if let Fact::Payment(fact) = fact {
            self.bank(owner, fact);
        }
    }

    /// A gift's.
    pub(crate) fn gift_asks(&mut self, owner: Owner, seq: u64, fact: &GiftFact) {
        let told = match fact {
            GiftFact::Ready { .. } | GiftFact::SentAgain { .. } | GiftFact::Redeemed { .. } => true,
            GiftFact::Payment(fact) => is_told_of_money(fact),
            _ => false,
        };
        if told {
            self.mails.insert(format!("{owner}/{seq}/mail"));
        }
        if let GiftFact::Payment(fact) = fact {
            self.bank(owner, fact);
        }
    }

    fn bank(&mut self, owner: Owner, fact: &PaymentFact) {
        if fact.asks_provider() {
            let name = (owner, fact.name());
            self.requests.entry(name).or_default().0 += 1;
        }
    }

    /// The bank was asked for something, and has answered. What became of a refund
    /// that it has taken on, and of a charge that is to be called off, is asked as
    /// often as need be, and no row of a fact's.
    pub(crate) fn answered(&mut self, owner: Owner, name: &'static str) {
        if matches!(name, "refund_asked" | "void_asked") {
            return;
        }
        self.requests.entry((owner, name)).or_default().1 += 1;
    }

    /// Nothing was delivered more often than it was asked for, and no mail that
    /// nobody asked for.
    pub(crate) fn not_too_much(&self, post: &Postbox) -> Result<()> {
        if let Some(id) = post.doubled() {
            anyhow::bail!("a row of the outbox is delivered once: {id} came twice");
        }
        for ((owner, name), (asked, answered)) in &self.requests {
            ensure!(
                answered <= asked,
                "a row of the outbox is delivered once: {name} of {owner} was asked for {asked} \
                 times and answered {answered} times"
            );
        }
        Ok(())
    }

    /// Everything was delivered, and nothing else: for when all is quiet.
    pub(crate) fn nor_too_little(&self, post: &Postbox) -> Result<()> {
        for id in &self.mails {
            ensure!(
                post.has(id),
                "every row of the outbox is delivered: {id} never came"
            );
        }
        let (came, asked) = (post.count(), self.mails.len());
        ensure!(
            usize::try_from(came)? == asked,
            "nobody gets a mail that no fact asks for: {came} came, {asked} were asked for"
        );
        Ok(())
    }
}

/// What readers are told of, as they would have it.
fn is_told(fact: &Fact) -> bool {
    match fact {
        Fact::Begun(_)
        | Fact::Ended { .. }
        | Fact::ReminderDue { .. }
        | Fact::CancellationScheduled { .. }
        | Fact::Paused { .. }
        | Fact::Resumed { .. }
        | Fact::PlanChanged { .. }
        | Fact::PriceRiseAnnounced(_) => true,
        Fact::Payment(fact) => is_told_of_money(fact),
        _ => false,
    }
}

fn is_told_of_money(fact: &PaymentFact) -> bool {
    matches!(
        fact,
        PaymentFact::Paid { .. }
            | PaymentFact::ChargeDeclined { .. }
            | PaymentFact::AuthenticationRequired { .. }
            | PaymentFact::RefundRequested { .. }
            | PaymentFact::RefundFailed { .. }
    )
}
