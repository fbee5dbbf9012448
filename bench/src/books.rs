//! Readers with accounts and subscriptions, written into a server's store as the
//! program itself would write them.

use std::fs;
use std::io::IsTerminal;
use std::ops::Range;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use access::Country;
use anyhow::{Context, Result, ensure};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use commerce::calendar::{Interval, Zone};
use commerce::ids::{
    AccountId, OfferId, OrderId, PaymentMethodId, PlanId, ProductId, SubscriptionId, TaxClass,
};
use commerce::invoice::Party;
use commerce::money::{Currency, Money};
use commerce::payment::Outcome;
use commerce::subscription::{Begin, Command, Funding};
use commerce::tax::{TaxBasis, TaxRates, TaxStatus};
use commerce::terms::{Acceptance, Channel, Policy, Terms, Then};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::accounts::{NewAccount, PasswordHash};
use store::jobs::{Lane, Lease, MAX_TAKEN, Worker};
use store::payment_methods::PaymentMethod;
use store::subscriptions::{CommandError, Done, MAX_BATCH};
use store::{Issuer, MailAddress, Options, Store, Writing};

/// What everybody signs in with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The sandbox's card that always pays.
const CARD: &str = "sbxpm_4242424242424242_2035_12_00000000000000000000000000000007";

/// What a subscription comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sold {
    /// Nothing: an account and no more.
    Nothing,
    /// Begun and paid some days ago, to be renewed in the weeks to come.
    Paid,
    /// Brought over from elsewhere, to be renewed then.
    DueAt(Timestamp),
}

/// An open store.
pub(crate) struct Books {
    runtime: tokio::runtime::Runtime,
    store: Store,
    issuer: Issuer,
    tax: TaxRates,
    terms: Terms,
    password: PasswordHash,
}

/// What a night has still before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ahead {
    /// Whether anything is due, or waits for the payment provider.
    pub(crate) money: bool,
    /// Mails that wait to be sent.
    pub(crate) mails: u64,
}

impl Books {
    /// Opens the store of a data folder, or makes both.
    pub(crate) fn open(data: &Path) -> Result<Self> {
        fs::create_dir_all(data)?;
        // As the server would make it: its owner's alone.
        fs::set_permissions(data, fs::Permissions::from_mode(0o700))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let options = Options::at(data.join("ludgate.db"));
        let store = runtime.block_on(Store::open(&options, now()))?;
        let seller = country()?;
        Ok(Self {
            runtime,
            store,
            issuer: Issuer {
                seller: Party {
                    name: "The Long Story".into(),
                    address: Vec::new(),
                    country: seller,
                    vat_id: None,
                },
                invoices: "B-".into(),
                credit_notes: "BC-".into(),
            },
            tax: TaxRates::none(seller),
            terms: terms()?,
            password: hashed()?,
        })
    }

    /// Adds the readers of these numbers, with a bar on terminals.
    pub(crate) fn add(&self, numbers: Range<u64>, sold: Sold) -> Result<()> {
        let bar = ProgressBar::hidden();
        if std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_style(ProgressStyle::with_template(
            "{bar:40} {pos} of {len} readers written, {eta} left",
        )?);
        bar.set_length(numbers.end - numbers.start);
        let mut next = numbers.start;
        while next < numbers.end {
            let end = numbers.end.min(next + MAX_BATCH as u64);
            self.runtime.block_on(self.add_some(next..end, sold))?;
            bar.inc(end - next);
            next = end;
        }
        bar.finish_and_clear();
        Ok(())
    }

