//! What holds of every input. The tests ask it of the corpora, and the fuzzer
//! (`fuzz/`) of whatever it makes up.

use access::{Outcome, StoryId};
use bytes::Bytes;
use ludgate_page::{CompiledPage, Kind, Options, Preview, Slot, compile_and_plan};

use super::{compile_with, decoded, full, options, preview};

/// More letters than a repetition needs to be found.
const CANARY: &str = "nobody on the quay could say who had kept the lamp alight that night";

/// Pages larger than this teach a fuzzer nothing new.
const MAX_LEN: usize = 64 << 10;

/// Options under which no word of a story is for everybody.
pub fn no_words() -> Options {
    let mut options = options();
    options.preview = Preview::Words(0);
    options
}

/// Compiling never panics, and what stands at the beginning of a body is in no
/// preview, whatever follows it but a marker, which moves the cut.
pub fn compiles(input: &[u8]) {
    if input.len() > MAX_LEN {
        return;
    }
    let _ = compile_with(input, &options());
    if String::from_utf8_lossy(input)
        .to_ascii_lowercase()
        .contains("ludgate:locked")
    {
        return;
    }
    let before = b"<!DOCTYPE html><meta charset=utf-8><title>t</title><h1>h</h1>\
        <div class=story-body><p>";
    let html = [&before[..], CANARY.as_bytes(), b"</p>", input].concat();
    if let Ok(page) = compile_with(&html, &no_words()) {
        assert_eq!(page.kind(), Kind::Story);
        assert!(!preview(&page).contains(CANARY));
        assert!(full(&page).contains(CANARY));
    }
}

/// Every splice is the same in every encoding, and a slot is all that it adds.
pub fn splices(input: &[u8]) {
    if input.len() > MAX_LEN {
        return;
    }
    let Ok(page) = compile_with(input, &no_words()) else {
        return;
    };
    let text = String::from_utf8_lossy(input);
    for slot in ["<aside>slot</aside>", &text] {
        let spliced = Slot::new(slot);
        let html = spliced.html();
        assert!(html.starts_with(slot.as_bytes()));
        let slot = std::str::from_utf8(html).expect("what was text is text");
        for outcome in [Outcome::Full, Outcome::Preview] {
            let without = decoded(&page, outcome, None);
            let with = decoded(&page, outcome, Some(&spliced));
            match page.kind() {
                Kind::Page => assert_eq!(with, without),
                Kind::Story => {
                    assert_eq!(with.len(), without.len() + slot.len());
                    let common = with.bytes().zip(without.bytes());
                    let before = common.take_while(|(with, without)| with == without).count();
                    // The slot may begin like what follows it.
                    let found = with
                        .match_indices(slot)
                        .any(|(at, _)| at <= before && with[at + slot.len()..] == without[at..]);
                    assert!(found, "the slot is in its place");
                }
            }
        }
    }
}

/// A page is the same when it is compiled again by its plan.
pub fn plans(input: &[u8]) {
    let id = StoryId::new("/stories/one");
    let Ok((page, plan)) = compile_and_plan(input, None, id, &[], &no_words()) else {
        return;
    };
    let again = plan.compile(input, None).expect("it was decoded before");
    same(&page, &again);
}

fn same(page: &CompiledPage, again: &CompiledPage) {
    assert_eq!(again.facts(), page.facts());
    assert_eq!((again.kind(), again.role()), (page.kind(), page.role()));
    for outcome in [Outcome::Full, Outcome::Preview] {
        for slot in [None, Some(&Slot::new("<aside>slot</aside>"))] {
            assert_eq!(decoded(again, outcome, slot), decoded(page, outcome, slot));
        }
    }
}

/// A page is the same after it has been packed, and of less than all that was
/// packed there is none.
pub fn packs(input: &[u8]) {
    let page = match compile_with(input, &no_words()) {
        Ok(page) if input.len() <= MAX_LEN => page,
        _ => return,
    };
    let mut packed = Vec::new();
    page.pack(&mut packed);
    let packed = Bytes::from(packed);
    let mut rest = Bytes::from([&packed[..], b"rest"].concat());
    let again = CompiledPage::unpack(&mut rest).expect("what was packed is a page");
    assert_eq!(rest, "rest", "no more is taken than was packed");
    same(&page, &again);
    let cuts = (0..packed.len()).step_by(packed.len() / 64 + 1);
    for mut part in cuts.map(|cut| packed.slice(..cut)) {
        assert!(CompiledPage::unpack(&mut part).is_none());
    }
}

/// A list of selectors, a line break, and a page: what the list finds it finds
/// in capitals too, and nothing panics.
pub fn selects(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let Some((list, html)) = text.split_once('\n').filter(|_| text.len() <= MAX_LEN) else {
        return;
    };
    let kind = |list: &str| {
        let options = options().body([list]).ok()?;
        Some(compile_with(html.as_bytes(), &options).map(|page| page.kind()))
    };
    let found = kind(list);
    assert_eq!(
        found.is_some(),
        ludgate_page::check_selectors(&[list]).is_ok()
    );
    assert_eq!(found, kind(&list.to_ascii_uppercase()));
}
