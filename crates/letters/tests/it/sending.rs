//! Letters on their way.

use jiff::Timestamp;
use ludgate_letters::{Reader, Sender, Sent, samples};
use prompts::Locale;
use providers::mail::{Folder, Keep, Mailer, Smtp, SmtpSettings};

use crate::{HOSTILE, address, letters, load};

fn anna() -> Reader {
    Reader {
        to: address("anna@example.com"),
        name: Some("Anna".to_owned()),
        locale: Locale::english(),
    }
}

fn noon() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().expect("a time")
}

#[test]
fn the_same_job_is_the_same_message() {
    let letters = letters();
    for letter in samples::all() {
        let form = |job: &str| {
            let message = letters
                .message(job, &letter, &anna(), noon())
                .expect("a message");
            message.form().expect("a form")
        };
        assert_eq!(
            form("sub_1/4/mail"),
            form("sub_1/4/mail"),
            "{}",
            letter.name()
        );
        assert_ne!(
            form("sub_1/4/mail"),
            form("sub_1/5/mail"),
            "{}",
            letter.name()
        );
    }
}

#[test]
fn what_others_write_never_becomes_a_header() {
    let letters = load(HOSTILE, None).expect("letters");
    let reader = Reader {
        name: Some(HOSTILE.to_owned()),
        ..anna()
    };
    for letter in samples::all() {
        let message = letters.message("mail/1", &letter, &reader, noon());
        let form = message.expect("a message").form().expect("a form");
        let form = String::from_utf8(form).expect("ASCII");
        let (head, _) = form.split_once("\r\n\r\n").expect("a head");
        let names = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']));
        let bad = names.filter(|line| line.starts_with("Bcc")).count();
        assert_eq!(bad, 0, "{head}");
    }
}

#[tokio::test]
async fn a_letter_that_is_sent_twice_lies_in_the_folder_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
    let sender = Sender::new(letters(), Mailer::Folder(folder.clone()));
    let all = samples::all();
    for _ in 0..2 {
        for (index, letter) in all.iter().enumerate() {
            let job = format!("mail/{index}");
            assert_eq!(sender.send(&job, letter, &anna(), noon()).await, Sent::Yes);
        }
    }
    let names = folder.names(usize::MAX).expect("a list");
    assert_eq!(names.len(), all.len());
    let subjects: Vec<String> = names
        .iter()
        .filter_map(|name| folder.get(name).expect("readable"))
        .map(|entry| entry.message.subject.as_str().to_owned())
        .collect();
    assert!(
        subjects
            .iter()
            .any(|subject| subject == "Your receipt: $14.90"),
        "{subjects:?}"
    );
}

#[tokio::test]
async fn a_server_that_isnt_there_is_tried_again() {
    // A port that nobody listens on: it is free, and given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let settings = SmtpSettings {
        port,
        security: providers::mail::Security::Loopback,
        ..SmtpSettings::new("localhost", "review.example")
    };
    let smtp = Smtp::new(settings).expect("a server");
    let sender = Sender::new(letters(), Mailer::Smtp(smtp));
    let letter = samples::all().remove(0);
    let sent = sender.send("mail/1", &letter, &anna(), noon()).await;
    assert!(matches!(sent, Sent::Later(_)), "{sent:?}");
}
