//! Samples of the page in every state.

use super::view::{Choice, Hit, Narrow, Search, Standing, Turn};
use crate::gate::{Piece, Sponsor};
use crate::samples::{HOSTILE, Render};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    for sells in [true, false] {
        render.render(&Search {
            standing: Standing::Lacks,
            sells,
            ..nothing("")
        });
    }
    render.render(&nothing(""));
    for incomplete in [true, false] {
        render.render(&Search {
            incomplete,
            ..nothing(HOSTILE)
        });
    }
    render.render(&Search {
        narrows: vec![narrow("topic", true)],
        is_narrow: true,
        ..nothing(HOSTILE)
    });
    for (instead, newest) in [(None, false), (Some(HOSTILE.to_owned()), true)] {
        render.render(&Search {
            count: 14,
            instead,
            newest,
            stories: vec![hit(true), hit(false)],
            narrows: ["section", "topic", "author", "year"]
                .map(|of| narrow(of, newest))
                .to_vec(),
            is_narrow: newest,
            turn: Some(Turn {
                page: 2,
                pages: 3,
                before: Some("q=x".to_owned()),
                after: Some("q=x&page=3".to_owned()),
            }),
            ..nothing(HOSTILE)
        });
    }
}

fn nothing(query: &str) -> Search {
    Search {
        standing: Standing::Holds,
        sells: true,
        query: query.to_owned(),
        longest: 120,
        asked: !query.is_empty(),
        count: 0,
        instead: None,
        incomplete: false,
        stories: Vec::new(),
        narrows: Vec::new(),
        is_narrow: false,
        newest: false,
        other_order: "q=x&order=newest".to_owned(),
        turn: None,
    }
}

fn hit(is_quoted: bool) -> Hit {
    let piece = |marked| Piece {
        text: HOSTILE.to_owned(),
        marked,
    };
    Hit {
        path: "/stories/the-tide-gauge".to_owned(),
        language: "en".to_owned(),
        title: vec![piece(false), piece(true)],
        standfirst: vec![piece(false)],
        excerpt: if is_quoted {
            vec![piece(true), piece(false)]
        } else {
            Vec::new()
        },
        filed: if is_quoted {
            Vec::new()
        } else {
            vec![vec![piece(true), piece(false)], vec![piece(true)]]
        },
        cut_before: is_quoted,
        cut_after: is_quoted,
        byline: vec![HOSTILE.to_owned(); 2],
        sponsor: is_quoted.then(|| Sponsor {
            name: HOSTILE.to_owned(),
            said: HOSTILE.to_owned(),
        }),
        day: "2026-11-12".to_owned(),
    }
}

fn narrow(of: &'static str, chosen: bool) -> Narrow {
    let choice = |chosen| Choice {
        name: HOSTILE.to_owned(),
        stories: 3,
        query: "q=x".to_owned(),
        chosen,
    };
    Narrow {
        of,
        values: vec![choice(false), choice(chosen)],
    }
}
