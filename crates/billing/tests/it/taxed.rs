//! How care has a subscription taxed, and whom its invoices then name.

use commerce::ids::AccountId;
use commerce::invoice::{Party, VatId};
use commerce::subscription::Fact;
use commerce::tax::TaxStatus;
use ludgate_billing::{BillingError, Taxed, Who, Wish};
use store::care::What;

use crate::support::*;

fn business(code: &str, id: &str) -> Wish {
    Wish::Tax(Taxed::Business {
        country: country(code),
        vat_id: VatId::new(id).expect("an id"),
    })
}

/// Whom the account's invoices name.
async fn named(press: &Press, account: AccountId) -> Option<Party> {
    let mut reading = press.billing.store().read().await.expect("a turn");
    reading.billing(account).await.expect("read")
}

/// What the reader writes about themselves, an address in that country.
async fn names_themselves(press: &Press, account: AccountId, code: &str) {
    let party = Party {
        name: "Fleet & Sons".into(),
        address: vec!["1 Rue de la Paix".into(), "Paris".into()],
        country: country(code),
        vat_id: None,
    };
    let mut writing = press.billing.store().write().await.expect("a turn");
    let set = writing.set_billing(account, Some(&party)).await;
    set.expect("written");
    writing.commit().await.expect("a commit");
}

/// How often care had an account taxed otherwise.
async fn acts(press: &Press, account: AccountId) -> usize {
    let mut reading = press.billing.store().read().await.expect("a turn");
    let all = reading.timeline(account, jiff::Timestamp::MAX).await;
    let all = all.expect("read");
    let is_it = |what: &What| matches!(what, What::Act { what, .. } if what == "tax");
    all.iter().filter(|entry| is_it(&entry.what)).count()
}

#[tokio::test]
async fn a_business_is_taxed_as_one_once_its_invoices_can_name_it() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "standard", GOOD).await.subscription.id;
    let wish = business("FR", "FR12345678901");
    let reader = Who::Reader(firm);
    let by_reader = press.billing.command(&reader, id, wish.clone()).await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    let other = business("FR", "DE123456789");
    let refused = press.billing.command(&care(), id, other).await;
    assert!(
        matches!(refused, Err(BillingError::VatIdOfAnother(..))),
        "{refused:?}"
    );
    // Nobody is named; then somebody is, elsewhere.
    for code in [None, Some("DE")] {
        if let Some(code) = code {
            names_themselves(&press, firm, code).await;
        }
        let refused = press.billing.command(&care(), id, wish.clone()).await;
        assert!(
            matches!(refused, Err(BillingError::NobodyNamed(_))),
            "{refused:?}"
        );
    }
    assert_eq!(press.subscription(id).await.tax_status, consumer());
    assert_eq!(acts(&press, firm).await, 0);

    names_themselves(&press, firm, "FR").await;
    let would = press.billing.preview(&care(), id, &wish).await;
    let status = TaxStatus::business(country("FR"));
    assert_eq!(
        would.expect("foreseen").facts,
        [Fact::TaxStatusSet { status }]
    );
    let party = named(&press, firm).await.expect("somebody");
    assert_eq!(party.vat_id, None, "it was only foreseen");

    let came = press.billing.command(&care(), id, wish.clone()).await;
    assert_eq!(came.expect("taxed").facts, [Fact::TaxStatusSet { status }]);
    assert_eq!(press.subscription(id).await.tax_status, status);
    let party = named(&press, firm).await.expect("somebody");
    assert_eq!(party.name, "Fleet & Sons");
    assert_eq!(party.vat_id, VatId::new("FR12345678901").ok());
    press.sound().await;
}

#[tokio::test]
async fn another_vat_id_is_printed_and_the_same_one_twice_is_one_act() {
    let press = Press::new().await;
    let firm = press.reader("firm").await;
    let id = press.buys(firm, "standard", GOOD).await.subscription.id;
    names_themselves(&press, firm, "FR").await;
    for (vat_id, facts, many) in [
        ("FR12345678901", 1, 1),
        ("FR12345678901", 0, 1),
        ("FR10987654321", 0, 2),
    ] {
        let wish = business("FR", vat_id);
        let came = press.billing.command(&care(), id, wish).await;
        assert_eq!(came.expect("taxed").facts.len(), facts, "{vat_id}");
        assert_eq!(acts(&press, firm).await, many, "{vat_id}");
        let party = named(&press, firm).await.expect("somebody");
        assert_eq!(party.vat_id, VatId::new(vat_id).ok());
    }
    // A consumer again: whom invoices name is the reader's to change.
    let private = Wish::Tax(Taxed::Consumer {
        country: country("DE"),
    });
    let came = press.billing.command(&care(), id, private).await;
    assert_eq!(came.expect("taxed").facts.len(), 1);
    assert_eq!(press.subscription(id).await.tax_status, consumer());
    assert!(named(&press, firm).await.is_some());
    press.sound().await;
}
