//! Who is asking, and how.

use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;

use crate::{Entitlements, Gift, Name, Standing, Stories};

/// The opaque id of a reader: 96 random bits for a browser, 96 bits of a hash
/// for an account.
///
/// With a hundred million readers the chance that any two share an id is below
/// one in ten trillion.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReaderId(pub [u8; 12]);

impl fmt::Debug for ReaderId {
    /// Never the whole id: logs and panics must not hand out identities.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReaderId({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

/// Whether an anonymous reader came with a valid id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// With a valid id: paid for from a network's budget when it was made.
    Returning,
    /// Without one, from a network that may still make new readers today.
    Fresh,
    /// Without one, from a network whose budget of new readers is used up.
    OverBudget,
}

/// What kind of reader is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderKind {
    /// A browser without an account.
    Anonymous(Freshness),
    /// A reader with an account, signed in.
    Registered,
    /// A browser with a valid staff token.
    Staff,
    /// A search crawler verified by reverse DNS or published ranges.
    Crawler,
}

/// The audiences that rules and offers name. Each reader is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Without an account.
    Anonymous,
    /// With an account that never had a subscription.
    Registered,
    /// Reading on trial.
    Trial,
    /// Whose subscription is paused.
    Paused,
    /// Whose trial or subscription has ended.
    Lapsed,
    /// With an entitlement to read that is paid for, in grace or a gift.
    Subscriber,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 6] = [
        Self::Anonymous,
        Self::Registered,
        Self::Trial,
        Self::Paused,
        Self::Lapsed,
        Self::Subscriber,
    ];

    /// The word that stands for the audience in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Registered => "registered",
            Self::Trial => "trial",
            Self::Paused => "paused",
            Self::Lapsed => "lapsed",
            Self::Subscriber => "subscriber",
        }
    }
}

/// A reader as the gate sees one: what kind, and entitled to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// What kind of reader.
    pub kind: ReaderKind,
    /// What the reader may use, or once might.
    pub entitlements: Entitlements,
    /// Which stories the reader has bought one by one.
    pub stories: Stories,
    /// What a gift link to the story in question comes to; `None` where the
    /// reader shows none.
    pub gift: Option<Gift>,
}

impl Reader {
    /// A browser without an account, which has no entitlements.
    pub fn anonymous(freshness: Freshness) -> Self {
        Self::without_entitlements(ReaderKind::Anonymous(freshness))
    }

    /// A reader of that kind who is entitled to nothing.
    pub fn without_entitlements(kind: ReaderKind) -> Self {
        Self {
            kind,
            entitlements: Entitlements::default(),
            stories: Stories::default(),
            gift: None,
        }
    }

    /// A reader with an account, who is entitled to so much.
    pub fn registered(entitlements: Entitlements) -> Self {
        Self {
            entitlements,
            ..Self::without_entitlements(ReaderKind::Registered)
        }
    }

    /// The one audience the reader is in at `now`.
    pub fn audience(&self, now: Timestamp) -> Audience {
        match self.entitlements.standing("read", now) {
            Some(Standing::Trial) => Audience::Trial,
            Some(Standing::Paid | Standing::Grace | Standing::Complimentary) => {
                Audience::Subscriber
            }
            Some(Standing::Paused) => Audience::Paused,
            Some(Standing::EndedTrial | Standing::EndedSubscription) => Audience::Lapsed,
            None if self.kind == ReaderKind::Registered => Audience::Registered,
            None => Audience::Anonymous,
        }
    }
}

/// An ISO 3166-1 alpha-2 country code in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// `None` unless `code` is two letters, and for `XX` and `ZZ`: those are
    /// nobody's by the standard, and whoever knows countries says so of an
    /// address whose country they don't know.
    pub fn parse(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
                (![*b"XX", *b"ZZ"].contains(&code)).then_some(Self(code))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.0[0]), char::from(self.0[1]))
    }
}

/// A primary language subtag (BCP 47) in lower case: two or three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// Reads the primary subtag of a tag such as `pt-BR`; `None` if it isn't
    /// two or three letters.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().as_bytes();
        if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        for (to, from) in code.iter_mut().zip(primary) {
            *to = from.to_ascii_lowercase();
        }
        Some(Self(code))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take_while(|&&c| c != 0)
            .try_for_each(|&c| write!(f, "{}", char::from(c)))
    }
}

/// The kind of device, as far as the request says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Device {
    /// A telephone.
    Phone,
    /// A tablet.
    Tablet,
    /// Anything else.
    Desktop,
}

impl Device {
    /// Every kind of device.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Desktop];

    /// The word that stands for the device in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
        }
    }
}

/// Where the reader says they came from. Grants nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Referrer {
    /// Nowhere, or not said.
    Direct,
    /// Another page of the publication.
    Internal,
    /// A search engine.
    Search,
    /// A social network.
    Social,
    /// The publication's newsletter.
    Newsletter,
    /// Any other site.
    Other,
}

impl Referrer {
    /// Every class.
    pub const ALL: [Self; 6] = [
        Self::Direct,
        Self::Internal,
        Self::Search,
        Self::Social,
        Self::Newsletter,
        Self::Other,
    ];

    /// The word that stands for the class in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Internal => "internal",
            Self::Search => "search",
            Self::Social => "social",
            Self::Newsletter => "newsletter",
            Self::Other => "other",
        }
    }
}

/// What a request can do at the meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A reader reading: a GET that may be counted.
    Read,
    /// A speculative GET. The decision is the same; the gate refuses to charge
    /// for it.
    Prefetch,
    /// HEAD, a feed, or any method but GET: never counted, and never full at
    /// the meter's expense.
    Inspect,
}

/// The facts of a request that rules can ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The normalised path.
    pub path: &'a str,
    /// What the request can do at the meter.
    pub purpose: Purpose,
    /// From a trusted header or a database; `None` where unknown.
    pub country: Option<Country>,
    /// What the reader prefers; `None` where not said.
    pub language: Option<Language>,
    /// The kind of device.
    pub device: Device,
    /// Where the reader says they came from.
    pub referrer: Referrer,
    /// The reader's address as far as it can be trusted.
    pub address: Option<IpAddr>,
    /// The locale that the reader is addressed in.
    pub locale: &'a Name,
}
