//! What readers are told: the words of every locale, the templates that a
//! publisher may override, and the prompts made of both.
//!
//! This crate turns plain facts into HTML. It must not decide anything: which
//! prompt a reader gets is `access`'s business, and where it goes in the page
//! is the gateway's. It reads files only while loading, and never a clock.

mod assets;
mod folder;
mod gifts;
mod load_error;
mod locale;
mod messages;
mod offer;
mod prompts;
pub mod samples;
mod theme;
mod view;

pub use assets::{script, script_hash, style, style_hash};
pub use gifts::{GiftPage, GiftSays, GiftTerms};
pub use load_error::{LoadError, LoadErrors, Problem, note};
pub use locale::{Direction, Locale, NotALocale};
pub use messages::{Arg, DateStyle, Messages};
pub use offer::LAST_HOURS;
pub use prompts::Prompts;
pub use theme::{RenderError, Theme};
pub use view::{Benefit, Links, MeterView, OfferText, PeriodWord, PromptView, Words};
