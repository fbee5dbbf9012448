//! A message and its form: MIME, by `lettre`.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox as Box_, MultiPart, SinglePart};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Address, Line, Link};

/// The longest text, and the longest HTML, in bytes: a long receipt is 30 KB.
const LONGEST: usize = 512 * 1024;

/// The text is too long, or can't be put into a message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a message of {0} bytes is too large; {LONGEST} are the most that is sent")]
pub struct TooLarge(pub usize);

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The publication's name.
    pub name: Option<Line>,
    /// Where answers go, unless the message says otherwise.
    pub address: Address,
}

/// A message's own id: the same whenever it is sent again, so that who gets it
/// twice sees it once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageId(String);

/// The text is no id of a message of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a message's id is 32 hexadecimal digits, an @ and the sender's domain")]
pub struct NotAnId;

/// One message to one reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// When it was written, by the publication's clock.
    pub date: Timestamp,
    /// Who sends it.
    pub from: Mailbox,
    /// Who is to get it.
    pub to: Address,
    /// Where answers go instead.
    pub reply_to: Option<Address>,
    /// Its subject.
    pub subject: Line,
    /// What it says, for everybody.
    pub text: String,
    /// The same with its looks.
    pub html: Option<String>,
    /// Where one stops getting such messages, by one click (RFC 8058). Not for
    /// receipts and the like.
    pub unsubscribe: Option<Link>,
}

impl MessageId {
    /// Of random bits, at the sender's domain.
    pub fn new(drawn: u128, from: &Address) -> Self {
        Self(format!("{drawn:032x}@{}", from.domain()))
    }

    /// The id without its brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MessageId {
    type Error = NotAnId;

    /// It becomes a header, so it is one that we have made.
    fn try_from(text: String) -> Result<Self, NotAnId> {
        let (drawn, domain) = text.split_once('@').ok_or(NotAnId)?;
        let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let address: Address = format!("a@{domain}").parse().map_err(|_| NotAnId)?;
        let is_ours = drawn.len() == 32 && drawn.bytes().all(is_hex) && address.domain() == domain;
        is_ours.then_some(Self(text)).ok_or(NotAnId)
    }
}

impl From<MessageId> for String {
    fn from(id: MessageId) -> Self {
        id.0
    }
}

impl Message {
    /// The message as it is sent, all of it ASCII. The same one has the same form.
    pub fn form(&self) -> Result<Vec<u8>, TooLarge> {
        let size = self
            .text
            .len()
            .max(self.html.as_ref().map_or(0, String::len));
        if size > LONGEST {
            return Err(TooLarge(size));
        }
        let mut builder = lettre::Message::builder()
            .from(mailbox(self.from.name.as_ref(), &self.from.address))
            .to(mailbox(None, &self.to))
            .subject(self.subject.as_str())
            .date(system_time(self.date))
            .message_id(Some(format!("<{}>", self.id.0)))
            // Nobody's holiday answer is wanted (RFC 3834).
            .raw_header(plain("Auto-Submitted", "auto-generated"));
        if let Some(address) = &self.reply_to {
            builder = builder.reply_to(mailbox(None, address));
        }
        if let Some(link) = &self.unsubscribe {
            builder = builder
                .raw_header(plain("List-Unsubscribe", &format!("<{}>", link.as_str())))
                .raw_header(plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let text = part(ContentType::TEXT_PLAIN, &self.text);
        let whole = match &self.html {
            None => builder.singlepart(text),
            Some(html) => {
                let both = MultiPart::alternative().boundary(self.boundary());
                let both = both.singlepart(text);
                builder.multipart(both.singlepart(part(ContentType::TEXT_HTML, html)))
            }
        };
        // Only a missing sender or receiver would be an error.
        whole
            .map(|whole| whole.formatted())
            .map_err(|_| TooLarge(size))
    }

    /// What stands between its parts, in neither of which it occurs: both are
    /// encoded, and no encoding has "=_" in it.
    fn boundary(&self) -> String {
        let mut boundary = String::from("=_");
        for byte in self.id.0.bytes().take(32) {
            // Writing to a string can't fail.
            let _ = write!(boundary, "{byte:02x}");
        }
        boundary
    }
}

/// Quoted-printable whatever is in it: ASCII and short lines.
fn part(kind: ContentType, text: &str) -> SinglePart {
    let body = text.replace("\r\n", "\n").replace('\r', "\n");
    let body = lettre::message::Body::new_with_encoding(
        body.replace('\n', "\r\n"),
        ContentTransferEncoding::QuotedPrintable,
    );
    match body {
        Ok(body) => SinglePart::builder().header(kind).body(body),
        // Then it chooses for itself.
        Err(text) => SinglePart::builder().header(kind).body(text),
    }
}

/// Mail is written after 1970.
fn system_time(date: Timestamp) -> SystemTime {
    let seconds = u64::try_from(date.as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn mailbox(name: Option<&Line>, address: &Address) -> Box_ {
    let name = name.map(|name| name.as_str().to_owned());
    Box_::new(name, envelope(address))
}

/// An address as `lettre` has it. Ours are stricter than its own.
pub(super) fn envelope(address: &Address) -> lettre::Address {
    let local = address
        .as_str()
        .rsplit_once('@')
        .map_or("", |(local, _)| local);
    lettre::Address::new_dangerous(local, address.domain())
}

/// A header in ASCII that is sent as it is.
fn plain(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}
