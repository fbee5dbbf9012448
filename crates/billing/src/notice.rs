//! Notices of what is to come, which tell of it as it is when they leave. A higher
//! price holds for nobody who wasn't told of it, so what was announced is written
//! down as told when its mail has left; and one that leaves late tells of a later
//! day.

use commerce::ids::SubscriptionId;
use commerce::subscription::{Command, Fact, Subscription};
use jiff::Timestamp;
use jiff::civil::Date;
use store::subscriptions::CommandError;

use crate::billing::Billing;
use crate::error::BillingError;
use crate::post::{Contents, News, NotSent, Parcel};

/// What was told to whom: to be written down once it was sent.
pub(crate) type Notice = (SubscriptionId, Command);

/// A fact as a mail tells it that leaves now.
pub(crate) fn as_told(
    fact: Fact,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<Fact, BillingError> {
    let announced = match fact {
        Fact::PriceRiseAnnounced(announced) => announced,
        Fact::ReminderDue { kind, at, .. } => {
            let zone = &subscription.terms.zone;
            let days = days_between(zone.civil(now).date(), zone.civil(at).date());
            return Ok(Fact::ReminderDue { kind, days, at });
        }
        other => return Ok(other),
    };
    let rise = subscription.rise_as_told(now);
    let rise = rise.map_err(|error| BillingError::Refused(error.into()))?;
    // One that isn't to come any more is told as it was, if at all.
    let rise = rise.filter(|rise| rise.price == announced.price);
    Ok(Fact::PriceRiseAnnounced(rise.unwrap_or(announced)))
}

/// How many days it is from a day to another; none where that is the day, or over.
fn days_between(from: Date, to: Date) -> u16 {
    let hours = from.duration_until(to).as_hours();
    u16::try_from((hours / 24).max(0)).unwrap_or(u16::MAX)
}

/// The notice that a mail is, if it is one.
pub(crate) fn notice(parcel: &Parcel) -> Option<Notice> {
    let Contents::Told(told) = &parcel.what else {
        return None;
    };
    match &told.news {
        News::Subscription {
            fact: Fact::PriceRiseAnnounced(rise),
            subscription,
        } => Some((
            subscription.id,
            Command::PriceRiseTold {
                price: rise.price,
                from: rise.from,
            },
        )),
        _ => None,
    }
}

/// Says with a mail that wasn't sent what follows from it.
pub(crate) fn unsent(parcel: &Parcel, not_sent: NotSent) -> NotSent {
    if notice(parcel).is_none() {
        return not_sent;
    }
    NotSent {
        why: format!("the old price holds until this is sent: {}", not_sent.why),
        ..not_sent
    }
}

impl Billing {
    /// Writes down that notices were sent. What can't be written is said aloud,
    /// and its old price holds: the mail has left all the same.
    pub(crate) async fn noticed(&self, notices: &[Notice]) {
        if notices.is_empty() {
            return;
        }
        let Err(error) = self.write_notices(notices).await else {
            return;
        };
        tracing::warn!(%error, "notices couldn't be written down together; each is by itself");
        for notice in notices {
            if let Err(error) = self.write_notices(std::slice::from_ref(notice)).await {
                tracing::error!(
                    %error, subscription = %notice.0,
                    "its notice of a price rise was sent and couldn't be written down, so the old \
                     price holds; `ludgate reader resend` sends it once more"
                );
            }
        }
    }

    async fn write_notices(&self, notices: &[Notice]) -> Result<(), BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let books = sales.books(now, None);
        let mut writing = self.inner.store.write().await?;
        for answer in writing.commands(notices, &books).await? {
            match answer {
                Ok(_) => {}
                Err(CommandError::Store(error)) => return Err(error.into()),
                Err(CommandError::Refused(why)) => return Err(why.into()),
            }
        }
        writing.commit().await?;
        Ok(())
    }
}
