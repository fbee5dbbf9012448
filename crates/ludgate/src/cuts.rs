//! Whether every story of the publication can be cut, asked before its pages
//! are served: a page on which nothing matches `[articles] body` is no story
//! to the gate, and is kept back.
//!
//! Pages are made and taken apart as the gate would, which takes some
//! milliseconds each. So what was found to be sound is noted, by what the page is
//! made of, and looked at again only where that has changed. Where very many have,
//! as with a new theme, the latest are looked at before anything is served, and
//! the others afterwards.
//!
//! One that can't be cut holds nothing else up. It stays as it was, where that is
//! known when its file is taken up; else its page is kept back by the gate, and
//! looked at again once its file or the way it is cut has changed.

mod notes;
mod unsound;

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
pub(crate) use unsound::Unsound;

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
    /// Of those that are sound, and of those that are kept back.
    notes: Option<[Notes; 2]>,
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
    /// What was looked at then and is served by nobody. It was said, and isn't
    /// again.
    kept_back: HashSet<Fingerprint>,
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
        let notes = [notes::SOUND, notes::KEPT_BACK].map(|name| Notes::in_folder(folder, name));
        let [known, kept_back] = notes.each_ref().map(Notes::read);
        Self {
            sound: Mutex::new(Sound {
                known,
                kept_back,
                ..Sound::default()
            }),
            notes: Some(notes),
            thorough: Thorough::No,
            ..Self::shown_on(bar)
        }
    }

    /// The publication as it can be served: with those stories as they were
    /// `before` that can't be cut as they are now, if they are few and nothing but
    /// stories has changed. Else it is for whoever has changed that to mend it.
    /// Blocks.
    pub(crate) fn settle(
        &self,
        publication: Publication,
        before: Option<&Publication>,
        how: &page::Options,
    ) -> Result<Publication> {
        let unsound = match self.check(&publication, how) {
            Ok(stories) => {
                tracing::debug!(stories, "taken apart");
                return Ok(publication);
            }
            Err(unsound) => unsound,
        };
        let same = before.filter(|before| mould(before, how) == mould(&publication, how));
        let held = same
            .zip(unsound.each())
            .and_then(|(before, each)| publication.holding_back(each, before));
        let Some(held) = held else {
            return Err(unsound.into());
        };
        self.check(&held, how)?;
        Ok(held)
    }

    /// Looks at every story that is new or has changed, those to come included,
    /// or at the latest of them. Returns at how many. Blocks.
    fn check(&self, publication: &Publication, how: &page::Options) -> Result<usize, Unsound> {
        let stories = publication.stories();
        let (known, waiting, kept_back, is_first) = self.turn(|sound| {
            let Sound {
                known,
                waiting,
                kept_back,
                turn,
                ..
            } = sound;
            (
                known.clone(),
                waiting.clone(),
                kept_back.clone(),
                *turn == 0,
            )
        });
        // Whatever can change a cut is in here, what will be added included.
        let mould = mould(publication, how);
        let mut found = HashSet::with_capacity(stories.len());
        let mut still_kept_back = HashSet::new();
        let (mut unknown, mut left) = (Vec::new(), Vec::new());
        for story in stories {
            let fingerprint = fingerprint(&mould, publication, story);
            if known.contains(&fingerprint) {
                found.insert(fingerprint);
            } else if kept_back.contains(&fingerprint) {
                still_kept_back.insert(fingerprint);
                if is_first {
                    let place = publication.place(story);
                    tracing::error!("{place}: the page is kept back from readers, as before");
                }
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
        let mut unsound = Unsound::default();
        for (story, fingerprint) in self.bar.wrap_iter(unknown.into_iter()) {
            match cut(publication, &story, how) {
                Ok(()) => drop(found.insert(fingerprint)),
                Err(error) => unsound.add(publication.place(&story), &story, &error),
            }
            if unsound.is_enough() {
                break;
            }
        }
        self.bar.finish_and_clear();
        unsound.none()?;
        self.left.store(left.len() as u64, Ordering::Relaxed);
        self.unsound
            .store(still_kept_back.len() as u64, Ordering::Relaxed);
        let is_same = self.turn(|sound| {
            let is_same = sound.known == found && sound.kept_back == still_kept_back;
            sound.known = found;
            sound.turn += 1;
            sound.waiting = left.iter().map(|(_, fingerprint)| *fingerprint).collect();
            sound.kept_back = still_kept_back;
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
                        let place = publication.place(story);
                        tracing::error!("{place}: the page is kept back from readers: {error:#}");
                        false
                    }
                };
                let is_current = self.turn(|sound| {
                    let is_current = sound.turn == turn;
                    if is_current {
                        sound.waiting.remove(fingerprint);
                        let among = if is_sound {
                            &mut sound.known
                        } else {
                            &mut sound.kept_back
                        };
                        among.insert(*fingerprint);
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
        let Some([sound, kept_back]) = &self.notes else {
            return;
        };
        let (known, kept) = self.turn(|sound| (sound.known.clone(), sound.kept_back.clone()));
        let noted = kept_back.write(&kept).and_then(|()| sound.write(&known));
        if let Err(error) = noted {
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
