//! A connection that speaks another protocol now: what one end says is passed
//! to the other.

use std::io;
use std::sync::Arc;

use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::OwnedSemaphorePermit;

use crate::patience::{Activity, UnderWay};

/// What is passed on at once.
const PIECE: usize = 16 * 1024;

/// Passes on until both ends have said all, or one of them gets nowhere for
/// longer than any response may.
pub(crate) async fn join(
    reader: OnUpgrade,
    site: OnUpgrade,
    activity: Option<Arc<Activity>>,
    _room: OwnedSemaphorePermit,
) {
    let Ok((reader, site)) = tokio::try_join!(reader, site) else {
        return;
    };
    let under_way = activity.as_ref().map(Activity::begin);
    let (from_reader, to_reader) = tokio::io::split(TokioIo::new(reader));
    let (from_site, to_site) = tokio::io::split(TokioIo::new(site));
    let there = pass(from_reader, to_site, under_way.as_ref());
    let back = pass(from_site, to_reader, under_way.as_ref());
    if let Err(error) = tokio::try_join!(there, back) {
        tracing::debug!(%error, "a connection that spoke another protocol ended early");
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    under_way: Option<&UnderWay>,
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        to.write_all(&piece[..read]).await?;
        to.flush().await?;
        if let Some(under_way) = under_way {
            under_way.goes_on();
        }
    }
}
