//! The readers' TLS: certificates from files or from an ACME authority, renewed
//! and swapped while running; and the PROXY protocol's header.
//!
//! This crate knows connections and certificates, and nothing of what is asked
//! for over them: no stories, no readers, no gate. A working certificate is never
//! taken away by a failure to get a better one.
//!
//! The parts, in the order in which a connection meets them:
//!
//! - [`read_header`]: where a connection comes from, told by a proxy in front;
//! - [`Acceptor`]: the handshake, with [`Certificates`] to choose from;
//! - [`Keeper`]: orders and renews a certificate, and shows [`Challenges`] to
//!   the authority meanwhile.

mod acceptor;
mod acme;
mod certificate;
mod certificates;
mod challenges;
mod config;
mod files;
mod proxy;
mod validity;
mod world;

#[cfg(test)]
mod samples;

pub use acceptor::{Accepted, Acceptor, HandshakeError, Protocol};
pub use acme::{
    AcmeError, Authority, Challenge, ExternalAccount, Failure, Keeper, MAX_NAMES, Name, NameError,
    RootsError, Settings, Status,
};
pub use certificates::{Certificates, Served, Source};
pub use challenges::Challenges;
pub use config::SetupError;
pub use files::{FileError, FilePair, Warning};
pub use proxy::{HeaderError, Origin, Progress, ReadError, parse_header, read_header};
pub use validity::Validity;
pub use world::{Random, World};
