//! One order, from the account to the certificate.
//!
//! What is returned has been looked at: it is for every name, it is valid now,
//! and the key fits. Nothing here touches what is being served.

use std::collections::BTreeSet;
use std::time::Duration;

use instant_acme::{
    Account, AuthorizationHandle, AuthorizationStatus, ChallengeType, Identifier, NewOrder, Order,
    OrderStatus, RetryPolicy,
};
use jiff::Timestamp;

use super::client::{Client, RootsError};
use super::folder::Folder;
use super::{Challenge, NameError, Settings, account, schedule};
use crate::certificate::{Certificate, Flawed};
use crate::challenges::Challenges;
use crate::world::World;

/// How an order is looked at again while the authority works on it: after a
/// quarter of a second, then half, and so on, for two minutes in all. Authorities
/// look at a name from several places, which takes seconds.
const POLLING: RetryPolicy = RetryPolicy::new().timeout(Duration::from_mins(2));

/// How late our clock may be. Most authorities date certificates back by an hour
/// for the likes of it.
const LATENESS: Duration = Duration::from_hours(1);

/// The authority's word for an account that it doesn't have.
const NO_SUCH_ACCOUNT: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

/// Why there is no certificate from the authority.
#[derive(Debug, thiserror::Error)]
pub enum AcmeError {
    /// A name can't be ordered, or there are none or too many.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The account or the certificate can't be kept.
    #[error(transparent)]
    Folder(#[from] private::Error),
    /// The authority can't be trusted.
    #[error(transparent)]
    Roots(#[from] RootsError),
    /// The file of the account is damaged.
    #[error("{file} is damaged ({error}). Remove it, and a new account is made")]
    Account {
        /// Which file.
        file: String,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The key of the account outside ACME is no key.
    #[error("the key of the external account isn't base64; copy it again from the authority")]
    ExternalKey,
    /// The authority can't be asked, or says no.
    #[error("the authority: {0}")]
    Authority(#[from] instant_acme::Error),
    /// It won't look at a name in the way configured.
    #[error("the authority doesn't offer to look at {name} by {challenge}; configure another way")]
    NotOffered {
        /// Which name.
        name: String,
        /// In which way.
        challenge: &'static str,
    },
    /// It looked and didn't find what it should.
    #[error("the authority isn't convinced that the names are ours: {0}")]
    Refused(String),
    /// The answer to a challenge can't be made.
    #[error("{0}")]
    Unanswerable(String),
    /// What it gave is no good.
    #[error("the authority gave a certificate that can't be used: it {0}")]
    Unusable(String),
    /// All of it took too long.
    #[error("the order wasn't done within {0:?}")]
    TimedOut(Duration),
}

/// A certificate, and the text to keep it as.
pub(super) struct Issued {
    pub(super) certificate: Certificate,
    pub(super) pem: String,
}

/// Everything an order needs.
pub(super) struct Ordering<'a> {
    pub(super) settings: &'a Settings,
    pub(super) folder: &'a Folder,
    pub(super) challenges: &'a Challenges,
    pub(super) client: Client,
    pub(super) world: &'a World,
}

impl Ordering<'_> {
    /// Orders a certificate. An account that the authority has lost is made anew,
    /// once: a certificate that runs out would be worse.
    pub(super) async fn run(&self) -> Result<Issued, AcmeError> {
        let account = account::open(self.settings, self.folder, &self.client).await?;
        match self.order(&account).await {
            Err(AcmeError::Authority(instant_acme::Error::Api(problem)))
                if problem.r#type.as_deref() == Some(NO_SUCH_ACCOUNT) =>
            {
                tracing::warn!("the authority doesn't know our account any more; making a new one");
                self.folder.forget_account()?;
                let account = account::open(self.settings, self.folder, &self.client).await?;
                self.order(&account).await
            }
            ordered => ordered,
        }
    }

    async fn order(&self, account: &Account) -> Result<Issued, AcmeError> {
        let names = &self.settings.names;
        let identifiers: Vec<Identifier> = names
            .iter()
            .map(|name| Identifier::Dns(name.to_string()))
            .collect();
        let mut order = account.new_order(&NewOrder::new(&identifiers)).await?;
        self.answer_all(&mut order).await?;
        match order.poll_ready(&POLLING).await {
            Ok(OrderStatus::Ready) => {}
            Ok(_) => return Err(refusal(&mut order, "no reason given").await),
            // Its own words say which name, the order's only that there is one.
            Err(instant_acme::Error::Api(problem)) => {
                return Err(refusal(&mut order, &problem.to_string()).await);
            }
            Err(error) => return Err(error.into()),
        }
        let key = order.finalize().await?;
        let chain = order.poll_certificate(&POLLING).await?;
        let names: BTreeSet<&str> = names.iter().map(super::Name::as_str).collect();
        // Read again: an order takes a while, and some certificates aren't dated back.
        inspect(&chain, key, &names, (self.world.now)())
    }

    /// Puts up the answers to all that the authority wants to see.
    async fn answer_all(&self, order: &mut Order) -> Result<(), AcmeError> {
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let authorization = authorization?;
            // It remembers for a while that a name is ours.
            if authorization.status != AuthorizationStatus::Valid {
                self.answer(authorization).await?;
            }
        }
        Ok(())
    }

    async fn answer(&self, mut authorization: AuthorizationHandle<'_>) -> Result<(), AcmeError> {
        let name = authorization.identifier().to_string();
        let (kind, challenge) = match self.settings.challenge {
            Challenge::Http01 => (ChallengeType::Http01, "HTTP-01"),
            Challenge::TlsAlpn01 => (ChallengeType::TlsAlpn01, "TLS-ALPN-01"),
        };
        let Some(mut handle) = authorization.challenge(kind) else {
            return Err(AcmeError::NotOffered { name, challenge });
        };
        let answer = handle.key_authorization();
        match self.settings.challenge {
            Challenge::Http01 => self
                .challenges
                .put_token(handle.token.clone(), answer.as_str().to_owned()),
            Challenge::TlsAlpn01 => self
                .challenges
                .put_name(&name, answer.digest().as_ref())
                .map_err(|error| AcmeError::Unanswerable(error.to_string()))?,
        }
        Ok(handle.set_ready().await?)
    }
}

/// What the authority found at each name, if it says so.
async fn refusal(order: &mut Order, otherwise: &str) -> AcmeError {
    let mut found = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        if authorization.refresh().await.is_err() {
            continue;
        }
        let name = authorization.identifier().to_string();
        let problems = authorization.challenges.iter().filter_map(|challenge| {
            let problem = challenge.error.as_ref()?;
            Some(format!("{name}: {problem}"))
        });
        found.extend(problems);
    }
    if found.is_empty() {
        found.push(otherwise.to_owned());
    }
    AcmeError::Refused(found.join("; "))
}

