//! Pictures in the sizes that screens need.
//!
//! What photographers hand in is looked at without being decoded
//! ([`Head::read`]), stripped of what isn't the picture ([`bare`]), and made
//! into smaller ones by a bounded number of threads ([`Darkroom`]), which keeps
//! them in a folder of bounded size. And an [`Emblem`] is drawn of a paper's name.
//! Nothing here knows of stories, addresses, HTTP or clocks, and no byte of a picture
//! is trusted.

mod bare;
mod base;
mod colours;
mod darkroom;
mod drawing;
mod emblem;
mod fingerprint;
mod head;
mod kind;
mod negative;
mod print;
mod queue;
mod refusal;
#[cfg(test)]
mod samples;
mod shelf;
mod sizes;

pub use bare::bare;
pub use base::{Base, scaled};
pub use darkroom::{Bounds, Darkroom, Stats};
pub use drawing::renders;
pub use emblem::{Cut, Emblem, Tints, is_colour};
pub use fingerprint::Fingerprint;
pub use head::{Head, MAX_BYTES, MAX_PIXELS, MAX_SIDE};
pub use kind::Kind;
pub use negative::{Matter, Negative, Order, Reading};
pub use print::Form;
pub use refusal::{Failure, Refusal};
pub use sizes::{SHARED, WIDTHS, nearest, widths};
