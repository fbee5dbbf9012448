//! Going through all stories that fit: counting them by section, topic, author
//! and year, and keeping the best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query as Ask};
use tantivy::{DocAddress, DocId};

use crate::answer::{Count, Filters, Order};
use crate::document::{Facet, Second};
use crate::error::Error;
use crate::snapshot::Snapshot;

/// What being new is worth at most, as a part of the score. Gentle: a story in
/// whose headline a word stands comes before a newer one that only mentions it.
const NEW: f32 = 0.5;

/// The age at which half of that is left, in seconds: half a year.
const HALF_NEW: f32 = 182.0 * 86_400.0;

/// The values of a facet that are counted out: more don't fit beside a page.
pub(crate) const VALUES: usize = 12;

/// What was found.
pub(crate) struct Tally {
    /// Whether a story has what is asked for, whatever the filters.
    pub(crate) any: bool,
    /// How many stories fit all filters.
    pub(crate) count: usize,
    /// The best, as many as were asked for.
    pub(crate) best: Vec<DocAddress>,
    /// By facet, the most frequent first.
    pub(crate) facets: [Vec<Count>; 4],
}

/// How the best are chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) order: Order,
    /// How many to keep.
    pub(crate) most: usize,
    pub(crate) now: Second,
}

/// One that may be among the best. The greatest is the worst.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    score: f32,
    published: i64,
    key: u64,
    address: DocAddress,
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        // Where a story lies in the index says nothing, so that the order of
        // results never depends on when it was indexed.
        other
            .score
            .total_cmp(&self.score)
            .then(other.published.cmp(&self.published))
            .then(self.key.cmp(&other.key))
    }
}

/// A filter over one segment: which of a facet's values are wanted.
enum Wanted {
    Any,
    /// By the numbers of the segment.
    These(Vec<u32>),
}

/// Goes through the stories that fit `ask` and `filters`. How rare a word is, is
/// told by `rarity`.
pub(crate) fn tally(
    snapshot: &Snapshot,
    rarity: &dyn Bm25StatisticsProvider,
    (ask, filters): (&dyn Ask, &Filters),
    choice: Choice,
) -> Result<Tally, Error> {
    let scoring = EnableScoring::enabled_from_statistics_provider(rarity, &snapshot.searcher);
    let weight = ask.weight(scoring)?;
    let mut totals = Facet::ALL.map(|facet| {
        let names = snapshot.names.get(facet.place());
        vec![0_u32; names.map_or(0, |names| names.names.len())]
    });
    let mut heap: BinaryHeap<Candidate> = BinaryHeap::with_capacity(choice.most + 1);
    let (mut any, mut count) = (false, 0);
    for (number, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let Some(table) = snapshot.tables.get(number) else {
            continue;
        };
        let wanted = Facet::ALL.map(|facet| wanted(snapshot, number, facet, filters));
        let mut counts = Facet::ALL.map(|facet| {
            let values = table.facets.get(facet.place());
            vec![0_u32; values.map_or(0, |values| values.names.len())]
        });
        let alive = segment.alive_bitset();
        weight.for_each(segment, &mut |doc: DocId, score| {
            if alive.is_some_and(|alive| !alive.is_alive(doc))
                || !snapshot.shows(number, doc, choice.now)
            {
                return;
            }
            any = true;
            let mut refused = [false; 4];
            for ((refused, wanted), values) in refused.iter_mut().zip(&wanted).zip(&table.facets) {
                if let Wanted::These(numbers) = wanted {
                    *refused = !values.of(doc).iter().any(|value| numbers.contains(value));
                }
            }
            let refusals = refused.iter().filter(|refused| **refused).count();
            // A value is counted as if it were the only one chosen of its
            // facet, so that another one can be chosen besides.
            if refusals <= 1 {
                let counted = counts.iter_mut().zip(&table.facets).zip(&refused);
                for ((counts, values), refused) in counted {
                    if refusals == 0 || *refused {
                        for value in values.of(doc) {
                            if let Some(count) = counts.get_mut(*value as usize) {
                                *count += 1;
                            }
                        }
                    }
                }
            }
            if refusals > 0 {
                return;
            }
            count += 1;
            let at = doc as usize;
            let published = table.published.get(at).copied().unwrap_or_default();
            let candidate = Candidate {
                score: match choice.order {
                    Order::Best => score * newness(published, choice.now),
                    Order::Newest => 0.0,
                },
                published,
                key: table.keys.get(at).copied().unwrap_or_default(),
                address: DocAddress::new(u32::try_from(number).unwrap_or(u32::MAX), doc),
            };
            if heap.len() < choice.most {
                heap.push(candidate);
            } else if let Some(mut worst) = heap.peek_mut()
                && candidate < *worst
            {
                *worst = candidate;
            }
        })?;
        add(snapshot, number, &counts, &mut totals);
    }
    Ok(Tally {
        any,
        count,
        best: heap
            .into_sorted_vec()
            .into_iter()
            .map(|candidate| candidate.address)
            .collect(),
        facets: Facet::ALL.map(|facet| top(snapshot, facet, &totals, filters)),
    })
}

