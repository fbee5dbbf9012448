//! Who and what is meant. Where that isn't certain, nothing is done: what might
//! be meant is listed instead.

use anyhow::{Result, bail};
use commerce::gift::Gift;
use commerce::ids::AccountId;
use commerce::payment::Payment;
use commerce::subscription::Subscription;
use store::accounts::{Account, AccountStatus};
use store::{Owner, Reading};

use super::words::standing;
use crate::care::plain;

/// The reader that a text names, by an address, an id or a number: never by how
/// either begins.
pub(super) async fn reader(reading: &mut Reading, text: &str) -> Result<Account> {
    let mut found = reading.find_exactly(text).await?;
    let wanted = plain(text);
    if found.len() > 1 {
        bail!(
            "{} readers have \"{wanted}\"; name one by its id:\n{}",
            found.len(),
            listed(&found)
        );
    }
    let Some(found) = found.pop() else {
        let near = reading.find(text).await?;
        if near.is_empty() {
            bail!(
                "nobody has \"{wanted}\" as an address, an id or a number; look with ludgate \
                 reader find"
            );
        }
        bail!(
            "nobody has just \"{wanted}\"; name one of these by its address or its id:\n{}",
            listed(&near)
        );
    };
    if let AccountStatus::Merged(into) = found.status {
        bail!("{} was merged into {into}; name that", found.id);
    }
    Ok(found)
}

/// The same, of somebody who can still be given and told something.
pub(super) async fn open_reader(reading: &mut Reading, text: &str) -> Result<Account> {
    let found = reader(reading, text).await?;
    match found.status {
        AccountStatus::Open => Ok(found),
        AccountStatus::Closed => bail!("the account {} is closed", found.id),
        AccountStatus::Erased | AccountStatus::Merged(_) => {
            bail!(
                "{} was erased; nothing can be done for it any more",
                found.id
            )
        }
    }
}

fn listed(accounts: &[Account]) -> String {
    let line = |account: &Account| {
        let mail = account.mail.as_ref().map_or("", |mail| mail.as_str());
        let name = account.name.as_deref().unwrap_or_default();
        let line = format!("  {}  {}  {}", account.id, plain(mail), plain(name));
        line.trim_end().to_owned()
    };
    let lines: Vec<String> = accounts.iter().map(line).collect();
    lines.join("\n")
}

/// The subscription that is meant: the one that is named, or the only one that
/// runs and fits.
pub(super) async fn subscription(
    reading: &mut Reading,
    (reader, named): (&str, Option<&str>),
    fits: impl Fn(&Subscription) -> bool,
) -> Result<Subscription> {
    let account = self::reader(reading, reader).await?;
    let mut all = reading.subscriptions(account.id).await?;
    // A reader who is named by a subscription, or a payment for it, means that, and
    // no other that they have.
    if let Some(pointed) = reading.pointed_at(reader).await? {
        all.retain(|one| Owner::Subscription(one.id) == pointed.owner);
        match all.as_slice() {
            [] => bail!(
                "\"{}\" is no subscription of {}; name the reader, or the subscription",
                plain(reader),
                account.id
            ),
            [one] if named.is_none() && pointed.payment.is_none() => return Ok(one.clone()),
            _ => {}
        }
    }
    if let Some(text) = named {
        let named = all
            .into_iter()
            .find(|one| one.id.to_string() == text.trim());
        return named.ok_or_else(|| {
            let text = plain(text);
            anyhow::anyhow!("{} has no subscription \"{text}\"", account.id)
        });
    }
    let running: Vec<Subscription> = all.into_iter().filter(|one| !one.is_ended()).collect();
    let fitting: Vec<&Subscription> = running.iter().filter(|one| fits(one)).collect();
    let line = |one: &Subscription| format!("  {}  {}", one.id, standing(one));
    let lines = |some: &mut dyn Iterator<Item = &Subscription>| -> String {
        some.map(line).collect::<Vec<_>>().join("\n")
    };
    match fitting.as_slice() {
        [one] => Ok((*one).clone()),
        [] if running.is_empty() => bail!("{} has no subscription that runs", account.id),
        [] => bail!(
            "none of what {} has is meant without being named; name it with --subscription:\n{}",
            account.id,
            lines(&mut running.iter())
        ),
        several => bail!(
            "{} has several; name one with --subscription:\n{}",
            account.id,
            lines(&mut several.iter().copied())
        ),
    }
}

