//! XML as exports write it, a piece at a time.
//!
//! An export of half a gigabyte is never in memory: [`Pieces`] cuts it at its entries, and
//! [`Element`] is one of them; [`walk`] goes from one to the next. What is broken ends
//! with its entry. Documents' own entities are never expanded, and nothing outside the
//! file is looked at.

mod element;
mod pieces;
mod walk;

pub(crate) use element::Element;
use pieces::{Cut, Pieces};
pub(crate) use walk::{Names, Part, walk};
