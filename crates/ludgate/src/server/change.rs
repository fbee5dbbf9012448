//! Changing what a running server works by: reloads, openings and keys.
//!
//! One change at a time. Each is made ready as a whole before anything of it is
//! installed or written down; if any of it fails, everything stays as it was.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use access::{MeterNo, Minute, Name, Rules};
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use jiff::{SignedDuration, Timestamp};
use meter::{Store, Unavailable};

use super::content::say_what_is_held_back;
use super::restart::needing_restart;
use super::{Configured, Installed, Running};
use crate::assemble::{self, Assembled, Known, assemble, derived};
use crate::config::Config;
use crate::crawling::crawling;
use crate::openings::{Opening, Openings, What, local};
use crate::world;

/// Waits for its turn. What a panic left behind is whole: it is swapped as one.
pub(super) fn turn<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives a meter of `config` its number. Where all have been given out, those
/// of meters that are long out of use are given out again.
pub(super) fn number(store: &Store, config: &Config, id: &Name) -> Result<MeterNo> {
    match store.meter_no(id) {
        Err(Unavailable::TooMany { .. }) => {}
        other => return Ok(other?),
    }
    let keep: Vec<Name> = config.meters.iter().map(|meter| meter.id.clone()).collect();
    let needed_from = Minute::floor(world::now()).back(Rules::RETENTION);
    store.release_meters(&keep, needed_from)?;
    store.meter_no(id).with_context(|| {
        format!(
            "the meter \"{id}\" can't be told apart from the others: readers have counts of 64 \
             meters, some of which were renamed or removed in the last 400 days. Use the id of \
             one of those again"
        )
    })
}

impl Running {
    /// Reads configuration, theme, messages and content again, and works by
    /// them from the next request on. Blocks.
    pub(crate) fn reload(&self) -> Result<()> {
        let _turn = turn(&self.changing);
        let result = self.read_again();
        // What closes under a reload is no mistake in what was read.
        if result.is_err() && self.is_ending() {
            bail!("not reloaded: the server is stopping");
        }
        self.reloads.record(&result);
        result
    }

    fn read_again(&self) -> Result<()> {
        let old = self.config();
        let config = match &self.configured {
            Configured::File(file) => Arc::new(Config::load_after(file, Some(&old))?),
            Configured::Fixed => Arc::clone(&old),
        };
        // Before anything is read, so that no later change is missed; and also
        // where it turns out to be wrong, so that its correction is seen.
        let watching = self.watch(&config);
        let openings = Openings::load(self.data())?;
        let keys = self.secrets.keyring()?;
        let number = |_: usize, id: &Name| number(&self.meter, &config, id);
        let before = turn(&self.installed).clone();
        let crawling = crawling(&config, &self.runtime, before.crawling.as_ref())?;
        let known = Known {
            cuts: &self.cuts,
            before: Some(&before.pages),
            derived: Some(&derived(self.data())),
            index: Some(&self.index),
            texts: Some(&self.text_index),
            bar: &ProgressBar::hidden(),
        };
        let Assembled {
            policy,
            pages,
            appearance,
        } = assemble(
            &config,
            &self.source(&config),
            &number,
            &openings,
            known,
            crawling.as_ref(),
        )?;
        let own = match &self.readers {
            Some(readers) => readers.renewed(&config, &appearance)?,
            None => None,
        };
        let now = (&*config, &appearance, &pages);
        let readers = self.readers.as_ref();
        let programs = self
            .programs
            .renewed((&self.gate, &self.texts), readers, now)?;
        if let (Some(secured), Some(tls)) = (&self.secured, &config.server.tls) {
            secured.reload(tls)?;
        }
        if let Some(publication) = pages.publication() {
            self.prints.make_for(&publication)?;
        }
        self.gate.install_keys(keys);
        self.gate.install(policy);
        self.offers.hand_over(&self.gate, &config);
        if let Some(readers) = &self.readers {
            readers.show(own);
        }
        // The gate decides by these already.
        self.texts.read_from(pages.publication());
        self.programs.show(programs);
        let said = needing_restart(&self.started, &old);
        for key in needing_restart(&self.started, &config) {
            if !said.contains(&key) {
                tracing::warn!(key, "this change takes effect at the next start");
            }
        }
        let known = old.doubts();
        for doubt in config
            .doubts()
            .iter()
            .filter(|doubt| !known.contains(doubt))
        {
            tracing::warn!("{doubt}");
        }
        if let Err(error) = watching {
            tracing::warn!(
                "reloaded, but changes from now on may not be seen, so tell the server of each, \
                 with SIGHUP or POST /reload: {error:#}"
            );
        }
        self.indexing.tell(&pages);
        let publications = before.pages.publication().zip(pages.publication());
        *turn(&self.installed) = Installed {
            config,
            appearance,
            pages,
            crawling,
        };
        if let Some((before, after)) = publications {
            say_what_is_held_back(&before, &after);
        }
        // Another publication was told nothing yet.
        self.tell_most_read();
        self.look_at_the_rest()
    }

    /// Watches what `config` names instead of what was named before.
    pub(super) fn watch(&self, config: &Config) -> Result<()> {
        match &mut *turn(&self.watching) {
            Some(watch) => watch.follow(&self.watched(config)),
            None => Ok(()),
        }
    }

    pub(super) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// Reloads, and says in the log how that went. Blocks.
    pub(crate) fn reload_and_say(&self, why: &str) {
        match self.reload() {
            Ok(()) => tracing::info!(why, "reloaded"),
            Err(error) if self.is_ending() => tracing::debug!(why, "{error:#}"),
            Err(error) => {
                tracing::error!("{why}: not reloaded, everything stays as it was:\n{error:#}");
            }
        }
    }

