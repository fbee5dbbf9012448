//! The control socket: how commands talk to the server that owns the data.
//!
//! One request a connection, as a line of JSON; answers are lines of JSON, the
//! last of which is a result or an error. The socket lies in the data folder,
//! and only its owner may connect.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};

use crate::care::{Asked, Told};
use crate::importing;
use crate::openings::What;
use crate::printing;
use crate::server::{Move, Raise, Running};

const SOCKET: &str = "control.sock";

/// The longest request, in bytes: some hundred rows of an import.
const MAX_REQUEST: u64 = 256 * 1024;

/// The longest that a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(5);

/// Before another try where there are no more file descriptors.
const A_MOMENT: Duration = Duration::from_millis(50);

/// Commands answered at a time.
const MAX_COMMANDS: usize = 8;

/// What a command asks of the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "lowercase")]
pub(crate) enum Command {
    Explain(Question),
    Open { what: What, until: String },
    Close { id: String },
    Openings,
    Backup { to: PathBuf, by: String },
    Rotate { by: String },
    Staff { hours: u32, by: String },
    Purge(Pages),
    Care(Asked),
    Clock,
    Advance(Move),
    Import(Box<importing::Ask>),
    PriceRise(Raise),
    Print(printing::Ask),
}

/// What a long command says on its way.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// How many records it has dealt with.
    Progress(u64),
    /// Something that happened, in a line.
    Told(String),
    /// Lines of a file that it writes, as they are.
    Rows(String),
}

/// Which pages are to be forgotten, as it was written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Pages {
    pub(crate) urls: Vec<String>,
    pub(crate) prefixes: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) all: bool,
}

/// What is to be explained, as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) story: String,
    pub(crate) reader: String,
    pub(crate) at: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) referrer: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) locale: Option<String>,
}

/// What the server answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// How many records a long command has dealt with.
    Progress { done: u64 },
    /// Something that happened on the way, in a line.
    Told(String),
    /// Lines of a file.
    Rows(String),
    /// The result, in words.
    Said(Said),
    /// Why there is none.
    Error(String),
}

impl From<News> for Answer {
    fn from(news: News) -> Self {
        match news {
            News::Progress(done) => Self::Progress { done },
            News::Told(line) => Self::Told(line),
            News::Rows(rows) => Self::Rows(rows),
        }
    }
}

/// A result.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Said {
    Explained(Box<Explained>),
    /// What is open, a line each.
    Openings(Vec<String>),
    Care(Told),
    Import(importing::Answer),
    Print(printing::Answer),
    Done(String),
}

/// An explanation as it crosses the socket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Explained {
    pub(crate) story: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) outcome: String,
    pub(crate) reason: String,
    pub(crate) rule: Option<String>,
    pub(crate) meter: Option<(u16, u16)>,
    pub(crate) prompt: Option<String>,
    pub(crate) settled_before: Option<String>,
    pub(crate) steps: Vec<(String, bool, String)>,
    pub(crate) gift: Option<String>,
    /// The network by which a subscription opens more.
    pub(crate) network: Option<String>,
}

/// The socket of a data folder.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join(SOCKET)
}

/// Makes the socket, so that whoever hears of the server can ask it. Must be
/// called within a runtime.
pub(crate) fn bind(data: &Path) -> Result<UnixListener> {
    let path = path(data);
    // The folder is ours, so a socket that is there was left by a server that
    // died.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("the control socket {} can't be made", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Answers commands until the runtime ends.
pub(crate) async fn listen(listener: UnixListener, running: Arc<Running>) {
    let slots = Arc::new(Semaphore::new(MAX_COMMANDS));
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(A_MOMENT).await;
            continue;
        };
        let running = Arc::clone(&running);
        tokio::spawn(async move {
            if let Err(error) = converse(stream, running).await {
                tracing::debug!(%error, "a command went away");
            }
            drop(slot);
        });
    }
}

async fn converse(stream: UnixStream, running: Arc<Running>) -> Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(MAX_REQUEST));
    tokio::time::timeout(PATIENCE, reader.read_line(&mut line)).await??;
    let (progress, mut told) = mpsc::channel(16);
    let work = async {
        match serde_json::from_str(&line) {
            Ok(command) => running.command(command, progress).await,
            Err(error) => Err(error.into()),
        }
    };
    tokio::pin!(work);
    let result = loop {
        tokio::select! {
            result = &mut work => break result,
            Some(news) = told.recv() => send(&mut write, &news.into()).await?,
        }
    };
    while let Ok(news) = told.try_recv() {
        send(&mut write, &news.into()).await?;
    }
    let answer = match result {
        Ok(said) => Answer::Said(said),
        Err(error) => Answer::Error(format!("{error:#}")),
    };
    send(&mut write, &answer).await
}

async fn send(to: &mut (impl AsyncWriteExt + Unpin), answer: &Answer) -> Result<()> {
    let mut line = serde_json::to_string(answer)?;
    line.push('\n');
    Ok(to.write_all(line.as_bytes()).await?)
}

/// Whether there is a socket to ask a server by.
pub(crate) fn is_there(data: &Path) -> Result<bool> {
    path(data)
        .try_exists()
        .map_err(|error| refused(data, error))
}

/// Why a server that may well run can't be asked.
fn refused(data: &Path, error: std::io::Error) -> anyhow::Error {
    let folder = data.display();
    if error.kind() == ErrorKind::PermissionDenied {
        return anyhow!(
            "a server that runs in the folder {folder} can only be asked by its own user; run \
             this as that user, for example with sudo -u ludgate"
        );
    }
    anyhow::Error::new(error).context(format!("the server in the folder {folder} can't be asked"))
}

/// Whether a server runs on `data`.
pub(crate) async fn is_alive(data: &Path) -> Result<bool> {
    Ok(connect(data).await?.is_some())
}

async fn connect(data: &Path) -> Result<Option<UnixStream>> {
    match UnixStream::connect(path(data)).await {
        Ok(stream) => Ok(Some(stream)),
        // A server that was killed leaves its socket behind.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::ConnectionRefused
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(refused(data, error)),
    }
}

/// Asks the server that runs on `data`. `None` where none does.
pub(crate) async fn ask(
    data: &Path,
    command: &Command,
    mut on_the_way: impl FnMut(News),
) -> Result<Option<Said>> {
    let Some(mut stream) = connect(data).await? else {
        return Ok(None);
    };
    let mut line = serde_json::to_string(command)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).await?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next_line().await? {
        match serde_json::from_str(&line)? {
            Answer::Progress { done } => on_the_way(News::Progress(done)),
            Answer::Told(line) => on_the_way(News::Told(line)),
            Answer::Rows(rows) => on_the_way(News::Rows(rows)),
            Answer::Said(said) => return Ok(Some(said)),
            Answer::Error(error) => bail!(error),
        }
    }
    bail!("the server went away before it answered; its log may say why")
}
