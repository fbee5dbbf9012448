//! Where rows come in: what each becomes by what is sold here. In the server,
//! or in the command itself while none runs.

use access::Country;
use anyhow::{Result, anyhow};
use billing::{
    Arrival, Arrived, Billing, Brings, CardElsewhere, Holding, MAX_ARRIVALS, PaidElsewhere, Who,
};
use import::{Paid, Subscriber};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use providers::payment::Provider;

use super::levels::{Becomes, Levels, names};
use super::wire::{Answer, Ask, Batch, Coming, Fate, Has, Home};

/// The longest that anybody can have paid ahead: ten years. A day behind that has a
/// digit wrong, and would open everything for a lifetime.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 3653);

/// Answers what the command asks.
pub(crate) async fn answer(billing: &Billing, zone: &TimeZone, ask: Ask) -> Result<Answer> {
    match ask {
        Ask::Home(levels) => {
            let sales = billing.sales();
            Levels::new(&levels, &sales.catalog)?;
            let (plans, products) = names(&sales.catalog);
            Ok(Answer::Home(Home {
                zone: zone.iana_name().unwrap_or("UTC").to_owned(),
                is_play: matches!(billing.provider(), Provider::Sandbox(_)),
                plans,
                products,
            }))
        }
        Ask::Rows(batch) => take(billing, batch).await.map(Answer::Fates),
    }
}

async fn take(billing: &Billing, batch: Batch) -> Result<Vec<Fate>> {
    if batch.rows.len() > MAX_ARRIVALS {
        return Err(anyhow!("more than {MAX_ARRIVALS} rows at once"));
    }
    let sales = billing.sales();
    let levels = Levels::new(&batch.levels, &sales.catalog)?;
    let mut arrivals = Vec::with_capacity(batch.rows.len());
    let mut fates = Vec::with_capacity(batch.rows.len());
    let now = billing.clock().now();
    for row in batch.rows {
        let arrival = in_reach(&row.has, now).and_then(|()| arrival(&levels, &batch.source, row));
        fates.push(match arrival {
            Ok(arrival) => {
                arrivals.push(arrival);
                None
            }
            Err(fate) => Some(fate),
        });
    }
    let who = Who::Care {
        actor: batch.actor,
        why: batch.why,
    };
    let coming = match batch.coming {
        Coming::Rehearsed => billing::Coming::Rehearsed,
        Coming::Quietly => billing::Coming::Quietly,
        Coming::Told => billing::Coming::Told,
    };
    let arrived = billing.arrive(&who, &arrivals, coming).await?;
    let mut arrived = arrived.into_iter().map(|one| match one {
        Ok(Arrived::Before) => Fate::Before,
        Ok(Arrived::Now { had_account, has }) => Fate::Came {
            had_account,
            has: holding(has),
        },
        Err(error) => Fate::Refused(error.to_string()),
    });
    let fates = fates
        .into_iter()
        .map(|fate| fate.or_else(|| arrived.next()));
    fates
        .collect::<Option<Vec<Fate>>>()
        .ok_or_else(|| anyhow!("some rows have got lost; that is a mistake in the program"))
}

fn holding(has: Holding) -> Has {
    match has {
        Holding::Account => Has::Account,
        Holding::Given => Has::Given,
        Holding::GoesOn(from) => Has::GoesOn(from),
        Holding::RunsOut => Has::RunsOut,
        Holding::Ended => Has::Ended,
    }
}

/// Refuses what would end too far from now.
fn in_reach(has: &import::Has, now: Timestamp) -> Result<(), Fate> {
    let latest = now.checked_add(LONGEST).unwrap_or(Timestamp::MAX);
    match has.until().filter(|until| *until > latest) {
        None => Ok(()),
        Some(until) => Err(Fate::Refused(format!(
            "{} is more than ten years from now; put the day right, or leave it out where \
             something is given without an end",
            until.strftime("%Y-%m-%d")
        ))),
    }
}

/// Somebody as they come here, or why they don't.
fn arrival(levels: &Levels<'_>, source: &str, row: Subscriber) -> Result<Arrival, Fate> {
    let brings = match row.has {
        import::Has::Account => Brings::Account,
        import::Has::Complimentary { level, until } => {
            match levels.given(level.as_deref()).map_err(Fate::Level)? {
                Some(product) => Brings::Given { product, until },
                None => Brings::Account,
            }
        }
        import::Has::Paid(paid) => brought(levels, paid)?,
    };
    Ok(Arrival {
        source: source.to_owned(),
        external: row.external,
        mail: row.mail,
        verified: row.verified,
        name: row.name,
        locale: row.locale,
        since: row.since,
        newsletter: row.newsletter,
        post: row.post,
        brings,
    })
}

/// What was paid for there. Without a day on which that ends nobody knows what it
/// is worth.
fn brought(levels: &Levels<'_>, paid: Paid) -> Result<Brings, Fate> {
    let Some(becomes) = levels.of(&paid.level) else {
        return Err(Fate::Level(paid.level));
    };
    let (plan, until) = match (becomes, paid.until) {
        (Becomes::Account, _) => return Ok(Brings::Account),
        (_, None) => {
            let why = "the file doesn't say until when it is paid for; say it with --paid-until";
            return Err(Fate::Refused(why.to_owned()));
        }
        (Becomes::Product(product), until) => return Ok(Brings::Given { product, until }),
        (Becomes::Plan(plan), Some(until)) => (plan, until),
    };
    // Who has cancelled there has cancelled.
    let card = paid.card.filter(|_| paid.renews);
    Ok(Brings::Paid(PaidElsewhere {
        plan,
        currency: paid.currency,
        country: paid.country.as_deref().and_then(Country::parse),
        until,
        card: card.map(|card| CardElsewhere {
            customer: card.customer,
            method: card.method,
            label: card.label,
            expires: card.expires,
        }),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_go_on_for_a_lifetime_is_a_slip() {
        let now: Timestamp = "2027-01-01T00:00:00Z".parse().expect("a time");
        let given = |until: &str| import::Has::Complimentary {
            level: None,
            until: Some(until.parse().expect("a time")),
        };
        assert_eq!(in_reach(&given("2037-01-01T00:00:00Z"), now), Ok(()));
        assert_eq!(in_reach(&import::Has::Account, now), Ok(()));
        for late in ["2037-01-03T00:00:00Z", "2207-02-01T00:00:00Z"] {
            let Err(Fate::Refused(why)) = in_reach(&given(late), now) else {
                panic!("{late} is refused");
            };
            assert!(why.contains("more than ten years"), "{why}");
        }
    }
}
