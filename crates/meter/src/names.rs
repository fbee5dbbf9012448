//! The persistent numbers of stories and meters.
//!
//! Stories are known in memory by a hash of their id, 20 bytes each; their text
//! is on disk alone. A number is handed out at once and written with the next
//! batch: before, or together with, the first record that uses it.

use std::collections::VecDeque;

use access::{MeterNo, Name, StoryId, StoryNo};
use hashbrown::HashTable;

use crate::codec;
use crate::disk::{Fault, View};
use crate::error::Unavailable;

/// The most stories: about 100 MB of memory, and more than any newspaper's
/// archive. A number is never given to another story.
pub(crate) const MOST_STORIES: usize = 4 << 20;

/// The most meters that readers can have counts of: six bits of an entry.
pub(crate) const MOST_METERS: usize = MeterNo::MAX as usize + 1;

/// The most numbers that wait to be written, should the disk refuse: 64 Ki ids
/// of some hundred bytes.
const MOST_PENDING: usize = 64 << 10;

/// 128 bits of a hash of a story's id, which nobody can make collide.
type IdHash = [u8; 16];

#[derive(Default)]
pub(crate) struct Names {
    stories: HashTable<(IdHash, StoryNo)>,
    /// By their numbers; `None` where a number is free to be given out again.
    meters: Vec<Option<Name>>,
    /// Stories numbered and not yet written, oldest first.
    new_stories: VecDeque<(StoryNo, StoryId)>,
    /// How many of `meters` are written.
    written_meters: usize,
    /// Numbers below that which have been given out again since.
    reused: Vec<usize>,
}

/// What was taken to be written, for [`Names::settle`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    stories: usize,
    meters: usize,
    reused: usize,
}

fn hash_of(id: &str) -> IdHash {
    let mut half = IdHash::default();
    half.copy_from_slice(&blake3::hash(id.as_bytes()).as_bytes()[..16]);
    half
}

fn bucket(hash: &IdHash) -> u64 {
    let mut half = [0; 8];
    half.copy_from_slice(&hash[..8]);
    u64::from_le_bytes(half)
}

impl Names {
    /// Reads all numbers from disk.
    pub(crate) fn load(view: &View<'_>) -> Result<Self, Fault> {
        let mut names = Self::default();
        view.scan(codec::STORIES, None, |key, value| {
            let no = codec::story_of(key)?;
            if usize::try_from(no.0).ok() != Some(names.stories.len()) {
                return Err(Fault::contents("a story's number is missing"));
            }
            let (hash, _) = value.split_first_chunk::<16>().ok_or(codec::Garbled)?;
            names.add(*hash, no);
            Ok(true)
        })?;
        view.scan(codec::METERS, None, |key, value| {
            if usize::from(codec::meter_of(key)?.get()) != names.meters.len() {
                return Err(Fault::contents("a meter's number is missing"));
            }
            let text = std::str::from_utf8(value).map_err(|_| codec::Garbled)?;
            names.meters.push(Some(Name::new(text)));
            Ok(true)
        })?;
        names.written_meters = names.meters.len();
        Ok(names)
    }

    fn add(&mut self, hash: IdHash, no: StoryNo) {
        self.stories
            .insert_unique(bucket(&hash), (hash, no), |(hash, _)| bucket(hash));
    }

    pub(crate) fn story(&self, id: &StoryId) -> Option<StoryNo> {
        let hash = hash_of(id.as_str());
        self.stories
            .find(bucket(&hash), |(known, _)| *known == hash)
            .map(|(_, no)| *no)
    }

    /// The number of a story, a new one if need be.
    pub(crate) fn number_story(&mut self, id: &StoryId) -> Result<StoryNo, Unavailable> {
        if let Some(no) = self.story(id) {
            return Ok(no);
        }
        if self.new_stories.len() >= MOST_PENDING {
            return Err(Unavailable::Full);
        }
        let next = u32::try_from(self.stories.len()).ok();
        let Some(no) = next
            .filter(|_| self.stories.len() < MOST_STORIES)
            .map(StoryNo)
        else {
            return Err(Unavailable::TooMany {
                what: "stories",
                most: MOST_STORIES,
            });
        };
        self.add(hash_of(id.as_str()), no);
        self.new_stories.push_back((no, id.clone()));
        Ok(no)
    }

    /// A story that has been numbered and not yet written.
    pub(crate) fn pending_story(&self, no: StoryNo) -> Option<StoryId> {
        self.new_stories
            .iter()
            .find(|(known, _)| *known == no)
            .map(|(_, id)| id.clone())
    }

    /// The number of a meter, a new one if need be.
    pub(crate) fn number_meter(&mut self, id: &Name) -> Result<MeterNo, Unavailable> {
        let is = |known: &Option<Name>| known.as_ref() == Some(id);
        let known = self.meters.iter().position(is);
        let at = match known {
            None if self.meters.len() < MOST_METERS => self.meters.len(),
            None => {
                let free = self.meters.iter().position(Option::is_none);
                free.unwrap_or(MOST_METERS)
            }
            Some(at) => at,
        };
        let no = u8::try_from(at).ok().and_then(MeterNo::new);
        let no = no.ok_or(Unavailable::TooMany {
            what: "meters",
            most: MOST_METERS,
        })?;
        match self.meters.get_mut(at) {
            None => self.meters.push(Some(id.clone())),
            Some(place) if known.is_none() => {
                *place = Some(id.clone());
                self.reused.push(at);
            }
            Some(_) => {}
        }
        Ok(no)
    }

