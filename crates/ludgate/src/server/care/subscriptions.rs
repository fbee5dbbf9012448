//! What care does with subscriptions: gives, revokes, cancels.

use anyhow::{Result, bail};
use billing::{Came, Preview, Who, Wish};
use commerce::ids::ProductId;
use commerce::subscription::{CancelReason, CancelWhen, Fact, Origin, Subscription};
use jiff::Timestamp;

use super::{Care, which, words};
use crate::care::{Act, plain};
use crate::config::{instant, nearest};
use crate::openings::local;

impl Act {
    /// Whether it is only to be said what would happen.
    pub(super) fn is_for_show(&self) -> bool {
        matches!(
            self,
            Self::Revoke { dry_run: true, .. }
                | Self::Cancel { dry_run: true, .. }
                | Self::Tax { dry_run: true, .. }
                | Self::Refund { dry_run: true, .. }
                | Self::Seats { dry_run: true, .. }
        )
    }
}

impl Care {
    pub(super) async fn grant(
        &self,
        who: &Who,
        reader: &str,
        product: &str,
        until: Option<&str>,
    ) -> Result<String> {
        let product = self.product(product)?;
        let until = until.map(|text| instant(text, &self.zone, true));
        let until = until.transpose().map_err(anyhow::Error::msg)?;
        if until.is_some_and(|until| until <= self.billing.clock().now()) {
            bail!("that is over already; name a later day");
        }
        let account = which::open_reader(&mut self.reading().await?, reader).await?;
        let id = self.billing.draw_subscription()?;
        let given = self.billing.give(who, id, account.id, &product, until);
        let given = given.await?;
        Ok(format!(
            "{} has {product} {}, as {}",
            account.id,
            self.until(until, "until it is revoked"),
            given.id
        ))
    }

    /// A product that is sold.
    fn product(&self, text: &str) -> Result<ProductId> {
        let sales = self.billing.sales();
        let names: Vec<&str> = sales
            .catalog
            .products
            .iter()
            .map(|product| product.id.as_str())
            .collect();
        if names.contains(&text) {
            return Ok(ProductId::new(text)?);
        }
        let text = plain(text);
        match nearest(&text, names.iter().copied()) {
            Some(near) => bail!("there is no product \"{text}\"; did you mean {near}?"),
            None if names.is_empty() => {
                bail!("nothing is sold here; the configuration needs [products] and [payments]")
            }
            None => bail!(
                "there is no product \"{text}\"; known are {}",
                names.join(", ")
            ),
        }
    }

    pub(super) async fn revoke(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        dry_run: bool,
    ) -> Result<String> {
        let given = |one: &Subscription| one.origin == Origin::Complimentary;
        let found = which::subscription(&mut self.reading().await?, named, given).await?;
        if dry_run {
            let would = self.billing.preview(who, found.id, &Wish::Revoke).await?;
            return Ok(would_come(&would));
        }
        let came = self.billing.command(who, found.id, Wish::Revoke).await?;
        Ok(self.came(&came))
    }

    pub(super) async fn cancel(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        now: bool,
        dry_run: bool,
    ) -> Result<String> {
        let goes_on = |one: &Subscription| one.ends_with_period().is_none();
        let found = which::subscription(&mut self.reading().await?, named, goes_on).await?;
        let wish = Wish::Cancel {
            when: if now {
                CancelWhen::Now
            } else {
                CancelWhen::PeriodEnd
            },
            reason: CancelReason::Unsaid,
        };
        if dry_run {
            let would = self.billing.preview(who, found.id, &wish).await?;
            return Ok(would_come(&would));
        }
        let came = self.billing.command(who, found.id, wish).await?;
        Ok(self.came(&came))
    }

    /// What something came to, in a line.
    pub(super) fn came(&self, came: &Came) -> String {
        let one = &came.subscription;
        if came.facts.is_empty() {
            return format!("{} was so already: {}", one.id, words::standing(one));
        }
        let end = one.period_end();
        let end = match (one.is_ended(), end) {
            (false, Some(_)) => format!(", {}", self.until(end, "")),
            _ => String::new(),
        };
        format!("{}: {}{end}", one.id, words::standing(one))
    }

    /// Until when, or what is so where there is no end.
    fn until(&self, end: Option<Timestamp>, otherwise: &str) -> String {
        match end {
            Some(end) => format!("until {}", local(end, &self.zone)),
            None => otherwise.to_owned(),
        }
    }
}

/// What would happen, in a line.
pub(super) fn would_come(would: &Preview) -> String {
    let names: Vec<&str> = would.facts.iter().map(Fact::name).collect();
    let one = &would.subscription;
    let mut said = vec![match names.as_slice() {
        [] => format!("nothing would happen; {} is so already", one.id),
        names => format!("would happen to {}: {}", one.id, names.join(", ")),
    }];
    let back = would.given_back().into_iter();
    said.extend(back.map(|amount| format!("{amount} would go back")));
    said.join("; ")
}
