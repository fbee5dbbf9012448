//! The two ways, as one.

use super::{Folder, Message, SendError, Smtp};

/// Where messages go.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// To a mail server.
    Smtp(Smtp),
    /// Into a folder, to be looked at.
    Folder(Folder),
}

impl Mailer {
    /// Hands a message over. One that is handed over twice has the same id, and
    /// in a folder the same file.
    pub async fn send(&self, message: &Message) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Folder(folder) => {
                let (folder, message) = (folder.clone(), message.clone());
                let put = tokio::task::spawn_blocking(move || folder.put(&message));
                put.await.unwrap_or_else(|error| {
                    let why = error.to_string();
                    Err(SendError::Interrupted { why })
                })
            }
        }
    }
}
