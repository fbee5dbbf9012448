//! The sections `[server.tls]` and `[server.tls.acme]`: which certificates
//! readers are shown, and where they come from.
//!
//! Certificates in files are read here as a server would read them, so that what
//! is wrong with one is told where it is named.

use std::path::{Path, PathBuf};
use std::time::Duration;

use http::HeaderValue;
use tls::{Authority, Certificates, Challenge, ExternalAccount, FileError, FilePair, Settings};
use toml::Spanned;

use super::check::Check;
use super::{PublicationUrl, raw, values};
use crate::world;

/// How long browsers keep to https, unless configured.
const HSTS: Duration = Duration::from_hours(180 * 24);

/// What the lists that browsers come with ask for at least.
const PRELOAD: Duration = Duration::from_hours(365 * 24);

/// Where the account and the certificate of an authority are kept, in the data
/// folder.
const FOLDER: &str = "acme";

/// The readers' TLS.
#[derive(Clone, Debug)]
pub(crate) struct Tls {
    /// Certificates in files, the one for clients that name no site first.
    pub(crate) files: Vec<FilePair>,
    /// What is ordered from an authority.
    pub(crate) acme: Option<Settings>,
    /// What `Strict-Transport-Security` says.
    pub(crate) hsts: Option<HeaderValue>,
    /// What should be looked at though a server can be started, each in a sentence.
    pub(crate) doubts: Vec<String>,
}

