//! Mail to a real server, over TLS, read by Python's own parser.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ludgate_providers::mail::{
    Line, Link, Login, Mailbox, Message, MessageId, Password, Security, SendError, SendNext, Smtp,
    SmtpSettings,
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::judge::Judge;

/// An authority, and a certificate of it for a name.
struct Papers {
    authority: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

impl Papers {
    fn new(dir: &Path, name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("an authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let authority = params.self_signed(&key).expect("an authority");
        let issuer = Issuer::new(params, key);
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &issuer).expect("a certificate");
        let write = |name: &str, text: String| {
            let path = dir.join(name);
            std::fs::write(&path, text).expect("written");
            path
        };
        Self {
            authority: write("authority.pem", authority.pem()),
            certificate: write("certificate.pem", certificate.pem()),
            key: write("key.pem", key.serialize_pem()),
        }
    }

    fn server(&self, security: &str) -> (Judge, u16) {
        let mut judge = Judge::with(
            "post.py",
            &[
                security.as_ref(),
                self.certificate.as_ref(),
                self.key.as_ref(),
            ],
        );
        let port = judge.line().parse().expect("a port");
        (judge, port)
    }
}

fn settings(port: u16, security: Security, authority: Option<&Path>) -> SmtpSettings {
    SmtpSettings {
        port,
        security,
        login: Some(Login {
            user: "post".to_owned(),
            password: Password::new("open sesame"),
        }),
        authorities: authority.map(Path::to_owned),
        ..SmtpSettings::new("localhost", "review.example")
    }
}

fn letter() -> Message {
    let from: ludgate_providers::mail::Address = "post@bücher.example".parse().expect("an address");
    let long =
        "A line that is a good deal longer than anything that may go over the wire. ".repeat(40);
    Message {
        id: MessageId::new(7, &from),
        date: "2026-12-01T12:00:00Z".parse::<Timestamp>().expect("a time"),
        from: Mailbox {
            name: Some(Line::new("ザ・ラドゲート, \"Review\" <x@y>").expect("a name")),
            address: from,
        },
        to: "reader+news@例え.テスト".parse().expect("an address"),
        reply_to: None,
        subject: Line::new("領収書 — إيصال — Quittung für Zoë, und zwar eine lange, lange")
            .expect("a subject"),
        text: format!("Grüße\n.\n..\nFrom here\n{long}\n読者\n = =3D \t\n"),
        html: Some(format!(
            "<p>Grüße, {long}</p>\n.\n<p dir=\"rtl\">إيصال</p>\n"
        )),
        unsubscribe: Some(Link::new("https://review.example/-/mail/off?t=abc").expect("a link")),
    }
}

async fn send(settings: SmtpSettings) -> Result<(), SendError> {
    Smtp::new(settings).expect("a way").send(&letter()).await
}

#[tokio::test]
#[ignore = "asks aiosmtpd"]
async fn a_message_arrives_over_tls_as_it_was_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = Papers::new(dir.path(), "localhost");
    for (kind, security) in [("tls", Security::Tls), ("starttls", Security::StartTls)] {
        let (mut judge, port) = papers.server(kind);
        let sent = send(settings(port, security, Some(&papers.authority))).await;
        sent.expect("sent");
        let got: serde_json::Value = serde_json::from_str(&judge.line()).expect("what arrived");
        let written = letter();
        assert_eq!(got["encrypted"], true, "{kind}");
        assert_eq!(got["login"], "post");
        assert_eq!(got["from"], "post@xn--bcher-kva.example");
        assert_eq!(got["to"][0], "reader+news@xn--r8jz45g.xn--zckzah");
        assert_eq!(got["defects"].as_array().map(Vec::len), Some(0), "{got}");
        assert_eq!(got["headers"]["Subject"], written.subject.as_str());
        let from = got["headers"]["From"].as_str().expect("a sender");
        assert!(
            from.contains("ザ・ラドゲート") && from.ends_with("<post@xn--bcher-kva.example>"),
            "{from}"
        );
        let arrived = |part: &str| got[part].as_str().expect(part).replace("\r\n", "\n");
        assert_eq!(arrived("plain"), written.text);
        assert_eq!(Some(arrived("html")), written.html);
        assert_eq!(
            got["headers"]["Message-ID"],
            format!("<{}>", written.id.as_str())
        );
        assert_eq!(
            got["headers"]["List-Unsubscribe"],
            "<https://review.example/-/mail/off?t=abc>"
        );
    }
}

#[tokio::test]
#[ignore = "asks aiosmtpd"]
async fn a_stranger_gets_no_message_and_no_password() {
    let dir = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    let papers = Papers::new(dir.path(), "localhost");
    let stranger = Papers::new(other.path(), "mail.example.com");
    for (kind, security) in [("tls", Security::Tls), ("starttls", Security::StartTls)] {
        let (_judge, port) = papers.server(kind);
        let (_other, elsewhere) = stranger.server(kind);
        let rows = [
            (
                "an authority that nobody knows",
                settings(port, security, None),
            ),
            (
                "another authority",
                settings(port, security, Some(&stranger.authority)),
            ),
            (
                "another name",
                settings(elsewhere, security, Some(&stranger.authority)),
            ),
        ];
        for (name, settings) in rows {
            let error = send(settings).await.expect_err(name);
            assert!(
                matches!(error, SendError::Untrusted { .. }),
                "{kind}, {name}: {error}"
            );
            assert_eq!(error.next(), SendNext::Repair);
        }
        let mut wrong = settings(port, security, Some(&papers.authority));
        wrong.login = Some(Login {
            user: "post".to_owned(),
            password: Password::new("guess"),
        });
        let error = send(wrong).await.expect_err("a wrong password");
        assert!(
            matches!(
                error,
                SendError::Login {
                    code: Some(535),
                    ..
                }
            ),
            "{kind}: {error}"
        );
    }
}