    /// Opens something in a hurry. Neither the files on disk nor the content
    /// has a say: somebody is in a hurry. Blocks.
    pub(super) fn open(&self, what: What, until: Timestamp, now: Timestamp) -> Result<String> {
        let config = self.config();
        let what = what.at_home(Some(&config.url))?;
        let covers = self.covers(&what, now);
        let opened = self.change_openings(|openings| openings.open(what, until, now).cloned())?;
        let Opening { id, what, .. } = &opened;
        let until = local(until, &config.zone);
        tracing::info!(id, %what, %until, "opened in a hurry");
        let warning = if covers {
            ""
        } else {
            ".\nBut no story of the publication that is out is covered by it: is it written right?"
        };
        Ok(format!(
            "{what} is open to everybody until {until} ({id}){warning}"
        ))
    }

    /// Closes what was opened. Blocks.
    pub(super) fn close(&self, id: &str) -> Result<String> {
        let Opening { what, .. } = self.change_openings(|openings| openings.close(id))?;
        tracing::info!(id, %what, "closed again");
        Ok(format!("{what} follows the rules again"))
    }

    /// When a story at `path` will appear that isn't out at `at`.
    pub(crate) fn forthcoming(&self, path: &str, at: Timestamp) -> Option<Timestamp> {
        let pages = turn(&self.installed).pages.clone();
        let slug = path.strip_prefix("/stories/")?;
        let publication = pages.publication()?;
        let story = publication.story(slug)?;
        (!story.is_out(at)).then(|| story.published)
    }

    fn covers(&self, what: &What, now: Timestamp) -> bool {
        let pages = turn(&self.installed).pages.clone();
        let Some(publication) = pages.publication() else {
            // What a foreign site has isn't known beforehand.
            return true;
        };
        let mut out = (publication.stories().iter()).filter(|story| story.is_out(now));
        out.any(|story| what.covers(story.section.as_str(), &story.path()))
    }

    /// Changes what is open: the running configuration gets another policy,
    /// and only if there can be one is the change written down.
    fn change_openings(
        &self,
        change: impl FnOnce(&mut Openings) -> Result<Opening>,
    ) -> Result<Opening> {
        let _turn = turn(&self.changing);
        let data = self.data();
        let mut openings = Openings::load(data)?;
        let changed = change(&mut openings)?;
        let Installed {
            config,
            appearance,
            pages,
            crawling,
        } = turn(&self.installed).clone();
        let number = |_: usize, id: &Name| number(&self.meter, &config, id);
        let behind = (&pages, crawling.as_ref());
        let policy = assemble::policy(&config, &appearance, behind, &number, &openings)?;
        openings.save(data)?;
        self.gate.install(policy);
        Ok(changed)
    }

    /// Signs with a new key from now on. Blocks.
    pub(super) fn rotate_keys(&self, by: &str) -> Result<String> {
        let _turn = turn(&self.changing);
        let number = self.secrets.rotate()?;
        self.gate.install_keys(self.secrets.keyring()?);
        tracing::info!(key = number, by, "signing with a new key");
        Ok(format!("The server signs with key {number} from now on."))
    }

    /// A link that makes the browser that follows it staff for so long.
    pub(crate) fn staff_link(&self, hours: u32, by: &str) -> Result<String> {
        let valid = Duration::from_hours(hours.into()).min(gateway::MAX_STAFF);
        let until = world::now() + SignedDuration::try_from(valid)?;
        let path = self.gate.staff_path(until);
        let path = path.context("the system gave no randomness")?;
        tracing::info!(by, %until, "a link for staff was given out");
        Ok(format!("{}{path}", self.config().url.text))
    }
}

impl Running {
    /// The data folder that the server was started on: the configuration may
    /// name another by now, but the files are where they were.
    pub(crate) fn data(&self) -> &Path {
        &self.started.server.data
    }
}

#[cfg(test)]
mod tests {
    use access::{Charge, ReaderId, StoryNo};

    use super::*;

    /// A store in which 64 meters have numbers, and readers counts of `used`.
    fn crowded(dir: &Path, used: u8) -> Store {
        let store = Store::open(meter::Config::new(dir.join("meter"))).expect("a store");
        for no in 0..64 {
            let meter = store
                .meter_no(&Name::new(format!("former-{no}")))
                .expect("a number");
            if no < used {
                let reader = ReaderId([no; 12]);
                store.warm(reader).expect("warm");
                let at = Minute::floor(world::now());
                let (since, limit) = (Minute::MIN, 9);
                let charge = Charge {
                    meter,
                    since,
                    at,
                    limit,
                };
                store.charge(reader, StoryNo(1), &charge).expect("counted");
            }
        }
        store.flush().expect("on disk");
        store
    }

    fn config() -> Config {
        let text = "[publication]\nname = \"x\"\nurl = \"http://127.0.0.1\"\n\
                    timezone = \"UTC\"\n[origin]\ncontent = \"content\"\n\
                    [[meters]]\nid = \"monthly\"\nperiod = \"calendar month\"\n\
                    allowance = { anonymous = 3 }\n";
        Config::parse(text, Path::new("")).expect("a configuration")
    }

    #[test]
    fn a_sixty_fifth_meter_takes_the_number_of_one_that_nobody_has_counts_of() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = crowded(dir.path(), 63);
        let no = number(&store, &config(), &Name::new("monthly")).expect("a number");
        assert_eq!(no.get(), 63);
    }

    #[test]
    fn where_all_are_in_use_it_is_said_what_to_do() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = crowded(dir.path(), 64);
        let error = number(&store, &config(), &Name::new("monthly")).expect_err("none left");
        let text = format!("{error:#}");
        assert!(
            text.contains("\"monthly\"") && text.contains("Use the id of one"),
            "{text}"
        );
    }
}
