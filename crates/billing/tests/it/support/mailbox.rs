//! Mail that is kept instead of sent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ludgate_billing::{Contents, News, NotSent, Parcel, Post, Sending};
use parking_lot::Mutex;
use tokio::sync::Semaphore;

/// What was sent, and what is done with what comes.
#[derive(Default)]
pub(crate) struct Mailbox {
    pub(crate) sent: Mutex<Vec<Parcel>>,
    /// Set, nothing is taken.
    pub(crate) trouble: Mutex<Option<NotSent>>,
    /// Set, each mail waits for a permit of it.
    pub(crate) hold: Mutex<Option<Arc<Semaphore>>>,
    /// How many have come.
    pub(crate) come: AtomicUsize,
    ids: Mutex<BTreeSet<String>>,
}

impl Mailbox {
    /// The codes of gifts that were mailed.
    pub(crate) fn codes(&self) -> Vec<String> {
        let sent = self.sent.lock();
        let code = |parcel: &Parcel| match &parcel.what {
            Contents::Told(told) => match &told.news {
                News::Gift { code, .. } => code.clone(),
                News::Subscription { .. } => None,
            },
            Contents::Asked { .. } => None,
        };
        sent.iter().filter_map(code).collect()
    }
}

impl Post for Mailbox {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(async move {
            self.come.fetch_add(1, Ordering::Relaxed);
            let hold = self.hold.lock().clone();
            if let Some(hold) = hold {
                hold.acquire().await.expect("open").forget();
            }
            if let Some(trouble) = self.trouble.lock().clone() {
                return Err(trouble);
            }
            let is_new = self.ids.lock().insert(parcel.id.clone());
            assert!(is_new, "{} was sent twice", parcel.id);
            self.sent.lock().push(parcel.clone());
            Ok(true)
        })
    }
}
