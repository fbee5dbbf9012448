//! A server as a child process, pinned to a core and ended with its owner.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::clock;

/// How long a server may take to listen: one with a million subscribers gets to
/// know all of them first.
const START: Duration = Duration::from_mins(2);

/// A kernel tick, in which a process's time is counted: `getconf CLK_TCK` says
/// 100 on every Linux there is.
const TICKS: f64 = 100.0;

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts `command` on `core` and waits until `address` accepts.
    pub(crate) fn start(core: &str, command: &[&str], address: SocketAddr) -> Result<Self> {
        let mut server = Self {
            address,
            child: spawn(core, command)?,
        };
        server.wait_until(|| TcpStream::connect(address).is_ok())?;
        Ok(server)
    }

    /// Asks `ready` again and again.
    pub(crate) fn wait_until(&mut self, ready: impl Fn() -> bool) -> Result<()> {
        let start = clock::now();
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                anyhow::bail!("the server has ended before it was ready: {status}");
            }
            ensure!(
                start.elapsed() < START,
                "the server isn't ready after {START:?}"
            );
            clock::pause();
        }
        Ok(())
    }

    /// Time on a core so far, of the server and the workers it has started.
    pub(crate) fn busy(&self) -> Result<Duration> {
        let mut ticks = 0.0;
        for id in self.processes()? {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
            // The name in brackets may hold spaces; user and system time are
            // the 12th and 13th field after it.
            let (_, fields) = stat.rsplit_once(')').context("a process's state")?;
            for field in fields.split_whitespace().skip(11).take(2) {
                ticks += field.parse::<f64>()?;
            }
        }
        Ok(Duration::from_secs_f64(ticks / TICKS))
    }

    /// Memory that is really there, in bytes, of the server and the workers it
    /// has started. What they share counts for each.
    pub(crate) fn resident(&self) -> Result<u64> {
        let mut bytes = 0;
        for id in self.processes()? {
            let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
            let kilobytes = line
                .and_then(|line| line.split_whitespace().next())
                .context("VmRSS")?;
            bytes += kilobytes.parse::<u64>()? * 1024;
        }
        Ok(bytes)
    }

    fn processes(&self) -> Result<Vec<String>> {
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let children = children.split_whitespace().map(str::to_owned);
        Ok(children.chain([id.to_string()]).collect())
    }

    /// Ends it without a chance to tidy up.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, so that it ends its workers too; gone already is as good.
        if let Some(id) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        }
        let start = clock::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(5)
        {
            clock::pause();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(core: &str, command: &[&str]) -> Result<Child> {
    Command::new("taskset")
        .args(["-c", core])
        .args(command)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .with_context(|| format!("{} can't be started", command.join(" ")))
}

/// Ports that the system gives to no connection, as it does with those from 32,768
/// on: thousands are opened here while servers come and go.
const PORTS: u16 = 10_000;
const PORT_COUNT: u32 = 20_000;

/// An address that nobody listens on. Others on the machine begin to look at
/// another place.
pub(crate) fn free_port() -> Result<SocketAddr> {
    static LOOKED: AtomicU32 = AtomicU32::new(0);
    let next = || {
        let first = std::process::id().wrapping_mul(64);
        let place = first.wrapping_add(LOOKED.fetch_add(1, Ordering::Relaxed));
        let offset = u16::try_from(place % PORT_COUNT).unwrap_or_default();
        SocketAddr::from(([127, 0, 0, 1], PORTS + offset))
    };
    std::iter::repeat_with(next)
        .take(1_000)
        .find(|address| TcpListener::bind(address).is_ok())
        .context("no port is free")
}
