//! Gift subscriptions: bought by one reader, redeemed by another with a code.
//!
//! A gift is paid for like anything else; when it is paid, its code goes out.
//! Redeeming it says who has it now; the caller then
//! [begins](crate::subscription::begin) that reader's subscription with
//! [`Funding::Gift`](crate::subscription::Funding::Gift), in the same
//! transaction. Codes are drawn, hashed and looked up outside: whoever calls
//! has found the gift by its code already.

mod handle;
mod name;
mod state;

pub use handle::{Buy, GiftCommand, GiftRefusal, MAX_SENT_AGAIN, buy, handle};
pub use state::{BadGiftHistory, Bought, Gift, GiftEnd, GiftFact, GiftStage};
