//! The ways there are below the prefix, as each room lists its own.

use crate::fault::Answer;
use crate::form::Form;
use crate::pages::{Pages, Visit};
use crate::{accounts, app, delivery, feeds, history, oauth, shop, subscriptions, texts};

/// The path of every page and form below the prefix, with braces where a name or
/// an id stands: `order/{purchase}`.
pub fn routes() -> Vec<String> {
    let rooms = [
        accounts::routes(),
        feeds::routes(),
        shop::routes(),
        subscriptions::routes(),
        oauth::routes(),
        delivery::routes(),
        app::routes(),
        texts::routes(),
        history::routes(),
    ];
    rooms.concat()
}

/// Those of a room.
pub(crate) fn listed<W>(plain: &[(&str, W)], named: &[Named<W>]) -> Vec<String> {
    let plain = plain.iter().map(|(path, _)| *path);
    let named = named.iter().map(|(path, _)| *path);
    plain.chain(named).map(str::to_owned).collect()
}

/// Ways with a name or an id in them: the path with braces in its place, and
/// what reads all that stands there and after.
pub(crate) type Named<W> = (&'static str, fn(&str) -> Option<W>);

/// The way that a path is, of a room's.
pub(crate) fn find<W: Clone>(path: &str, plain: &[(&str, W)], named: &[Named<W>]) -> Option<W> {
    if let Some((_, way)) = plain.iter().find(|(known, _)| *known == path) {
        return Some(way.clone());
    }
    named.iter().find_map(|(pattern, read)| {
        let before = pattern.split('{').next().unwrap_or_default();
        read(path.strip_prefix(before)?)
    })
}

/// The ways there are: each room knows its own.
pub(crate) enum Way {
    Accounts(accounts::Way),
    Feeds(feeds::Way),
    Shop(shop::Way),
    Subscriptions(subscriptions::Way),
    OAuth(oauth::Way),
    Delivery(delivery::Way),
    App(app::Way),
    Texts(texts::Way),
    History(history::Way),
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        let accounts = || accounts::Way::to(path).map(Self::Accounts);
        let feeds = || feeds::Way::to(path).map(Self::Feeds);
        let shop = || shop::Way::to(path).map(Self::Shop);
        let subscriptions = || subscriptions::Way::to(path).map(Self::Subscriptions);
        let oauth = || oauth::Way::to(path).map(Self::OAuth);
        let delivery = || delivery::Way::to(path).map(Self::Delivery);
        let app = || app::Way::to(path).map(Self::App);
        let texts = || texts::Way::to(path).map(Self::Texts);
        let history = || history::Way::to(path).map(Self::History);
        accounts()
            .or_else(feeds)
            .or_else(shop)
            .or_else(subscriptions)
            .or_else(oauth)
            .or_else(delivery)
            .or_else(app)
            .or_else(texts)
            .or_else(history)
    }

    /// Whether one has to be signed in.
    pub(crate) fn is_private(&self) -> bool {
        match self {
            Self::Accounts(way) => way.is_private(),
            Self::Feeds(way) => way.is_private(),
            Self::Shop(way) => way.is_private(),
            Self::Subscriptions(way) => way.is_private(),
            Self::App(way) => way.is_private(),
            Self::OAuth(_) | Self::Delivery(_) | Self::Texts(_) | Self::History(_) => true,
        }
    }

    /// Whether one comes back to it after signing in: looking at it changes
    /// nothing, and what it shows depends on who one is.
    pub(crate) fn is_come_back_to(&self) -> bool {
        let is_open = match self {
            Self::Accounts(_)
            | Self::Feeds(_)
            | Self::OAuth(_)
            | Self::Delivery(_)
            | Self::Texts(_)
            | Self::History(_) => false,
            Self::Shop(way) => way.is_come_back_to(),
            Self::App(way) => way.is_come_back_to(),
            Self::Subscriptions(way) => way.is_come_back_to(),
        };
        is_open || self.is_private()
    }

    /// Whether what it shows depends on what somebody has.
    pub(crate) fn sells(&self) -> bool {
        matches!(self, Self::Shop(_))
    }

    /// What is only looked at changes nothing.
    pub(crate) async fn look(&self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Accounts(way) => way.look(pages, visit).await,
            Self::Feeds(way) => way.look(pages, visit).await,
            Self::Shop(way) => way.look(pages, visit).await,
            Self::Subscriptions(way) => way.look(pages, visit).await,
            Self::OAuth(way) => way.look(pages, visit).await,
            Self::Delivery(way) => way.look(pages, visit).await,
            Self::App(way) => way.look(pages, visit).await,
            Self::Texts(way) => way.look(pages, visit).await,
            Self::History(way) => way.look(pages, visit).await,
        }
    }

    /// Does what a form asks, which is known to be one of ours.
    pub(crate) async fn act(&self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::Accounts(way) => way.act(pages, visit, form).await,
            Self::Feeds(way) => way.act(pages, visit).await,
            Self::Shop(way) => way.act(pages, visit, form).await,
            Self::Subscriptions(way) => way.act(pages, visit, form).await,
            Self::OAuth(way) => way.act(pages, visit, form).await,
            Self::Delivery(way) => way.act(pages, visit, form).await,
            Self::App(way) => way.act(pages, visit, form).await,
            Self::Texts(way) => way.act(pages, visit),
            Self::History(way) => way.act(pages, visit, form).await,
        }
    }
}
