//! What these pages show: one typed context for each template. Amounts, days and
//! whatever depends on a state are words already.

use serde::Serialize;

use crate::accounts::view::Device;
use crate::shop::view::{CountryName, Errors, KnownCard, Typed};
use crate::view::pages;

pages! {
    Account => "account/account.html",
    Ask => "subscriptions/ask.html",
    Pay => "subscriptions/pay.html",
    Payment => "subscriptions/payment.html",
    Named => "subscriptions/billing.html",
    Deliver => "subscriptions/address.html",
    Seats => "subscriptions/seats.html",
    Invitation => "subscriptions/seat.html",
    Plans => "subscriptions/plans.html",
    Invoices => "subscriptions/invoices.html",
    Invoice => "subscriptions/invoice.html",
    Gifts => "subscriptions/gifts.html",
    Sending => "subscriptions/gift.html",
}

/// The account: what somebody has, and the way to everything else.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Account {
    pub(crate) mail: String,
    pub(crate) name: Option<String>,
    /// What has just been done, in words.
    pub(crate) done: Option<String>,
    /// What they have taken out, the latest first.
    pub(crate) own: Vec<Card>,
    /// What others have taken out, and they have a seat in.
    pub(crate) seats: Vec<Card>,
    /// What others have taken out, and they may have a seat in by their address.
    pub(crate) open: Vec<Card>,
    /// Whether anything is sold here.
    pub(crate) sells: bool,
    /// Whether they have bought gifts.
    pub(crate) gives: bool,
    /// Whether they may give stories away.
    pub(crate) gift_links: bool,
    /// Whether there is a newsletter, or they have asked for one once.
    pub(crate) newsletter: bool,
    /// Whether there is an app, and so a reading list.
    pub(crate) app: bool,
    /// Whether there are feeds with whole stories.
    pub(crate) feeds: bool,
    /// Whether there are apps that may be let in, or a reading history.
    pub(crate) history: bool,
    pub(crate) devices: Vec<Device>,
}

/// A subscription and where it stands.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Card {
    /// Its id, for links.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// `active`, `trial`, `trouble`, `paused`, `ending`, `ended`, `unpaid`: for
    /// the looks.
    pub(crate) state: &'static str,
    /// The same in a word or two.
    pub(crate) badge: String,
    /// Where it stands, sentence by sentence; the first says until when.
    pub(crate) says: Vec<String>,
    /// What has to be done, where something has.
    pub(crate) warns: Option<String>,
    /// The particulars: what and how much.
    pub(crate) rows: Vec<Row>,
    /// What it lets one do.
    pub(crate) benefits: Vec<String>,
    /// What can be done with it, the most important first.
    pub(crate) acts: Vec<Link>,
    /// Whether it has a seat that can be taken by oneself.
    pub(crate) can_join: bool,
    /// Whether it is a seat that can be given back.
    pub(crate) can_leave: bool,
}

/// A label and what it says.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A link to something that can be done.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link {
    /// Where it is, below the prefix.
    pub(crate) to: String,
    /// What it is called.
    pub(crate) text: String,
    /// Whether it is what there is to do now.
    pub(crate) is_first: bool,
}

/// A page that says what will happen, and the button that makes it so.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Ask {
    pub(crate) title: String,
    /// Why it can't be done, or wasn't; in words.
    pub(crate) refused: Option<String>,
    /// What will happen, sentence by sentence.
    pub(crate) says: Vec<String>,
    /// What may be told besides.
    pub(crate) fields: Fields,
    /// What the button answers, where there are two: the word of the form.
    pub(crate) answer: Option<&'static str>,
    /// Where the form goes, below the prefix; `None` where nothing can be done.
    pub(crate) to: Option<String>,
    /// What was shown, for the form to be held to.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// What the button says.
    pub(crate) button: String,
    /// What may be seen to before.
    pub(crate) also: Option<Link>,
    /// The way back, which changes nothing.
    pub(crate) back: String,
}

