//! How care has a subscription taxed, beside a running server.

use access::Country;
use commerce::invoice::Party;

use crate::accounts::beside;
use crate::buying::{account, billing, buy};
use crate::care::{care, does, done, open_shop, refused};

const ANNA: &str = "anna@example.com";

#[test]
fn a_subscription_is_taxed_as_care_says_and_the_timeline_says_why() {
    let (paper, _server, _) = open_shop();
    let id = beside(&paper, async |store| {
        let anna = account(store, ANNA).await;
        buy(&billing(store), anna).await.subscription.id
    });
    let id = id.to_string();
    let tax = ["reader", "tax", ANNA];
    let with = |more: &[&'static str]| [&tax[..], more].concat();
    let business = ["--country", "FR", "--business", "FR 12 345678901"];
    for (wrong, missing) in [
        (&["--country", "FR"][..], "--business"),
        (&["--private"][..], "--country"),
        (&business[..], "--reason"),
    ] {
        let (code, text) = care(&paper, &with(wrong));
        assert!(code == 2 && text.contains(missing), "{wrong:?}: {text}");
    }
    for (wrong, why) in [
        (
            ["--country", "France", "--private", "--dry-run"],
            "two letters",
        ),
        (["--country", "FR", "--business", "12"], "12"),
        (
            ["--country", "DE", "--business", "FR12345678901"],
            "no VAT id of DE",
        ),
        (business, "/-/account/billing"),
    ] {
        refused(&paper, &with(&wrong), why);
    }

    beside(&paper, async |store| {
        let party = Party {
            name: "Fleet & Sons".to_owned(),
            address: vec!["1 Rue de la Paix".to_owned(), "Paris".to_owned()],
            country: Country::parse("FR").expect("a country"),
            vat_id: None,
        };
        let anna = account(store, ANNA).await;
        let mut writing = store.write().await.expect("a turn");
        let set = writing.set_billing(anna, Some(&party)).await;
        set.expect("written");
        writing.commit().await.expect("a commit");
    });
    let would = does(&paper, &[&with(&business)[..], &["--dry-run"]].concat());
    assert!(
        would.contains("would be taxed as a business in FR"),
        "{would}"
    );
    let shown = done(&paper, &["reader", "show", &id]);
    assert!(!shown.contains("tax_status_set"), "{shown}");

    let said = does(&paper, &with(&business));
    for words in [
        id.as_str(),
        "taxed as a business in FR",
        "name FR12345678901",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    does(&paper, &with(&["--country", "gb", "--private"]));
    let shown = done(&paper, &["reader", "show", &id]);
    for words in [
        "tax_status_set",
        "as a business in FR",
        "as a consumer in GB",
        " as Bert: asked by mail",
    ] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}
