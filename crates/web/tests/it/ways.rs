//! Every page and form there is, and for whom: one table, which fails where a
//! page is missing from it.

use std::collections::BTreeSet;

use commerce::ids::{GiftId, InvoiceId, SubscriptionId};
use http::StatusCode;
use letters::{Places, Purchase};

use crate::browser::Browser;
use crate::reader::{GOOD, Reader, subscription};
use crate::site::{SITE, Site};

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";

/// For whom a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Anybody.
    All,
    /// Whoever is signed in.
    Readers,
    /// Whose the thing is that is named in its address.
    Owner,
}

use For::{All, Owner, Readers};

const TABLE: [(&str, For); 64] = [
    // The list says who may have one; the files are the same for everybody, and the
    // lease is a program's answer, which says so itself.
    ("app", All),
    ("app/remove", Readers),
    ("app/offline", All),
    ("app/lease", All),
    ("app/worker.js", All),
    ("app/manifest.json", All),
    ("app/icon-192.png", All),
    ("app/icon-512.png", All),
    ("app/icon-maskable.png", All),
    ("app/icon-monochrome.png", All),
    ("login", All),
    ("login/mail", All),
    ("login/link", All),
    ("register", All),
    ("register/link", All),
    ("forgot", All),
    ("reset", All),
    ("logout", All),
    ("account", Readers),
    ("account/devices", Readers),
    ("oauth/authorize", Readers),
    ("account/name", Readers),
    ("account/newsletter", Readers),
    ("account/mail", Readers),
    // The link is followed in whatever browser the mail is read.
    ("account/mail/link", All),
    ("account/password", Readers),
    ("account/data", Readers),
    ("account/erase", Readers),
    ("account/feeds", Readers),
    ("account/search", Readers),
    ("account/history", Readers),
    ("account/feeds/end", Readers),
    // Known by the address itself.
    ("feeds/{feed}", All),
    ("account/payment", Readers),
    ("account/billing", Readers),
    ("account/invoices", Readers),
    ("account/invoices/{invoice}", Owner),
    ("account/gifts", Readers),
    ("account/gifts/{gift}", Owner),
    // Who was invited sees to what, and signs in then.
    ("seat", All),
    ("account/{subscription}/cancel", Owner),
    ("account/{subscription}/keep", Owner),
    ("account/{subscription}/pause", Owner),
    ("account/{subscription}/resume", Owner),
    ("account/{subscription}/change", Owner),
    ("account/{subscription}/seats", Owner),
    // A page leads to the account, whosever the seat is; its form is the member's.
    ("account/{subscription}/leave", Readers),
    ("account/{subscription}/join", Readers),
    ("account/{subscription}/pay", Owner),
    ("account/{subscription}/card", Owner),
    ("account/{subscription}/address", Owner),
    ("account/{subscription}/keep-plan", Owner),
    ("account/{subscription}/price", Owner),
    ("account/{subscription}/withdraw", Owner),
    ("delivery/{subscription}", Owner),
    ("delivery/{subscription}/suspend", Owner),
    ("delivery/{subscription}/redirect", Owner),
    ("delivery/{subscription}/undo", Owner),
    ("subscribe", All),
    ("subscribe/{offer}", All),
    ("story", All),
    ("redeem", All),
    ("card", Readers),
    ("order/{purchase}", Owner),
];

/// What stands in the braces.
struct Things {
    subscription: SubscriptionId,
    gift: GiftId,
    invoice: InvoiceId,
}

impl Things {
    /// Things that never were.
    fn none() -> Self {
        Self {
            subscription: SubscriptionId::new(0),
            gift: GiftId::new(0),
            invoice: InvoiceId::new(0),
        }
    }

    /// What somebody has.
    async fn of(site: &Site, id: SubscriptionId) -> Self {
        let account = subscription(site, id).await.account;
        let mut reading = site.store.read().await.expect("a turn");
        let invoices = reading.invoices(account).await.expect("read");
        let gifts = reading.gifts(account).await.expect("read");
        Self {
            subscription: id,
            gift: gifts.first().map_or(GiftId::new(1), |gift| gift.id),
            invoice: invoices.first().expect("one").id,
        }
    }

    fn address(&self, path: &str) -> String {
        let id = self.subscription.to_string();
        let path = path
            .replace("{subscription}", &id)
            .replace("{purchase}", &id)
            .replace("{invoice}", &self.invoice.to_string())
            .replace("{gift}", &self.gift.to_string())
            .replace("{offer}", "monthly");
        format!("/-/{path}")
    }
}

