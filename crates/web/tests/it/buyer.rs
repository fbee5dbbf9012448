//! Somebody who buys: what they type, and what they have then.

use crate::browser::{Browser, Reply};
use crate::site::Site;

pub(crate) const ANNA: &str = "anna@example.com";
pub(crate) const EVE: &str = "eve@example.com";
pub(crate) const WORDS: &str = "correct horse battery";

pub(crate) const GOOD: &str = "4242 4242 4242 4242";
pub(crate) const NO_MONEY: &str = "4000 0000 0000 9995";
pub(crate) const REFUSED: &str = "4000 0000 0000 0002";
pub(crate) const AUTHENTICATES: &str = "4000 0027 6000 3184";

/// A checkout filled in by somebody in Germany, with that card.
pub(crate) fn filled(card: &str) -> Vec<(&str, &str)> {
    vec![
        ("country", "DE"),
        ("method", "new"),
        ("card_number", card),
        ("card_expires", "12/30"),
        ("card_code", "123"),
        ("consent", "yes"),
    ]
}

pub(crate) async fn signed_in(site: &Site, mail: &str) -> Browser {
    site.register(mail, WORDS).await;
    let mut browser = Browser::new();
    browser.sign_in(site, mail, WORDS).await;
    browser
}

pub(crate) async fn buy(
    browser: &mut Browser,
    site: &Site,
    offer: &str,
    fields: &[(&str, &str)],
) -> Reply {
    let from = format!("/-/subscribe/{offer}");
    let action = from.split('?').next().unwrap_or_default().to_owned();
    browser.complete(site, (&from, &action), fields).await
}

/// Where a purchase leads; what becomes of it is told there.
pub(crate) async fn follow(browser: &mut Browser, site: &Site, reply: &Reply) -> Reply {
    let to = reply.location.as_deref();
    let to = to.unwrap_or_else(|| panic!("{}: {}", reply.status, reply.html));
    assert!(to.starts_with("/-/order/"), "{to}");
    browser.get(site, to).await
}

/// How many subscriptions an account has, and how many of them are paid.
pub(crate) async fn has(site: &Site, mail: &str) -> (usize, usize) {
    let account = site.account(mail).await.expect("an account").id;
    let mut reading = site.store.read().await.expect("a turn");
    let all = reading.subscriptions(account).await.expect("subscriptions");
    let paid = all
        .iter()
        .filter(|one| one.payments.payments().next().is_some());
    (all.len(), paid.count())
}
