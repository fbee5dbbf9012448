//! Who says where readers are: a proxy's header, a file of addresses, or both.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gateway::Countries;
use toml::Spanned;

use super::check::Check;
use super::{CountriesFile, Gate, raw};

/// The largest file read. One with countries alone has some ten megabytes, and
/// one with everything that is sold about addresses a few hundred.
const MAX_BYTES: u64 = 512 << 20;

impl Check<'_> {
    /// The file, where one is named and good.
    pub(super) fn countries_file(
        &mut self,
        raw: Option<&Spanned<PathBuf>>,
    ) -> Option<CountriesFile> {
        let raw = raw?;
        let path = self.folder.join(raw.get_ref());
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
