//! Invoices, and who is named on them.

use billing::{Taxed, Wish};
use commerce::invoice::VatId;
use http::StatusCode;

use crate::reader::{GOOD, Reader, until};
use crate::site::Site;

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const BILLING: &str = "/-/account/billing";

#[tokio::test]
async fn an_invoice_is_its_buyers_and_nobody_elses() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    anna.buys(&site, "monthly", GOOD).await;
    let list = anna.browser.get(&site, "/-/account/invoices").await;
    let list = list.slashed();
    let link = list.split("href=\"/-/account/invoices/").nth(1);
    let id = link.and_then(|rest| rest.split('"').next()).expect("one");
    let page = format!("/-/account/invoices/{id}");
    let invoice = anna.browser.get(&site, &page).await;
    for expected in [
        "LR-000001",
        "The Ludgate Review",
        "1 Ludgate Hill",
        ANNA,
        "VAT 19% (DE) on $12.52",
        "$2.38",
        "$14.90",
        "12 November 2026 to 12 December 2026",
    ] {
        assert!(
            invoice.html.contains(expected),
            "{expected}: {}",
            invoice.html
        );
    }
    let mut eve = Reader::signed_in(&site, EVE).await;
    let none = "/-/account/invoices/inv_00000000000000000000000000000000";
    let (theirs, nobodys) = (
        eve.browser.get(&site, &page).await,
        eve.browser.get(&site, none).await,
    );
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    assert_eq!(theirs.plain(), nobodys.plain());
    let none = eve.browser.get(&site, "/-/account/invoices").await;
    assert!(none.html.contains("There are no invoices yet."));
}

/// What a business fills in.
const FIRM: [(&str, &str); 5] = [
    ("business_name", "<b>Fleet</b> & Sons"),
    ("business_street", "Hafenstr. 1"),
    ("business_city", "20457 Hamburg"),
    ("country", "DE"),
    ("vat", "DE123456789"),
];

fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = FIRM.into_iter().filter(|(given, _)| *given != name);
    others.chain([(name, value)]).collect()
}

#[tokio::test]
async fn who_is_named_on_invoices_is_said_once_and_printed_from_then_on() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    anna.buys(&site, "monthly", GOOD).await;
    for (name, wrong) in [
        ("business_name", ""),
        ("business_street", ""),
        ("business_city", ""),
        ("country", ""),
        ("country", "XX"),
        ("vat", "FR12345678901"),
        ("vat", "nonsense"),
    ] {
        let reply = anna.presses(&site, BILLING, &with(name, wrong)).await;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        assert_eq!(reply.status, status, "{name} {wrong}: {}", reply.html);
    }
    let long = "a".repeat(201);
    let reply = anna
        .presses(&site, BILLING, &with("business_name", &long))
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = anna.presses(&site, BILLING, &FIRM).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let page = anna.browser.get(&site, BILLING).await;
    assert!(page.html.contains("DE123456789"), "{}", page.html);

    until(&site, "2026-12-13T00:00:00Z").await;
    anna.browser
        .sign_in(&site, ANNA, "correct horse battery")
        .await;
    let list = anna
        .browser
        .get(&site, "/-/account/invoices")
        .await
        .slashed();
    let links = list.split("href=\"/-/account/invoices/").skip(1);
    let mut printed = Vec::new();
    for id in links.map(|rest| rest.split('"').next().expect("an id")) {
        let page = format!("/-/account/invoices/{id}");
        printed.push(anna.browser.get(&site, &page).await.html);
    }
    let named = |html: &&String| html.contains("&lt;b&gt;Fleet&lt;&#x2f;b&gt; &amp; Sons");
    assert_eq!(printed.len(), 2);
    assert_eq!(printed.iter().filter(named).count(), 1, "{printed:?}");
    let with_vat = printed
        .iter()
        .filter(|html| html.contains("VAT ID DE123456789"));
    assert_eq!(with_vat.count(), 1);

    let reply = anna.presses(&site, BILLING, &[("forget", "yes")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let mut reading = site.store.read().await.expect("a turn");
    assert_eq!(reading.billing(anna.account).await.expect("read"), None);
}

#[tokio::test]
async fn who_is_taxed_as_a_business_keeps_a_vat_id() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let reply = anna.presses(&site, BILLING, &FIRM).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.html);
    let who = billing::Who::Care {
        actor: "tests".to_owned(),
        why: "the id was checked".to_owned(),
    };
    let country = access::Country::parse("DE").expect("a country");
    let vat_id = VatId::new("DE123456789").expect("an id");
    let wish = Wish::Tax(Taxed::Business { country, vat_id });
    site.billing
        .command(&who, id, wish)
        .await
        .expect("taxed so");
    for fields in [vec![("forget", "yes")], with("vat", "")] {
        let reply = anna.presses(&site, BILLING, &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(reply.html.contains("taxed as a business"), "{}", reply.html);
    }
}
