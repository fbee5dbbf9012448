//! What may be sold, and what is refused by line and column.

use std::path::Path;

use access::{Audience, Country};
use commerce::ids::PromotionCode;
use commerce::tax::TaxBasis;
use commerce::terms::{PhaseKind, Silence};
use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::config::Config;

const PAPER: &str = "origin.content = \"content\"\n[publication]\nname = \"The Stanner Post\"\n\
                     url = \"https://post.example\"\ntimezone = \"Asia/Tokyo\"\n";

const SHOP: &str = r#"
[products.digital]
grants = ["read", "apps"]

[plans.digital-monthly]
product = "digital"
price   = "14.90 USD"
every   = "1 month"

[[offers]]
id     = "winter"
plan   = "digital-monthly"
phases = [{ price = "9.00 USD", lasts = "3 months" }]
ends   = 2027-01-31
for    = "new readers"
"#;

fn sales(text: &str) -> Result<Option<Sales>, Vec<ConfigError>> {
    let config = Config::parse(&format!("{PAPER}{text}"), Path::new(""))?;
    Ok(config.sales)
}

#[track_caller]
fn good(text: &str) -> Sales {
    let sales = sales(text).unwrap_or_else(|errors| panic!("{errors:?}"));
    sales.expect("something is sold")
}

