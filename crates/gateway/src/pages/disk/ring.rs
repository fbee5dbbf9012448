//! Bytes in files, written one after the other; the oldest file makes room.
//!
//! The files have no name: nobody else can open them, and the system takes them
//! back when the process ends, however it ends.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IoSliceMut};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use rustix::fs::fstatvfs;
use rustix::io::{Errno, ReadWriteFlags, preadv2};

/// Into how many files the room is divided. Each takes what was written last
/// with it when it goes.
const FILES: u64 = 32;

/// What is left of a file system, one part in so many: others write there too,
/// the meter above all.
const LEFT: u64 = 20;

/// A file of the ring.
#[derive(Debug)]
struct Sheet {
    number: u64,
    file: File,
}

/// Where something was written. It may be gone by now.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Place {
    sheet: Weak<Sheet>,
    offset: u64,
    len: usize,
}

impl Place {
    /// Whether it is in a file with this number or a higher one.
    pub(super) fn is_from(&self, number: u64) -> bool {
        let sheet = self.sheet.upgrade();
        sheet.is_some_and(|sheet| sheet.number >= number)
    }

    /// Whether the file has made room.
    pub(super) fn is_gone(&self) -> bool {
        self.sheet.strong_count() == 0
    }

    /// Whether the two are one place.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.offset == other.offset && Weak::ptr_eq(&self.sheet, &other.sheet)
    }

    /// What was written, where the system has it in memory; `Ok(None)` where it
    /// would have to wait for the disk.
    pub(super) fn read_at_once(&self) -> io::Result<Option<Vec<u8>>> {
        let sheet = self.sheet()?;
        let mut bytes = vec![0; self.len];
        let read = preadv2(
            &sheet.file,
            &mut [IoSliceMut::new(&mut bytes)],
            self.offset,
            ReadWriteFlags::NOWAIT,
        );
        match read {
            Ok(read) if read == self.len => Ok(Some(bytes)),
            // Less than all of it is there, or this file system can't tell.
            Ok(_) | Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::INTR) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What was written, however long it takes.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let sheet = self.sheet()?;
        let mut bytes = vec![0; self.len];
        sheet.file.read_exact_at(&mut bytes, self.offset)?;
        Ok(bytes)
    }

    fn sheet(&self) -> io::Result<Arc<Sheet>> {
        self.sheet.upgrade().ok_or(io::ErrorKind::NotFound.into())
    }
}

/// The files. One thread writes.
#[derive(Debug)]
pub(super) struct Ring {
    folder: PathBuf,
    /// The most bytes of a file.
    room: u64,
    sheets: VecDeque<Arc<Sheet>>,
    /// Bytes in the newest file.
    written: u64,
    next: u64,
}

impl Ring {
    /// No files yet, in a `folder` where they can be made; `bytes` at the most.
    pub(super) fn new(folder: &Path, bytes: u64) -> io::Result<Self> {
        let mut ring = Self {
            folder: folder.to_owned(),
            room: bytes / FILES,
            sheets: VecDeque::new(),
            written: 0,
            next: 0,
        };
        ring.turn()?;
        Ok(ring)
    }

    /// Writes `bytes` behind what was written last. What is longer than a file
    /// may be isn't written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<Option<Place>> {
        let len = bytes.len() as u64;
        if len > self.room {
            return Ok(None);
        }
        if self.written + len > self.room {
            self.turn()?;
        }
        let Some(sheet) = self.sheets.back() else {
            return Ok(None);
        };
        sheet.file.write_all_at(bytes, self.written)?;
        let place = Place {
            sheet: Arc::downgrade(sheet),
            offset: self.written,
            len: bytes.len(),
        };
        self.written += len;
        Ok(Some(place))
    }

    /// How many files were begun so far.
    pub(super) fn begun(&self) -> u64 {
        self.next
    }

    /// The number from which on a file is one of the younger half. The older ones
    /// are the next to go, where all are in use.
    pub(super) fn young(&self) -> u64 {
        self.next.saturating_sub(FILES / 2)
    }

    /// The oldest file makes room, unless it is the newest too.
    pub(super) fn drop_oldest(&mut self) -> bool {
        self.sheets.len() > 1 && self.sheets.pop_front().is_some()
    }

    /// Begins another file.
    fn turn(&mut self) -> io::Result<()> {
        while self.sheets.len() as u64 >= FILES {
            self.sheets.pop_front();
        }
        let mut file = tempfile::tempfile_in(&self.folder)?;
        if !self.has_room(&file)? {
            // The place of the oldest is taken over, and the ring is smaller.
            self.sheets.pop_front();
            file = tempfile::tempfile_in(&self.folder)?;
            if !self.has_room(&file)? {
                return Err(io::ErrorKind::StorageFull.into());
            }
        }
        self.sheets.push_back(Arc::new(Sheet {
            number: self.next,
            file,
        }));
        self.next += 1;
        self.written = 0;
        Ok(())
    }

    /// Whether the file system has room for one more file, and something left.
    fn has_room(&self, file: &File) -> io::Result<bool> {
        let system = fstatvfs(file)?;
        let bytes = |blocks: u64| blocks.saturating_mul(system.f_frsize);
        Ok(bytes(system.f_bavail) >= self.room.saturating_add(bytes(system.f_blocks) / LEFT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(bytes: u64) -> Ring {
        Ring::new(&std::env::temp_dir(), bytes).expect("a ring")
    }

    fn written(ring: &mut Ring, bytes: &[u8]) -> Place {
        let place = ring.write(bytes).expect("it can be written");
        place.expect("and is short enough")
    }

    #[test]
    fn what_was_written_can_be_read_until_its_file_has_made_room() {
        let mut ring = ring(FILES * 100);
        let places: Vec<Place> = (0..FILES * 4)
            .map(|number| written(&mut ring, &[number.to_le_bytes()[0]; 50]))
            .collect();
        // Two to a file, and half of the files are there.
        for (number, place) in places.iter().enumerate() {
            let is_there = number as u64 >= FILES * 2;
            let read = place.read();
            assert_eq!(read.is_ok(), is_there, "{number}");
            if let Ok(read) = read {
                assert_eq!(read, [number.to_le_bytes()[0]; 50]);
                let at_once = place.read_at_once().expect("it is there");
                assert!(at_once.is_none_or(|at_once| at_once == read));
            }
            let is_young = number as u64 >= FILES * 3;
            assert_eq!(place.is_from(ring.young()), is_young, "{number}");
        }
    }

    #[test]
    fn what_is_longer_than_a_file_is_not_written() {
        let mut ring = ring(FILES * 100);
        assert!(ring.write(&[0; 101]).expect("no error").is_none());
        assert!(ring.write(&[0; 100]).expect("no error").is_some());
    }

    #[test]
    fn nothing_has_a_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ring = Ring::new(folder.path(), FILES * 100).expect("a ring");
        written(&mut ring, b"what nobody else shall read");
        let names = std::fs::read_dir(folder.path()).expect("the folder");
        assert_eq!(names.count(), 0);
    }

    #[test]
    fn more_than_the_file_system_has_is_refused_where_it_is_asked_for() {
        let error = Ring::new(&std::env::temp_dir(), u64::MAX).expect_err("no room");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
