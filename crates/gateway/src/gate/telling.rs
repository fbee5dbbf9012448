//! A story for a program: what [`Gate::answer`] does for a page, without the page.
//!
//! The same phases in the same order: find, identify, decide, count. What comes of
//! them isn't spliced into a response but handed over, the story's body as far as
//! the decision goes and nothing beyond. It is taken out of the version of the page
//! that a browser would be sent (`page::CompiledPage::body`), so nothing can be in it
//! that isn't in that. And looking ahead: what would be decided for an account, for
//! feeds and searches, which count nothing.

use std::net::IpAddr;
use std::sync::Arc;

use access::{AccountKey, Decision, Name, Outcome, Snapshot, Story};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use ipnet::IpNet;
use jiff::Timestamp;

use super::judging::Read;
use super::{Gate, finding};
use crate::accounts::{SignedIn, reader_of};
use crate::head::{Fields, Head};
use crate::metrics::Stopwatch;
use crate::pages::{Finding, Found, NoPage, Page};
use crate::policy::{Mode, Policy, addressed};
use crate::programs::Borne;
use crate::signing::fields;
use crate::slots::{self, PromptTold};
use crate::target::Target;
use crate::visitor::Visitor;

/// A story that a program wants to read.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its address at the publication: the path, and the query if there is one.
    pub address: &'a str,
    /// The headers of the program's request. Who reads is told by its token, or by
    /// its cookies where it shows none.
    pub headers: &'a HeaderMap,
    /// Whose connection it is.
    pub peer: Option<IpAddr>,
    /// Whether the story is read. Who only asks about it, by `HEAD`, isn't charged,
    /// and gets no more than is open without that.
    pub reads: bool,
    /// The time by the business clock.
    pub now: Timestamp,
}

/// Of whom it is asked what they may read.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// Of nobody in particular.
    Nobody,
    /// Of an account with what it is entitled to, whether or not it is signed in
    /// anywhere.
    Account(AccountKey, &'a Snapshot),
    /// Of whoever sends these headers.
    Whoever {
        /// The headers.
        headers: &'a HeaderMap,
        /// Whose connection it is.
        peer: Option<IpAddr>,
    },
}

/// Who may use something that is sold or given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entitled {
    /// An account.
    Account(AccountKey),
    /// Whoever reads at a network, without one.
    Network(IpNet),
}

/// A story as far as one reader may have it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was decided, and paid for.
    pub decision: Decision,
    /// The rule that decided, by its name.
    pub rule: Option<Name>,
    /// Whether `body` is the whole story: by the decision, or because the gate
    /// observes only.
    pub is_whole: bool,
    /// The headline on the page that this reader would see.
    pub headline: Option<String>,
    /// What that page says of itself in a sentence.
    pub description: Option<String>,
    /// The story's body in HTML: all of it, or its beginning.
    pub body: String,
    /// What the rules know of the story. Names that a page gives may repeat what is
    /// locked: not to be told beside a beginning.
    pub story: Story,
    /// What the reader is told beside it.
    pub prompt: Option<PromptTold>,
    /// What the browser is to be given to keep; nothing for programs with tokens.
    pub cookies: Vec<HeaderValue>,
}

/// Why there is no story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTold {
    /// What is given is no address at the publication.
    #[error("that is no address of a story")]
    Address,
    /// The publication has nothing there, or not any more.
    #[error("the publication answers {0} there")]
    Missing(StatusCode),
    /// A page is there, and no one story on it.
    #[error("there is no story on that page")]
    NoStory,
    /// The token that is shown isn't good, or not any more.
    #[error("the token isn't good")]
    Token,
    /// It would be counted, and is fetched ahead only.
    #[error("it is counted when it is read, and not before")]
    Ahead,
    /// It can't be had now.
    #[error("the story can't be had just now")]
    Unavailable,
}

