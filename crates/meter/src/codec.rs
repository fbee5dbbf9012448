//! How things are written on disk: keys, values, and the two record formats.
//!
//! One keyspace holds everything, told apart by the first byte of the key. Were
//! there several, a seldom written one would keep old journals alive.
//!
//! | key | value |
//! | --- | --- |
//! | `v` | format version, u32 |
//! | `n` | number of the last batch, u64 |
//! | `u` | the last record an unfinished upgrade has rewritten |
//! | `r` + reader (12 bytes) | the reader's record |
//! | `s` + story number (u32, big-endian) | hash (16 bytes) and text of the story's id |
//! | `m` + meter number (u8) | the meter's id |
//! | `b` + network (u64, big-endian) | term and spent budget, two u32 |
//!
//! Integers are little-endian unless they are part of a key, where order counts.
//! Nothing here reads or writes a file.

use access::{Counted, MeterNo, Minute, ReaderId, StoryNo};

use crate::record::{Entries, Entry, MAX_ENTRIES};

/// The format that this version writes.
pub(crate) const FORMAT: u32 = 2;

pub(crate) const VERSION_KEY: &[u8] = b"v";
pub(crate) const BATCH_KEY: &[u8] = b"n";
pub(crate) const UPGRADE_KEY: &[u8] = b"u";
pub(crate) const READERS: &[u8] = b"r";
pub(crate) const STORIES: &[u8] = b"s";
pub(crate) const METERS: &[u8] = b"m";
pub(crate) const BUDGETS: &[u8] = b"b";

/// A stored value that isn't what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Garbled;

pub(crate) fn reader_key(reader: ReaderId) -> [u8; 13] {
    let mut key = [b'r'; 13];
    key[1..].copy_from_slice(&reader.0);
    key
}

/// The reader of a key made by [`reader_key`].
pub(crate) fn reader_of(key: &[u8]) -> Result<ReaderId, Garbled> {
    match key {
        [b'r', id @ ..] => Ok(ReaderId(id.try_into().map_err(|_| Garbled)?)),
        _ => Err(Garbled),
    }
}

/// A record as it is written today: eight bytes an entry, then the CRC-32 of
/// the key and the entries, so that a value that ends up under another
/// reader's key is noticed.
pub(crate) fn write_record(key: &[u8; 13], entries: &[Entry], out: &mut Vec<u8>) {
    out.clear();
    for entry in entries {
        out.extend_from_slice(&entry.0.to_le_bytes());
    }
    let sum = checksum(key, out);
    out.extend_from_slice(&sum.to_le_bytes());
}

/// Reads a record of format 2.
pub(crate) fn read_record(key: &[u8], value: &[u8]) -> Result<Entries, Garbled> {
    let (body, sum) = value.split_last_chunk::<4>().ok_or(Garbled)?;
    let (words, rest) = body.as_chunks::<8>();
    if !rest.is_empty()
        || words.len() > MAX_ENTRIES
        || u32::from_le_bytes(*sum) != checksum(key, body)
    {
        return Err(Garbled);
    }
    Ok(words
        .iter()
        .map(|word| Entry(u64::from_le_bytes(*word)))
        .collect())
}

/// Reads a record of format 1: nine bytes an entry (story u32, minute u32,
/// meter u8) and no checksum.
pub(crate) fn read_record_v1(value: &[u8]) -> Result<Entries, Garbled> {
    let (words, rest) = value.as_chunks::<9>();
    if !rest.is_empty() || words.len() > MAX_ENTRIES {
        return Err(Garbled);
    }
    words
        .iter()
        .map(|[s0, s1, s2, s3, m0, m1, m2, m3, meter]| {
            Ok(Entry::new(Counted {
                story: StoryNo(u32::from_le_bytes([*s0, *s1, *s2, *s3])),
                at: Minute::new(u32::from_le_bytes([*m0, *m1, *m2, *m3])).ok_or(Garbled)?,
                meter: MeterNo::new(*meter).ok_or(Garbled)?,
            }))
        })
        .collect()
}

fn checksum(key: &[u8], body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key);
    hasher.update(body);
    hasher.finalize()
}

pub(crate) fn story_key(no: StoryNo) -> [u8; 5] {
    let mut key = [b's'; 5];
    key[1..].copy_from_slice(&no.0.to_be_bytes());
    key
}

