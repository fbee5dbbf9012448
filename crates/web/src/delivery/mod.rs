//! Print's delivery: what comes where in the next weeks, and what a reader wishes
//! for a while, that nothing comes, or that it goes elsewhere.
//!
//! What may be wished is decided by [`commerce::delivery`], in the transaction that
//! takes it. Nothing here changes what is paid.

mod ahead;
mod news;
mod page;
mod redirect;
mod suspend;
mod words;

pub(crate) mod samples;
pub(crate) mod view;

pub use news::DeliveryNews;

use commerce::delivery::Schedule;
use commerce::ids::SubscriptionId;
use http::StatusCode;
use jiff::civil::Date;
use store::acts::Act;
use store::{Owner, Writing};

use crate::accounts::NotSent;
use crate::form::Form;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates![
    "delivery/parts.html",
    "delivery/delivery.html",
    "delivery/suspend.html",
    "delivery/redirect.html",
];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    of: SubscriptionId,
    what: What,
}

/// What can be done with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    See,
    Suspend,
    Redirect,
    Undo,
}

const NAMED: [Named<Way>; 4] = [
    ("delivery/{subscription}", |id| {
        let (of, what) = (id.parse().ok()?, What::See);
        Some(Way { of, what })
    }),
    ("delivery/{subscription}/suspend", |named| {
        Way::named(named, "suspend", What::Suspend)
    }),
    ("delivery/{subscription}/redirect", |named| {
        Way::named(named, "redirect", What::Redirect)
    }),
    ("delivery/{subscription}/undo", |named| {
        Way::named(named, "undo", What::Undo)
    }),
];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed::<Way>(&[], &NAMED)
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &[], &NAMED)
    }

    fn named(named: &str, called: &str, what: What) -> Option<Self> {
        let (id, rest) = named.split_once('/')?;
        let of = id.parse().ok().filter(|_| rest == called)?;
        Some(Self { of, what })
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        let Some(schedule) = &pages.settings.print else {
            return pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let room = Room { pages, schedule };
        match self.what {
            What::See | What::Undo => room.see(visit, self.of).await,
            What::Suspend => room.suspend_page(visit, self.of).await,
            What::Redirect => room.redirect_page(visit, self.of).await,
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        let Some(schedule) = &pages.settings.print else {
            return pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let room = Room { pages, schedule };
        match self.what {
            What::Suspend => room.suspend(visit, self.of, form).await,
            What::Redirect => room.redirect(visit, self.of, form).await,
            What::Undo => room.undo(visit, self.of, form).await,
            What::See => pages.say(visit, StatusCode::METHOD_NOT_ALLOWED, &respond::MISSING),
        }
    }
}

impl Room<'_> {
    /// Writes down what a reader has done with a delivery, and has them told of it by
    /// mail, for whom this counts among those that they may have sent.
    async fn note(
        &self,
        visit: &Visit<'_>,
        writing: &mut Writing,
        (what, of): (&str, SubscriptionId),
        (first, last): (Date, Option<Date>),
        news: DeliveryNews,
    ) -> Result<(), Fault> {
        self.pages.may_be_told(visit)?;
        let days = match last {
            Some(last) => format!("{first} to {last}"),
            None => format!("from {first} on"),
        };
        let act = Act {
            actor: "reader".to_owned(),
            what: what.to_owned(),
            why: days,
            account: visit.account(),
            owner: Some(Owner::Subscription(of)),
        };
        writing.act(&act, visit.request.now).await?;
        let clocks = (visit.request.now, visit.now);
        let locale = visit.locale.to_string();
        news.tell(writing, &locale, clocks)
            .await
            .map_err(|error| match error {
                NotSent::Store(error) => Fault::Store(error),
                error => Fault::Broken(error.to_string()),
            })
    }
}

/// The pages where something is printed, and when that is delivered.
#[derive(Clone, Copy)]
struct Room<'a> {
    pages: &'a Pages,
    schedule: &'a Schedule,
}
