//! What care arranges of print's delivery: within the same limits as readers, and
//! as far as it isn't settled.

use access::Country;
use anyhow::{Context, Result, bail};
use billing::Who;
use commerce::address::PostalAddress;
use commerce::calendar::read_day;
use commerce::delivery::{Back, Made, Schedule, Undone, Wish, WishKind, is_printed};
use commerce::ids::{AccountId, AddressId, DeliveryWishId, SubscriptionId};
use jiff::civil::Date;
use store::acts::Act;
use store::delivery::Wished as Kept;
use store::{Owner, Reading, Writing};
use web::DeliveryNews;

use super::{Care, which};
use crate::care::{Address, Wished, plain};
use crate::world;

/// What is to be arranged, as it was written.
pub(super) struct Arranged {
    pub(super) from: String,
    pub(super) to: Option<String>,
    /// Where it goes meanwhile; nowhere, where that is nothing.
    pub(super) address: Option<Address>,
}

impl Care {
    fn schedule(&self) -> Result<Schedule> {
        let print = self.running.config().print.clone();
        let print = print.context(
            "nothing is printed here: [print] in the configuration says on which days there is a \
             delivery",
        )?;
        Ok(print.schedule)
    }

    pub(super) async fn arrange(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        arranged: Arranged,
    ) -> Result<String> {
        let schedule = self.schedule()?;
        let first = date(&arranged.from)?;
        let last = arranged.to.as_deref().map(date).transpose()?;
        let place = arranged.address.map(place).transpose()?;
        let found = which::subscription(&mut self.reading().await?, named, is_printed).await?;
        if !is_printed(&found) {
            bail!("{} has no print", found.id);
        }
        let now = self.billing.clock().now();
        let mut writing = self.billing.store().write().await?;
        let kind = match &place {
            None => WishKind::Suspended,
            Some(place) => {
                let address = AddressId::new(drawn()?);
                writing
                    .add_address(address, found.account, place, now)
                    .await?;
                WishKind::Redirected(address)
            }
        };
        let wish = Wish {
            id: DeliveryWishId::new(drawn()?),
            subscription: found.id,
            kind,
            first,
            last,
            made: now,
            beside: Made::default(),
        };
        let what = match kind {
            WishKind::Suspended => "suspend_delivery",
            WishKind::Redirected(_) => "redirect_delivery",
        };
        self.note(&mut writing, who, what, (found.account, found.id))
            .await?;
        let taken = writing.add_delivery_wish(&wish, &schedule).await?;
        let town = place.as_ref().map(|place| place.city.as_str());
        let news = DeliveryNews::arranged(&wish, town, !taken.late.is_empty());
        self.tell(&mut writing, news).await?;
        writing.commit().await?;
        let but = match listed(&taken.late) {
            Some(days) => format!(", but not on {days}, which was exported before"),
            None => String::new(),
        };
        Ok(format!(
            "{}: {}, as {}{but}",
            found.id,
            said(&wish),
            wish.id
        ))
    }

    pub(super) async fn undo_delivery(
        &self,
        who: &Who,
        reader: &str,
        wish: &str,
    ) -> Result<String> {
        let schedule = self.schedule()?;
        let text = plain(wish);
        let id: DeliveryWishId = wish
            .trim()
            .parse()
            .with_context(|| format!("\"{text}\" names nothing that was arranged"))?;
        let mut reading = self.reading().await?;
        let account = which::reader(&mut reading, reader).await?.id;
        let found = arranged(&mut reading, account).await?;
        drop(reading);
        let found = found.into_iter().find(|one| one.wish.id == id);
        let found = found
            .with_context(|| format!("{account} has arranged nothing that is called \"{text}\""))?;
        let of = found.wish.subscription;
        let now = self.billing.clock().now();
        let mut writing = self.billing.store().write().await?;
        self.note(&mut writing, who, "undo_delivery", (account, of))
            .await?;
        let undone = writing.undo_delivery_wish(of, id, &schedule, now).await?;
        let news = DeliveryNews::taken_back(&found.wish, undone);
        self.tell(&mut writing, news).await?;
        writing.commit().await?;
        Ok(match undone {
            Undone::Dropped => format!("{id} is taken back"),
            Undone::Ends(last) => format!("{id} ends on {last}, which is settled"),
            Undone::Except(Back { from, .. }) => {
                format!("{id} is taken back from {from} on; what was exported for later days stays")
            }
        })
    }

