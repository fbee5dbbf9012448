//! Passwords: hashed and compared on threads of their own, as many as there are
//! processors, which get what readers leave; and no more waiting than get their
//! turn in a second or two.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use parking_lot::Mutex;
use store::accounts::PasswordHash;
use tokio::sync::{Semaphore, oneshot};

/// Bytes of a salt (RFC 9106, 3.1).
pub(crate) const SALT: usize = 16;

/// The least characters of a password (NIST SP 800-63B-4, 3.1.1.2, has fifteen
/// where there is nothing else; here a link by mail does the same).
pub const SHORTEST: usize = 8;

/// The most, so that hashing takes as long for all: longer than any sentence.
pub const LONGEST: usize = 256;

/// How many may wait: at 25 ms each, the last of them a second on two processors.
const MAX_WAITING: usize = 80;

/// How long anybody waits where others take all the processors: people look at a
/// page that doesn't come for about so long, and then load it again.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much the threads leave to others: all that there is (`nice(1)`). A story
/// that is asked for meanwhile takes the processor from them at once.
const NICE: i32 = 19;

/// What a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory: u32,
    /// How often it is gone over.
    pub passes: u32,
}

impl Cost {
    /// What OWASP's Password Storage Cheat Sheet has for argon2id: some 25 ms.
    pub const USUAL: Self = Self {
        memory: 19 * 1024,
        passes: 2,
    };
}

/// Something for one of the threads.
type Work = Box<dyn FnOnce() + Send>;

/// What hashes and compares. All clones are one: they take turns. The threads
/// end with the last of them.
#[derive(Clone)]
pub struct Passwords {
    hasher: Argon2<'static>,
    /// What a hash of this cost begins with.
    beginning: String,
    /// Compared with where there is no account, so that it takes as long.
    nobodys: PasswordHash,
    /// Holds no more than there are places.
    work: Sender<Work>,
    places: Arc<Semaphore>,
    done: Arc<AtomicU64>,
}

/// Why no passwords can be hashed.
#[derive(Debug, thiserror::Error)]
pub enum NoPasswords {
    /// The cost makes no sense.
    #[error("a password's hash can't cost {0:?}: at least 8 KiB of memory and one pass")]
    Cost(Cost),
    /// The system gives no thread for it.
    #[error("there is no thread to hash passwords on: {0}; let the program have more")]
    Thread(#[from] io::Error),
}

/// That too many are waiting, or that it took too long, or can't be done at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotHashed;

/// What came of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// It is the password.
    Right {
        /// Whether it was hashed at another cost than today's.
        is_stale: bool,
    },
    /// It isn't, or there is none.
    Wrong,
}

impl Passwords {
    /// Hashes at that cost, so many at once.
    pub fn new(cost: Cost, at_once: usize) -> Result<Self, NoPasswords> {
        let params = Params::new(cost.memory, cost.passes, 1, None);
        let params = params.map_err(|_| NoPasswords::Cost(cost))?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobodys = hasher
            .hash_password_with_salt(b"nobody's", &[0; SALT])
            .map_err(|_| NoPasswords::Cost(cost))?;
        let at_once = at_once.max(1);
        let (work, given) = channel();
        let given = Arc::new(Mutex::new(given));
        for number in 0..at_once {
            let given = Arc::clone(&given);
            let thread = thread::Builder::new().name(format!("passwords-{number}"));
            thread.spawn(move || work_off(&given))?;
        }
        Ok(Self {
            hasher,
            beginning: format!("$argon2id$v=19$m={},t={},p=1$", cost.memory, cost.passes),
            nobodys: PasswordHash::new(nobodys.to_string()),
            work,
            places: Arc::new(Semaphore::new(at_once + MAX_WAITING)),
            done: Arc::default(),
        })
    }

    /// How many have been hashed or compared since the start.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    pub(crate) async fn hash(
        &self,
        password: String,
        salt: [u8; SALT],
    ) -> Result<PasswordHash, NotHashed> {
        let hasher = self.hasher.clone();
        let made = self
            .run(move || hasher.hash_password_with_salt(password.as_bytes(), &salt))
            .await?;
        let made = made.map_err(|_| NotHashed)?;
        Ok(PasswordHash::new(made.to_string()))
    }

    /// Whether the password is the one that was hashed. Where there is none it
    /// takes as long to say no.
    pub(crate) async fn compare(
        &self,
        password: String,
        kept: Option<PasswordHash>,
    ) -> Result<Compared, NotHashed> {
        let is_somebodys = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobodys.clone());
        let is_stale = !kept.as_str().starts_with(&self.beginning);
        let hasher = self.hasher.clone();
        let is_right = self
            .run(move || {
                let kept = kept.as_str();
                hasher.verify_password(password.as_bytes(), kept).is_ok()
            })
            .await?;
        Ok(if is_right && is_somebodys {
            Compared::Right { is_stale }
        } else {
            Compared::Wrong
        })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotHashed> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| NotHashed)?;
        let (send, made) = oneshot::channel();
        let done = Arc::clone(&self.done);
        let work: Work = Box::new(move || {
            if send.is_closed() {
                return;
            }
            let made = work();
            done.fetch_add(1, Ordering::Relaxed);
            // Held to the end, also where nobody waits for it any more.
            drop(place);
            let _ = send.send(made);
        });
        self.work.send(work).map_err(|_| NotHashed)?;
        let made = tokio::time::timeout(PATIENCE, made).await;
        made.map_err(|_| NotHashed)?.map_err(|_| NotHashed)
    }
}

