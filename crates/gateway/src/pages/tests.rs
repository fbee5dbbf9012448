//! Finding under load and after failures, without sockets.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use access::StoryId;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use tokio::task::{JoinSet, yield_now};

use super::*;
use crate::origin::{Fetching, Origin, OriginError, OriginRequest, OriginResponse};
use crate::policy::Articles;

/// An origin that answers every address alike, after a while.
struct Slow {
    status: AtomicU64,
    fetches: AtomicU64,
    html: &'static str,
    fleeting: AtomicBool,
}

const STORY: &str = "<p>Before.</p><div class=story-body><p>One two three four five six seven \
                     eight nine ten.</p><p>Withheld.</p></div>";

impl Slow {
    fn new(html: &'static str) -> Arc<Self> {
        Arc::new(Self {
            status: AtomicU64::new(200),
            fetches: AtomicU64::new(0),
            html,
            fleeting: AtomicBool::new(false),
        })
    }

    fn say(&self, status: u64) {
        self.status.store(status, Ordering::SeqCst);
    }

    fn fetches(&self) -> u64 {
        self.fetches.load(Ordering::SeqCst)
    }
}

impl Origin for Slow {
    fn fetch<'a>(&'a self, _: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            self.fetches.fetch_add(1, Ordering::SeqCst);
            for _ in 0..10 {
                yield_now().await;
            }
            let cache = if self.fleeting.load(Ordering::SeqCst) {
                "no-store"
            } else {
                "public, max-age=60"
            };
            let status = self.status.load(Ordering::SeqCst);
            let status = u16::try_from(status).expect("a status");
            if status == 0 {
                return Err(OriginError("it is down".to_owned()));
            }
            let status = StatusCode::from_u16(status).expect("a status");
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            let body = Bytes::from_static(self.html.as_bytes());
            Ok(OriginResponse::whole(status, html, body).kept(HeaderValue::from_static(cache)))
        })
    }
}

fn articles(selector: &str) -> Articles {
    let site = page::Origin::parse("http://review.example").expect("a site");
    let mut compile = page::Options::new(site)
        .body([selector])
        .expect("a selector");
    compile.preview = page::Preview::Words(4);
    Articles {
        compile,
        paths: access::PathPattern::new("/stories/**")
            .into_iter()
            .collect(),
        max_age: Duration::from_mins(1),
        query: Vec::new(),
    }
}

fn finding<'a>(
    origin: &'a Arc<dyn Origin>,
    articles: &'a Articles,
    policy: u64,
    seconds: i64,
) -> Finding<'a> {
    Finding {
        origin,
        articles,
        site: None,
        observes: false,
        policy,
        now: Timestamp::from_second(1_800_000_000 + seconds).expect("a time"),
    }
}

/// The page under policy `policy`, `seconds` after the start.
async fn find(
    (origin, pages): (&Arc<Slow>, &Arc<Pages>),
    articles: &Articles,
    policy: u64,
    seconds: i64,
) -> Result<Arc<Page>, NoPage> {
    let target = Target::new("/stories/a", None, &[]).expect("a target");
    let origin = Arc::clone(origin) as Arc<dyn Origin>;
    let how = finding(&origin, articles, policy, seconds);
    match pages.find(&target, &Fields::default(), how).await? {
        Found::Page(page) => Ok(page),
        Found::Streams(_) => panic!("a publication's pages are whole"),
    }
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(test);
}

/// Eight requests at the same time; how often the origin was asked.
async fn at_once(origin: &Arc<Slow>, status: u64) -> u64 {
    origin.say(status);
    let before = origin.fetches();
    let pages = Arc::new(Pages::new(1 << 20));
    let mut requests = JoinSet::new();
    for _ in 0..8 {
        let (origin, pages) = (Arc::clone(origin), Arc::clone(&pages));
        requests.spawn(async move {
            let found = find((&origin, &pages), &articles(".story-body"), 0, 0).await;
            found.map(|page| page.status.as_u16())
        });
    }
    for found in requests.join_all().await {
        let expected = u16::try_from(status).expect("a status");
        let expected = if status == 0 {
            Err(NoPage::Origin)
        } else {
            Ok(expected)
        };
        assert_eq!(found, expected);
    }
    let (_, misses) = pages.tally();
    assert_eq!(misses, 8, "each request looked once");
    assert!(pages.flights.is_empty(), "and nothing is left of them");
    origin.fetches() - before
}

#[test]
fn many_requests_for_one_page_share_one_answer_whatever_it_is() {
    run(async {
        let origin = Slow::new(STORY);
        for status in [200, 404, 301, 500, 0] {
            assert_eq!(at_once(&origin, status).await, 1, "{status}");
        }
    });
}

/// An origin that answers nobody before so many have asked.
struct Together(tokio::sync::Barrier);

impl Origin for Together {
    fn fetch<'a>(&'a self, _: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            self.0.wait().await;
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            let body = Bytes::from_static(STORY.as_bytes());
            Ok(OriginResponse::whole(StatusCode::OK, html, body))
        })
    }
}