    async fn add_some(&self, numbers: Range<u64>, sold: Sold) -> Result<()> {
        // Begun on one of twenty days, so that they aren't all due on one.
        let days = i64::try_from(numbers.start / MAX_BATCH as u64 % 20)? + 1;
        let at = match sold {
            Sold::Paid => now() - SignedDuration::from_hours(24 * days),
            Sold::Nothing | Sold::DueAt(_) => now(),
        };
        let mut writing = self.store.write().await?;
        for number in numbers.clone() {
            self.sign_up(&mut writing, number, at).await?;
        }
        if sold != Sold::Nothing {
            self.sell(&mut writing, numbers, sold, at).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    async fn sign_up(&self, writing: &mut Writing, number: u64, at: Timestamp) -> Result<()> {
        let account = AccountId::new(scattered(number, Kind::Account));
        let new = NewAccount {
            id: account,
            mail: MailAddress::new(&mail(number))?,
            name: Some(format!("Reader {number}")),
            locale: None,
            password: Some(self.password.clone()),
            verified: Some(at),
        };
        writing.add_account(&new, at).await?;
        let customer = format!("sbxcus_{:032x}", account.get());
        writing.add_customer(account, "sandbox", &customer).await?;
        let card = PaymentMethod {
            id: PaymentMethodId::new(scattered(number, Kind::Card)),
            account,
            provider: "sandbox".into(),
            reference: CARD.into(),
            customer: Some(customer),
            label: "Visa 4242".into(),
            expires: Some("2035-12".into()),
            created: at,
            removed: None,
        };
        writing.add_payment_method(&card).await?;
        Ok(())
    }

    async fn sell(
        &self,
        writing: &mut Writing,
        numbers: Range<u64>,
        sold: Sold,
        at: Timestamp,
    ) -> Result<()> {
        let books = store::Books {
            now: at,
            tax: &self.tax,
            issuer: &self.issuer,
            act: None,
        };
        let begins: Result<Vec<_>> = numbers.map(|one| self.begin(one, sold, at)).collect();
        let begun = writing.begin_subscriptions(&begins?, &books).await?;
        let mut reports = Vec::with_capacity(MAX_BATCH);
        for done in begun {
            reports.extend(report(done)?);
        }
        for answer in writing.commands(&reports, &books).await? {
            answer?;
        }
        // What was asked for then was done then.
        let worker = Worker::new("bench");
        let lease = Lease {
            business: at,
            system: at,
            lasts: SignedDuration::from_mins(1),
        };
        for lane in [Lane::Provider, Lane::Mail] {
            loop {
                let jobs = writing.take_jobs(lane, &worker, lease, MAX_TAKEN).await?;
                if jobs.is_empty() {
                    break;
                }
                let _ = writing.finish_jobs(&jobs, &worker, at).await?;
            }
        }
        Ok(())
    }

    fn begin(&self, number: u64, sold: Sold, at: Timestamp) -> Result<(SubscriptionId, Begin)> {
        let id = SubscriptionId::new(scattered(number, Kind::Subscription));
        let begin = Begin {
            account: AccountId::new(scattered(number, Kind::Account)),
            terms: self.terms.clone(),
            acceptance: Acceptance {
                at,
                locale: "en".into(),
                words: "00".repeat(32),
                channel: Channel::Web,
                withdrawal_waived: false,
            },
            tax_status: TaxStatus::consumer(country()?),
            method: Some(PaymentMethodId::new(scattered(number, Kind::Card))),
            address: None,
            funding: match sold {
                Sold::DueAt(until) => Funding::Elsewhere { until },
                Sold::Paid | Sold::Nothing => Funding::Own {
                    order: OrderId::new(scattered(number, Kind::Order)),
                },
            },
        };
        Ok((id, begin))
    }

    /// What is still to be done of what is due by now.
    pub(crate) fn ahead(&self) -> Result<Ahead> {
        self.runtime.block_on(async {
            let mut reading = self.store.read().await?;
            let due = reading.next_subscription_due().await?;
            let charges = reading.jobs_waiting(Lane::Provider, now()).await?;
            let mails = reading.jobs_waiting(Lane::Mail, now()).await?;
            Ok(Ahead {
                money: due.is_some_and(|due| due <= now()) || charges > 0,
                mails,
            })
        })
    }

    /// Whether a reader's subscription was paid for once, and once only.
    pub(crate) fn must_have_paid_once(&self, number: u64) -> Result<()> {
        let id = SubscriptionId::new(scattered(number, Kind::Subscription));
        let facts = self.runtime.block_on(async {
            let mut reading = self.store.read().await?;
            reading.facts(id).await
        })?;
        let paid = facts.iter().filter(|fact| fact.name() == "paid").count();
        ensure!(
            paid == 1,
            "reader {number} has paid {paid} times in one night"
        );
        Ok(())
    }

    /// Closes it, all of it in one file.
    pub(crate) fn close(self) {
        self.runtime.block_on(self.store.close());
    }
}

/// The address of a reader.
pub(crate) fn mail(number: u64) -> String {
    format!("reader{number}@example.com")
}

/// The clock that the server goes by.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring is what this crate is for"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// What is to be paid is.
fn report(done: Result<Done, CommandError>) -> Result<Option<(SubscriptionId, Command)>> {
    let subscription = done?.subscription;
    Ok(subscription.payments.open.as_ref().map(|open| {
        let (charge, amount) = (open.charge(), open.bill.total);
        let outcome = Outcome::Paid { amount };
        (subscription.id, Command::Report { charge, outcome })
    }))
}

fn country() -> Result<Country> {
    Country::parse("GB").context("a country")
}

/// Ten dollars a month.
fn terms() -> Result<Terms> {
    let currency = Currency::parse("USD").context("a currency")?;
    Ok(Terms {
        offer: OfferId::new("monthly")?,
        plan: PlanId::new("monthly")?,
        product: ProductId::new("digital")?,
        grants: vec!["read".into()],
        story: None,
        phases: Vec::new(),
        then: Then::Renews {
            price: Money::new(10_00, currency),
            every: Interval::MONTH,
        },
        quantity: 1,
        seated: false,
        delivered: false,
        method_needed: false,
        currency,
        tax_basis: TaxBasis::Inclusive,
        tax_class: TaxClass::new("standard")?,
        zone: Zone::new(TimeZone::get("Europe/London")?)?,
        policy: Policy::default(),
    })
}

/// [`PASSWORD`], hashed at what it costs in the program: another cost would have
/// it hashed a second time when it is used.
fn hashed() -> Result<PasswordHash> {
    let trouble = |error: &dyn std::fmt::Display| anyhow::anyhow!("no password: {error}");
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| trouble(&error))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = hasher.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]);
    Ok(PasswordHash::new(
        hash.map_err(|error| trouble(&error))?.to_string(),
    ))
}

/// What an id is of.
#[derive(Clone, Copy)]
enum Kind {
    Account = 1,
    Subscription = 2,
    Card = 3,
    Order = 4,
}

/// An id as it is drawn: they lie about in every index.
fn scattered(number: u64, kind: Kind) -> u128 {
    let mixed = |number: u64| {
        let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    let first = number.wrapping_mul(8).wrapping_add(kind as u64);
    u128::from(mixed(first)) << 64 | u128::from(mixed(first ^ u64::MAX))
}
