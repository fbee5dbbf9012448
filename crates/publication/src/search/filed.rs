//! What a story is filed under, where that alone is why it was found: a result that
//! shows none of the words that were typed looks like a mistake.

use std::collections::BTreeSet;

use jiff::Timestamp;
use search::{Facet, Language, Marker, Piece};

use super::document::names;
use crate::content::{Catalogue, Story};
use crate::view::facet_value;

/// The topics of a story, its section and its series, as readers know them, in which
/// something is marked that isn't marked in what else is shown of it.
pub(crate) fn filed<'a>(
    (catalogue, story, now): (&Catalogue, &Story, Timestamp),
    (marker, language): (&Marker, Language),
    shown: impl IntoIterator<Item = &'a Piece>,
) -> Vec<Vec<Piece>> {
    let seen: BTreeSet<String> = shown.into_iter().filter_map(marked).collect();
    let mut filed: Vec<Vec<Piece>> = Vec::new();
    let topics = story.topics().into_iter();
    let topics = topics.filter_map(|(id, _)| facet_value(catalogue, Facet::Topic, &id, now));
    for label in topics.chain(names(catalogue, story).cloned()) {
        let pieces = marker.mark(&label, language);
        let mut words = pieces.iter().filter_map(marked);
        if words.any(|word| !seen.contains(&word)) && !filed.contains(&pieces) {
            filed.push(pieces);
        }
    }
    filed
}

/// A piece that was looked for, however it is written.
pub(crate) fn marked(piece: &Piece) -> Option<String> {
    piece.marked.then(|| piece.text.to_lowercase())
}