#[test]
fn who_waits_for_an_origin_takes_no_place_among_those_that_compile() {
    run(async {
        let many = 2 * FETCHES;
        let origin: Arc<dyn Origin> = Arc::new(Together(tokio::sync::Barrier::new(many)));
        let pages = Arc::new(Pages::new(1 << 20));
        let mut requests = JoinSet::new();
        for number in 0..many {
            let (origin, pages) = (Arc::clone(&origin), Arc::clone(&pages));
            requests.spawn(async move {
                let path = format!("/stories/{number}");
                let target = Target::new(&path, None, &[]).expect("a target");
                let articles = articles(".story-body");
                let how = finding(&origin, &articles, 0, 0);
                pages.find(&target, &Fields::default(), how).await.is_ok()
            });
        }
        tokio::time::pause();
        let found = requests.join_all().await;
        assert!(found.into_iter().all(|is_there| is_there));
    });
}

#[test]
fn who_gives_up_while_fetching_leaves_the_page_to_the_next() {
    run(async {
        let origin = Slow::new(STORY);
        let pages = Arc::new(Pages::new(1 << 20));
        let articles = articles(".story-body");
        let given_up = tokio::select! {
            biased;
            _ = find((&origin, &pages), &articles, 0, 0) => false,
            () = std::future::ready(()) => true,
        };
        assert!(given_up && origin.fetches() == 1);
        assert!(pages.flights.is_empty());
        assert!(find((&origin, &pages), &articles, 0, 0).await.is_ok());
    });
}

#[test]
fn after_a_change_the_last_good_story_serves_its_beginning_until_there_is_a_new_one() {
    run(async {
        let origin = Slow::new(STORY);
        let pages = Arc::new(Pages::new(1 << 20));
        let (good, bad) = (articles(".story-body"), articles(".nowhere"));
        let first = find((&origin, &pages), &good, 0, 0).await.expect("a page");
        assert!(!first.is_degraded());
        // A policy under which the page should hold a story and doesn't.
        let page = find((&origin, &pages), &bad, 1, 1)
            .await
            .expect("the last good one");
        assert!(page.is_degraded() && page.story().is_some());
        let fetches = origin.fetches();
        let page = find((&origin, &pages), &bad, 1, 2).await.expect("likewise");
        assert!(page.is_degraded());
        assert_eq!(origin.fetches(), fetches, "not tried again at once");
        // A policy that is in order, and an origin that isn't.
        origin.say(0);
        let page = find((&origin, &pages), &good, 2, 3)
            .await
            .expect("likewise");
        assert!(page.is_degraded());
        let page = find((&origin, &pages), &good, 3, 3)
            .await
            .expect("likewise");
        assert!(page.is_degraded());
        // Another beginning is cut as soon as it can be.
        origin.say(200);
        let page = find((&origin, &pages), &good, 3, 20).await.expect("a page");
        assert!(!page.is_degraded());
    });
}

#[test]
fn what_was_no_story_under_another_policy_is_not_what_is_left_of_one() {
    run(async {
        let origin = Slow::new("<p>All of it.</p>");
        let pages = Arc::new(Pages::new(1 << 20));
        let mut open = articles(".story-body");
        open.paths.clear();
        let page = find((&origin, &pages), &open, 0, 0).await.expect("a page");
        assert!(page.story().is_none());
        let page = find((&origin, &pages), &articles(".story-body"), 1, 1).await;
        assert_eq!(page.err(), Some(NoPage::StoryMissing));
    });
}

#[test]
fn a_story_that_was_taken_down_is_gone_at_once() {
    run(async {
        let origin = Slow::new(STORY);
        let pages = Arc::new(Pages::new(1 << 20));
        let articles = articles(".story-body");
        assert!(find((&origin, &pages), &articles, 0, 0).await.is_ok());
        origin.say(404);
        let page = find((&origin, &pages), &articles, 1, 1)
            .await
            .expect("a page");
        assert_eq!((page.status.as_u16(), pages.size().0), (404, 0));
    });
}

#[test]
fn what_says_no_store_is_not_kept_on_the_second_look_either() {
    run(async {
        let origin = Slow::new(STORY);
        let pages = Arc::new(Pages::new(1 << 20));
        let articles = articles(".story-body");
        assert!(find((&origin, &pages), &articles, 0, 0).await.is_ok());
        assert_eq!(pages.size().0, 1);
        origin.fleeting.store(true, Ordering::SeqCst);
        for seconds in [61, 62] {
            assert!(find((&origin, &pages), &articles, 0, seconds).await.is_ok());
            assert_eq!(pages.size().0, 0);
        }
    });
}

#[test]
fn a_validator_follows_what_is_sent() {
    let compiled = |html: &str| {
        let options = articles(".story-body").compile;
        let page = page::compile(html.as_bytes(), None, StoryId::new("/"), &options);
        Content::Html(Arc::new(page.expect("a page")), None)
    };
    let body = blake3::hash(b"the same");
    let tag = |html| around::etag(&compiled(html), body).expect("a tag");
    assert_ne!(tag("<p>one"), tag("<p>two"));
    assert_eq!(tag("<p>one"), tag("<p>one"));
}
