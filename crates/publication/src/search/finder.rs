//! Asking the index on behalf of the paper, and telling it what there is.

use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::Mutex;
use search::{
    Answer, Candidates, Document, Error, Index, Query, Reach, Request, Suggestions, Synced, Texts,
    Wanted,
};

use super::asked::{Asked, PER_PAGE};
use super::document::{Extent, document, fingerprint, second};
use crate::publication::Publication;

/// Where the paper is searched.
#[derive(Debug)]
pub(crate) struct Finder {
    open: Arc<Index>,
    texts: Arc<Texts>,
    /// Whether nobody else fills them. They are filled by the first who asks
    /// then, and again whenever a story has come out since.
    own_open: Option<Mutex<Filled>>,
    own_texts: Option<Mutex<Filled>>,
}

/// How far an index of one's own is filled.
#[derive(Debug, Default)]
struct Filled {
    at: Option<Timestamp>,
    /// When it has to be filled again.
    next: Option<Timestamp>,
}

impl Finder {
    /// Searches in `open` and `texts`, which are filled by whoever has them, or in
    /// memory.
    pub(crate) fn new(open: Option<&Arc<Index>>, texts: Option<&Arc<Texts>>) -> Self {
        let own = |is_given: bool| (!is_given).then(Mutex::default);
        Self {
            own_open: own(open.is_some()),
            own_texts: own(texts.is_some()),
            open: open.map_or_else(|| Arc::new(Index::new(None)), Arc::clone),
            texts: texts.map_or_else(|| Arc::new(Texts::new(None)), Arc::clone),
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
        self.fill(publication, Extent::Beginning, now)?;
        self.open.search(request)
    }

    pub(crate) fn suggest(
        &self,
        publication: &Publication,
        typed: &str,
        now: Timestamp,
    ) -> Result<Suggestions, Error> {
        self.fill(publication, Extent::Beginning, now)?;
        self.open.suggest(&Query::parse(typed), second(now))
    }

    /// Stories whose texts may have what is asked for.
    pub(crate) fn candidates(
        &self,
        publication: &Publication,
        (request, reach): (&Request, Reach),
        now: Timestamp,
    ) -> Result<Candidates, Error> {
        self.fill(publication, Extent::Beginning, now)?;
        self.fill(publication, Extent::Whole, now)?;
        self.texts.candidates(request, reach, &self.open)
    }

    /// The query with its slips of the pen mended, by what everybody may find.
    pub(crate) fn respelt(
        &self,
        publication: &Publication,
        query: &Query,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        self.fill(publication, Extent::Beginning, now)?;
        self.open.respelt(query, second(now))
    }

    /// Tells an index what there is at `now`.
    pub(crate) fn sync(
        &self,
        publication: &Publication,
        extent: Extent,
        now: Timestamp,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Synced, Error> {
        let catalogue = &publication.catalogue;
        let stories = catalogue.stories.all.all().iter();
        let wanted: Vec<Wanted<'_>> = stories
            .map(|story| Wanted {
                id: story.slug.as_str(),
                fingerprint: fingerprint(publication, story, extent),
                published: second(story.published),
            })
            .collect();
        let mut fetch = |id: &str| -> Option<Document> {
            let story = catalogue.story(id, now)?;
            // One whose text is gone is about to be no story any more.
            document(publication, story, extent)
                .inspect_err(|error| tracing::warn!(%error, "a story can't be found"))
                .ok()
        };
        let now = second(now);
        match extent {
            Extent::Beginning => self.open.sync(&wanted, now, &mut fetch, go_on),
            Extent::Whole => self.texts.sync(&wanted, now, &mut fetch, go_on),
        }
    }

    fn fill(&self, publication: &Publication, extent: Extent, now: Timestamp) -> Result<(), Error> {
        let own = match extent {
            Extent::Beginning => &self.own_open,
            Extent::Whole => &self.own_texts,
        };
        let Some(filled) = own else {
            return Ok(());
        };
        let mut filled = filled.lock();
        let is_old = filled.at.is_none_or(|at| now < at);
        if is_old || filled.next.is_some_and(|next| next <= now) {
            let synced = self.sync(publication, extent, now, &|| true)?;
            let next = synced.next.map(|second| Timestamp::from_second(second.0));
            *filled = Filled {
                at: Some(now),
                next: next.and_then(Result::ok),
            };
        }
        Ok(())
    }
}
