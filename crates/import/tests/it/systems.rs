//! What each system writes.

use access::Country;
use commerce::address::PostalAddress;
use commerce::money::Currency;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_import::{Card, FileError, Format, Has, Paid, Rows, Subscriber};

use super::subscribers;

fn only(format: Format, text: &str) -> Subscriber {
    let mut all = subscribers(format, text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Paid for until then, and nothing more is known.
fn paid(level: &str, until: Option<Timestamp>, renews: bool) -> Paid {
    Paid {
        level: level.into(),
        until,
        renews,
        currency: None,
        country: None,
        card: None,
    }
}

#[test]
fn ours_says_everything() {
    let text = "email,verified,id,name,locale,created,newsletter,has,level,paid_until,renews,currency,\
                country,customer,payment_method,card,card_expires,post_name,post_street,post_street_2,\
                post_city,post_region,post_code,post_country\n\
                anna@example.com,yes,7,\"Berg, Anna\",de,2024-05-01,yes,paid,monthly,2027-01-31,yes,EUR,\
                DE,cus_1,pm_1,Visa 4242,2029-04,,Kanalstr. 1,Hinterhaus,Berlin,,10115,\n";
    let anna = only(Format::Ludgate, text);
    assert_eq!(anna.external, "7");
    assert_eq!(anna.mail.as_str(), "anna@example.com");
    assert!(anna.verified && anna.newsletter);
    assert_eq!(anna.name.as_deref(), Some("Berg, Anna"));
    assert_eq!(anna.locale.as_deref(), Some("de"));
    assert_eq!(anna.since, Some(at("2024-04-30T22:00:00Z")));
    // A day counts through its end, in the publication's zone.
    let expected = Paid {
        currency: Some(Currency::parse("EUR").expect("a currency")),
        country: Some("DE".into()),
        card: Some(Card {
            customer: "cus_1".into(),
            method: "pm_1".into(),
            label: Some("Visa 4242".into()),
            expires: Some("2029-04".into()),
        }),
        ..paid("monthly", Some(at("2027-01-31T23:00:00Z")), true)
    };
    assert_eq!(anna.has, Has::Paid(expected));
    // Who isn't named in it is who the row is about, and lives where they are taxed.
    let post = PostalAddress {
        name: "Berg, Anna".into(),
        lines: vec!["Kanalstr. 1".into(), "Hinterhaus".into()],
        city: "Berlin".into(),
        region: None,
        postcode: Some("10115".into()),
        country: Country::parse("DE").expect("a country"),
    };
    assert_eq!(anna.post, Some(post));
}

#[test]
fn a_file_is_recognised_by_its_columns() {
    let check = |header: &str, expected: Result<Format, &str>| {
        let rows = Rows::open(header.as_bytes(), None, TimeZone::UTC);
        let found = rows
            .map(|rows| rows.format())
            .map_err(|error| error.to_string());
        match (found, expected) {
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (found, expected) => assert_eq!(found.ok(), expected.ok(), "{header}"),
        }
    };
    check("email\n", Ok(Format::Ludgate));
    check("Name,Email,Paid Until\n", Ok(Format::Ludgate));
    check(GHOST, Ok(Format::Ghost));
    let present = "user_email,level_id,expires,payment_status\n";
    check(present, Ok(Format::LeakyPaywall));
    let before = "Email,Level,Expires,Payment Status\n";
    check(before, Ok(Format::LeakyPaywall));
    check("email,nmae\n", Err("\"nmae\" isn't known"));
    check("name,telephone\n", Err("--format"));
    check("email;name\n", Err("commas, not semicolons"));
    let text = format!("\"{}", "email".repeat(1_000_000));
    let endless = Rows::open(text.as_bytes(), None, TimeZone::UTC);
    assert!(matches!(endless, Err(FileError::Endless { line: 1, .. })));
}

#[test]
fn an_address_is_enough_and_columns_come_in_any_order() {
    let anna = only(
        Format::Ludgate,
        "\u{feff}Name,EMAIL\r\nAnna,Anna@Example.com\r\n",
    );
    assert_eq!(anna.external, "anna@example.com");
    assert_eq!(anna.has, Has::Account);
    // Nobody is sent a newsletter, or believed, that the file doesn't speak of.
    assert!(!anna.newsletter && !anna.verified);
}

const GHOST: &str = "id,email,name,note,subscribed_to_emails,complimentary_plan,\
                     stripe_customer_id,created_at,deleted_at,labels,tiers\r\n";

#[test]
fn ghosts_members_are_free_paying_or_given() {
    let text = format!(
        "{GHOST}\
         a1,free@example.com,,,true,,,2024-01-15T10:00:00.000Z,,,\r\n\
         a2,paying@example.com,Ida,\"a note, with a comma\",true,,cus_2,2024-01-15T10:00:00.000Z,,,Gold\r\n\
         a3,given@example.com,Bo,,true,true,,2024-01-15T10:00:00.000Z,,,Gold\r\n\
         a4,gone@example.com,,,false,,,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,,\r\n"
    );
    let all = subscribers(Format::Ghost, &text);
    let has: Vec<&Has> = all.iter().map(|one| &one.has).collect();
    // Who is who at Stripe is Ghost's: nothing can be charged by that alone.
    let paid = Has::Paid(paid("Gold", None, true));
    let given = Has::Complimentary {
        level: Some("Gold".into()),
        until: None,
    };
    assert_eq!(has, [&Has::Account, &paid, &given, &Has::Account]);
    let deleted: Vec<bool> = all.iter().map(|one| one.deleted).collect();
    assert_eq!(deleted, [false, false, false, true]);
    let newsletter: Vec<bool> = all.iter().map(|one| one.newsletter).collect();
    assert_eq!(newsletter, [true, true, true, false]);
}

#[test]
fn leaky_paywalls_subscribers_of_today() {
    let text = "user_id,user_login,user_email,first_name,last_name,level_id,hash,subscriber_id,\
                price,description,plan,created,expires,payment_gateway,payment_status,has_access\n\
                5,ida,ida@example.com,Ida,Holm,2,abc,cus_5,9.00,Monthly,month,\"2024-01-15 10:00:00\",\"2027-02-15 10:00:00\",stripe,active,yes\n\
                6,bo,bo@example.com,Bo,,\"=\"\"0\"\"\",def,,0,Free,,\"2024-01-15 10:00:00\",\"0000-00-00 00:00:00\",free_registration,active,yes\n\
                7,eva,eva@example.com,,,2,ghi,cus_7,9.00,Monthly,month,\"2024-01-15 10:00:00\",\"2026-02-15 10:00:00\",stripe,canceled,no\n";
    let all = subscribers(Format::LeakyPaywall, text);
    let has: Vec<&Has> = all.iter().map(|one| &one.has).collect();
    let paid = |until: &str, renews| Has::Paid(paid("2", Some(at(until)), renews));
    let free = Has::Complimentary {
        level: Some("0".into()),
        until: None,
    };
    assert_eq!(
        has,
        [
            &paid("2027-02-15T09:00:00Z", true),
            &free,
            &paid("2026-02-15T09:00:00Z", false),
        ]
    );
    let names: Vec<_> = all.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("Ida Holm"), Some("Bo"), None]);
}

