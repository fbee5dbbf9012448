//! Samples of the pages of the app.

use super::view::{List, Offline, Saved, Standing};
use crate::gate::Sponsor;
use crate::samples::{HOSTILE, Render};

/// The address of the script in samples.
pub(crate) const SCRIPT: &str = "/-/assets/app.js";

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    let sponsor = || Sponsor {
        name: HOSTILE.to_owned(),
        said: HOSTILE.to_owned(),
    };
    let saved = |is_paid: bool| Saved {
        id: "the-tide-gauge".to_owned(),
        path: "/stories/the-tide-gauge".to_owned(),
        title: HOSTILE.to_owned(),
        standfirst: HOSTILE.to_owned(),
        language: "en".to_owned(),
        sponsor: is_paid.then(sponsor),
        day: "2026-11-12".to_owned(),
    };
    for standing in [Standing::Anonymous, Standing::Lacks, Standing::Holds] {
        for stories in [Vec::new(), vec![saved(false), saved(true)]] {
            for (days, sells) in [(Some(1), true), (Some(7), false), (None, true)] {
                render.render(&List {
                    standing,
                    stories: stories.clone(),
                    days,
                    hours: 36,
                    sells,
                    script: SCRIPT.to_owned(),
                    zone: days.map(|_| "Europe/London".to_owned()),
                });
            }
        }
    }
    render.render(&Offline {
        script: SCRIPT.to_owned(),
        zone: Some("Europe/London".to_owned()),
    });
}
