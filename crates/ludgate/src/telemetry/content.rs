//! What there is of the built-in publication, and what is known of it.

use std::fmt::Error;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use publication::Publication;
use search::Index;

use crate::cuts::Cuts;

/// The publication, where there is one: another after a change.
type Behind = Box<dyn Fn() -> Option<Arc<Publication>> + Send + Sync>;

/// Registers the publication that is `behind` the gate, its `cuts`, and the `index`
/// by which it is searched.
pub(crate) fn register_content(
    registry: &mut Registry,
    cuts: &Arc<Cuts>,
    index: &Arc<Index>,
    behind: Behind,
) {
    registry.register_collector(Box::new(Content {
        behind,
        cuts: Arc::clone(cuts),
        index: Arc::clone(index),
    }));
}

struct Content {
    behind: Behind,
    cuts: Arc<Cuts>,
    index: Arc<Index>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content")
    }
}

impl Collector for Content {
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), Error> {
        let Some(publication) = (self.behind)() else {
            return Ok(());
        };
        let stories = publication.stories().len() as u64;
        let texts = publication.has_indexed_texts().map(|has| {
            (
                "ludgate_publication_texts_complete",
                "Whether subscribers' search finds every whole text, or is being filled.",
                u64::from(has),
            )
        });
        let always = [
            (
                "ludgate_publication_stories",
                "Stories of the publication, those to come included.",
                stories,
            ),
            (
                "ludgate_publication_unchecked",
                "Stories of which it wasn't looked yet whether they can be cut.",
                self.cuts.left(),
            ),
            (
                "ludgate_publication_kept_back",
                "Stories that can't be cut, and are kept back from readers.",
                self.cuts.unsound(),
            ),
            (
                "ludgate_publication_held_back",
                "Files of stories that have mistakes, so that what they were before is served.",
                publication.held_back_count() as u64,
            ),
            (
                "ludgate_publication_searchable",
                "Stories that the search finds.",
                self.index.len() as u64,
            ),
            (
                "ludgate_publication_search_complete",
                "Whether the search finds every story that is out, or is being filled.",
                u64::from(self.index.is_complete()),
            ),
        ];
        for (name, help, value) in always.into_iter().chain(texts) {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            let encoder = to.encode_descriptor(name, help, None, gauge.metric_type())?;
            gauge.encode(encoder)?;
        }
        Ok(())
    }
}
