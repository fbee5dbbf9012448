//! Subscribers out of the CSV files of other systems, row by row.
//!
//! [`Rows`] reads a file in one of three [`Format`]s and gives a [`Subscriber`]
//! for each row, or says by the row's line what is wrong with it. It decides
//! nothing: which offer a level of another system becomes, whether somebody is
//! here already, and what is written down is the business of whoever reads.
//!
//! Not here: accounts, subscriptions, SQL. No clock is read.

mod error;
mod formats;
mod post;
mod rows;
mod subscriber;
mod table;

pub use error::{FileError, RowError, Wrong};
pub use formats::Format;
pub use rows::{Row, Rows};
pub use subscriber::{Card, Has, Paid, Subscriber};
