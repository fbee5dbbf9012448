//! Explaining: the decision for a story and a reader, at length, without
//! counting anything.

use std::net::IpAddr;

use access::{
    Country, Device, Entitlement, Entitlements, Explanation, Facts, Freshness, Gift, Language,
    Purpose, Reader, ReaderId, ReaderKind, Referrer, Request, Standing, Stories, Story,
    StoryEntitlement, explain,
};
use ipnet::IpNet;
use jiff::Timestamp;
use meter::Lookup;
use prompts::Locale;

use crate::gate::Gate;
use crate::identity::Presented;
use crate::pages::{Finding, NoPage, StoryPage};
use crate::slots::LocaleNo;
use crate::target::{BadTarget, Target};

/// Who is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    reader: Reader,
    /// Whose counted stories apply; `None` for somebody new.
    id: Option<ReaderId>,
    /// Whether they have bought the story that is asked about, whichever it is.
    has_bought: bool,
}

impl Who {
    /// The names that stand for readers.
    pub const NAMES: [&'static str; 13] = [
        "anonymous",
        "registered",
        "trial",
        "subscriber",
        "grace",
        "paused",
        "ended-trial",
        "lapsed",
        "buyer",
        "gifted",
        "staff",
        "crawler",
        "over-budget",
    ];

    fn named(name: &str) -> Option<Self> {
        let of = Reader::without_entitlements;
        let reading = |standing| {
            Reader::registered(Entitlements::new(vec![Entitlement {
                name: "read".into(),
                standing,
                until: None,
            }]))
        };
        let reader = match name {
            "anonymous" => Reader::anonymous(Freshness::Fresh),
            "gifted" => Reader {
                gift: Some(Gift::Opened),
                ..Reader::anonymous(Freshness::Fresh)
            },
            "over-budget" => Reader::anonymous(Freshness::OverBudget),
            "registered" | "buyer" => of(ReaderKind::Registered),
            "staff" => of(ReaderKind::Staff),
            "crawler" => of(ReaderKind::Crawler),
            "trial" => reading(Standing::Trial),
            "subscriber" => reading(Standing::Paid),
            "grace" => reading(Standing::Grace),
            "paused" => reading(Standing::Paused),
            "ended-trial" => reading(Standing::EndedTrial),
            "lapsed" => reading(Standing::EndedSubscription),
            _ => return None,
        };
        Some(Self {
            reader,
            id: None,
            has_bought: name == "buyer",
        })
    }

    /// The reader of that story; nobody buys a list of stories.
    fn on(&self, story: &StoryPage) -> Reader {
        let bought = (self.has_bought && !story.is_list).then(|| StoryEntitlement {
            story: story.story.id.clone(),
            until: None,
        });
        Reader {
            stories: Stories::new(bought.into_iter().collect()),
            // As nobody buys a list, nobody gives one.
            gift: self.reader.gift.filter(|_| !story.is_list),
            ..self.reader.clone()
        }
    }
}

/// Where a reader is asked about, on what they read, and how they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whence {
    /// The country; `None` where it isn't known.
    pub country: Option<Country>,
    /// The address; `None` where it isn't known.
    pub address: Option<IpAddr>,
    /// The kind of device.
    pub device: Device,
    /// The page they came from.
    pub referrer: Referrer,
    /// The language they prefer; `None` where it isn't known.
    pub language: Option<Language>,
    /// The locale they are addressed in; `None` for that of the story, or the
    /// publication's first, as for one that isn't among its locales.
    pub locale: Option<Locale>,
}

impl Default for Whence {
    /// Nothing is known, which is taken for somebody who typed the address on a
    /// desktop.
    fn default() -> Self {
        Self {
            country: None,
            address: None,
            device: Device::Desktop,
            referrer: Referrer::Direct,
            language: None,
            locale: None,
        }
    }
}

/// What came of asking.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The facts of the story.
    pub story: Story,
    /// The decision and the way to it.
    pub explanation: Explanation,
    /// The rule that decided, by its id.
    pub rule: Option<access::Name>,
    /// The network that the address is in, where its readers may use something
    /// without an account.
    pub network: Option<IpNet>,
}

