//! Secrets on disk: signing keys, the secret that networks are hashed with,
//! and the admin token. All in files that only their owner may read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use gateway::Keyring;
use private::{OTHERS, make_folder, read, replace};
use subtle::ConstantTimeEq;

use crate::world;

/// Keys kept: the signing one and those being retired. A reader who comes back
/// within four rotations is still known.
const KEPT: usize = 5;

const KEYS: &str = "reader-keys";
const NETWORK: &str = "network-secret";
const WEBHOOK: &str = "webhook-secret";
const TOKEN: &str = "admin-token";
const PAGES: &str = "pages-secret";
const CODES: &str = "codes-secret";

/// The files of all of them.
pub(crate) const FILES: [&str; 6] = [KEYS, NETWORK, TOKEN, WEBHOOK, PAGES, CODES];

/// The secrets of one data folder.
pub(crate) struct Secrets {
    dir: PathBuf,
}

impl Secrets {
    /// Opens `data`, making it if it isn't there.
    pub(crate) fn open(data: &Path) -> Result<Self> {
        make_folder(data).context("there must be a data folder")?;
        Ok(Self {
            dir: data.to_owned(),
        })
    }

    /// What is wrong with the folder, if others may look into it. The secrets
    /// in it are refused where others may read them, but what readers have
    /// opened is nobody else's business either.
    pub(crate) fn advice(&self) -> Option<String> {
        let mode = fs::metadata(&self.dir).ok()?.permissions().mode() & 0o777;
        let folder = self.dir.display();
        (mode & OTHERS != 0).then(|| {
            format!(
                "the data folder {folder} is open to others than its owner (mode {mode:o}): \
                 chmod 700 {folder}"
            )
        })
    }

    /// The keys that reader ids are signed with; a first one is made if there
    /// is none.
    pub(crate) fn keyring(&self) -> Result<Keyring> {
        let mut keys = self.keys()?;
        if keys.is_empty() {
            keys.push((1, fresh()?));
            self.write_keys(&keys)?;
        }
        Keyring::new(&keys).context("there is no key to sign reader ids with")
    }

    /// Puts a new key in front. Returns its number.
    pub(crate) fn rotate(&self) -> Result<u8> {
        let mut keys = self.keys()?;
        let number = keys.first().map_or(1, |(number, _)| number.wrapping_add(1));
        keys.retain(|(other, _)| *other != number);
        keys.insert(0, (number, fresh()?));
        keys.truncate(KEPT);
        self.write_keys(&keys)?;
        Ok(number)
    }

    fn keys(&self) -> Result<Vec<(u8, [u8; 32])>> {
        let path = self.dir.join(KEYS);
        let Some(text) = read(&path)? else {
            return Ok(Vec::new());
        };
        let parse = |line: &str| {
            let (number, secret) = line.split_once(' ')?;
            Some((number.parse().ok()?, unhex(secret)?))
        };
        text.lines()
            .map(|line| {
                parse(line).with_context(|| {
                    format!(
                        "{} is damaged: each line is a number and 64 hexadecimal digits; \
                         restore it from a backup, or remove it and every reader starts anew",
                        path.display()
                    )
                })
            })
            .collect()
    }

    fn write_keys(&self, keys: &[(u8, [u8; 32])]) -> Result<()> {
        let lines: Vec<String> = keys
            .iter()
            .map(|(number, secret)| format!("{number} {}", hex(secret)))
            .collect();
        Ok(replace(&self.dir.join(KEYS), &(lines.join("\n") + "\n"))?)
    }

    /// What network prefixes are hashed with before they are counted.
    pub(crate) fn network(&self) -> Result<[u8; 32]> {
        self.kept(NETWORK)
    }

    /// What the forms of the readers' own pages are signed with.
    pub(crate) fn pages(&self) -> Result<[u8; 32]> {
        self.kept(PAGES)
    }

    /// What the codes of gifts are made by.
    pub(crate) fn codes(&self) -> Result<[u8; 32]> {
        self.kept(CODES)
    }

    /// A secret that is made when it is first needed.
    fn kept(&self, name: &str) -> Result<[u8; 32]> {
        let path = self.dir.join(name);
        if let Some(text) = read(&path)? {
            return unhex(text.trim())
                .with_context(|| format!("{} is damaged; remove it", path.display()));
        }
        let secret = fresh()?;
        replace(&path, &format!("{}\n", hex(&secret)))?;
        Ok(secret)
    }

    /// What a content system signs its messages with.
    pub(crate) fn webhook(&self) -> Result<[u8; gateway::WEBHOOK_SECRET]> {
        let path = self.dir.join(WEBHOOK);
        if let Some(text) = read(&path)? {
            return text.trim().as_bytes().try_into().with_context(|| {
                format!(
                    "{} is damaged: it holds 64 hexadecimal digits; restore it, or remove it and \
                     tell your content system the new one",
                    path.display()
                )
            });
        }
        let secret = hex(&fresh()?);
        replace(&path, &format!("{secret}\n"))?;
        let secret = secret.as_bytes().try_into();
        secret.context("a secret has 64 digits")
    }

