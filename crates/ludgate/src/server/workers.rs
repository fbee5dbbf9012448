//! The threads that serve readers.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Result, bail};
use gateway::{Entrance, Gate, Server};
use tokio::sync::watch;

use super::door::Door;
use crate::config;

/// A thread that serves readers. It ends with the number of connections that had
/// to be cut off.
pub(super) type Worker = JoinHandle<Result<usize>>;

/// One thread, one runtime each: a connection stays on its core.
pub(super) fn start(
    gate: &Arc<Gate>,
    door: Option<Arc<Door>>,
    config: &config::Server,
    listener: TcpListener,
    stopping: &watch::Receiver<bool>,
) -> Result<Vec<Worker>> {
    let mut server = Server::new(Arc::clone(gate), config.limits);
    if let Some(door) = door {
        server = server.behind(door as Arc<dyn Entrance>);
    }
    let server = Arc::new(server);
    let workers = (0..config.threads)
        .map(|number| {
            let listener = listener.try_clone()?;
            let (server, stopping) = (Arc::clone(&server), stopping.clone());
            let worker = std::thread::Builder::new().name(format!("readers-{number}"));
            Ok(worker.spawn(move || serve_readers(&server, listener, stopping))?)
        })
        .collect();
    drop(listener);
    workers
}

fn serve_readers(
    server: &Server,
    listener: TcpListener,
    stopping: watch::Receiver<bool>,
) -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        Ok(server.run(listener, stopping).await)
    })
}

/// Waits for all of them; how many connections had to be cut off.
pub(super) fn join(workers: Vec<Worker>) -> Result<usize> {
    let mut cut = 0;
    for worker in workers {
        match worker.join() {
            Ok(result) => cut += result?,
            Err(_) => bail!("a thread that served readers has failed"),
        }
    }
    Ok(cut)
}
