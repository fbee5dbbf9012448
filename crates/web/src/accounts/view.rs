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
    Profile => "account/profile.html",
    Newsletter => "account/newsletter.html",
    NewMail => "account/mail.html",
    ConfirmMail => "account/mail-link.html",
    NewPassword => "account/password.html",
    Data => "account/data.html",
    Erase => "account/erase.html",
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
    /// Whether there is a newsletter to be asked for.
    pub(crate) has_newsletter: bool,
    /// Whether they have ticked that they want it.
    pub(crate) newsletter: bool,
    pub(crate) errors: Errors,
}

/// Where one asks for a new password.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Forgot {
    /// The address, as it was typed.
    pub(crate) mail: String,
    /// Where they wanted to go.
    pub(crate) to: Option<To>,
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

/// What somebody is called, and in which language they get mail.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// The publication's languages.
    pub(crate) languages: Vec<Language>,
}

/// Whether somebody wants the newsletter.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Newsletter {
    /// Where it goes.
    pub(crate) mail: String,
    pub(crate) wants: bool,
    /// Whether there is one to be asked for.
    pub(crate) is_offered: bool,
    /// What they have said of it, the latest first.
    pub(crate) said: Vec<Said>,
}

/// What somebody has said of the newsletter.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Said {
    /// The day, in the publication's zone.
    pub(crate) day: String,
    /// Whether they wanted it, and not that they didn't any more.
    pub(crate) is_given: bool,
    /// By which way: `web`, `import`, `care`.
    pub(crate) how: String,
}

/// A language by its own name.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Language {
    pub(crate) tag: String,
    pub(crate) name: String,
    pub(crate) is_chosen: bool,
}

/// Where an account gets another address.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct NewMail {
    /// The one it has.
    pub(crate) now: String,
    /// Whether nobody knows yet that it is theirs.
    pub(crate) is_unconfirmed: bool,
    /// The new one, as it was typed.
    pub(crate) mail: String,
    /// Whether the password has to be typed.
    pub(crate) asks_password: bool,
    /// Why it can't be done here and now: the key of a message.
    pub(crate) hindrance: Option<&'static str>,
    pub(crate) errors: Errors,
}

/// What the link to the new address leads to.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct ConfirmMail {
    /// What was in the link.
    pub(crate) key: String,
    /// Whose account it is: its address until now, masked.
    pub(crate) account: Option<String>,
    /// Whether the password has to be typed, as another browser asked.
    pub(crate) asks_password: bool,
    pub(crate) errors: Errors,
}

/// Where somebody who is signed in sets another password.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct NewPassword {
    /// Whether there is one, to be typed first.
    pub(crate) asks_password: bool,
    /// Why it can't be done here and now: the key of a message.
    pub(crate) hindrance: Option<&'static str>,
    /// The least characters of a password.
    pub(crate) least: usize,
    /// The most.
    pub(crate) most: usize,
    /// What is wrong with the one they have.
    pub(crate) errors: Errors,
    /// What is wrong with the new one.
    pub(crate) new_error: Option<&'static str>,
}

/// What is known of somebody, to take away.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Data {
    /// Whether the password has to be typed.
    pub(crate) asks_password: bool,
    /// Why it can't be done here and now: the key of a message.
    pub(crate) hindrance: Option<&'static str>,
    /// What is wrong with the password.
    pub(crate) error: Option<&'static str>,
}

/// Where an account is closed for good.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Erase {
    /// What runs and would end at once, by name.
    pub(crate) ends: Vec<String>,
    /// Whether the password has to be typed.
    pub(crate) asks_password: bool,
    /// Why it can't be done here and now: the key of a message.
    pub(crate) hindrance: Option<&'static str>,
    /// What is wrong with the password.
    pub(crate) error: Option<&'static str>,
    /// That they didn't say that they are sure.
    pub(crate) sure_error: Option<&'static str>,
}
