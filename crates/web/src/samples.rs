//! A sample of every page in every state, for rehearsals.

use crate::accounts;
use crate::app;
use crate::delivery;
use crate::feeds;
use crate::history;
use crate::oauth;
use crate::respond::NOTICES;
use crate::shop;
use crate::subscriptions;
use crate::texts;

/// A name that would be dangerous if it weren't escaped.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'&\u{202e}";

/// Something that renders a page, whichever it is.
pub(crate) trait Render {
    fn render<P: crate::view::Page>(&mut self, page: &P);
}

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    for notice in NOTICES {
        render.render(notice);
    }
    accounts::samples::all(render);
    feeds::samples::all(render);
    shop::samples::all(render);
    subscriptions::samples::all(render);
    oauth::samples::all(render);
    delivery::samples::all(render);
    app::samples::all(render);
    texts::samples::all(render);
    history::samples::all(render);
}
