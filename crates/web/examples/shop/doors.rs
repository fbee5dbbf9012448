//! Making an account, signing in, and what is mailed for it.

use crate::Gallery;
use crate::WORDS;
use crate::browser::Browser;
use crate::site::link;

impl Gallery<'_> {
    pub(crate) async fn doors(&self) {
        let mut browser = self.browser();
        for name in ["login", "register", "forgot", "nowhere"] {
            self.open(&mut browser, name, &format!("/-/{name}")).await;
        }
        let ways = ("/-/login", "/-/login");
        let wrong = [("mail", "anna@example.com"), ("password", "x")];
        let reply = browser.fill(&self.site, ways, &wrong).await;
        self.keep("login-wrong", &reply);
        let ways = ("/-/register", "/-/register");
        let wrong = [("mail", "anna"), ("password", "short")];
        let reply = browser.fill(&self.site, ways, &wrong).await;
        self.keep("register-wrong", &reply);
        self.new_account(&mut browser).await;
        self.new_password(&mut browser).await;
    }

    async fn new_account(&self, browser: &mut Browser) {
        let ways = ("/-/register", "/-/register");
        let fields = [("mail", "carl@example.com"), ("password", WORDS)];
        let reply = browser.fill(&self.site, ways, &fields).await;
        self.keep("register-sent", &reply);
        let link = link(&self.site.letter().await);
        self.open(browser, "register-link", &link).await;
        let mut other = self.browser();
        self.open(&mut other, "register-link-other", &link).await;
    }

    async fn new_password(&self, browser: &mut Browser) {
        self.site.register("dora@example.com", WORDS).await;
        let ways = ("/-/forgot", "/-/forgot");
        let fields = [("mail", "dora@example.com")];
        browser.fill(&self.site, ways, &fields).await;
        let link = link(&self.site.letter().await);
        self.open(browser, "reset", &link).await;
        let key = link.split("key=").nth(1).expect("a key");
        let fields = [("key", key), ("password", WORDS)];
        let ways = (&*link, "/-/reset");
        let reply = browser.fill(&self.site, ways, &fields).await;
        self.keep("reset-done", &reply);
        let reply = browser.fill(&self.site, ways, &fields).await;
        self.keep("reset-over", &reply);
    }
}
