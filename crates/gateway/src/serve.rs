//! Listening: connections in, responses out, and an orderly end.
//!
//! Every wait has a bound: for a request's head, for a client that doesn't
//! read, for connections, and for the end itself.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::admission::{self, Admission};
use crate::connection::{Connection, Knocking};
use crate::entrance::{Door, Entrance};
use crate::gate::Gate;
use crate::leaving::Leaving;
use crate::refused::Refused;

/// How long accepting rests after the system refused to (no descriptors left).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How patient the server is, and with how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at a time. Whoever else comes is told that there is no
    /// place, or hung up on where there is an [`Entrance`], through which a fourth
    /// of them may be on their way; more of those wait in the kernel's queue.
    pub connections: usize,
    /// For the whole head of the next request, idling included.
    pub head: Duration,
    /// For a client to take the next bytes of a response.
    pub stall: Duration,
    /// For open connections to finish when the server stops.
    pub drain: Duration,
}

/// Serves a gate on any number of threads.
pub struct Server {
    gate: Arc<Gate>,
    limits: Limits,
    connections: Arc<Semaphore>,
    leaving: Leaving,
    door: Option<Door>,
}

/// A socket with somebody on it.
struct Accepted {
    socket: TcpStream,
    peer: SocketAddr,
    /// Its place among the connections.
    place: OwnedSemaphorePermit,
    knocking: Option<Knocking>,
}

impl Server {
    /// A server for `gate`.
    pub fn new(gate: Arc<Gate>, limits: Limits) -> Self {
        let connections = Arc::new(Semaphore::new(limits.connections));
        Self {
            gate,
            limits,
            connections,
            leaving: Leaving::default(),
            door: None,
        }
    }

    /// The same server, whose connections all come through `entrance`.
    #[must_use]
    pub fn behind(mut self, entrance: Arc<dyn Entrance>) -> Self {
        self.door = Some(Door::new(entrance, self.limits.connections));
        self
    }

    /// Serves connections of `listener` on the current thread's runtime until
    /// `stop` turns true; then lets open ones finish, until the deadline.
    /// Returns how many had to be cut off.
    pub async fn run(&self, listener: TcpListener, mut stop: watch::Receiver<bool>) -> usize {
        let graceful = GracefulShutdown::new();
        let admission = Arc::new(Admission::default());
        let world = self.gate.world().clone();
        let watching = tokio::spawn(admission::watch(Arc::clone(&admission), world));
        loop {
            let accepted = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                accepted = self.accept(&listener) => accepted,
            };
            let Some(accepted) = accepted else {
                continue;
            };
            let connection = Connection {
                gate: Arc::clone(&self.gate),
                limits: self.limits,
                peer: accepted.peer.ip(),
                admission: Arc::clone(&admission),
                watcher: graceful.watcher(),
            };
            let stop = stop.clone();
            tokio::spawn(async move {
                connection
                    .serve(accepted.socket, accepted.knocking, stop)
                    .await;
                drop(accepted.place);
            });
        }
        drop(listener);
        let open = graceful.count();
        let ended = tokio::time::timeout(self.limits.drain, graceful.shutdown()).await;
        watching.abort();
        if ended.is_ok() { 0 } else { open }
    }

    async fn accept(&self, listener: &TcpListener) -> Option<Accepted> {
        let knocking = match &self.door {
            None => None,
            Some(door) => Some(Knocking::at(door).await?),
        };
        match listener.accept().await {
            Ok((socket, peer)) => {
                // A page is one write; waiting for more to send would only
                // hold back its last bytes.
                let _ = socket.set_nodelay(true);
                let Ok(place) = Arc::clone(&self.connections).try_acquire_owned() else {
                    self.gate.metrics().refused(Refused::Full);
                    if self.door.is_none() {
                        self.leaving.see_out(socket);
                    }
                    return None;
                };
                Some(Accepted {
                    socket,
                    peer,
                    place,
                    knocking,
                })
            }
            Err(error) => {
                tracing::warn!(%error, "a connection can't be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                None
            }
        }
    }
}
