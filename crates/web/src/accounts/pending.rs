//! What is kept with a link until it is followed.

use serde::{Deserialize, Serialize};
use store::StoreError;

/// The longest that the store keeps with a token, in bytes.
const LONGEST: usize = 4_096;

/// For what a link was asked, and by which browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Where they wanted to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    /// The trace of the browser.
    pub(super) browser: String,
    /// The account to be, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<NewReader>,
}

/// An account to be: nothing is made of it before its address is known to be
/// theirs, so nobody can take up another's.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NewReader {
    /// What they are called.
    pub(super) name: Option<String>,
    /// In which language they read.
    pub(super) locale: String,
    /// The hash of the password, where they chose one.
    pub(super) password: Option<String>,
    /// The words by which they asked for the newsletter, where they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) newsletter: Option<String>,
}

impl std::fmt::Debug for NewReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewReader")
    }
}

impl Pending {
    /// As it is kept: without the place, where there is no room for that.
    pub(super) fn write(&self) -> Result<String, StoreError> {
        let write = |pending: &Self| {
            let text = serde_json::to_string(pending);
            text.map_err(|error| StoreError::Damaged(error.to_string()))
        };
        let text = write(self)?;
        if text.len() <= LONGEST {
            return Ok(text);
        }
        write(&Self {
            to: None,
            ..self.clone()
        })
    }

    pub(super) fn read(body: &str) -> Result<Self, StoreError> {
        serde_json::from_str(body)
            .map_err(|error| StoreError::Damaged(format!("what is kept with a token: {error}")))
    }
}
