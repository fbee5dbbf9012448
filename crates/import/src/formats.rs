//! The formats: ours, Ghost's, Leaky Paywall's.

use store::MailAddress;

use crate::error::{FileError, RowError, Wrong};
use crate::post;
use crate::rows::Cells;
use crate::subscriber::{Card, Has, Paid, Subscriber};
use crate::table::Columns;

/// Of which system a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Ours, in which everything can be said. Columns that it doesn't know are
    /// refused, since they may be misspelt.
    Ludgate,
    /// What Ghost exports of its members (version 5 and later). It doesn't say
    /// until when anybody has paid.
    Ghost,
    /// What the WordPress plugin Leaky Paywall exports of its subscribers, in
    /// its present and its older form.
    LeakyPaywall,
}

/// The columns of ours, in the order of the guide.
const OURS: [&str; 26] = [
    "email",
    "verified",
    "id",
    "name",
    "locale",
    "created",
    "newsletter",
    "has",
    "level",
    "paid_until",
    "renews",
    "currency",
    "country",
    "customer",
    "payment_method",
    "card",
    "card_expires",
    "post_name",
    "post_street",
    "post_street_2",
    "post_street_3",
    "post_street_4",
    "post_city",
    "post_region",
    "post_code",
    "post_country",
];

/// What the column `has` may say.
const HAS: &str = "account, complimentary, paid";

/// What Leaky Paywall calls how somebody stands.
const STATUSES: &str = "active, trial, pending_cancel, canceled, expired, past_due, deactivated, \
     refunded, reversed, buyer_complaint, denied, failed, voided, suspended";

/// Those of whom it lets nobody read.
const WITHOUT: [&str; 9] = [
    "deactivated",
    "refunded",
    "refund",
    "reversed",
    "buyer_complaint",
    "denied",
    "failed",
    "voided",
    "suspended",
];

/// The longest of what other systems call something, in bytes: what Stripe says
/// that its ids may grow to, and the store keeps.
const LONGEST_ID: usize = 255;

/// The longest name of a level, in characters.
const LONGEST_LEVEL: usize = 100;

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ludgate, Self::Ghost, Self::LeakyPaywall];

    /// Its name, for command lines and for ids of what was brought over.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ludgate => "ours",
            Self::Ghost => "ghost",
            Self::LeakyPaywall => "leaky-paywall",
        }
    }

    /// Whose columns these are. What has an address and nobody's columns is to
    /// be ours, which says what is wrong with it.
    pub(crate) fn of(columns: &Columns, instead: Option<&'static str>) -> Result<Self, FileError> {
        let has = |name: &str| columns.contains_key(name);
        if has("complimentary_plan") && has("stripe_customer_id") {
            return Ok(Self::Ghost);
        }
        if has("payment_status") && has("expires") && (has("level_id") || has("level")) {
            return Ok(Self::LeakyPaywall);
        }
        if has("email") {
            return Ok(Self::Ludgate);
        }
        Err(FileError::Unrecognised { instead })
    }

    /// Which columns have the address and the id.
    pub(crate) fn names(self, columns: &Columns) -> (&'static str, &'static str) {
        match self {
            Self::Ludgate | Self::Ghost => ("email", "id"),
            Self::LeakyPaywall if columns.contains_key("user_email") => ("user_email", "user_id"),
            Self::LeakyPaywall => ("email", "user_id"),
        }
    }

    pub(crate) fn check(
        self,
        columns: &Columns,
        instead: Option<&'static str>,
    ) -> Result<(), FileError> {
        let needed: &[&'static str] = match self {
            Self::Ludgate => &["email"],
            Self::Ghost => &["id", "email", "complimentary_plan", "stripe_customer_id"],
            Self::LeakyPaywall if columns.contains_key("user_email") => {
                &["user_email", "level_id", "expires", "payment_status"]
            }
            Self::LeakyPaywall => &["email", "level", "expires", "payment_status"],
        };
        let missing: Vec<&'static str> = needed
            .iter()
            .copied()
            .filter(|name| !columns.contains_key(*name))
            .collect();
        if !missing.is_empty() {
            return Err(FileError::Columns {
                format: self.as_str(),
                missing,
                instead,
            });
        }
        if self != Self::Ludgate {
            return Ok(());
        }
        let unknown = columns
            .keys()
            .filter(|name| !OURS.contains(&name.as_str()))
            .min();
        match unknown {
            Some(column) => Err(FileError::Unknown {
                column: column.clone(),
                known: OURS.join(", "),
            }),
            None => Ok(()),
        }
    }

    pub(crate) fn subscriber(self, cells: &Cells<'_>) -> Result<Subscriber, RowError> {
        match self {
            Self::Ludgate => ours(cells),
            Self::Ghost => ghost(cells),
            Self::LeakyPaywall => leaky_paywall(cells),
        }
    }
}

fn ours(cells: &Cells<'_>) -> Result<Subscriber, RowError> {
    let mail = cells.mail("email")?;
    let level = cells.short("level", LONGEST_LEVEL)?;
    let until = cells.until("paid_until")?;
    let missing = |column| cells.error(Some(column), Wrong::Nothing);
    let has = match cells.some("has") {
        // Whoever has a level has something, and nobody knows what.
        None if level.is_some() || until.is_some() => return Err(missing("has")),
        None | Some("account") => Has::Account,
        Some("complimentary") => Has::Complimentary { level, until },
        Some("paid") => Has::Paid(Paid {
            level: level.ok_or_else(|| missing("level"))?,
            until: Some(until.ok_or_else(|| missing("paid_until"))?),
            renews: cells.truth("renews")?,
            currency: cells.currency("currency")?,
            country: cells.country("country")?.map(|country| country.to_string()),
            card: card(cells)?,
        }),
        Some(other) => {
            let word = other.to_owned();
            return Err(cells.error(Some("has"), Wrong::Word { word, allowed: HAS }));
        }
    };
    Ok(Subscriber {
        external: external(cells, "id", &mail)?,
        verified: cells.truth("verified")?,
        name: cells.name("name")?,
        locale: cells.locale("locale")?,
        since: cells.since("created")?,
        newsletter: cells.truth("newsletter")?,
        deleted: false,
        post: post::address(cells)?,
        has,
        mail,
    })
}

