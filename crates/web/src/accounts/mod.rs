//! Accounts: signing up, in and out, links by mail, devices.
//!
//! Nobody learns here whether somebody else has an account: whoever asks with
//! an address gets the same answer and the same work is done for it, and what
//! there is to say is said by mail, to whoever reads mail there.

mod devices;
mod links;
mod mail;
mod pending;
mod reset;
mod session;
mod sign_in;
mod sign_up;

use store::MailAddress;

/// The address that was typed, or the key of what is wrong with it.
fn address(typed: &str) -> Result<MailAddress, &'static str> {
    if typed.is_empty() {
        return Err("account-error-missing");
    }
    MailAddress::new(typed).map_err(|_| "account-error-mail")
}
