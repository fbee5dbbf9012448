//! Somebody with an account who buys things, behind the pages' back.

use access::Country;
use billing::{Agreement, CardEntered, Chosen, FormToken, Purchase};
use commerce::address::PostalAddress;
use commerce::ids::{AccountId, OfferId, PaymentMethodId, SubscriptionId};
use commerce::money::Currency;
use commerce::subscription::Subscription;
use commerce::tax::TaxStatus;
use commerce::terms::Channel;
use providers::payment::Expiry;
use providers::sandbox::TestCard;

use crate::browser::{Browser, Reply};
use crate::site::Site;

/// Everybody's password.
pub(crate) const WORDS: &str = "correct horse battery";

/// A card whose every charge succeeds.
pub(crate) const GOOD: &str = "4242 4242 4242 4242";

/// One whose first charge succeeds, and no other.
pub(crate) const ONCE: &str = "4000 0000 0000 7015";

/// Somebody with a browser who is signed in.
pub(crate) struct Reader {
    pub(crate) browser: Browser,
    pub(crate) account: AccountId,
}

impl Reader {
    pub(crate) async fn signed_in(site: &Site, mail: &str) -> Self {
        let account = site.register(mail, WORDS).await;
        let mut browser = Browser::new();
        browser.sign_in(site, mail, WORDS).await;
        Self { browser, account }
    }

    pub(crate) async fn card(&self, site: &Site, number: &str) -> PaymentMethodId {
        let billing = &site.billing;
        let setup = billing.enter_card(self.account, None).await;
        let (setup, _) = setup.expect("a setup");
        let expires = Expiry::new(2035, 12).expect("a month");
        let card = TestCard::typed(number, expires).expect("a test card");
        let entered = billing.enter_test_card(self.account, &setup, card).await;
        match entered.expect("an answer") {
            CardEntered::Kept { method, .. } => method.id,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn buys(&self, site: &Site, offer: &str, number: &str) -> SubscriptionId {
        let method = self.card(site, number).await;
        let currency = Currency::parse("USD").expect("a currency");
        let offer = OfferId::new(offer).expect("an offer");
        let mut chosen = Chosen::one(offer, currency);
        if chosen.offer.as_str() == "team" {
            chosen.quantity = 3;
        }
        let is_delivered = chosen.offer.as_str() == "bundle";
        let mut reading = site.store.read().await.expect("a turn");
        let party = reading.billing(self.account).await.expect("read");
        drop(reading);
        let purchase = Purchase {
            account: self.account,
            chosen,
            shown: None,
            tax: TaxStatus::consumer(Country::parse("DE").expect("a country")),
            party,
            agreement: Agreement {
                locale: "en".to_owned(),
                words: "You agree to pay.".to_owned(),
                channel: Channel::Web,
                withdrawal_waived: false,
            },
            method: Some(method),
            address: is_delivered.then(at_home),
            form: FormToken::new(self.account.get()),
        };
        let bought = site.billing.begin(&purchase).await.expect("bought");
        bought.subscription.id
    }

    pub(crate) async fn presses(
        &mut self,
        site: &Site,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        self.browser.fill(site, (path, path), fields).await
    }
}

fn at_home() -> PostalAddress {
    PostalAddress {
        name: "Anna Sand".to_owned(),
        lines: vec!["Hafenstr. 1".to_owned()],
        city: "Hamburg".to_owned(),
        region: None,
        postcode: Some("20457".to_owned()),
        country: Country::parse("DE").expect("a country"),
    }
}

pub(crate) async fn subscription(site: &Site, id: SubscriptionId) -> Subscription {
    let mut reading = site.store.read().await.expect("a turn");
    reading.subscription(id).await.expect("read").expect("one")
}

/// Moves the business clock, and does what falls due on the way.
pub(crate) async fn until(site: &Site, to: &str) {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let listening = tokio::spawn(async move { while receiver.recv().await.is_some() {} });
    let to = to.parse().expect("a time");
    site.billing.advance(to, sender).await.expect("moved");
    listening.await.expect("heard");
}
