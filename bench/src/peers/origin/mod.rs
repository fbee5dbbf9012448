//! A site behind the gate and behind its peers: a thread of our own that has
//! everything ready, so that what is measured is whoever asks it.
//!
//! It sends the long story under as many addresses as are asked for, compressed
//! where that is asked for; films of 100 MB, out of a file in memory; and
//! pictures of 4 KB that may be kept, or not.

mod answers;

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use rustix::event::{Timespec, epoll};
use rustix::fs::sendfile;

use answers::{Answer, Answers};

pub(crate) use answers::{FILM, KEPT_PICTURE, PICTURE, STORIES};

/// More than any request that is sent here.
const REQUEST: usize = 8 * 1024;

/// How often it looks whether it is still needed.
const LOOK: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// What of a film is sent at once, so that all get on.
const PIECE: usize = 1 << 20;

/// The site, until it is dropped.
pub(crate) struct Origin {
    pub(crate) address: SocketAddr,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    is_over: AtomicBool,
    asked: AtomicU64,
    sent: AtomicU64,
}

impl Origin {
    /// Starts it. `story` makes the page of a story out of its name; it
    /// `compresses` stories where it is asked to, or not.
    pub(crate) fn start(
        story: impl Fn(&str) -> String + Send + 'static,
        compresses: bool,
    ) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::default());
        let answers = Answers::new(Box::new(story), compresses)?;
        let of_thread = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            if let Err(error) = serve(&listener, answers, &of_thread) {
                eprintln!("the site behind has failed: {error:#}");
            }
        });
        Ok(Self {
            address,
            state,
            thread: Some(thread),
        })
    }

    /// How many requests have come.
    pub(crate) fn asked(&self) -> u64 {
        self.state.asked.load(Ordering::Relaxed)
    }

    /// Bytes that have been sent of films.
    pub(crate) fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::Relaxed)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It has said itself what went wrong, if anything did.
            let _ = thread.join();
        }
    }
}

/// A connection: what has been heard of a request, and what is still to be sent.
struct Connection {
    stream: TcpStream,
    heard: Vec<u8>,
    sending: Option<Answer>,
}

fn serve(listener: &TcpListener, mut answers: Answers, state: &State) -> Result<()> {
    listener.set_nonblocking(true)?;
    let poll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let listening = u64::MAX;
    let tag = epoll::EventData::new_u64(listening);
    epoll::add(&poll, listener, tag, epoll::EventFlags::IN)?;
    let mut connections: Vec<Option<Connection>> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    let mut events = Vec::with_capacity(256);
    while !state.is_over.load(Ordering::Relaxed) {
        events.clear();
        match epoll::wait(
            &poll,
            rustix::buffer::spare_capacity(&mut events),
            Some(&LOOK),
        ) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => anyhow::bail!(error),
        }
        for event in &events {
            if event.data.u64() == listening {
                accept(listener, &poll, &mut connections, &mut free)?;
                continue;
            }
            let place = usize::try_from(event.data.u64())?;
            let slot = connections.get_mut(place).context("a connection")?;
            let Some(connection) = slot else { continue };
            // Whoever breaks off is let go.
            if !connection.go_on(&mut answers, state).unwrap_or(false) {
                *slot = None;
                free.push(place);
            }
        }
    }
    Ok(())
}

fn accept(
    listener: &TcpListener,
    poll: impl std::os::fd::AsFd,
    connections: &mut Vec<Option<Connection>>,
    free: &mut Vec<usize>,
) -> Result<()> {
    let stream = match listener.accept() {
        Ok((stream, _)) => stream,
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    let place = free.pop().unwrap_or_else(|| {
        connections.push(None);
        connections.len() - 1
    });
    let tag = epoll::EventData::new_u64(place as u64);
    let flags = epoll::EventFlags::IN | epoll::EventFlags::OUT | epoll::EventFlags::ET;
    epoll::add(poll, &stream, tag, flags)?;
    connections[place] = Some(Connection {
        stream,
        heard: Vec::new(),
        sending: None,
    });
    Ok(())
}

impl Connection {
    /// Reads, answers and sends until nothing more comes or is taken; whether the
    /// connection is still there.
    fn go_on(&mut self, answers: &mut Answers, state: &State) -> io::Result<bool> {
        loop {
            if !self.send(answers, state)? {
                return Ok(true);
            }
            if self.answer(answers, state) {
                continue;
            }
            let mut piece = [0; REQUEST];
            match self.stream.read(&mut piece) {
                Ok(0) => return Ok(false),
                Ok(read) if self.heard.len() + read > REQUEST => return Ok(false),
                Ok(read) => self.heard.extend_from_slice(&piece[..read]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(true),
                Err(error) => return Err(error),
            }
        }
    }

    /// Finds the answer to a request that is here; whether one is.
    fn answer(&mut self, answers: &mut Answers, state: &State) -> bool {
        let end = self.heard.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else { return false };
        state.asked.fetch_add(1, Ordering::Relaxed);
        self.sending = Some(answers.to(&self.heard[..end]));
        self.heard.drain(..end + 4);
        true
    }

    /// Sends what is to be sent; whether all of it has been taken.
    fn send(&mut self, answers: &Answers, state: &State) -> io::Result<bool> {
        while let Some(answer) = &mut self.sending {
            let Answer { bytes, at, film } = answer;
            let sent = if *at < bytes.len() {
                self.stream.write(&bytes[*at..]).inspect(|sent| *at += sent)
            } else if *film > 0 {
                let (reel, mut offset, most) = answers.film(*film);
                let sent = sendfile(&self.stream, reel, Some(&mut offset), most.min(PIECE));
                sent.map_err(io::Error::from).inspect(|&sent| {
                    *film -= sent;
                    state.sent.fetch_add(sent as u64, Ordering::Relaxed);
                })
            } else {
                self.sending = None;
                break;
            };
            match sent {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}
