//! The mails that accounts ask for, as they are written down with their jobs.

use commerce::ids::SubscriptionId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// The link signs in.
    SignIn,
    /// The link makes an account and signs in to it.
    SignUp,
    /// The link confirms the address of an account to be.
    Confirm,
    /// Somebody wanted to make an account, and there is one; the link signs in.
    AlreadyThere,
    /// The link sets a new password.
    Reset,
    /// Somebody wanted to set the password of an account that doesn't exist;
    /// the link leads to where one is made.
    NoAccount,
    /// The account is closed; there is nothing to do but to write to us.
    Closed,
    /// The password was changed. There is no link: who didn't do it sets
    /// another.
    PasswordChanged,
    /// The link confirms an account's new address.
    NewAddress,
    /// The account has another address by now; this goes to the old one.
    AddressChanged,
    /// The link takes a seat in what somebody else pays for.
    Invitation,
    /// Print is delivered otherwise than before. There is no link: who didn't ask for
    /// it finds it in the account.
    Delivery,
}

impl LetterKind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SignIn,
        Self::SignUp,
        Self::Confirm,
        Self::AlreadyThere,
        Self::Reset,
        Self::NoAccount,
        Self::Closed,
        Self::PasswordChanged,
        Self::NewAddress,
        Self::AddressChanged,
        Self::Invitation,
        Self::Delivery,
    ];

    /// The name in the job.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignUp => "sign_up",
            Self::Confirm => "confirm",
            Self::AlreadyThere => "already_there",
            Self::Reset => "reset",
            Self::NoAccount => "no_account",
            Self::Closed => "closed",
            Self::PasswordChanged => "password_changed",
            Self::NewAddress => "new_address",
            Self::AddressChanged => "address_changed",
            Self::Invitation => "invitation",
            Self::Delivery => "delivery",
        }
    }

    /// The name of its templates.
    pub(crate) fn template(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignUp => "sign-up",
            Self::Confirm => "confirm",
            Self::AlreadyThere => "already-there",
            Self::Reset => "reset",
            Self::NoAccount => "no-account",
            Self::Closed => "closed",
            Self::PasswordChanged => "password-changed",
            Self::NewAddress => "new-address",
            Self::AddressChanged => "address-changed",
            Self::Invitation => "seat",
            Self::Delivery => "delivery",
        }
    }
}

/// A mail to be put into words: the body of its job. It holds a secret, which is
/// forgotten once it was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Which.
    pub kind: LetterKind,
    /// Where it goes.
    pub to: String,
    /// In which language: a BCP 47 tag.
    pub locale: String,
    /// What they are called, where that is known.
    pub name: Option<String>,
    /// The whole address that it is about.
    pub link: Option<String>,
    /// For how many minutes the link is good.
    pub minutes: u32,
    /// Whose account it is about, where whoever gets it may not know that: the
    /// account's address, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What whoever is invited to a seat is told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// What is delivered otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// What was arranged of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Of which subscription.
    pub of: SubscriptionId,
    /// What.
    pub change: Change,
    /// From which day on.
    pub first: Date,
    /// Through which day, where it isn't for good.
    pub last: Option<Date>,
    /// Whether it came too late for some of the days.
    pub is_late: bool,
}

/// How a delivery is another than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Nothing is delivered.
    Suspended,
    /// It goes elsewhere.
    Elsewhere {
        /// The town: enough to know it again by, and no address that anybody who reads
        /// the mail could use.
        town: String,
    },
    /// What was arranged was taken back.
    Back,
}

/// Whose seat it is, and what one has with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What whoever invites is called, where that is known.
    pub giver: Option<String>,
    /// The names of what the subscription entitles to.
    pub grants: Vec<String>,
}

/// Never the link.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
