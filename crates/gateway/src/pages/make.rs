//! From the origin's answer to a page: read it, see what kind of thing it is,
//! and take it apart or leave it out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use access::StoryId;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header, response};
use page::Encoded;
use page::feed::{self, Feed};
use tokio::sync::OwnedSemaphorePermit;

use super::answer::{
    Gathered, Said, Whole, bodiless, collect, gather, has_body, length, parts, unzipped,
};
use super::around::{around, public_head, tags, varies};
use super::claims::Claims;
use super::compile::Work;
use super::confirm;
use super::freshness::{self, Freshness};
use super::plans::Plans;
use super::stored::{Content, Page, Stamp, StoryPage};
use super::workshop::Workshop;
use super::{Finding, NoPage, Passing, tales};
use crate::look::{self, Claim, Seen};
use crate::media::{self, Media};
use crate::origin::{OriginBody, OriginResponse};
use crate::respond::{self, StoryHead};
use crate::shelf::{Bodies, Shelf};
use crate::site::Site;
use crate::target::Target;

/// Bodies from this size on are compiled on a thread of their own: it takes two
/// milliseconds, in which a worker answers a hundred other requests.
const LARGE: usize = 32 * 1024;

/// The largest file of the built-in publication's that is kept with its stories, in
/// bytes: as one of them. Larger pictures it finds again as fast as the disk does.
const LARGEST_KEPT: usize = 96 * 1024;

/// Words in all of the data that an answer to a form may hold: ten for each of
/// thirty fields that were filled in wrongly.
const TERSE: u32 = 300;

/// What has become of an answer.
pub(crate) enum Made {
    /// A page, and whether it is the same for everybody.
    Page(Arc<Page>, bool),
    /// Something that passes by, for the one who has asked.
    Streams(Box<Passing>),
}

/// What a page is made with.
pub(super) struct Making<'a> {
    pub(super) target: &'a Target<'a>,
    pub(super) how: Finding<'a>,
    pub(super) stamp: Stamp,
    pub(super) shelf: &'a Shelf,
    pub(super) plans: &'a Arc<Plans>,
    pub(super) claims: &'a Claims,
    pub(super) workshop: &'a Workshop,
    /// The page that is there already.
    pub(super) old: Option<&'a Page>,
    /// What the site was told, where its answer is for all and HTTP says how long.
    pub(super) asked: Option<&'a HeaderMap>,
    /// Why the answer would be kept back, once that is known and it goes out
    /// because the gate only observes.
    pub(super) held: OnceLock<NoPage>,
    /// Whether something that is said beside the answer was left out.
    pub(super) is_quieted: AtomicBool,
    /// The right to compile, kept by a thread that does so even where nobody
    /// waits for it any more.
    pub(super) permit: Arc<OwnedSemaphorePermit>,
}

