//! A server as a child process, pinned to a core and ended with its owner.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::clock;

/// How long a server may take to listen.
const START: Duration = Duration::from_secs(30);

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
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let mut ticks = 0.0;
        for id in children
            .split_whitespace()
            .map(str::to_owned)
            .chain([id.to_string()])
        {
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

    /// Memory that is really there, in bytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line
            .and_then(|line| line.split_whitespace().next())
            .context("VmRSS")?;
        Ok(kilobytes.parse::<u64>()? * 1024)
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

/// An address that was free a moment ago.
pub(crate) fn free_port() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
