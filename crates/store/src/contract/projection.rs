//! Projections: what the facts of a subscription or gift have made of it, with
//! what the gate learns of it and who sits in it.

use commerce::ids::AccountId;
use commerce::subscription::MailDomain;

use super::append::{Change, number};
use super::{Contract, Owner, write};
use crate::connection::Writing;
use crate::error::StoreError;
use crate::moment::{micros, micros_up};
use crate::rows::Kind::{Number, Text};
use crate::rows::{Insert, Lookup, Update, Value};
use crate::statement::statements;

statements! {
    MOVE = "UPDATE subscriptions SET account_id = $2, offer = $3 WHERE id = $1";
    CLEAR_SEATS = "DELETE FROM seats WHERE subscription_id = $1";
    TAKE_SEAT = "INSERT INTO seats (account_id, subscription_id) VALUES ($1, $2)
        ON CONFLICT (account_id, subscription_id) DO NOTHING";
    CLEAR_DOMAINS = "DELETE FROM seat_domains WHERE subscription_id = $1";
    ADMIT = "INSERT INTO seat_domains (domain, subscription_id) VALUES ($1, $2)
        ON CONFLICT (domain, subscription_id) DO NOTHING";
}

pub(super) const INSERT_SUBSCRIPTION: Insert = Insert {
    name: "INSERT_SUBSCRIPTION",
    head: "INSERT INTO subscriptions
        (id, account_id, offer, begun_at, version, stage, next_due, state, grants, feed)",
    columns: 10,
    tail: "",
};
/// What changes at every renewal. Account and offer don't: writing an account again
/// would have the database write a page of its index.
pub(super) const UPDATE_SUBSCRIPTION: Update = Update {
    name: "UPDATE_SUBSCRIPTION",
    head: "UPDATE subscriptions
        SET version = n.column3, stage = n.column4, next_due = n.column5, state = n.column6,
            grants = n.column7, feed = COALESCE(n.column8, subscriptions.feed)",
    tail: "subscriptions.id = n.column1 AND subscriptions.version = n.column2",
    columns: &[Text, Number, Number, Text, Number, Text, Text, Number],
};
pub(super) const LOAD_SUBSCRIPTION: Lookup = Lookup {
    name: "LOAD_SUBSCRIPTION",
    head: "SELECT id, version, state FROM subscriptions WHERE id",
    fixed: 0,
};
pub(super) const INSERT_GIFT: Insert = Insert {
    name: "INSERT_GIFT",
    head: "INSERT INTO gifts
        (id, account_id, offer, begun_at, version, stage, next_due, state)",
    columns: 8,
    tail: "",
};
pub(super) const UPDATE_GIFT: Update = Update {
    name: "UPDATE_GIFT",
    head: "UPDATE gifts
        SET version = n.column3, stage = n.column4, next_due = n.column5, state = n.column6",
    tail: "gifts.id = n.column1 AND gifts.version = n.column2",
    columns: &[Text, Number, Number, Text, Number, Text],
};
pub(super) const LOAD_GIFT: Lookup = Lookup {
    name: "LOAD_GIFT",
    head: "SELECT id, version, state FROM gifts WHERE id",
    fixed: 0,
};

/// Insertions of many rows, changes of many, and searches for many.
pub(crate) const INSERTS: &[Insert] = &[INSERT_SUBSCRIPTION, INSERT_GIFT];
pub(crate) const UPDATES: &[Update] = &[UPDATE_SUBSCRIPTION, UPDATE_GIFT];
pub(crate) const LOOKUPS: &[Lookup] = &[LOAD_SUBSCRIPTION, LOAD_GIFT];

