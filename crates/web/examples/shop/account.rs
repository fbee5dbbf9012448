//! The account, and what is done there.

use crate::browser::Browser;
use crate::reader::{GOOD, ONCE, Reader, until};
use crate::{Gallery, WORDS};

impl Gallery<'_> {
    async fn reader(&self, name: &str) -> Reader {
        let mail = format!("{name}@example.com");
        let account = self.site.register(&mail, WORDS).await;
        let mut browser = self.browser();
        browser.sign_in(&self.site, &mail, WORDS).await;
        Reader { browser, account }
    }

    async fn press(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
        let reply = browser.fill(&self.site, (path, path), fields).await;
        assert!(reply.status.is_redirection(), "{path}: {}", reply.html);
    }

    /// Everything of it; the clock is moved at last.
    pub(crate) async fn account(&self) {
        self.plain().await;
        self.states().await;
        self.asking().await;
        Box::pin(self.seats()).await;
        self.papers().await;
        self.trouble().await;
    }

    async fn plain(&self) {
        let mut new = self.reader("new").await.browser;
        for (name, target) in [
            ("account-new", "account"),
            ("account-name", "account/name"),
            ("account-mail", "account/mail"),
            ("account-password", "account/password"),
            ("account-data", "account/data"),
            ("account-gifts-none", "account/gifts"),
            ("account-invoices-none", "account/invoices"),
            ("account-payment-none", "account/payment"),
        ] {
            self.open(&mut new, name, &format!("/-/{target}")).await;
        }
        let ways = ("/-/account/password", "/-/account/password");
        let wrong = [("password", "x"), ("new", "short")];
        let reply = new.fill(&self.site, ways, &wrong).await;
        self.keep("account-password-wrong", &reply);
    }

    async fn states(&self) {
        for (name, offer) in [
            ("trial", "trial"),
            ("bundle", "bundle"),
            ("active", "monthly"),
        ] {
            let mut one = self.reader(&format!("has-{name}")).await;
            let id = one.buys(&self.site, offer, GOOD).await;
            self.open(&mut one.browser, &format!("account-{name}"), "/-/account")
                .await;
            if name == "bundle" {
                let address = format!("/-/account/{id}/address");
                self.open(&mut one.browser, "account-address", &address)
                    .await;
            }
        }
        for (name, what, fields) in [
            ("ending", "cancel", &[("reason", "time")][..]),
            ("paused", "pause", &[("day", "2027-01-15")]),
            ("ended", "withdraw", &[]),
        ] {
            let mut one = self.reader(&format!("is-{name}")).await;
            let id = one.buys(&self.site, "monthly", GOOD).await;
            let way = format!("/-/account/{id}/{what}");
            self.press(&mut one.browser, &way, fields).await;
            let done = format!("/-/account?done={what}&of={id}");
            self.open(&mut one.browser, &format!("account-{name}"), &done)
                .await;
        }
    }

    async fn asking(&self) {
        let mut anna = self.reader("anna").await;
        let id = anna.buys(&self.site, "monthly", GOOD).await;
        anna.card(&self.site, "5555 5555 5555 4444").await;
        for what in ["cancel", "pause", "withdraw", "card", "change", "resume"] {
            let target = format!("/-/account/{id}/{what}");
            self.open(&mut anna.browser, &format!("account-{what}"), &target)
                .await;
        }
        let stay = format!("/-/account/{id}/change?offer=stay&when=then");
        self.open(&mut anna.browser, "account-change-to", &stay)
            .await;
        let pause = format!("/-/account/{id}/pause");
        let reply = anna
            .presses(&self.site, &pause, &[("day", "2030-01-01")])
            .await;
        self.keep("account-pause-wrong", &reply);
        self.open(&mut anna.browser, "account-payment", "/-/account/payment")
            .await;
        self.open(&mut anna.browser, "account-erase", "/-/account/erase")
            .await;
    }

    async fn seats(&self) {
        let mut firm = self.reader("firm").await;
        let id = firm.buys(&self.site, "team", GOOD).await;
        let seats = format!("/-/account/{id}/seats");
        self.press(&mut firm.browser, &seats, &[("mail", "ben@example.com")])
            .await;
        let done = format!("{seats}?done=invited");
        self.open(&mut firm.browser, "account-seats", &done).await;
        let found = crate::reader::subscription(&self.site, id).await;
        let seat = found.seats.seats.first().expect("one").id;
        let mut member = self.reader("member").await.browser;
        let invitation = format!("/-/seat?of={id}&seat={seat}");
        self.open(&mut member, "account-invited", &invitation).await;
        let (of, seat) = (id.to_string(), seat.to_string());
        let fields = [("of", &*of), ("seat", &*seat)];
        let ways = (&*invitation, "/-/seat");
        member.fill(&self.site, ways, &fields).await;
        self.open(&mut member, "account-member", "/-/account").await;
        self.open(&mut firm.browser, "account-team", "/-/account")
            .await;
    }

    async fn papers(&self) {
        let mut firm = self.reader("buyer").await;
        let billing = "/-/account/billing";
        let fields = [
            ("business_name", "Fleet & Sons"),
            ("business_street", "Hafenstr. 1"),
            ("business_city", "20457 Hamburg"),
            ("country", "DE"),
            ("vat", "DE123456789"),
        ];
        self.press(&mut firm.browser, billing, &fields).await;
        let done = format!("{billing}?done=yes");
        self.open(&mut firm.browser, "account-billing", &done).await;
        let wrong = [&fields[..4], &[("vat", "x")]].concat();
        let reply = firm.presses(&self.site, billing, &wrong).await;
        self.keep("account-billing-wrong", &reply);
        firm.buys(&self.site, "monthly", GOOD).await;
        let list = self
            .open(&mut firm.browser, "account-invoices", "/-/account/invoices")
            .await;
        let list = list.slashed();
        let id = list.split("href=\"/-/account/invoices/").nth(1);
        let id = id.and_then(|rest| rest.split('"').next()).expect("one");
        let invoice = format!("/-/account/invoices/{id}");
        self.open(&mut firm.browser, "account-invoice", &invoice)
            .await;
        let mut giver = self.browser();
        giver.sign_in(&self.site, "giver@example.com", WORDS).await;
        self.open(&mut giver, "account-gifts", "/-/account/gifts")
            .await;
    }

    async fn trouble(&self) {
        let mut late = self.reader("late").await;
        let id = late.buys(&self.site, "monthly", ONCE).await;
        until(&self.site, "2026-12-13T00:00:00Z").await;
        late.browser
            .sign_in(&self.site, "late@example.com", WORDS)
            .await;
        self.open(&mut late.browser, "account-trouble", "/-/account")
            .await;
        let pay = format!("/-/account/{id}/pay");
        self.open(&mut late.browser, "account-pay", &pay).await;
        self.open(
            &mut late.browser,
            "account-payment-due",
            "/-/account/payment",
        )
        .await;
    }
}
