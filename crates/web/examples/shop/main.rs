//! The pages of the shop and the account in every locale, made by a small publication with the
//! sandbox as its bank, to be looked at:
//! `cargo run -p ludgate-web --example shop -- FOLDER`.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it shares the helpers of the tests"
)]

use std::path::{Path, PathBuf};

mod account;
#[path = "../../tests/it/browser.rs"]
mod browser;
mod doors;
#[path = "../../tests/support/hidden.rs"]
mod hidden;
#[path = "../../tests/it/reader.rs"]
mod reader;
#[path = "../../tests/it/site.rs"]
mod site;
#[path = "../../tests/it/stall.rs"]
mod stall;

use browser::{Browser, Reply};
use site::Site;

const LOCALES: [&str; 6] = ["en", "de", "fr", "pl", "ja", "ar"];
const WORDS: &str = "correct horse battery";

const CARD: [(&str, &str); 6] = [
    ("country", "DE"),
    ("method", "new"),
    ("card_number", "4242424242424242"),
    ("card_expires", "12/30"),
    ("card_code", "123"),
    ("consent", "yes"),
];

#[tokio::main]
async fn main() {
    let folder = std::env::args_os()
        .nth(1)
        .expect("name a folder to write to");
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for asset in ludgate_web::assets() {
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        std::fs::write(folder.join(name), asset.content).expect("written");
    }
    for locale in LOCALES {
        let gallery = Gallery {
            site: Site::start().await,
            folder: &folder,
            locale,
        };
        gallery.doors().await;
        gallery.offers().await;
        gallery.checkouts().await;
        gallery.orders().await;
        gallery.gifts().await;
        Box::pin(gallery.account()).await;
    }
}

struct Gallery<'a> {
    site: Site,
    folder: &'a Path,
    locale: &'a str,
}

impl Gallery<'_> {
    fn browser(&self) -> Browser {
        let mut browser = Browser::new();
        browser.says = vec![("accept-language", self.locale.to_owned())];
        browser
    }

    async fn signed_in(&self, name: &str) -> Browser {
        let mail = format!("{name}@example.com");
        self.site.register(&mail, WORDS).await;
        let mut browser = self.browser();
        browser.sign_in(&self.site, &mail, WORDS).await;
        browser
    }

    fn keep(&self, name: &str, reply: &Reply) {
        let html = reply.html.replace("/-/assets/", "");
        let html = html.replace("&#x2f;-&#x2f;assets&#x2f;", "");
        let name = format!("{}-{name}.html", self.locale);
        std::fs::write(self.folder.join(name), html).expect("written");
    }

    async fn open(&self, browser: &mut Browser, name: &str, target: &str) -> Reply {
        let reply = browser.get(&self.site, target).await;
        self.keep(name, &reply);
        reply
    }

    async fn offers(&self) {
        let mut browser = self.browser();
        let story = "/-/subscribe?to=/stories/tide";
        self.open(&mut browser, "offers", story).await;
        self.open(&mut browser, "offers-code", "/-/subscribe?code=FRIENDS-26")
            .await;
        self.open(&mut browser, "offers-wrong", "/-/subscribe?code=NO")
            .await;
        self.open(&mut browser, "offers-gone", "/-/subscribe/autumn")
            .await;
    }

    async fn checkouts(&self) {
        let mut nobody = self.browser();
        self.open(&mut nobody, "checkout-out", "/-/subscribe/winter")
            .await;
        let mut reader = self.signed_in("reader").await;
        self.open(&mut reader, "checkout", "/-/subscribe/winter")
            .await;
        self.open(&mut reader, "checkout-trial", "/-/subscribe/trial")
            .await;
        self.open(&mut reader, "checkout-team", "/-/subscribe/team")
            .await;
        self.open(&mut reader, "checkout-gift", "/-/subscribe/present")
            .await;
        let alone = "/-/subscribe/story?to=/stories/tide";
        self.open(&mut reader, "checkout-story", alone).await;
        let ways = ("/-/subscribe/bundle", "/-/subscribe/bundle");
        let fields = [("business", "yes"), ("vat", "x"), ("method", "new")];
        let reply = reader.complete(&self.site, ways, &fields).await;
        self.keep("checkout-wrong", &reply);
        let declined = with(("card_number", "4000000000009995"));
        let ways = ("/-/subscribe/monthly", "/-/subscribe/monthly");
        let reply = reader.complete(&self.site, ways, &declined).await;
        self.keep("checkout-declined", &reply);
    }

    async fn orders(&self) {
        let mut reader = self.signed_in("paid").await;
        let winter = "/-/subscribe/winter?to=/stories/tide";
        let ways = (winter, "/-/subscribe/winter");
        let reply = reader.complete(&self.site, ways, &CARD).await;
        let order = reply.location.expect("an order");
        self.open(&mut reader, "order-welcome", &order).await;
        self.open(&mut reader, "has-already", "/-/subscribe/day")
            .await;

        let mut asked = self.signed_in("asked").await;
        let card = with(("card_number", "4000002760003184"));
        let ways = ("/-/subscribe/monthly", "/-/subscribe/monthly");
        let reply = asked.complete(&self.site, ways, &card).await;
        let order = reply.location.expect("an order");
        self.open(&mut asked, "order-bank", &order).await;

        let mut waits = self.signed_in("waits").await;
        let card = with(("card_number", "4000000000005043"));
        let reply = waits.complete(&self.site, ways, &card).await;
        let order = reply.location.expect("an order");
        self.open(&mut waits, "order-wait", &order).await;
    }

    async fn gifts(&self) {
        let mut reader = self.signed_in("giver").await;
        let mut fields = CARD.to_vec();
        fields.extend([
            ("gift_to", "Ben"),
            ("gift_from", "Anna"),
            ("gift_words", "Happy birthday,\nand many more."),
        ]);
        let ways = ("/-/subscribe/present", "/-/subscribe/present");
        let reply = reader.complete(&self.site, ways, &fields).await;
        let order = reply.location.expect("an order");
        self.open(&mut reader, "order-gift", &order).await;
        let id = order.trim_start_matches("/-/order/").parse();
        let account = self.site.account("giver@example.com").await;
        let account = account.expect("an account").id;
        let code = self.site.billing.gift_code(account, id.expect("a gift"));
        let code = code.await.expect("a code").expect("paid");
        self.open(&mut self.browser(), "redeem", "/-/redeem").await;
        let redeem = format!("/-/redeem?code={code}");
        self.open(&mut self.browser(), "redeem-out", &redeem).await;
        let mut ben = self.signed_in("ben").await;
        self.open(&mut ben, "redeem-gift", &redeem).await;
        self.open(&mut ben, "redeem-wrong", "/-/redeem?code=NO")
            .await;
    }
}

fn with<'a>((name, value): (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    let mut fields = CARD.to_vec();
    fields.retain(|(given, _)| *given != name);
    fields.push((name, value));
    fields
}
