//! Returning readers: cookies signed with the server's own key.

use std::path::Path;

use access::ReaderId;
use anyhow::{Context, Result};
use gateway::Keyring;

/// The cookie values of many readers, one after another, all of one length.
pub(crate) struct Readers {
    values: Vec<u8>,
    width: usize,
}

impl Readers {
    /// The readers of these numbers; their ids are spread as random ids are.
    pub(crate) fn new(keys: &Keyring, numbers: impl IntoIterator<Item = u64>) -> Self {
        let mut values = Vec::new();
        let mut width = 0;
        for number in numbers {
            let value = keys.sign(reader_id(number));
            width = value.len();
            values.extend_from_slice(value.as_bytes());
        }
        Self { values, width }
    }

    /// Readers who are signed in, each with a cookie of their own besides.
    pub(crate) fn signed_in(keys: &Keyring, sessions: &[String]) -> Self {
        let mut values = Vec::new();
        let mut width = 0;
        for (number, session) in (0..).zip(sessions) {
            let value = format!(
                "{}; ludgate-session={session}",
                keys.sign(reader_id(number))
            );
            width = value.len();
            values.extend_from_slice(value.as_bytes());
        }
        Self { values, width }
    }

    /// Somebody whose cookie says nothing to anybody.
    pub(crate) fn of_nobody() -> Self {
        Self {
            values: b"nobody".to_vec(),
            width: 6,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// The cookie of one, as it is sent.
    pub(crate) fn cookie(&self, number: usize) -> String {
        format!("ludgate={}", String::from_utf8_lossy(self.value(number)))
    }

    /// The value of one, counting round.
    pub(crate) fn value(&self, number: usize) -> &[u8] {
        let start = number % self.len() * self.width;
        &self.values[start..start + self.width]
    }
}

/// The id of a reader by number.
pub(crate) fn reader_id(number: u64) -> ReaderId {
    let spread = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut id = [0; 12];
    id[..8].copy_from_slice(&(spread ^ (spread >> 29)).to_le_bytes());
    id[8..].copy_from_slice(&number.to_le_bytes()[..4]);
    ReaderId(id)
}

/// The keys in a data folder, as the server wrote them: a number and 64
/// hexadecimal digits a line.
pub(crate) fn keyring(data: &Path) -> Result<Keyring> {
    let text = std::fs::read_to_string(data.join("reader-keys"))?;
    let key = |line: &str| {
        let (number, hex) = line.split_once(' ')?;
        let mut secret = [0; 32];
        for (index, byte) in secret.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some((number.parse().ok()?, secret))
    };
    let keys: Option<Vec<_>> = text.lines().map(key).collect();
    keys.and_then(|keys| Keyring::new(&keys))
        .context("the server's reader-keys can't be read")
}
