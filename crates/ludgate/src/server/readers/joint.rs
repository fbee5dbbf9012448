//! The gate as the readers' own pages see it.

use std::sync::Arc;
use std::time::Duration;

use access::{AccountKey, Standing, StoryId};
use commerce::ids::AccountId;
use gateway::Gate;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use publication::{Feeds, Kind, Publication, Value};
use tokio::sync::watch;
use web::{
    Counted, Doing, Feed, FeedOf, FeedPlace, FoundText, FoundTexts, FoundValue, Headline, Keepable,
    NewSession, NotSearched, Piece, Sender, Sponsor, TextWish,
};

use super::counts;
use crate::texts::{self, Found, NotFound, Texts};

/// How long somebody waits for the gate to hear of something: it takes
/// milliseconds, and who waited in vain signs in all the same.
const PATIENCE: Duration = Duration::from_secs(5);

/// The gate, and how far it has followed the store.
pub(super) struct Joint {
    /// The gate has the pages, and they have this: all three last as long as the
    /// process.
    gate: Arc<Gate>,
    heard: watch::Receiver<i64>,
    /// The stories, where they are our own.
    texts: Arc<Texts>,
}

impl Joint {
    pub(super) fn new(gate: Arc<Gate>, texts: Arc<Texts>, heard: watch::Receiver<i64>) -> Self {
        Self { gate, heard, texts }
    }

    /// Those of the stories that the account may read without a count, each with what
    /// everybody may read of it.
    async fn may_keep(
        &self,
        account: AccountKey,
        stories: &[&str],
        now: Timestamp,
    ) -> Result<Vec<Keepable>, String> {
        let Some(paper) = self.texts.paper() else {
            return Ok(Vec::new());
        };
        let out = stories.iter().filter_map(|id| paper.story_out(id, now));
        let paths: Vec<String> = out.map(publication::Story::path).collect();
        let readable = self.texts.readable(account, &paths, now).await;
        let readable = readable.map_err(|error| error.to_string())?;
        let asked: Vec<String> = stories.iter().map(|id| (*id).to_owned()).collect();
        // Each is read from its file.
        let reading = tokio::task::spawn_blocking(move || {
            let out = asked.iter().filter_map(|id| paper.story_out(id, now));
            out.filter(|story| readable.contains(&story.path()))
                .map(|story| Keepable {
                    id: story.slug.to_string(),
                    beginning: paper.beginning(story).unwrap_or_default(),
                    version: Publication::version(story),
                })
                .collect()
        });
        reading.await.map_err(|error| error.to_string())
    }

    /// A feed with the stories that the account may read without a count.
    async fn written(
        &self,
        place: &str,
        account: AccountKey,
        now: Timestamp,
    ) -> Result<Option<Feed>, String> {
        let path = format!("/{place}");
        let Some(paper) = self.texts.paper() else {
            return Ok(None);
        };
        let Some(stories) = paper.feed_stories(&path, now) else {
            return Ok(None);
        };
        let readable = self.texts.readable(account, &stories, now).await;
        let readable = readable.map_err(|error| error.to_string())?;
        // Some thirty stories are set anew, which takes a while.
        let writing = tokio::task::spawn_blocking(move || paper.feed_with(&path, &readable, now));
        let written = writing.await.map_err(|error| error.to_string())?;
        match written {
            Some(written) if written.kind == Kind::Machine => Ok(Some(Feed {
                content_type: written.content_type,
                body: written.body,
            })),
            Some(failed) => Err(String::from_utf8_lossy(&failed.body).into_owned()),
            None => Ok(None),
        }
    }
}

impl web::Gate for Joint {
    /// By the system clock, that the gate reads itself: the time that a request
    /// comes with is the business clock's.
    fn sender(&self, headers: &HeaderMap, _: Timestamp) -> Sender {
        match self.gate.sender(headers) {
            gateway::Sender::SignedIn { session, account } => Sender::SignedIn { session, account },
            gateway::Sender::Anonymous => Sender::Anonymous,
            gateway::Sender::Unknown => Sender::Unknown,
        }
    }

    fn new_session(&self, until: Timestamp, now: Timestamp) -> Option<NewSession> {
        let gateway::NewSession { id, cookie } = self.gate.new_session(until, now)?;
        Some(NewSession { id, cookie })
    }

    fn forget_session(&self, now: Timestamp) -> Option<HeaderValue> {
        self.gate.forget_session(now)
    }

