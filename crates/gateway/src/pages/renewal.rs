//! Renewing: who fetches a page that is missing or stale, who waits for it, and
//! what there is to be read where it can't be had.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::header;
use jiff::Timestamp;

use super::Pages;
use super::finding::{Finding, Found, NoPage};
use super::make::Made;
use super::stored::{Page, Stamp};
use crate::forward;
use crate::head::Fields;
use crate::target::Target;

/// How long a request waits for its page before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// The answer of a flight: what all who wait for it may have.
#[derive(Clone)]
pub(crate) enum Shared {
    /// The page.
    Page(Arc<Page>),
    /// Each has to ask alone.
    No,
}

impl Pages {
    /// The page anew: there is none, or it is stale or outdated. The request
    /// that finds it so waits for the new one, as long as [`PATIENCE`] lasts.
    pub(super) async fn renew(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        kept: Option<Arc<Page>>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Found, NoPage> {
        let key = target.key();
        let under = self.variant(&key, fields, how);
        let flight = self.flights.join(&under, stamp);
        let mut own = None;
        let (alone, key, old) = (&mut own, &*key, kept.as_deref());
        let fetch = async move || {
            let _under_way = match old {
                None => Some(self.workshop.enter()?),
                Some(_) => None,
            };
            let purges = self.purges.load(Ordering::Acquire);
            let made = self.fetch(target, fields, old, how, stamp).await?;
            Ok(match made {
                Made::Page(page, true) => {
                    self.keep(key, fields, &page, how, purges);
                    Shared::Page(page)
                }
                Made::Page(page, false) if how.site.is_none() => {
                    self.cache.remove(key);
                    Shared::Page(page)
                }
                Made::Page(page, false) => {
                    self.cache.set_apart(key, how.now);
                    *alone = Some(Found::Page(page));
                    Shared::No
                }
                Made::Streams(response) => {
                    self.cache.set_apart(key, how.now);
                    *alone = Some(Found::Streams(response));
                    Shared::No
                }
            })
        };
        let answer = tokio::time::timeout(PATIENCE, flight.answer(fetch)).await;
        match answer.unwrap_or_else(|_| Err(self.late(target, how.now))) {
            Ok(Shared::Page(page)) => Ok(Found::Page(page)),
            Ok(Shared::No) => match own {
                Some(found) => Ok(found),
                None => self.alone(target, fields, how, stamp).await,
            },
            Err(why) => self
                .fall_back(key, kept.as_ref(), how.now, stamp)
                .map(Found::Page)
                .ok_or(why),
        }
    }

    /// What the flight of a request is called: with the headers that the last
    /// answer said it varies by.
    fn variant(&self, key: &str, fields: &Fields<'_>, how: Finding<'_>) -> String {
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        let encoding = told(&header::ACCEPT_ENCODING);
        let mut variant = self.cache.key_of(key, &told);
        if let Some(encoding) = encoding {
            variant.push('\n');
            variant.push_str(encoding.to_str().unwrap_or_default());
        }
        variant
    }

    /// A fetch for one request, of what can't be shared.
    pub(super) async fn alone(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Found, NoPage> {
        let fetch = self.fetch(target, fields, None, how, stamp);
        let made = tokio::time::timeout(PATIENCE, fetch)
            .await
            .unwrap_or_else(|_| Err(self.late(target, how.now)))?;
        Ok(match made {
            Made::Page(page, _) => Found::Page(page),
            Made::Streams(response) => Found::Streams(response),
        })
    }

    /// Why there is no page after all that time. A site that is slow is slow for
    /// many, so it is said of one of them a minute.
    fn late(&self, target: &Target<'_>, now: Timestamp) -> NoPage {
        let now = Duration::try_from(now.as_duration()).unwrap_or_default();
        if let Some(requests) = self.late.cause(now) {
            tracing::warn!(
                path = target.path(), waited = ?PATIENCE, requests,
                "the page was not there in time: the site sends it too slowly, or too many are \
                 being fetched; readers are asked to come back"
            );
        }
        NoPage::Busy
    }

    /// Fetches the page anew while the old one serves. Whoever claims this is
    /// alone, so there is at most one for each page.
    pub(super) fn refresh(
        self: &Arc<Self>,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
        kept: Arc<Page>,
    ) {
        let (pages, target) = (Arc::clone(self), target.owned());
        let lines: Vec<(String, Vec<u8>)> = fields
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let (articles, site) = (how.articles.clone(), how.site.cloned());
        let (origin, observes) = (Arc::clone(how.origin), how.observes);
        let (policy, now) = (how.policy, how.now);
        tokio::spawn(async move {
            let fields: Fields<'_> = lines
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_slice()))
                .collect();
            let how = Finding {
                origin: &origin,
                articles: &articles,
                site: site.as_ref(),
                observes,
                policy,
                now,
            };
            let stamp = how.stamp();
            // Whatever goes wrong is said where it does, and degrades the page.
            let _ = pages.renew(&target, &fields, Some(kept), how, stamp).await;
        });
    }

    fn keep(
        &self,
        key: &str,
        fields: &Fields<'_>,
        page: &Arc<Page>,
        how: Finding<'_>,
        purges: u64,
    ) {
        if self.purges.load(Ordering::Acquire) != purges {
            return;
        }
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        self.cache.insert(key, page, &told);
        // Somebody may have purged it between the look and the insertion.
        if self.purges.load(Ordering::Acquire) != purges {
            self.cache.remove(key);
        }
    }

    /// What to serve of a page whose new version can't be had.
    fn fall_back(
        &self,
        key: &str,
        kept: Option<&Arc<Page>>,
        now: Timestamp,
        stamp: Stamp,
    ) -> Option<Arc<Page>> {
        let kept = kept?;
        if kept.story().is_none() && !kept.freshness.may_outlive() {
            return None;
        }
        if kept.is_current(stamp) {
            kept.degrade();
            return Some(Arc::clone(kept));
        }
        // What was no story under another policy may be one under this, and
        // without a beginning to fall back to.
        if kept.story().is_none() && kept.cut_by != stamp.policy {
            return None;
        }
        let last_good = Arc::new(kept.last_good(stamp, now));
        self.cache.replace(key, &last_good);
        Some(last_good)
    }
}
