//! Every letter to a real server, over TLS, read by Python's own parser.
//! `LUDGATE_PYTHON` names a Python that has aiosmtpd.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is told where Python is by the environment"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use jiff::Timestamp;
use ludgate_letters::{Letters, Places, Reader, Sender, Sent, Settings, samples};
use prompts::Messages;
use providers::mail::{Login, Mailer, Password, Smtp, SmtpSettings};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// aiosmtpd, by the script that the providers' tests use.
struct Server {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn new(certificate: &Path, key: &Path) -> Self {
        let python = std::env::var("LUDGATE_PYTHON").expect("LUDGATE_PYTHON names a Python");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../providers/tests/real/post.py");
        let mut child = Command::new(python)
            .arg("-B")
            .arg(script)
            .arg("tls")
            .args([certificate, key])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let said = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, said }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("a line");
        assert!(line.ends_with('\n'), "the server has ended: {line:?}");
        line.trim_end().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An authority, and a certificate of it for this machine with its key.
fn papers(dir: &Path) -> [PathBuf; 3] {
    let mut params = CertificateParams::new(Vec::new()).expect("an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let authority = params.self_signed(&key).expect("an authority");
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, &issuer).expect("a certificate");
    let written = [
        ("authority.pem", authority.pem()),
        ("certificate.pem", certificate.pem()),
        ("key.pem", key.serialize_pem()),
    ];
    written.map(|(name, text)| {
        let path = dir.join(name);
        std::fs::write(&path, text).expect("written");
        path
    })
}

fn letters() -> Letters {
    let settings = Settings {
        publication: "The Ludgate Review".to_owned(),
        places: Places::new("https://review.example", "/-/"),
        from: "post@review.example".parse().expect("an address"),
        reply_to: Some("care@review.example".parse().expect("an address")),
        imprint: vec!["The Ludgate Review Ltd".to_owned()],
    };
    let messages = Arc::new(Messages::builtin().expect("messages"));
    Letters::load(None, messages, settings).expect("letters")
}

fn sender(port: u16, authority: PathBuf) -> Sender {
    let smtp = Smtp::new(SmtpSettings {
        port,
        login: Some(Login {
            user: "post".to_owned(),
            password: Password::new("open sesame"),
        }),
        authorities: Some(authority),
        ..SmtpSettings::new("localhost", "review.example")
    });
    Sender::new(letters(), Mailer::Smtp(smtp.expect("a server")))
}

#[tokio::test]
#[ignore = "asks aiosmtpd"]
async fn every_letter_arrives_as_it_was_written_in_every_locale() {
    let dir = tempfile::tempdir().expect("a folder");
    let [authority, certificate, key] = papers(dir.path());
    let mut server = Server::new(&certificate, &key);
    let sender = sender(server.line().parse().expect("a port"), authority);
    let date: Timestamp = "2026-11-28T12:00:00Z".parse().expect("a time");
    let letters = letters();
    for locale in letters.locales() {
        for (index, letter) in samples::all().iter().enumerate() {
            let reader = Reader {
                to: "anna@example.com".parse().expect("an address"),
                name: Some("Zoë 読者".to_owned()),
                locale: locale.clone(),
            };
            let job = format!("{locale}/{index}");
            let sent = sender.send(&job, letter, &reader, date).await;
            assert_eq!(sent, Sent::Yes, "{job}");
            let got: serde_json::Value =
                serde_json::from_str(&server.line()).expect("what arrived");
            let written = letters.write(letter, reader.name.as_deref(), locale);
            let written = written.expect("a letter");
            let part = |name: &str| got[name].as_str().expect(name).replace("\r\n", "\n");
            assert_eq!(got["defects"].as_array().map(Vec::len), Some(0), "{got}");
            assert_eq!(got["headers"]["Subject"], written.subject.as_str(), "{job}");
            assert_eq!(got["headers"]["Reply-To"], "care@review.example");
            assert_eq!(part("plain"), written.text, "{job}");
            assert_eq!(part("html"), written.html, "{job}");
        }
    }
}