/// What being new is worth: by how much the score is multiplied.
fn newness(published: i64, now: Second) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a minute more or less is worth nothing"
    )]
    let age = now.0.saturating_sub(published).max(0) as f32;
    1.0 + NEW / (1.0 + age / HALF_NEW)
}

fn wanted(snapshot: &Snapshot, segment: usize, facet: Facet, filters: &Filters) -> Wanted {
    let chosen = filters.of(facet);
    if chosen.is_empty() {
        return Wanted::Any;
    }
    let names = snapshot.names.get(facet.place());
    let map = names.and_then(|names| names.maps.get(segment));
    let numbers = chosen.iter().filter_map(|name| {
        let number = names?.find(name)?;
        let here = map?.iter().position(|known| *known == number)?;
        u32::try_from(here).ok()
    });
    Wanted::These(numbers.collect())
}

/// Adds the counts of a segment to those of all.
fn add(snapshot: &Snapshot, segment: usize, counts: &[Vec<u32>; 4], totals: &mut [Vec<u32>; 4]) {
    for ((names, counts), totals) in snapshot.names.iter().zip(counts).zip(totals) {
        let Some(map) = names.maps.get(segment) else {
            continue;
        };
        for (count, number) in counts.iter().zip(map) {
            if let Some(total) = totals.get_mut(*number as usize) {
                *total += count;
            }
        }
    }
}

/// The most frequent values, and those that were chosen whatever they have.
fn top(snapshot: &Snapshot, facet: Facet, totals: &[Vec<u32>; 4], filters: &Filters) -> Vec<Count> {
    let (Some(names), Some(totals)) =
        (snapshot.names.get(facet.place()), totals.get(facet.place()))
    else {
        return Vec::new();
    };
    let chosen = filters.of(facet);
    let mut counts: Vec<(u32, &str)> = totals
        .iter()
        .zip(&names.names)
        .filter(|(count, _)| **count > 0)
        .map(|(count, name)| (*count, &**name))
        .collect();
    let before = |a: &(u32, &str), b: &(u32, &str)| match facet {
        Facet::Year => b.1.cmp(a.1),
        _ => (b.0, a.1).cmp(&(a.0, b.1)),
    };
    if counts.len() > VALUES {
        counts.select_nth_unstable_by(VALUES, before);
        let rest = counts.split_off(VALUES);
        counts.extend(
            rest.into_iter()
                .filter(|(_, name)| chosen.iter().any(|chosen| chosen == name)),
        );
    }
    counts.sort_unstable_by(before);
    let mut shown: Vec<Count> = counts
        .into_iter()
        .map(|(stories, value)| Count {
            value: value.to_owned(),
            stories: stories as usize,
            chosen: chosen.iter().any(|chosen| chosen == value),
        })
        .collect();
    for value in chosen {
        if !shown.iter().any(|count| count.value == *value) {
            shown.push(Count {
                value: value.clone(),
                stories: 0,
                chosen: true,
            });
        }
    }
    shown
}
