//! Stories: as far as this reader may have them, and finding them.
//!
//! What is decided and counted is the gate's, and so is what of the text is handed
//! over. Nothing here has a story's text that the gate hasn't given.

use access::Decision;
use gateway::{Told, Wanted, Whom};
use http::header;

use crate::api::{Answer, Api, Call, json};
use crate::cursor;
use crate::newspaper::open;
use crate::newsroom::{Hit, NotSearched, Search};
use crate::problem::{Kind, Problem};
use crate::routes::REFRESH;
use crate::wire;

/// How far down a search goes. Who needs more needs a better word.
const DEEPEST: usize = 500;

impl Api {
    pub(crate) async fn read_story(&self, call: &Call<'_>) -> Answer {
        let lists = self.lists()?;
        let found = lists.story(call.id, call.now());
        // One that was taken away has a page that says so.
        let path = found.as_ref().map_or_else(
            || format!("/stories/{}", call.id),
            |found| found.story.path.clone(),
        );
        let story = found.map(|found| found.story);
        self.tell(call, &path, story).await
    }

    pub(crate) async fn read_at(&self, call: &Call<'_>) -> Answer {
        let address = call.asked.get("address").unwrap_or_default();
        let path = address.strip_prefix(&*self.settings.url).unwrap_or(address);
        let path = path.split('#').next().unwrap_or_default();
        self.tell(call, path, None).await
    }

    async fn tell(&self, call: &Call<'_>, path: &str, story: Option<wire::Story>) -> Answer {
        let told = self
            .gate
            .tell(Wanted {
                address: path,
                headers: &call.enquiry.headers,
                peer: call.enquiry.peer,
                reads: !call.enquiry.is_head,
                now: call.now(),
            })
            .await?;
        let path = told.story.id.as_str().to_owned();
        let story = story.or_else(|| {
            let id = path.strip_prefix("/stories/")?;
            let found = self.newsroom.lists()?.story(id, call.now())?;
            Some(found.story)
        });
        // Who has a copy brought up to date reads nothing by it.
        let reads = !call.enquiry.is_head && call.asked.get("purpose") != Some(REFRESH);
        if let (Some(story), true) = (&story, reads) {
            self.remember(call, &story.id).await;
        }
        let cookies = told.cookies.clone();
        let mut response = json(&read(told, path, story))?;
        for cookie in cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    pub(crate) async fn search(&self, call: &Call<'_>) -> Answer {
        let lists = self.lists()?;
        let asked = &call.asked;
        let limit = asked.limit();
        let from = asked.cursor().map(|text| cursor::many(text, DEEPEST));
        let search = Search {
            words: asked.get("q").unwrap_or_default(),
            section: asked.get("section"),
            topic: asked.get("topic"),
            author: asked.get("author"),
            from: from.transpose()?.unwrap_or(0),
            most: limit + 1,
        };
        let hits = if asked.get("scope") == Some("whole") {
            let whom = Whom::Whoever {
                headers: &call.enquiry.headers,
                peer: call.enquiry.peer,
            };
            self.newsroom.find_in_texts(&search, whom, call.now()).await
        } else {
            lists.find(&search, call.now()).await
        };
        let (hits, is_more) = first(hits.map_err(not_searched)?, limit);
        let at = search.from + hits.len();
        let found = |hit: Hit| wire::Found {
            story: open(hit.story),
            excerpt: hit.excerpt,
        };
        json(&wire::Results {
            results: hits.into_iter().map(found).collect(),
            next: (is_more && at < DEEPEST).then(|| cursor::after_many(at)),
        })
    }

    /// Writes down that it was read, for who wants that. Nobody is kept from reading
    /// where it can't be.
    async fn remember(&self, call: &Call<'_>, story: &str) {
        let (Some(accounts), Some(account)) = (&self.accounts, call.somebody()) else {
            return;
        };
        // An app that may not see the history still reads.
        let noted = async {
            let since = accounts.store.read().await?.history_since(account).await?;
            if since.is_none() {
                return Ok(());
            }
            let mut writing = accounts.store.write().await?;
            writing.note_reading(account, story, call.system).await?;
            writing.commit().await.map(drop)
        };
        let noted: Result<(), store::StoreError> = noted.await;
        if let Err(error) = noted {
            tracing::warn!(%error, "what was read couldn't be written down");
        }
    }
}

fn not_searched(why: NotSearched) -> Problem {
    match why {
        NotSearched::NotYet => Problem::new(
            Kind::Busy,
            "The index is being made, or too many search at once.",
        ),
        NotSearched::NoSuchScope => Problem::new(
            Kind::NoLists,
            "Here only what everybody may read is searched.",
        ),
        NotSearched::NotEntitled => Problem::new(
            Kind::NotEntitled,
            "Whole texts are searched by who has a subscription; leave `scope` out to search what \
             everybody may read.",
        ),
        NotSearched::Often(seconds) => Problem::often(seconds),
        NotSearched::Token => Problem::token(),
    }
}

/// The first of them, and whether there are more.
fn first(mut hits: Vec<Hit>, limit: usize) -> (Vec<Hit>, bool) {
    let is_more = hits.len() > limit;
    hits.truncate(limit);
    (hits, is_more)
}

/// What goes over the wire.
fn read(told: Told, path: String, story: Option<wire::Story>) -> wire::Read {
    wire::Read {
        story: story.map(|story| if told.is_whole { story } else { open(story) }),
        path,
        title: told.headline,
        description: told.description,
        decision: decision(&told.decision, told.rule.as_ref().map(access::Name::as_str)),
        whole: told.is_whole,
        body: told.body,
        prompt: told.prompt.map(|prompt| wire::Prompt {
            kind: prompt.prompt.as_str().to_owned(),
            text: prompt.text,
            html: prompt.html,
            renews: prompt.renews.map(|day| day.to_string()),
        }),
    }
}

fn decision(decision: &Decision, rule: Option<&str>) -> wire::Decision {
    wire::Decision {
        outcome: decision.outcome.as_str().to_owned(),
        reason: decision.reason.as_str().to_owned(),
        rule: rule.map(str::to_owned),
        used: decision.reading.map(|reading| reading.used),
        limit: decision.reading.map(|reading| reading.limit),
    }
}
