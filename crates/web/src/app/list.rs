//! The list of saved stories, and the page that is shown without a network.

use http::StatusCode;
use store::saved::Dated;

use super::allow;
use super::lease::APPS;
use super::view::{List, Offline, Saved, Standing};
use crate::assets::app_script;
use crate::form::Form;
use crate::gate::Sender;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;

/// How many saved stories are shown, the latest: more than anybody carries along. The
/// others are had by the programs' interface.
const SHOWN: usize = 100;

/// Hours in a day.
const HOURS: i64 = 24;

impl Pages {
    pub(super) async fn app_list(&self, visit: &Visit<'_>) -> Answer {
        let Some(app) = &self.settings.app else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let now = visit.request.now;
        let standing = match visit.sender {
            Sender::Anonymous => Standing::Anonymous,
            Sender::Unknown => return Err(Fault::Busy),
            Sender::SignedIn { account, .. } => match self.gate.holds(account, APPS, now) {
                Some(true) => Standing::Holds,
                Some(false) => Standing::Lacks,
                None => return Err(Fault::Busy),
            },
        };
        let saved = match visit.account() {
            None => Vec::new(),
            Some(account) => {
                let mut reading = self.store.read().await?;
                reading.saved(account, None, SHOWN).await?
            }
        };
        let hours = app.lease.as_hours();
        let page = List {
            standing,
            stories: saved
                .iter()
                .filter_map(|one| self.shown(one, visit))
                .collect(),
            days: (hours % HOURS == 0).then_some(hours / HOURS),
            hours,
            sells: self.billing.is_some(),
            script: self.asset(app_script()),
            zone: self.zone_name(),
        };
        Ok(allow(self.show(visit, StatusCode::OK, &page)?))
    }

    /// A story that isn't there any more isn't shown.
    fn shown(&self, saved: &Dated, visit: &Visit<'_>) -> Option<Saved> {
        let headline = self.gate.headline(&saved.story, visit.request.now)?;
        let day = saved
            .at
            .to_zoned_datetime(self.settings.zone.clone())
            .date();
        Some(Saved {
            id: saved.story.clone(),
            path: headline.path,
            title: headline.title,
            standfirst: headline.standfirst,
            language: headline.language,
            sponsor: headline.sponsor,
            day: day.to_string(),
        })
    }

    pub(super) async fn take_off_list(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        if let Some(account) = visit.account() {
            let story = form.get("story");
            let mut writing = self.store.write().await?;
            writing.drop_story(account, story).await?;
            writing.commit().await?;
        }
        Ok(respond::go(self.below("app")))
    }

    /// What the script tells days by; without it, it takes the device's.
    fn zone_name(&self) -> Option<String> {
        self.settings.zone.iana_name().map(str::to_owned)
    }

    pub(super) fn app_offline(&self, visit: &Visit<'_>) -> Answer {
        if self.settings.app.is_none() {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        }
        let page = Offline {
            script: self.asset(app_script()),
            zone: self.zone_name(),
        };
        Ok(allow(self.show(visit, StatusCode::OK, &page)?))
    }
}
