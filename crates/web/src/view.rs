//! What the pages show: one typed context for each template.

use serde::Serialize;

use crate::wanted::Wanted;

/// What every page knows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame<'a, P> {
    /// The name of the publication.
    pub(crate) publication: &'a str,
    /// Below what our pages are: `/-/`.
    pub(crate) prefix: &'a str,
    /// The style sheet's address.
    pub(crate) style: &'a str,
    /// What makes a form ours.
    pub(crate) token: &'a str,
    /// The page's own.
    pub(crate) page: &'a P,
}

/// A page: which template it is and what that is given.
pub(crate) trait Page: Serialize {
    /// The template.
    const TEMPLATE: &'static str;
}

macro_rules! pages {
    ($($name:ident => $template:literal),* $(,)?) => {$(
        impl Page for $name {
            const TEMPLATE: &'static str = $template;
        }
    )*};
}

pages! {
    SignIn => "account/login.html",
    SignUp => "account/register.html",
    Forgot => "account/forgot.html",
    Reset => "account/reset.html",
    Confirm => "account/confirm.html",
    Sent => "account/sent.html",
    Account => "account/account.html",
    Notice => "account/notice.html",
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

/// Where a reader wanted to go.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct To {
    /// The place, for a form.
    pub(crate) place: String,
    /// The query of a link that passes it on: `?to=%2Fstories%2Fa`.
    pub(crate) query: String,
}

impl From<Wanted> for To {
    fn from(wanted: Wanted) -> Self {
        let place = wanted.as_str();
        let mut query = form_urlencoded::Serializer::new("?".to_owned());
        Self {
            query: query.append_pair("to", place).finish(),
            place: place.to_owned(),
        }
    }
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

/// Something that is said, and one way on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Notice {
    /// The key of the title.
    pub(crate) title: &'static str,
    /// The key of the text.
    pub(crate) text: &'static str,
    /// How many minutes to wait, where the text says so.
    pub(crate) minutes: i64,
    /// Where to go on, below the prefix, and the key of what that is called.
    pub(crate) next: Option<(&'static str, &'static str)>,
}
