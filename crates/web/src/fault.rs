//! Why there is nothing else to answer, and what is said then.

use billing::BillingError;
use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header};
use store::{Lapsed, StoreError};

use crate::accounts::notices::OTHER_PASSWORD;
use crate::csrf::NotOurs;
use crate::limits::TooOften;
use crate::link;
use crate::pages::{Pages, Visit};
use crate::passwords::NotHashed;
use crate::request::Request;
use crate::respond;
use crate::view::Notice;

/// Why there is nothing else to answer.
#[derive(Debug)]
pub(crate) enum Fault {
    Store(StoreError),
    TooOften(TooOften),
    NotOurs(NotOurs),
    Billing(BillingError),
    /// What showed who they are shows nothing any more.
    Lapsed(Lapsed),
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

impl From<Lapsed> for Fault {
    fn from(lapsed: Lapsed) -> Self {
        Self::Lapsed(lapsed)
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
                self.tell(visit, StatusCode::SERVICE_UNAVAILABLE, &respond::BUSY)
            }
            Fault::Store(error) => {
                tracing::error!(path, %error, "an account couldn't be seen to");
                self.say(visit, StatusCode::INTERNAL_SERVER_ERROR, &respond::BROKEN)
            }
            Fault::Billing(error) => {
                tracing::warn!(path, %error, "a purchase couldn't be seen to");
                let (status, notice) = respond::about(error.fault());
                self.tell(visit, status, notice)
            }
            Fault::Lapsed(Lapsed::SignedOut) => Ok(self.gone(visit)),
            Fault::Lapsed(Lapsed::OtherPassword) => {
                self.tell(visit, StatusCode::CONFLICT, &OTHER_PASSWORD)
            }
            Fault::Busy => self.busy(visit),
            Fault::TooOften(too_often) => self.turn_away(visit, too_often),
            Fault::NotOurs(why) => {
                tracing::debug!(path, ?why, "a form wasn't taken");
                let notice = match why {
                    NotOurs::FromElsewhere => &respond::FROM_ELSEWHERE,
                    NotOurs::NoCookie => &respond::NO_COOKIE,
                    NotOurs::Token => &respond::OLD_FORM,
                };
                self.tell(visit, StatusCode::FORBIDDEN, notice)
            }
            Fault::Broken(why) => Err(Fault::Broken(why)),
        };
        said.unwrap_or_else(|fault| {
            tracing::error!(path, ?fault, "a page couldn't be made");
            respond::broken()
        })
    }

    /// Says it; what leads back leads to the page that was asked for, or that the
    /// form was on.
    fn tell(&self, visit: &Visit<'_>, status: StatusCode, notice: &Notice<'_>) -> Answer {
        if notice.next.is_some_and(|(place, _)| place == respond::BACK) {
            let place = asked_for(visit.request);
            return self.say(visit, status, &notice.leading_to(&place));
        }
        self.say(visit, status, notice)
    }

    fn busy(&self, visit: &Visit<'_>) -> Answer {
        let mut response = self.tell(visit, StatusCode::SERVICE_UNAVAILABLE, &respond::BUSY)?;
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, respond::SOON);
        Ok(response)
    }

    fn turn_away(&self, visit: &Visit<'_>, too_often: TooOften) -> Answer {
        let notice = Notice {
            minutes: too_often.minutes(),
            ..respond::MANY
        };
        let mut response = self.tell(visit, StatusCode::TOO_MANY_REQUESTS, &notice)?;
        let seconds = HeaderValue::from(too_often.seconds());
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
        Ok(response)
    }
}

/// What forms pass on that their pages are asked with.
const PASSED_ON: [&str; 6] = ["key", "to", "code", "currency", "of", "seat"];

/// The page that was asked for, or that a form was on, below the prefix.
fn asked_for(request: &Request) -> String {
    let form = match request.method {
        Method::POST => request.sent(),
        _ => request.asked(),
    };
    let passed = PASSED_ON.map(|name| (name, form.get(name)));
    link::with(
        &request.path,
        passed.into_iter().filter(|(_, text)| !text.is_empty()),
    )
}
