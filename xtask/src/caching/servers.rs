//! The caches that are asked, each before a server of the suite's own.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::place::Place;
use crate::run::{Failed, which};

/// How often it is looked whether a server listens, and how long between: half a
/// minute in all, in which even Varnish has compiled its configuration.
const LOOKS: u32 = 300;
const PAUSE: Duration = Duration::from_millis(100);

/// A cache that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cache {
    Gate,
    Nginx,
    Varnish,
}

impl Cache {
    pub(super) const ALL: [Self; 3] = [Self::Gate, Self::Nginx, Self::Varnish];

    /// Starts it, and the suite's server behind it.
    pub(super) fn start(self, place: &Place, folder: &Path) -> Result<Running, Failed> {
        let (name, file) = match self {
            Self::Gate => ("gate", "ludgate.toml"),
            Self::Nginx => ("nginx", "nginx.conf"),
            Self::Varnish => ("varnish", "varnish.vcl"),
        };
        let dir =
            std::env::temp_dir().join(format!("ludgate-caching-{name}-{}", std::process::id()));
        let io = |error| Failed::new(format!("{}: {error}", dir.display()));
        fs::create_dir_all(&dir).map_err(io)?;
        let [origin, port, admin] = free_ports()?;
        let text = fs::read_to_string(folder.join(file)).map_err(io)?;
        let text = text
            .replace("@DIR@", &dir.display().to_string())
            .replace("@ORIGIN@", &origin.port().to_string())
            .replace("@PORT@", &port.port().to_string())
            .replace("@ADMIN@", &admin.port().to_string());
        let config = dir.join(file);
        fs::write(&config, text).map_err(io)?;
        let mut running = Running {
            address: port,
            children: Vec::new(),
            dir,
        };
        let mut server = Command::new("node");
        server
            .arg("node_modules/http-cache-tests/server/server.mjs")
            .current_dir(folder)
            .env("npm_config_protocol", "http")
            .env("npm_config_port", origin.port().to_string())
            .env("npm_config_pidfile", running.dir.join("server.pid"));
        running.add(server, origin)?;
        let cache = self.command(place, &config, &running.dir, port)?;
        running.add(cache, port)?;
        Ok(running)
    }

    fn command(
        self,
        place: &Place,
        config: &Path,
        dir: &Path,
        port: SocketAddr,
    ) -> Result<Command, Failed> {
        let program =
            |name: &str| which(name).ok_or_else(|| Failed::new(format!("{name} isn't installed")));
        let mut command;
        match self {
            Self::Gate => {
                command = Command::new(place.target().join("debug/ludgate"));
                command.args(["serve", "--config"]).arg(config);
            }
            Self::Nginx => {
                command = Command::new(program("nginx")?);
                command.arg("-c").arg(config);
            }
            Self::Varnish => {
                command = Command::new(program("varnishd")?);
                command
                    .args(["-F", "-j", "none", "-s", "malloc,100m"])
                    // What nobody says how long to keep isn't kept, as the suite
                    // asks; and what is stale is kept to be compared.
                    .args(["-p", "default_ttl=0", "-p", "default_grace=0"])
                    .args(["-p", "default_keep=10", "-a"])
                    .arg(port.to_string())
                    .arg("-f")
                    .arg(config)
                    .arg("-n")
                    .arg(dir.join("varnish"));
            }
        }
        Ok(command)
    }
}

/// A cache that is running, until this is dropped.
pub(super) struct Running {
    address: SocketAddr,
    children: Vec<Child>,
    dir: PathBuf,
}

impl Running {
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn add(&mut self, mut command: Command, address: SocketAddr) -> Result<(), Failed> {
        let line = format!("{command:?}");
        let log = self.dir.join(format!("{}.log", self.children.len()));
        let cannot = |error: std::io::Error| Failed::new(format!("`{line}`: {error}"));
        let file = fs::File::create(&log).map_err(cannot)?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone().map_err(cannot)?)
            .stderr(file);
        self.children.push(command.spawn().map_err(cannot)?);
        let mut looks = 0..LOOKS;
        // One that has ended never will, and something else may have its port.
        while looks.next().is_some() && !self.last_has_ended()? {
            if TcpStream::connect(address).is_ok() {
                return Ok(());
            }
            thread::park_timeout(PAUSE);
        }
        let said = fs::read_to_string(&log).unwrap_or_default();
        Err(Failed::new(format!(
            "`{line}` doesn't listen; it said: {said}"
        )))
    }

    fn last_has_ended(&mut self) -> Result<bool, Failed> {
        let last = self.children.last_mut();
        let ended = last.map_or(Ok(None), Child::try_wait);
        let ended = ended.map_err(|error| Failed::new(error.to_string()))?;
        Ok(ended.is_some())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for child in &mut self.children {
            // A kill would leave the children of nginx and Varnish behind.
            let id = child.id().to_string();
            let _ = Command::new("kill").arg(id).status();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Three ports that nobody listens on just now.
fn free_ports() -> Result<[SocketAddr; 3], Failed> {
    let failed = |error: std::io::Error| Failed::new(format!("no free port: {error}"));
    let mut sockets = Vec::new();
    for _ in 0..3 {
        sockets.push(TcpListener::bind("127.0.0.1:0").map_err(failed)?);
    }
    let mut ports = [SocketAddr::from(([127, 0, 0, 1], 0)); 3];
    for (port, socket) in ports.iter_mut().zip(&sockets) {
        *port = socket.local_addr().map_err(failed)?;
    }
    Ok(ports)
}
