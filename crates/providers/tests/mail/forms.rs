//! What a message looks like on the wire.

use ludgate_providers::mail::{Line, MessageId, SendError, SendNext};

use crate::letters::letter;

#[test]
fn a_message_has_the_headers_it_should_and_always_the_same_form() {
    let form = letter(0xab).form().expect("a form");
    assert_eq!(letter(0xab).form(), Ok(form.clone()), "no chance in it");
    let text = String::from_utf8(form).expect("ASCII");
    let (head, _) = text.split_once("\r\n\r\n").expect("a head");
    for expected in [
        "From: \"The Ludgate Review\" <post@review.example>",
        "To: reader@example.com",
        "Reply-To: care@review.example",
        "Subject: Your receipt",
        "Date: Tue, 01 Dec 2026 12:00:00 +0000",
        "Message-ID: <000000000000000000000000000000ab@review.example>",
        "Auto-Submitted: auto-generated",
        "List-Unsubscribe: <https://review.example/-/mail/off?t=abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "MIME-Version: 1.0",
    ] {
        assert!(
            head.lines().any(|line| line == expected),
            "{expected} in {head}"
        );
    }
    let plain = letter(0xac);
    let plain = ludgate_providers::mail::Message {
        html: None,
        unsubscribe: None,
        reply_to: None,
        ..plain
    };
    let text = String::from_utf8(plain.form().expect("a form")).expect("ASCII");
    for absent in ["multipart", "List-Unsubscribe", "Reply-To"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

#[test]
fn whatever_a_message_says_it_is_short_lines_of_ascii() {
    let nasty = [
        "\r\n.\r\nMAIL FROM:<x@y>\r\n",
        "\n.\n",
        "\r.\r",
        "a\n.\rb\r\n.\nc",
        &"x".repeat(5000),
        &"読者".repeat(2000),
        "إيصال ‏الدفع",
        "\u{0}\u{7f}\u{85}",
        "--=_\n--=_30\n",
    ];
    for text in nasty {
        let mut message = letter(7);
        message.text = text.to_owned();
        message.html = Some(format!("<p>{text}</p>"));
        message.subject = Line::new(&"領収書 ".repeat(40)).expect("a subject");
        let form = message.form().expect("a form");
        assert!(form.is_ascii(), "{text:?}");
        let form = String::from_utf8(form).expect("ASCII");
        for line in form.split("\r\n") {
            assert!(line.len() <= 998, "{} bytes", line.len());
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        let heads: Vec<&str> = form
            .lines()
            .filter(|line| line.starts_with("--=_"))
            .collect();
        assert_eq!(heads.len(), 3, "two parts and an end: {heads:?}");
    }
}

#[test]
fn only_an_id_of_ours_is_read_back() {
    let id = letter(0xab).id;
    let text = String::from(id.clone());
    assert_eq!(MessageId::try_from(text.clone()), Ok(id.clone()));
    let json = serde_json::to_string(&id).expect("written");
    assert_eq!(serde_json::from_str::<MessageId>(&json).expect("read"), id);
    let domain = text.replace("review.example", "a b");
    let header = format!("{text}>\r\nBcc: <b@example.com");
    for wrong in [
        "",
        "@",
        "ab@review.example",
        &domain,
        &header,
        &text.replace('a', "A"),
    ] {
        assert!(MessageId::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}

#[test]
fn a_message_that_is_too_large_is_never_sent() {
    let mut message = letter(7);
    message.text = "a".repeat(600_000);
    let refused = SendError::from(message.form().expect_err("too large"));
    assert_eq!(refused.next(), SendNext::GiveUp);
}
