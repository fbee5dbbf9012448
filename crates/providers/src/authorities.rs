//! Who vouches for a server, beside whom the system trusts: a file of
//! certificates that somebody has written into the configuration.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use thiserror::Error;

/// The largest file: all that browsers trust are 250 KB.
const MAX_FILE: u64 = 1024 * 1024;

/// Why a file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the authorities' file {0}")]
pub(crate) struct BadAuthorities(String);

/// The certificates of a file, each of which can vouch for somebody.
pub(crate) fn read(file: &Path) -> Result<Vec<CertificateDer<'static>>, BadAuthorities> {
    let wrong = |why: &str| BadAuthorities(format!("{} {why}", file.display()));
    let mut text = Vec::new();
    let opened = File::open(file);
    let read = opened.and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut text));
    read.map_err(|error: io::Error| wrong(&format!("can't be read: {error}")))?;
    if text.len() as u64 > MAX_FILE {
        return Err(wrong(&format!("is larger than {MAX_FILE} bytes")));
    }
    let mut certificates = Vec::new();
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let number = certificates.len() + 1;
        let broken = |why: &dyn std::error::Error| {
            wrong(&format!(
                "has a certificate (number {number}) that can't be used: {why}"
            ))
        };
        let certificate = certificate.map_err(|error| broken(&error))?;
        store
            .add(certificate.clone())
            .map_err(|error| broken(&error))?;
        certificates.push(certificate);
    }
    if certificates.is_empty() {
        return Err(wrong(
            "has no certificate in it; write PEM, which begins with -----BEGIN CERTIFICATE-----",
        ));
    }
    Ok(certificates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_certificates_in_it_or_is_refused_by_its_name() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("ours.pem");
        let ours = rcgen::generate_simple_self_signed(vec!["mail.example".into()]).expect("one");
        let (right, key) = (ours.cert.pem(), ours.signing_key.serialize_pem());
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let rows = [
            (right.clone(), Ok(1)),
            (format!("{right}\n# another\n{right}"), Ok(2)),
            (String::new(), Err("no certificate")),
            ("once upon a time".to_owned(), Err("no certificate")),
            (key, Err("no certificate")),
            (broken.to_owned(), Err("number 1")),
            (format!("{right}{broken}"), Err("number 2")),
            (" ".repeat(2 * 1024 * 1024), Err("larger")),
        ];
        for (text, expected) in rows {
            std::fs::write(&file, &text).expect("written");
            match (read(&file), expected) {
                (Ok(found), Ok(count)) => assert_eq!(found.len(), count),
                (Err(error), Err(why)) => {
                    let error = error.to_string();
                    assert!(error.contains("ours.pem") && error.contains(why), "{error}");
                }
                (found, expected) => panic!("{found:?} instead of {expected:?}"),
            }
        }
        let error = read(&dir.path().join("none")).expect_err("no file");
        assert!(error.to_string().contains("can't be read"), "{error}");
    }
}
