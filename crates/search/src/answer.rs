//! A question to the index, and its answer.

use tantivy::TantivyDocument;

use crate::document::{Facet, Second};
use crate::error::Error;
use crate::marks::Marker;
use crate::plan::{self, Plan, Reach};
use crate::query::Query;
use crate::schema::Kept;
use crate::snapshot::Snapshot;
use crate::tally::{Choice, Tally, tally};
use crate::token::Cutter;

/// The last story that can be paged to. Who needs the next needs a better word.
pub const MAX_DEPTH: usize = 600;

/// The most stories of one page of results: those that a program asks for at once,
/// and one more, by which it knows that there are more.
pub const MAX_PAGE: usize = 101;

/// The most values that are chosen of a facet; further ones are left out.
pub const MAX_CHOSEN: usize = 8;

/// A question.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is looked for. An empty query finds everything that fits the
    /// filters, and nothing without any.
    pub query: Query,
    /// What stories have to be besides.
    pub filters: Filters,
    /// Which come first.
    pub order: Order,
    /// How many stories to leave out, at most [`MAX_DEPTH`].
    pub skip: usize,
    /// How many to show, at most [`MAX_PAGE`].
    pub show: usize,
    /// Stories of later than this don't exist.
    pub now: Second,
}

impl Request {
    /// A request for the best `show` stories for a query at `now`.
    pub fn best(query: Query, show: usize, now: Second) -> Self {
        Self {
            query,
            filters: Filters::default(),
            order: Order::Best,
            skip: 0,
            show,
            now,
        }
    }
}

/// Which stories come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those that fit best; of those alike, the newest.
    #[default]
    Best,
    /// The newest.
    Newest,
}

/// What stories have to be: of each facet that anything is chosen of, one of
/// what is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    chosen: [Vec<String>; 4],
}

impl Filters {
    /// Chooses a value of a facet as well; nothing where [`MAX_CHOSEN`] are.
    pub fn choose(&mut self, facet: Facet, value: &str) {
        if let Some(chosen) = self.chosen.get_mut(facet.place())
            && chosen.len() < MAX_CHOSEN
            && !chosen.iter().any(|known| known == value)
        {
            chosen.push(value.to_owned());
        }
    }

    /// What is chosen of a facet, in the order of choosing.
    pub fn of(&self, facet: Facet) -> &[String] {
        self.chosen
            .get(facet.place())
            .map_or(&[], |chosen| chosen.as_slice())
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.iter().all(Vec::is_empty)
    }
}

/// The stories of a value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value, as documents have it.
    pub value: String,
    /// How many of the stories that were found have it.
    pub stories: usize,
    /// Whether the results are narrowed down to it.
    pub chosen: bool,
}

/// What was found.
#[derive(Debug)]
pub struct Answer {
    /// How many stories fit.
    pub count: usize,
    /// Those to be shown.
    pub hits: Vec<Hit>,
    /// The most frequent values by facet, in the order of [`Facet::ALL`]; the
    /// years the latest first. What is chosen is always among them.
    pub facets: [Vec<Count>; 4],
    /// The query that was answered instead, where one of its words stands in
    /// no story and another one is nearly the same.
    pub instead: Option<String>,
    /// Whether the index holds everything that it should. While it is made
    /// stories are missing, the oldest ones first.
    pub complete: bool,
    /// Marks what was searched for in texts.
    pub marker: Marker,
}

/// A story that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// The text that the index has of it, which is what excerpts are made of.
    pub text: String,
    /// The language that it is written in.
    pub language: crate::Language,
}

