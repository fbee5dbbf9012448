//! Whether a webhook comes from Stripe: its `Stripe-Signature`, over the body as
//! it came.
//!
//! The header is `t=…,v1=…`, perhaps with several signatures: one for each
//! secret while one takes over from another, and of schemes that aren't ours to
//! judge. A signature is HMAC-SHA256 of the time, a point and the body.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use thiserror::Error;

use super::{Stripe, WebhookSecret};
use crate::payment::{self, Event, money};

/// The largest body: Stripe's own are below 256 KB.
pub const MAX_WEBHOOK: usize = 256 * 1024;

/// How far a signature's time may be from ours, in seconds: as much as Stripe's
/// own libraries allow.
const TOLERANCE: i64 = 300;

/// The longest header: a time and a dozen signatures.
const MAX_HEADER: usize = 2048;

/// How many signatures are looked at: two secrets', in Stripe's scheme and its
/// test scheme, and as many again.
const MAX_SIGNATURES: usize = 8;

/// Why a webhook isn't believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Forgery {
    /// No signature.
    #[error("it isn't signed; only Stripe sends to this address")]
    Unsigned,
    /// Not a header of Stripe's.
    #[error("its Stripe-Signature can't be read")]
    Header,
    /// None of the signatures is right.
    #[error(
        "none of its signatures is right; is the webhook's secret the one that Stripe shows for \
         this address?"
    )]
    Signature,
    /// It was signed at another time.
    #[error("it was signed {0} seconds from now; is the clock of this machine right?")]
    Time(i64),
    /// Too large.
    #[error("it is larger than {MAX_WEBHOOK} bytes")]
    Size,
}

/// Why a webhook comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// It isn't Stripe's. Answer 400.
    #[error("a webhook is refused: {0}")]
    Forgery(#[from] Forgery),
    /// It is, and makes no sense. Answer 400; Stripe shows it.
    #[error("a webhook of Stripe's can't be understood: {0}")]
    Shape(String),
    /// It is Stripe's, and about the other money than the key's. Answer 400;
    /// Stripe shows it.
    #[error(
        "a webhook about {} is refused, since the key is for {}; send this address only the events \
         of the key's own mode",
        money(!.is_live), money(*.is_live)
    )]
    Mode {
        /// Whether our key moves real money.
        is_live: bool,
    },
    /// It asks for something to be looked up, which failed. Answer 503; it comes
    /// again.
    #[error("a webhook is to come again: {0}")]
    Later(payment::Error),
}

impl Stripe {
    /// Takes a webhook: its header, its body as it came, and the system clock.
    /// What isn't our business is an event without notices.
    pub async fn webhook(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Event, WebhookError> {
        verify(&self.webhook_secrets, signature, body, now)?;
        self.event(body, now).await
    }
}

/// Whether one of the secrets has signed the body, about now.
pub(super) fn verify(
    secrets: &[WebhookSecret],
    header: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Forgery> {
    if body.len() > MAX_WEBHOOK {
        return Err(Forgery::Size);
    }
    let header = header.ok_or(Forgery::Unsigned)?;
    let (time, signatures) = parts(header).ok_or(Forgery::Header)?;
    // The body is gone through once for each secret, however many signatures
    // there are.
    let mut expected = secrets.iter().filter_map(|secret| mac(secret, time, body));
    let is_right = expected.any(|mac| signatures.iter().any(|signature| is_of(&mac, signature)));
    if !is_right {
        return Err(Forgery::Signature);
    }
    // Last, so that only who knows the secret learns what our clock says.
    let seconds: i64 = time.parse().map_err(|_| Forgery::Header)?;
    let off = now.as_second().saturating_sub(seconds);
    if off.saturating_abs() > TOLERANCE {
        return Err(Forgery::Time(off));
    }
    Ok(())
}

/// The header for a body: what Stripe does, for tests and for whoever plays it.
pub fn sign(secret: &WebhookSecret, body: &[u8], now: Timestamp) -> String {
    let time = now.as_second().to_string();
    let mut header = format!("t={time},v1=");
    if let Some(mac) = mac(secret, &time, body) {
        for byte in mac.finalize().into_bytes() {
            // Writing to a string can't fail.
            let _ = write!(header, "{byte:02x}");
        }
    }
    header
}

/// The time as it is written, which is signed, and the signatures.
fn parts(header: &str) -> Option<(&str, Vec<[u8; 32]>)> {
    if header.len() > MAX_HEADER {
        return None;
    }
    let (mut time, mut signatures) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", text) if time.is_none() && is_number(text) => time = Some(text),
            ("t", _) => return None,
            ("v1", text) if signatures.len() < MAX_SIGNATURES => signatures.extend(digest(text)),
            _ => {}
        }
    }
    Some((time?, signatures))
}

fn is_number(text: &str) -> bool {
    (1..=18).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit())
}