impl Making<'_> {
    /// Makes a page of what the built-in publication has answered.
    pub(super) async fn of_ours(&self, response: OriginResponse) -> Result<Made, NoPage> {
        let kept = response.headers.get(header::CACHE_CONTROL);
        let max_age = kept
            .and_then(freshness::max_age)
            .unwrap_or(self.how.articles.max_age);
        let may_be_kept =
            response.status == StatusCode::OK && kept.is_none_or(|kept| kept != "no-store");
        let body = collect(response.body, page::Limits::MOST).await?;
        let mut response = Whole {
            status: response.status,
            headers: response.headers,
            body,
        };
        let media = Media::of(&response.headers);
        if media == Media::Harmless(Claim::Bytes) && response.status == StatusCode::OK {
            // Nothing to compress, and parts may be asked for.
            let content = Content::AsItCame(response.body.clone());
            let freshness = Freshness::lasting(max_age, self.how.now);
            let page = self.page(&response.said(), content, freshness);
            let is_small = response.body.len() <= LARGEST_KEPT;
            return Ok(Made::Page(Arc::new(page), may_be_kept && is_small));
        }
        let is_html = media == Media::Html;
        let content = match self.known(&response) {
            Some(content) => content,
            None if is_html => match self.compiled(&mut response).await {
                Ok(content) => content,
                Err(why) => {
                    self.hold(why)?;
                    Content::Other(Arc::new(Encoded::new(&response.body)))
                }
            },
            None => Content::Other(Arc::new(Encoded::new(&response.body))),
        };
        let freshness = Freshness::lasting(max_age, self.how.now);
        Ok(Made::Page(
            Arc::new(self.page(&response.said(), content, freshness)),
            may_be_kept,
        ))
    }

    /// Makes a page of what a foreign site has answered, as far as it may go
    /// out at all. Who only observes holds on to what came, to send it where no
    /// page can be made of it.
    pub(super) async fn of_theirs(
        &self,
        site: &Site,
        response: OriginResponse,
    ) -> Result<Made, NoPage> {
        if response.status.is_informational() {
            tracing::error!(
                path = self.target.path(), status = %response.status,
                "the site wants to speak another protocol, which nobody asked it to, instead of \
                 answering"
            );
            return Err(NoPage::Origin);
        }
        if !self.how.observes || !Media::of(&response.headers).is_taken_apart() {
            return self.judged(site, response).await;
        }
        let head = parts(&response);
        let came = |body| OriginResponse {
            status: head.status,
            headers: head.headers.clone(),
            body,
            upgrade: None,
        };
        let limit = self.how.articles.compile.limits.html;
        let body = match gather(response.body, limit).await? {
            Gathered::Whole(body) => body,
            Gathered::Longer(_, stream) => {
                self.hold(NoPage::Unreadable)?;
                return Ok(self.streams(came(OriginBody::Stream(stream))));
            }
        };
        match self
            .judged(site, came(OriginBody::Whole(body.clone())))
            .await
        {
            Err(why @ (NoPage::Unreadable | NoPage::StoryMissing)) => {
                self.hold(why)?;
                let whole = Whole {
                    status: head.status,
                    headers: head.headers.clone(),
                    body: body.clone(),
                };
                let (freshness, may_be_kept) = self.kept(site, &head, None);
                let page = self.page(&whole.said(), Content::AsItCame(body), freshness);
                Ok(Made::Page(Arc::new(page), may_be_kept))
            }
            made => made,
        }
    }

    /// The same, where what can't be made a page of isn't served.
    async fn judged(&self, site: &Site, mut response: OriginResponse) -> Result<Made, NoPage> {
        self.leave_out_tales(&mut response.headers);
        if let Some(again) = self.confirmed(site, &response) {
            return Ok(Made::Page(Arc::new(again), true));
        }
        let media = Media::of(&response.headers);
        let is_taken_apart = media.is_taken_apart();
        let is_part = response.status == StatusCode::PARTIAL_CONTENT;
        if is_taken_apart && is_part && has_body(&response) {
            return Err(self.in_part());
        }
        if media == Media::Html && has_body(&response) {
            let limit = self.how.articles.compile.limits.html;
            let head = parts(&response);
            let mut response = self.decoded(response, limit).await?;
            let leads = response.headers.contains_key(header::LOCATION);
            if response.status.is_redirection() && leads && !self.how.observes {
                // Nobody sees it, and it could be a story.
                response.body = Bytes::new();
            }
            match look::seen(&response.body) {
                Seen::Page => {}
                Seen::Xml => return self.listing(site, response, &head, Media::Xml),
                Seen::JsonFeed => return self.listing(site, response, &head, Media::JsonFeed),
                Seen::Data if site.lets_out(self.target.path(), Media::Other) => {}
                Seen::Data => self.keep_back(&response.headers)?,
            }
            let content = match self.known(&response) {
                Some(content) => content,
                None => self.compiled(&mut response).await?,
            };
            let (freshness, may_be_kept) = self.kept(site, &head, Some(&content));
            let page = Arc::new(self.page(&response.said(), content, freshness));
            return Ok(Made::Page(page, may_be_kept));
        }
        // A feed's address that leads to another has its type and no feed.
        let is_here = has_body(&response) && !response.status.is_redirection();
        if is_taken_apart && is_here {
            let limit = self.how.articles.compile.limits.html;
            let head = parts(&response);
            let response = self.decoded(response, limit).await?;
            return self.listing(site, response, &head, media);
        }
        if !is_here {
            return Ok(self.streams(bodiless(response)));
        }
        if !site.lets_out(self.target.path(), media) {
            if site.is_terse(self.target.path()) && !is_part {
                return self.data(site, response).await;
            }
            self.keep_back(&response.headers)?;
        }
        let response = match media {
            Media::Harmless(claim) if !site.lets_out(self.target.path(), Media::Other) => {
                self.as_claimed(site, response, claim).await?
            }
            _ => response,
        };
        let is_small = length(&response).is_some_and(|length| length <= site.largest as u64);
        if !is_small || freshness::is_never_kept(&response.headers) {
            return Ok(self.streams(response));
        }
        let (freshness, may_be_kept) = self.kept(site, &parts(&response), None);
        if !may_be_kept {
            return Ok(self.streams(response));
        }
        let body = collect(response.body, site.largest).await?;
        let response = Whole {
            status: response.status,
            headers: response.headers,
            body: body.clone(),
        };
        let content = Content::AsItCame(body);
        Ok(Made::Page(
            Arc::new(self.page(&response.said(), content, freshness)),
            true,
        ))
    }

    /// Makes a page of a feed, which is cut, or of a list of links.
    fn listing(
        &self,
        site: &Site,
        mut response: Whole,
        head: &response::Parts,
        media: Media,
    ) -> Result<Made, NoPage> {
        let line = response.headers.get(header::CONTENT_TYPE);
        let line = line.and_then(|line| line.to_str().ok()).unwrap_or_default();
        let cut = match media {
            Media::JsonFeed => feed::cut_json(&response.body, feed::EXCERPT),
            _ => feed::cut_xml(&response.body, media::charset(line), feed::EXCERPT),
        };
        let body = match cut {
            // Who only observes withholds nothing.
            Ok(_) if self.how.observes => response.body.clone(),
            Ok(Feed::Cut(text)) => {
                let essence = line.split(';').next().unwrap_or_default().trim();
                let line = format!("{essence}; charset=utf-8");
                if let Ok(line) = HeaderValue::try_from(line) {
                    response.headers.insert(header::CONTENT_TYPE, line);
                }
                Bytes::from(text)
            }
            Ok(Feed::Harmless) => response.body.clone(),
            Ok(Feed::Unknown) => {
                if !site.vouches_for(self.target.path()) {
                    self.keep_back(&response.headers)?;
                }
                response.body.clone()
            }
            Err(error) => {
                tracing::error!(
                    path = self.target.path(), %error,
                    observes = self.how.observes,
                    "the feed can't be cut, so it is kept back"
                );
                return Err(NoPage::Unreadable);
            }
        };
        let content = Content::Other(Arc::new(Encoded::new(&body)));
        let (freshness, may_be_kept) = self.kept(site, head, Some(&content));
        let page = Arc::new(self.page(&response.said(), content, freshness));
        Ok(Made::Page(page, may_be_kept))
    }

    /// Makes a page of data in which little is said, such as the answer to a
    /// form.
    async fn data(&self, site: &Site, response: OriginResponse) -> Result<Made, NoPage> {
        let head = parts(&response);
        let response = self.decoded(response, site.largest).await?;
        if !feed::is_terse(&response.body, TERSE) {
            self.keep_back(&response.headers)?;
        }
        let content = Content::Other(Arc::new(Encoded::new(&response.body)));
        let (freshness, may_be_kept) = self.kept(site, &head, Some(&content));
        let page = Arc::new(self.page(&response.said(), content, freshness));
        Ok(Made::Page(page, may_be_kept))
    }

    /// Lets nothing out that may hold a story, but where one only observes.
    pub(super) fn keep_back(&self, headers: &HeaderMap) -> Result<(), NoPage> {
        let (path, media) = (self.target.path(), headers.get(header::CONTENT_TYPE));
        tracing::warn!(
            path,
            ?media,
            observes = self.how.observes,
            "an answer that may hold a story's text is kept back; where it holds none, add its \
             path to [origin] open"
        );
        self.hold(NoPage::Closed)
    }

    /// Keeps the answer back for that, but where one only observes: there it is
    /// noted and goes out.
    fn hold(&self, why: NoPage) -> Result<(), NoPage> {
        if !self.how.observes {
            return Err(why);
        }
        self.held.get_or_init(|| why);
        Ok(())
    }

    /// The story under the address that it was asked for by, where too many claim
    /// the one that its page names.
    fn by_its_own_address(&self, content: Content) -> Content {
        let Content::Html(page, Some(story)) = &content else {
            return content;
        };
        let (named, own) = (story.story.id.as_str(), self.target.key());
        if *named == *own || !self.claims.are_too_many(named, self.target.path()) {
            return content;
        }
        let own = StoryId::new(own);
        Content::Html(
            Arc::clone(page),
            Some(Arc::new(StoryPage::called(own, page))),
        )
    }

    fn streams(&self, answer: OriginResponse) -> Made {
        Made::Streams(Box::new(Passing {
            answer,
            held: self.held.get().copied(),
            is_quieted: self.is_quieted.load(Ordering::Relaxed),
            observes: self.how.observes,
        }))
    }

    /// Why a part of what is taken apart isn't served: where a story begins in
    /// it would be anybody's guess.
    pub(super) fn in_part(&self) -> NoPage {
        if self.asked.is_some() {
            tracing::error!(
                path = self.target.path(),
                "the site sent a part (206) of what it was asked for all of, so it is not served"
            );
        }
        NoPage::Part
    }

    /// The old page, where the site says that it is still the same.
    fn confirmed(&self, site: &Site, answer: &OriginResponse) -> Option<Page> {
        if answer.status != StatusCode::NOT_MODIFIED || self.asked.is_none() {
            return None;
        }
        let old = self.old.filter(|old| old.cut_by == self.how.policy)?;
        let mut whole = parts(answer);
        whole.status = old.status;
        whole.headers = confirm::updated(old.freshness.said()?, &answer.headers);
        let (freshness, _) = self.kept(site, &whole, Some(&old.content));
        let said = Said {
            status: whole.status,
            headers: &whole.headers,
            body: old.body,
        };
        let mut again = self.page(&said, old.content.clone(), freshness);
        again.varies = Arc::clone(&old.varies);
        again.held = old.held;
        again.is_quieted |= old.is_quieted;
        Some(again)
    }

    /// How long the page may be used, and whether others may be shown it.
    fn kept(
        &self,
        site: &Site,
        head: &response::Parts,
        content: Option<&Content>,
    ) -> (Freshness, bool) {
        let (articles, now) = (self.how.articles, self.how.now);
        let asked = self.asked.and_then(|headers| {
            let uri = self.target.key().parse().ok()?;
            Some(freshness::request_parts(uri, headers.clone()))
        });
        let Some(asked) = asked else {
            return (Freshness::lasting(std::time::Duration::ZERO, now), false);
        };
        let by_http = freshness::by_http(&asked, head, now, site.brief);
        let is_story = matches!(content, Some(Content::Html(_, Some(_))));
        if !is_story || head.status != StatusCode::OK {
            return (by_http.freshness, by_http.may_be_kept);
        }
        // Asked for as by nobody, a story is the same for everybody, whatever
        // the site thinks of keeping it.
        let freshness = Freshness::lasting(articles.max_age, now).then_stale_for(site.stale);
        let freshness = match by_http.freshness.into_rules() {
            Some(rules) => freshness.by(rules),
            None => freshness,
        };
        (freshness, true)
    }

    /// What the same body was made into before.
    fn known(&self, response: &Whole) -> Option<Content> {
        let old = self.old?;
        let same = old.held.is_none()
            && old.body == blake3::hash(&response.body)
            && old.cut_by == self.how.policy
            && old.status == response.status
            && old.head.get(header::CONTENT_TYPE) == response.headers.get(header::CONTENT_TYPE)
            && !tales::say_much_anew(&response.headers, &old.head);
        same.then(|| old.content.clone())
    }

    fn page(&self, response: &Said<'_>, content: Content, freshness: Freshness) -> Page {
        let content = self.by_its_own_address(content);
        let mut around = around(response.headers);
        let is_story = matches!(content, Content::Html(_, Some(_)));
        let is_for_everybody = self.asked.is_some() || self.how.site.is_none();
        // A story that was asked for as by nobody brings nobody's cookies.
        let cookies = if is_story && self.asked.is_some() {
            Vec::new()
        } else {
            response
                .headers
                .get_all(header::SET_COOKIE)
                .iter()
                .cloned()
                .collect()
        };
        if content.is_gated() {
            around.append(respond::ROBOTS, HeaderValue::from_static("noarchive"));
        }
        let varies = varies(response.headers, &content);
        let head = public_head(response, &content, &around, is_for_everybody);
        Page {
            status: response.status,
            head,
            story_head: StoryHead::new(&around),
            weight: content.weight(),
            content,
            bodies: Bodies::new(self.shelf),
            body: response.body,
            cut_by: self.how.policy,
            stamp: self.stamp,
            freshness,
            varies: varies.into(),
            cookies,
            tags: tags(response.headers),
            degraded: AtomicBool::new(false),
            place: None,
            held: self.held.get().copied(),
            is_quieted: self.is_quieted.load(Ordering::Relaxed),
        }
    }

    /// The whole body with its content coding undone.
    async fn decoded(&self, response: OriginResponse, limit: usize) -> Result<Whole, NoPage> {
        let OriginResponse {
            status,
            mut headers,
            body,
            ..
        } = response;
        let body = collect(body, limit).await.inspect_err(|_| {
            let path = self.target.path();
            tracing::error!(
                path,
                "the page broke off or is too large, so it is kept back"
            );
        })?;
        // Several lines are several codings, one around the other.
        let codings: Vec<&[u8]> = headers
            .get_all(header::CONTENT_ENCODING)
            .iter()
            .map(HeaderValue::as_bytes)
            .collect();
        let coding = codings.join(&b", "[..]).to_ascii_lowercase();
        headers.remove(header::CONTENT_ENCODING);
        let body = match coding.as_slice() {
            b"" | b"identity" => body,
            b"gzip" | b"x-gzip" => unzipped(&body, limit).ok_or_else(|| {
                let path = self.target.path();
                tracing::error!(
                    path,
                    limit,
                    observes = self.how.observes,
                    "the page is no sound gzip, or too large once unpacked, so it is kept back"
                );
                NoPage::Unreadable
            })?,
            other => {
                tracing::error!(
                    path = self.target.path(),
                    coding = %String::from_utf8_lossy(other),
                    observes = self.how.observes,
                    "the site answered in an encoding that it wasn't asked for, so the page is \
                     kept back"
                );
                return Err(NoPage::Unreadable);
            }
        };
        Ok(Whole {
            status,
            headers,
            body,
        })
    }

    /// Leaves out what headers say that nobody knows, where it is much.
    fn leave_out_tales(&self, headers: &mut HeaderMap) {
        if self.how.observes {
            return;
        }
        let names = tales::leave_out(headers);
        if !names.is_empty() {
            self.is_quieted.store(true, Ordering::Relaxed);
            tracing::warn!(
                path = self.target.path(),
                ?names,
                "headers of an answer say more than an excerpt, so they are left out"
            );
        }
    }

    /// Compiles the page, where it is large on a thread for such work. Headers
    /// that repeat what isn't for everybody are left out of the answer.
    async fn compiled(&self, response: &mut Whole) -> Result<Content, NoPage> {
        let (path, id) = (self.target.path(), self.target.key());
        let (policy, observes) = (self.how.policy, self.how.observes);
        let (content, names) = if response.body.len() < LARGE {
            let work = Work {
                path,
                id: &id,
                response,
                articles: self.how.articles,
                policy,
                observes,
                plans: self.plans,
            };
            work.content()?
        } else {
            let (path, id) = (path.to_owned(), id.into_owned());
            let (response, articles) = (response.clone(), self.how.articles.clone());
            let place = self.workshop.place(self.old.is_some()).await?;
            let (permit, plans) = (Arc::clone(&self.permit), Arc::clone(self.plans));
            let work = move || {
                let _held = (permit, place);
                let work = Work {
                    path: &path,
                    id: &id,
                    response: &response,
                    articles: &articles,
                    policy,
                    observes,
                    plans: &plans,
                };
                work.content()
            };
            let made = tokio::task::spawn_blocking(work).await;
            made.unwrap_or(Err(NoPage::Unreadable))?
        };
        if !names.is_empty() && !observes {
            for name in &names {
                response.headers.remove(name);
            }
            self.is_quieted.store(true, Ordering::Relaxed);
            tracing::warn!(
                path,
                ?names,
                "headers of the page repeat its locked text, so they are left out"
            );
        }
        Ok(content)
    }
}