impl Check<'_> {
    pub(super) fn tls(
        &mut self,
        raw: &Spanned<raw::Tls>,
        server: &raw::Server,
        data: &Path,
        url: Option<&PublicationUrl>,
    ) -> Option<Tls> {
        let noted = self.errors.len();
        let written = raw.get_ref();
        if url.is_some_and(|url| !url.https) {
            self.wrong_with_help(
                raw,
                "there is TLS, but the publication's url begins with http://".to_owned(),
                "links, cookies and redirects follow the url: write [publication] url = \
                 \"https://…\", or take [server.tls] out",
            );
        }
        let mut doubts = Vec::new();
        let files = self.files(raw, &mut doubts);
        let hsts = self.hsts(written);
        let acme = match &written.acme {
            None => None,
            Some(acme) => self.acme(acme, server, data, url),
        };
        if let (Some(acme), Some(url), true) = (&acme, url, files.is_empty()) {
            doubts.extend(unnamed(acme, url));
        }
        (self.errors.len() == noted).then_some(Tls {
            files,
            acme,
            hsts,
            doubts,
        })
    }

    fn files(&mut self, raw: &Spanned<raw::Tls>, doubts: &mut Vec<String>) -> Vec<FilePair> {
        let written = raw.get_ref();
        let first = match (&written.certificate, &written.key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (Some(lonely), None) => {
                let help = "name the file of its private key: key = \"privkey.pem\"";
                self.wrong_with_help(lonely, "this certificate has no key".to_owned(), help);
                return Vec::new();
            }
            (None, Some(lonely)) => {
                let help = "name the file of its certificate: certificate = \"fullchain.pem\"";
                self.wrong_with_help(lonely, "this key has no certificate".to_owned(), help);
                return Vec::new();
            }
            (None, None) => None,
        };
        let further = written.further.iter();
        let pairs = first
            .into_iter()
            .chain(further.map(|pair| (&pair.certificate, &pair.key)));
        let mut files = Vec::new();
        for (chain, key) in pairs {
            let pair = FilePair {
                chain: self.folder.join(chain.get_ref()),
                key: self.folder.join(key.get_ref()),
            };
            match Certificates::open(std::slice::from_ref(&pair), world::now()) {
                Ok((_, warnings)) => doubts.extend(warnings.iter().map(ToString::to_string)),
                Err(error) => self.bad_file(&error, &pair, (chain, key)),
            }
            files.push(pair);
        }
        if files.is_empty() && written.acme.is_none() {
            self.wrong_with_help(
                raw,
                "there is no certificate to show to readers".to_owned(),
                "name one in files, certificate = \"fullchain.pem\" and key = \"privkey.pem\", or \
                 an authority that gives you one, in [server.tls.acme]",
            );
        }
        files
    }

    /// Places what is wrong with a pair at the file that it is wrong with.
    fn bad_file(
        &mut self,
        error: &FileError,
        pair: &FilePair,
        (chain, key): (&Spanned<PathBuf>, &Spanned<PathBuf>),
    ) {
        let (file, help) = match error {
            FileError::Unreadable { file, .. } => (
                file,
                "it is looked for from the folder of this file, and the user that the server runs \
                 as must be allowed to read it",
            ),
            FileError::TooLarge { file } => (file, "name a file in PEM"),
            FileError::Flawed { file, .. } => (file, "put that right, or name another file"),
            FileError::Mismatch { key, .. } => (key, "name the two files that belong together"),
        };
        let place = if *file == pair.chain { chain } else { key };
        self.wrong_with_help(place, error.to_string(), help);
    }

    fn hsts(&mut self, raw: &raw::Tls) -> Option<HeaderValue> {
        let length = self.value(raw.hsts.as_ref(), Some(HSTS), |text| match text {
            "off" => Ok(None),
            _ => values::positive(text)
                .map(Some)
                .map_err(|why| format!("{why}, or \"off\"")),
        })?;
        let preload = raw.hsts_preload.as_ref().filter(|on| *on.get_ref());
        if let Some(place) = preload
            && (length.is_none_or(|length| length < PRELOAD) || !raw.hsts_subdomains)
        {
            self.wrong_with_help(
                place,
                "the lists that browsers come with take no site like this".to_owned(),
                "they ask for hsts = \"365 days\" at least, and hsts_subdomains = true",
            );
        }
        let mut value = format!("max-age={}", length?.as_secs());
        if raw.hsts_subdomains {
            value += "; includeSubDomains";
        }
        if preload.is_some() {
            value += "; preload";
        }
        HeaderValue::try_from(value).ok()
    }

    fn acme(
        &mut self,
        raw: &Spanned<raw::Acme>,
        server: &raw::Server,
        data: &Path,
        url: Option<&PublicationUrl>,
    ) -> Option<Settings> {
        let written = raw.get_ref();
        let directory = &written.directory;
        if !directory.get_ref().starts_with("https://") {
            self.wrong_with_help(
                directory,
                format!("\"{}\" is no address of a directory", directory.get_ref()),
                "the authority says where its ACME directory is; it begins with https://",
            );
        }
        if !written.agree {
            self.wrong_with_help(
                raw,
                "nobody has agreed to the authority's terms of service".to_owned(),
                "read them, and write agree = true",
            );
        }
        let external = match &written.external {
            None => None,
            Some(external) => Some(self.external(external)?),
        };
        let roots = written.authorities.as_ref();
        let roots = roots.and_then(|file| self.roots(file));
        Some(Settings {
            authority: Authority {
                directory: directory.get_ref().clone(),
                contacts: self.contacts(written.contact.as_ref()),
                terms_agreed: written.agree,
                external,
                roots,
            },
            names: self.names(raw, url?),
            challenge: self.challenge(written.challenge.as_ref(), server.plain.is_some())?,
            folder: data.join(FOLDER),
        })
    }

    fn contacts(&mut self, raw: Option<&Spanned<values::Many>>) -> Vec<String> {
        let Some(raw) = raw else { return Vec::new() };
        let mut contacts = Vec::new();
        for one in &raw.get_ref().0 {
            match one.strip_prefix("mailto:").unwrap_or(one) {
                address if address.split('@').count() == 2 => {
                    contacts.push(format!("mailto:{address}"));
                }
                _ => self.wrong_with_help(
                    raw,
                    format!("\"{one}\" is no e-mail address"),
                    "write for example \"desk@review.example\"",
                ),
            }
        }
        contacts
    }

    fn names(&mut self, raw: &Spanned<raw::Acme>, url: &PublicationUrl) -> Vec<tls::Name> {
        let Some(list) = &raw.get_ref().names else {
            return match url.host.parse() {
                Ok(name) => vec![name],
                Err(error) => {
                    let message = format!("the publication's host can't be ordered for: {error}");
                    let help = "name what can: names = [\"review.example\"]";
                    self.wrong_with_help(raw, message, help);
                    Vec::new()
                }
            };
        };
        if !(1..=tls::MAX_NAMES).contains(&list.get_ref().len()) {
            let wrong = tls::NameError::Number(list.get_ref().len());
            self.wrong(list, wrong.to_string());
        }
        let mut names = Vec::new();
        for one in list.get_ref() {
            match one.get_ref().parse() {
                Ok(name) => names.push(name),
                Err(error) => self.wrong(one, tls::NameError::to_string(&error)),
            }
        }
        names
    }

    fn challenge(&mut self, raw: Option<&Spanned<String>>, has_plain: bool) -> Option<Challenge> {
        let default = if has_plain {
            Challenge::Http01
        } else {
            Challenge::TlsAlpn01
        };
        let challenge = self.value(raw, default, |word| match word {
            "http-01" => Ok(Challenge::Http01),
            "tls-alpn-01" => Ok(Challenge::TlsAlpn01),
            _ => Err(format!(
                "\"{word}\" is no challenge; there are \"http-01\" and \"tls-alpn-01\""
            )),
        })?;
        if let Some(raw) = raw
            && challenge == Challenge::Http01
            && !has_plain
        {
            self.wrong_with_help(
                raw,
                "the authority would ask over plain HTTP, where nobody answers".to_owned(),
                "let somebody: [server] plain = \"0.0.0.0:80\"; or use \"tls-alpn-01\"",
            );
        }
        Some(challenge)
    }

    /// The key itself never stands in the configuration.
    fn external(&mut self, raw: &Spanned<raw::External>) -> Option<ExternalAccount> {
        let external = raw.get_ref();
        let file = self.folder.join(&external.file);
        let key = std::fs::read_to_string(&file).map_err(|error| error.to_string());
        let account = key.and_then(|key| {
            let account = ExternalAccount {
                id: external.id.clone(),
                key: key.trim().to_owned(),
            };
            account.check().map_err(|error| error.to_string())?;
            Ok(account)
        });
        match account {
            Ok(account) => Some(account),
            Err(why) => {
                let help = "write the key that the authority gave you into it, and let nobody else \
                            read it";
                self.wrong_with_help(raw, format!("{}: {why}", file.display()), help);
                None
            }
        }
    }

    /// A file of certificates to trust the authority by. They are read again with
    /// every order.
    fn roots(&mut self, raw: &Spanned<PathBuf>) -> Option<PathBuf> {
        let file = self.folder.join(raw.get_ref());
        let why = match std::fs::read_to_string(&file) {
            Ok(text) if text.contains("-----BEGIN CERTIFICATE-----") => return Some(file),
            Ok(_) => "holds no certificate".to_owned(),
            Err(error) => format!("can't be read: {error}"),
        };
        self.wrong_with_help(
            raw,
            format!("{} {why}", file.display()),
            "name a file in PEM that begins with -----BEGIN CERTIFICATE-----",
        );
        None
    }
}

/// What is to be said where readers of the publication's own host would be shown
/// a certificate for others.
fn unnamed(acme: &Settings, url: &PublicationUrl) -> Option<String> {
    let is_named = acme.names.iter().any(|name| name.as_str() == url.host);
    (!is_named).then(|| {
        format!(
            "no certificate for {}, the publication's own host, is ordered: add it to \
             [server.tls.acme] names, unless readers come through somebody who has one",
            url.host
        )
    })
}
