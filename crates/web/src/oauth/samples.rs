//! A sample of every page of this room in every state.

use store::apps::Scope;

use super::consent::{Consent, UNFIT, UNKNOWN, words};
use crate::samples::{HOSTILE, Render};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    render.render(&Consent {
        app: HOSTILE.to_owned(),
        mail: HOSTILE.to_owned(),
        scopes: Scope::ALL.map(words).to_vec(),
        asked: vec![("client_id", HOSTILE.to_owned())],
    });
    render.render(&Consent::default());
    render.render(&UNKNOWN);
    render.render(&UNFIT);
}
