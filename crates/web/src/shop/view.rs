//! What the pages of the shop show: one typed context for each template. All
//! amounts and dates are words already.

use serde::Serialize;

use crate::view::{To, pages};

pages! {
    Offers => "shop/offers.html",
    Checkout => "shop/checkout.html",
    Order => "shop/order.html",
    Redeem => "shop/redeem.html",
}

/// All offers.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Offers {
    /// The address of the picture of all that is sold.
    pub(crate) picture: String,
    /// Why the offer that was asked for can't be had, in words.
    pub(crate) gone: Option<String>,
    /// Where the story is that they want to read.
    pub(crate) to: Option<To>,
    /// What links on these pages pass on, from the question mark on.
    pub(crate) query: String,
    /// Subscriptions for oneself.
    pub(crate) own: Vec<Card>,
    /// What else there is, under a heading.
    pub(crate) groups: Vec<Group>,
    /// The currencies there are, if there are several.
    pub(crate) currencies: Vec<CurrencyLink>,
    /// The currency that prices are in.
    pub(crate) currency: String,
    /// The code, as it was typed.
    pub(crate) code: String,
    /// What is wrong with it: the key of a message.
    pub(crate) code_error: Option<&'static str>,
    /// Whether somebody is signed in.
    pub(crate) signed_in: bool,
    /// Whether they have a subscription.
    pub(crate) has_one: bool,
    /// Where signing in leads back to, as a query.
    pub(crate) back: String,
}

/// Offers under a heading.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Group {
    /// The key of the heading.
    pub(crate) heading: &'static str,
    pub(crate) cards: Vec<Card>,
}

/// An offer.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Card {
    /// Its name, for an id.
    pub(crate) id: String,
    /// Where its checkout is, below the prefix, with its query.
    pub(crate) link: String,
    /// What it is called.
    pub(crate) name: String,
    /// For whom it is, or why it is here; in words.
    pub(crate) badge: Option<String>,
    /// Whether it is set off: with a code, the nearest to one that is gone, or
    /// else the first.
    pub(crate) stands_out: bool,
    /// Whether it is given to somebody else.
    pub(crate) gift: bool,
    pub(crate) said: Said,
    /// What it lets one do.
    pub(crate) benefits: Vec<String>,
}

/// What an offer costs, in words.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Said {
    /// `3 months for $9.00`
    pub(crate) headline: String,
    /// `Then $14.90 a month.`
    pub(crate) small_print: Option<String>,
    /// `Ends 31 January`
    pub(crate) ends: Option<String>,
    /// Whether that is soon.
    pub(crate) is_soon: bool,
}

/// A currency to see prices in.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CurrencyLink {
    pub(crate) code: String,
    /// The query of all offers in it.
    pub(crate) query: String,
    pub(crate) is_this: bool,
}

/// Where an offer is accepted.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Checkout {
    /// `subscription`, `trial` (which is over by itself), `once` or `gift`.
    pub(crate) kind: &'static str,
    /// The offer's name, for addresses.
    pub(crate) offer: String,
    /// What links on these pages pass on, from the question mark on.
    pub(crate) query: String,
    /// Where signing in leads back to, as a query; `None` for who is.
    pub(crate) back: Option<String>,
    pub(crate) to: Option<To>,
    pub(crate) currency: String,
    /// The code that opens the offer.
    pub(crate) code: String,
    pub(crate) summary: Summary,
    /// What names this form, so that sending it twice is one purchase.
    pub(crate) form: String,
    /// Whether something has to be looked at again.
    pub(crate) failed: bool,
    /// Why the last payment failed, in one word.
    pub(crate) declined: Option<&'static str>,
    /// Whether amounts or terms have changed since they were shown.
    pub(crate) changed: bool,
    /// Why what was sent isn't taken: the key, and the minutes to wait.
    pub(crate) not_taken: Option<(&'static str, i64)>,
    pub(crate) countries: Vec<CountryName>,
    /// How many readers it may be for, where it is for several.
    pub(crate) seats: Option<SeatsRange>,
    /// Whether something is delivered to a postal address.
    pub(crate) delivered: bool,
    /// Whether something to pay with is needed.
    pub(crate) pays: bool,
    pub(crate) cards: Vec<KnownCard>,
    /// How a new card is entered: `sandbox` or `stripe`.
    pub(crate) entry: &'static str,
    /// The address of the script for that.
    pub(crate) script: String,
    /// The address of Stripe's script.
    pub(crate) stripe: String,
    /// The publication's account at Stripe.
    pub(crate) key: String,
    /// What was typed.
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// What is bought, what it costs and on which terms.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Summary {
    /// What it is called.
    pub(crate) name: String,
    pub(crate) said: Said,
    pub(crate) benefits: Vec<String>,
    /// What is charged today; `None` where nothing is.
    pub(crate) today: Option<String>,
    /// What the tax on it is, a sentence.
    pub(crate) tax: Option<String>,
    /// What is charged later.
    pub(crate) later: Vec<String>,
    /// The terms, sentence by sentence.
    pub(crate) terms: Vec<String>,
    /// Marks exactly these words.
    pub(crate) mark: String,
}

