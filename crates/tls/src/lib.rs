//! The readers' TLS: certificates from files or from an ACME authority, renewed
//! and swapped while running; and the PROXY protocol's header.
//!
//! This crate knows connections and certificates, and nothing of what is asked
//! for over them: no stories, no readers, no gate.

mod proxy;

pub use proxy::{HeaderError, Origin, Progress, ReadError, parse_header, read_header};
