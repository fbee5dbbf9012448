//! A file for a day, found among all subscriptions.

use std::mem::take;

use anyhow::Result;
use commerce::address::PostalAddress;
use commerce::delivery::{Due, Fate, Moved, Schedule, Wish, due_on, fate};
use commerce::ids::{AddressId, ProductId};
use jiff::SignedDuration;
use jiff::civil::Date;
use store::delivery::{Begun, Finished, Line, MAX_LINES, Printed, Standing};
use tokio::sync::mpsc;

use super::Printing;
use super::differ::Earlier;
use super::filing::Filing;
use crate::control::News;
use crate::printing::{Before, Report, Skipped};

/// The most subscriptions without an address that are named.
const MOST_NAMED: usize = 100;

/// For how long one that isn't finished may still be written.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

impl Printing {
    pub(super) async fn export(
        &self,
        (day, product): (Date, Option<ProductId>),
        by: &str,
        news: mpsc::Sender<News>,
    ) -> Result<Report> {
        let settings = self.settings();
        let mut writing = self.store.write().await?;
        let (kept, under_way) = (self.now - self.keep, self.now - LONGEST);
        let kept = (kept, self.schedule.zone.civil(kept).date());
        writing.forget_print_parts(kept, under_way).await?;
        let begun = Begun {
            day,
            product: product.as_ref(),
            actor: by,
            configuration: &settings,
        };
        let number = writing.begin_print_export(&begun, self.now).await?;
        // From here on the day is settled: what a reader changes now is told to be
        // for a later one. So it comes before what is read.
        writing.commit().await?;
        let mut reading = self.store.read().await?;
        let standing = reading.standing_exports(day, self.now).await?;
        let mut found = Found {
            printing: self,
            number,
            standing,
            part: 0,
            lines: Vec::with_capacity(MAX_LINES),
            filing: Filing::begin(news),
            skipped: Skipped::default(),
        };
        let before = reading.last_print_export(day, product.as_ref()).await?;
        let mut earlier = match &before {
            Some(before) => Earlier::open(&self.store, before.number, before.lines).await?,
            None => None,
        };
        let mut after = None;
        loop {
            let (page, last) = reading.printed(after, day).await?;
            for one in &page {
                if let Some((line, address)) = found.look(one, day, product.as_ref())? {
                    if let Some(earlier) = &mut earlier {
                        earlier.next(&line).await?;
                    }
                    found.put(line, &address).await?;
                }
            }
            after = match last {
                Some(last) => Some(last),
                None => break,
            };
        }
        drop(reading);
        let differs = match earlier {
            Some(earlier) => Some(earlier.end().await?),
            None => None,
        };
        let report = found.end((day, product)).await?;
        Ok(Report {
            before: before.map(|before| Before {
                number: before.number,
                at: before.begun,
                by: before.actor,
                differs,
            }),
            ..report
        })
    }
}

/// What was found so far.
struct Found<'a> {
    printing: &'a Printing,
    number: i64,
    /// Those for the day, this one among them: what was wished after an earlier one
    /// isn't in this one either.
    standing: Standing,
    part: u32,
    /// Those of the part that comes next.
    lines: Vec<Line>,
    filing: Filing,
    skipped: Skipped,
}

impl Found<'_> {
    /// What a subscription has in the file.
    fn look(
        &mut self,
        one: &Printed,
        day: Date,
        product: Option<&ProductId>,
    ) -> Result<Option<(Line, PostalAddress)>> {
        let Schedule { zone, in_grace, .. } = &self.printing.schedule;
        let due = due_on(&one.subscription, day, zone)?;
        let Some(due) = due.filter(|due| product.is_none_or(|product| *product == due.product))
        else {
            return Ok(None);
        };
        if due.grace && !in_grace {
            self.skipped.grace_left_out += 1;
            return Ok(None);
        }
        let wishes: Vec<Wish> = one.wishes.iter().map(|one| one.wish.clone()).collect();
        let home = one.home.as_ref();
        let kept = home.map(|home| home.kept);
        let exported = self.standing.of(&due.product);
        let fate = fate(kept, &wishes, day, (&self.printing.schedule, &exported));
        let found = match fate {
            Fate::Suspended => {
                self.skipped.suspended += 1;
                return Ok(None);
            }
            Fate::NoAddress => None,
            Fate::Home(id) => home.map(|home| (id, &home.address, None)),
            Fate::Elsewhere(id, moved) => elsewhere(one, id).map(|address| {
                let until = match moved {
                    Moved::Until(last) => Some(last),
                    Moved::ForGood => None,
                };
                (id, address, until)
            }),
        };
        let Some((id, address, until)) = found else {
            self.lacks_address(one);
            return Ok(None);
        };
        self.skipped.redirected += u64::from(until.is_some());
        self.skipped.grace += u64::from(due.grace);
        Ok(Some((line(one, due, id, until), address.clone())))
    }

    fn lacks_address(&mut self, one: &Printed) {
        self.skipped.no_address += 1;
        if self.skipped.without.len() < MOST_NAMED {
            self.skipped.without.push(one.subscription.id.to_string());
        }
    }

    async fn put(&mut self, line: Line, address: &PostalAddress) -> Result<()> {
        self.filing.line(&line, address).await?;
        self.lines.push(line);
        if self.lines.len() >= MAX_LINES {
            self.keep().await?;
        }
        Ok(())
    }

    /// Keeps a part. Each is a transaction of its own, so that others come to write
    /// between two.
    async fn keep(&mut self) -> Result<()> {
        let lines = take(&mut self.lines);
        let mut writing = self.printing.store.write().await?;
        writing
            .keep_print_part(self.number, self.part, &lines)
            .await?;
        writing.commit().await?;
        self.part += 1;
        Ok(())
    }

    async fn end(mut self, (day, product): (Date, Option<ProductId>)) -> Result<Report> {
        if !self.lines.is_empty() {
            self.keep().await?;
        }
        let (lines, copies) = (self.filing.lines, self.filing.copies);
        let digest = self.filing.end().await?;
        let summary = serde_json::to_value(&self.skipped)?;
        let mut writing = self.printing.store.write().await?;
        let finished = Finished {
            lines,
            copies,
            digest: &digest,
            summary: &summary,
        };
        writing
            .finish_print_export(self.number, &finished, self.printing.now)
            .await?;
        writing.commit().await?;
        Ok(Report {
            number: self.number,
            day,
            product: product.map(|product| product.as_str().to_owned()),
            lines,
            copies,
            digest,
            skipped: self.skipped,
            before: None,
            erased: None,
            by_other_rules: false,
            voided: None,
        })
    }
}

/// The address that is wished for.
fn elsewhere(one: &Printed, id: AddressId) -> Option<&PostalAddress> {
    let wished = one.wishes.iter();
    let mut wished =
        wished.filter(|one| one.wish.kind == commerce::delivery::WishKind::Redirected(id));
    wished.find_map(|one| one.address.as_ref())
}

fn line(one: &Printed, due: Due, address: AddressId, until: Option<Date>) -> Line {
    Line {
        subscription: one.subscription.id,
        account: one.subscription.account,
        address,
        product: due.product,
        copies: due.copies,
        grace: due.grace,
        until,
    }
}