#[test]
fn leaky_paywalls_subscribers_of_before() {
    let text = "Email,First Name,Last Name,Username,Level,Subscriber ID,Plan,Gateway,\
                Payment Status,Created,Expires\n\
                ida@example.com,Ida,Holm,ida,Monthly,cus_5,month,stripe,active,2024-01-15,2027-02-15\n\
                bo@example.com,Bo,,bo,Lifetime,,Non-Recurring,manual,active,2024-01-15,never\n";
    let all = subscribers(Format::LeakyPaywall, text);
    let kinds: Vec<bool> = all
        .iter()
        .map(|one| matches!(one.has, Has::Paid(Paid { renews: true, .. })))
        .collect();
    assert_eq!(kinds, [true, false]);
}

#[test]
fn what_is_over_at_leaky_paywall_is_given_to_nobody_for_good() {
    let status = |status: &str, price: &str, expires: &str| -> Has {
        let text = format!(
            "user_id,user_email,level_id,price,plan,created,expires,payment_status\n\
             5,ida@example.com,2,{price},month,2024-01-15,{expires},{status}\n"
        );
        let mut all = subscribers(Format::LeakyPaywall, &text);
        all.pop().expect("a row").has
    };
    let never = "0000-00-00 00:00:00";
    let given = Has::Complimentary {
        level: Some("2".into()),
        until: None,
    };
    for stands in ["active", "trial", "pending_cancel"] {
        for never in [never, ""] {
            assert_eq!(status(stands, "9.00", never), given, "{stands}");
        }
    }
    for over in ["canceled", "cancelled", "expired", "past_due"] {
        assert_eq!(status(over, "9.00", never), Has::Account, "{over}");
        // A day that is said is kept to, where something was paid for it.
        let until = at("2027-02-15T09:00:00Z");
        let day = "2027-02-15 10:00:00";
        let kept = Has::Paid(paid("2", Some(until), false));
        assert_eq!(status(over, "9.00", day), kept, "{over}");
        assert_eq!(status(over, "0", day), Has::Account, "{over}");
    }
    for none in ["refunded", "reversed", "failed", "suspended", "deactivated"] {
        assert_eq!(status(none, "9.00", "2027-02-15"), Has::Account, "{none}");
    }
}

#[test]
fn the_last_day_that_there_is_is_a_day() {
    for day in ["9999-12-31", "9999-12-31 23:59:59"] {
        let text = format!("email,has,level,paid_until\na@example.com,paid,gold,{day}\n");
        // Whoever takes it says that it is too far away.
        let last = Has::Paid(paid("gold", Some(Timestamp::MAX), false));
        assert_eq!(only(Format::Ludgate, &text).has, last, "{day}");
    }
}
