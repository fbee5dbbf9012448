//! Asking the index on behalf of the paper, and telling it what there is.

use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::Mutex;
use search::{Answer, Error, Index, Query, Request, Suggestions, Synced, Wanted};

use super::asked::{Asked, PER_PAGE};
use super::document::{document, fingerprint, second};
use crate::publication::Publication;

/// Where the paper is searched.
#[derive(Debug)]
pub(crate) struct Finder {
    index: Arc<Index>,
    /// Whether nobody else fills the index. It is filled by the first who asks
    /// then, and again whenever a story has come out since.
    own: Option<Mutex<Filled>>,
}

/// How far an index of one's own is filled.
#[derive(Debug, Default)]
struct Filled {
    at: Option<Timestamp>,
    /// When it has to be filled again.
    next: Option<Timestamp>,
}

impl Finder {
    /// Searches in `index`, which is filled by whoever has it, or in one in
    /// memory.
    pub(crate) fn new(index: Option<&Arc<Index>>) -> Self {
        match index {
            Some(index) => Self {
                index: Arc::clone(index),
                own: None,
            },
            None => Self {
                index: Arc::new(Index::new(None)),
                own: Some(Mutex::default()),
            },
        }
    }

    pub(crate) fn search(
        &self,
        publication: &Publication,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<Answer, Error> {
        let request = Request {
            query: asked.query.clone(),
            filters: asked.filters.clone(),
            order: asked.order,
            skip: asked.skip(),
            show: PER_PAGE,
            now: second(now),
        };
        self.ask(publication, &request, now)
    }

    pub(crate) fn ask(
        &self,
        publication: &Publication,
        request: &Request,
        now: Timestamp,
    ) -> Result<Answer, Error> {
        self.fill(publication, now)?;
        self.index.search(request)
    }

    pub(crate) fn suggest(
        &self,
        publication: &Publication,
        typed: &str,
        now: Timestamp,
    ) -> Result<Suggestions, Error> {
        self.fill(publication, now)?;
        self.index.suggest(&Query::parse(typed), second(now))
    }

    /// Tells the index what there is at `now`.
    pub(crate) fn sync(
        &self,
        publication: &Publication,
        now: Timestamp,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Synced, Error> {
        let catalogue = &publication.catalogue;
        let stories = catalogue.stories.all.all().iter();
        let wanted: Vec<Wanted<'_>> = stories
            .map(|story| Wanted {
                id: story.slug.as_str(),
                fingerprint: fingerprint(publication, story),
                published: second(story.published),
            })
            .collect();
        let mut fetch = |id: &str| {
            let story = catalogue.story(id, now)?;
            // One whose text is gone is about to be no story any more.
            document(publication, story)
                .inspect_err(|error| tracing::warn!(%error, "a story can't be found"))
                .ok()
        };
        self.index.sync(&wanted, second(now), &mut fetch, go_on)
    }

    fn fill(&self, publication: &Publication, now: Timestamp) -> Result<(), Error> {
        let Some(filled) = &self.own else {
            return Ok(());
        };
        let mut filled = filled.lock();
        let is_old = filled.at.is_none_or(|at| now < at);
        if is_old || filled.next.is_some_and(|next| next <= now) {
            let synced = self.sync(publication, now, &|| true)?;
            let next = synced.next.map(|second| Timestamp::from_second(second.0));
            *filled = Filled {
                at: Some(now),
                next: next.and_then(Result::ok),
            };
        }
        Ok(())
    }
}