/// What a form asks besides.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Fields {
    /// Reasons to choose one from: a word of the form, and what it says.
    pub(crate) reasons: Vec<(&'static str, String)>,
    /// An offer that may keep who wants to leave.
    pub(crate) stay: Option<Stay>,
    /// A day to choose.
    pub(crate) day: Option<Day>,
    /// A second button with another answer: its value, and what it says.
    pub(crate) other: Option<(&'static str, String)>,
}

/// An offer to somebody who wants to leave.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stay {
    pub(crate) headline: String,
    pub(crate) small_print: Option<String>,
    /// Where it is accepted, below the prefix.
    pub(crate) to: String,
}

/// A day to choose.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Day {
    pub(crate) label: String,
    pub(crate) hint: String,
    /// As browsers take it: `2026-12-31`.
    pub(crate) value: String,
    pub(crate) least: String,
    pub(crate) most: String,
    /// What is wrong with it, in words.
    pub(crate) error: Option<String>,
}

/// With what a subscription is paid, and what is open.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Pay {
    /// The subscription, for links.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) says: Vec<String>,
    /// Why it wasn't done, in words.
    pub(crate) refused: Option<String>,
    pub(crate) button: String,
    /// Whether there is something to pay for.
    pub(crate) is_open: bool,
    /// Where what waits for the bank is confirmed instead, below the prefix.
    pub(crate) confirm: Option<String>,
    /// Whether a form has come back.
    pub(crate) failed: bool,
    pub(crate) cards: Vec<KnownCard>,
    /// The card that is chosen.
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
    /// `sandbox` or `stripe`.
    pub(crate) entry: &'static str,
    /// The address of our own script for cards.
    pub(crate) script: String,
    /// The address of Stripe's.
    pub(crate) stripe: String,
    /// The publication's account at Stripe.
    pub(crate) key: String,
}

/// What is paid with what, and the cards that are known.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Payment {
    /// Whether a card has just been let go.
    pub(crate) done: bool,
    /// Why it wasn't, in words.
    pub(crate) refused: Option<String>,
    /// What is paid, and with what.
    pub(crate) list: Vec<Card>,
    pub(crate) cards: Vec<KnownCard>,
}

/// Who is named on invoices.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Named {
    /// Whether it has just been kept.
    pub(crate) done: bool,
    /// Whether somebody is named by now.
    pub(crate) is_known: bool,
    /// Why it wasn't kept: the key of a message.
    pub(crate) refused: Option<&'static str>,
    /// Whether something has to be looked at again.
    pub(crate) failed: bool,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
    pub(crate) countries: Vec<CountryName>,
}

/// Where a subscription is delivered.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Deliver {
    /// The subscription, for links.
    pub(crate) id: String,
    /// What it is called, or what it is to become.
    pub(crate) name: String,
    /// What is to be known of it: the key of a message.
    pub(crate) says: &'static str,
    /// What goes along with the form: the change of plan that it is for.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Why it wasn't done, in words.
    pub(crate) refused: Option<String>,
    /// Whether something is wrong with what was typed.
    pub(crate) failed: bool,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
    pub(crate) countries: Vec<CountryName>,
}

/// Who sits in a subscription for several.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Seats {
    /// The subscription, for links.
    pub(crate) id: String,
    /// What was just done: the key of a message.
    pub(crate) done: Option<&'static str>,
    /// Why something wasn't done, in words.
    pub(crate) refused: Option<String>,
    /// How many are taken of how many, in words.
    pub(crate) taken: String,
    pub(crate) list: Vec<Seat>,
    /// How many aren't listed.
    pub(crate) more: usize,
    /// Whether somebody can be invited.
    pub(crate) is_open: bool,
    /// Whether that could be who pays, who has no seat themselves.
    pub(crate) pays_only: bool,
    /// What the form that invites is known by: sent twice it is one.
    pub(crate) form: String,
    /// The address, as it was typed.
    pub(crate) mail: String,
    /// What is wrong with it: the key of a message.
    pub(crate) error: Option<&'static str>,
    /// Who may come without an invitation: by their address,
    pub(crate) domains: Vec<String>,
    /// and by their network.
    pub(crate) networks: Vec<String>,
    /// How many seats there could be instead, where that can be changed.
    pub(crate) number: Option<SeatsNumber>,
}

/// How many seats there are, and could be.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SeatsNumber {
    /// The offer by which it is changed.
    pub(crate) offer: String,
    pub(crate) now: u32,
    pub(crate) least: u32,
    pub(crate) most: u32,
}

