//! The least that can be done: a loop that reads whatever comes and writes the
//! same bytes back, without looking at either. What is left of its figure after
//! everything a server does is that server's; nothing here serves faster.

use std::io::{ErrorKind, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use anyhow::{Context, Result, bail};
use rustix::event::epoll;

use super::SERVER_CORE;
use super::process::{Server, free_port};

/// The word on the command line that makes the benchmark be such a loop.
pub(crate) const WORD: &str = "--bare";

/// More than any request that is sent here.
const REQUEST: usize = 16 * 1024;

/// Starts the loop, which answers with `bytes` of body.
pub(crate) fn bare(bytes: usize) -> Result<Server> {
    let program = std::env::current_exe()?;
    let address = free_port()?;
    let command = [
        &*program.to_string_lossy(),
        WORD,
        &address.to_string(),
        &bytes.to_string(),
    ];
    Server::start(SERVER_CORE, &command, address)
}

/// Is the loop, until it is ended. `words` are what follows [`WORD`].
pub(crate) fn serve(words: &[String]) -> Result<()> {
    let [address, bytes] = words else {
        bail!("{WORD} takes an address and a number of bytes");
    };
    let address: SocketAddr = address.parse()?;
    let body = vec![b'x'; bytes.parse()?];
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let listener = TcpListener::bind(address)?;
    let poll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let listening = u64::MAX;
    let tag = epoll::EventData::new_u64(listening);
    epoll::add(&poll, &listener, tag, epoll::EventFlags::IN)?;
    let mut connections: Vec<Option<TcpStream>> = Vec::new();
    let mut request = vec![0; REQUEST];
    let mut events = Vec::with_capacity(128);
    loop {
        events.clear();
        match epoll::wait(&poll, rustix::buffer::spare_capacity(&mut events), None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => bail!(error),
        }
        for event in &events {
            if event.data.u64() == listening {
                let (stream, _) = listener.accept()?;
                stream.set_nodelay(true)?;
                stream.set_nonblocking(true)?;
                let tag = epoll::EventData::new_u64(connections.len() as u64);
                let flags = epoll::EventFlags::IN | epoll::EventFlags::ET;
                epoll::add(&poll, &stream, tag, flags)?;
                connections.push(Some(stream));
                continue;
            }
            let place = usize::try_from(event.data.u64())?;
            let connection = connections.get_mut(place).context("a connection")?;
            let Some(stream) = connection else { continue };
            match stream.read(&mut request) {
                Ok(1..) => answer(stream, head.as_bytes(), &body)?,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Ok(0) | Err(_) => *connection = None,
            }
        }
    }
}

fn answer(stream: &mut TcpStream, head: &[u8], body: &[u8]) -> Result<()> {
    let slices = [IoSlice::new(head), IoSlice::new(body)];
    let written = stream.write_vectored(&slices)?;
    // The socket's buffer is empty and takes a page whole.
    anyhow::ensure!(written == head.len() + body.len(), "a short write");
    Ok(())
}