/// A method without its customer can't be charged.
fn card(cells: &Cells<'_>) -> Result<Option<Card>, RowError> {
    let customer = cells.short("customer", LONGEST_ID)?;
    let Some(method) = cells.short("payment_method", LONGEST_ID)? else {
        return Ok(None);
    };
    let missing = || cells.error(Some("customer"), Wrong::Nothing);
    Ok(Some(Card {
        customer: customer.ok_or_else(missing)?,
        method,
        label: cells.short("card", LONGEST_LEVEL)?,
        expires: cells.month("card_expires")?,
    }))
}

/// Who has a Stripe customer and no tier has paid once and doesn't any more.
fn ghost(cells: &Cells<'_>) -> Result<Subscriber, RowError> {
    let mail = cells.mail("email")?;
    let tier = cells.short("tiers", LONGEST_LEVEL)?;
    let has = match (cells.truth("complimentary_plan")?, tier) {
        (true, level) => Has::Complimentary { level, until: None },
        (false, Some(level)) => Has::Paid(Paid {
            level,
            until: None,
            renews: cells.some("stripe_customer_id").is_some(),
            currency: None,
            country: None,
            card: None,
        }),
        (false, None) => Has::Account,
    };
    Ok(Subscriber {
        external: external(cells, "id", &mail)?,
        verified: false,
        name: cells.name("name")?,
        locale: None,
        since: cells.since("created_at")?,
        newsletter: cells.truth("subscribed_to_emails")?,
        deleted: cells.some("deleted_at").is_some(),
        post: None,
        has,
        mail,
    })
}

fn leaky_paywall(cells: &Cells<'_>) -> Result<Subscriber, RowError> {
    let is_present = cells.some("user_email").is_some();
    let mail = cells.mail(if is_present { "user_email" } else { "email" })?;
    Ok(Subscriber {
        external: external(cells, "user_id", &mail)?,
        verified: false,
        name: full_name(cells)?,
        locale: None,
        since: cells.since("created")?,
        // It exports nothing of that, and no addresses.
        newsletter: false,
        deleted: false,
        post: None,
        has: leaky_paywalls(cells, if is_present { "level_id" } else { "level" })?,
        mail,
    })
}

/// What a subscriber's status there means: whether it is paid for, and whether it
/// goes on by itself. What is over or cancelled lasts until its day; without one it
/// is over, as it is there.
fn leaky_paywalls(cells: &Cells<'_>, column: &'static str) -> Result<Has, RowError> {
    let status = cells.some("payment_status").map(str::to_lowercase);
    let (stands, renews) = match status.as_deref() {
        None => return Ok(Has::Account),
        Some(status) if WITHOUT.contains(&status) => return Ok(Has::Account),
        Some("active" | "trial") => (true, true),
        Some("pending_cancel") => (true, false),
        Some("canceled" | "cancelled" | "expired" | "past_due") => (false, false),
        Some(other) => {
            let wrong = Wrong::Word {
                word: other.to_owned(),
                allowed: STATUSES,
            };
            return Err(cells.error(Some("payment_status"), wrong));
        }
    };
    let level = cells.short(column, LONGEST_LEVEL)?;
    let level = level.ok_or_else(|| cells.error(Some(column), Wrong::Nothing))?;
    let level = unquoted(&level).to_owned();
    let never = cells
        .some("expires")
        .is_some_and(|text| text.eq_ignore_ascii_case("never"));
    let until = if never { None } else { cells.until("expires")? };
    let price = cells.some("price").map(str::parse);
    let is_free = price == Some(Ok(0.0));
    if is_free || until.is_none() {
        let level = Some(level);
        let given = stands.then_some(Has::Complimentary { level, until });
        return Ok(given.unwrap_or(Has::Account));
    }
    let plan = cells.some("plan");
    Ok(Has::Paid(Paid {
        level,
        until,
        renews: renews && plan.is_some_and(|plan| plan != "Non-Recurring"),
        currency: None,
        country: None,
        card: None,
    }))
}

fn full_name(cells: &Cells<'_>) -> Result<Option<String>, RowError> {
    let names = [cells.name("first_name")?, cells.name("last_name")?];
    let names: Vec<String> = names.into_iter().flatten().collect();
    Ok((!names.is_empty()).then(|| names.join(" ")))
}

fn external(
    cells: &Cells<'_>,
    column: &'static str,
    mail: &MailAddress,
) -> Result<String, RowError> {
    let id = match cells.short(column, LONGEST_ID)? {
        Some(id) => unquoted(&id).to_owned(),
        None => mail.key(),
    };
    if id.len() > LONGEST_ID {
        return Err(cells.error(Some(column), Wrong::TooLong(id.len())));
    }
    Ok(id)
}

/// Leaky Paywall writes numbers with a leading nought as `="007"`, so that
/// spreadsheets leave it there.
fn unquoted(text: &str) -> &str {
    let inside = text
        .strip_prefix("=\"")
        .and_then(|text| text.strip_suffix('"'));
    inside.unwrap_or(text)
}
