//! The account with an authority: made once, and kept.
//!
//! Its key is the one thing that proves to the authority who we are, so it is
//! written before it is used for anything else.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use instant_acme::{Account, AccountCredentials, ExternalAccountKey, NewAccount};

use super::client::Client;
use super::folder::Folder;
use super::{AcmeError, Authority, ExternalAccount, Settings};

/// The account that is kept; the first time, a new one.
pub(super) async fn open(
    settings: &Settings,
    folder: &Folder,
    client: &Client,
) -> Result<Account, AcmeError> {
    let builder = Account::builder_with_http(Box::new(client.clone()));
    if let Some(json) = folder.account()? {
        let credentials: AccountCredentials =
            serde_json::from_str(&json).map_err(|error| damaged(folder, error))?;
        return Ok(builder.from_credentials(credentials).await?);
    }
    let Authority {
        directory,
        contacts,
        terms_agreed,
        external,
        ..
    } = &settings.authority;
    let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let account = NewAccount {
        contact: &contacts,
        terms_of_service_agreed: *terms_agreed,
        only_return_existing: false,
    };
    let external = external.as_ref().map(external_key).transpose()?;
    let (account, credentials) = builder
        .create(&account, directory.clone(), external.as_ref())
        .await?;
    let json = serde_json::to_string(&credentials).map_err(|error| damaged(folder, error))?;
    folder.keep_account(&json)?;
    Ok(account)
}

fn damaged(folder: &Folder, error: serde_json::Error) -> AcmeError {
    AcmeError::Account {
        file: folder.account_path().display().to_string(),
        error,
    }
}

pub(super) fn external_key(account: &ExternalAccount) -> Result<ExternalAccountKey, AcmeError> {
    // Authorities show it with and without padding.
    let key = account.key.trim().trim_end_matches('=');
    let key = BASE64_URL_SAFE_NO_PAD
        .decode(key)
        .map_err(|_| AcmeError::ExternalKey)?;
    Ok(ExternalAccountKey::new(account.id.clone(), &key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_an_external_account_is_base64_in_either_way() {
        let rows = [
            ("AQID", true),
            ("AQIDBA==", true),
            (" AQIDBA\n", true),
            ("_-_-", true),
            ("?", false),
        ];
        for (key, good) in rows {
            let account = ExternalAccount {
                id: "kid-1".to_owned(),
                key: key.to_owned(),
            };
            assert_eq!(external_key(&account).is_ok(), good, "{key}");
            assert!(
                !format!("{account:?}").contains(key),
                "a secret isn't logged"
            );
        }
    }
}
