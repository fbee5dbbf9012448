//! What is delivered where on which day: the printed edition's calendar, who is
//! entitled to it on a day, and what readers wish for a while, nothing at all or
//! another address.
//!
//! Suspending is about delivery only: what is paid for runs on, and nothing is
//! given back. Not here: addresses themselves, which can be erased; files for
//! fulfilment houses; the record of what was exported, which is passed in.

mod entitled;
mod exported;
mod schedule;
mod wish;

pub use entitled::{Due, PRINT, due_on, is_printed};
pub use exported::{Back, Exported, Made};
pub use schedule::{Days, Limits, MAX_LEAD_DAYS, Schedule};
pub use wish::{Fate, Kept, Moved, Refused, Undone, Wish, WishKind, fate, may_begin, undo};
