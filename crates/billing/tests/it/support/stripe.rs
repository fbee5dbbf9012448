//! Stripe, played by a few lines: it answers as a test says, and notes what it was
//! asked. What is on the wire is for the tests of `providers`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use parking_lot::Mutex;
use providers::payment::Provider;
use providers::stripe::{PublishableKey, SecretKey, Settings, Stripe, WebhookSecret};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The method and the path: `POST /v1/customers`.
    pub(crate) line: String,
    /// The idempotency key.
    pub(crate) key: String,
    pub(crate) body: String,
}

/// What was asked so far.
pub(crate) type Notes = Arc<Mutex<Vec<Asked>>>;

/// A status and a body; `None` for who hangs up.
pub(crate) type Said = Option<(u16, String)>;

/// A provider that answers so.
pub(crate) fn stripe(answer: impl Fn(&Asked) -> Said + Send + 'static) -> (Provider, Notes) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let notes = Notes::default();
    let noted = Arc::clone(&notes);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.and_then(|stream| serve(stream, &answer, &noted));
        }
    });
    let key = SecretKey::new("sk_test_of_the_tests").expect("a key");
    let publishable = PublishableKey::new("pk_test_of_the_tests").expect("a key");
    let secret = WebhookSecret::new("whsec_of_the_tests").expect("a secret");
    let settings = Settings {
        base: base.parse().expect("an address"),
        ..Settings::new(key, publishable, vec![secret])
    };
    let stripe = Stripe::new(settings).expect("an account");
    (Provider::Stripe(Box::new(stripe)), notes)
}

fn serve(
    mut stream: TcpStream,
    answer: &impl Fn(&Asked) -> Said,
    notes: &Notes,
) -> std::io::Result<()> {
    let mut from = BufReader::new(stream.try_clone()?);
    let (mut asked, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let line = line.trim_end();
        let Some(known) = &mut asked else {
            let line = line.trim_end_matches(" HTTP/1.1").to_owned();
            let (key, body) = (String::new(), String::new());
            asked = Some(Asked { line, key, body });
            continue;
        };
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "idempotency-key" => value.clone_into(&mut known.key),
            "content-length" => length = value.parse().expect("a length"),
            _ => {}
        }
    }
    let mut asked = asked.expect("a request");
    from.take(length).read_to_string(&mut asked.body)?;
    notes.lock().push(asked.clone());
    let Some((status, body)) = answer(&asked) else {
        return Ok(());
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