    /// Frees the numbers of meters that aren't among `keep` and whose bit isn't
    /// set in `in_use`; how many. Those not yet written are left alone.
    pub(crate) fn release_meters(&mut self, keep: &[Name], in_use: u64) -> usize {
        let mut freed = 0;
        for (at, place) in self.meters.iter_mut().enumerate().take(self.written_meters) {
            let unused = in_use & (1 << at) == 0;
            if unused && place.as_ref().is_some_and(|name| !keep.contains(name)) {
                *place = None;
                freed += 1;
            }
        }
        freed
    }

    pub(crate) fn stories(&self) -> usize {
        self.stories.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.stories.allocation_size()
            + self
                .new_stories
                .iter()
                .map(|(_, id)| id.as_str().len() + 24)
                .sum::<usize>()
    }

    /// Hands what isn't written yet to `put`, as keys and values.
    pub(crate) fn take(&self, mut put: impl FnMut(&[u8], &[u8])) -> Taken {
        let mut value = Vec::new();
        for (no, id) in &self.new_stories {
            value.clear();
            value.extend_from_slice(&hash_of(id.as_str()));
            value.extend_from_slice(id.as_str().as_bytes());
            put(&codec::story_key(*no), &value);
        }
        let new = self.written_meters..self.meters.len();
        for at in self.reused.iter().copied().chain(new) {
            let no = u8::try_from(at).ok().and_then(MeterNo::new);
            if let (Some(no), Some(Some(name))) = (no, self.meters.get(at)) {
                put(&codec::meter_key(no), name.as_str().as_bytes());
            }
        }
        Taken {
            stories: self.new_stories.len(),
            meters: self.meters.len(),
            reused: self.reused.len(),
        }
    }

    /// Notes that what was taken is on disk.
    pub(crate) fn settle(&mut self, taken: Taken) {
        self.new_stories.drain(..taken.stories);
        self.written_meters = taken.meters;
        self.reused.drain(..taken.reused);
    }
}

/// The text of a stored story.
pub(crate) fn story_text(value: &[u8]) -> Result<StoryId, Fault> {
    let (_, text) = value.split_first_chunk::<16>().ok_or(codec::Garbled)?;
    Ok(StoryId::new(
        std::str::from_utf8(text).map_err(|_| codec::Garbled)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_keeps_its_number_and_no_other_gets_it() {
        let mut names = Names::default();
        let (a, b) = (StoryId::new("/a"), StoryId::new("/b"));
        assert_eq!(names.story(&a), None);
        assert_eq!(names.number_story(&a).unwrap(), StoryNo(0));
        assert_eq!(names.number_story(&b).unwrap(), StoryNo(1));
        assert_eq!(names.number_story(&a).unwrap(), StoryNo(0));
        assert_eq!(names.pending_story(StoryNo(1)), Some(b));
    }

    #[test]
    fn what_is_numbered_while_a_batch_is_written_waits_for_the_next() {
        let mut names = Names::default();
        names.number_story(&StoryId::new("/a")).unwrap();
        names.number_meter(&Name::new("monthly")).unwrap();
        let mut keys = Vec::new();
        let taken = names.take(|key, _| keys.push(key.to_vec()));
        assert_eq!(keys, [b"s\0\0\0\0".to_vec(), b"m\0".to_vec()]);
        names.number_story(&StoryId::new("/b")).unwrap();
        names.number_meter(&Name::new("weekly")).unwrap();
        names.settle(taken);
        keys.clear();
        names.take(|key, _| keys.push(key.to_vec()));
        assert_eq!(keys, [b"s\0\0\0\x01".to_vec(), b"m\x01".to_vec()]);
    }

    #[test]
    fn the_number_of_a_meter_out_of_use_is_given_out_again_and_written_anew() {
        let mut names = Names::default();
        for n in 0..MOST_METERS {
            names.number_meter(&Name::new(n.to_string())).unwrap();
        }
        let (new, keep) = (Name::new("new"), [Name::new("1")]);
        assert_eq!(names.release_meters(&keep, 0), 0, "none is written yet");
        names.settle(names.take(|_, _| {}));
        let in_use = !0b1011_u64;
        assert_eq!(names.release_meters(&keep, in_use), 2, "0 and 3");
        assert_eq!(names.number_meter(&keep[0]).unwrap().get(), 1);
        assert_eq!(names.number_meter(&new).unwrap().get(), 0);
        assert_eq!(names.number_meter(&new).unwrap().get(), 0);
        let mut written = Vec::new();
        names.settle(names.take(|key, value| written.push((key.to_vec(), value.to_vec()))));
        assert_eq!(written, [(b"m\0".to_vec(), b"new".to_vec())]);
        assert_eq!(names.number_meter(&Name::new("newer")).unwrap().get(), 3);
        assert!(names.number_meter(&Name::new("newest")).is_err());
    }

    #[test]
    fn a_sixty_fifth_meter_is_refused() {
        let mut names = Names::default();
        for n in 0..MOST_METERS {
            names.number_meter(&Name::new(n.to_string())).unwrap();
        }
        assert!(names.number_meter(&Name::new("one more")).is_err());
        assert_eq!(names.number_meter(&Name::new("63")).unwrap().get(), 63);
    }
}
