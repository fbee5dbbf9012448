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
use crate::newsroom::{NotSearched, Scope, Search};
use crate::problem::{Kind, Problem};
use crate::wire;

/// How many found stories are looked at for one answer, where each has to be decided
/// about: a few milliseconds each at worst.
const LOOKED_AT: usize = 100;

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
        if let (Some(story), false) = (&story, call.enquiry.is_head) {
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
        let scope = match asked.get("scope") {
            Some("whole") => Scope::Whole,
            _ => Scope::Open,
        };
        let from = asked.cursor().map(|text| cursor::many(text, DEEPEST));
        let from = from.transpose()?.unwrap_or(0);
        let most = match scope {
            Scope::Open => limit + 1,
            Scope::Whole => LOOKED_AT,
        };
        let words = asked.get("q").unwrap_or_default().to_owned();
        let named = |name| asked.get(name).map(str::to_owned);
        let (section, topic, author) = (named("section"), named("topic"), named("author"));
        let now = call.now();
        // An index is read for milliseconds, which no other request should wait for. As
        // many go on at once as programs are answered at once.
        let finding = tokio::task::spawn_blocking(move || {
            let search = Search {
                words: &words,
                scope,
                section: section.as_deref(),
                topic: topic.as_deref(),
                author: author.as_deref(),
                from,
                most,
            };
            lists.find(&search, now)
        });
        let hits = finding.await.map_err(|error| {
            tracing::error!(%error, "a search broke off");
            Problem::new(Kind::Busy, "The search broke off. Please try again.")
        })?;
        let hits = hits.map_err(|why| match why {
            NotSearched::NotYet => Problem::new(Kind::Busy, "The index is being made."),
            NotSearched::NoSuchScope => Problem::new(
                Kind::NoLists,
                "Here only what everybody may read is searched.",
            ),
        })?;
        let there_were = hits.len();
        let mut results = Vec::new();
        let mut looked_at = 0;
        for hit in hits {
            if results.len() == limit {
                break;
            }
            looked_at += 1;
            if scope == Scope::Whole && !self.may_know(call, &hit.story.path).await? {
                continue;
            }
            results.push(wire::Found {
                story: open(hit.story),
                excerpt: hit.excerpt,
            });
        }
        let at = from + looked_at;
        let is_more = looked_at < there_were || (scope == Scope::Whole && there_were == most);
        let next = (is_more && at < DEEPEST).then(|| cursor::after_many(at));
        json(&wire::Results { results, next })
    }

    /// Whether this reader may have the whole story without being counted.
    async fn may_know(&self, call: &Call<'_>, path: &str) -> Result<bool, Problem> {
        let whom = Whom::Whoever {
            headers: &call.enquiry.headers,
            peer: call.enquiry.peer,
        };
        match self.gate.foresee(path, whom, call.now()).await {
            Ok(foreseen) => Ok(foreseen.is_whole()),
            Err(gateway::NotTold::Token) => Err(Problem::token()),
            // What can't be decided about isn't found.
            Err(_) => Ok(false),
        }
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
