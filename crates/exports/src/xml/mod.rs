//! XML as exports write it, a piece at a time.
//!
//! An export of half a gigabyte is never in memory: [`Pieces`] cuts it at its entries, and
//! [`Element`] is one of them. What is broken ends with its entry. Documents' own entities
//! are never expanded, and nothing outside the file is looked at.

mod element;
mod pieces;

pub(crate) use element::Element;
pub(crate) use pieces::{Cut, Pieces};
