//! Why a message wasn't sent, and what to do about it.

use std::time::Duration;

use thiserror::Error;

use super::{FolderError, TooLarge};

/// Why a message wasn't sent. The texts are for whoever runs the publication;
/// they hold no password.
#[derive(Debug, Error)]
pub enum SendError {
    /// No connection, or one that a server doesn't want.
    #[error("the mail server {server} can't be reached: {why}; it is tried again")]
    Unreachable {
        /// The server.
        server: String,
        /// What the system or the server said.
        why: String,
    },
    /// Its certificate isn't trusted.
    #[error(
        "the mail server {server} can't be trusted: {why}; name who signed its certificate in \
         [mail] authorities, and the name that it is for as its host"
    )]
    Untrusted {
        /// The server.
        server: String,
        /// What is wrong.
        why: String,
    },
    /// It offers no TLS.
    #[error(
        "the mail server {server} offers no STARTTLS, so nothing is sent there; choose its port \
         for TLS, usually 465"
    )]
    NoTls {
        /// The server.
        server: String,
    },
    /// It doesn't take the login.
    #[error("the mail server {server} doesn't take the login{}; put it right in [mail]", status(.code.as_ref()))]
    Login {
        /// The server.
        server: String,
        /// Its answer.
        code: Option<u16>,
    },
    /// It takes no messages from this sender.
    #[error(
        "the mail server {server} takes no mail from this sender ({code}): {why}; write an address \
         into [mail] that it sends for"
    )]
    Sender {
        /// The server.
        server: String,
        /// Its answer.
        code: u16,
        /// In its words.
        why: String,
    },
    /// It takes no message to that reader, or not this one.
    #[error("the mail server {server} refuses the message for good ({code}): {why}")]
    Refused {
        /// The server.
        server: String,
        /// Its answer.
        code: u16,
        /// In its words.
        why: String,
    },
    /// Not now.
    #[error(
        "the mail server {server} doesn't take the message now ({code}): {why}; it is tried again"
    )]
    Deferred {
        /// The server.
        server: String,
        /// Its answer.
        code: u16,
        /// In its words.
        why: String,
    },
    /// The connection ended in the middle, or what came was no SMTP.
    #[error("the mail server {server} broke off: {why}; it is tried again")]
    Broken {
        /// The server.
        server: String,
        /// What is known of it.
        why: String,
    },
    /// It took too long.
    #[error("the mail server {server} wasn't done within {patience:?}; it is tried again")]
    Slow {
        /// The server.
        server: String,
        /// How long it was waited for.
        patience: Duration,
    },
    /// Nobody knows how far it came: the program ends, or a bug ended it.
    #[error("a message's way into the folder was cut short: {why}; it is tried again")]
    Interrupted {
        /// What is known of it.
        why: String,
    },
    /// It can't be put into a message.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// The folder can't be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// What to do about a message that wasn't sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendNext {
    /// The same again, later. It may have arrived: with the same id it is shown
    /// once.
    Later,
    /// Say so to whoever can put it right, and try it again now and then.
    Repair,
    /// Nobody will ever take it.
    GiveUp,
}

impl SendError {
    /// What to do about it.
    pub fn next(&self) -> SendNext {
        match self {
            Self::Unreachable { .. }
            | Self::Deferred { .. }
            | Self::Broken { .. }
            | Self::Slow { .. }
            | Self::Interrupted { .. } => SendNext::Later,
            Self::Untrusted { .. }
            | Self::NoTls { .. }
            | Self::Login { .. }
            | Self::Sender { .. }
            | Self::Folder(_) => SendNext::Repair,
            Self::Refused { .. } | Self::TooLarge(_) => SendNext::GiveUp,
        }
    }
}

fn status(code: Option<&u16>) -> String {
    code.map(|code| format!(" ({code})")).unwrap_or_default()
}
