//! The loop itself.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use hdrhistogram::Histogram;
use rustix::event::{Timespec, epoll};
use rustix::net::{RecvFlags, recv};

use super::answer::{Answer, Wants};
use super::paths::Paths;
use super::readers::Readers;
use crate::clock;

/// What is read at once: more than a story, so that one call usually does.
const BUFFER: usize = 256 * 1024;

/// The generator doesn't sleep where a core is its own: an open loop must not miss
/// the next due time, and waking a sleeper would be charged to whichever server is
/// being measured.
const AT_ONCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 0,
};

/// How long it sleeps where servers have its core too: what is due may be so
/// late, which is little beside what readers wait then.
const NAP: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 200_000,
};

/// What is read of one response before others have their turn: a large file would
/// else be read to its end.
const AT_A_TIME: usize = 16;

/// Pages that are kept to be looked at: some megabytes.
const KEPT: usize = 1 << 14;

/// How long nothing at all may arrive before the run is given up.
const STALLED: Duration = Duration::from_secs(5);

/// More than passes between two readings of the clock while the generator has its
/// core: it reads at most a response in between, some 20 µs.
const PAUSE: Duration = Duration::from_micros(200);

/// When requests are sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// As soon as the connection was answered.
    Closed,
    /// So many a second.
    Open(f64),
}

/// What is asked of a server.
#[derive(Clone)]
pub(crate) struct Load<'a> {
    pub(crate) address: SocketAddr,
    pub(crate) paths: Paths<'a>,
    pub(crate) wants: Wants,
    pub(crate) readers: &'a Readers,
    /// The first reader to ask, for runs that continue another.
    pub(crate) from: usize,
    pub(crate) connections: usize,
    pub(crate) pace: Pace,
    /// Whether it sleeps while there is nothing to do: where servers have its core
    /// too.
    pub(crate) naps: bool,
    pub(crate) lasts: Duration,
    /// Ends earlier, after so many requests.
    pub(crate) requests: u64,
}

/// What came of it.
pub(crate) struct Outcome {
    pub(crate) answered: u64,
    pub(crate) bytes: u64,
    pub(crate) took: Duration,
    /// How much of the time the generator was at work, of 1; for the rest it
    /// asked in vain whether anything had come.
    pub(crate) own: f64,
    /// How long the generator itself stood still: it reads the clock all the time,
    /// so what lies between two readings and is longer than any work was taken
    /// from it.
    pub(crate) paused: Duration,
    /// Nanoseconds from when a request was due to its last byte.
    pub(crate) latency: Histogram<u64>,
    /// The same of those that were told that there is no time.
    pub(crate) refused: Histogram<u64>,
    /// Requests that were due and never sent, because all connections waited.
    pub(crate) unsent: usize,
    /// The bodies of pages, where they are kept.
    pub(crate) pages: Vec<Vec<u8>>,
}

impl Outcome {
    #[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
    pub(crate) fn rate(&self) -> f64 {
        self.answered as f64 / self.took.as_secs_f64()
    }

    pub(crate) fn quantile(&self, quantile: f64) -> Duration {
        Duration::from_nanos(self.latency.value_at_quantile(quantile))
    }

    /// The same of those that were told that there is no time.
    pub(crate) fn refused_within(&self, quantile: f64) -> Duration {
        Duration::from_nanos(self.refused.value_at_quantile(quantile))
    }
}

struct Connection {
    stream: TcpStream,
    answer: Answer,
    /// When the request under way was due.
    due: Instant,
}

struct Generator<'a> {
    load: &'a Load<'a>,
    connections: Vec<Connection>,
    idle: Vec<usize>,
    request: Vec<u8>,
    /// Where in the request the path's number goes, and the cookie's value.
    number: usize,
    cookie: usize,
    buffer: Vec<u8>,
    sent: u64,
    /// The last reading of the clock.
    seen: Instant,
    outcome: Outcome,
}

/// Runs the load.
pub(crate) fn run(load: &Load<'_>) -> Result<Outcome> {
    let poll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let mut connections = Vec::new();
    let start = clock::now();
    for index in 0..load.connections {
        let stream = TcpStream::connect_timeout(&load.address, Duration::from_secs(2))?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let tag = epoll::EventData::new_u64(index as u64);
        epoll::add(&poll, &stream, tag, epoll::EventFlags::IN)?;
        connections.push(Connection {
            stream,
            answer: Answer::new(load.wants),
            due: start,
        });
    }
    let (request, number, cookie) = request(load);
    let generator = Generator {
        load,
        idle: (0..connections.len()).collect(),
        connections,
        request,
        number,
        cookie,
        buffer: vec![0; BUFFER],
        sent: 0,
        seen: start,
        outcome: Outcome {
            answered: 0,
            bytes: 0,
            took: Duration::ZERO,
            own: 0.0,
            paused: Duration::ZERO,
            latency: Histogram::new(3)?,
            refused: Histogram::new(3)?,
            unsent: 0,
            pages: Vec::new(),
        },
    };
    generator.run(&poll)
}

/// What a browser sends, with room for the path's number and the cookie's value.
fn request(load: &Load<'_>) -> (Vec<u8>, usize, usize) {
    let path = load.paths.first();
    let number = "GET ".len() + path.len() - load.paths.digits();
    let mut request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) \
         Gecko/20100101 Firefox/140.0\r\nAccept: text/html,application/xhtml+xml,application/xml;\
         q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip\r\n\
         Cookie: ludgate=",
        path, load.address
    )
    .into_bytes();
    let cookie = request.len();
    request.extend_from_slice(load.readers.value(0));
    request.extend_from_slice(b"\r\n\r\n");
    (request, number, cookie)
}

