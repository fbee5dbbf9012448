//! The shop: offers, checkout, gifts, a single story, a day pass.
//!
//! What is sold, what it costs and who may have it is decided by
//! [`billing`]; this room shows it, takes what is typed, and says what became
//! of it. What somebody agrees to is what they were shown, word by word: a form
//! holds a mark of the words, and one whose words have changed is shown again.

mod bank;
mod buy;
mod cards;
mod checkout;
mod countries;
mod fields;
pub(crate) mod notices;
mod offers;
mod order;
mod redeem;
pub(crate) mod samples;
mod terms;
mod told;
pub(crate) mod view;
mod words;

use std::ops::Deref;

use billing::Billing;
use commerce::ids::{GiftId, OfferId, SubscriptionId};
use http::StatusCode;
use store::Owner;

pub(crate) use cards::Entered;
pub(crate) use countries::Countries;

use crate::again::NotTaken;
use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates![
    "shop/parts.html",
    "shop/offers.html",
    "shop/checkout.html",
    "shop/order.html",
    "shop/redeem.html",
];

/// The ways of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// All offers.
    Offers,
    /// The story that they come from, alone.
    Story,
    /// An offer's checkout.
    Checkout(OfferId),
    /// What became of a purchase.
    Order(Purchased),
    /// Beginning to enter a card by Stripe's script.
    Card,
    /// Redeeming a gift.
    Redeem,
}

/// What was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purchased {
    /// For oneself.
    Subscription(SubscriptionId),
    /// For somebody else.
    Gift(GiftId),
}

const WAYS: [(&str, Way); 4] = [
    ("subscribe", Way::Offers),
    // Not below the offers: one of them may be called so.
    ("story", Way::Story),
    ("card", Way::Card),
    ("redeem", Way::Redeem),
];

const NAMED: [Named<Way>; 2] = [
    ("subscribe/{offer}", |offer| {
        OfferId::new(offer).ok().map(Way::Checkout)
    }),
    ("order/{purchase}", |purchase| {
        Purchased::named(purchase).map(Way::Order)
    }),
];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &NAMED)
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &NAMED)
    }

    /// Whether one comes back to it after signing in.
    pub(crate) fn is_come_back_to(&self) -> bool {
        matches!(
            self,
            Self::Offers | Self::Story | Self::Checkout(_) | Self::Redeem
        )
    }

    /// Whether one has to be signed in. A checkout is looked at without, and
    /// asks for it.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Self::Order(_) | Self::Card)
    }

    pub(crate) async fn look(&self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        let Some(shop) = Shop::of(pages) else {
            return pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        match self {
            Self::Offers => shop.offers_page(visit, None).await,
            Self::Story => shop.story_page(visit).await,
            Self::Checkout(offer) => shop.checkout_page(visit, offer).await,
            Self::Order(order) => shop.order_page(visit, *order).await,
            Self::Redeem => shop.redeem_page(visit).await,
            Self::Card => Ok(respond::go(pages.below("account"))),
        }
    }

    pub(crate) async fn act(&self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(shop) = Shop::of(pages) else {
            return pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        match self {
            Self::Checkout(offer) => shop.buy(visit, offer, form).await,
            Self::Order(order) => shop.confirm_charge(visit, *order, form).await,
            Self::Card => shop.begin_card(visit).await,
            Self::Redeem => shop.redeem(visit, form).await,
            Self::Offers | Self::Story => {
                pages.say(visit, StatusCode::METHOD_NOT_ALLOWED, &respond::MISSING)
            }
        }
    }
}

impl Way {
    /// The form once more, with all that was typed and why it isn't taken; `None`
    /// where nothing much is typed.
    pub(crate) async fn once_more(
        &self,
        pages: &Pages,
        visit: &Visit<'_>,
        form: &Form,
        why: NotTaken,
    ) -> Option<Answer> {
        let shop = Shop::of(pages)?;
        match (self, why) {
            (Self::Checkout(offer), _) => {
                Some(shop.checkout_once_more(visit, offer, form, why).await)
            }
            // Who has tried too many codes isn't told whether this one is good.
            (Self::Redeem, NotTaken::Old) => Some(shop.redeem_once_more(visit, form, why).await),
            _ => None,
        }
    }
}

/// The pages where something is sold, or seen to that was: all that they can,
/// and who sells.
pub(crate) struct Shop<'a> {
    pages: &'a Pages,
    pub(crate) billing: &'a Billing,
}

impl<'a> Shop<'a> {
    /// `None` where nothing is sold.
    pub(crate) fn of(pages: &'a Pages) -> Option<Self> {
        let billing = pages.billing.as_ref()?;
        Some(Self { pages, billing })
    }
}

impl Deref for Shop<'_> {
    type Target = Pages;

    fn deref(&self) -> &Pages {
        self.pages
    }
}

impl From<Owner> for Purchased {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Subscription(id) => Self::Subscription(id),
            Owner::Gift(id) => Self::Gift(id),
        }
    }
}

impl Purchased {
    pub(crate) fn named(name: &str) -> Option<Self> {
        let subscription = name.parse().ok().map(Self::Subscription);
        subscription.or_else(|| name.parse().ok().map(Self::Gift))
    }

    /// Where what became of it is told, below the prefix.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Subscription(id) => format!("order/{id}"),
            Self::Gift(id) => format!("order/{id}"),
        }
    }
}
