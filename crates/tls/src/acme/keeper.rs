//! Keeps a certificate from the authority fresh, as long as the server runs.
//!
//! It alone writes the authority's folder, and puts in what is served only what
//! has been looked at. Failing, it waits and tries again, and everything stays.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::client::Client;
use super::folder::Folder;
use super::name::MAX_NAMES;
use super::order::{AcmeError, Issued, Ordering};
use super::{Failure, NameError, Settings, Status, schedule};
use crate::certificate::Certificate;
use crate::certificates::Certificates;
use crate::challenges::Challenges;
use crate::world::World;

/// The longest sleep: a machine that was suspended, or whose clock was set, is
/// noticed after an hour.
const LONGEST_SLEEP: Duration = Duration::from_hours(1);

/// For one whole order. Each request has its own bound, but a hundred names need
/// some hundreds of them.
const WHOLE_ORDER: Duration = Duration::from_mins(15);

/// Orders one certificate, and renews it.
pub struct Keeper {
    settings: Settings,
    folder: Folder,
    certificates: Arc<Certificates>,
    challenges: Arc<Challenges>,
    world: World,
    status: watch::Sender<Status>,
    wanted: Notify,
}

impl Keeper {
    /// Reads what was kept, and serves it if it is a certificate for any of the
    /// names: an old one is better than none. Nobody is asked yet.
    pub fn open(
        settings: Settings,
        certificates: Arc<Certificates>,
        challenges: Arc<Challenges>,
        world: World,
    ) -> Result<Self, AcmeError> {
        if settings.names.is_empty() || settings.names.len() > MAX_NAMES {
            return Err(NameError::Number(settings.names.len()).into());
        }
        let folder = Folder::open(&settings.folder, &settings.authority.directory)?;
        let keeper = Self {
            settings,
            folder,
            certificates,
            challenges,
            world,
            status: watch::Sender::new(Status::default()),
            wanted: Notify::new(),
        };
        keeper.restore()?;
        Ok(keeper)
    }

