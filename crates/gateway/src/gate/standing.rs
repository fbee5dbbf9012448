//! Where a reader stands: what they are entitled to, what the meters have counted,
//! and what they might be offered. For programs, which have no page to read it from.

use std::net::IpAddr;

use access::{Audience, Counted, Entitlements, Freshness, Name, Offer, Period, Reader, ReaderKind};
use http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use meter::Lookup;

use super::Gate;
use super::telling::NotTold;
use crate::policy::Policy;
use crate::signing::fields;
use crate::visitor::Visitor;

/// Where a reader stands.
#[derive(Clone, Debug)]
pub struct ReaderStanding {
    /// What the rules take them for.
    pub audience: Audience,
    /// What they may use, or once might, also by their network.
    pub entitlements: Entitlements,
    /// Every meter there is, with what it has counted for them.
    pub meters: Vec<MeterStanding>,
    /// What they might be offered, the first before the others.
    pub offers: Vec<Offer>,
}

/// A meter, and what it has counted for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterStanding {
    /// The meter's name.
    pub id: Name,
    /// The stretch of time that the allowance is for.
    pub period: Period,
    /// Distinct stories counted in it.
    pub used: u16,
    /// How many there may be.
    pub limit: u16,
    /// The first day, in the publication's zone, on which all of them are there again;
    /// `None` where each comes back by itself.
    pub renews: Option<Date>,
}

impl Gate {
    /// Where the reader stands who sends these headers. Nothing is counted, and
    /// nobody is made a new reader.
    ///
    /// # Errors
    ///
    /// The token isn't good, or what was counted can't be read now.
    pub async fn standing(
        &self,
        headers: &HeaderMap,
        peer: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<ReaderStanding, NotTold> {
        let (_, policy) = self.policy();
        let (mut visitor, _) = self.reader_of(&policy, &fields(headers), peer)?;
        if visitor.is_unknown {
            return Err(NotTold::Unavailable);
        }
        visitor.read_by_network(self.networks(), now);
        let audience = visitor.reader.audience(now);
        let offers = self.offers.load();
        Ok(ReaderStanding {
            audience,
            meters: self.meters_of(&policy, &visitor, now).await?,
            offers: offers.all_to(audience, now),
            entitlements: visitor.reader.entitlements,
        })
    }

    async fn meters_of(
        &self,
        policy: &Policy,
        visitor: &Visitor,
        now: Timestamp,
    ) -> Result<Vec<MeterStanding>, NotTold> {
        let tally = |history: &[Counted]| meters(policy, &visitor.reader, history, now);
        let Some(id) = visitor.id else {
            return Ok(tally(&[]));
        };
        if let Lookup::Warm(meters) = self.meter.read(id, tally) {
            return Ok(meters);
        }
        let meter = self.meter.clone();
        let warmed = tokio::task::spawn_blocking(move || meter.warm(id)).await;
        if !matches!(warmed, Ok(Ok(()))) {
            return Err(NotTold::Unavailable);
        }
        match self.meter.read(id, tally) {
            Lookup::Warm(meters) => Ok(meters),
            Lookup::Cold => Err(NotTold::Unavailable),
        }
    }
}

fn meters(
    policy: &Policy,
    reader: &Reader,
    history: &[Counted],
    now: Timestamp,
) -> Vec<MeterStanding> {
    let zone = policy.parts.rules.zone();
    let one = |meter: &access::Meter| {
        let window = meter.period.window(now, zone);
        let counts = |entry: &&Counted| entry.meter == meter.no && window.holds(entry.at);
        let day = || {
            window
                .end
                .timestamp()
                .to_zoned_datetime(zone.clone())
                .date()
        };
        MeterStanding {
            id: meter.id.clone(),
            period: meter.period,
            used: u16::try_from(history.iter().filter(counts).count()).unwrap_or(u16::MAX),
            limit: match reader.kind {
                ReaderKind::Registered => meter.allowance.registered,
                ReaderKind::Anonymous(Freshness::OverBudget) => 0,
                _ => meter.allowance.anonymous,
            },
            renews: match meter.period {
                Period::RollingDays(_) => None,
                Period::CalendarMonth | Period::CalendarWeek { .. } => Some(day()),
            },
        }
    };
    policy.parts.rules.meters().iter().map(one).collect()
}
