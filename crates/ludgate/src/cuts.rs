//! Whether every story of the publication can be cut, asked before its pages
//! are served: a page on which nothing matches `[articles] body` is no story
//! to the gate, and is kept back.
//!
//! Pages are made and taken apart as the gate would, which takes some
//! milliseconds each. So what was found to be sound is noted, by what the page is
//! made of, and looked at again only where that has changed. Where very many have,
//! as with a new theme, the latest are looked at before anything is served, and
//! the others afterwards.

mod notes;

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use access::StoryId;
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use publication::{Publication, Story};

use crate::world;
use notes::Notes;

/// What stands for a page and how it is cut: a hash, which is enough to know
/// it again by.
type Fingerprint = [u8; 32];

/// Stories that are looked at before anything is served: a second or two.
const AT_ONCE: usize = 500;

/// Stories looked at between two notes on the disk.
const LOT: usize = 2000;

/// How much looking afterwards leaves to who serves readers: by the kernel's
/// weights, a tenth of a processor that both want.
const NICE: i32 = 10;

/// Which stories are looked at before the others are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thorough {
    /// All of them.
    Yes,
    /// Those that are new, and the latest if there are very many.
    No,
}

/// The pages that were found to be sound. Holds one fingerprint for each story
/// of the publication that was looked at last, and no others.
#[derive(Debug)]
pub(crate) struct Cuts {
    sound: Mutex<Sound>,
    notes: Option<Notes>,
    thorough: Thorough,
    bar: ProgressBar,
    /// Stories that are served and were not looked at yet.
    left: AtomicU64,
    /// Stories that were, and can't be cut.
    unsound: AtomicU64,
}

#[derive(Debug, Default)]
struct Sound {
    known: HashSet<Fingerprint>,
    /// Counts publications, so that whoever looks at one knows when there is
    /// another.
    turn: u64,
    /// What is still to be looked at, and by nobody yet.
    left: Vec<(Arc<Story>, Fingerprint)>,
    /// What was left by the last check, until it was looked at.
    waiting: HashSet<Fingerprint>,
}

impl Default for Cuts {
    fn default() -> Self {
        Self::shown_on(ProgressBar::hidden())
    }
}

impl Cuts {
    /// Nothing looked at yet, and all to be; the bar shows how far looking has
    /// come.
    pub(crate) fn shown_on(bar: ProgressBar) -> Self {
        Self {
            sound: Mutex::default(),
            notes: None,
            thorough: Thorough::Yes,
            bar,
            left: AtomicU64::new(0),
            unsound: AtomicU64::new(0),
        }
    }

    /// With what is noted in `folder`, for a server that has to be ready soon.
    pub(crate) fn noted_in(folder: &Path, bar: ProgressBar) -> Self {
        let notes = Notes::in_folder(folder);
        let known = notes.read();
        Self {
            sound: Mutex::new(Sound {
                known,
                ..Sound::default()
            }),
            notes: Some(notes),
            thorough: Thorough::No,
            ..Self::shown_on(bar)
        }
    }

    /// Looks at every story that is new or has changed, those to come included,
    /// or at the latest of them. Returns at how many. Blocks.
    pub(crate) fn check(&self, publication: &Publication, how: &page::Options) -> Result<usize> {
        let stories = publication.stories();
        let (known, waiting) = self.turn(|sound| (sound.known.clone(), sound.waiting.clone()));
        // Whatever can change a cut is in here, what will be added included.
        let mould = mould(publication, how);
        let mut found = HashSet::with_capacity(stories.len());
        let (mut unknown, mut left) = (Vec::new(), Vec::new());
        for story in stories {
            let fingerprint = fingerprint(&mould, publication, story);
            if known.contains(&fingerprint) {
                found.insert(fingerprint);
            } else if waiting.contains(&fingerprint) {
                // It is served already, and a change elsewhere doesn't wait for it.
                left.push((Arc::clone(story), fingerprint));
            } else {
                unknown.push((Arc::clone(story), fingerprint));
            }
        }
        let now = match self.thorough {
            Thorough::Yes => unknown.len(),
            Thorough::No => unknown.len().min(AT_ONCE),
        };
        left.extend(unknown.split_off(now));
        self.bar.set_length(now as u64);
        for (story, fingerprint) in self.bar.wrap_iter(unknown.into_iter()) {
            cut(publication, &story, how)?;
            found.insert(fingerprint);
        }
        self.bar.finish_and_clear();
        self.left.store(left.len() as u64, Ordering::Relaxed);
        self.unsound.store(0, Ordering::Relaxed);
        let is_same = self.turn(|sound| {
            let is_same = sound.known == found;
            sound.known = found;
            sound.turn += 1;
            sound.waiting = left.iter().map(|(_, fingerprint)| *fingerprint).collect();
            sound.left = left;
            is_same
        });
        if !is_same {
            self.note();
        }
        Ok(now)
    }

