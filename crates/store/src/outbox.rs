//! Which facts ask the world for something, and for what.

use std::fmt;

use commerce::gift::GiftFact;
use commerce::ids::{AccountId, ChargeId, RefundId, SubscriptionId};
use commerce::payment::PaymentFact;
use commerce::subscription::Fact;
use serde::{Deserialize, Serialize};

use crate::contract::{Contract, Owner};
use crate::jobs::Lane;
use crate::mail_address::MailAddress;

/// What is to be done, as it is written down with its job.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A payment provider is to be told: a charge, an inquiry, a void, a refund.
    Provider(PaymentFact),
    /// A payment provider has taken a refund on, and is asked what became of it.
    AskRefund {
        /// Which.
        refund: RefundId,
        /// How often it was asked before.
        asked: u32,
    },
    /// A payment provider was asked to call a charge off that nobody wants any
    /// more, and didn't say whether it could: it is asked again.
    AskVoid {
        /// Which.
        charge: ChargeId,
        /// How often it was asked before.
        asked: u32,
    },
    /// A subscription is to be revoked: the gift it came of was charged back.
    Revoke {
        /// Which.
        subscription: SubscriptionId,
    },
    /// Somebody is to be told of the fact that the job is of.
    Tell,
    /// The fact's invoice couldn't be made; somebody has to see to the account.
    Invoice,
    /// A mail that no fact asks for, such as a link to sign in. Its words may
    /// hold secrets: they are forgotten once it was sent.
    Mail {
        /// Which one.
        kind: String,
        /// What it is made of. Its `to`, where it has one, is the address that it
        /// goes to.
        body: serde_json::Value,
    },
    /// Somebody was erased: what is kept of them outside of the store is to be
    /// forgotten as well.
    Forget {
        /// Their account, and those that went into it.
        accounts: Vec<AccountId>,
        /// The [trace](crate::MailAddress::trace) of their address.
        mail: Option<String>,
        /// Those of the addresses they had before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        former: Vec<String>,
    },
    /// A payment provider is being told of somebody who is going to pay. Where that
    /// breaks off, it is told again, lest it has a customer whom nobody here knows.
    Introduce {
        /// Which provider.
        provider: String,
        /// Whose account it is.
        account: AccountId,
        /// The customer that they were there, and whom it has deleted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<String>,
    },
    /// Somebody was erased: a payment provider is to forget its customer, with
    /// their cards.
    ForgetCustomer {
        /// Which provider.
        provider: String,
        /// What it calls them.
        customer: String,
    },
    /// Anything else that is to be done by and by.
    Work {
        /// What.
        kind: String,
        /// What it needs.
        body: serde_json::Value,
    },
}

/// Not for logs: a mail may hold a secret, and anything an address.
impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provider(fact) => f.debug_tuple("Provider").field(fact).finish(),
            Self::AskRefund { refund, asked } => {
                let mut debug = f.debug_struct("AskRefund");
                debug.field("refund", refund).field("asked", asked).finish()
            }
            Self::AskVoid { charge, asked } => {
                let mut debug = f.debug_struct("AskVoid");
                debug.field("charge", charge).field("asked", asked).finish()
            }
            Self::Revoke { subscription } => f.debug_tuple("Revoke").field(subscription).finish(),
            Self::Tell => f.write_str("Tell"),
            Self::Invoice => f.write_str("Invoice"),
            Self::Mail { kind, .. } => write!(f, "Mail({kind:?}, ..)"),
            Self::Forget { accounts, .. } => f.debug_tuple("Forget").field(accounts).finish(),
            Self::Introduce { account, .. } => f.debug_tuple("Introduce").field(account).finish(),
            Self::ForgetCustomer { provider, .. } => {
                write!(f, "ForgetCustomer({provider:?}, ..)")
            }
            Self::Work { kind, .. } => write!(f, "Work({kind:?}, ..)"),
        }
    }
}