/// 64 hexadecimal digits.
fn digest(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Whether that is the signature, in constant time.
fn is_of(mac: &Hmac<Sha256>, signature: &[u8; 32]) -> bool {
    mac.clone().verify_slice(signature).is_ok()
}

fn mac(secret: &WebhookSecret, time: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    // Any length of key will do.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn secret(text: &str) -> WebhookSecret {
        WebhookSecret::new(text).expect("a secret")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_signature_is_as_stripe_makes_it() {
        // By Python: hmac.new(b"whsec_abc", b'1764320000.{"id":"evt_1"}', "sha256").
        let header = sign(
            &secret("whsec_abc"),
            BODY,
            Timestamp::from_second(1_764_320_000).expect("a time"),
        );
        let expected =
            "t=1764320000,v1=712aaa5d50fab01ad1ebb1563579323f6ed2effaab40972b89065deef9aeafa4";
        assert_eq!(header, expected);
    }

    #[test]
    fn only_what_one_of_the_secrets_has_signed_about_now_is_believed() {
        let (old, new) = (secret("whsec_old"), secret("whsec_new"));
        let secrets = [old.clone(), new.clone()];
        let now = at("2026-12-01T12:00:00Z");
        let stranger = sign(&secret("whsec_stranger"), BODY, now);
        let (by_old, by_new) = (sign(&old, BODY, now), sign(&new, BODY, now));
        let v1 = |header: &str| {
            header
                .split_once(',')
                .map(|(_, v1)| v1.to_owned())
                .expect("v1")
        };
        let time = |header: &str| {
            header
                .split_once(',')
                .map(|(t, _)| t.to_owned())
                .expect("t")
        };
        let t = time(&by_old);
        let right = Ok(());
        let rows = [
            (by_old.clone(), right),
            (by_new.clone(), right),
            (format!("{by_old},{}", v1(&by_new)), right),
            (format!("{stranger},{}", v1(&by_old)), right),
            (format!("{t},v0=abc,v9=,{}", v1(&by_old)), right),
            (format!("{}, {t}", v1(&by_old)), right),
            (stranger.clone(), Err(Forgery::Signature)),
            (
                format!("{t},{}", v1(&by_old).replace("v1", "v0")),
                Err(Forgery::Signature),
            ),
            (t.clone(), Err(Forgery::Signature)),
            (format!("{t},v1="), Err(Forgery::Signature)),
            (
                format!("{t},v1={}", "0".repeat(64)),
                Err(Forgery::Signature),
            ),
            (format!("{t},{}0", v1(&by_old)), Err(Forgery::Signature)),
            (format!("t=1,{}", v1(&by_old)), Err(Forgery::Signature)),
            (v1(&by_old), Err(Forgery::Header)),
            (String::new(), Err(Forgery::Header)),
            ("t".to_owned(), Err(Forgery::Header)),
            (format!("t=-1,{}", v1(&by_old)), Err(Forgery::Header)),
            (format!("{t},{t},{}", v1(&by_old)), Err(Forgery::Header)),
            (
                format!("{by_old},{}", "a=b,".repeat(1000)),
                Err(Forgery::Header),
            ),
            // Beyond so many nothing is looked at.
            (
                format!(
                    "{t},{}{}",
                    format!("v1={},", "0".repeat(64)).repeat(8),
                    v1(&by_old)
                ),
                Err(Forgery::Signature),
            ),
        ];
        for (header, expected) in rows {
            let said = verify(&secrets, Some(&header), BODY, now);
            assert_eq!(said, expected, "{header}");
        }
        let cases: [(Option<&str>, &[u8], Forgery); 3] = [
            (None, BODY, Forgery::Unsigned),
            (Some(&by_old), br#"{"id":"evt_2"}"#, Forgery::Signature),
            (Some(&by_old), &vec![b' '; MAX_WEBHOOK + 1], Forgery::Size),
        ];
        for (header, body, expected) in cases {
            assert_eq!(verify(&secrets, header, body, now), Err(expected));
        }
        assert_eq!(
            verify(&[], Some(&by_old), BODY, now),
            Err(Forgery::Signature)
        );
    }

    #[test]
    fn a_signature_is_good_for_five_minutes_either_way() {
        let secrets = [secret("whsec_abc")];
        let signed = at("2026-12-01T12:00:00Z");
        let header = sign(&secrets[0], BODY, signed);
        for (now, expected) in [
            ("2026-12-01T12:05:00Z", Ok(())),
            ("2026-12-01T12:05:01Z", Err(Forgery::Time(301))),
            ("2026-12-01T11:55:00Z", Ok(())),
            ("2026-12-01T11:54:59Z", Err(Forgery::Time(-301))),
        ] {
            assert_eq!(
                verify(&secrets, Some(&header), BODY, at(now)),
                expected,
                "{now}"
            );
        }
    }
}
