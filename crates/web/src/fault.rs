//! Why there is nothing else to answer, and what is said then.

use billing::BillingError;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use jiff::SignedDuration;
use store::StoreError;

use crate::csrf::NotOurs;
use crate::limits::TooOften;
use crate::pages::{Pages, Visit};
use crate::passwords::NotHashed;
use crate::respond;
use crate::view::Notice;

/// Why there is nothing else to answer.
#[derive(Debug)]
pub(crate) enum Fault {
    Store(StoreError),
    TooOften(TooOften),
    NotOurs(NotOurs),
    Billing(BillingError),
    /// Too much is going on.
    Busy,
    /// There is no randomness, or a template failed.
    Broken(String),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<TooOften> for Fault {
    fn from(too_often: TooOften) -> Self {
        Self::TooOften(too_often)
    }
}

impl From<BillingError> for Fault {
    fn from(error: BillingError) -> Self {
        Self::Billing(error)
    }
}

impl From<NotHashed> for Fault {
    fn from(_: NotHashed) -> Self {
        Self::Busy
    }
}

pub(crate) type Answer = Result<Response<Bytes>, Fault>;

impl Pages {
    /// What is said instead, to the reader and to the log.
    pub(crate) fn excuse(&self, visit: &Visit<'_>, fault: Fault) -> Response<Bytes> {
        let path = &*visit.request.path;
        let said = match fault {
            Fault::Store(error) if error.is_passing() => {
                tracing::warn!(path, %error, "an account couldn't be seen to");
                self.say(visit, StatusCode::SERVICE_UNAVAILABLE, &respond::BUSY)
            }
            Fault::Store(error) => {
                tracing::error!(path, %error, "an account couldn't be seen to");
                self.say(visit, StatusCode::INTERNAL_SERVER_ERROR, &respond::BROKEN)
            }
            Fault::Billing(error) => {
                tracing::warn!(path, %error, "a purchase couldn't be seen to");
                let (status, notice) = respond::about(error.fault());
                self.say(visit, status, notice)
            }
            Fault::Busy => self.busy(visit),
            Fault::TooOften(TooOften { wait }) => self.turn_away(visit, wait),
            Fault::NotOurs(why) => {
                tracing::debug!(path, ?why, "a form wasn't taken");
                let notice = match why {
                    NotOurs::FromElsewhere => &respond::FROM_ELSEWHERE,
                    NotOurs::NoCookie => &respond::NO_COOKIE,
                    NotOurs::Token => &respond::OLD_FORM,
                };
                self.say(visit, StatusCode::FORBIDDEN, notice)
            }
            Fault::Broken(why) => Err(Fault::Broken(why)),
        };
        said.unwrap_or_else(|fault| {
            tracing::error!(path, ?fault, "a page couldn't be made");
            respond::broken()
        })
    }

    fn busy(&self, visit: &Visit<'_>) -> Answer {
        let mut response = self.say(visit, StatusCode::SERVICE_UNAVAILABLE, &respond::BUSY)?;
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, respond::SOON);
        Ok(response)
    }

    fn turn_away(&self, visit: &Visit<'_>, wait: SignedDuration) -> Answer {
        let seconds = wait.as_secs().max(1);
        let notice = Notice {
            minutes: seconds.saturating_add(59) / 60,
            ..respond::MANY
        };
        let mut response = self.say(visit, StatusCode::TOO_MANY_REQUESTS, &notice)?;
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        Ok(response)
    }
}
