//! Why a provider gave no answer, and what to do about it.

use std::time::Duration;

use thiserror::Error;

use super::{CustomerToken, NotAToken};

/// Why there is no answer. The texts are for whoever runs the publication;
/// they hold no keys and nothing of a card.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// No connection could be made, so nothing was asked.
    #[error("{at} can't be reached: {why}; it is tried again")]
    Unreachable {
        /// The provider's address.
        at: String,
        /// What the system said.
        why: String,
    },
    /// It was asked, and its answer didn't come or broke off.
    #[error("{at} was asked and didn't answer: {why}; it is asked what became of it")]
    NoAnswer {
        /// The provider's address.
        at: String,
        /// What is known of it.
        why: String,
    },
    /// It is in trouble, and doesn't say what it did before.
    #[error("{at} is in trouble (status {status}{}); it is asked what became of it", named(.request.as_ref()))]
    Trouble {
        /// The provider's address.
        at: String,
        /// The status of its answer.
        status: u16,
        /// What it calls the request.
        request: Option<String>,
    },
    /// Its answer can't be understood.
    #[error("{at} answered with what can't be understood: {why}; it is asked again later")]
    Garbled {
        /// The provider's address.
        at: String,
        /// What is wrong with it.
        why: String,
    },
    /// The same is under way there already.
    #[error("{at} is at work on the same request; it is asked what became of it")]
    UnderWay {
        /// The provider's address.
        at: String,
    },
    /// Too much was asked at a time; nothing was done.
    #[error("{at} is asked too much at a time; it is tried again later")]
    Busy {
        /// The provider's address.
        at: String,
        /// How long it wants to be left alone, where it says so.
        wait: Option<Duration>,
    },
    /// It doesn't take our key; nothing was done.
    #[error(
        "{at} doesn't take the key: {why}; put the right one into [payments], it is tried again"
    )]
    Key {
        /// The provider's address.
        at: String,
        /// What it says.
        why: String,
    },
    /// Our books and its account don't go together: it doesn't know somebody
    /// whom it should, or may not do what it was opened for. Nothing was done.
    #[error(
        "{at} can't do that for this account: {why}; put the account's own key into [payments], or \
         see to the account there, it is tried again"
    )]
    Account {
        /// The provider's address.
        at: String,
        /// What it says.
        why: String,
    },
    /// It moves real money where we play, or the other way round. No answer of
    /// the kind is believed.
    #[error(
        "{at} answers about {} and the key is for {}; put the key and the address of one account \
         into [payments], it is tried again",
        money(!.is_live), money(*.is_live)
    )]
    Mode {
        /// The provider's address.
        at: String,
        /// Whether our key moves real money.
        is_live: bool,
    },
    /// It won't do that, and wouldn't another time; nothing was done.
    #[error("{at} refuses: {why}")]
    Refused {
        /// The provider's address.
        at: String,
        /// Its code, where it has one: `resource_missing`.
        code: Option<String>,
        /// What it says.
        why: String,
    },
    /// The amount can't be asked for in that currency there.
    #[error("{amount} can't be charged there: {why}; choose another price")]
    Amount {
        /// The amount.
        amount: commerce::money::Money,
        /// Why not.
        why: &'static str,
    },
    /// It has deleted the customer; make another. Nothing was done.
    #[error("{at} has deleted the customer {customer}; the account needs another one there")]
    Deleted {
        /// The provider's address.
        at: String,
        /// Who is gone.
        customer: CustomerToken,
    },
    /// The setup belongs to somebody else.
    #[error("this card wasn't entered by that customer; begin another setup")]
    NotTheirs,
    /// The card belongs to somebody else, or did.
    #[error("this card is already another customer's; enter it again, or another one")]
    CardTaken,
    /// A word of the provider's is none, in an answer to what was done.
    #[error(transparent)]
    Token(#[from] NotAToken),
    /// The sandbox couldn't write down what it was to do; nothing was done.
    #[error("the sandbox's journal {path} can't be written: {why}; it is tried again")]
    Journal {
        /// The file.
        path: String,
        /// What the system said.
        why: String,
    },
}

/// What to do about a request that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing was done, and nothing is wrong with it: the same again, later.
    Again,
    /// Nothing was done, and nothing will be until somebody has put something
    /// right; say so, and try the same again now and then.
    Repair,
    /// It may have been done. Only [`Delivery::Again`](super::Delivery::Again)
    /// or an inquiry.
    Ask,
    /// Nothing was done, and the same would be refused again.
    GiveUp,
}

impl Error {
    /// What to do about it.
    pub fn next(&self) -> Next {
        match self {
            Self::Unreachable { .. } | Self::Busy { .. } => Next::Again,
            Self::Key { .. } | Self::Account { .. } | Self::Mode { .. } | Self::Journal { .. } => {
                Next::Repair
            }
            Self::NoAnswer { .. }
            | Self::Trouble { .. }
            | Self::Garbled { .. }
            | Self::UnderWay { .. }
            | Self::Token(_) => Next::Ask,
            Self::Refused { .. }
            | Self::Amount { .. }
            | Self::Deleted { .. }
            | Self::NotTheirs
            | Self::CardTaken => Next::GiveUp,
        }
    }
}

/// Which money that is.
pub(crate) fn money(is_live: bool) -> &'static str {
    if is_live { "real money" } else { "test money" }
}

fn named(id: Option<&String>) -> String {
    id.map(|id| format!(", request {id}")).unwrap_or_default()
}
