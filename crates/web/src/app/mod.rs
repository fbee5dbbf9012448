//! The installed app: a publication on the home screen of a phone, with a list of
//! saved stories, of which copies may be kept on the device for a while.
//!
//! Here is what the app is made of, the list, and the lease by which copies are kept.
//! Not here: a story's text. The app fetches that by the programs' interface, under
//! the gate's decision, as any program does.

mod bearer;
mod files;
mod lease;
mod list;

pub(crate) mod samples;
pub(crate) mod view;

use http::{HeaderValue, Response, header};

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};

pub use files::{ICONS, Icon, Purpose, is_app_file};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] =
    templates!["app/list.html", "app/offline.html", "app/words.html"];

/// The ways of this room. The files that the app is made of are answered
/// [before](Pages::app_file) ways are looked at: they are the same for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The list of saved stories.
    List,
    /// Taking a story off the list.
    Remove,
    /// What is shown where there is no network, the same for everybody.
    Offline,
    /// For how long copies may be kept from now on.
    Lease,
    /// A file of the app's.
    File,
}

const WAYS: [(&str, Way); 10] = [
    ("app", Way::List),
    ("app/remove", Way::Remove),
    ("app/offline", Way::Offline),
    ("app/lease", Way::Lease),
    (files::WORKER, Way::File),
    (files::MANIFEST, Way::File),
    (ICONS[0].path, Way::File),
    (ICONS[1].path, Way::File),
    (ICONS[2].path, Way::File),
    (ICONS[3].path, Way::File),
];

const NAMED: [Named<Way>; 0] = [];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &NAMED)
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &NAMED)
    }

    pub(crate) fn is_private(self) -> bool {
        self == Self::Remove
    }

    /// Signing in leads back to the list.
    pub(crate) fn is_come_back_to(self) -> bool {
        self == Self::List
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::List => pages.app_list(visit).await,
            Self::Remove => Ok(respond::go(pages.below("app"))),
            Self::Offline => pages.app_offline(visit),
            Self::Lease => pages.app_lease(visit).await,
            Self::File => pages.say(visit, http::StatusCode::NOT_FOUND, &respond::MISSING),
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::Remove => pages.take_off_list(visit, form).await,
            Self::List | Self::Offline | Self::Lease | Self::File => {
                let status = http::StatusCode::METHOD_NOT_ALLOWED;
                pages.say(visit, status, &respond::MISSING)
            }
        }
    }
}

/// What pages of the app may load: their own files, and pictures that they have kept.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

fn allow<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}