/// A payment, and whose it is.
pub(super) struct Paid {
    pub(super) account: AccountId,
    pub(super) owner: Owner,
    pub(super) payment: Payment,
    /// The number of its invoice, and the day that bears.
    pub(super) invoice: Option<(String, String)>,
}

impl Paid {
    fn is(&self, text: &str) -> bool {
        let charge = self.payment.charge;
        let number = self.invoice.as_ref().map(|(number, _)| number.as_str());
        charge.to_string() == text || charge.order.to_string() == text || number == Some(text)
    }

    fn in_a_line(&self) -> String {
        let (number, date) = self.invoice.clone().unwrap_or_default();
        let Payment { charge, total, .. } = &self.payment;
        format!("  {charge}  {date}  {total}  {number}")
    }
}

/// Everything that an account has paid and that is remembered, subscription by
/// subscription, the latest last.
pub(super) async fn payments(reading: &mut Reading, account: AccountId) -> Result<Vec<Paid>> {
    let mut all = Vec::new();
    let mut found: Vec<(Owner, Payment)> = Vec::new();
    for one in reading.subscriptions(account).await? {
        let payments = one.payments.payments().cloned();
        found.extend(payments.map(|payment| (Owner::Subscription(one.id), payment)));
    }
    for one in reading.gifts(account).await? {
        let Gift { id, payments, .. } = one;
        let payments = payments.payments().cloned();
        found.extend(payments.map(|payment| (Owner::Gift(id), payment)));
    }
    for (owner, payment) in found {
        let invoice = reading.invoice_of(payment.charge).await?;
        let invoice = invoice.map(|one| (one.number.to_string(), one.date.to_string()));
        all.push(Paid {
            account,
            owner,
            payment,
            invoice,
        });
    }
    Ok(all)
}

/// The payment that is meant: the one that is named, or the only one of which
/// something can still be given back.
pub(super) async fn payment(
    reading: &mut Reading,
    (reader, named): (&str, Option<&str>),
) -> Result<Paid> {
    let account = self::reader(reading, reader).await?;
    let mut all = payments(reading, account.id).await?;
    // A reader who is named by a payment means that; who is named by what was paid
    // for, one of its payments.
    let pointed = reading.pointed_at(reader).await?;
    if let Some(pointed) = &pointed {
        all.retain(|paid| paid.owner == pointed.owner);
    }
    let by_reader = pointed.as_ref().and_then(|one| one.payment.as_deref());
    if let Some(text) = named.or(by_reader) {
        let named = all.into_iter().find(|paid| paid.is(text.trim()));
        return named.ok_or_else(|| {
            let text = plain(text);
            let id = account.id;
            anyhow::anyhow!(
                "{id} has paid nothing that is called \"{text}\"; see ludgate reader show {id}"
            )
        });
    }
    let of = pointed.map_or_else(String::new, |pointed| format!(" for {}", pointed.owner));
    all.retain(|paid| {
        paid.payment
            .refundable()
            .is_ok_and(commerce::money::Money::is_positive)
    });
    if all.len() > 1 {
        let lines: Vec<String> = all.iter().map(Paid::in_a_line).collect();
        bail!(
            "{} has paid several times{of}; name one with --payment:\n{}",
            account.id,
            lines.join("\n")
        );
    }
    all.pop().ok_or_else(|| {
        anyhow::anyhow!(
            "{} has paid nothing{of} that could be given back",
            account.id
        )
    })
}
