//! Which letter a fact becomes, where it is anybody's news.
//!
//! A letter is written after its fact, so what the fact began may be over by
//! then: what is told is what holds now, and what no longer matters isn't told.

mod checkout;
mod gift;
mod money;
mod subscription;

use access::Offer;
use commerce::gift::{Gift, GiftFact};
use commerce::invoice::Invoice;
use commerce::subscription::{Fact, Subscription};

use crate::letter::Letter;

/// What has happened, and what there is to say about it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The fact, and what it is about.
    pub news: News<'a>,
    /// The invoice of a payment, or the credit note of a refund.
    pub document: Option<&'a Invoice>,
    /// Whether it is what a bank has answered after nobody waited for it on a
    /// page any more.
    pub is_late: bool,
    /// The offer of the day for who has come to the end of something.
    pub offer: Option<&'a Offer>,
    /// What goes with a gift that can be redeemed.
    pub card: Option<Card<'a>>,
}

/// A fact and what it is about, as it is now.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// A subscription's.
    Subscription(&'a Fact, &'a Subscription),
    /// A gift's.
    Gift(&'a GiftFact, &'a Gift),
}

/// What goes with a gift: kept outside of its facts.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// What redeems it. A secret.
    pub code: &'a str,
    /// Whether it goes to who bought it, to be handed on.
    pub to_buyer: bool,
    /// Who gives, as they want to be called.
    pub giver: Option<&'a str>,
    /// What they say.
    pub words: Option<&'a str>,
}

impl<'a> Told<'a> {
    /// A fact with nothing else to say about it.
    pub fn new(news: News<'a>) -> Self {
        Self {
            news,
            document: None,
            is_late: false,
            offer: None,
            card: None,
        }
    }
}

/// The letter of a fact; `None` where it is nobody's news.
pub fn of(told: &Told<'_>) -> Option<Letter> {
    match told.news {
        News::Subscription(fact, subscription) => subscription::letter(told, fact, subscription),
        News::Gift(fact, gift) => gift::letter(told, fact, gift),
    }
}

/// Never the code.
impl std::fmt::Debug for Card<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Card")
    }
}
