//! The countries of addresses, from a file in the format MMDB.

use std::fmt;
use std::net::IpAddr;

use access::Country;
use maxminddb::{MaxMindDbError, PathElement, Reader, WithinOptions};

/// Where a record has the country that the address is in. The one that it is
/// registered in, elsewhere in the record, says nothing about a reader.
const CODE: [PathElement<'static>; 2] = [PathElement::Key("country"), PathElement::Key("iso_code")];

/// Records looked at for a country before a file is taken to have none. Some have
/// none of their own; one in ten thousand is enough.
const TRIED: usize = 10_000;

/// The countries of addresses.
pub struct Countries(Reader<Vec<u8>>);

/// Why a file tells no countries.
#[derive(Debug, thiserror::Error)]
pub enum CountriesError {
    /// It isn't in the format, or is only a part of a file.
    #[error("is no whole file in MaxMind's format ({0})")]
    Format(MaxMindDbError),
    /// It is about something else.
    #[error("is a database of another kind ({0}): its records have no country.iso_code")]
    Kind(String),
}

impl Countries {
    /// Takes a file that has been read whole.
    pub fn new(file: Vec<u8>) -> Result<Self, CountriesError> {
        let reader = Reader::from_source(file).map_err(CountriesError::Format)?;
        let countries = Self(reader);
        if countries.is_about_countries()? {
            Ok(countries)
        } else {
            let kind = countries.0.metadata().database_type.clone();
            Err(CountriesError::Kind(kind))
        }
    }

    /// The country of an address; `None` where the file doesn't know.
    pub fn of(&self, address: IpAddr) -> Option<Country> {
        // A file may also know nothing of IPv6, or be damaged just there.
        let found = self.0.lookup(address.to_canonical()).ok()?;
        let code: &str = found.decode_path(&CODE).ok()??;
        Country::parse(code)
    }

    fn is_about_countries(&self) -> Result<bool, CountriesError> {
        let all = self.0.networks(WithinOptions::default());
        for record in all.map_err(CountriesError::Format)?.take(TRIED) {
            let record = record.map_err(CountriesError::Format)?;
            // In a database of another kind something else may be in that place.
            if let Ok(Some(_)) = record.decode_path::<&str>(&CODE) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl fmt::Debug for Countries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Countries({})", self.0.metadata().database_type)
    }
}
