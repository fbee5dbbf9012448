//! Having a mail sent: its token and its job in one transaction.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use prompts::Locale;
use store::accounts::{Account, AccountStatus};
use store::jobs::NewJob;
use store::outbox::Task;
use store::tokens::{NewToken, Purpose, UsedToken};
use store::{MailAddress, TokenHash, Writing};

use super::pending::Pending;
use crate::pages::{Fault, Pages, Visit};
use letters::account::{Letter, LetterKind};

/// How long a link that signs in is good, in minutes.
pub(super) const SIGN_IN_MINUTES: u32 = 10;

/// How long one is that confirms an address or sets a password.
pub(super) const CONFIRM_MINUTES: u32 = 60;

/// Random bytes of a token.
const TOKEN: usize = 32;

/// Who an address belongs to.
pub(super) enum Whose {
    /// Nobody.
    Nobody,
    /// An account that can be used.
    Open(Account),
    /// One that can't.
    Closed,
}

impl Whose {
    pub(super) fn of(found: Option<Account>) -> Self {
        match found {
            None => Self::Nobody,
            Some(account) if account.status == AccountStatus::Open => Self::Open(account),
            Some(_) => Self::Closed,
        }
    }
}

/// When a mail is asked for, and in which language.
pub(super) struct Asking<'a> {
    /// The system clock.
    pub(super) now: Timestamp,
    /// The business clock.
    pub(super) due: Timestamp,
    pub(super) locale: &'a Locale,
}

impl<'a> Asking<'a> {
    fn of(visit: &'a Visit<'_>) -> Self {
        Self {
            now: visit.now,
            due: visit.request.now,
            locale: &visit.locale,
        }
    }
}

/// A mail with a link.
pub(super) struct Errand<'a> {
    pub(super) kind: LetterKind,
    pub(super) to: &'a MailAddress,
    pub(super) account: Option<&'a Account>,
    pub(super) purpose: Purpose,
    pub(super) pending: Pending,
    /// Where the link leads, below the prefix; `None` where there is none.
    pub(super) path: Option<&'static str>,
    pub(super) minutes: u32,
}

impl Errand<'_> {
    /// Whose account it is, for who reads mail at an address that may have been
    /// typed by a stranger.
    fn about(&self) -> Option<String> {
        let is_new = self.kind == LetterKind::NewAddress;
        let account = self.account.filter(|_| is_new)?;
        account.mail.as_ref().map(masked)
    }
}

/// An address that its owner knows again and nobody else learns: `a…@example.com`.
pub(super) fn masked(mail: &MailAddress) -> String {
    let (name, place) = mail.as_str().rsplit_once('@').unwrap_or_default();
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{place}")
}

impl Pages {
    /// What a token is for, without using it up: the transaction is undone.
    pub(super) async fn peek(
        &self,
        visit: &Visit<'_>,
        key: &str,
        purpose: Purpose,
    ) -> Result<Option<(UsedToken, Pending)>, Fault> {
        let mut writing = self.store.write().await?;
        let used = writing.use_token(hash(key), purpose, visit.now).await?;
        let Some(used) = used else {
            return Ok(None);
        };
        let pending = Pending::read(&used.body)?;
        Ok(Some((used, pending)))
    }

    /// Has a mail sent with a token that is good once. The same is written for
    /// every kind of mail, so that all take as long.
    pub(super) async fn send(
        &self,
        visit: &Visit<'_>,
        writing: &mut Writing,
        errand: &Errand<'_>,
    ) -> Result<(), Fault> {
        self.send_link(&Asking::of(visit), writing, errand).await
    }

    /// The same, whoever asks for it.
    pub(super) async fn send_link(
        &self,
        asking: &Asking<'_>,
        writing: &mut Writing,
        errand: &Errand<'_>,
    ) -> Result<(), Fault> {
        let key = self.draw::<TOKEN>()?;
        let key = URL_SAFE_NO_PAD.encode(key);
        let token = NewToken {
            hash: hash(&key),
            purpose: errand.purpose,
            account: errand.account.map(|account| account.id),
            mail: Some(errand.to.clone()),
            body: errand.pending.write()?,
            expires: asking.now + SignedDuration::from_mins(errand.minutes.into()),
        };
        writing.add_token(&token, asking.now).await?;
        let site = &self.settings.site;
        let prefix = &self.settings.prefix;
        let link = errand
            .path
            .map(|path| format!("{site}{prefix}{path}?key={key}"));
        let letter = Letter {
            kind: errand.kind,
            to: errand.to.as_str().to_owned(),
            locale: asking.locale.to_string(),
            name: errand.account.and_then(|account| account.name.clone()),
            link,
            minutes: errand.minutes,
            about: errand.about(),
            invitation: None,
            delivery: None,
        };
        let account = errand.account.map(|account| account.id);
        self.put(asking, writing, &letter, account).await
    }

    /// Writes the job of a mail down.
    pub(crate) async fn post(
        &self,
        visit: &Visit<'_>,
        writing: &mut Writing,
        letter: &Letter,
        account: Option<AccountId>,
    ) -> Result<(), Fault> {
        self.put(&Asking::of(visit), writing, letter, account).await
    }

    async fn put(
        &self,
        asking: &Asking<'_>,
        writing: &mut Writing,
        letter: &Letter,
        account: Option<AccountId>,
    ) -> Result<(), Fault> {
        let number = u128::from_be_bytes(self.draw()?);
        let body = serde_json::to_value(letter);
        let job = NewJob {
            id: format!("mail/{number:032x}"),
            account,
            task: Task::Mail {
                kind: letter.kind.as_str().to_owned(),
                body: body.map_err(|error| Fault::Broken(error.to_string()))?,
            },
            due: asking.due,
        };
        writing.add_job(&job, asking.now).await?;
        Ok(())
    }

    pub(super) fn draw<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let drawn = self.world.draw();
        drawn.ok_or_else(|| Fault::Broken("there is no randomness".to_owned()))
    }
}

/// What is kept of a token.
pub(super) fn hash(key: &str) -> TokenHash {
    TokenHash::of(key.as_bytes())
}
