//! Pages as bytes: what was packed comes back whole, with all that it says of
//! itself, and what was never packed is no page.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod support;

use bytes::Bytes;
use ludgate_page::{CompiledPage, Preview};
use proptest::prelude::*;
use support::{compile, compile_with, full, laws, options, paragraphs, preview};

fn packed(html: &str) -> Bytes {
    let mut packed = Vec::new();
    compile(html).unwrap().pack(&mut packed);
    packed.into()
}

fn story() -> String {
    format!(
        "<!DOCTYPE html><html lang=en><title>t</title>\
         <meta property=og:title content=\"The Tide Gauge\">\
         <meta property=og:description content=\"What it measured.\">\
         <meta property=og:image content=/gauge.jpg>\
         <meta property=article:section content=Harbour>\
         <meta property=article:tag content=tides><meta property=article:tag content=lamps>\
         <meta property=article:author content=\"A. Reed\">\
         <meta property=article:published_time content=2026-11-20T06:30:00Z>\
         <meta property=article:modified_time content=2026-11-21T06:30:00.5Z>\
         <meta property=article:content_tier content=locked>\
         <link rel=canonical href=https://review.example/stories/one>\
         <h1>h</h1><div class=story-body>{}</div><footer>f</footer>",
        paragraphs(30)
    )
}

#[test]
fn a_story_comes_back_with_all_that_it_says_of_itself() {
    let page = compile(&story()).unwrap();
    let facts = page.facts();
    assert!(
        facts.story.section.is_some() && facts.story.tags.len() == 2,
        "{facts:?}"
    );
    assert!(
        facts.modified.is_some() && facts.image.is_some(),
        "{facts:?}"
    );
    laws::packs(story().as_bytes());
}

#[test]
fn a_page_takes_little_more_packed_than_what_is_sent_of_it() {
    let page = compile(&story()).unwrap();
    let packed = packed(&story());
    assert!(
        packed.len() < page.memory(),
        "{} {}",
        packed.len(),
        page.memory()
    );
}

#[test]
fn a_page_that_came_back_is_cut_where_it_was() {
    let mut options = options();
    options.preview = Preview::Words(12);
    let page = compile_with(story().as_bytes(), &options).unwrap();
    let mut bytes = Vec::new();
    page.pack(&mut bytes);
    let again = CompiledPage::unpack(&mut bytes.into()).unwrap();
    assert_eq!(
        (full(&again), preview(&again)),
        (full(&page), preview(&page))
    );
    assert!(preview(&again).len() < full(&again).len());
}

proptest! {
    #[test]
    fn what_was_never_packed_is_refused_or_read_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        at in any::<prop::sample::Index>(),
    ) {
        let _ = CompiledPage::unpack(&mut Bytes::from(bytes.clone()));
        // The same within what was.
        let mut page = packed(&story()).to_vec();
        let at = at.index(page.len());
        let end = page.len().min(at + bytes.len().min(8));
        page[at..end].copy_from_slice(&bytes[..end - at]);
        let _ = CompiledPage::unpack(&mut Bytes::from(page));
    }
}
