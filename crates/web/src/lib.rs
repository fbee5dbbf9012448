//! The readers' own pages, below the reserved prefix: signing up, in and out,
//! offers and checkout, gifts, and the account.
//!
//! [`Pages::answer`] takes a request and says what to answer; whoever receives
//! requests (the gate) keeps them within bounds and sees to what has to hold for
//! every such page. Pages are rendered on the server and need no script.
//!
//! Not here: what a story costs and who may read it, SQL, sending mail, clocks
//! and randomness. See `docs/internals/web.md`.

mod accounts;
mod again;
mod app;
mod assets;
mod csrf;
mod delivery;
mod device;
mod fault;
mod feeds;
mod form;
mod gate;
mod history;
mod known;
mod limits;
mod link;
mod oauth;
mod pages;
mod passwords;
mod request;
mod respond;
mod samples;
mod settings;
mod shop;
mod subscriptions;
mod texts;
mod theme;
mod view;
mod wanted;
mod ways;
mod words;
mod world;

pub use accounts::NotSent;
pub use app::{ICONS, Icon, Purpose, is_app_file};
pub use assets::{Asset, assets};
pub use delivery::DeliveryNews;
pub use feeds::is_feed_address;
pub use gate::{
    Counted, Doing, Feed, FeedOf, FeedPlace, FoundText, FoundTexts, FoundValue, Gate, Headline,
    Keepable, NewSession, NotSearched, Piece, Sender, Sponsor, TextWish,
};
pub use letters::account::{Letter, LetterKind};
pub use oauth::{App, BadRedirect, Redirect};
pub use pages::{Pages, Parts};
pub use passwords::{Cost, LONGEST, NoPasswords, Passwords, SHORTEST};
pub use request::Request;
pub use settings::{OwnApp, Settings, StripeScript};
pub use wanted::Wanted;
pub use ways::routes;
pub use world::{Random, World};
