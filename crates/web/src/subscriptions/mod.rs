//! What a reader has: subscriptions, invoices, payment methods, seats.
//!
//! What a page says will happen is found by the code that makes it happen
//! ([`foresee`]); whose something is, is looked up in the transaction that changes
//! it. What is somebody else's is as unknown as what never was.

mod act;
mod ahead;
mod ask;
mod deliver;
mod done;
mod foresee;
mod gift;
mod gifts;
mod invitation;
mod invoices;
mod named;
mod overview;
mod pay;
mod payment;
mod plan;
mod plans;
mod refusal;
mod seats;
mod standing;
mod words;

pub(crate) mod samples;
pub(crate) mod view;

pub(crate) use done::latest;

use commerce::ids::{GiftId, InvoiceId, SubscriptionId};
use http::StatusCode;

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::theme::templates;
use crate::ways::{self, Named};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates![
    "account/account.html",
    "subscriptions/parts.html",
    "subscriptions/ask.html",
    "subscriptions/pay.html",
    "subscriptions/payment.html",
    "subscriptions/billing.html",
    "subscriptions/address.html",
    "subscriptions/seats.html",
    "subscriptions/seat.html",
    "subscriptions/plans.html",
    "subscriptions/invoices.html",
    "subscriptions/invoice.html",
    "subscriptions/gift.html",
    "subscriptions/gifts.html",
];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Account,
    /// What is paid with what, and the cards that are known.
    Payment,
    /// Who is named on invoices.
    Billing,
    Invoices,
    Invoice(InvoiceId),
    Gifts,
    Gift(GiftId),
    Seat,
    Of(SubscriptionId, What),
}

/// What can be done with a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Cancel,
    Keep,
    Pause,
    Resume,
    Change,
    Seats,
    Join,
    Leave,
    Pay,
    Card,
    Address,
    KeepPlan,
    Price,
    Withdraw,
}

impl What {
    const ALL: [Self; 14] = [
        Self::Cancel,
        Self::Keep,
        Self::Pause,
        Self::Resume,
        Self::Change,
        Self::Seats,
        Self::Join,
        Self::Leave,
        Self::Pay,
        Self::Card,
        Self::Address,
        Self::KeepPlan,
        Self::Price,
        Self::Withdraw,
    ];

    /// As addresses and messages have it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Keep => "keep",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Change => "change",
            Self::Seats => "seats",
            Self::Join => "join",
            Self::Leave => "leave",
            Self::Pay => "pay",
            Self::Card => "card",
            Self::Address => "address",
            Self::KeepPlan => "keep-plan",
            Self::Price => "price",
            Self::Withdraw => "withdraw",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }
}

const WAYS: [(&str, Way); 6] = [
    ("account", Way::Account),
    ("account/payment", Way::Payment),
    ("account/billing", Way::Billing),
    ("account/invoices", Way::Invoices),
    ("account/gifts", Way::Gifts),
    ("seat", Way::Seat),
];

const NAMED: [Named<Way>; 3] = [
    ("account/invoices/{invoice}", |id| {
        id.parse().ok().map(Way::Invoice)
    }),
    ("account/gifts/{gift}", |id| id.parse().ok().map(Way::Gift)),
    ("account/{subscription}/{what}", |named| {
        let (id, what) = named.split_once('/')?;
        Some(Way::Of(id.parse().ok()?, What::parse(what)?))
    }),
];

/// The paths of this room, with all that can be done with a subscription.
pub(crate) fn routes() -> Vec<String> {
    let [invoice, gift, of] = NAMED;
    let plain = ways::listed(&WAYS, &[invoice, gift]);
    let each = What::ALL.map(|what| of.0.replace("{what}", what.as_str()));
    plain.into_iter().chain(each).collect()
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &NAMED)
    }

    /// Whether one comes back to it after signing in.
    pub(crate) fn is_come_back_to(self) -> bool {
        self == Self::Seat
    }

    /// Whether one has to be signed in. An invitation asks for it, so that it is
    /// come back to.
    pub(crate) fn is_private(self) -> bool {
        self != Self::Seat
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Account => pages.account_page(visit).await,
            Self::Billing => pages.billing_page(visit).await,
            Self::Invoices => pages.invoices_page(visit).await,
            Self::Invoice(id) => pages.invoice_page(visit, id).await,
            Self::Gifts => pages.gifts_page(visit).await,
            Self::Payment | Self::Seat | Self::Gift(_) | Self::Of(..) => match Shop::of(pages) {
                Some(shop) => self.look_in(&shop, visit).await,
                None => pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING),
            },
        }
    }

    async fn look_in(self, shop: &Shop<'_>, visit: &Visit<'_>) -> Answer {
        let Self::Of(id, what) = self else {
            return match self {
                Self::Payment => shop.payment_page(visit).await,
                Self::Gift(id) => shop.sending_page(visit, id).await,
                _ => shop.seat_page(visit).await,
            };
        };
        match what {
            What::Join | What::Leave => Ok(respond::go(shop.below("account"))),
            What::Pay | What::Card => shop.pay_page(visit, id).await,
            What::Address => shop.address_page(visit, id).await,
            What::Seats => shop.seats_page(visit, id).await,
            What::Change => shop.change_page(visit, id).await,
            what => shop.ask_page(visit, id, what).await,
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::Billing => pages.save_billing(visit, form).await,
            Self::Payment | Self::Seat | Self::Gift(_) | Self::Of(..) => match Shop::of(pages) {
                Some(shop) => self.act_in(&shop, visit, form).await,
                None => pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING),
            },
            Self::Account | Self::Invoices | Self::Invoice(_) | Self::Gifts => {
                pages.say(visit, StatusCode::METHOD_NOT_ALLOWED, &respond::MISSING)
            }
        }
    }

    async fn act_in(self, shop: &Shop<'_>, visit: &Visit<'_>, form: &Form) -> Answer {
        let Self::Of(id, what) = self else {
            return match self {
                Self::Payment => shop.forget_card(visit, form).await,
                Self::Gift(id) => shop.send_gift(visit, id, form).await,
                _ => shop.take_seat(visit, form).await,
            };
        };
        match what {
            What::Join => shop.join(visit, id).await,
            What::Leave => shop.leave_seat(visit, id).await,
            What::Pay | What::Card => shop.pay(visit, id, form).await,
            What::Address => shop.move_to(visit, id, form).await,
            What::Seats => shop.change_seats(visit, id, form).await,
            What::Change => shop.change_plan(visit, id, form).await,
            what => shop.act_on(visit, id, what, form).await,
        }
    }
}
