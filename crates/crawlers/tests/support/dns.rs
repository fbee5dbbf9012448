//! A DNS server over UDP on loopback that does as it is told, and counts what it
//! is asked. Other crates' tests have it too.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME, PTR};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use parking_lot::Mutex;
use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the server says to a question.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// These records; see [`ptr`], [`address`] and [`alias`].
    Records(Vec<Record>),
    /// An answer that says it is only the beginning.
    Truncated(Vec<Record>),
    /// An error.
    Error(ResponseCode),
    /// Bytes that aren't DNS, under the question's number.
    Garbage,
    /// Nothing, ever.
    Silence,
}

/// The questions that have a reply; all other names don't exist.
pub(crate) type Zone = HashMap<(String, RecordType), Reply>;

/// The server, while this lives.
pub(crate) struct Dns {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<(String, RecordType)>>>,
    open: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Dns {
    /// Starts a server that replies once it is open.
    pub(crate) async fn serve(zone: Zone, open: bool) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
        let address = socket.local_addr().expect("an address");
        let asked = Arc::default();
        let (open, gate) = watch::channel(open);
        let task = tokio::spawn(answer(
            Arc::new(socket),
            Arc::new(zone),
            Arc::clone(&asked),
            gate,
        ));
        Self {
            address,
            asked,
            open,
            task,
        }
    }

    /// Replies to all who wait, and from now on at once.
    pub(crate) fn open(&self) {
        self.open.send_replace(true);
    }

    /// How many questions there were.
    pub(crate) fn asked(&self) -> usize {
        self.asked.lock().len()
    }

    /// The types of the questions, in order.
    pub(crate) fn types(&self) -> Vec<RecordType> {
        self.asked.lock().iter().map(|(_, kind)| *kind).collect()
    }

    /// Whether this name was asked for.
    pub(crate) fn was_asked_for(&self, name: &str) -> bool {
        self.asked.lock().iter().any(|(asked, _)| asked == name)
    }
}

impl Drop for Dns {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    socket: Arc<UdpSocket>,
    zone: Arc<Zone>,
    asked: Arc<Mutex<Vec<(String, RecordType)>>>,
    gate: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 4096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            return;
        };
        let question = Message::from_vec(&buffer[..length]).expect("a question");
        let query = question.queries.first().expect("one query");
        let key = (key(query.name()), query.query_type());
        asked.lock().push(key.clone());
        let no_name = Reply::Error(ResponseCode::NXDomain);
        let reply = zone.get(&key).unwrap_or(&no_name);
        let Some(bytes) = written(&question, reply) else {
            continue;
        };
        let socket = Arc::clone(&socket);
        let mut gate = gate.clone();
        tokio::spawn(async move {
            if gate.wait_for(|open| *open).await.is_ok() {
                socket.send_to(&bytes, from).await.expect("sent");
            }
        });
    }
}

fn written(question: &Message, reply: &Reply) -> Option<Vec<u8>> {
    let mut response = Message::new(question.id, MessageType::Response, OpCode::Query);
    response.metadata.recursion_desired = true;
    response.metadata.recursion_available = true;
    response.queries.clone_from(&question.queries);
    match reply {
        Reply::Records(records) => response.answers.clone_from(records),
        Reply::Truncated(records) => {
            response.metadata.truncation = true;
            response.answers.clone_from(records);
        }
        Reply::Error(code) => response.metadata.response_code = *code,
        Reply::Garbage => {
            let mut bytes = question.id.to_be_bytes().to_vec();
            bytes.extend([0xff; 30]);
            return Some(bytes);
        }
        Reply::Silence => return None,
    }
    Some(response.to_vec().expect("a response"))
}

/// A name as the zone has it: lower case, no trailing dot.
fn key(name: &Name) -> String {
    name.to_lowercase()
        .to_ascii()
        .trim_end_matches('.')
        .to_owned()
}

/// The question for the names of an address.
pub(crate) fn reverse(address: &str) -> String {
    let address: IpAddr = address.parse().expect("an address");
    key(&Name::from(address))
}

pub(crate) fn name(text: &str) -> Name {
    let mut name = Name::from_ascii(text).expect("a name");
    name.set_fqdn(true);
    name
}

/// `owner` is another name for `target`.
pub(crate) fn ptr(owner: &str, target: &str) -> Record {
    Record::from_rdata(name(owner), 300, RData::PTR(PTR(name(target))))
}

/// `owner` has this address.
pub(crate) fn address(owner: &str, address: &str) -> Record {
    let data = match address.parse().expect("an address") {
        IpAddr::V4(v4) => RData::A(A(v4)),
        IpAddr::V6(v6) => RData::AAAA(AAAA(v6)),
    };
    Record::from_rdata(name(owner), 300, data)
}

/// `owner` is an alias of `target`.
pub(crate) fn alias(owner: &str, target: &str) -> Record {
    Record::from_rdata(name(owner), 300, RData::CNAME(CNAME(name(target))))
}

/// The address has these names.
pub(crate) fn names(of: &str, names: &[&str]) -> ((String, RecordType), Reply) {
    let owner = reverse(of);
    let records = names.iter().map(|name| ptr(&owner, name)).collect();
    ((owner, RecordType::PTR), Reply::Records(records))
}

/// The name has these addresses, all of one kind.
pub(crate) fn addresses(name: &str, of: &[&str]) -> ((String, RecordType), Reply) {
    let records = of.iter().map(|found| address(name, found)).collect();
    ((name.to_owned(), kind(of[0])), Reply::Records(records))
}

/// The type of record that an address is in.
pub(crate) fn kind(address: &str) -> RecordType {
    if address.contains(':') {
        RecordType::AAAA
    } else {
        RecordType::A
    }
}

/// A runtime that a thread of its own drives until the process ends, for tests
/// that have none.
pub(crate) fn on_a_thread() -> tokio::runtime::Handle {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let handle = runtime.handle().clone();
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    handle
}