impl Generator<'_> {
    fn run(mut self, poll: &impl std::os::fd::AsFd) -> Result<Outcome> {
        let start = clock::now();
        self.seen = start;
        let mut in_vain = Duration::ZERO;
        let mut waiting: VecDeque<Instant> = VecDeque::new();
        let mut scheduled = 0_u32;
        let mut events = Vec::with_capacity(self.connections.len());
        let mut heard = start;
        loop {
            let now = self.look();
            let over = now - start >= self.load.lasts || self.sent >= self.load.requests;
            let under_way = self.connections.len() - self.idle.len();
            if over && under_way == 0 {
                self.outcome.unsent = waiting.len();
                break;
            }
            ensure!(
                now - heard < STALLED,
                "nothing arrives any more from {}",
                self.load.address
            );
            if !over {
                if let Pace::Open(rate) = self.load.pace {
                    while let due = start + Duration::from_secs_f64(f64::from(scheduled) / rate)
                        && due <= now
                    {
                        waiting.push_back(due);
                        scheduled += 1;
                    }
                }
                self.send(&mut waiting, now)?;
            }
            events.clear();
            match epoll::wait(
                poll,
                rustix::buffer::spare_capacity(&mut events),
                Some(if self.load.naps { &NAP } else { &AT_ONCE }),
            ) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => bail!(error),
            }
            if events.is_empty() {
                // A peer's database may live on this core.
                rustix::thread::sched_yield();
                in_vain += now.elapsed();
            }
            for event in &events {
                let index = usize::try_from(event.data.u64())?;
                self.receive(index)?;
                heard = now;
            }
        }
        self.outcome.took = start.elapsed();
        self.outcome.own = 1.0 - in_vain.as_secs_f64() / self.outcome.took.as_secs_f64();
        Ok(self.outcome)
    }

    /// The time, and how long it has stood still for us.
    fn look(&mut self) -> Instant {
        let now = clock::now();
        self.outcome.paused += beyond(now - self.seen);
        self.seen = now;
        now
    }

    /// Gives due requests to connections that are free.
    fn send(&mut self, waiting: &mut VecDeque<Instant>, now: Instant) -> Result<()> {
        while self.sent < self.load.requests && !self.idle.is_empty() {
            let due = match self.load.pace {
                Pace::Closed => now,
                Pace::Open(_) => match waiting.pop_front() {
                    Some(due) => due,
                    None => break,
                },
            };
            let Some(index) = self.idle.pop() else { break };
            let turn = self.load.from + usize::try_from(self.sent)?;
            let (number, reader) = self.load.paths.at(turn);
            let digits = self.load.paths.digits();
            if digits > 0 {
                write!(&mut self.request[self.number..], "{number:0digits$}")?;
            }
            let value = self.load.readers.value(reader);
            self.request[self.cookie..self.cookie + value.len()].copy_from_slice(value);
            let connection = &mut self.connections[index];
            connection.due = due;
            // A request fits the socket's buffer, which is empty.
            ensure!(
                connection.stream.write(&self.request)? == self.request.len(),
                "a short write"
            );
            self.sent += 1;
        }
        Ok(())
    }

    fn receive(&mut self, index: usize) -> Result<()> {
        let connection = &mut self.connections[index];
        for _ in 0..AT_A_TIME {
            let (read, is_complete) = match connection.read(&mut self.buffer) {
                Ok(read) => read?,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            self.outcome.bytes += read as u64;
            let now = clock::now();
            self.outcome.paused += beyond(now - self.seen);
            self.seen = now;
            if is_complete {
                let wants = self.load.wants;
                let answer = std::mem::replace(&mut connection.answer, Answer::new(wants));
                let took = now - connection.due;
                self.idle.push(index);
                return self.outcome.note(answer, took);
            }
        }
        Ok(())
    }
}

impl Connection {
    /// Reads once: how much, and whether the response is complete.
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<Result<(usize, bool)>> {
        let idle = self.answer.idle_bytes();
        if idle >= buffer.len() {
            // Of a large file only the length counts: the system drops what
            // it holds, and whoever has sent it is what is measured.
            let (_, dropped) = recv(&self.stream, &mut *buffer, RecvFlags::TRUNC)?;
            return Ok(match dropped {
                0 => Err(closed()),
                dropped => Ok((dropped, self.answer.pass_over(dropped))),
            });
        }
        let read = self.stream.read(buffer)?;
        Ok(if read == 0 {
            Err(closed())
        } else {
            let is_complete = self.answer.take(&buffer[..read]);
            is_complete.map(|is_complete| (read, is_complete))
        })
    }
}

fn closed() -> anyhow::Error {
    anyhow::anyhow!("the server has closed a connection")
}

impl Outcome {
    /// Notes an answer that came `took` after it was due.
    fn note(&mut self, answer: Answer, took: Duration) -> Result<()> {
        let took = u64::try_from(took.as_nanos())?;
        if answer.is_refusal() {
            self.refused.record(took)?;
            return Ok(());
        }
        self.answered += 1;
        self.latency.record(took)?;
        let page = answer.into_page();
        if !page.is_empty() && self.pages.len() < KEPT {
            self.pages.push(page);
        }
        Ok(())
    }
}

/// A gap that no work explains, else nothing.
fn beyond(gap: Duration) -> Duration {
    if gap > PAUSE { gap } else { Duration::ZERO }
}
