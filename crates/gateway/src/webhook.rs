//! What a content system tells the gate: that pages have changed. Said with a
//! signature over the time and the words, so that nobody else can say it, nor
//! say again later what was said once.

use bytes::{Bytes, BytesMut};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::Value;
use sha2::Sha256;

use crate::body::Body;
use crate::gate::{Asked, Gate};
use crate::head::{Fields, Head};
use crate::pages::Purge;
use crate::respond::plain;
use crate::target::Target;

const SIGNATURE: HeaderName = HeaderName::from_static("ludgate-signature");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// The longest message, in bytes: a thousand addresses fit.
const LONGEST: usize = 64 * 1024;

/// The most pages named in one message.
const MOST: usize = 1_000;

/// How far the signature's time may be from ours, in seconds: clocks differ,
/// and a message may have to be sent again.
const TOLERANCE: i64 = 300;

/// How long a secret is: what a system's random source gives, in hexadecimal.
pub const WEBHOOK_SECRET: usize = 64;

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    Unsigned,
    Late,
    TooLong,
    Senseless,
}

impl Refused {
    fn answer(self) -> Response<Body> {
        let (status, said) = match self {
            Self::Unsigned => (
                StatusCode::FORBIDDEN,
                "The signature is missing or wrong: sign the time, a full stop and the body with \
                 the secret in the data folder.\n",
            ),
            Self::Late => (
                StatusCode::FORBIDDEN,
                "The signature's time is more than five minutes from ours: set the clock.\n",
            ),
            Self::TooLong => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "The message is longer than 64 KB, or names more than 1,000: send several.\n",
            ),
            Self::Senseless => (
                StatusCode::BAD_REQUEST,
                "Send JSON with lists of \"urls\", \"prefixes\" or \"tags\", or \"all\": true.\n",
            ),
        };
        plain(status, TEXT, said)
    }
}

impl Gate {
    /// Forgets the pages that the message names.
    pub(crate) async fn told_of_changes(
        &self,
        request: &Head<'_>,
        asked: &mut Asked,
    ) -> Response<Body> {
        let message = match read(asked).await {
            Ok(message) => message,
            Err(refused) => return refused.answer(),
        };
        let secret = self.webhook_secret();
        let now = (self.world().system)();
        let purges = verify(&request.fields, &message, secret, now).and_then(|()| purges(&message));
        match purges {
            Err(refused) => {
                tracing::warn!(?refused, "a message of changed pages was refused");
                refused.answer()
            }
            Ok(purges) => {
                let forgotten = self.purge(&purges);
                plain(StatusCode::OK, TEXT, format!("{forgotten}\n"))
            }
        }
    }

    /// Forgets pages; how many.
    pub fn purge(&self, which: &[Purge]) -> usize {
        let forgotten = which.iter().map(|which| self.pages().purge(which)).sum();
        tracing::info!(named = which.len(), forgotten, "pages were purged");
        forgotten
    }
}

async fn read(asked: &mut Asked) -> Result<Bytes, Refused> {
    let mut whole = BytesMut::new();
    let Some(mut body) = asked.body.take() else {
        return Ok(Bytes::new());
    };
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if whole.len() + piece.len() > LONGEST {
            return Err(Refused::TooLong);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// `t=1764028800,v1=…`: HMAC-SHA256 of the time, a full stop and the message.
fn verify(
    fields: &Fields<'_>,
    message: &[u8],
    secret: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    let line = fields.text(&SIGNATURE).ok_or(Refused::Unsigned)?;
    let mut time = None;
    let mut tags = Vec::new();
    for part in line.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => time = value.parse::<i64>().ok(),
            Some(("v1", value)) => tags.extend(unhex(value)),
            _ => {}
        }
    }
    let time = time.ok_or(Refused::Unsigned)?;
    let signed = |tag: &[u8; 32]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(time.to_string().as_bytes());
        mac.update(b".");
        mac.update(message);
        // In constant time.
        mac.verify_slice(tag).ok()
    };
    // Two during the change of a secret, and no more.
    if !tags.iter().take(2).any(|tag| signed(tag).is_some()) {
        return Err(Refused::Unsigned);
    }
    if time.abs_diff(now.as_second()) > TOLERANCE.unsigned_abs() {
        return Err(Refused::Late);
    }
    Ok(())
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

fn purges(message: &[u8]) -> Result<Vec<Purge>, Refused> {
    let message: Value = serde_json::from_slice(message).map_err(|_| Refused::Senseless)?;
    if message.get("all") == Some(&Value::Bool(true)) {
        return Ok(vec![Purge::Everything]);
    }
    let (urls, prefixes) = (texts(&message, "urls")?, texts(&message, "prefixes")?);
    let tags = texts(&message, "tags")?;
    if urls.len() + prefixes.len() + tags.len() > MOST {
        return Err(Refused::TooLong);
    }
    let urls = urls.into_iter().map(Purge::url);
    let prefixes = prefixes.into_iter().map(Purge::prefix);
    let tags = tags.into_iter().map(|tag| Some(Purge::Tag(tag.into())));
    let all: Option<Vec<Purge>> = urls.chain(prefixes).chain(tags).collect();
    all.filter(|all| !all.is_empty()).ok_or(Refused::Senseless)
}

