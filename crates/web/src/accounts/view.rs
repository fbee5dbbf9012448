//! What the pages of accounts show: one typed context for each template.

use serde::Serialize;

use crate::view::{To, pages};

pages! {
    SignIn => "account/login.html",
    SignUp => "account/register.html",
    Forgot => "account/forgot.html",
    Reset => "account/reset.html",
    Confirm => "account/confirm.html",
    Sent => "account/sent.html",
    Account => "account/account.html",
}

/// What is wrong with what was typed: keys of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Errors {
    /// With the address.
    pub(crate) mail: Option<&'static str>,
    /// With the password.
    pub(crate) password: Option<&'static str>,
    /// With both together.
    pub(crate) form: Option<&'static str>,
}

/// Where one signs in.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct SignIn {
    /// The address, as it was typed.
    pub(crate) mail: String,
    /// Where they wanted to go.
    pub(crate) to: Option<To>,
    pub(crate) errors: Errors,
}

/// Where one makes an account.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct SignUp {
    /// The address, as it was typed.
    pub(crate) mail: String,
    /// The name, as it was typed.
    pub(crate) name: String,
    /// Where they wanted to go.
    pub(crate) to: Option<To>,
    /// The least characters of a password.
    pub(crate) least: usize,
    /// The most.
    pub(crate) most: usize,
    pub(crate) errors: Errors,
}

/// Where one asks for a new password.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Forgot {
    /// The address, as it was typed.
    pub(crate) mail: String,
    pub(crate) errors: Errors,
}

/// Where one chooses it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Reset {
    /// What was in the link.
    pub(crate) key: String,
    /// The least characters of a password.
    pub(crate) least: usize,
    /// The most.
    pub(crate) most: usize,
    pub(crate) errors: Errors,
}

/// What a link in a mail leads to: a button, since mail scanners follow links.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Confirm {
    /// What was in the link.
    pub(crate) key: String,
    /// Whether it confirms the address of an account to be.
    pub(crate) is_new: bool,
    /// Whether the password has to be typed, as another browser asked.
    pub(crate) asks_password: bool,
    pub(crate) errors: Errors,
}

/// That a mail was sent.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Sent {
    /// Where to.
    pub(crate) mail: String,
    /// For how many minutes the link is good.
    pub(crate) minutes: u32,
    /// Whether it has to be opened in this browser.
    pub(crate) only_here: bool,
}

/// The account.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Account {
    pub(crate) mail: String,
    pub(crate) name: Option<String>,
    pub(crate) devices: Vec<Device>,
}

/// A device that is signed in.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Device {
    /// Its session, as a form sends it.
    pub(crate) id: String,
    /// What it calls itself; empty where it says nothing that is known.
    pub(crate) label: String,
    /// The day it was last seen on, in the publication's zone.
    pub(crate) seen: String,
    /// Whether it is the one that asks.
    pub(crate) is_this: bool,
}