/// Where every page and form is, with things that never were.
pub(crate) fn addresses() -> Vec<String> {
    let things = Things::none();
    TABLE.iter().map(|(path, _)| things.address(path)).collect()
}

/// The same, with what somebody has.
pub(crate) async fn addresses_of(site: &Site, id: SubscriptionId) -> Vec<String> {
    let things = Things::of(site, id).await;
    TABLE.iter().map(|(path, _)| things.address(path)).collect()
}

#[test]
fn the_table_holds_every_page_and_form() {
    let listed: BTreeSet<String> = TABLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    let there_are: BTreeSet<String> = ludgate_web::routes().into_iter().collect();
    assert_eq!(listed, there_are);
    assert_eq!(listed.len(), TABLE.len(), "none is there twice");
}

#[tokio::test]
async fn who_isnt_signed_in_sees_only_what_is_for_all() {
    let site = Site::start().await;
    let anna = Reader::signed_in(&site, ANNA).await;
    let things = Things::of(&site, anna.buys(&site, "monthly", GOOD).await).await;
    for (path, whose) in TABLE {
        let address = things.address(path);
        let mut nobody = Browser::new();
        let page = nobody.get(&site, &address).await;
        // Which leads to the page with its form.
        let leads_on = path == "login/mail";
        assert_eq!(
            page.asks_to_sign_in(),
            whose != All || path == "login/mail",
            "{path}"
        );
        if page.asks_to_sign_in() && !leads_on {
            // They come back to it afterwards.
            let login = nobody.get(&site, &page.location.expect("a way")).await;
            assert!(
                login
                    .slashed()
                    .contains(&format!("name=\"to\" value=\"{address}")),
                "{path}: {}",
                login.html
            );
        }
        let sent = nobody.post(&site, &address, &[]).await;
        let expected = whose != All;
        assert_eq!(sent.asks_to_sign_in(), expected, "{path}");
        // Whether it is ours is looked at before anything else.
        let is_refused = sent.status == StatusCode::FORBIDDEN;
        assert!(expected || is_refused, "{path}: {}", sent.status);
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_as_unknown_as_what_never_was() {
    let site = Site::start().await;
    let anna = Reader::signed_in(&site, ANNA).await;
    let id = anna.buys(&site, "monthly", GOOD).await;
    let (hers, none) = (Things::of(&site, id).await, Things::none());
    let before = subscription(&site, id).await;
    let mut eve = Reader::signed_in(&site, EVE).await;
    let token = eve
        .browser
        .get(&site, "/-/account")
        .await
        .token()
        .to_owned();
    let fields = [("token", &*token), ("day", "2026-12-01")];
    for (path, _) in TABLE.iter().filter(|(_, whose)| *whose == Owner) {
        let (hers, none) = (hers.address(path), none.address(path));
        let seen = eve.browser.get(&site, &hers).await;
        let unseen = eve.browser.get(&site, &none).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(seen.plain(), unseen.plain(), "{path}");
        let sent = eve.browser.post(&site, &hers, &fields).await;
        let unsent = eve.browser.post(&site, &none, &fields).await;
        assert!(sent.status.is_client_error(), "{path}: {}", sent.status);
        assert_eq!(sent.status, unsent.status, "{path}");
        assert_eq!(sent.plain(), unsent.plain(), "{path}");
    }
    assert_eq!(subscription(&site, id).await, before);
    let page = eve.browser.get(&site, "/-/account").await;
    assert!(!page.html.contains(&id.to_string()));
}

/// Mails lead to pages, and not to the front of the account.
#[tokio::test]
async fn where_mails_lead_there_is_a_page() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let things = Things::of(&site, anna.buys(&site, "monthly", GOOD).await).await;
    let places = Places::new(SITE, "/-/");
    for (place, status) in [
        (places.account(), StatusCode::OK),
        (places.card(), StatusCode::OK),
        (places.offers(), StatusCode::OK),
        (
            places.purchase(Purchase::Subscription(things.subscription)),
            StatusCode::OK,
        ),
        (places.invoice(things.invoice), StatusCode::OK),
        // No new price is to come, which is said.
        (
            places.price(things.subscription, false),
            StatusCode::CONFLICT,
        ),
        // Nobody has made that code, which is said.
        (places.redeem("X"), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let below = place.strip_prefix(SITE).expect("a page here");
        let page = anna.browser.get(&site, below).await;
        assert_eq!(page.status, status, "{place}");
    }
}
