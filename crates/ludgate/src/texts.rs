//! Searching whole texts for one reader. Joins crates that know nothing of each
//! other: the publication names candidates, and the gate says of each whether this
//! reader may read it whole without being counted. What the gate doesn't open is not
//! counted, not quoted, and decides nothing about what else is shown.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use access::AccountKey;
use api::{Asker, Pace};
use arc_swap::ArcSwapOption;
use gateway::{Gate, NotTold, Whom};
use jiff::Timestamp;
use publication::{CANDIDATES, FoundText, Publication, TextWish, Value};
use search::{Candidates, Marker, Reach};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::hands::Hands;

/// Searches that go on at once: each asks the gate about a hundred stories, and about
/// several hundred where the reader may read few of them.
const AT_ONCE: usize = 4;

/// The most stories that are found: who needs the next needs a better word.
const MOST_FOUND: usize = 100;

/// How often candidates are asked for until that many are found.
const STEPS: usize = 6;

/// How long each waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// The stories by which the gate decides, and their texts.
pub(crate) struct Texts {
    gate: Arc<Gate>,
    /// `None` where they come from another site.
    paper: ArcSwapOption<Publication>,
    turns: Arc<Semaphore>,
    hands: Hands,
    /// How often each searches, on the pages and by programs together.
    pace: Pace,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) words: String,
    /// A section, a topic, an author and a year.
    pub(crate) chosen: [Option<String>; 4],
    pub(crate) newest: bool,
    /// How many of those that are found are passed over.
    pub(crate) from: usize,
    /// How many are shown at most.
    pub(crate) most: usize,
}

/// What was found, all of which this reader may read.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub(crate) shown: Vec<T>,
    /// How many there are, on all pages.
    pub(crate) count: usize,
    /// By what they can be narrowed down: section, topic, author and year, each value
    /// with how many have it.
    pub(crate) values: [Vec<(Value, usize)>; 4],
    /// What was looked for instead, where nothing was found as it was typed.
    pub(crate) instead: Option<String>,
    /// Whether all texts were looked at.
    pub(crate) complete: bool,
}