/// Writes the projections, with what the gate learns of them.
pub(super) async fn project<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
) -> Result<(), StoreError> {
    let mut news = Vec::with_capacity(changes.len());
    for change in changes {
        let grants = change.after.grants();
        let known = change.before.as_ref().map(Contract::grants);
        let is_news = C::IS_AT_GATE && known.as_ref() != Some(&grants);
        news.push((grants, is_news));
    }
    let count = news.iter().filter(|(_, is_news)| *is_news).count();
    let mut feed = if count > 0 {
        writing.draw_feed(count).await?
    } else {
        0
    };
    let (mut begun, mut known) = (Vec::new(), Vec::new());
    for (change, (grants, is_news)) in changes.iter().zip(news) {
        let after = &change.after;
        let mut row: Vec<Value> = vec![after.owner().to_string().into()];
        match change.before {
            None => row.extend([
                after.account().to_string().into(),
                after.offer().as_str().into(),
                micros(change.at).into(),
            ]),
            Some(_) => row.push(number(change.version).into()),
        }
        row.extend([
            number(change.version_after()).into(),
            after.stage().into(),
            after.due().map(micros_up).into(),
            write(after)?.into(),
        ]);
        if C::IS_AT_GATE {
            row.push(grants.as_ref().map(write).transpose()?.into());
            row.push(is_news.then_some(feed).into());
            feed += i64::from(is_news);
        }
        if change.before.is_none() {
            begun.push(row);
        } else {
            known.push(row);
        }
    }
    C::INSERT.write(writing, &begun).await?;
    let done = C::UPDATE.write(writing, &known).await?;
    as_expected(&known, &done)?;
    moved(writing, changes).await?;
    seats(writing, changes).await
}

/// Each was what it was expected to be.
fn as_expected(changed: &[Vec<Value>], done: &[String]) -> Result<(), StoreError> {
    if changed.len() == done.len() {
        return Ok(());
    }
    let is_done = |id: &&Value| done.iter().any(|done| **id == Value::from(done.as_str()));
    let other = changed
        .iter()
        .filter_map(|row| row.first())
        .find(|id| !is_done(id));
    match other {
        Some(Value::Text(id)) => Err(StoreError::Conflict { owner: id.clone() }),
        _ => Err(StoreError::damaged("one change has changed two")),
    }
}

/// Writes down whose it is now, and by which offer. A gift's account isn't
/// written again: it may have been merged into another.
async fn moved<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
) -> Result<(), StoreError> {
    for change in changes {
        let after = &change.after;
        let stayed =
            |before: &C| (before.account(), before.offer()) == (after.account(), after.offer());
        if !C::IS_AT_GATE || change.before.as_ref().is_none_or(stayed) {
            continue;
        }
        let query = sqlx::query(MOVE)
            .bind(after.owner().to_string())
            .bind(after.account().to_string())
            .bind(after.offer().as_str());
        writing.run(query).await?;
    }
    Ok(())
}

/// Writes down who sits in what, and who may by themselves.
async fn seats<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
) -> Result<(), StoreError> {
    for change in changes {
        let members = change.after.members();
        let were = change.before.as_ref().map(Contract::members);
        if were.unwrap_or_default() != members {
            seat(writing, change.after.owner(), &members).await?;
        }
        let domains = change.after.domains();
        let were = change.before.as_ref().map(Contract::domains);
        if were.unwrap_or_default() != domains {
            admit(writing, change.after.owner(), domains).await?;
        }
    }
    Ok(())
}

async fn seat(
    writing: &mut Writing,
    owner: Owner,
    members: &[AccountId],
) -> Result<(), StoreError> {
    let query = sqlx::query(CLEAR_SEATS).bind(owner.to_string());
    writing.run(query).await?;
    for member in members {
        let query = sqlx::query(TAKE_SEAT)
            .bind(member.to_string())
            .bind(owner.to_string());
        writing.run(query).await?;
    }
    Ok(())
}

async fn admit(
    writing: &mut Writing,
    owner: Owner,
    domains: &[MailDomain],
) -> Result<(), StoreError> {
    let query = sqlx::query(CLEAR_DOMAINS).bind(owner.to_string());
    writing.run(query).await?;
    for domain in domains {
        let query = sqlx::query(ADMIT)
            .bind(domain.as_str())
            .bind(owner.to_string());
        writing.run(query).await?;
    }
    Ok(())
}
