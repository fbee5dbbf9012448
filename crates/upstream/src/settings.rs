//! What is configured about a site.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use access::PathPattern;
use http::{HeaderName, HeaderValue};
use rustls::pki_types::ServerName;
use thiserror::Error;

use crate::server::ServerUrl;

/// How long to wait for a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection, name look-up and TLS included.
    pub connect: Duration,
    /// For the first byte of the response, once the request is under way.
    pub first_byte: Duration,
    /// Between two pieces of a response's body.
    pub stall: Duration,
    /// For one of the permitted requests to end, where all are under way.
    pub queue: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            first_byte: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            queue: Duration::from_secs(5),
        }
    }
}

/// A name, or an address, that a certificate is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateName(pub(crate) ServerName<'static>);

/// Why a text is no such name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("write a host's name only, for example \"cms.example\"")]
pub struct BadName;

impl FromStr for CertificateName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let name = ServerName::try_from(text.to_owned());
        name.map(Self).map_err(|_| BadName)
    }
}

/// Paths that belong to servers of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which paths; a route without any is for all that no other one takes.
    pub paths: Vec<PathPattern>,
    /// The servers, any of which can answer.
    pub servers: Vec<ServerUrl>,
    /// What they are told as `Host`, where that isn't the publication's.
    pub host: Option<HeaderValue>,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The first route that takes a path has it.
    pub routes: Vec<Route>,
    /// How long to wait.
    pub patience: Patience,
    /// Requests under way at a time.
    pub connections: usize,
    /// A header that proves to the site that the gate has asked.
    pub secret: Option<(HeaderName, HeaderValue)>,
    /// A file of certificates (PEM) that are trusted besides the system's.
    pub authorities: Option<PathBuf>,
    /// The name that servers' certificates are for, where it isn't the one that they
    /// are asked by.
    pub certificate_name: Option<CertificateName>,
}