/// Why nothing was looked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotFound {
    #[error("the stories are another site's")]
    Elsewhere,
    #[error("the reader is entitled to nothing")]
    NotEntitled,
    #[error("too many search at once")]
    Busy,
    /// After how many seconds there is room for another.
    #[error("the reader has searched too often, and may again in {0} seconds")]
    TooOften(i64),
    #[error("{0}")]
    NotTold(#[from] NotTold),
    #[error("{0}")]
    Index(#[from] search::Error),
    #[error("a search broke off: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

/// What of the candidates this reader may read, the best first.
struct Readable {
    ids: Vec<String>,
    marker: Marker,
    complete: bool,
}

/// One search: of whose stories, for whom and when.
struct Search<'a> {
    gate: &'a Gate,
    hands: &'a Hands,
    /// Kept by what goes on where nobody waits for it any more.
    turn: Arc<OwnedSemaphorePermit>,
    paper: Arc<Publication>,
    whom: Whom<'a>,
    now: Timestamp,
}

impl Texts {
    /// What is kept of who searches is keyed with `secret`.
    ///
    /// # Errors
    ///
    /// There are no threads to be had.
    pub(crate) fn new(gate: Arc<Gate>, secret: &[u8; 32]) -> io::Result<Self> {
        Ok(Self {
            gate,
            paper: ArcSwapOption::empty(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            hands: Hands::new("texts", AT_ONCE)?,
            pace: Pace::new(secret),
        })
    }

    /// From now on these are the stories. The gate has to decide by them already: what
    /// it opens may then be older than it thinks, and never newer.
    pub(crate) fn read_from(&self, paper: Option<Arc<Publication>>) {
        self.paper.store(paper);
    }

    /// The stories.
    pub(crate) fn paper(&self) -> Option<Arc<Publication>> {
        self.paper.load_full()
    }

    /// Which of the stories at these paths the account may read without a count. What
    /// can't be decided now is left out.
    pub(crate) async fn readable(
        &self,
        account: AccountKey,
        stories: &[String],
        now: Timestamp,
    ) -> Result<HashSet<String>, NotTold> {
        let snapshot = self.gate.accounts().snapshot(account);
        let snapshot = snapshot.ok_or(NotTold::Unavailable)?;
        let mut readable = HashSet::with_capacity(stories.len());
        for path in stories {
            let whom = Whom::Account(account, &snapshot);
            if may_read(&self.gate, path, whom, now).await {
                readable.insert(path.clone());
            }
        }
        Ok(readable)
    }

    /// Searches for an account.
    pub(crate) async fn find_for<T: Send + 'static>(
        &self,
        account: AccountKey,
        wanted: &Wanted,
        now: Timestamp,
        shape: fn(&Publication, &FoundText<'_>) -> T,
    ) -> Result<Found<T>, NotFound> {
        let snapshot = self.gate.accounts().snapshot(account);
        let snapshot = snapshot.ok_or(NotTold::Unavailable)?;
        let whom = Whom::Account(account, &snapshot);
        self.find(whom, wanted, now, shape).await
    }

    /// Searches for somebody, who has to be entitled to something: who isn't could
    /// find nothing that everybody can't, and is told so before anything is looked at.
    /// What is shown of a story is what `shape` makes of it.
    pub(crate) async fn find<T: Send + 'static>(
        &self,
        whom: Whom<'_>,
        wanted: &Wanted,
        now: Timestamp,
        shape: fn(&Publication, &FoundText<'_>) -> T,
    ) -> Result<Found<T>, NotFound> {
        let paper = self.paper().ok_or(NotFound::Elsewhere)?;
        let Some(entitled) = self.gate.entitled(whom, now)? else {
            return Err(NotFound::NotEntitled);
        };
        if !wanted.words.trim().is_empty() {
            let taken = self.pace.take(Asker::Texts(entitled), now);
            taken.map_err(NotFound::TooOften)?;
        }
        let turn = Arc::clone(&self.turns).acquire_owned();
        let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, turn).await else {
            return Err(NotFound::Busy);
        };
        let search = Search {
            gate: &self.gate,
            hands: &self.hands,
            turn: Arc::new(turn),
            paper,
            whom,
            now,
        };
        search.go(wanted, shape).await
    }
}

impl Search<'_> {
    async fn go<T: Send + 'static>(
        &self,
        wanted: &Wanted,
        shape: fn(&Publication, &FoundText<'_>) -> T,
    ) -> Result<Found<T>, NotFound> {
        if wanted.words.trim().is_empty() {
            return Ok(Found {
                shown: Vec::new(),
                count: 0,
                values: Default::default(),
                instead: None,
                complete: true,
            });
        }
        let mut instead = None;
        let mut readable = self.readable(wanted, Reach::Words).await?;
        if readable.ids.is_empty() {
            readable = self.readable(wanted, Reach::Beginnings).await?;
        }
        if readable.ids.is_empty()
            && let Some(words) = self.respelt(&wanted.words).await?
        {
            let respelt = Wanted {
                words: words.clone(),
                ..wanted.clone()
            };
            readable = self.readable(&respelt, Reach::Words).await?;
            instead = Some(words).filter(|_| !readable.ids.is_empty());
        }
        let paper = Arc::clone(&self.paper);
        let (from, most, now) = (wanted.from, wanted.most, self.now);
        let showing = self.carry_out(move || {
            let shown = readable.ids.iter().skip(from).take(most);
            let shown = shown.filter_map(|id| paper.quoted(id, &readable.marker, now));
            Found {
                shown: shown.map(|found| shape(&paper, &found)).collect(),
                count: readable.ids.len(),
                values: values(&paper, &readable.ids, now),
                instead,
                complete: readable.complete,
            }
        });
        Ok(showing.await?)
    }

    /// What of the candidates the reader may read: more are looked at until there are
    /// enough, so that how many are found doesn't tell how many aren't.
    async fn readable(&self, wanted: &Wanted, reach: Reach) -> Result<Readable, NotFound> {
        let mut readable = Readable {
            ids: Vec::new(),
            marker: Marker::default(),
            complete: true,
        };
        for step in 0..STEPS {
            let candidates = self.candidates(wanted, (reach, step * CANDIDATES)).await?;
            let is_last = candidates.ids.len() < CANDIDATES;
            readable.marker = candidates.marker;
            readable.complete = candidates.complete;
            for id in candidates.ids {
                let story = self.paper.story_out(&id, self.now);
                if let Some(path) = story.map(publication::Story::path)
                    && may_read(self.gate, &path, self.whom, self.now).await
                {
                    readable.ids.push(id);
                }
                if readable.ids.len() == MOST_FOUND {
                    return Ok(readable);
                }
            }
            if is_last {
                break;
            }
        }
        Ok(readable)
    }

    async fn candidates(
        &self,
        wanted: &Wanted,
        from: (Reach, usize),
    ) -> Result<Candidates, NotFound> {
        let paper = Arc::clone(&self.paper);
        let (wanted, now) = (wanted.clone(), self.now);
        let naming = self.carry_out(move || {
            let [section, topic, author, year] = &wanted.chosen;
            let wish = TextWish {
                words: &wanted.words,
                section: section.as_deref(),
                topic: topic.as_deref(),
                author: author.as_deref(),
                year: year.as_deref(),
                newest: wanted.newest,
            };
            paper.text_candidates(&wish, from, now)
        });
        Ok(naming.await??)
    }

    async fn carry_out<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, tokio::task::JoinError> {
        let turn = Arc::clone(&self.turn);
        let work = move || {
            let _turn = turn;
            work()
        };
        self.hands.carry_out(work).await
    }

    async fn respelt(&self, words: &str) -> Result<Option<String>, NotFound> {
        let (paper, words, now) = (Arc::clone(&self.paper), words.to_owned(), self.now);
        let mending = self.carry_out(move || paper.respelt(&words, now));
        Ok(mending.await??)
    }
}

/// Whether they may read the story whole without its being counted. What can't be
/// decided about they may not.
async fn may_read(gate: &Gate, path: &str, whom: Whom<'_>, now: Timestamp) -> bool {
    let foreseen = gate.foresee(path, whom, now).await;
    foreseen.is_ok_and(|foreseen| foreseen.is_whole())
}

/// What stories can be narrowed down by, the most frequent first, the years the latest
/// first.
fn values(paper: &Publication, ids: &[String], now: Timestamp) -> [Vec<(Value, usize)>; 4] {
    let mut all: [Vec<(Value, usize)>; 4] = Default::default();
    for story in ids.iter().filter_map(|id| paper.story_out(id, now)) {
        for (counted, values) in all.iter_mut().zip(paper.values_of(story, now)) {
            for value in values {
                match counted.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((value, 1)),
                }
            }
        }
    }
    for counted in &mut all {
        counted.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
    }
    let [.., years] = &mut all;
    years.sort_by(|(a, _), (b, _)| b.id.cmp(&a.id));
    all
}
