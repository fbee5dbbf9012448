//! Mail servers that don't take a message, and what that means.

use std::time::Duration;

use ludgate_providers::mail::{
    BadSmtp, Login, Password, Security, SendError, SendNext, Smtp, SmtpSettings,
};

use crate::letters::letter;
use crate::server::{Answers, Saying, Server};

const PATIENT: Duration = Duration::from_secs(30);

const IMPATIENT: Duration = Duration::from_secs(1);

fn settings(port: u16, patience: Duration) -> SmtpSettings {
    SmtpSettings {
        port,
        security: Security::Loopback,
        login: Some(Login {
            user: "post".to_owned(),
            password: Password::new("hush\n"),
        }),
        patience,
        ..SmtpSettings::new("127.0.0.1", "review.example")
    }
}

async fn send(settings: SmtpSettings) -> Result<(), SendError> {
    Smtp::new(settings).expect("a way").send(&letter(1)).await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn what_a_server_says_is_told_apart() {
    use Saying::{HangUp, Lines, Silence};
    let rows: [(&str, Answers, Result<(), SendNext>); 22] = [
        ("all is well", &[], Ok(())),
        ("no goodbye", &[("QUIT", HangUp)], Ok(())),
        ("silent when it is over", &[("QUIT", Silence)], Ok(())),
        (
            "nobody by that name",
            &[("RCPT", Lines("550 5.1.1 No such user"))],
            Err(SendNext::GiveUp),
        ),
        (
            "not from us",
            &[("MAIL", Lines("553 no"))],
            Err(SendNext::Repair),
        ),
        (
            "wants a login",
            &[("MAIL", Lines("530 5.7.0 Authentication required"))],
            Err(SendNext::Repair),
        ),
        (
            "wants a login later",
            &[("RCPT", Lines("535 5.7.1 no"))],
            Err(SendNext::Repair),
        ),
        (
            "nobody by that name, and silent when it is over",
            &[("RCPT", Lines("550 no")), ("QUIT", Silence)],
            Err(SendNext::GiveUp),
        ),
        (
            "looks like spam",
            &[("message", Lines("554 5.7.1 spam"))],
            Err(SendNext::GiveUp),
        ),
        (
            "come again",
            &[("RCPT", Lines("451 4.7.1 Greylisted"))],
            Err(SendNext::Later),
        ),
        (
            "full",
            &[("message", Lines("452 4.3.1 full"))],
            Err(SendNext::Later),
        ),
        (
            "shutting down",
            &[("MAIL", Lines("421 later"))],
            Err(SendNext::Later),
        ),
        (
            "not at home",
            &[("greeting", Lines("554 no"))],
            Err(SendNext::Later),
        ),
        (
            "wrong password",
            &[("AUTH", Lines("535 5.7.8 no"))],
            Err(SendNext::Repair),
        ),
        (
            "no logins",
            &[("EHLO", Lines("250 here"))],
            Err(SendNext::Repair),
        ),
        (
            "login later",
            &[("AUTH", Lines("454 4.7.0 later"))],
            Err(SendNext::Later),
        ),
        (
            "hangs up at once",
            &[("greeting", HangUp)],
            Err(SendNext::Later),
        ),
        (
            "hangs up before the end",
            &[("message", HangUp)],
            Err(SendNext::Later),
        ),
        ("silent", &[("greeting", Silence)], Err(SendNext::Later)),
        (
            "silent at the end",
            &[("message", Silence)],
            Err(SendNext::Later),
        ),
        (
            "no SMTP",
            &[("greeting", Lines("SSH-2.0-OpenSSH"))],
            Err(SendNext::Later),
        ),
        (
            "nonsense",
            &[("RCPT", Lines("999 what?"))],
            Err(SendNext::Later),
        ),
    ];
    for (name, answers, expected) in rows {
        let server = Server::new(answers).await;
        let patience = if name.starts_with("silent") {
            IMPATIENT
        } else {
            PATIENT
        };
        let said = send(settings(server.port(), patience)).await;
        let text = format!(
            "{said:?} {}",
            said.as_ref()
                .err()
                .map_or(String::new(), ToString::to_string)
        );
        assert!(!text.contains("hush"), "{name}: {text}");
        assert_eq!(
            said.map_err(|error| error.next()),
            expected,
            "{name}: {text}"
        );
    }
}

#[tokio::test]
async fn nobody_there_is_tried_again() {
    let server = Server::new(&[]).await;
    let port = server.port();
    drop(server);
    tokio::task::yield_now().await;
    let said = send(settings(port, PATIENT)).await;
    assert!(
        matches!(said, Err(SendError::Unreachable { .. })),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing() {
    let server = Server::new(&[]).await;
    let said = send(SmtpSettings {
        security: Security::StartTls,
        ..settings(server.port(), PATIENT)
    });
    let error = said.await.expect_err("no TLS");
    assert!(matches!(error, SendError::NoTls { .. }), "{error}");
    assert_eq!(error.next(), SendNext::Repair);
}

#[test]
fn mail_goes_without_tls_to_this_machine_only_and_passwords_show_up_nowhere() {
    let of = |host: &str| {
        let clear = SmtpSettings {
            security: Security::Loopback,
            ..SmtpSettings::new(host, "review.example")
        };
        Smtp::new(clear).map(|_| ())
    };
    for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1"] {
        assert_eq!(of(host), Ok(()), "{host}");
    }
    for host in ["mail.example.com", "192.0.2.1", "localhost.example.com"] {
        assert_eq!(of(host), Err(BadSmtp::Clear(host.to_owned())));
    }
    for host in ["", "a b", "a\r\nMAIL", "ü.example"] {
        assert_eq!(of(host), Err(BadSmtp::Host(host.to_owned())));
    }
    let settings = settings(25, PATIENT);
    assert!(!format!("{settings:?}").contains("hush"));
    let smtp = Smtp::new(settings).expect("a way");
    assert!(!format!("{smtp:?}").contains("hush"));
}
