//! A form that isn't taken, though it is the reader's own: too often, or too
//! late. Where much was typed, it is shown again with all of it.

use http::{HeaderValue, Method, StatusCode, header};

use crate::csrf::NotOurs;
use crate::limits::TooOften;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::ways::Way;

/// Why it isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    TooOften(TooOften),
    /// Its token is another's, or of another day.
    Old,
}

impl NotTaken {
    fn of(fault: &Fault) -> Option<Self> {
        match fault {
            Fault::TooOften(too_often) => Some(Self::TooOften(*too_often)),
            Fault::NotOurs(NotOurs::Token) => Some(Self::Old),
            _ => None,
        }
    }

    /// What is said over the form: the key, and the minutes to wait.
    pub(crate) fn said(self) -> (&'static str, i64) {
        match self {
            Self::TooOften(too_often) => ("shop-kept-many", too_often.minutes()),
            Self::Old => ("shop-kept-old", 0),
        }
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Old => StatusCode::FORBIDDEN,
        }
    }
}

impl Pages {
    /// The form once more, instead of a mere notice; the fault, where there is no
    /// such form, or it can't be shown either.
    pub(crate) async fn once_more(&self, visit: &Visit<'_>, fault: Fault) -> Answer {
        let is_theirs = visit.request.method == Method::POST && visit.account().is_some();
        let why = NotTaken::of(&fault).filter(|_| is_theirs);
        let (Some(why), Some(Way::Shop(way))) = (why, Way::to(&visit.request.path)) else {
            return Err(fault);
        };
        let form = visit.request.sent();
        let Some(Ok(mut response)) = way.once_more(self, visit, &form, why).await else {
            return Err(fault);
        };
        // What there is instead of the form says nothing of what was sent.
        if response.status() != why.status() {
            return Err(fault);
        }
        if let NotTaken::TooOften(too_often) = why {
            let seconds = HeaderValue::from(too_often.seconds());
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        Ok(response)
    }
}
