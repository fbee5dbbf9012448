//! Starting the program, talking to it, ending it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long the machine may take for anything before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs a command to its end.
pub(crate) fn ludgate(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ludgate"))
        .args(args)
        .env_remove("LUDGATE_CONFIG")
        .stdin(Stdio::null())
        .output()
        .expect("the program")
}

/// Standard output and error of a command, and its exit code.
pub(crate) fn said(args: &[&str]) -> (i32, String) {
    let output = ludgate(args);
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// A folder that `init` has written, with listeners of its own.
pub(crate) struct Paper {
    pub(crate) dir: tempfile::TempDir,
}

impl Paper {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let (code, text) = said(&["init", dir.path().to_str().expect("a path")]);
        assert_eq!(code, 0, "{text}");
        let paper = Self { dir };
        let [readers, admin] = free_ports();
        paper.edit("ludgate.toml", |text| {
            text.replace("127.0.0.1:8081", &admin.to_string())
                .replace("127.0.0.1:8080", &readers.to_string())
        });
        paper
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    pub(crate) fn config(&self) -> String {
        self.path("ludgate.toml")
            .to_str()
            .expect("a path")
            .to_owned()
    }

    pub(crate) fn data(&self) -> String {
        self.path("data").to_str().expect("a path").to_owned()
    }

    /// Changes a file of the folder.
    pub(crate) fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.path(file);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(path, change(old)).expect("a file");
    }

    /// Adds a metered story of many paragraphs.
    pub(crate) fn story(&self, slug: &str) {
        let paragraphs: Vec<String> = (0..20)
            .map(|number| {
                format!("Paragraph {number} of {slug} has a dozen words about rope and tide.")
            })
            .collect();
        let text = format!(
            "+++\ntitle = \"The story called {slug}\"\nstandfirst = \"What it adds.\"\n\
             label = \"This paper\"\nbyline = [\"The Editor\"]\n\
             published = 2026-01-02T06:00:00Z\nsection = \"news\"\ntags = [\"this-paper\"]\n\
             tier = \"metered\"\n+++\n\n{}\n",
            paragraphs.join("\n\n")
        );
        std::fs::write(self.path(&format!("content/stories/{slug}.md")), text).expect("a file");
    }

    /// Serves, and sends hang-ups as soon as the readers' address is open.
    pub(crate) fn serve_hung_up(&self) -> Server {
        let config = std::fs::read_to_string(self.path("ludgate.toml")).expect("a file");
        let listen = config.split("listen = \"").nth(1).expect("an address");
        let listen: SocketAddr = listen
            .split('"')
            .next()
            .and_then(|address| address.parse().ok())
            .expect("an address");
        let mut server = Server::spawn(&["serve", "--config", &self.config()]);
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(listen).is_err() {
            assert!(Instant::now() < end, "it never listened");
            std::thread::yield_now();
        }
        server.signal("HUP");
        server.wait_until_ready("serve");
        server
    }

    /// Serves, started by another command that is given the program and its
    /// arguments.
    pub(crate) fn serve_by(&self, command: &[&str]) -> Server {
        let program = env!("CARGO_BIN_EXE_ludgate");
        let args = [program, "serve", "--config", &self.config()];
        let mut server =
            Server::spawn_command(Command::new(command[0]).args(&command[1..]).args(args));
        server.wait_until_ready("serve");
        server
    }

    /// What it says where it doesn't start; the exit code.
    pub(crate) fn starts_and_ends(&self) -> (Option<i32>, String) {
        Server::spawn(&["serve", "--config", &self.config()]).ended_saying()
    }

    pub(crate) fn serve(&self) -> Server {
        Server::start(&["serve", "--config", &self.config()])
    }
}

/// Ports that the system gives to no connection, as it does with those from 32,768
/// on: between the look here and the start of what is to listen there, one of those
/// may be somebody's.
const PORTS: u16 = 10_000;
const PORT_COUNT: u32 = 20_000;

/// Two ports that nobody listens on. Tests are processes of their own, and each
/// begins to look at another place.
pub(crate) fn free_ports() -> [SocketAddr; 2] {
    static LOOKED: AtomicU32 = AtomicU32::new(0);
    let next = || {
        let first = std::process::id().wrapping_mul(16);
        let place = first.wrapping_add(LOOKED.fetch_add(1, Ordering::Relaxed));
        let offset = u16::try_from(place % PORT_COUNT).expect("few enough");
        SocketAddr::from(([127, 0, 0, 1], PORTS + offset))
    };
    let mut free = std::iter::repeat_with(next)
        .take(1_000)
        .filter(|address| TcpListener::bind(address).is_ok());
    [(); 2].map(|()| free.next().expect("a port"))
}

