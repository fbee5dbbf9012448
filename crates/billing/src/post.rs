//! Mail, as far as it is known here: who is to be told what. Words, templates
//! and servers are elsewhere, behind [`Post`].

use std::collections::BTreeSet;
use std::pin::Pin;

use commerce::gift::{Gift, GiftFact};
use commerce::ids::{AccountId, OfferId};
use commerce::invoice::Invoice;
use commerce::payment::{PaymentFact, Purpose};
use commerce::subscription::{Fact, ReminderKind, Subscription};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::MailAddress;

/// Who sends mail.
pub trait Post: Send + Sync {
    /// Sends one mail, or says why not; `false` where it is nobody's news. The same mail may be asked for again
    /// where nobody knows whether it was sent: it has the same id then.
    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a>;
}

/// A mail being sent.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<bool, NotSent>> + Send + 'a>>;

/// A mail to be put into words.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The same whenever it is sent again.
    pub id: String,
    /// When it was asked for, by the business clock.
    pub asked: Timestamp,
    /// What it is.
    pub what: Contents,
}

/// What a mail is about.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Of something that has happened.
    Told(Box<Told>),
    /// Of what somebody asked for and wrote down as a job, such as a link to
    /// sign in. May hold secrets.
    Asked {
        /// Which.
        kind: String,
        /// What it is made of: the writer's own.
        body: serde_json::Value,
    },
}

impl Contents {
    /// Where it goes, where that is known here.
    pub(crate) fn to(&self) -> Option<&str> {
        match self {
            Self::Told(told) => {
                let receiver = told.receiver().map(|(to, _)| to);
                Some(receiver.unwrap_or(told.to.mail.as_str()))
            }
            Self::Asked { .. } => None,
        }
    }
}

/// Somebody is to be told of what has happened.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whom.
    pub to: Addressee,
    /// What.
    pub news: News,
    /// The invoice or credit note that came of it.
    pub document: Option<Invoice>,
    /// Whether it is what a bank has answered after nobody waited for it on a
    /// page any more.
    pub is_late: bool,
    /// The offers that they may not have, where the news is that something ends.
    pub not_offered: BTreeSet<OfferId>,
}

impl Told {
    /// Where a gift's code goes and what that is called, where it isn't who bought
    /// it.
    pub fn receiver(&self) -> Option<(&str, Option<&str>)> {
        match &self.news {
            News::Gift {
                fact: GiftFact::Ready { .. } | GiftFact::SentAgain { .. },
                card: Some(card),
                ..
            } => Some((card.to.as_deref()?, card.name.as_deref())),
            News::Gift { .. } | News::Subscription { .. } => None,
        }
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Whose account.
    pub account: AccountId,
    /// Where it goes.
    pub mail: MailAddress,
    /// What they are called, where that is known.
    pub name: Option<String>,
    /// In which language they read: a BCP 47 tag; the publication's own where
    /// that isn't known.
    pub locale: Option<String>,
}

/// What has happened.
#[derive(Clone, Debug)]
pub enum News {
    /// To a subscription.
    Subscription {
        /// What.
        fact: Fact,
        /// As it is by now.
        subscription: Box<Subscription>,
    },
    /// To a gift; its buyer is told.
    Gift {
        /// What.
        fact: GiftFact,
        /// As it is by now.
        gift: Box<Gift>,
        /// Whom it is for.
        card: Option<GiftCard>,
        /// The code that redeems it, once it is paid and until it is redeemed.
        code: Option<String>,
    },
}

impl News {
    /// Whether something ends or is about to, and who has it may be offered
    /// something else.
    pub(crate) fn is_of_an_end(&self) -> bool {
        let Self::Subscription { fact, .. } = self else {
            return false;
        };
        matches!(
            fact,
            Fact::Ended { .. }
                | Fact::ReminderDue {
                    kind: ReminderKind::TrialEnds,
                    ..
                }
        )
    }

    /// What it is about a payment that somebody waits for on a page, where it is:
    /// the one with which something begins, or that of a change of plan.
    pub(crate) fn awaited_payment(&self) -> Option<&PaymentFact> {
        match self {
            Self::Subscription {
                fact: Fact::Payment(fact),
                subscription,
            } if subscription.cycle.is_none() || is_of_change(fact, subscription) => Some(fact),
            Self::Gift {
                fact: GiftFact::Payment(fact),
                ..
            } => Some(fact),
            Self::Subscription { .. } | Self::Gift { .. } => None,
        }
    }
}

/// Whether it is about what a change of plan costs.
fn is_of_change(fact: &PaymentFact, subscription: &Subscription) -> bool {
    let (PaymentFact::ChargeDeclined { charge, .. }
    | PaymentFact::AuthenticationRequired { charge, .. }) = fact
    else {
        return false;
    };
    subscription.payments.purpose(charge.order) == Some(Purpose::PlanChange)
}

/// What a buyer writes on a gift: kept apart from its facts, and erased with
/// the buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCard {
    /// Where the gift goes; `None` where the buyer hands the code over.
    pub to: Option<String>,
    /// What whoever gets it is called.
    pub name: Option<String>,
    /// Who gives it, as they want to be named.
    pub from: Option<String>,
    /// A few words.
    pub message: Option<String>,
}

/// A mail wasn't sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSent {
    /// Whether it is worth trying again.
    pub again: Again,
    /// Why, for the log: no address, no secret.
    pub why: String,
}

impl NotSent {
    /// The same without any address: what a mail server says may repeat it, and
    /// neither the log nor a job that was given up is to keep it.
    #[must_use]
    pub(crate) fn nameless(self) -> Self {
        let words = self.why.split_inclusive(char::is_whitespace);
        let why = words.map(|word| {
            if word.contains('@') {
                format!("…{}", &word[word.trim_end().len()..])
            } else {
                word.to_owned()
            }
        });
        Self {
            why: why.collect(),
            ..self
        }
    }
}

/// Whether a mail is worth trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Later, by itself; given up after a day.
    Later,
    /// Now and then, until somebody has put something right: a login, a template.
    Repaired,
    /// Never: the address is none, the server won't have it.
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mail_server_says_is_kept_without_the_address() {
        let said = |why: &str| {
            let again = Again::Never;
            let why = why.to_owned();
            NotSent { again, why }.nameless().why
        };
        let refused = "550 5.1.1 <anna@example.com>: no such\nmailbox (anna@example.com)";
        assert_eq!(said(refused), "550 5.1.1 … no such\nmailbox …");
        assert_eq!(said("it took  too long"), "it took  too long");
    }
}
