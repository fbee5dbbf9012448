//! A sample of the page in every state.

use super::view::{History, Read};
use crate::samples::{HOSTILE, Render};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    let day = || "2026-11-12".to_owned();
    let read = Read {
        path: "/stories/the-tide-gauge".to_owned(),
        title: HOSTILE.to_owned(),
        language: "en".to_owned(),
        day: day(),
    };
    for since in [None, Some(day())] {
        for read in [Vec::new(), vec![read.clone(), read.clone()]] {
            for latest in [None, Some(2)] {
                render.render(&History {
                    since: since.clone(),
                    read: read.clone(),
                    latest,
                });
            }
        }
    }
}
