//! The words and looks of every mail.
//!
//! What a mail tells is a typed [`Letter`]: plain amounts, days and names. A
//! fact about a subscription or a gift becomes one by [`of`]; what accounts ask
//! for ([`account`]) is written down as one. [`Letters`] puts a letter into a
//! reader's language and into a message, text and HTML, by templates that a
//! publisher may override; [`Sender`] hands it over and says what came of it.
//!
//! Not here: when mail is sent and how often it is tried, SQL, clocks and
//! randomness. A message is a function of its job, so a mail that is sent again
//! is the same mail.

pub mod account;
mod compose;
mod letter;
mod letters;
mod of;
mod places;
mod plain;
pub mod samples;
mod sender;
mod sheet;
mod theme;
mod wrap;

pub use letter::{
    AfterFailure, Agreed, Authentication, Ended, Failed, Gift, GiftBought, GiftFor, Letter, Line,
    LineFor, NextCharge, PlanChanged, PriceRise, Printed, Purchase, Receipt, Refund, RefundWhy,
    TrialEnds, TrialThen, Welcome, WelcomeTo, Withdrawing,
};
pub use letters::{Letters, Reader, Settings, Unwritable, Written};
pub use of::{Card, News, Told, of};
pub use places::Places;
pub use sender::{Sender, Sent};
