//! Accounts: signing up, in and out, links by mail, devices.
//!
//! Nobody learns here whether somebody else has an account: whoever asks with
//! an address gets the same answer and the same work is done for it, and what
//! there is to say is said by mail, to whoever reads mail there.

mod by_care;
mod data;
mod devices;
mod links;
mod mail;
mod newsletter;
mod other_address;
mod pending;
mod profile;
mod proof;
mod reset;
mod session;
mod sign_in;
mod sign_up;

pub(crate) mod notices;
pub(crate) mod samples;
pub(crate) mod view;

pub use by_care::NotSent;
pub(crate) use devices::signed_in;
use store::MailAddress;

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::wanted::Wanted;
use crate::ways;

/// The templates of this room. Those of the others extend its `base.html`.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates![
    "account/base.html",
    "account/parts.html",
    "account/login.html",
    "account/register.html",
    "account/forgot.html",
    "account/reset.html",
    "account/confirm.html",
    "account/sent.html",
    "account/profile.html",
    "account/newsletter.html",
    "account/mail.html",
    "account/mail-link.html",
    "account/password.html",
    "account/data.html",
    "account/erase.html",
    "account/notice.html",
];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    SignIn,
    AskForLink,
    Link,
    SignUp,
    Confirm,
    Forgot,
    Reset,
    Devices,
    Profile,
    Newsletter,
    Mail,
    MailLink,
    Password,
    Data,
    Erase,
    SignOut,
}

const WAYS: [(&str, Way); 16] = [
    ("login", Way::SignIn),
    ("login/mail", Way::AskForLink),
    ("login/link", Way::Link),
    ("register", Way::SignUp),
    ("register/link", Way::Confirm),
    ("forgot", Way::Forgot),
    ("reset", Way::Reset),
    ("account/devices", Way::Devices),
    ("account/name", Way::Profile),
    ("account/newsletter", Way::Newsletter),
    ("account/mail", Way::Mail),
    ("account/mail/link", Way::MailLink),
    ("account/password", Way::Password),
    ("account/data", Way::Data),
    ("account/erase", Way::Erase),
    ("logout", Way::SignOut),
];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &[])
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &[])
    }

    pub(crate) fn is_private(self) -> bool {
        matches!(
            self,
            Self::Devices
                | Self::Profile
                | Self::Newsletter
                | Self::Mail
                | Self::Password
                | Self::Data
                | Self::Erase
        )
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::SignIn => pages.sign_in_page(visit),
            Self::SignUp => pages.sign_up_page(visit),
            Self::Link => pages.link_page(visit, false),
            Self::Confirm => pages.link_page(visit, true),
            Self::Forgot => pages.forgot_page(visit),
            Self::Reset => pages.reset_page(visit),
            Self::Profile => pages.profile_page(visit).await,
            Self::Newsletter => pages.newsletter_page(visit).await,
            Self::Mail => pages.mail_page(visit).await,
            Self::MailLink => pages.mail_link_page(visit).await,
            Self::Password => pages.password_page(visit).await,
            Self::Data => pages.data_page(visit).await,
            Self::Erase => pages.erase_page(visit).await,
            // What leads back to its form leads to the page that has it.
            Self::AskForLink => {
                let to = pages.wanted(visit, &visit.request.asked());
                let login = format!("login{}", Wanted::query(to.as_ref()));
                Ok(respond::go(pages.below(&login)))
            }
            Self::Devices | Self::SignOut => Ok(respond::go(pages.below("account"))),
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::SignIn => pages.sign_in(visit, form).await,
            Self::AskForLink => pages.ask_for_link(visit, form).await,
            Self::Link => pages.follow_link(visit, form).await,
            Self::SignUp => pages.sign_up(visit, form).await,
            Self::Confirm => pages.confirm(visit, form).await,
            Self::Forgot => pages.forgot(visit, form).await,
            Self::Reset => pages.reset(visit, form).await,
            Self::Devices => pages.end_devices(visit, form).await,
            Self::Profile => pages.save_profile(visit, form).await,
            Self::Newsletter => pages.choose_newsletter(visit, form).await,
            Self::Mail => pages.ask_for_mail(visit, form).await,
            Self::MailLink => pages.change_mail(visit, form).await,
            Self::Password => pages.change_password(visit, form).await,
            Self::Data => pages.export(visit, form).await,
            Self::Erase => pages.erase(visit, form).await,
            Self::SignOut => pages.sign_out(visit).await,
        }
    }
}

/// The address that was typed, or the key of what is wrong with it.
pub(crate) fn address(typed: &str) -> Result<MailAddress, &'static str> {
    if typed.is_empty() {
        return Err("account-error-missing");
    }
    MailAddress::new(typed).map_err(|why| {
        tracing::debug!(%why, "a mail address wasn't taken");
        "account-error-mail"
    })
}
