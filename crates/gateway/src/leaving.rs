//! Those for whom there is no place: they are told so at once, and leave.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use crate::http1;
use crate::respond;

/// How many are being told at a time; any more are hung up on.
const AT_A_TIME: usize = 256;

/// How long one may take to ask, to hear and to leave. A browser has asked by the
/// time that it is accepted.
const PATIENCE: Duration = Duration::from_millis(500);

/// The most that is read of what one asks for, to no end but that closing with
/// something unread would take back what was said.
const UNREAD: usize = 64 * 1024;

/// The way out.
#[derive(Clone, Debug)]
pub(crate) struct Leaving(Arc<Semaphore>);

impl Default for Leaving {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

impl Leaving {
    /// Sees the connection out, while others are served.
    pub(crate) fn see_out(&self, socket: TcpStream) {
        let Ok(place) = Arc::clone(&self.0).try_acquire_owned() else {
            return;
        };
        tokio::spawn(async move {
            // Whoever has left already needs telling nothing.
            let _ = tokio::time::timeout(PATIENCE, tell(socket)).await;
            drop(place);
        });
    }
}

/// That there is no place now, in answer to whatever is asked.
async fn tell(mut socket: TcpStream) -> std::io::Result<()> {
    let mut unread = 0;
    unread += take(&socket).await?;
    socket.write_all(&said()).await?;
    socket.shutdown().await?;
    while unread < UNREAD {
        match take(&socket).await? {
            0 => break,
            read => unread += read,
        }
    }
    Ok(())
}

/// The whole response.
fn said() -> Vec<u8> {
    let response = respond::try_again();
    let mut said = http1::lines(&response);
    said.extend_from_slice(b"connection: close\r\n\r\n");
    for chunk in response.body().chunks() {
        said.extend_from_slice(chunk);
    }
    said
}

/// Takes what has come, once something has; how much.
async fn take(socket: &TcpStream) -> std::io::Result<usize> {
    let mut bytes = [0; 4096];
    loop {
        socket.readable().await?;
        match socket.try_read(&mut bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            read => return read,
        }
    }
}