/// A country to choose.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CountryName {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// For how many readers.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct SeatsRange {
    pub(crate) least: u32,
    pub(crate) most: u32,
}

/// A card that can be paid with.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct KnownCard {
    pub(crate) id: String,
    /// `Visa 4242`
    pub(crate) label: String,
    /// `2030-05`
    pub(crate) until: String,
}

/// What was typed into the fields of a checkout. Never a card.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Typed {
    pub(crate) quantity: String,
    pub(crate) country: String,
    pub(crate) business: bool,
    pub(crate) business_name: String,
    pub(crate) business_street: String,
    pub(crate) business_city: String,
    pub(crate) vat: String,
    pub(crate) post_name: String,
    pub(crate) post_street: String,
    pub(crate) post_more: String,
    pub(crate) post_city: String,
    pub(crate) post_region: String,
    pub(crate) post_code: String,
    pub(crate) gift_to: String,
    pub(crate) gift_mail: String,
    pub(crate) gift_from: String,
    pub(crate) gift_words: String,
    /// The id of a known card, or `new`.
    pub(crate) method: String,
    pub(crate) consent: bool,
}

/// What is wrong with each field: keys of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Errors {
    pub(crate) quantity: Option<&'static str>,
    pub(crate) country: Option<&'static str>,
    pub(crate) business_name: Option<&'static str>,
    pub(crate) business_street: Option<&'static str>,
    pub(crate) business_city: Option<&'static str>,
    pub(crate) vat: Option<&'static str>,
    pub(crate) post_name: Option<&'static str>,
    pub(crate) post_street: Option<&'static str>,
    pub(crate) post_more: Option<&'static str>,
    pub(crate) post_city: Option<&'static str>,
    pub(crate) post_region: Option<&'static str>,
    pub(crate) post_code: Option<&'static str>,
    pub(crate) gift_to: Option<&'static str>,
    pub(crate) gift_mail: Option<&'static str>,
    pub(crate) gift_from: Option<&'static str>,
    pub(crate) gift_words: Option<&'static str>,
    pub(crate) method: Option<&'static str>,
    pub(crate) card_number: Option<&'static str>,
    pub(crate) card_expires: Option<&'static str>,
    pub(crate) card_code: Option<&'static str>,
    pub(crate) consent: Option<&'static str>,
}

impl Errors {
    /// Whether nothing is wrong.
    pub(crate) fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What became of a purchase.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Order {
    /// `welcome`, `gift`, `wait`, `bank`, `declined`, `otherwise` or `over`.
    pub(crate) state: &'static str,
    /// How it stands otherwise, in one word.
    pub(crate) how: &'static str,
    /// What was bought, for whoever is welcome.
    pub(crate) kind: &'static str,
    /// The purchase, for addresses: below the prefix.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) to: Option<To>,
    /// What is to be paid, in words.
    pub(crate) amount: String,
    /// What was bought.
    pub(crate) name: String,
    pub(crate) benefits: Vec<String>,
    /// A gift's code, while nobody has it.
    pub(crate) code: Option<String>,
    /// Where it is sent once more, below the prefix.
    pub(crate) gift: String,
    /// The address that it is mailed to, where that isn't its buyer's.
    pub(crate) mailed_to: Option<String>,
    /// Where it can be tried again, below the prefix, with its query.
    pub(crate) again: String,
    /// Why it failed.
    pub(crate) declined: Option<&'static str>,
    /// How it is confirmed: `sandbox` or `stripe`.
    pub(crate) entry: &'static str,
    pub(crate) script: String,
    pub(crate) stripe: String,
    /// The publication's account at Stripe, and this charge's secret.
    pub(crate) key: String,
    pub(crate) secret: String,
    /// The card that has to be named for it, where Stripe has let go of it.
    pub(crate) method: Option<String>,
}

/// Where a gift is redeemed.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Redeem {
    /// The code, as it was typed.
    pub(crate) code: String,
    pub(crate) error: Option<&'static str>,
    /// Whether something has to be looked at again.
    pub(crate) failed: bool,
    /// Why what was sent isn't taken: the key, and the minutes to wait.
    pub(crate) not_taken: Option<(&'static str, i64)>,
    /// What the gift is, once it is known.
    pub(crate) gift: Option<GiftCard>,
    /// Where signing in leads back to, as a query; `None` for who is.
    pub(crate) back: Option<String>,
    /// What is said to who has what it gives, in the place of the form.
    pub(crate) has: Option<String>,
    pub(crate) form: String,
    pub(crate) countries: Vec<CountryName>,
    pub(crate) delivered: bool,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

/// A gift as its card shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct GiftCard {
    pub(crate) name: String,
    pub(crate) benefits: Vec<String>,
    pub(crate) length: String,
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) words: String,
}
