//! A sample of every page of this room in every state.

use super::view::{Chosen, Delivery, Redirect, Span, Suspend, Wished};
use crate::samples::{HOSTILE, Render};
use crate::shop::view::{CountryName, Errors, Typed};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    render.render(&Delivery::default());
    let states = ["home", "elsewhere", "suspended", "missing", "none"];
    render.render(&Delivery {
        id: HOSTILE.to_owned(),
        name: HOSTILE.to_owned(),
        done: Some(HOSTILE.to_owned()),
        done_but: Some(HOSTILE.to_owned()),
        refused: Some(HOSTILE.to_owned()),
        home: vec![HOSTILE.to_owned(); 2],
        can_move: true,
        spans: states.map(span).to_vec(),
        early: Some(HOSTILE.to_owned()),
        settled: Some(HOSTILE.to_owned()),
        settled_too: Some(HOSTILE.to_owned()),
        wishes: [true, false].map(wished).to_vec(),
        suspends: true,
    });
    for failed in [false, true] {
        let chosen = Chosen {
            value: "2026-12-24".to_owned(),
            least: "2026-12-04".to_owned(),
            most: if failed { "2027-06-01" } else { "" }.to_owned(),
            error: failed.then(|| HOSTILE.to_owned()),
        };
        render.render(&Suspend {
            id: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
            says: vec![HOSTILE.to_owned()],
            hint: HOSTILE.to_owned(),
            refused: failed.then(|| HOSTILE.to_owned()),
            form: HOSTILE.to_owned(),
            first: chosen.clone(),
            last: chosen.clone(),
        });
        render.render(&Redirect {
            id: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
            hint: HOSTILE.to_owned(),
            refused: failed.then(|| HOSTILE.to_owned()),
            failed,
            form: HOSTILE.to_owned(),
            first: chosen.clone(),
            last: chosen,
            typed: Typed {
                post_name: HOSTILE.to_owned(),
                ..Typed::default()
            },
            errors: Errors {
                post_city: failed.then_some("account-error-missing"),
                country: failed.then_some("shop-country-missing"),
                ..Errors::default()
            },
            countries: vec![CountryName {
                code: "GB".to_owned(),
                name: HOSTILE.to_owned(),
            }],
        });
    }
}

fn span(state: &'static str) -> Span {
    Span {
        when: HOSTILE.to_owned(),
        what: HOSTILE.to_owned(),
        state,
    }
}

fn wished(is_open: bool) -> Wished {
    Wished {
        id: "dlv_00000000000000000000000000000001".to_owned(),
        says: HOSTILE.to_owned(),
        but: is_open.then(|| HOSTILE.to_owned()),
        undo: is_open.then(|| HOSTILE.to_owned()),
    }
}