/// Why there is nothing to explain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExplained {
    /// The address can't be read.
    #[error("that is no address of a story: {0}")]
    Target(BadTarget),
    /// There is no page, or none that can be served.
    #[error("the page can't be had: {0}")]
    Page(&'static str),
    /// There is a page, but no story on it.
    #[error("there is no story on that page, so everybody may read it")]
    NoStory,
    /// The reader is neither a known name nor a valid cookie.
    #[error("no such reader; say one of {names}, or the value of a reader's cookie", names = Who::NAMES.join(", "))]
    Reader,
    /// The meter's record of the reader can't be read.
    #[error(transparent)]
    Meter(#[from] meter::Unavailable),
}

impl Gate {
    /// Who `word` stands for: a kind of reader, or one reader by the value of
    /// their cookie.
    pub fn who(&self, word: &str) -> Result<Who, NotExplained> {
        if let Some(named) = Who::named(word) {
            return Ok(named);
        }
        match self.keys().verify(word.as_bytes()) {
            Presented::Valid(id) | Presented::Aging(id) => Ok(Who {
                reader: Reader::anonymous(Freshness::Returning),
                id: Some(id),
                has_bought: false,
            }),
            Presented::Nothing => Err(NotExplained::Reader),
        }
    }

    /// How the gate would decide at `now` for a plain GET of `path` from there.
    pub async fn explain(
        &self,
        path: &str,
        who: &Who,
        whence: &Whence,
        now: Timestamp,
    ) -> Result<Explained, NotExplained> {
        let (number, policy) = self.policy();
        let parts = &policy.parts;
        let (path, query) = path
            .split_once('?')
            .map_or((path, None), |(p, q)| (p, Some(q)));
        let target =
            Target::new(path, query, &parts.articles.query).map_err(NotExplained::Target)?;
        let how = Finding {
            origin: &parts.origin,
            articles: &parts.articles,
            site: parts.site.as_ref(),
            // What would be kept back is what is asked about.
            observes: false,
            policy: number,
            now,
        };
        let page = self.pages().look(&target, how).await.map_err(no_page)?;
        if !page.status.is_success() {
            return Err(NotExplained::Page("the publication has nothing there"));
        }
        let (_, story) = page.story().ok_or(NotExplained::NoStory)?;
        let told = whence.locale.as_ref();
        let locale = (told.and_then(|told| LocaleNo::of(told, &parts.locales)))
            .or_else(|| LocaleNo::closest(story.language.as_ref()?, &parts.locales))
            .unwrap_or(LocaleNo::DEFAULT);
        let request = Request {
            path: target.path(),
            // Nobody reads a list of stories, as the gate sees it.
            purpose: if story.is_list {
                Purpose::Inspect
            } else {
                Purpose::Read
            },
            country: whence.country,
            language: whence.language,
            device: whence.device,
            referrer: whence.referrer,
            address: whence.address,
            locale: policy.slots.name(locale),
        };
        let moment = policy.moment(now);
        let mut reader = who.on(story);
        let found = |address| self.networks().at(address, now);
        let by_network = whence.address.and_then(found);
        if let Some(found) = &by_network {
            reader.entitlements = reader.entitlements.and(&found.entitlements);
        }
        let facts = Facts {
            story: &story.story,
            reader: &reader,
            request: &request,
            moment: &moment,
        };
        let story_no = story.number(|id| self.meter().find_story(id));
        let on = |history: &[access::Counted]| explain(&parts.rules, &facts, story_no, history);
        let explanation = match who.id {
            None => on(&[]),
            Some(id) => self.with_history(id, on).await?,
        };
        let rule = explanation
            .decision
            .rule
            .and_then(|no| parts.rules.rule_id(no))
            .cloned();
        Ok(Explained {
            story: story.story.clone(),
            explanation,
            rule,
            network: by_network.map(|found| found.network),
        })
    }

    async fn with_history(
        &self,
        id: ReaderId,
        on: impl Fn(&[access::Counted]) -> Explanation,
    ) -> Result<Explanation, meter::Unavailable> {
        if let Lookup::Warm(explanation) = self.meter().read(id, &on) {
            return Ok(explanation);
        }
        let meter = self.meter().clone();
        tokio::task::spawn_blocking(move || meter.warm(id))
            .await
            .unwrap_or(Err(meter::Unavailable::Closed))?;
        match self.meter().read(id, on) {
            Lookup::Warm(explanation) => Ok(explanation),
            Lookup::Cold => Err(meter::Unavailable::Closed),
        }
    }
}

fn no_page(why: NoPage) -> NotExplained {
    NotExplained::Page(match why {
        NoPage::Origin => "the origin gave no answer; the server's log says why",
        NoPage::Unreadable => "it can't be taken apart safely; the server's log says why",
        NoPage::StoryMissing => "it should hold a story, but [articles] body matches nothing in it",
        NoPage::Closed => "what is there is no page, and isn't handed out",
        NoPage::Part => "the origin sends a part of the page instead of all of it",
        NoPage::Busy => "too many pages are being fetched; try again",
    })
}
