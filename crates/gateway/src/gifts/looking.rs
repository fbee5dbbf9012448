//! Looking at a gift link that a browser holds: whether it still opens its
//! story. Counting the browser is the visit's business, as of any count.

use access::{Gift, GiftOver, ReaderId};
use meter::{Lookup, Unavailable};

use super::Held;
use crate::visit::Visit;

impl Visit<'_> {
    /// The best of the gift links that a browser holds to one story, and what it
    /// comes to: who has opened a story reads it again whichever other link they
    /// have followed since. Of those that come to the same, the first.
    pub(crate) async fn look_at_all(&self, held: &[Held]) -> Option<(Held, Gift)> {
        let mut best: Option<(Held, Gift)> = None;
        for one in held {
            let gift = self.look_at(*one).await;
            if best.is_none_or(|(_, found)| rank(gift) < rank(found)) {
                best = Some((*one, gift));
            }
        }
        best
    }

    /// What a gift link comes to.
    async fn look_at(&self, held: Held) -> Gift {
        let (gift, minute) = (held.gift, self.moment.minute());
        let Some(gifts) = self.policy.parts.gifts else {
            return Gift::Over(GiftOver::Withdrawn);
        };
        if !gift.is_good_at(minute) {
            return Gift::Over(GiftOver::Expired);
        }
        match self.accounts.may_read(gift.giver, self.moment.now()) {
            Some(true) => {}
            Some(false) => return Gift::Over(GiftOver::Withdrawn),
            None => return Gift::Unknown,
        }
        let record = gift.record();
        let opened = match self.opened(record, held).await {
            Ok(opened) => opened,
            Err(error) => {
                self.warn(&error);
                return Gift::Unknown;
            }
        };
        match opened {
            (true, _) if self.is_kept(record).await => Gift::Opened,
            (true, _) => Gift::Unknown,
            (false, browsers) if browsers >= usize::from(gifts.browsers) => {
                Gift::Over(GiftOver::UsedUp)
            }
            (false, _) => Gift::Open(gifts.opening(minute)),
        }
    }

    /// Whether this browser has opened the link, and how many have.
    async fn opened(&self, record: ReaderId, held: Held) -> Result<(bool, usize), Unavailable> {
        let look = |history: &[access::Counted]| {
            let is_one = history.iter().any(|one| one.story == held.browser);
            (is_one, history.len())
        };
        if let Lookup::Warm(opened) = self.meter.read(record, look) {
            return Ok(opened);
        }
        self.warm(record).await?;
        match self.meter.read(record, look) {
            Lookup::Warm(opened) => Ok(opened),
            Lookup::Cold => Err(Unavailable::Full),
        }
    }

    /// Whether what a parallel request counted a moment ago is on disk, where
    /// every count has to be; it is waited for.
    async fn is_kept(&self, record: ReaderId) -> bool {
        if !self.meter.is_sync() {
            return true;
        }
        let Some(ticket) = self.meter.pending(record) else {
            return true;
        };
        let kept = self.meter.durable(ticket).await;
        kept.map_err(|error| self.warn(&error)).is_ok()
    }
}

/// How little a reader has of it.
fn rank(gift: Gift) -> u8 {
    match gift {
        Gift::Opened => 0,
        Gift::Open(_) => 1,
        Gift::Unknown => 2,
        Gift::Over(_) => 3,
    }
}