/// The texts in a list of the message, which may be missing. What isn't one is
/// not passed over: whoever sent it would take the page for forgotten.
fn texts<'m>(message: &'m Value, name: &str) -> Result<Vec<&'m str>, Refused> {
    match message.get(name) {
        None => Ok(Vec::new()),
        Some(list) => {
            let list = list.as_array().ok_or(Refused::Senseless)?;
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            texts.ok_or(Refused::Senseless)
        }
    }
}

impl Purge {
    /// The page at `url`, a path or a whole address; `None` where it is neither.
    pub fn url(url: &str) -> Option<Self> {
        let (path, query) = parts(url);
        let target = Target::new(path, None, &[]).ok()?;
        let target = target.with_all_but(query, &[]);
        Some(Self::Url(target.key().into()))
    }

    /// All pages whose addresses begin so.
    pub fn prefix(url: &str) -> Option<Self> {
        let (path, _) = parts(url);
        let target = Target::new(path, None, &[]).ok()?;
        Some(Self::Prefix(target.path().into()))
    }
}

/// Path and query of an address, whatever host it is on.
fn parts(url: &str) -> (&str, Option<&str>) {
    let below = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    };
    let below = below.split('#').next().unwrap_or_default();
    match below.split_once('?') {
        None => (below, None),
        Some((path, query)) => (path, Some(query)),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn now() -> Timestamp {
        Timestamp::from_second(1_764_028_800).expect("a time")
    }

    /// As PHP has it: `hash_hmac("sha256", "$t.$body", $secret)`.
    fn signature(time: i64, message: &[u8], secret: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key");
        mac.update(format!("{time}.").as_bytes());
        mac.update(message);
        let tag = mac.finalize().into_bytes();
        let mut line = format!("t={time},v1=");
        for byte in tag {
            write!(line, "{byte:02x}").expect("memory");
        }
        line
    }

    #[test]
    fn only_what_is_signed_lately_with_the_secret_counts() {
        let message = b"{\"all\":true}";
        let check = |line: &str, message: &[u8]| {
            let fields = Fields::from([("ludgate-signature", line)]);
            verify(&fields, message, SECRET, now())
        };
        let time = now().as_second();
        assert_eq!(check(&signature(time, message, SECRET), message), Ok(()));
        assert_eq!(
            check(&signature(time - 300, message, SECRET), message),
            Ok(())
        );
        for (line, why) in [
            (signature(time - 301, message, SECRET), Refused::Late),
            (signature(time + 301, message, SECRET), Refused::Late),
            (signature(time, message, b"another"), Refused::Unsigned),
            (signature(time, b"{}", SECRET), Refused::Unsigned),
            (
                signature(time, message, SECRET).replace("t=1", "t=2"),
                Refused::Unsigned,
            ),
            (format!("t={time}"), Refused::Unsigned),
            (format!("t={time},v1=00"), Refused::Unsigned),
            (String::new(), Refused::Unsigned),
        ] {
            assert_eq!(check(&line, message), Err(why), "{line}");
        }
        let both = signature(time, message, SECRET);
        let both = both.replace(",v1=", &format!(",v1={},v1=", "0".repeat(64)));
        assert_eq!(check(&both, message), Ok(()), "two secrets during a change");
    }

    #[test]
    fn a_message_names_pages_by_address_beginning_or_tag() {
        let message = b"{\"urls\":[\"https://a.example/x?p=%37#c\",\"/y\"],\"prefixes\":[\"/z/\"],\
                        \"tags\":[\"t\"]}";
        let expected = [
            Purge::Url("/x?p=7".into()),
            Purge::Url("/y".into()),
            Purge::Prefix("/z/".into()),
            Purge::Tag("t".into()),
        ];
        assert_eq!(purges(message).expect("a message"), expected);
        assert_eq!(purges(b"{\"all\":true}"), Ok(vec![Purge::Everything]));
        for senseless in [
            "",
            "{}",
            "[]",
            "{\"urls\":[]}",
            "{\"urls\":[\"../x\"]}",
            "{\"urls\":[\"/x\",7]}",
            "{\"urls\":\"/x\",\"tags\":[\"t\"]}",
        ] {
            assert_eq!(purges(senseless.as_bytes()), Err(Refused::Senseless));
        }
    }

    #[test]
    fn what_is_too_much_for_one_message_is_refused_as_a_whole() {
        let naming = |tags: usize| {
            let tags = vec!["t"; tags];
            purges(
                serde_json::json!({"urls": ["/x"], "tags": tags})
                    .to_string()
                    .as_bytes(),
            )
        };
        assert_eq!(naming(MOST - 1).map(|all| all.len()), Ok(MOST));
        assert_eq!(naming(MOST), Err(Refused::TooLong));
    }
}
