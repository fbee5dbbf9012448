//! The certificates being served, and which of them a client is shown.
//!
//! Two places fill this table: files, and an authority. It is swapped whole, so a
//! handshake sees one state of it; connections that are open keep what they began
//! with.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::certificate::Certificate;
use crate::files::{self, FileError, FilePair, Warning};
use crate::validity::Validity;

/// Where a certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Files that somebody else renews.
    Files,
    /// An ACME authority.
    Authority,
}

/// A certificate being served, for status and metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Where it comes from.
    pub source: Source,
    /// The DNS names it is for, in order.
    pub names: Vec<String>,
    /// When it is valid.
    pub validity: Validity,
}

/// All certificates. The first of the files is for clients that name no site or
/// an unknown one; without files, the authority's is.
#[derive(Debug)]
pub struct Certificates {
    table: ArcSwap<Table>,
}

impl Certificates {
    /// None yet, until a [`Keeper`](crate::Keeper) has got one: handshakes fail.
    pub fn empty() -> Arc<Self> {
        Arc::new(Self {
            table: ArcSwap::from_pointee(Table::default()),
        })
    }

    /// Of these files, the first of which is the default.
    pub fn open(
        pairs: &[FilePair],
        now: Timestamp,
    ) -> Result<(Arc<Self>, Vec<Warning>), FileError> {
        let certificates = Self::empty();
        let warnings = certificates.reload(pairs, now)?;
        Ok((certificates, warnings))
    }

    /// Takes these files in place of those before. Where anything is wrong with
    /// any of them, all stays as it was.
    pub fn reload(&self, pairs: &[FilePair], now: Timestamp) -> Result<Vec<Warning>, FileError> {
        let mut files = Vec::with_capacity(pairs.len());
        let mut warnings = Vec::new();
        for pair in pairs {
            let (certificate, warned) = files::load(pair, now)?;
            files.push(certificate);
            warnings.extend(warned);
        }
        self.table
            .rcu(|table| Table::new(files.clone(), table.authority.clone()));
        Ok(warnings)
    }

    /// Takes a certificate from the authority in place of the one before.
    pub(crate) fn install(&self, certificate: &Certificate) {
        self.table
            .rcu(|table| Table::new(table.files.clone(), Some(certificate.clone())));
    }

    /// What is being served, the default first.
    pub fn served(&self) -> Vec<Served> {
        let table = self.table.load();
        let files = table.files.iter().map(|file| (Source::Files, file));
        let authority = table.authority.iter().map(|own| (Source::Authority, own));
        files
            .chain(authority)
            .map(|(source, certificate)| Served {
                source,
                names: certificate.names.iter().cloned().collect(),
                validity: certificate.validity,
            })
            .collect()
    }

    /// What a client is shown who wants `name`: the first that it `can_verify`,
    /// else the first.
    fn choose(
        &self,
        name: Option<&str>,
        can_verify: impl Fn(&CertifiedKey) -> bool,
    ) -> Option<Arc<CertifiedKey>> {
        let table = self.table.load();
        let keys = table.keys(name);
        keys.iter()
            .find(|key| can_verify(key))
            .or_else(|| keys.first())
            .cloned()
    }
}

/// Who may be shown what.
#[derive(Debug, Default)]
struct Table {
    files: Vec<Certificate>,
    authority: Option<Certificate>,
    /// By name. A name has several where a site has an ECDSA certificate for
    /// those who know it, and an RSA one for the others.
    exact: HashMap<String, Vec<Arc<CertifiedKey>>>,
    /// By what follows `*.`.
    wildcard: HashMap<String, Vec<Arc<CertifiedKey>>>,
    /// The default's.
    fallback: Vec<Arc<CertifiedKey>>,
}

impl Table {
    fn new(files: Vec<Certificate>, authority: Option<Certificate>) -> Self {
        let mut table = Self {
            files,
            authority,
            ..Self::default()
        };
        for certificate in table.files.iter().chain(&table.authority) {
            if table.fallback.is_empty() {
                table.fallback.push(Arc::clone(&certificate.key));
            }
            for name in &certificate.names {
                let keys = match name.strip_prefix("*.") {
                    Some(domain) => table.wildcard.entry(domain.to_owned()),
                    None => table.exact.entry(name.clone()),
                };
                keys.or_default().push(Arc::clone(&certificate.key));
            }
        }
        table
    }

    /// `name` is in lower case, as the TLS library hands it out.
    fn keys(&self, name: Option<&str>) -> &[Arc<CertifiedKey>] {
        let wildcard = |name: &str| self.wildcard.get(name.split_once('.')?.1);
        name.and_then(|name| self.exact.get(name).or_else(|| wildcard(name)))
            .unwrap_or(&self.fallback)
    }
}

