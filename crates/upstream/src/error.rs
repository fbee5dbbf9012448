//! Why a site has given no answer.

use std::time::Duration;

use thiserror::Error;

/// Why there is no response. The texts are for whoever runs the gate.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// No connection could be made.
    #[error("{server} can't be reached: {why}; is it running, and is [origin] url right?")]
    Unreachable {
        /// The server asked.
        server: String,
        /// What the system said.
        why: String,
    },
    /// The certificate that was shown isn't trusted.
    #[error(
        "{server} can't be trusted: {why}; who signed its certificate is to be named in [origin] \
         authorities, and the name that it is for in [origin] url or certificate_name"
    )]
    Untrusted {
        /// The server asked.
        server: String,
        /// What is wrong with the certificate.
        why: String,
    },
    /// Nothing came back in time.
    #[error("{server} did not begin to answer within {patience:?} ([origin] first_byte_timeout)")]
    Silent {
        /// The server asked.
        server: String,
        /// How long it was waited for.
        patience: Duration,
    },
    /// The connection ended before there was a whole head, or what came was no
    /// HTTP.
    #[error("{server} broke off or answered with what is no HTTP: {why}")]
    Broken {
        /// The server asked.
        server: String,
        /// What the connection said.
        why: String,
    },
    /// The request broke off, or no more of it came in time.
    #[error("the reader sent {server} a part of a request, and not the rest of it")]
    Unsent {
        /// The server asked.
        server: String,
    },
    /// As many requests are under way as may be, and none ended in time.
    #[error("{limit} requests to the site are under way and none has ended ([origin] connections)")]
    Crowded {
        /// The most at a time.
        limit: usize,
    },
    /// The TLS settings can't be used.
    #[error("{0}")]
    Tls(String),
}

/// What `error` says, and what was behind it.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut why = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        why = format!("{why}: {cause}");
        source = cause.source();
    }
    why
}

impl Error {
    /// Whether the server, and not the number of our requests, is at fault.
    pub(crate) fn is_the_servers(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Untrusted { .. }
                | Self::Silent { .. }
                | Self::Broken { .. }
        )
    }
}
