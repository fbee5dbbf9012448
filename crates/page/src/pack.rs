//! A compiled page as bytes, and back again: for keeping more pages than there
//! is memory for.
//!
//! The bytes are for the very program that has written them, and whoever stores
//! them has to notice if they come back changed. What can't have been written
//! here is no page, and never one that is cut elsewhere.

use access::{Name, Sponsor, Story, StoryId, Tier};
use bytes::{Buf, BufMut, Bytes};
use jiff::Timestamp;

use crate::facts::PageFacts;
use crate::options::Role;
use crate::page::Kind;

/// Appends a number.
pub fn put_number(out: &mut Vec<u8>, number: u64) {
    out.put_u64_le(number);
}

/// Takes a number off the front of `from`.
pub fn take_number(from: &mut Bytes) -> Option<u64> {
    from.try_get_u64_le().ok()
}

/// Appends a number that says how long something is, or which of some.
pub(crate) fn put_size(out: &mut Vec<u8>, size: usize) {
    put_number(out, size as u64);
}

pub(crate) fn take_size(from: &mut Bytes) -> Option<usize> {
    usize::try_from(take_number(from)?).ok()
}

/// Appends `bytes`, preceded by how many there are.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_size(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Takes bytes off the front of `from`, by reference.
pub fn take_bytes(from: &mut Bytes) -> Option<Bytes> {
    let len = take_size(from)?;
    (len <= from.len()).then(|| from.split_to(len))
}

/// Appends a text.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

/// Takes a text off the front of `from`.
pub fn take_text(from: &mut Bytes) -> Option<String> {
    String::from_utf8(take_bytes(from)?.into()).ok()
}

/// Appends a list, preceded by how long it is.
pub fn put_all<T>(
    out: &mut Vec<u8>,
    all: impl ExactSizeIterator<Item = T>,
    put: impl Fn(&mut Vec<u8>, T),
) {
    put_size(out, all.len());
    all.for_each(|one| put(out, one));
}

/// Takes a list off the front of `from`.
pub fn take_all<T>(from: &mut Bytes, take: impl Fn(&mut Bytes) -> Option<T>) -> Option<Vec<T>> {
    let len = take_size(from)?;
    // Each takes a byte at least, so that no number makes this long.
    if len > from.len() {
        return None;
    }
    (0..len).map(|_| take(from)).collect()
}

/// Appends what may not be there, as a list of one or none.
fn put_maybe<T>(out: &mut Vec<u8>, one: Option<T>, put: impl Fn(&mut Vec<u8>, T)) {
    put_all(out, one.into_iter(), put);
}

/// `None` for what can't be read; `Some(None)` where nothing is there.
#[expect(
    clippy::option_option,
    reason = "what can't be read is something else than what isn't there"
)]
fn take_maybe<T>(from: &mut Bytes, take: impl Fn(&mut Bytes) -> Option<T>) -> Option<Option<T>> {
    let mut all = take_all(from, take)?;
    let one = all.pop();
    all.is_empty().then_some(one)
}

fn put_time(out: &mut Vec<u8>, time: Timestamp) {
    out.put_i64_le(time.as_second());
    out.put_i32_le(time.subsec_nanosecond());
}

fn take_time(from: &mut Bytes) -> Option<Timestamp> {
    let second = from.try_get_i64_le().ok()?;
    Timestamp::new(second, from.try_get_i32_le().ok()?).ok()
}

fn put_name(out: &mut Vec<u8>, name: &Name) {
    put_text(out, name.as_str());
}

fn take_name(from: &mut Bytes) -> Option<Name> {
    take_text(from).map(Name::new)
}

pub(crate) fn put_facts(out: &mut Vec<u8>, facts: &PageFacts) {
    let PageFacts {
        story,
        headline,
        description,
        image,
        canonical,
        language,
        modified,
    } = facts;
    put_story(out, story);
    for text in [headline, description, image, canonical, language] {
        put_maybe(out, text.as_deref(), put_text);
    }
    put_maybe(out, *modified, put_time);
}

pub(crate) fn take_facts(from: &mut Bytes) -> Option<PageFacts> {
    let story = take_story(from)?;
    let mut text = || take_maybe(from, take_text);
    Some(PageFacts {
        story,
        headline: text()?,
        description: text()?,
        image: text()?,
        canonical: text()?,
        language: text()?,
        modified: take_maybe(from, take_time)?,
    })
}

fn put_story(out: &mut Vec<u8>, story: &Story) {
    let Story {
        id,
        tier,
        section,
        tags,
        authors,
        published,
        sponsor,
    } = story;
    put_text(out, id.as_str());
    put_text(out, tier.as_str());
    put_maybe(out, section.as_ref(), put_name);
    put_all(out, tags.iter(), put_name);
    put_all(out, authors.iter(), put_name);
    put_maybe(out, *published, put_time);
    put_maybe(out, sponsor.as_ref().map(|sponsor| &sponsor.name), put_name);
}

fn take_story(from: &mut Bytes) -> Option<Story> {
    Some(Story {
        id: take_text(from).map(StoryId::new)?,
        tier: Tier::parse(&take_text(from)?)?,
        section: take_maybe(from, take_name)?,
        tags: take_all(from, take_name)?,
        authors: take_all(from, take_name)?,
        published: take_maybe(from, take_time)?,
        sponsor: take_maybe(from, take_name)?.map(|name| Sponsor { name }),
    })
}

pub(crate) fn put_kind(out: &mut Vec<u8>, kind: Kind, role: Role) {
    out.put_u8(match kind {
        Kind::Page => 0,
        Kind::Story => 1,
    });
    out.put_u8(match role {
        Role::Story => 0,
        Role::Continued => 1,
        Role::List => 2,
    });
}

pub(crate) fn take_kind(from: &mut Bytes) -> Option<(Kind, Role)> {
    let kind = match from.try_get_u8().ok()? {
        0 => Kind::Page,
        1 => Kind::Story,
        _ => return None,
    };
    let role = match from.try_get_u8().ok()? {
        0 => Role::Story,
        1 => Role::Continued,
        2 => Role::List,
        _ => return None,
    };
    Some((kind, role))
}
