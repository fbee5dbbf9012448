//! Where mails lead: the readers' own pages, by the addresses that `web` gives
//! them. All are behind a sign-in but those with a secret in them, and nothing
//! happens by looking: mail scanners follow links.

use access::StoryId;
use commerce::ids::{InvoiceId, SubscriptionId};

use crate::letter::Purchase;

/// The publication and its readers' own pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    site: String,
    prefix: String,
}

impl Places {
    /// Those of a site (`https://review.example`, without a slash at the end)
    /// below a prefix (`/-/`).
    pub fn new(site: &str, prefix: &str) -> Self {
        Self {
            site: site.trim_end_matches('/').to_owned(),
            prefix: prefix.to_owned(),
        }
    }

    /// The front page.
    pub fn home(&self) -> String {
        format!("{}/", self.site)
    }

    /// Where one reads what one has: a story, or the front page.
    pub fn reading(&self, story: Option<&StoryId>) -> String {
        let path = story.map(StoryId::as_str);
        match path.filter(|path| path.starts_with('/') && !path.starts_with("//")) {
            Some(path) => format!("{}{path}", self.site),
            None => self.home(),
        }
    }

    /// The account: what one has, until when, cancelling, resuming.
    pub fn account(&self) -> String {
        self.below("account")
    }

    /// Where the card is changed, and a payment made or confirmed.
    pub fn card(&self) -> String {
        self.below("account/payment")
    }

    /// What became of a purchase, and where it is paid once more.
    pub fn purchase(&self, purchase: Purchase) -> String {
        match purchase {
            Purchase::Subscription(id) => self.below(&format!("order/{id}")),
            Purchase::Gift(id) => self.below(&format!("order/{id}")),
        }
    }

    /// All offers.
    pub fn offers(&self) -> String {
        self.below("subscribe")
    }

    /// An invoice or a credit note, to be printed.
    pub fn invoice(&self, id: InvoiceId) -> String {
        self.below(&format!("account/invoices/{id}"))
    }

    /// Where a price rise is accepted or refused, with that button first.
    pub fn price(&self, subscription: SubscriptionId, accepts: bool) -> String {
        let answer = if accepts { "accept" } else { "refuse" };
        self.below(&format!("account/{subscription}/price?answer={answer}"))
    }

    /// What of a subscription is delivered where, and what is arranged of that.
    pub fn delivery(&self, subscription: SubscriptionId) -> String {
        self.below(&format!("delivery/{subscription}"))
    }

    /// Where a gift is redeemed.
    pub fn redeem(&self, code: &str) -> String {
        let plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
        let code: String = code.chars().filter(plain).collect();
        self.below(&format!("redeem?code={code}"))
    }

    fn below(&self, path: &str) -> String {
        format!("{}{}{path}", self.site, self.prefix)
    }
}