impl Task {
    /// Who does it.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Provider(_)
            | Self::AskRefund { .. }
            | Self::AskVoid { .. }
            | Self::Introduce { .. }
            | Self::ForgetCustomer { .. } => Lane::Provider,
            Self::Tell | Self::Mail { .. } => Lane::Mail,
            Self::Revoke { .. } | Self::Invoice | Self::Forget { .. } | Self::Work { .. } => {
                Lane::Work
            }
        }
    }

    /// Whom a mail goes to that no fact asks for: when they are erased, it is
    /// forgotten, whoever has it sent.
    pub(crate) fn to(&self) -> Option<MailAddress> {
        let Self::Mail { body, .. } = self else {
            return None;
        };
        MailAddress::new(body.get("to")?.as_str()?).ok()
    }

    /// What is kept of it once it is done, where that is less.
    pub(crate) fn afterwards(&self) -> Option<Self> {
        match self {
            Self::Mail { kind, .. } => Some(Self::Mail {
                kind: kind.clone(),
                body: serde_json::Value::Null,
            }),
            Self::Forget { accounts, .. } => Some(Self::Forget {
                accounts: accounts.clone(),
                mail: None,
                former: Vec::new(),
            }),
            Self::ForgetCustomer { provider, .. } => Some(Self::ForgetCustomer {
                provider: provider.clone(),
                customer: String::new(),
            }),
            _ => None,
        }
    }
}

/// What a fact asks for, each with the id of its job: made of the fact's own
/// place, so that it can't be asked for twice.
pub(crate) fn tasks<C: Contract>(owner: Owner, seq: u64, fact: &C::Fact) -> Vec<(String, Task)> {
    let mut tasks = Vec::new();
    if let Some(fact) = C::payment(fact).filter(|fact| fact.asks_provider()) {
        tasks.push((format!("{owner}/{seq}"), Task::Provider(fact.clone())));
    }
    if let Some(subscription) = C::revokes(fact) {
        tasks.push((format!("{owner}/{seq}"), Task::Revoke { subscription }));
    }
    if C::is_told(fact) {
        tasks.push((format!("{owner}/{seq}/mail"), Task::Tell));
    }
    tasks
}

/// Whether somebody is told of it: of money that came, failed or goes back, of
/// what begins and ends, and of what is to come.
pub(crate) fn is_told(fact: &Fact) -> bool {
    match fact {
        Fact::Payment(fact) => is_told_of_payment(fact),
        Fact::Begun(_)
        | Fact::CancellationScheduled { .. }
        | Fact::Ended { .. }
        | Fact::Paused { .. }
        | Fact::Resumed { .. }
        | Fact::PlanChanged { .. }
        | Fact::PriceRiseAnnounced(_)
        | Fact::ReminderDue { .. } => true,
        Fact::AddressSet { from, .. } => from.is_some(),
        // Who is invited is written to by the job that goes with the seat: where
        // they read mail is in no fact.
        Fact::Seat(_)
        | Fact::PeriodStarted(_)
        | Fact::PeriodEnded { .. }
        // That a payment failed is told of already.
        | Fact::GraceStarted { .. }
        | Fact::Recovered
        | Fact::CancellationWithdrawn
        | Fact::Extended { .. }
        | Fact::PlanChangeAgreed { .. }
        | Fact::PlanChangeDropped
        | Fact::PriceRiseTold { .. }
        | Fact::PriceRiseAccepted
        | Fact::PriceRiseRefused
        | Fact::PriceRiseApplied { .. }
        | Fact::PaymentMethodSet { .. }
        | Fact::Transferred { .. }
        | Fact::TaxStatusSet { .. } => false,
    }
}

/// The same of a gift.
pub(crate) fn is_told_of_gift(fact: &GiftFact) -> bool {
    match fact {
        GiftFact::Payment(fact) => is_told_of_payment(fact),
        GiftFact::Ready { .. } | GiftFact::SentAgain { .. } | GiftFact::Redeemed { .. } => true,
        _ => false,
    }
}

fn is_told_of_payment(fact: &PaymentFact) -> bool {
    matches!(
        fact,
        PaymentFact::Paid { .. }
            | PaymentFact::ChargeDeclined { .. }
            | PaymentFact::AuthenticationRequired { .. }
            | PaymentFact::RefundRequested { .. }
            | PaymentFact::RefundFailed { .. }
    )
}
