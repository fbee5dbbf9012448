//! One fetch for many: requests that want the same page at the same time wait
//! for one answer and share it, whatever it is. Nothing is kept after that.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::OnceCell;

use crate::pages::{NoPage, Shared, Stamp};

type Answer = Result<Shared, NoPage>;
type Under = (Arc<str>, Stamp);

/// The fetches under way: no more than there are requests.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<Under, Arc<OnceCell<Answer>>>>);

impl Flights {
    /// Takes part in the fetch of `key` under `stamp`: whoever comes first does
    /// the work, and if they give up, the next one does.
    pub(crate) fn join(&self, key: &str, stamp: Stamp) -> Flight<'_> {
        let under = (Arc::from(key), stamp);
        let mut flights = self.0.lock();
        let cell = flights.entry(under.clone()).or_default();
        Flight {
            cell: Arc::clone(cell),
            flights: self,
            under,
        }
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }
}

/// A part in one fetch.
pub(crate) struct Flight<'a> {
    flights: &'a Flights,
    under: Under,
    cell: Arc<OnceCell<Answer>>,
}

impl Flight<'_> {
    /// The answer, from `fetch` or from who has been faster.
    pub(crate) async fn answer<F: Future<Output = Answer>>(
        &self,
        fetch: impl FnOnce() -> F,
    ) -> Answer {
        self.cell.get_or_init(fetch).await.clone()
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut flights = self.flights.0.lock();
        // An answer is for those who were waiting: who comes later asks anew.
        // And nobody is left behind: the table's own and this one are two.
        if self.cell.initialized() || Arc::strong_count(&self.cell) <= 2 {
            let ours = flights.get(&self.under);
            if ours.is_some_and(|cell| Arc::ptr_eq(cell, &self.cell)) {
                flights.remove(&self.under);
            }
        }
    }
}
