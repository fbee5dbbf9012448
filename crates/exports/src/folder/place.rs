//! What addresses within a text come to here.

use super::home::Home;
use super::index::{Index, old_path, short_address};
use super::ledger::Ledger;
use super::pictures::{Pictures, is_picture};
use crate::directory::Directory;
use crate::entry::Lead;
use crate::html::{Address, Places, Way, read_address};
use crate::remark::Remark;

/// Everything that a text may refer to.
pub(crate) struct Surroundings<'a> {
    pub(crate) home: &'a Home,
    pub(crate) index: &'a Index,
    pub(crate) directory: &'a Directory,
    pub(crate) ledger: &'a Ledger,
    pub(crate) pictures: &'a mut Pictures,
    /// The addresses of pictures that were shown.
    pub(crate) shown: Vec<String>,
}

impl Surroundings<'_> {
    /// The rest of an address on the old site, from its path on.
    fn within_site<'a>(&self, address: &'a str) -> Option<&'a str> {
        let bare = |address: &'a str| {
            let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
            rest.strip_prefix("www.").unwrap_or(rest)
        };
        if let Some(rest) = address.strip_prefix(GHOST) {
            return Some(rest);
        }
        let site = self.directory.site.address.split_once("://")?.1;
        let site = site.strip_prefix("www.").unwrap_or(site);
        let site = site.split('/').next().filter(|host| !host.is_empty())?;
        let rest = bare(address).strip_prefix(site)?;
        (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(rest)
    }

    /// Where a path of the old site leads.
    fn way_of(&self, path: &str) -> Way {
        let mut known = [old_path(path), short_address(path)].into_iter().flatten();
        let place = known.find_map(|path| self.index.way(&path));
        if let Some(to) = place {
            // A place on the old page isn't one on the new.
            return Way::To(to);
        }
        let is_root = path
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_matches('/')
            .is_empty();
        if is_root && !path.contains('?') {
            return Way::To("/".to_owned());
        }
        let site = &self.directory.site.address;
        let Some((scheme, rest)) = site.split_once("://") else {
            return Way::Nowhere(Remark::DeadLink(path.to_owned()));
        };
        let host = rest.split('/').next().unwrap_or_default();
        Way::Old(format!("{scheme}://{host}{path}"))
    }
}

/// What Ghost writes for its own address in exports.
const GHOST: &str = "__GHOST_URL__";

impl Places for Surroundings<'_> {
    fn way(&self, href: &str) -> Way {
        let href = match href.trim().strip_prefix(GHOST) {
            Some("") => "/",
            Some(rest) => rest,
            None => href,
        };
        match read_address(href) {
            Address::Web(address) => match self.within_site(&address) {
                Some("") => Way::To("/".to_owned()),
                Some(path) if path.starts_with('/') => self.way_of(path),
                Some(_) => Way::Old(address),
                None => Way::To(address),
            },
            Address::Other(address) => Way::To(address),
            Address::Path(path) => self.way_of(&path),
            Address::Here => Way::Within,
            Address::Unsafe => Way::Nowhere(Remark::UnsafeAddress(href.to_owned())),
        }
    }

    fn is_picture(&self, href: &str) -> bool {
        is_picture(href)
    }

    fn picture(&mut self, src: &str) -> Result<String, Remark> {
        let folded: String = src
            .chars()
            .filter(|c| !c.is_control() && *c != ' ')
            .take(16)
            .collect();
        let folded = folded.to_ascii_lowercase();
        if ["javascript:", "data:", "vbscript:", "blob:", "file:"]
            .iter()
            .any(|scheme| folded.starts_with(scheme))
        {
            return Err(Remark::UnsafeAddress(src.to_owned()));
        }
        let file = self.pictures.find(src, self.home, self.ledger)?;
        self.shown.push(src.to_owned());
        Ok(file)
    }

    fn attachment(&self, id: &str) -> Option<&Lead> {
        self.directory.attachment(id)
    }
}