/// A server that is running.
pub(crate) struct Server {
    child: Child,
    log: Receiver<String>,
    pub(crate) seen: String,
    pub(crate) readers: SocketAddr,
    pub(crate) admin: SocketAddr,
}

impl Server {
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut server = Self::spawn(args);
        server.wait_until_ready(args[0]);
        server
    }

    fn spawn(args: &[&str]) -> Self {
        Self::spawn_command(Command::new(env!("CARGO_BIN_EXE_ludgate")).args(args))
    }

    fn spawn_command(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let (lines, log) = channel();
        let pipes: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("standard output")),
            Box::new(child.stderr.take().expect("standard error")),
        ];
        for pipe in pipes {
            let lines = lines.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    let _ = lines.send(line);
                }
            });
        }
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            child,
            log,
            seen: String::new(),
            readers: nowhere,
            admin: nowhere,
        }
    }

    fn wait_until_ready(&mut self, command: &str) {
        if command == "demo" {
            self.wait_for("Stop with Ctrl-C");
            self.readers = self.address_after("is at  http://");
            self.admin = self.address_after("metrics are at        http://");
        } else {
            self.wait_for("ready");
            let json = self.seen.contains("\"readers\":\"");
            let [readers, admin] = if json {
                ["readers\":\"", "admin\":\""]
            } else {
                ["readers=", "admin="]
            };
            self.readers = self.address_after(readers);
            self.admin = self.address_after(admin);
        }
    }

    fn address_after(&self, words: &str) -> SocketAddr {
        let rest = self
            .seen
            .split(words)
            .nth(1)
            .unwrap_or_else(|| panic!("{}", self.seen));
        let address = rest
            .split(|c: char| c != '.' && c != ':' && !c.is_ascii_digit())
            .next();
        address.expect("an address").parse().expect("an address")
    }

    /// Reads the log until a line has `words` in it.
    pub(crate) fn wait_for(&mut self, words: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.log.recv_timeout(left) {
                Ok(line) => {
                    self.seen.push_str(&line);
                    self.seen.push('\n');
                    if line.contains(words) {
                        return;
                    }
                }
                Err(error) => panic!("{error}: never said \"{words}\", but:\n{}", self.seen),
            }
        }
    }

    pub(crate) fn get(&self, path: &str, headers: &str) -> (u16, String) {
        get(self.readers, path, headers)
    }

    /// How many bytes of memory it has ever held at once.
    pub(crate) fn most_memory(&self) -> u64 {
        let file = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(file).expect("a running child");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        let kilobytes: u64 = number.expect("a size").parse().expect("a number");
        kilobytes * 1024
    }

    /// Has the most memory counted anew from now on (`proc_pid_clear_refs(5)`).
    pub(crate) fn forget_most_memory(&self) {
        let file = format!("/proc/{}/clear_refs", self.child.id());
        std::fs::write(file, "5").expect("a running child");
    }

    /// Sends a signal by its number.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .expect("kill");
        assert!(sent.success());
    }

    /// Kills it, as `kill -9` does, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("a running child");
        self.child.wait().expect("its end");
    }

    /// Waits for the end; the exit code.
    pub(crate) fn ended(self) -> Option<i32> {
        self.ended_saying().0
    }

    /// Waits for the end; the exit code, and all of the log.
    pub(crate) fn ended_saying(mut self) -> (Option<i32>, String) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("a child") {
                // Ends when the pipes do.
                let rest: Vec<String> = self.log.iter().collect();
                return (status.code(), self.seen.clone() + &rest.join("\n"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("didn't end:\n{}", self.seen)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A GET on a connection of its own: the status, and the whole response.
pub(crate) fn get(to: SocketAddr, path: &str, headers: &str) -> (u16, String) {
    ask(to, "GET", path, headers)
}

pub(crate) fn ask(to: SocketAddr, method: &str, path: &str, headers: &str) -> (u16, String) {
    let (head, body) = bytes(to, method, path, headers);
    let text = format!("{head}\r\n\r\n{}", String::from_utf8_lossy(&body));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0);
    (status, text)
}

/// The head of a response and its body as they come.
pub(crate) fn bytes(to: SocketAddr, method: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    let request =
        format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.expect("the end of a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    (head, bytes.split_off(end + 4))
}

/// The cookie that a response sets, as a request's header line.
pub(crate) fn cookie(response: &str) -> String {
    let set = response.split("set-cookie: ").nth(1).expect("a cookie");
    format!("Cookie: {}\r\n", set.split(';').next().expect("a value"))
}

/// The decision that a response names.
pub(crate) fn decision(response: &str) -> &str {
    let field = response
        .split("ludgate-decision: ")
        .nth(1)
        .unwrap_or("none\r\n");
    field.lines().next().unwrap_or_default()
}

pub(crate) fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