/// A seat that is taken or kept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Seat {
    pub(crate) id: String,
    /// The address of who sits there, where it is known.
    pub(crate) who: Option<String>,
    /// Whether it is kept for somebody who was invited.
    pub(crate) is_invited: bool,
}

/// What an invitation to a seat leads to.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Invitation {
    /// `open`, `yours` or `over`.
    pub(crate) state: &'static str,
    /// Why it is over, in words.
    pub(crate) why: String,
    /// What the seat is in.
    pub(crate) name: String,
    pub(crate) benefits: Vec<String>,
    /// The subscription and the seat, for the form.
    pub(crate) of: String,
    pub(crate) seat: String,
    /// Who would take it: the address of whoever is signed in.
    pub(crate) mail: String,
    /// Where signing in leads back to, as a query; `None` for who is.
    pub(crate) back: Option<String>,
}

/// Plans that a subscription could change to.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Plans {
    /// Which it has, in words.
    pub(crate) now: String,
    pub(crate) list: Vec<Plan>,
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Plan {
    /// Its name in the catalog, for an id.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) rate: String,
    pub(crate) benefits: Vec<String>,
    /// Where it is chosen at once, below the prefix.
    pub(crate) now: String,
    /// Where it is chosen for when the period ends.
    pub(crate) then: String,
}

/// Invoices and credit notes.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Invoices {
    pub(crate) list: Vec<InvoiceLink>,
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct InvoiceLink {
    pub(crate) id: String,
    pub(crate) number: String,
    /// Invoice or credit note, in words.
    pub(crate) kind: String,
    pub(crate) date: String,
    pub(crate) total: String,
}

/// One to read and to print.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Invoice {
    /// "Invoice 2026-000123".
    pub(crate) title: String,
    pub(crate) number: String,
    pub(crate) date: String,
    /// Which invoice a credit note corrects, in words.
    pub(crate) corrects: Option<String>,
    pub(crate) seller: Party,
    pub(crate) buyer: Party,
    pub(crate) lines: Vec<InvoiceLine>,
    /// The sum before tax.
    pub(crate) net: String,
    /// Tax by rate: what it is, on how much, and how much it is.
    pub(crate) taxes: Vec<InvoiceTax>,
    pub(crate) total: String,
    /// That it was paid, or given back; that the customer owes the tax.
    pub(crate) notes: Vec<String>,
}

/// Who sells or buys.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Party {
    pub(crate) name: String,
    pub(crate) address: Vec<String>,
    pub(crate) country: String,
    pub(crate) vat_id: Option<String>,
}

/// What was sold.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct InvoiceLine {
    pub(crate) what: String,
    /// From when until when.
    pub(crate) when: Option<String>,
    pub(crate) quantity: String,
    pub(crate) rate: String,
    pub(crate) net: String,
}

/// The tax at one rate.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct InvoiceTax {
    pub(crate) what: String,
    pub(crate) amount: String,
}

/// Gifts that somebody has bought.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Gifts {
    /// What has just been done: the key of a message.
    pub(crate) done: Option<&'static str>,
    /// Whether they can be sent here.
    pub(crate) sends: bool,
    pub(crate) list: Vec<Gift>,
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Gift {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `ready`, `redeemed`, `ended`, `unpaid`: for the looks.
    pub(crate) state: &'static str,
    pub(crate) badge: String,
    pub(crate) says: Vec<String>,
    /// Whom it is for, where that was said.
    pub(crate) to: Option<String>,
}

/// One of them, to be sent once more.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Sending {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) says: Vec<String>,
    /// What redeems it, while nobody has it.
    pub(crate) code: Option<String>,
    /// How its payment stands, while it isn't paid.
    pub(crate) warns: Option<String>,
    /// What can be done about that.
    pub(crate) acts: Vec<Link>,
    /// Whether its buyer can give it up.
    pub(crate) can_give_up: bool,
    /// Whether it can be sent.
    pub(crate) is_open: bool,
    /// The address, as it is or was typed.
    pub(crate) mail: String,
    /// What is wrong with it: the key of a message.
    pub(crate) error: Option<&'static str>,
    /// Why it wasn't sent: the key of a message.
    pub(crate) refused: Option<&'static str>,
}
