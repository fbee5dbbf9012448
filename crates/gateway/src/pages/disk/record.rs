//! A page as it is written to the disk.
//!
//! A record is for the process that has written it. It begins with its hash:
//! what comes back otherwise than it went is no page.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bytes::{Buf, BufMut, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use page::pack::{
    put_all, put_bytes, put_number, put_text, take_all, take_bytes, take_number, take_text,
};
use page::{CompiledPage, Encoded};

use super::ring::Place;
use crate::pages::freshness::Freshness;
use crate::pages::stored::{Content, Page, Stamp, StoryPage};
use crate::respond::StoryHead;
use crate::shelf::{Bodies, Shelf};

/// Bytes of the hash that a record begins with.
const HASH: usize = blake3::OUT_LEN;

/// The record of a page that is kept under `key`.
pub(super) fn written(key: &str, page: &Page) -> Vec<u8> {
    let mut out = vec![0; HASH];
    put_text(&mut out, key);
    out.put_u16_le(page.status.as_u16());
    put_number(&mut out, page.cut_by);
    put_number(&mut out, page.stamp.policy);
    out.put_u8(u8::from(page.is_degraded()));
    out.put_u8(u8::from(page.is_quieted));
    out.extend_from_slice(page.body.as_bytes());
    put_headers(&mut out, &page.head);
    put_headers(&mut out, &page.story_head.around());
    put_all(&mut out, page.varies.iter(), |out, name| {
        put_text(out, name.as_str());
    });
    put_all(&mut out, page.tags.iter(), |out, tag| put_text(out, tag));
    page.freshness.pack(&mut out);
    put_content(&mut out, &page.content);
    let hash = blake3::hash(out.get(HASH..).unwrap_or_default());
    if let Some(place) = out.get_mut(..HASH) {
        place.copy_from_slice(hash.as_bytes());
    }
    out
}

/// The page of a record, which lies at `place`; `None` where that isn't what was
/// written of the page that is kept under `key`.
pub(super) fn read(record: Vec<u8>, key: &str, place: Place, shelf: &Shelf) -> Option<Page> {
    let mut record = Bytes::from(record);
    if record.len() < HASH {
        return None;
    }
    let hash = record.split_to(HASH);
    if blake3::hash(&record) != *hash.first_chunk()? {
        return None;
    }
    let from = &mut record;
    if take_text(from)? != key {
        return None;
    }
    let status = StatusCode::from_u16(from.try_get_u16_le().ok()?).ok()?;
    let cut_by = take_number(from)?;
    let policy = take_number(from)?;
    let degraded = from.try_get_u8().ok()? != 0;
    let is_quieted = from.try_get_u8().ok()? != 0;
    let mut body = [0; HASH];
    from.try_copy_to_slice(&mut body).ok()?;
    let head = take_headers(from)?;
    let around = take_headers(from)?;
    let varies = take_all(from, |from| HeaderName::try_from(take_text(from)?).ok())?;
    let tags = take_all(from, |from| take_text(from).map(Box::from))?;
    let freshness = Freshness::unpack(from)?;
    let content = take_content(from)?;
    Some(Page {
        status,
        head,
        story_head: StoryHead::new(&around),
        weight: content.weight(),
        content,
        bodies: Bodies::new(shelf),
        body: body.into(),
        cut_by,
        stamp: Stamp { policy },
        freshness,
        varies: varies.into(),
        cookies: Vec::new(),
        tags: tags.into(),
        degraded: AtomicBool::new(degraded),
        place: Some(place),
        held: None,
        is_quieted,
    })
}

pub(in crate::pages) fn put_headers(out: &mut Vec<u8>, headers: &HeaderMap) {
    // Lines of one name go one after the other, in their order.
    put_number(out, headers.len() as u64);
    for (name, value) in headers {
        put_text(out, name.as_str());
        put_bytes(out, value.as_bytes());
    }
}

pub(in crate::pages) fn take_headers(from: &mut Bytes) -> Option<HeaderMap> {
    let lines = take_all(from, |from| {
        let name = HeaderName::try_from(take_text(from)?).ok()?;
        let value = HeaderValue::from_maybe_shared(take_bytes(from)?).ok()?;
        Some((name, value))
    })?;
    let mut headers = HeaderMap::with_capacity(lines.len());
    for (name, value) in lines {
        headers.append(name, value);
    }
    Some(headers)
}

fn put_content(out: &mut Vec<u8>, content: &Content) {
    match content {
        Content::Html(page, None) => {
            out.put_u8(0);
            page.pack(out);
        }
        Content::Html(page, Some(_)) => {
            out.put_u8(1);
            page.pack(out);
        }
        Content::Other(encoded) => {
            out.put_u8(2);
            encoded.pack(out);
        }
        Content::AsItCame(bytes) => {
            out.put_u8(3);
            put_bytes(out, bytes);
        }
    }
}

fn take_content(from: &mut Bytes) -> Option<Content> {
    Some(match from.try_get_u8().ok()? {
        0 => Content::Html(Arc::new(CompiledPage::unpack(from)?), None),
        1 => {
            let page = CompiledPage::unpack(from)?;
            let story = StoryPage::of(&page);
            Content::Html(Arc::new(page), Some(Arc::new(story)))
        }
        2 => Content::Other(Arc::new(Encoded::unpack(from)?)),
        3 => Content::AsItCame(take_bytes(from)?),
        _ => return None,
    })
}
