//! A file on its way: its lines to whoever asked, and its digest.

use std::time::Duration;

use anyhow::{Context, Result};
use commerce::address::PostalAddress;
use sha2::{Digest, Sha256};
use store::delivery::Line;
use tokio::sync::mpsc;

use super::csv;
use crate::control::News;
use crate::printing::hex;

/// How much is handed over together, in bytes.
const CHUNK: usize = 64 * 1024;

/// How long whoever asked may take no more of it: the database is held as it was
/// meanwhile.
const PATIENCE: Duration = Duration::from_mins(1);

/// A file on its way.
pub(super) struct Filing {
    news: mpsc::Sender<News>,
    digest: Sha256,
    text: String,
    pub(super) lines: u64,
    pub(super) copies: u64,
}

impl Filing {
    pub(super) fn begin(news: mpsc::Sender<News>) -> Self {
        Self {
            news,
            digest: Sha256::new(),
            text: csv::HEAD.to_owned(),
            lines: 0,
            copies: 0,
        }
    }

    pub(super) async fn line(&mut self, line: &Line, address: &PostalAddress) -> Result<()> {
        csv::write(&mut self.text, line, address);
        self.lines += 1;
        self.copies += u64::from(line.copies);
        if self.text.len() >= CHUNK {
            self.hand_over().await?;
        }
        Ok(())
    }

    /// Hands over what is left; the digest of all.
    pub(super) async fn end(mut self) -> Result<String> {
        self.hand_over().await?;
        Ok(hex(&self.digest.finalize()))
    }

    async fn hand_over(&mut self) -> Result<()> {
        let text = std::mem::take(&mut self.text);
        self.digest.update(&text);
        let sent = tokio::time::timeout(PATIENCE, self.news.send(News::Rows(text))).await;
        let sent = sent.context("nobody took what was written for a minute, so it was ended")?;
        sent.context("whoever asked for it has gone")
    }
}