    /// The admin token, and whether it was made just now.
    pub(crate) fn token(&self) -> Result<(Token, bool)> {
        let path = self.token_path();
        if let Some(text) = read(&path)? {
            let token = text.trim();
            ensure!(
                token.len() >= 16,
                "the admin token in {} is shorter than 16 characters; write a longer one, or \
                 remove the file and one will be made",
                path.display()
            );
            return Ok((Token(token.to_owned()), false));
        }
        let secret = fresh()?;
        let token = hex(&secret[..16]);
        replace(&path, &format!("{token}\n"))?;
        Ok((Token(token), true))
    }

    /// Where the admin token is.
    pub(crate) fn token_path(&self) -> PathBuf {
        self.dir.join(TOKEN)
    }
}

/// The admin listener's token.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// Compares in constant time.
    pub(crate) fn is(&self, other: &[u8]) -> bool {
        // The lengths may differ visibly; the content may not.
        blake3::hash(self.0.as_bytes())
            .as_bytes()
            .ct_eq(blake3::hash(other).as_bytes())
            .into()
    }

    /// The token itself, for the one time it is shown.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

fn fresh() -> Result<[u8; 32]> {
    let mut secret = [0; 32];
    if !world::random(&mut secret) {
        bail!("the system gave no randomness");
    }
    Ok(secret)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_readable_by_their_owner_only() {
        let dir = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::open(dir.path()).expect("secrets");
        secrets.keyring().expect("a keyring");
        let first = secrets.keys().expect("keys");
        secrets.keyring().expect("a keyring");
        assert_eq!(secrets.keys().expect("keys"), first);
        let mode = fs::metadata(dir.path().join(KEYS))
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn rotation_keeps_the_last_few_keys_and_signs_with_the_newest() {
        let dir = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::open(dir.path()).expect("secrets");
        for expected in 1..=8 {
            assert_eq!(secrets.rotate().expect("a key"), expected);
        }
        let numbers: Vec<u8> = secrets
            .keys()
            .expect("keys")
            .iter()
            .map(|key| key.0)
            .collect();
        assert_eq!(numbers, [8, 7, 6, 5, 4]);
    }

    #[test]
    fn a_damaged_key_file_is_an_error_and_not_a_new_key() {
        let dir = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::open(dir.path()).expect("secrets");
        for bad in ["1", "1 zz", "x 00", "300 00", "1 é"] {
            replace(&dir.path().join(KEYS), bad).expect("a file");
            let error = secrets.keyring().err().expect("an error").to_string();
            assert!(error.contains("damaged"), "{bad}: {error}");
        }
    }

    fn allow(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("another mode");
    }

    #[test]
    fn what_others_may_read_is_no_secret() {
        let dir = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::open(dir.path()).expect("secrets");
        secrets.keyring().expect("keys");
        secrets.network().expect("a secret");
        secrets.token().expect("a token");
        secrets.webhook().expect("a secret");
        secrets.pages().expect("a secret");
        secrets.codes().expect("a secret");
        for mode in [0o640, 0o604, 0o644, 0o660] {
            for name in FILES {
                allow(&dir.path().join(name), mode);
            }
            let errors = [
                secrets.keyring().err(),
                secrets.network().err(),
                secrets.token().err(),
                secrets.webhook().err(),
                secrets.pages().err(),
                secrets.codes().err(),
            ];
            for error in errors {
                let error = error.expect("an error").to_string();
                assert!(error.contains("chmod 600 "), "{error}");
            }
        }
        for name in FILES {
            allow(&dir.path().join(name), 0o600);
        }
        secrets.keyring().expect("secret again");
    }

    #[test]
    fn each_is_named_where_it_is_said_what_to_do_after_a_theft() {
        let guide = include_str!("../../../docs/guides/operations.md");
        let theft = guide.split("### After a theft").nth(1).expect("a part");
        let theft = theft.split("\n## ").next().expect("its text");
        for name in FILES {
            assert!(theft.contains(&format!("| `{name}` |")), "{name}");
        }
    }

    #[test]
    fn a_folder_that_others_may_look_into_is_advised_against() {
        let dir = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::open(dir.path()).expect("secrets");
        allow(dir.path(), 0o700);
        assert_eq!(secrets.advice(), None);
        allow(dir.path(), 0o750);
        let advice = secrets.advice().expect("advice");
        assert!(
            advice.contains("mode 750") && advice.contains("chmod 700"),
            "{advice}"
        );
    }

    #[test]
    fn a_token_is_itself_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let (token, made) = Secrets::open(dir.path())
            .expect("secrets")
            .token()
            .expect("a token");
        assert!(made && token.is(token.reveal().as_bytes()));
        assert!(!token.is(b"") && !token.is(&token.reveal().as_bytes()[1..]));
        let (again, made) = Secrets::open(dir.path())
            .expect("secrets")
            .token()
            .expect("a token");
        assert!(!made && again.is(token.reveal().as_bytes()));
    }
}
