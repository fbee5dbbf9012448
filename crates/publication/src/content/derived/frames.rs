//! A file of pieces, each with a check, that is appended to and read as a whole.
//! Nothing here knows what the pieces are.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

/// What the file begins with.
const MAGIC: &[u8; 8] = b"LDGTREC1";

/// Bytes of the BLAKE3 hash that checks a piece: one damaged piece in 2^64 is
/// believed.
const CHECK: usize = 8;

/// Bytes before each piece: its length and its check.
const HEAD: usize = 4 + CHECK;

/// The longest file that is read: 250 000 stories of 2 KB, twice over, since it
/// is rewritten when half of it is no longer needed.
const MAX_FILE: u64 = 1 << 30;

/// The file, open for appending.
#[derive(Debug)]
pub(super) struct Frames {
    file: File,
    bytes: u64,
}

/// What the file held.
pub(super) struct Read {
    bytes: Vec<u8>,
    pieces: Vec<Range<usize>>,
}

impl Read {
    /// The pieces in the order in which they were written. Whether one is what
    /// was written is for [`piece`](Self::piece) to say.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// A piece, if it is what was written. Looking costs a hash, so it may be
    /// done by many threads.
    pub(super) fn piece(&self, index: usize) -> Option<&[u8]> {
        let range = self.pieces.get(index)?.clone();
        let check = self.bytes.get(range.start - CHECK..range.start)?;
        let piece = self.bytes.get(range)?;
        (check_of(piece) == check).then_some(piece)
    }
}

impl Frames {
    /// A new file in the place of whatever is there. `head` says what the pieces
    /// are about, and is compared when they are read.
    pub(super) fn create(path: &Path, head: &[u8]) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(true)
            .write(true)
            .open(path)?;
        let mut start = MAGIC.to_vec();
        start.extend_from_slice(&frame(head)?);
        file.write_all(&start)?;
        Ok(Self {
            file,
            bytes: start.len() as u64,
        })
    }

    /// What was written before; `None` where there is no such file. What a crash
    /// left unfinished at its end is cut off.
    pub(super) fn open(path: &Path) -> io::Result<Option<(Self, Read)>> {
        let mut file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if file.metadata()?.len() > MAX_FILE {
            return Err(io::Error::other("its records are longer than any"));
        }
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut file, &mut bytes)?;
        if !bytes.starts_with(MAGIC) {
            return Err(io::Error::other("its records are of another kind"));
        }
        let mut pieces = Vec::new();
        let mut at = MAGIC.len();
        while let Some(range) = piece_at(&bytes, at) {
            at = range.end;
            pieces.push(range);
        }
        file.set_len(at as u64)?;
        io::Seek::seek(&mut file, io::SeekFrom::Start(at as u64))?;
        let bytes_long = at as u64;
        let frames = Self {
            file,
            bytes: bytes_long,
        };
        Ok(Some((frames, Read { bytes, pieces })))
    }

    /// Writes further pieces behind the others.
    pub(super) fn append<'a>(&mut self, pieces: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
        let mut all = Vec::new();
        for piece in pieces {
            all.extend_from_slice(&frame(piece)?);
        }
        self.file.write_all(&all)?;
        self.bytes += all.len() as u64;
        Ok(())
    }

    /// How long the file is.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn check_of(piece: &[u8]) -> [u8; CHECK] {
    let mut check = [0; CHECK];
    check.copy_from_slice(&blake3::hash(piece).as_bytes()[..CHECK]);
    check
}

fn frame(piece: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
    let mut frame = Vec::with_capacity(HEAD + piece.len());
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(&check_of(piece));
    frame.extend_from_slice(piece);
    Ok(frame)
}

/// Where the piece is whose head begins at `at`; `None` at the end, and where
/// the rest isn't all there.
fn piece_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let (length, _) = bytes.get(at..)?.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let start = at.checked_add(HEAD)?;
    let end = start.checked_add(length)?;
    (end <= bytes.len()).then_some(start..end)
}