pub(crate) fn story_of(key: &[u8]) -> Result<StoryNo, Garbled> {
    match key {
        [b's', no @ ..] => Ok(StoryNo(u32::from_be_bytes(
            no.try_into().map_err(|_| Garbled)?,
        ))),
        _ => Err(Garbled),
    }
}

pub(crate) fn meter_key(no: MeterNo) -> [u8; 2] {
    [b'm', no.get()]
}

pub(crate) fn meter_of(key: &[u8]) -> Result<MeterNo, Garbled> {
    match key {
        [b'm', no] => MeterNo::new(*no).ok_or(Garbled),
        _ => Err(Garbled),
    }
}

pub(crate) fn budget_key(network: u64) -> [u8; 9] {
    let mut key = [b'b'; 9];
    key[1..].copy_from_slice(&network.to_be_bytes());
    key
}

pub(crate) fn write_budget(term: u32, spent: u32) -> [u8; 8] {
    (u64::from(spent) << 32 | u64::from(term)).to_le_bytes()
}

/// The network, term and spent budget of a stored pair.
pub(crate) fn read_budget(key: &[u8], value: &[u8]) -> Result<(u64, u32, u32), Garbled> {
    let [b'b', network @ ..] = key else {
        return Err(Garbled);
    };
    let network = u64::from_be_bytes(network.try_into().map_err(|_| Garbled)?);
    let (term, spent) = value.split_first_chunk::<4>().ok_or(Garbled)?;
    let spent: [u8; 4] = spent.try_into().map_err(|_| Garbled)?;
    Ok((
        network,
        u32::from_le_bytes(*term),
        u32::from_le_bytes(spent),
    ))
}

pub(crate) fn read_u32(value: &[u8]) -> Result<u32, Garbled> {
    Ok(u32::from_le_bytes(value.try_into().map_err(|_| Garbled)?))
}

pub(crate) fn read_u64(value: &[u8]) -> Result<u64, Garbled> {
    Ok(u64::from_le_bytes(value.try_into().map_err(|_| Garbled)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
        prop::collection::vec(any::<u64>().prop_map(Entry), 0..=MAX_ENTRIES)
    }

    proptest! {
        #[test]
        fn a_record_is_read_as_it_was_written(id in any::<[u8; 12]>(), all in any_entries()) {
            let key = reader_key(ReaderId(id));
            let mut value = Vec::new();
            write_record(&key, &all, &mut value);
            prop_assert_eq!(read_record(&key, &value).unwrap().to_vec(), all);
            prop_assert_eq!(reader_of(&key).unwrap(), ReaderId(id));
        }

        #[test]
        fn a_flipped_bit_is_noticed(
            id in any::<[u8; 12]>(), all in any_entries(), at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let key = reader_key(ReaderId(id));
            let mut value = Vec::new();
            write_record(&key, &all, &mut value);
            let at = at.index(value.len());
            value[at] ^= 1 << bit;
            prop_assert_eq!(read_record(&key, &value), Err(Garbled));
        }

        #[test]
        fn arbitrary_bytes_never_panic(key in any::<Vec<u8>>(), value in any::<Vec<u8>>()) {
            let _ = (read_record(&key, &value), read_record_v1(&value), reader_of(&key));
            let _ = (story_of(&key), meter_of(&key), read_budget(&key, &value));
            let _ = (read_u32(&value), read_u64(&value));
        }
    }

    #[test]
    fn another_readers_record_is_not_taken_for_ones_own() {
        let mut value = Vec::new();
        write_record(&reader_key(ReaderId([1; 12])), &[], &mut value);
        assert_eq!(
            read_record(&reader_key(ReaderId([2; 12])), &value),
            Err(Garbled)
        );
    }

    #[test]
    fn a_record_of_the_first_format_is_read() {
        let value = [7, 0, 0, 0, 9, 0, 0, 0, 3];
        let entries = read_record_v1(&value).unwrap();
        assert_eq!(
            entries[0].counted(),
            Counted {
                story: StoryNo(7),
                meter: MeterNo::new(3).unwrap(),
                at: Minute::new(9).unwrap(),
            }
        );
        assert_eq!(read_record_v1(&[7, 0, 0, 0, 9, 0, 0, 0, 64]), Err(Garbled));
        assert_eq!(read_record_v1(&value[..8]), Err(Garbled));
    }
}