impl Gate {
    /// Reads a story for a program: finds it, decides, charges, and hands over what
    /// the decision goes as far as. When it returns, everything has happened that has
    /// to before the first locked byte leaves.
    ///
    /// # Errors
    ///
    /// There is no story, or none that can be handed over now. Nothing was counted.
    pub async fn tell(&self, wanted: Wanted<'_>) -> Result<Told, NotTold> {
        let (number, policy) = self.policy();
        let policy = &*policy;
        let mut watch = Stopwatch::start(self.metrics(), &*self.world().elapsed);
        let (path, query) = split(wanted.address);
        let request = Head {
            method: if wanted.reads {
                Method::GET
            } else {
                Method::HEAD
            },
            version: Version::HTTP_11,
            path,
            query,
            fields: fields(wanted.headers),
            bare: false,
        };
        let (mut visitor, shows) = self.reader_of(policy, &request.fields, wanted.peer)?;
        let (target, page) = self
            .page_at(policy, finding(policy, number, wanted.now), path, query)
            .await?;
        let (compiled, story) = page.story().ok_or(NotTold::NoStory)?;
        let read = Read {
            policy,
            page: &page,
            story,
            target: &target,
            request: &request,
            peer: wanted.peer,
            now: wanted.now,
        };
        visitor.read_by_network(self.networks(), wanted.now);
        if policy.parts.gifts.is_some() && shows == Shows::Cookies {
            let keys = self.keys();
            let by = self.recognising(&keys, policy);
            let number = || story.number(|id| self.meter().find_story(id));
            visitor.look_for_gifts(by, &request.fields, number);
        }
        let decided = self.decide_for(visitor, &read, &mut watch).await;
        if decided.is_declined(policy.parts.mode) {
            self.metrics().declined_prefetch();
            return Err(NotTold::Ahead);
        }
        if !decided.is_speculative() {
            self.record(&read, &decided);
        }
        let outcome = match policy.parts.mode {
            Mode::Observe => Outcome::Full,
            Mode::Enforce => decided.decision.outcome,
        };
        let said = compiled.body(outcome, &policy.parts.articles.compile);
        let said = said.map_err(|error| unreadable(path, &error))?;
        let prompt = match policy.parts.mode {
            Mode::Observe => None,
            Mode::Enforce => slots::told(
                policy,
                &self.offers.load(),
                &decided.decision,
                &decided.visitor.reader,
                decided.locale,
                &decided.moment,
            ),
        };
        let rule = |no| policy.parts.rules.rule_id(no).cloned();
        Ok(Told {
            rule: decided.decision.rule.and_then(rule),
            is_whole: outcome == Outcome::Full,
            headline: said.headline,
            description: said.description,
            body: said.body,
            story: story.story.clone(),
            prompt,
            cookies: self.cookies_of(policy, &decided.visitor).collect(),
            decision: decided.decision,
        })
    }

    /// What would be decided if somebody read the story, without that they do: nothing
    /// is counted, and no meter opens it.
    ///
    /// The page is looked for as for anybody, so asking about many is as dear as
    /// reading them.
    ///
    /// # Errors
    ///
    /// There is no story, or none that can be handed over now.
    pub async fn foresee(
        &self,
        address: &str,
        whom: Whom<'_>,
        now: Timestamp,
    ) -> Result<Foreseen, NotTold> {
        let (number, policy) = self.policy();
        let mut watch = Stopwatch::start(self.metrics(), &*self.world().elapsed);
        let (path, query) = split(address);
        let request = Head {
            method: Method::HEAD,
            version: Version::HTTP_11,
            path,
            query,
            fields: Fields::default(),
            bare: false,
        };
        let mut visitor = self.visitor_of(&policy, whom, now)?;
        // The meter has no say, so it isn't asked what it has counted.
        visitor.id = None;
        let (target, page) = self
            .page_at(&policy, finding(&policy, number, now), path, query)
            .await?;
        let (_, story) = page.story().ok_or(NotTold::NoStory)?;
        let read = Read {
            policy: &policy,
            page: &page,
            story,
            target: &target,
            request: &request,
            peer: None,
            now,
        };
        let decision = self.decide_for(visitor, &read, &mut watch).await.decision;
        drop(target);
        Ok(Foreseen {
            decision,
            page,
            policy,
        })
    }

    /// Whether somebody may use anything that is sold or given, by their account or
    /// their network, and whom to count that to: an account where they have one,
    /// whatever it is by.
    ///
    /// # Errors
    ///
    /// The token isn't good, or who it is can't be told now.
    pub fn entitled(&self, whom: Whom<'_>, now: Timestamp) -> Result<Option<Entitled>, NotTold> {
        let (_, policy) = self.policy();
        let visitor = self.visitor_of(&policy, whom, now)?;
        if !visitor.reader.entitlements.any_active(now) {
            return Ok(None);
        }
        let near = || self.networks().at(visitor.address?, now);
        let account = visitor.account.map(Entitled::Account);
        Ok(account.or_else(|| Some(Entitled::Network(near()?.network))))
    }

