//! The gate between a publication and its readers.
//!
//! One request goes through named phases — normalise, find, identify, decide,
//! count, splice, record — strung together in `Gate::answer`. This crate
//! knows stories, meters, rules and prompts; it must never know of commerce,
//! accounts or SQL, and it reads neither clock nor environment.

mod accounts;
mod address;
mod admission;
mod asker;
mod bodies;
mod body;
mod clues;
mod connection;
mod countries;
mod crawling;
mod entrance;
mod exchange;
mod explain;
mod flights;
mod forward;
mod gate;
mod gifts;
mod greeting;
mod head;
mod http1;
mod identity;
mod kept;
mod leaving;
mod look;
mod media;
mod metrics;
mod negotiate;
mod networks;
mod offers;
mod origin;
mod pages;
mod parameter;
mod patience;
mod policy;
mod programs;
mod quiet;
mod reads;
mod received;
mod reception;
mod refused;
mod reserved;
mod respond;
mod sealed;
mod serve;
mod session;
mod shelf;
mod shorter;
mod signing;
mod site;
mod slots;
mod sold;
mod staff;
mod target;
mod trailers;
mod tunnel;
mod visit;
mod visitor;
mod webhook;
mod world;

pub use accounts::{Accounts, Applied, Load, MAX_ACCOUNTS, MAX_SESSIONS, Overtaken, reader_of};
pub use address::TrustedProxies;
pub use asker::Asker;
pub use body::Body;
pub use countries::{Countries, CountriesError};
pub use crawling::Crawling;
pub use entrance::{Admitted, Admitting, Caller, Channel, Entrance, Secure, SecureStream};
pub use explain::{Explained, NotExplained, Whence, Who};
pub use gate::{
    Entitled, Foreseen, Gate, GateParts, MeterStanding, NotTold, ReaderStanding, Told, Wanted, Whom,
};
pub use gifts::{Gifts, MAX_GIFT_DAYS, MAX_GIFTS, gifts_of};
pub use greeting::Spoken;
pub use identity::ReaderCookie;
pub use metrics::Metrics;
pub use networks::Networks;
pub use origin::{
    Fetching, Origin, OriginBody, OriginError, OriginRequest, OriginResponse, Stream, StreamError,
};
pub use pages::{OnDisk, Pages, Purge};
pub use policy::{Articles, Mode, PolicyParts};
pub use programs::{Access, Enquirer, LONGEST_ACCESS, ProgramTag};
pub use reads::{Ranked, Reads};
pub use reception::{Enquiry, Receiving, Reception};
pub use refused::Refused;
pub use reserved::{Asset, Readiness};
pub use sealed::Keyring;
pub use serve::{Limits, Server};
pub use signing::{NewSession, Sender};
pub use site::{CookieName, Site};
pub use slots::PromptTold;
pub use staff::MAX_STAFF;
pub use target::{BadTarget, MAX_TARGET, Target};
pub use webhook::WEBHOOK_SECRET;
pub use world::{Random, World};