/// Looks at a certificate before anybody is shown it.
fn inspect(
    chain: &str,
    key: String,
    names: &BTreeSet<&str>,
    now: Timestamp,
) -> Result<Issued, AcmeError> {
    let unusable = |what: String| AcmeError::Unusable(what);
    let certificate = Certificate::from_pem(chain.as_bytes(), key.as_bytes())
        .map_err(|(Flawed::Chain(flaw) | Flawed::Key(flaw))| unusable(flaw.to_string()))?;
    if let Some(missing) = names
        .iter()
        .find(|&&name| !certificate.names.contains(name))
    {
        return Err(unusable(format!("isn't for {missing}")));
    }
    let validity = certificate.validity;
    let soon = schedule::after(now, LATENESS);
    if now > validity.not_after || soon < validity.not_before {
        return Err(unusable(format!(
            "is valid from {} to {}, and our clock says {now}; is it right?",
            validity.not_before, validity.not_after
        )));
    }
    Ok(Issued {
        certificate,
        pem: key + chain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, Site, at};

    #[test]
    fn what_the_authority_gives_is_looked_at_before_it_is_served() {
        let check = |names: &[&str], until: &str, wanted: &[&str], expected: Option<&str>| {
            let made = Site::new(names).valid("2026-01-01T00:00:00Z", until).make();
            let wanted = wanted.iter().copied().collect();
            let issued = inspect(&made.chain_pem(), made.key_pem(), &wanted, at(NOW));
            match (issued, expected) {
                (Ok(issued), None) => {
                    let kept = issued.pem.as_bytes();
                    Certificate::from_pem(kept, kept).expect("it can be read again");
                }
                (Err(error), Some(words)) => {
                    assert!(error.to_string().contains(words), "{error}");
                }
                (issued, _) => panic!("{:?}", issued.err()),
            }
        };
        let later = "2027-01-01T00:00:00Z";
        check(&["a.example"], later, &["a.example"], None);
        check(&["b.example", "a.example"], later, &["a.example"], None);
        check(
            &["a.example"],
            later,
            &["a.example", "b.example"],
            Some("isn't for b.example"),
        );
        check(
            &["a.example"],
            "2026-11-25T11:00:00Z",
            &["a.example"],
            Some("our clock says"),
        );
        let future = Site::new(&["a.example"])
            .valid("2026-11-25T13:00:01Z", later)
            .make();
        let issued = inspect(
            &future.chain_pem(),
            future.key_pem(),
            &["a.example"].into(),
            at(NOW),
        );
        assert!(issued.is_err(), "not for more than an hour");
        let (one, other) = (
            Site::new(&["a.example"]).make(),
            Site::new(&["a.example"]).make(),
        );
        let wanted = ["a.example"].into();
        let issued = inspect(&one.chain_pem(), other.key_pem(), &wanted, at(NOW));
        assert!(issued.is_err(), "a key of another certificate");
        assert!(inspect("", one.key_pem(), &wanted, at(NOW)).is_err());
    }
}
