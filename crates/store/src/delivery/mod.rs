//! Print: what readers wish of its delivery, and what was handed to whoever
//! delivers it.
//!
//! What a wish may be, and what it comes to on a day, is `commerce`'s to say.

pub(crate) mod exports;
pub(crate) mod pages;
mod parts;
pub(crate) mod standing;
pub(crate) mod wishes;

pub use exports::{Begun, Finished, PrintExport, Voided};
pub use pages::{MAX_PAGE, Place, Printed};
pub use parts::{Line, MAX_LINES};
pub use standing::{Standing, VoidError};
pub use wishes::{MAX_WISHES, Taken, WishError, Wished};
