//! What a publication says of itself to programs, and which programs may be let in.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use store::Store;

/// What a publication says of itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// Its address, without a slash at the end.
    pub url: String,
    /// Below what everything of ours is: `/-/`.
    pub prefix: String,
    /// Its languages, the first by default.
    pub locales: Vec<prompts::Locale>,
    /// Its zone, by its name.
    pub timezone: String,
    /// Its colours and letters: the custom properties of its style, by their names.
    pub colours: BTreeMap<String, String>,
    /// The origins whose scripts may ask, as `Origin` names them; none unless said.
    /// They never bring a reader's cookies.
    pub origins: Vec<String>,
}

/// A program that readers may let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// What it calls itself.
    pub id: String,
    /// What readers are told that it is called.
    pub name: String,
}

/// Where readers have accounts.
#[derive(Clone)]
pub struct Accounts {
    /// Where they are kept.
    pub store: Store,
    /// The gate, as far as it follows the store.
    pub feed: Arc<dyn Feed>,
    /// Which programs may be let in.
    pub apps: Vec<App>,
    /// How long one stays let in.
    pub session: SignedDuration,
    /// How many devices an account may be signed in on, programs included.
    pub devices: usize,
}

/// Something under way.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What follows the store.
pub trait Feed: Send + Sync + 'static {
    /// Waits until the gate acts on the store's feed as far as that number; `false`
    /// where that takes too long.
    fn has_heard(&self, feed: i64) -> Doing<'_, bool>;
}

/// Fills a slice with random bytes; `false` if there are none to be had.
pub type Random = dyn Fn(&mut [u8]) -> bool + Send + Sync;

/// Time and chance.
#[derive(Clone)]
pub struct World {
    /// The system clock: sessions and tokens live by it.
    pub system: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Where random bytes come from.
    pub random: Arc<Random>,
}

impl World {
    /// So many random bytes.
    pub(crate) fn draw<const N: usize>(&self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        (self.random)(&mut bytes).then_some(bytes)
    }
}