    /// Has it written to whose it is, in their own language, or the publication's.
    async fn tell(&self, writing: &mut Writing, news: DeliveryNews) -> Result<()> {
        let clock = self.billing.clock();
        let clocks = (clock.now(), clock.system());
        Ok(news.tell(writing, "", clocks).await?)
    }

    async fn note(
        &self,
        writing: &mut Writing,
        who: &Who,
        what: &str,
        (account, of): (AccountId, SubscriptionId),
    ) -> Result<()> {
        let Who::Care { actor, why } = who else {
            bail!("that is for customer care to do");
        };
        let act = Act {
            actor: actor.clone(),
            what: what.to_owned(),
            why: why.clone(),
            account: Some(account),
            owner: Some(Owner::Subscription(of)),
        };
        writing.act(&act, self.billing.clock().now()).await?;
        Ok(())
    }

    /// What was arranged of an account's deliveries and isn't over, as programs and
    /// people get it.
    pub(super) async fn wishes(
        &self,
        reading: &mut Reading,
        account: AccountId,
    ) -> Result<Vec<Wished>> {
        // Where nothing is printed any more, no day is a delivery's.
        let days = self.schedule().map(|schedule| schedule.days);
        let days = days.unwrap_or_default();
        let now = self.billing.clock().now();
        let today = now.to_zoned_datetime(self.zone.clone()).date();
        let exports = reading.standing_exports(today, now).await?;
        let mut all = Vec::new();
        for of in reading.subscriptions(account).await? {
            let exported = exports.of(&of.terms.product);
            for one in reading.delivery_wishes(of.id).await? {
                let wish = &one.wish;
                let late = wish.came_late_for(today, &days, &exported);
                match wish.beside.back {
                    None if wish.last.is_some_and(|last| last < today) => {}
                    None => all.push(wished(one, late)),
                    // What is left of it is a few days, each by itself.
                    Some(_) => {
                        all.extend(wish.left(today, &days, &exported).into_iter().map(|day| {
                            let mut left = one.clone();
                            (left.wish.first, left.wish.last) = (day, Some(day));
                            wished(left, Vec::new())
                        }));
                    }
                }
            }
        }
        all.sort_by_key(|one| one.first);
        Ok(all)
    }
}

/// Days in a row; `None` of none.
fn listed(days: &[Date]) -> Option<String> {
    let days = days.iter().map(ToString::to_string);
    days.reduce(|before, next| format!("{before}, {next}"))
}

async fn arranged(reading: &mut Reading, account: AccountId) -> Result<Vec<Kept>> {
    let mut all = Vec::new();
    for one in reading.subscriptions(account).await? {
        all.extend(reading.delivery_wishes(one.id).await?);
    }
    Ok(all)
}

fn wished(one: Kept, late: Vec<Date>) -> Wished {
    let wish = &one.wish;
    Wished {
        id: wish.id.to_string(),
        of: wish.subscription.to_string(),
        first: wish.first,
        last: wish.last,
        except: late,
        to: one.address.map(|address| {
            let town = [address.postcode.as_deref(), Some(address.city.as_str())];
            let town: Vec<&str> = town.into_iter().flatten().collect();
            let lines = std::iter::once(address.name.as_str());
            let lines = lines.chain(address.lines.iter().map(String::as_str));
            let lines: Vec<&str> = lines.collect();
            format!(
                "{}, {}, {}",
                lines.join(", "),
                town.join(" "),
                address.country
            )
        }),
    }
}

fn said(wish: &Wish) -> String {
    let what = match wish.kind {
        WishKind::Suspended => "nothing is delivered",
        WishKind::Redirected(_) => "it goes elsewhere",
    };
    match wish.last {
        Some(last) => format!("{what} from {} to {last}", wish.first),
        None => format!("{what} from {} on", wish.first),
    }
}

fn date(text: &str) -> Result<Date> {
    let said = plain(text);
    read_day(text.trim()).with_context(|| format!("\"{said}\" is no date; write it as 2026-12-24"))
}

fn place(written: Address) -> Result<PostalAddress> {
    let code = plain(&written.country);
    let country = Country::parse(&written.country)
        .with_context(|| format!("\"{code}\" is no country; write two letters, as NO"))?;
    let place = PostalAddress {
        name: written.name,
        lines: written.lines,
        city: written.city,
        region: written.region,
        postcode: written.postcode,
        country,
    };
    Ok(place.checked()?)
}

fn drawn() -> Result<u128> {
    let mut bytes = [0; 16];
    if !world::random(&mut bytes) {
        bail!("there is no randomness");
    }
    Ok(u128::from_be_bytes(bytes))
}
