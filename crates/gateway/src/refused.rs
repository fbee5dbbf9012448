//! Why a request gets no page, as the metrics and the log name it, and what is
//! said instead.
//!
//! The names are a contract with whoever watches them, and every one is counted
//! from the start, so that an alert on a reason sees its first occurrence as a
//! rise from zero.

use http::{Response, StatusCode};

use crate::body::Body;
use crate::gate::Gate;
use crate::head::Head;
use crate::pages::NoPage;
use crate::respond::{refusal, try_again};
use crate::target::BadTarget;

/// What addresses of ours begin with, below the prefix, whose rest is a key.
const KEYS: [&str; 3] = ["feeds/", "gift/", "staff/"];

/// Why a request was refused before any decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It names no host, or more than one.
    Host,
    /// Two parsers could read its target differently, or it is too long.
    Target,
    /// It would change something where there is only something to read.
    Method,
    /// A proxy may not ask, or doesn't say what it asks about.
    Authorize,
    /// There was no time to answer it.
    Overload,
    /// There was no place for the connection that it would have come over.
    Full,
    /// Too many pages were being fetched.
    Busy,
    /// The origin gave no answer.
    Origin,
    /// The origin's answer can't be taken apart safely.
    Unreadable,
    /// A page that must hold a story holds none.
    StoryMissing,
    /// What is there may hold a story's text, and isn't a page.
    Closed,
}

impl Refused {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Host,
        Self::Target,
        Self::Method,
        Self::Authorize,
        Self::Overload,
        Self::Full,
        Self::Busy,
        Self::Origin,
        Self::Unreadable,
        Self::StoryMissing,
        Self::Closed,
    ];

    /// Those for which who only observes would refuse, and lets out instead.
    pub const OF_ANSWERS: [Self; 3] = [Self::Unreadable, Self::StoryMissing, Self::Closed];

    /// The name of the reason.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Target => "target",
            Self::Method => "method",
            Self::Authorize => "authorize",
            Self::Overload => "overload",
            Self::Full => "full",
            Self::Busy => "busy",
            Self::Origin => "origin",
            Self::Unreadable => "unreadable",
            Self::StoryMissing => "story-missing",
            Self::Closed => "closed",
        }
    }
}

impl From<NoPage> for Refused {
    fn from(why: NoPage) -> Self {
        match why {
            NoPage::Origin => Self::Origin,
            // A part can't be judged without the rest.
            NoPage::Unreadable | NoPage::Part => Self::Unreadable,
            NoPage::StoryMissing => Self::StoryMissing,
            NoPage::Closed => Self::Closed,
            NoPage::Busy => Self::Busy,
        }
    }
}

/// Why a request can't be taken as one for a page.
#[derive(Clone, Copy)]
pub(crate) enum Malformed {
    /// It names no host, or more than one.
    Host,
    /// Its target can't be read.
    Target(BadTarget),
}

impl Gate {
    pub(crate) fn malformed(&self, request: &Head<'_>, why: Malformed) -> Response<Body> {
        let (reason, status, said) = match why {
            Malformed::Host => (
                Refused::Host,
                StatusCode::BAD_REQUEST,
                "The request names no host, or more than one.".to_owned(),
            ),
            Malformed::Target(bad) => {
                let status = match bad {
                    BadTarget::TooLong => StatusCode::URI_TOO_LONG,
                    _ => StatusCode::BAD_REQUEST,
                };
                (Refused::Target, status, format!("Here {bad}."))
            }
        };
        self.refused(request, reason);
        refusal(status, "That request can’t be answered", &said)
    }

    pub(crate) fn no_page(&self, request: &Head<'_>, why: NoPage) -> Response<Body> {
        self.refused(request, why.into());
        if why == NoPage::Closed {
            return refusal(
                StatusCode::FORBIDDEN,
                "This isn’t for the public",
                "What is at this address isn’t handed out here.",
            );
        }
        try_again()
    }

    pub(crate) fn refused(&self, request: &Head<'_>, reason: Refused) {
        self.metrics().refused(reason);
        tracing::debug!(
            target: "ludgate::decision",
            path = self.without_secrets(request.path),
            refused = reason.as_str(),
        );
    }

    /// The path as it may be written down: without what lets in whoever has it.
    fn without_secrets<'p>(&self, path: &'p str) -> &'p str {
        let (_, policy) = self.policy();
        let prefix = &*policy.parts.prefix;
        let is_link = |rest: &&str| KEYS.iter().any(|key| rest.starts_with(key));
        match path.strip_prefix(prefix).filter(is_link) {
            Some(rest) => &path[..prefix.len() + rest.find('/').unwrap_or(0)],
            None => path,
        }
    }

    /// A request that is answered only because the gate observes.
    pub(crate) fn would_refuse(&self, request: &Head<'_>, why: NoPage) {
        let reason = Refused::from(why);
        self.metrics().would_refuse(reason);
        tracing::debug!(
            target: "ludgate::decision",
            path = self.without_secrets(request.path),
            would_refuse = reason.as_str(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_counted_under_its_own_name() {
        for (number, reason) in Refused::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, number, "{}", reason.as_str());
            let name = reason.as_str();
            let of_the_name = Refused::ALL.iter().filter(|r| r.as_str() == name);
            assert_eq!(of_the_name.count(), 1, "{name}");
        }
    }
}