/// Answers a question.
pub(crate) fn answer(
    snapshot: &Snapshot,
    request: &Request,
    complete: bool,
) -> Result<Answer, Error> {
    let mut cutter = Cutter::new();
    let nothing = |marker| Answer {
        count: 0,
        hits: Vec::new(),
        facets: Facet::ALL.map(|facet| {
            let chosen = request.filters.of(facet).iter();
            let count = |value: &String| Count {
                value: value.clone(),
                stories: 0,
                chosen: true,
            };
            chosen.map(count).collect()
        }),
        instead: None,
        complete,
        marker,
    };
    if request.query.is_empty() && request.filters.is_empty() {
        return Ok(nothing(Marker::default()));
    }
    let skip = request.skip.min(MAX_DEPTH);
    let most = (skip + request.show.min(MAX_PAGE)).min(MAX_DEPTH);
    let choice = Choice {
        order: if request.query.is_empty() {
            Order::Newest
        } else {
            request.order
        },
        most,
        now: request.now,
    };
    let Some((plan, tally)) = found(snapshot, &mut cutter, request, choice)? else {
        return Ok(nothing(Marker::default()));
    };
    let kept = tally
        .best
        .iter()
        .skip(skip)
        .map(|address| {
            let document: TantivyDocument = snapshot.searcher.doc(*address)?;
            Ok(snapshot.fields.read(&document))
        })
        .collect::<Result<Vec<Kept>, Error>>()?;
    let marker = Marker::new(plan.marked);
    let instead = instead(&request.query, &plan.instead, &kept, &mut cutter);
    Ok(Answer {
        count: tally.count,
        hits: kept
            .into_iter()
            .map(|kept| Hit {
                id: kept.id,
                text: kept.text,
                language: kept.language,
            })
            .collect(),
        facets: tally.facets,
        instead: instead.filter(|_| tally.count > 0),
        complete,
        marker,
    })
}

/// What fits, and the plan by which it was found; `None` where no story can. Which of
/// two plans it is doesn't hang on the filters, so that those add up.
fn found(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    request: &Request,
    choice: Choice,
) -> Result<Option<(Plan, Tally)>, Error> {
    let mut attempt = |reach| -> Result<Option<(Plan, Tally)>, Error> {
        let planned = (reach, request.now);
        let mut plan = plan::plan(snapshot, cutter, &request.query, planned)?;
        let Some(ask) = plan.ask.take() else {
            return Ok(None);
        };
        let wanted = (ask.as_ref(), &request.filters);
        let tally = tally(snapshot, &snapshot.searcher, wanted, choice)?;
        Ok(Some((plan, tally)))
    };
    let Some((plan, tally)) = attempt(Reach::Words)? else {
        return Ok(None);
    };
    if tally.any || !plan.may_go_on {
        return Ok(Some((plan, tally)));
    }
    // A word that some story has may be the beginning of those that are meant.
    Ok(attempt(Reach::Beginnings)?.or(Some((plan, tally))))
}

/// The query with its slips of the pen mended, by the words that the index has.
pub(crate) fn respelt(
    snapshot: &Snapshot,
    query: &Query,
    now: Second,
) -> Result<Option<String>, Error> {
    let mut cutter = Cutter::new();
    let taken = plan::plan(snapshot, &mut cutter, query, (Reach::Words, now))?.instead;
    let mut kept = Vec::new();
    for (_, term) in &taken {
        kept.extend(one_with(snapshot, &mut cutter, term, now)?);
    }
    Ok(instead(query, &taken, &kept, &mut cutter))
}

/// A story that has a term.
fn one_with(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    term: &str,
    now: Second,
) -> Result<Option<Kept>, Error> {
    let choice = Choice {
        order: Order::Newest,
        most: 1,
        now,
    };
    let planned = (Reach::Words, now);
    let Some(ask) = plan::plan(snapshot, cutter, &Query::parse(term), planned)?.ask else {
        return Ok(None);
    };
    let wanted = (ask.as_ref(), &Filters::default());
    let best = tally(snapshot, &snapshot.searcher, wanted, choice)?.best;
    let read = |address: &tantivy::DocAddress| {
        let document: TantivyDocument = snapshot.searcher.doc(*address)?;
        Ok(snapshot.fields.read(&document))
    };
    best.first().map(read).transpose()
}

/// The query with the words that were taken for others replaced, written as
/// the stories that were found write them.
fn instead(
    query: &Query,
    taken: &[(crate::token::Word, String)],
    kept: &[Kept],
    cutter: &mut Cutter,
) -> Option<String> {
    if taken.is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut at = 0;
    for (word, term) in taken {
        text.push_str(query.text().get(at..word.place.start)?);
        text.push_str(&written(term, kept, cutter).unwrap_or_else(|| term.clone()));
        at = word.place.end;
    }
    text.push_str(query.text().get(at..)?);
    Some(text)
}

/// A word by one of its terms, as a story writes it.
fn written(term: &str, kept: &[Kept], cutter: &mut Cutter) -> Option<String> {
    for story in kept {
        for text in [&story.headline, &story.standfirst, &story.text] {
            for word in cutter.words(text) {
                let fits = word.folded == term
                    || cutter
                        .forms(&word, story.language)
                        .iter()
                        .any(|form| form == term);
                if fits {
                    return Some(word.plain);
                }
            }
        }
    }
    None
}