/// Does one thing after the other, until nobody can give any more.
fn work_off(given: &Mutex<Receiver<Work>>) {
    // A thread has a priority of its own on Linux. Where it can't be lowered,
    // hashing takes its share like everything else.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
    loop {
        // One waits for work, the others for the lock.
        let next = given.lock().recv();
        let Ok(work) = next else { return };
        // Whoever waits for what panics is told that it can't be done; the next
        // is nobody else's business.
        let _ = panic::catch_unwind(AssertUnwindSafe(work));
    }
}

/// What is wrong with a password that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadPassword {
    Short,
    Long,
    /// It is the address, or one sign over and over.
    Easy,
}

impl BadPassword {
    pub(crate) fn of(password: &str, mail: &str) -> Option<Self> {
        let length = password.chars().count();
        if length < SHORTEST {
            return Some(Self::Short);
        }
        if length > LONGEST {
            return Some(Self::Long);
        }
        let first = password.chars().next();
        let is_one_sign = password.chars().all(|sign| Some(sign) == first);
        let lower = password.to_lowercase();
        let mail = mail.to_lowercase();
        let local = mail.split('@').next().unwrap_or_default();
        (is_one_sign || lower == mail || lower == local).then_some(Self::Easy)
    }

    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Short => "account-error-password-short",
            Self::Long => "account-error-password-long",
            Self::Easy => "account-error-password-easy",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory: 8,
        passes: 1,
    };

    #[tokio::test]
    async fn a_password_is_known_again_and_one_of_another_cost_is_stale() {
        let passwords = Passwords::new(CHEAP, 1).expect("a cost");
        let kept = passwords.hash("open sesame".to_owned(), [1; SALT]).await;
        let kept = kept.expect("a hash");
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        let dearer = Cost { passes: 2, ..CHEAP };
        let dearer = Passwords::new(dearer, 1).expect("a cost");
        for (by, is_stale) in [(&passwords, false), (&dearer, true)] {
            let compared = by
                .compare("open sesame".to_owned(), Some(kept.clone()))
                .await;
            assert_eq!(compared, Ok(Compared::Right { is_stale }));
            let compared = by
                .compare("open barley".to_owned(), Some(kept.clone()))
                .await;
            assert_eq!(compared, Ok(Compared::Wrong));
        }
    }

    #[tokio::test]
    async fn nobodys_password_is_never_right_and_takes_the_same_work() {
        let passwords = Passwords::new(CHEAP, 1).expect("a cost");
        let compared = passwords.compare("nobody's".to_owned(), None).await;
        assert_eq!(compared, Ok(Compared::Wrong));
        assert_eq!(passwords.done(), 1);
        // What was hashed elsewhere, and what is no hash.
        for kept in ["$2y$10$abcdefghijklmnopqrstuv", "", "$argon2id$"] {
            let kept = Some(PasswordHash::new(kept));
            let compared = passwords.compare(String::new(), kept).await;
            assert_eq!(compared, Ok(Compared::Wrong));
        }
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_sent_away() {
        let passwords = Passwords::new(CHEAP, 1).expect("a cost");
        let all = u32::try_from(1 + MAX_WAITING).expect("few");
        let taken = Arc::clone(&passwords.places).acquire_many_owned(all).await;
        let refused = passwords.compare("x".to_owned(), None).await;
        assert_eq!(refused, Err(NotHashed));
        drop(taken);
        assert!(passwords.compare("x".to_owned(), None).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_waited_too_long_is_sent_away_and_nothing_is_done_for_them() {
        let passwords = Passwords::new(CHEAP, 1).expect("a cost");
        // The one thread has something to do until it is told to go on.
        let (go_on, waits) = channel::<()>();
        let busy: Work = Box::new(move || {
            let _ = waits.recv();
        });
        passwords.work.send(busy).expect("a thread");
        let refused = passwords.compare("x".to_owned(), None).await;
        assert_eq!(refused, Err(NotHashed));
        drop(go_on);
        tokio::time::resume();
        assert!(passwords.compare("x".to_owned(), None).await.is_ok());
        assert_eq!(passwords.done(), 1);
        let all = 1 + MAX_WAITING;
        assert_eq!(
            passwords.places.available_permits(),
            all,
            "each is free again"
        );
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let check = |password: &str| BadPassword::of(password, "Anna.Weber@example.com");
        assert_eq!(check("correct horse"), None);
        assert_eq!(check("パスワードは八文字"), None);
        assert_eq!(check("short"), Some(BadPassword::Short));
        assert_eq!(check("aaaaaaaaaa"), Some(BadPassword::Easy));
        assert_eq!(check("anna.weber"), Some(BadPassword::Easy));
        assert_eq!(check("anna.weber@EXAMPLE.com"), Some(BadPassword::Easy));
        assert_eq!(check(&"ab".repeat(129)), Some(BadPassword::Long));
    }
}