    fn restore(&self) -> Result<(), AcmeError> {
        let now = (self.world.now)();
        let mut next = now;
        if let Some(pem) = self.folder.certificate()? {
            match Certificate::from_pem(pem.as_bytes(), pem.as_bytes()) {
                Ok(certificate) => {
                    if self.is_for_all(&certificate) {
                        next = schedule::due(certificate.validity);
                    }
                    self.serve(&certificate);
                }
                // Another is ordered in its place, so nobody has to do anything.
                Err(flawed) => {
                    let file = self.folder.certificate_path();
                    tracing::warn!(file = %file.display(), ?flawed, "a certificate is damaged");
                }
            }
        }
        self.status.send_modify(|status| status.next = Some(next));
        Ok(())
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// Tells of every change.
    pub fn watch(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// Orders now, whatever the schedule says, if it is running.
    pub fn renew(&self) {
        self.wanted.notify_one();
    }

    /// Orders and renews until `stop` turns true.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = self.until_due() => {}
            }
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                () = self.attempt() => {}
            }
        }
        self.challenges.clear();
    }

    /// Waits for the schedule, or for somebody who wants it now.
    async fn until_due(&self) {
        loop {
            let now = (self.world.now)();
            let next = self.status.borrow().next.unwrap_or(now);
            let Ok(wait) = Duration::try_from(next.duration_since(now)) else {
                return;
            };
            if wait.is_zero() {
                return;
            }
            tokio::select! {
                () = self.wanted.notified() => return,
                () = tokio::time::sleep(wait.min(LONGEST_SLEEP)) => {}
            }
        }
    }

    async fn attempt(&self) {
        let ordered = tokio::time::timeout(WHOLE_ORDER, self.order())
            .await
            .unwrap_or(Err(AcmeError::TimedOut(WHOLE_ORDER)));
        self.challenges.clear();
        match ordered {
            Ok(issued) => self.take(&issued),
            Err(error) => self.fail(&error),
        }
    }

    async fn order(&self) -> Result<Issued, AcmeError> {
        let (roots, world) = (self.settings.authority.roots.clone(), self.world.clone());
        // It reads all of the system's roots, each time: they change with it.
        let client = tokio::task::spawn_blocking(move || Client::new(roots.as_deref(), &world));
        let client = match client.await {
            Ok(client) => client?,
            Err(gone) => return Err(AcmeError::Unanswerable(gone.to_string())),
        };
        let ordering = Ordering {
            settings: &self.settings,
            folder: &self.folder,
            challenges: &self.challenges,
            client,
            world: &self.world,
        };
        ordering.run().await
    }

    /// Serves a new certificate and keeps it. One that can't be kept is served
    /// all the same, and ordered again after a restart.
    fn take(&self, issued: &Issued) {
        let kept = self.folder.keep_certificate(&issued.pem);
        let now = (self.world.now)();
        let failure = kept.err().map(|error| Failure {
            at: now,
            what: error.to_string(),
        });
        if let Some(failure) = &failure {
            tracing::error!(error = failure.what, "the new certificate can't be kept");
        }
        self.serve(&issued.certificate);
        let validity = issued.certificate.validity;
        let next = schedule::renewal(validity, now);
        tracing::info!(until = %validity.not_after, %next, "a new certificate is being served");
        self.status.send_modify(|status| {
            status.orders += 1;
            status.failures = 0;
            status.failure = failure;
            status.next = Some(next);
        });
    }

    fn serve(&self, certificate: &Certificate) {
        self.certificates.install(certificate);
        self.status.send_modify(|status| {
            status.names = certificate.names.iter().cloned().collect();
            status.validity = Some(certificate.validity);
        });
    }

    fn fail(&self, error: &AcmeError) {
        let now = (self.world.now)();
        let failures = self.status.borrow().failures.saturating_add(1);
        let next = schedule::after(now, schedule::pause(failures, self.chance()));
        tracing::warn!(%error, failures, %next, "no certificate from the authority");
        self.status.send_modify(|status| {
            status.failures = failures;
            status.next = Some(next);
            status.failure = Some(Failure {
                at: now,
                what: error.to_string(),
            });
        });
    }

    /// Without randomness, pauses are whole.
    fn chance(&self) -> u16 {
        let mut bytes = [0; 2];
        if (self.world.random)(&mut bytes) {
            u16::from_be_bytes(bytes)
        } else {
            0
        }
    }

    fn is_for_all(&self, certificate: &Certificate) -> bool {
        let names = &self.settings.names;
        names
            .iter()
            .all(|name| certificate.names.contains(name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acme::{Authority, Challenge};
    use crate::samples::{NOW, Site, at, world, write_private};
    use std::path::Path;

    fn settings(folder: &Path, names: &[&str]) -> Settings {
        Settings {
            authority: Authority {
                directory: "https://acme.example/dir".to_owned(),
                contacts: Vec::new(),
                terms_agreed: true,
                external: None,
                roots: None,
            },
            names: names
                .iter()
                .map(|name| name.parse().expect("a name"))
                .collect(),
            challenge: Challenge::Http01,
            folder: folder.to_owned(),
        }
    }

    fn open(settings: Settings) -> Result<(Keeper, Arc<Certificates>), AcmeError> {
        let certificates = Certificates::empty();
        let keeper = Keeper::open(
            settings,
            Arc::clone(&certificates),
            Challenges::new(),
            world(),
        )?;
        Ok((keeper, certificates))
    }

    #[test]
    fn what_was_kept_is_served_from_the_start_and_ordered_anew_when_it_has_to_be() {
        let made = |names: &[&str], until| {
            let made = Site::new(names).valid("2026-11-01T00:00:00Z", until).make();
            made.key_pem() + &made.chain_pem()
        };
        let (one, both) = (["a.example"], ["a.example", "b.example"]);
        let later = "2027-01-30T00:00:00Z";
        // What is kept, whether it is served, and when the authority is asked.
        let rows = [
            (made(&both, later), true, "2026-12-31T00:00:00Z"),
            (
                made(&both, "2026-12-01T00:00:00Z"),
                true,
                "2026-11-21T00:00:00Z",
            ),
            (
                made(&both, "2026-11-20T00:00:00Z"),
                true,
                "2026-11-13T16:00:00Z",
            ),
            (made(&one, later), true, NOW),
            (made(&both, later).split_off(300), false, NOW),
            (String::new(), false, NOW),
        ];
        for (index, (pem, served, next)) in rows.into_iter().enumerate() {
            let dir = tempfile::tempdir().expect("a folder");
            let folder = dir.path().join("acme.example_dir");
            std::fs::create_dir(&folder).expect("a folder");
            write_private(&folder.join("certificate.pem"), &pem);
            let (keeper, certificates) = open(settings(dir.path(), &both)).expect("a keeper");
            assert_eq!(certificates.served().len(), usize::from(served), "{index}");
            let status = keeper.status();
            assert_eq!(status.validity.is_some(), served, "{index}");
            assert_eq!(status.next, Some(at(next)), "{index}");
        }
    }

    #[test]
    fn a_key_that_others_may_read_is_an_error_before_anything_is_served() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("acme.example_dir");
        std::fs::create_dir(&folder).expect("a folder");
        let file = folder.join("certificate.pem");
        write_private(&file, "");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode");
        let error = open(settings(dir.path(), &["a.example"])).err();
        let error = error.expect("an error").to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_certificate_is_for_one_to_a_hundred_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let names: Vec<String> = (0..=MAX_NAMES).map(|n| format!("s{n}.example")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(open(settings(dir.path(), &names[..MAX_NAMES])).is_ok());
        for wrong in [&names[..], &[]] {
            let error = open(settings(dir.path(), wrong)).err().expect("an error");
            assert!(error.to_string().contains("1 to 100"), "{error}");
        }
    }

    #[tokio::test]
    async fn a_keeper_stops_when_it_is_told_to() {
        let dir = tempfile::tempdir().expect("a folder");
        let (keeper, _) = open(settings(dir.path(), &["a.example"])).expect("a keeper");
        let (stop, stopped) = watch::channel(true);
        keeper.run(stopped).await;
        drop(stop);
        assert_eq!(keeper.status().failures, 0, "nobody was asked");
    }
}
