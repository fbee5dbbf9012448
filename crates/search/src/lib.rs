//! Finds stories by their words.