/// What is wrong, and what is written where it is said to be.
#[track_caller]
fn wrong(text: &str, expected: &[(&str, &str)]) {
    let whole = format!("{PAPER}{text}");
    let errors = sales(text).err().unwrap_or_default();
    let found: Vec<(&str, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span.clone().unwrap_or_default();
            (whole.get(span).unwrap_or_default(), error.message.as_str())
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((written, message), (place, words)) in found.iter().zip(expected) {
        assert!(written.contains(place), "{written} for {message}");
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn what_is_written_is_sold() {
    assert!(sales("").expect("a configuration").is_none());
    let shop = good(SHOP);
    assert_eq!(shop.currency.code(), "USD");
    assert!(shop.taxed.is_none());
    let last: Timestamp = "2027-01-31T14:59:59Z".parse().expect("a time");
    let held_out = shop.catalog.held_out(shop.currency);
    let of_the_day = |now| {
        let found = held_out.of_the_day(Audience::Anonymous, now);
        found.map(|(_, offer)| offer)
    };
    let offer = of_the_day(last).expect("the last second in Tokyo");
    assert_eq!(
        offer.phases.first().map(|phase| phase.price.minor),
        Some(900)
    );
    assert_eq!(offer.price.minor, 1490);
    let over = last
        .checked_add(jiff::SignedDuration::from_secs(1))
        .expect("a time");
    assert_eq!(of_the_day(over), None);
}

#[test]
fn everything_that_can_be_said_is_taken_up() {
    let shop = good(
        r#"
currency = "JPY"

[products.print]
grants    = "print"
delivered = true
tax       = "print"
[products.story]
grants    = "read"
one_story = true

[plans.print-yearly]
product = "print"
price   = ["120 EUR", "18000 JPY"]
every   = "1 year"
seats   = { least = 2, most = 50 }
[plans.one]
product = "story"
price   = "300 JPY"
lasts   = "always"
[plans.day]
product = "print"
price   = "500 JPY"
lasts   = "1 day"

[[offers]]
id             = "try"
plan           = "print-yearly"
phases         = [{ trial = "14 days" }, { price = ["5 EUR", "700 JPY"], lasts = "1 month", times = 3 }]
starts         = 2026-12-01
code           = "snow"
uses           = { total = 100, per_account = 1 }
payment_method = true
[[offers]]
id   = "present"
plan = "day"
gift = true
"#
        .trim_start(),
    );
    assert_eq!(shop.currency.code(), "JPY");
    let Catalog {
        products,
        plans,
        offers,
        ..
    } = &shop.catalog;
    let (print, story) = (&products[0], &products[1]);
    assert_eq!((print.id.as_str(), print.delivered), ("print", true));
    assert_eq!(print.tax_class.as_str(), "print");
    assert_eq!(
        (story.scope, story.tax_class.as_str()),
        (Scope::OneStory, "standard")
    );
    let terms: Vec<(&str, Term)> = plans.iter().map(|p| (p.id.as_str(), p.term)).collect();
    let day = Some(Interval::DAY);
    let yearly = Term::Renews {
        every: Interval::YEAR,
    };
    assert_eq!(
        terms,
        [
            ("day", Term::Once { lasts: day }),
            ("one", Term::Once { lasts: None }),
            ("print-yearly", yearly),
        ]
    );
    let yearly = &plans[2];
    let prices: Vec<String> = yearly.prices.iter().map(Money::to_string).collect();
    assert_eq!(prices, ["120.00 EUR", "18000 JPY"]);
    assert_eq!(yearly.seats, Some(Seating { least: 2, most: 50 }));
    let (try_it, present) = (&offers[0], &offers[1]);
    let kinds: Vec<_> = try_it
        .phases
        .iter()
        .map(|p| (p.kind, p.every, p.times))
        .collect();
    assert_eq!(
        kinds,
        [
            (PhaseKind::Trial, Interval::Days(14), 1),
            (PhaseKind::Intro, Interval::MONTH, 3),
        ]
    );
    assert_eq!(
        try_it.code.as_ref().map(PromotionCode::as_str),
        Some("SNOW")
    );
    assert_eq!(try_it.caps.total, Some(100));
    assert_eq!(try_it.caps.per_account, Some(1));
    assert_eq!(try_it.window.starts, Some(date(2026, 12, 1)));
    assert!(try_it.method_needed && !try_it.gift && present.gift);
}

#[test]
fn terms_taxes_and_who_issues_invoices_are_taken_up() {
    let more = r#"
[terms]
grace_days             = 10
retry_days             = [2, 5]
withdrawal_days        = 0
longest_pause_days     = 30
price_rise_notice_days = 60
price_rise_silence     = "refuses"
trial_reminder_days    = [3]
renewal_reminder_days  = [7]

[tax]
seller         = "JP"
prices         = "exclude tax"
reverse_charge = ["DE"]
rates          = [
  { country = "JP", rate = "10 %" },
  { country = "JP", class = "print", from = 2019-10-01, rate = "8 %" },
]

[invoices]
name    = "The Review K.K."
address = ["1 Ginza", "Tokyo 104-0061"]
vat_id  = "JP 1234567890123"
prefix  = "LR-"
"#;
    let shop = good(&format!("{SHOP}{more}"));
    let Catalog {
        tax_basis, policy, ..
    } = &shop.catalog;
    assert_eq!(
        (
            policy.dunning.grace_days,
            policy.dunning.retry_days.as_slice()
        ),
        (10, &[2, 5][..])
    );
    assert_eq!(policy.withdrawal, None);
    assert_eq!(policy.pause.map(|pause| pause.longest_days), Some(30));
    assert_eq!(policy.price_rise.notice_days, 60);
    assert_eq!(policy.price_rise.silence, Silence::Refuses);
    assert_eq!(policy.reminders.trial_days, [3]);
    assert_eq!(policy.reminders.renewal_days, [7]);
    assert_eq!(*tax_basis, TaxBasis::Exclusive);
    let Taxed { rates: tax, issuer } = shop.taxed.expect("rates and an issuer");
    let japan = Country::parse("JP").expect("a country");
    let rate = |class: &str, year| {
        let class = TaxClass::new(class).expect("a class");
        tax.rate(japan, &class, date(year, 1, 1))
            .map(|rate| rate.to_string())
    };
    assert_eq!(rate("standard", 1990), Some("10 %".to_owned()));
    assert_eq!(rate("print", 2019), None);
    assert_eq!(rate("print", 2020), Some("8 %".to_owned()));
    assert_eq!(issuer.seller.name, "The Review K.K.");
    assert_eq!(issuer.seller.address, ["1 Ginza", "Tokyo 104-0061"]);
    assert_eq!(issuer.seller.country, japan);
    let vat_id = issuer.seller.vat_id.expect("an id");
    assert_eq!(vat_id.as_str(), "JP1234567890123");
    assert_eq!(
        (issuer.invoices.as_str(), issuer.credit_notes.as_str()),
        ("LR-", "CN-")
    );
}

#[test]
fn mistakes_are_named_where_they_are() {
    wrong(
        &SHOP.replace("14.90 USD", "14,90 USD"),
        &[("14,90 USD", "is no amount")],
    );
    wrong(
        &SHOP.replace("9.00 USD", "9 EUR"),
        &[
            ("winter", "has no price in USD"),
            ("winter", "has a price in EUR"),
        ],
    );
    wrong(
        &SHOP.replace("new readers", "new reader"),
        &[("new reader", "isn't known here")],
    );
    wrong(
        &SHOP.replace("2027-01-31", "2027-01-31T10:00:00"),
        &[("2027-01-31T10", "is no day")],
    );
    wrong(
        &SHOP.replace("2027-01-31", "\"31 January\""),
        &[("31 January", "is no day")],
    );
    wrong(
        &SHOP.replace("product = \"digital\"", "product = \"digtal\""),
        &[("digital-monthly", "a product \"digtal\" that isn't there")],
    );
    wrong(
        &SHOP.replace("plan   = \"digital-monthly\"", "plan = \"gone\""),
        &[("winter", "leads into a plan \"gone\"")],
    );
    wrong(
        &SHOP.replace("every   = \"1 month\"", "every = \"1 fortnight\""),
        &[("1 fortnight", "is no interval")],
    );
    wrong(
        &SHOP.replace("every   = \"1 month\"", ""),
        &[("digital-monthly", "doesn't say how long")],
    );
    wrong(
        &SHOP.replace(
            "every   = \"1 month\"",
            "every = \"1 month\"\nlasts = \"1 day\"",
        ),
        &[("1 day", "either renews or ends")],
    );
    wrong(
        &SHOP.replace("lasts = \"3 months\"", "trial = \"3 months\""),
        &[("9.00 USD", "a trial, or a price for a time")],
    );
    wrong(
        &SHOP
            .replace("\"14.90 USD\"", "[\"14.90 USD\", \"13.90 EUR\"]")
            .replace("\"9.00 USD\"", "[\"9 USD\", \"9 EUR\"]"),
        &[("The Stanner Post", "plans are sold in EUR, USD")],
    );
    wrong(
        &format!("currency = \"CHF\"\n{SHOP}"),
        &[("CHF", "nothing is sold in CHF")],
    );
    wrong(
        &format!("{SHOP}[terms]\ngrace_days = 3\n"),
        &[("", "retries have to come one after another")],
    );
    wrong(
        &format!("{SHOP}[tax]\nrates = [{{ country = \"JP\", rate = \"10 %\" }}]\n"),
        &[("JP", "for a seller")],
    );
    wrong(
        &format!(
            "{SHOP}[tax]\nseller = \"Japan\"\nrates = [{{ country = \"JP\", rate = \"10\" }}]\n"
        ),
        &[("10", "is no rate of tax"), ("Japan", "is no country code")],
    );
    wrong(
        &format!("{SHOP}[invoices]\naddress = [\"\"]\nvat_id = \"12\"\nprefix = \"no spaces \"\n"),
        &[
            ("", "can't be printed on an invoice"),
            ("12", "is no VAT id"),
            ("no spaces ", "is no number of an invoice"),
        ],
    );
    wrong(
        &SHOP.replace("id     = \"winter\"", "id = \"Winter!\""),
        &[("Winter!", "can't name an offer")],
    );
}

#[test]
fn what_is_taxed_as_something_without_a_rate_is_a_mistake() {
    let rates = "[tax]\nseller = \"JP\"\nrates = [\n{ country = \"JP\", class = \"print\", rate = \
                 \"8 %\" },\n{ country = \"JP\", class = \"pixels\", rate = \"10 %\" },\n]\n";
    wrong(
        &format!("{SHOP}{rates}"),
        &[(
            "digital",
            "\"digital\" is taxed as \"standard\", of which [tax] has no rate",
        )],
    );
    let taxed = |class: &str| {
        let grants = "grants = [\"read\", \"apps\"]";
        let shop = SHOP.replace(grants, &format!("{grants}\ntax = \"{class}\""));
        format!("{shop}{rates}")
    };
    wrong(
        &taxed("pixel"),
        &[("pixel", "is taxed as \"pixel\", of which [tax] has no rate")],
    );
    good(&taxed("pixels"));
}
