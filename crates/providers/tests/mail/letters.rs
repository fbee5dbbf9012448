//! A message to send.

use jiff::Timestamp;
use ludgate_providers::mail::{Address, Line, Link, Mailbox, Message, MessageId};

pub(crate) fn address(text: &str) -> Address {
    text.parse().expect("an address")
}

pub(crate) fn letter(drawn: u128) -> Message {
    let from = address("post@review.example");
    let date: Timestamp = "2026-12-01T12:00:00Z".parse().expect("a time");
    Message {
        id: MessageId::new(drawn, &from),
        date,
        from: Mailbox {
            name: Some(Line::new("The Ludgate Review").expect("a name")),
            address: from,
        },
        to: address("reader@example.com"),
        reply_to: Some(address("care@review.example")),
        subject: Line::new("Your receipt").expect("a subject"),
        text: "Thank you.\n.\nThe end\n".to_owned(),
        html: Some("<p>Thank you.</p>\n".to_owned()),
        unsubscribe: Some(Link::new("https://review.example/-/mail/off?t=abc").expect("a link")),
    }
}
