//! The way to a site that nobody here wrote: its servers, the connections to
//! them, how long to wait, and what to do when one of them fails.
//!
//! A request comes in with the path it is for and goes out as it is, to the
//! server that the path belongs to; the response comes back as a stream. This
//! crate changes neither. It must never know of readers, stories or decisions,
//! it keeps no responses, and it reads no clock.

mod body;
mod client;
mod error;
mod http1;
mod server;
mod settings;
mod upstream;

pub use body::{Body, BodyError, Received, empty};
pub use error::Error;
pub use server::{BadServer, ServerUrl};
pub use settings::{BadName, CertificateName, Patience, Route, Settings};
pub use upstream::{Health, Upstream};