    fn take_over<'a>(
        &'a self,
        headers: &'a HeaderMap,
        account: AccountKey,
    ) -> Doing<'a, Result<bool, String>> {
        Box::pin(async move {
            let taken = self.gate.take_over(headers, account).await;
            taken.map_err(|error| error.to_string())
        })
    }

    fn story<'a>(&'a self, place: &'a str) -> Doing<'a, Option<StoryId>> {
        Box::pin(self.gate.story_at(place))
    }

    fn counted(&self, account: AccountKey) -> Doing<'_, Result<Counted, String>> {
        let meter = self.gate.meter().clone();
        Box::pin(async move {
            let account = AccountId::new(account.0);
            let counted = tokio::task::spawn_blocking(move || counts::of(&meter, account));
            let counted = counted.await.map_err(|error| error.to_string())?;
            let [read, given] = counted.map_err(|error| format!("{error:#}"))?;
            Ok(Counted { read, given })
        })
    }

    fn feeds(&self) -> Vec<FeedOf> {
        let paper = self.texts.paper();
        let feeds = paper.map_or_else(Vec::new, |paper| paper.feeds());
        let of = |feeds: Feeds| FeedOf {
            section: feeds.section,
            places: feeds
                .places
                .into_iter()
                .map(|(format, path)| FeedPlace {
                    format,
                    path: path.trim_start_matches('/').to_owned(),
                })
                .collect(),
        };
        feeds.into_iter().map(of).collect()
    }

    fn feed<'a>(
        &'a self,
        place: &'a str,
        account: AccountKey,
        now: Timestamp,
    ) -> Doing<'a, Result<Option<Feed>, String>> {
        Box::pin(self.written(place, account, now))
    }

    fn holds(&self, account: AccountKey, what: &str, now: Timestamp) -> Option<bool> {
        let snapshot = self.gate.accounts().snapshot(account)?;
        let standing = snapshot.entitlements.standing(what, now);
        Some(standing.is_some_and(Standing::is_active))
    }

    fn keepable<'a>(
        &'a self,
        account: AccountKey,
        stories: &'a [&'a str],
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Keepable>, String>> {
        Box::pin(self.may_keep(account, stories, now))
    }

    fn search_texts<'a>(
        &'a self,
        wish: &'a TextWish,
        account: AccountKey,
        now: Timestamp,
    ) -> Doing<'a, Result<FoundTexts, NotSearched>> {
        Box::pin(async move {
            let wanted = texts::Wanted {
                words: wish.words.clone(),
                chosen: wish.chosen.clone(),
                newest: wish.newest,
                from: wish.from,
                most: wish.most,
            };
            let found = self.texts.find_for(account, &wanted, now, shown).await;
            found.map(told).map_err(|why| match why {
                NotFound::Elsewhere => NotSearched::Elsewhere,
                NotFound::NotEntitled => NotSearched::NotEntitled,
                NotFound::Busy | NotFound::NotTold(_) => NotSearched::Busy,
                NotFound::TooOften(seconds) => {
                    NotSearched::TooOften(SignedDuration::from_secs(seconds))
                }
                why => NotSearched::Broken(why.to_string()),
            })
        })
    }

    fn language(&self) -> Option<String> {
        Some(self.texts.paper()?.language())
    }

    fn headline(&self, story: &str, now: Timestamp) -> Option<Headline> {
        let paper = self.texts.paper()?;
        let story = paper.story_out(story, now)?;
        Some(Headline {
            path: story.path(),
            title: story.title.clone(),
            standfirst: story.standfirst.clone(),
            language: paper.language_of(story),
            sponsor: story.sponsor.as_ref().map(sponsor),
        })
    }

    fn has_heard(&self, feed: i64) -> Doing<'_, bool> {
        Box::pin(has_heard(self.heard.clone(), feed))
    }
}

fn sponsor(by: &publication::Commission) -> Sponsor {
    Sponsor {
        name: by.name.to_string(),
        said: by.in_a_sentence(),
    }
}

/// A story that was found in its text, for who may read it.
fn shown(paper: &Publication, found: &publication::FoundText<'_>) -> FoundText {
    let pieces = |all: &[search::Piece]| -> Vec<Piece> {
        let piece = |one: &search::Piece| Piece {
            text: one.text.clone(),
            marked: one.marked,
        };
        all.iter().map(piece).collect()
    };
    let excerpt = found.excerpt.as_ref();
    FoundText {
        path: found.story.path(),
        language: paper.language_of(found.story),
        title: pieces(&found.title),
        standfirst: pieces(&found.standfirst),
        excerpt: excerpt.map_or_else(Vec::new, |excerpt| pieces(&excerpt.pieces)),
        filed: found.filed.iter().map(|label| pieces(label)).collect(),
        cut_before: excerpt.is_some_and(|excerpt| excerpt.cut_before),
        cut_after: excerpt.is_some_and(|excerpt| excerpt.cut_after),
        byline: found.story.byline.clone(),
        sponsor: found.story.sponsor.as_ref().map(sponsor),
        published: found.story.published,
    }
}

fn told(found: Found<FoundText>) -> FoundTexts {
    let value = |(value, stories): (Value, usize)| FoundValue {
        id: value.id,
        name: value.name,
        stories,
    };
    FoundTexts {
        stories: found.shown,
        count: found.count,
        values: found.values.map(|all| all.into_iter().map(value).collect()),
        instead: found.instead,
        complete: found.complete,
    }
}

impl api::Feed for Joint {
    fn has_heard(&self, feed: i64) -> api::Doing<'_, bool> {
        Box::pin(has_heard(self.heard.clone(), feed))
    }
}

/// Waits until the gate has followed the feed so far; `false` where that takes
/// too long.
pub(super) async fn has_heard(mut heard: watch::Receiver<i64>, feed: i64) -> bool {
    let news = heard.wait_for(|number| *number >= feed);
    matches!(tokio::time::timeout(PATIENCE, news).await, Ok(Ok(_)))
}