    /// Looks at what [`check`](Self::check) has left, in a thread of its own, for
    /// as long as `publication` is the one that was checked last.
    pub(crate) fn go_on(self: &Arc<Self>, publication: Arc<Publication>, how: page::Options) {
        let (turn, left) = self.turn(|sound| (sound.turn, std::mem::take(&mut sound.left)));
        if left.is_empty() {
            return;
        }
        tracing::info!(
            stories = left.len(),
            "stories that are new or whose template has changed are looked at while they are \
             served: whether they can be cut"
        );
        let own = Arc::clone(self);
        let thread = std::thread::Builder::new().name("cuts".to_owned());
        let begun = thread.spawn(move || {
            // Where it can't be lowered, it takes its share like everything else.
            let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
            own.look_at(&publication, &how, turn, &left);
        });
        if let Err(error) = begun {
            tracing::warn!("stories aren't looked at before somebody reads them: {error}");
        }
    }

    fn look_at(
        &self,
        publication: &Publication,
        how: &page::Options,
        turn: u64,
        left: &[(Arc<Story>, Fingerprint)],
    ) {
        for lot in left.chunks(LOT) {
            for (story, fingerprint) in lot {
                let is_sound = match cut(publication, story, how) {
                    Ok(()) => true,
                    Err(error) => {
                        tracing::error!("the page is kept back from readers: {error:#}");
                        false
                    }
                };
                let is_current = self.turn(|sound| {
                    let is_current = sound.turn == turn;
                    if is_current {
                        sound.waiting.remove(fingerprint);
                        if is_sound {
                            sound.known.insert(*fingerprint);
                        }
                    }
                    is_current
                });
                if !is_current {
                    return;
                }
                self.left.fetch_sub(1, Ordering::Relaxed);
                self.unsound
                    .fetch_add(u64::from(!is_sound), Ordering::Relaxed);
            }
            self.note();
        }
        let unsound = self.unsound();
        tracing::info!(stories = left.len(), unsound, "all stories were looked at");
    }

    /// Stories that are served and were not looked at yet.
    pub(crate) fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Stories that were looked at and are kept back.
    pub(crate) fn unsound(&self) -> u64 {
        self.unsound.load(Ordering::Relaxed)
    }

    fn note(&self) {
        let Some(notes) = &self.notes else { return };
        let known = self.turn(|sound| sound.known.clone());
        if let Err(error) = notes.write(&known) {
            tracing::warn!(
                "which stories can be cut can't be noted, so they are looked at again after the \
                 next start: {error}"
            );
        }
    }

    fn turn<T>(&self, with: impl FnOnce(&mut Sound) -> T) -> T {
        with(&mut self.sound.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a story's page depends on besides the story, and the way it is cut: the
/// templates, what is on every page, and the program.
fn mould(publication: &Publication, how: &page::Options) -> Fingerprint {
    let said = format!("{how:?}\n{:?}", world::program());
    let mut hash = blake3::Hasher::new();
    hash.update(&publication.mould()).update(said.as_bytes());
    *hash.finalize().as_bytes()
}

fn fingerprint(mould: &Fingerprint, publication: &Publication, story: &Story) -> Fingerprint {
    let mut hash = blake3::Hasher::new_keyed(mould);
    // No path has this byte, so nothing runs together.
    hash.update(story.path().as_bytes()).update(&[0]);
    hash.update(&publication.fingerprint(story));
    *hash.finalize().as_bytes()
}

fn cut(publication: &Publication, story: &Story, how: &page::Options) -> Result<()> {
    let path = story.path();
    let page = publication.respond(&path, None, jiff::Timestamp::MAX);
    let compiled = page::compile(&page.body, Some("utf-8"), StoryId::new(&path), how)
        .with_context(|| format!("the page of {path} can't be taken apart safely"))?;
    if compiled.kind() != page::Kind::Story {
        bail!(
            "nothing on the page of {path} matches [articles] body, so its text would be open to \
             everybody; is the selector written right, and does the theme's story.html still have \
             that element?"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests;
