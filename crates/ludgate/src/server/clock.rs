//! The business clock of a test publication, which may be moved ahead.

use anyhow::{Context, Result, bail};
use billing::{BillingError, Happened, Happening, NotMoved};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use tokio::sync::mpsc;

use super::Running;
use super::readers::Readers;
use crate::config::instant;
use crate::control::News;
use crate::openings::local;

/// Where the clock goes, as it was written.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Move {
    /// By so much: `3 months`.
    By(String),
    /// To then: a day or a time in the publication's zone.
    To(String),
}

/// How many events wait to be told: whoever is slow is waited for.
const WAITING: usize = 256;

impl Running {
    /// What the business clock says, and by how much it is ahead.
    pub(crate) fn clock_says(&self) -> String {
        let zone = &self.config().zone;
        let said = local(to_the_second(self.clock.now()), zone);
        let ahead = self.clock.ahead();
        if ahead.is_zero() {
            return format!("{said}; it is not ahead");
        }
        let days = ahead.as_hours() / 24;
        let hours = ahead.as_hours() % 24;
        format!("{said}; it is {days} days and {hours} hours ahead of the system's clock")
    }

    /// Whether it may be moved at all.
    pub(crate) fn clock_moves(&self) -> bool {
        self.clock.moves()
    }

    /// Moves the clock, and tells of each event on the way. What the clock says
    /// then. Where nobody waits for it any more, it stays where it has come to.
    pub(crate) async fn move_clock(&self, how: &Move, tell: mpsc::Sender<News>) -> Result<String> {
        let Some(billing) = self.readers.as_ref().and_then(Readers::billing) else {
            return Err(BillingError::from(NotMoved::NoTest).into());
        };
        let zone = self.config().zone.clone();
        let to = destination(how, self.clock.now(), &zone)?;
        let (happens, mut told) = mpsc::channel::<Happened>(WAITING);
        let telling = async {
            while let Some(happened) = told.recv().await {
                // Who doesn't listen misses it; it has happened all the same.
                let _ = tell.send(News::Told(line(&happened, &zone))).await;
            }
        };
        let (moved, ()) = tokio::join!(billing.advance(to, happens), telling);
        // Where something on the way went wrong, it has gone a part of it.
        self.indexing.look();
        moved?;
        tracing::info!(now = %self.clock.now(), "the test clock was moved");
        Ok(self.clock_says())
    }
}

/// When it is to be.
fn destination(how: &Move, now: Timestamp, zone: &TimeZone) -> Result<Timestamp> {
    match how {
        Move::By(text) => {
            let span: Span = text.trim().parse().map_err(|_| {
                anyhow::anyhow!("\"{text}\" is no length of time; write for example \"3 months\"")
            })?;
            if span.is_negative() {
                bail!("the clock goes ahead only; write for example \"3 months\"");
            }
            let there = now.to_zoned_datetime(zone.clone()).checked_add(span);
            let there = there.with_context(|| format!("\"{text}\" is further than clocks run"))?;
            Ok(there.timestamp())
        }
        Move::To(text) => instant(text, zone, false).map_err(anyhow::Error::msg),
    }
}

/// A time as people read it.
fn to_the_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// One event, as it is told.
fn line(happened: &Happened, zone: &TimeZone) -> String {
    let at = local(to_the_second(happened.at), zone);
    let what = match &happened.what {
        Happening::Fact(name) => format!("fact    {name}"),
        Happening::Asked(name) => format!("asked   {name}"),
        Happening::Mail(about) => format!("mail    {about}"),
        Happening::Failed(why) => format!("failed  {why}"),
    };
    match &happened.owner {
        Some(owner) => format!("{at}  {what}  ({owner})"),
        None => format!("{at}  {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_ahead_by_calendar_months_and_to_days_in_the_publications_zone() {
        let zone = TimeZone::get("Europe/London").expect("a zone");
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().expect("a time");
        let check = |how: Move, expected: &str| {
            let there = destination(&how, now, &zone);
            let there = there.map_or_else(|error| error.to_string(), |time| time.to_string());
            assert!(there.contains(expected), "{there}");
        };
        check(Move::By("3 months".to_owned()), "2027-02-28T12:00:00Z");
        check(Move::By("1 day 2 hours".to_owned()), "2026-12-01T14:00:00Z");
        check(Move::By("-1 day".to_owned()), "goes ahead only");
        check(Move::By("soon".to_owned()), "no length of time");
        check(Move::To("2027-06-01".to_owned()), "2027-05-31T23:00:00Z");
        check(Move::To("tomorrow".to_owned()), "neither a day");
    }
}
