//! Who says where readers are: a proxy's header, a file of addresses, or both.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gateway::Countries;
use toml::Spanned;

use super::check::Check;
use super::{CountriesFile, Gate, raw};

/// The largest file read. One with countries alone has some ten megabytes, and
/// one with everything that is sold about addresses a few hundred.
const MAX_BYTES: u64 = 512 << 20;

/// What changes when a file is replaced or written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Device and number.
    file: (u64, u64),
    length: u64,
    /// Seconds and nanoseconds.
    changed: (i64, i64),
}

impl State {
    /// `None` where the system doesn't say.
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self {
            file: (metadata.dev(), metadata.ino()),
            length: metadata.len(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}

impl Check<'_> {
    /// The file, where one is named and good. One that is at work already isn't
    /// read again for every story that is saved: some have a hundred megabytes.
    pub(super) fn countries_file(
        &mut self,
        raw: Option<&Spanned<PathBuf>>,
    ) -> Option<CountriesFile> {
        let raw = raw?;
        let path = self.folder.join(raw.get_ref());
        let state = State::of(&path);
        if let Some(before) = self
            .before
            .and_then(|before| before.gate.countries.as_ref())
            && before.path == path
            && before.state.is_some()
            && before.state == state
        {
            return Some(before.clone());
        }
        let countries = match read(&path) {
            Ok(countries) => countries,
            Err(why) => {
                let message = format!("{} {why}", path.display());
                let help = "name a file in MaxMind\u{2019}s format that has countries, such as \
                            GeoLite2-Country.mmdb, or download it again";
                self.wrong_with_help(raw, message, help);
                return None;
            }
        };
        Some(CountriesFile {
            path,
            state,
            countries: Arc::new(countries),
        })
    }

    /// A rule that asks for a country needs somebody who knows it.
    pub(super) fn country_rules(
        &mut self,
        raw: &raw::File,
        rules: &[access::Rule],
        gate: Option<&Gate>,
    ) {
        if gate.is_none_or(|gate| gate.country_header.is_some() || gate.countries.is_some()) {
            return;
        }
        let asks = rules.iter().find(|rule| rule.when.asks_for_country());
        let place = |rule: &access::Rule| {
            raw.rules
                .iter()
                .find(|one| one.id.get_ref() == rule.id.as_str())
        };
        if let Some(rule) = asks.and_then(place) {
            let message = "this rule asks for a country, but nothing says where readers are";
            self.wrong_with_help(
                &rule.id,
                message.to_owned(),
                "name the header that your proxy sets: [gate] country_header = \"…\"; or a file \
                 of addresses: [gate] countries = \"GeoLite2-Country.mmdb\"",
            );
        }
    }
}

fn read(path: &Path) -> Result<Countries, String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("can't be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("is larger than {} MB", MAX_BYTES >> 20));
    }
    Countries::new(bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_another_once_it_was_written_to_or_exchanged() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.mmdb");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("written");
        };
        assert_eq!(State::of(&path), None);
        write("a.mmdb", "one");
        let first = State::of(&path);
        assert!(first.is_some() && first == State::of(&path));
        write("a.mmdb", "longer");
        let second = State::of(&path);
        assert_ne!(first, second);
        write("new", "length");
        std::fs::rename(folder.path().join("new"), &path).expect("exchanged");
        assert_ne!(second, State::of(&path), "as long as the other");
    }
}
