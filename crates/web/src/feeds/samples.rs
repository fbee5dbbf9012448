//! A sample of the page in every state.

use super::view::{Feeds, Link, Of};
use crate::samples::{HOSTILE, Render};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    let day = || Some("2026-11-12".to_owned());
    render.render(&Feeds::default());
    for made in [Vec::new(), vec![of(None), of(Some(HOSTILE.to_owned()))]] {
        for used in [None, day()] {
            render.render(&Feeds {
                has_one: true,
                created: day(),
                spread: used.clone(),
                used,
                ended: None,
                made: made.clone(),
            });
        }
    }
    render.render(&Feeds {
        created: day(),
        ended: day(),
        ..Feeds::default()
    });
}

fn of(section: Option<String>) -> Of {
    let link = |format| Link {
        format,
        address: HOSTILE.to_owned(),
    };
    Of {
        section,
        links: vec![link("RSS"), link("JSON Feed")],
    }
}