/// Answers the TLS library's question.
#[derive(Debug)]
pub(crate) struct Resolver(pub(crate) Arc<Certificates>);

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let schemes = hello.signature_schemes();
        self.0.choose(hello.server_name(), |key| {
            key.key.choose_scheme(schemes).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, Site, at};
    use std::fs;

    fn pairs(dir: &std::path::Path, sites: &[(&str, &[&str])]) -> Vec<FilePair> {
        sites
            .iter()
            .map(|(file, names)| Site::new(names).make().write(dir, file))
            .collect()
    }

    /// The names of what a client is shown.
    fn shown(certificates: &Certificates, name: Option<&str>) -> Option<String> {
        let key = certificates.choose(name, |_| true)?;
        let table = certificates.table.load();
        table
            .files
            .iter()
            .chain(&table.authority)
            .find(|certificate| Arc::ptr_eq(&certificate.key, &key))
            .map(|certificate| {
                certificate
                    .names
                    .iter()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
    }

    #[test]
    fn a_client_is_shown_the_certificate_for_the_name_it_asks_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let pairs = pairs(
            dir.path(),
            &[
                ("first", &["review.example", "www.review.example"]),
                ("wild", &["*.shop.example"]),
                ("exact", &["Special.Shop.example"]),
            ],
        );
        let (certificates, warnings) = Certificates::open(&pairs, at(NOW)).expect("files");
        assert_eq!(warnings, []);
        let first = "review.example www.review.example";
        let rows = [
            (None, first),
            (Some("review.example"), first),
            (Some("www.review.example"), first),
            (Some("a.shop.example"), "*.shop.example"),
            (Some("special.shop.example"), "special.shop.example"),
            // A wildcard stands for one label, neither none nor two.
            (Some("shop.example"), first),
            (Some("a.b.shop.example"), first),
            (Some("other.example"), first),
            (Some("example"), first),
        ];
        for (name, expected) in rows {
            assert_eq!(
                shown(&certificates, name).as_deref(),
                Some(expected),
                "{name:?}"
            );
        }
    }

    #[test]
    fn of_two_for_one_name_the_first_that_the_client_can_verify_is_shown() {
        let dir = tempfile::tempdir().expect("a folder");
        let pairs = pairs(
            dir.path(),
            &[("one", &["a.example"]), ("two", &["a.example"])],
        );
        let (certificates, _) = Certificates::open(&pairs, at(NOW)).expect("files");
        let keys: Vec<_> = {
            let table = certificates.table.load();
            table
                .files
                .iter()
                .map(|file| Arc::clone(&file.key))
                .collect()
        };
        let choose = |can_verify: &dyn Fn(&CertifiedKey) -> bool| {
            let chosen = certificates.choose(Some("a.example"), can_verify);
            keys.iter().position(|key| {
                chosen
                    .as_ref()
                    .is_some_and(|chosen| Arc::ptr_eq(chosen, key))
            })
        };
        assert_eq!(choose(&|_| true), Some(0));
        assert_eq!(
            choose(&|key| std::ptr::eq(key, &raw const *keys[1])),
            Some(1)
        );
        assert_eq!(choose(&|_| false), Some(0));
    }

    #[test]
    fn bad_files_leave_everything_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let old = pairs(dir.path(), &[("a", &["a.example"]), ("b", &["b.example"])]);
        let (certificates, _) = Certificates::open(&old, at(NOW)).expect("files");
        let before = certificates.served();
        fs::write(&old[1].chain, "half a certif").expect("a file");
        certificates.reload(&old, at(NOW)).expect_err("bad");
        assert_eq!(certificates.served(), before);
        let new = pairs(dir.path(), &[("b", &["c.example"])]);
        certificates.reload(&new, at(NOW)).expect("good again");
        assert_eq!(shown(&certificates, None).as_deref(), Some("c.example"));
    }

    #[test]
    fn files_and_the_authoritys_dont_displace_each_other() {
        let certificates = Certificates::empty();
        assert_eq!(shown(&certificates, None), None);
        let ordered = |name| {
            let made = Site::new(&[name]).make();
            let pem = made.chain_pem() + &made.key_pem();
            Certificate::from_pem(pem.as_bytes(), pem.as_bytes()).expect("a certificate")
        };
        certificates.install(&ordered("own.example"));
        assert_eq!(shown(&certificates, None).as_deref(), Some("own.example"));
        let dir = tempfile::tempdir().expect("a folder");
        let pairs = pairs(dir.path(), &[("a", &["a.example"])]);
        certificates.reload(&pairs, at(NOW)).expect("files");
        assert_eq!(shown(&certificates, None).as_deref(), Some("a.example"));
        certificates.install(&ordered("new.example"));
        let served = certificates.served();
        let seen: Vec<_> = served
            .iter()
            .map(|served| (served.source, served.names[0].as_str()))
            .collect();
        let expected = [
            (Source::Files, "a.example"),
            (Source::Authority, "new.example"),
        ];
        assert_eq!(seen, expected);
        certificates.reload(&[], at(NOW)).expect("none");
        assert_eq!(shown(&certificates, None).as_deref(), Some("new.example"));
    }
}
