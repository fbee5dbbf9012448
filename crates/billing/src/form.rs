//! One form is one purchase: the ids of what it begins are made of it, so a form
//! that is sent twice begins the same thing.

use std::fmt;
use std::str::FromStr;

use commerce::ids::{AccountId, AddressId, GiftId, OrderId, SeatId, SubscriptionId};
use store::MailAddress;

use crate::billing::Billing;
use crate::error::BillingError;

/// Drawn when a form is shown, hidden in it, and sent with it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormToken(u128);

/// The text isn't a form's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form isn't one of ours; open the page again")]
pub struct NotAForm;

impl Billing {
    /// Draws a token for a form.
    pub fn draw_form(&self) -> Result<FormToken, BillingError> {
        self.inner.world.draw().map(FormToken)
    }
}

impl FormToken {
    /// A token of bits that were drawn at random: of a command line's, say.
    pub fn new(bits: u128) -> Self {
        Self(bits)
    }

    pub(crate) fn subscription(self, account: AccountId) -> SubscriptionId {
        SubscriptionId::new(self.bits(account, b"subscription"))
    }

    pub(crate) fn gift(self, account: AccountId) -> GiftId {
        GiftId::new(self.bits(account, b"gift"))
    }

    pub(crate) fn order(self, account: AccountId) -> OrderId {
        OrderId::new(self.bits(account, b"order"))
    }

    pub(crate) fn address(self, account: AccountId) -> AddressId {
        AddressId::new(self.bits(account, b"address"))
    }

    /// The seat to which a form of that account's invites. Whoever changes the
    /// address in a form they have sent means somebody else, and another seat.
    pub fn seat(self, account: AccountId, to: &MailAddress) -> SeatId {
        let of = format!("seat for {}", to.key());
        SeatId::new(self.bits(account, of.as_bytes()))
    }

    /// Another account's form makes other ids, so nobody can take theirs.
    fn bits(self, account: AccountId, of: &[u8]) -> u128 {
        let mut hasher = blake3::Hasher::new_derive_key("ludgate 2027 ids of a form");
        hasher.update(&account.get().to_be_bytes());
        hasher.update(&self.0.to_be_bytes());
        hasher.update(of);
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        u128::from_be_bytes(bytes)
    }
}

impl fmt::Display for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormToken")
    }
}

impl FromStr for FormToken {
    type Err = NotAForm;

    fn from_str(text: &str) -> Result<Self, NotAForm> {
        let plain = text.len() == 32 && text.bytes().all(|c| c.is_ascii_hexdigit());
        let bits = u128::from_str_radix(text, 16).ok().filter(|_| plain);
        bits.map(Self).ok_or(NotAForm)
    }
}
