//! The page of one's address: making one, in the place of the one that there is,
//! and giving it up. The address is shown once, when it is made: only its hash is
//! kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::Timestamp;
use store::TokenHash;
use store::feed_addresses::FeedAddress;

use super::view::{Feeds, Link, Of};
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;

/// Random bytes of an address: as many as a hash of it is good for guesses at
/// all addresses at once.
const DRAWN: usize = 24;

impl Pages {
    pub(super) async fn feeds_page(&self, visit: &Visit<'_>) -> Answer {
        if self.gate.feeds().is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        }
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let known = self.store.read().await?.feed_address(owner.id).await?;
        self.show(visit, StatusCode::OK, &self.feeds_view(known.as_ref()))
    }

    fn feeds_view(&self, known: Option<&FeedAddress>) -> Feeds {
        let local = |at: Timestamp| self.settings.zone.to_datetime(at).date().to_string();
        // Days of use are the store's own, in UTC.
        let day = |at: Timestamp| jiff::tz::TimeZone::UTC.to_datetime(at).date().to_string();
        let Some(known) = known else {
            return Feeds::default();
        };
        Feeds {
            has_one: known.revoked.is_none(),
            created: Some(local(known.created)),
            used: known.used.map(day),
            spread: known.spread.map(day),
            ended: known.revoked.map(local),
            made: Vec::new(),
        }
    }

    /// Whoever had the old one has no more of it from now on.
    pub(super) async fn make_feed_address(&self, visit: &Visit<'_>) -> Answer {
        let feeds = self.gate.feeds();
        if feeds.is_empty() {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        }
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let drawn = self.world.draw::<DRAWN>();
        let drawn = drawn.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))?;
        let token = URL_SAFE_NO_PAD.encode(drawn);
        let mut writing = self.store.write().await?;
        self.still_signed_in(visit, &mut writing).await?;
        let hash = TokenHash::of(token.as_bytes());
        writing.make_feed_address(owner.id, hash, visit.now).await?;
        let act = owner.act("feed_address_made");
        writing.act(&act, visit.request.now).await?;
        let known = writing.feed_address(owner.id).await?;
        writing.commit().await?;
        let below = format!(
            "{}{}feeds/{token}/",
            self.settings.site, self.settings.prefix
        );
        let made = feeds.into_iter().map(|of| Of {
            section: of.section,
            links: of
                .places
                .into_iter()
                .map(|place| Link {
                    format: place.format,
                    address: format!("{below}{}", place.path),
                })
                .collect(),
        });
        let page = Feeds {
            made: made.collect(),
            ..self.feeds_view(known.as_ref())
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// Gives the address up, also where there are no feeds any more.
    pub(super) async fn end_feed_address(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let mut writing = self.store.write().await?;
        self.still_signed_in(visit, &mut writing).await?;
        if writing.revoke_feed_address(owner.id, visit.now).await? {
            let act = owner.act("feed_address_ended");
            writing.act(&act, visit.request.now).await?;
        }
        writing.commit().await?;
        Ok(respond::go(self.below("account/feeds")))
    }
}