    fn visitor_of(
        &self,
        policy: &Policy,
        whom: Whom<'_>,
        now: Timestamp,
    ) -> Result<Visitor, NotTold> {
        let visitor = match whom {
            Whom::Nobody => self.reader_of(policy, &Fields::default(), None)?.0,
            Whom::Account(key, snapshot) => {
                let signed_in = SignedIn {
                    account: key,
                    reader: reader_of(key),
                    snapshot: snapshot.clone(),
                    until: now,
                };
                Visitor::with_account(signed_in, None)
            }
            Whom::Whoever { headers, peer } => {
                let (mut visitor, _) = self.reader_of(policy, &fields(headers), peer)?;
                visitor.read_by_network(self.networks(), now);
                visitor
            }
        };
        if visitor.is_unknown {
            return Err(NotTold::Unavailable);
        }
        Ok(visitor)
    }

    /// Who reads by what the request shows, and what that is.
    pub(super) fn reader_of(
        &self,
        policy: &Policy,
        fields: &Fields<'_>,
        peer: Option<IpAddr>,
    ) -> Result<(Visitor, Shows), NotTold> {
        let keys = self.keys();
        let by = self.recognising(&keys, policy);
        let address = policy.parts.trusted_proxies.client(peer, fields);
        match by.bearer(fields) {
            Borne::Nothing => {
                let mut visitor = Visitor::identify(by, fields, address);
                visitor.look_for_staff(by, fields);
                Ok((visitor, Shows::Cookies))
            }
            Borne::Good(_, signed_in) => {
                Ok((Visitor::with_account(signed_in, address), Shows::Token))
            }
            Borne::Bad => Err(NotTold::Token),
            Borne::Unknown => Err(NotTold::Unavailable),
        }
    }

    /// The page of the story at that address, as everybody's.
    async fn page_at<'r>(
        &self,
        policy: &Policy,
        how: Finding<'_>,
        path: &'r str,
        query: Option<&str>,
    ) -> Result<(Target<'r>, Arc<Page>), NotTold> {
        let parts = &policy.parts;
        let site = parts.site.as_deref();
        let target = addressed(&parts.articles, site, path, query);
        let target = target.map_err(|_| NotTold::Address)?;
        if target.path().starts_with(&*parts.prefix)
            || site.is_some_and(|site| site.is_closed(target.path(), target.query()))
        {
            return Err(NotTold::Missing(StatusCode::NOT_FOUND));
        }
        let found = self.pages().find(&target, &Fields::default(), how).await;
        let page = match found {
            Ok(Found::Page(page)) => page,
            Ok(Found::Streams(_)) => return Err(NotTold::NoStory),
            Err(NoPage::StoryMissing | NoPage::Closed | NoPage::Part) => {
                return Err(NotTold::NoStory);
            }
            Err(NoPage::Origin | NoPage::Unreadable | NoPage::Busy) => {
                return Err(NotTold::Unavailable);
            }
        };
        if !page.status.is_success() {
            return Err(NotTold::Missing(page.status));
        }
        let (_, story) = page.story().ok_or(NotTold::NoStory)?;
        if story.is_list {
            return Err(NotTold::NoStory);
        }
        Ok((target, page))
    }
}

/// What a reader is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// Whatever cookies there are.
    Cookies,
    /// A token, and nothing else.
    Token,
}

/// What would be decided about a story.
pub struct Foreseen {
    /// The decision. What it would charge isn't charged: it is full only where that
    /// is nothing.
    pub decision: Decision,
    page: Arc<Page>,
    policy: Arc<Policy>,
}

impl std::fmt::Debug for Foreseen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Foreseen")
            .field("decision", &self.decision)
            .finish_non_exhaustive()
    }
}

impl Foreseen {
    /// Whether the account may have the whole story without being charged.
    pub fn is_whole(&self) -> bool {
        self.decision.outcome == Outcome::Full && self.decision.charge.is_none()
    }

    /// The story's body in HTML: all of it where the account may have it, its
    /// beginning where it mayn't.
    ///
    /// # Errors
    ///
    /// Nothing of it can be handed over safely.
    pub fn body(&self) -> Result<String, NotTold> {
        let outcome = if self.is_whole() {
            Outcome::Full
        } else {
            Outcome::Preview
        };
        let (compiled, _) = self.page.story().ok_or(NotTold::NoStory)?;
        let said = compiled.body(outcome, &self.policy.parts.articles.compile);
        let said = said.map_err(|error| unreadable("a story", &error))?;
        Ok(said.body)
    }
}

fn split(address: &str) -> (&str, Option<&str>) {
    match address.split_once('?') {
        None => (address, None),
        Some((path, query)) => (path, Some(query)),
    }
}

fn unreadable(path: &str, error: &page::CompileError) -> NotTold {
    tracing::error!(path, %error, "a compiled page can't be read again");
    NotTold::Unavailable
}
