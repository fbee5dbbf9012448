//! Whatever is spliced decodes, with decoders of other people, to the bytes of
//! the page with its slot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests"
)]

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use access::Outcome;
use ludgate_page::{Encoded, Encoding, Slot, Splice};
use proptest::prelude::*;
use support::{compile, decoded, full, gunzip, options, paragraphs, preview, unzstd};

fn story() -> String {
    format!(
        "<!DOCTYPE html><title>t</title><header>h</header><div class=\"story-body\">{}</div><footer>f</footer>",
        paragraphs(30)
    )
}

#[test]
fn the_slot_stands_before_the_first_word_or_after_the_last() {
    let page = compile(&story()).unwrap();
    let slot = Slot::new("<aside>slot</aside>");
    let html = std::str::from_utf8(slot.html()).unwrap();
    let check = |outcome, plain: String, before: &str, after: &str| {
        let with = decoded(&page, outcome, Some(&slot));
        let (head, rest) = with.split_once(html).unwrap();
        assert_eq!(format!("{head}{rest}"), plain);
        assert!(head.ends_with(before), "{head}");
        assert!(rest.starts_with(after), "{rest}");
    };
    check(
        Outcome::Full,
        full(&page),
        "<div class=\"story-body\">",
        "<p>The ",
    );
    check(Outcome::Preview, preview(&page), "</p>", "</div><footer>");
}

#[test]
fn slots_of_any_length_decode() {
    let page = compile(&story()).unwrap();
    for len in [
        0, 1, 65_534, 65_535, 65_536, 131_070, 131_072, 131_073, 500_000,
    ] {
        let text: String = "slot ".chars().cycle().take(len).collect();
        for outcome in [Outcome::Full, Outcome::Preview] {
            assert!(decoded(&page, outcome, Some(&Slot::new(&text))).contains(&text));
        }
    }
}

#[test]
fn a_slot_is_stored_and_never_compressed() {
    let page = compile(&story()).unwrap();
    // What the page says many times would compress to nothing beside it.
    let secret = "The market of 3 letter orchard lantern council ".repeat(20);
    let slot = Slot::new(&secret);
    for encoding in [Encoding::Gzip, Encoding::Zstd] {
        let without = page.splice(Outcome::Preview, encoding, None).len();
        let with = page.splice(Outcome::Preview, encoding, Some(&slot));
        let added = with.len() - without;
        assert!(
            (0..20).contains(&(added - slot.html().len() as u64)),
            "{encoding:?} adds {added}"
        );
        let bytes = with.to_vec();
        assert!(
            bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes())
        );
    }
}

#[test]
fn what_readers_are_told_shows_neither_in_the_length_nor_in_the_ending() {
    let page = compile(&story()).unwrap();
    let one = Slot::new("<aside>1 free story left this month</aside>");
    let two = Slot::new("<aside>2 free stories left this month</aside>");
    let splice = |encoding, slot| page.splice(Outcome::Full, encoding, Some(slot));
    for encoding in Encoding::ALL {
        assert_eq!(splice(encoding, &one).len(), splice(encoding, &two).len());
    }
    let (first, second) = (splice(Encoding::Gzip, &one), splice(Encoding::Gzip, &two));
    let last = |splice: &Splice| splice.chunks().last().unwrap().as_ptr();
    assert_eq!(last(&first), last(&second), "the very same bytes");
}

#[test]
fn zstd_frames_keep_to_the_window_of_browsers() {
    // Incompressible enough, and longer than the largest window allowed.
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..9 << 20)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            b"0123456789abcdef"[(state >> 60) as usize]
        })
        .collect();
    let encoded = Encoded::new(&noise);
    let frame = encoded.get(Encoding::Zstd);
    let single_segment = frame[4] & 0x20 != 0;
    assert!(!single_segment, "the window would be the whole file");
    let window_log = 10 + (frame[5] >> 3);
    assert!(window_log <= 23, "{window_log}");
    assert!(unzstd(&frame) == noise);
    assert!(gunzip(&encoded.get(Encoding::Gzip)) == noise);
    assert!(encoded.get(Encoding::Identity) == noise);
}

#[test]
fn files_decode_to_themselves() {
    for file in [&b""[..], b"a", b"body { color: red }", &vec![0; 100_000]] {
        let encoded = Encoded::new(file);
        assert_eq!(encoded.get(Encoding::Identity), file);
        assert_eq!(gunzip(&encoded.get(Encoding::Gzip)), file);
        assert_eq!(unzstd(&encoded.get(Encoding::Zstd)), file);
        assert!(encoded.memory() >= file.len());
    }
}

#[test]
fn a_foreign_gzip_reads_one_member_and_nothing_after_it() {
    let script = "import sys, zlib\n\
        data = sys.stdin.buffer.read()\n\
        d = zlib.decompressobj(31)\n\
        out = d.decompress(data) + d.flush()\n\
        assert d.eof and not d.unused_data, 'one whole member'\n\
        sys.stdout.buffer.write(out)\n";
    let page = compile(&story()).unwrap();
    let slot = Slot::new("<aside>slot</aside>");
    let bytes = page
        .splice(Outcome::Preview, Encoding::Gzip, Some(&slot))
        .to_vec();
    let child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    // The other decoders judge everywhere; this one where it is installed.
    let Ok(mut child) = child else { return };
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let identity = page
        .splice(Outcome::Preview, Encoding::Identity, Some(&slot))
        .to_vec();
    assert!(output.stdout == identity);
}

#[test]
fn links_and_marks_are_written_into_the_head_of_stories_only() {
    let mut options = options();
    options.style_href = Some("/-/assets/a.css?a=1&b=\"2".to_owned());
    options.script_href = Some("/-/assets/a.js".to_owned());
    let html = "<!DOCTYPE html><html><head><title>t</title></head><body><div class=story-body>a b c</div></body></html>";
    let page = support::compile_with(html.as_bytes(), &options).unwrap();
    let links = "<link rel=\"stylesheet\" href=\"/-/assets/a.css?a=1&amp;b=&quot;2\">\
                 <script src=\"/-/assets/a.js\" defer></script>";
    for out in [full(&page), preview(&page)] {
        assert_eq!(out.matches(links).count(), 1, "{out}");
        let head = out.split_once("</head>").unwrap().0;
        assert!(
            head.contains(links) && head.contains("\"isAccessibleForFree\":false"),
            "{head}"
        );
        assert!(head.contains("\"cssSelector\":\".story-body\""), "{head}");
    }
    let html = html.replace("story-body", "other");
    let page = support::compile_with(html.as_bytes(), &options).unwrap();
    assert_eq!(full(&page), html);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_with_any_slot_decodes(
        before in "\\PC{0,300}", body in "\\PC{0,2000}", after in "\\PC{0,300}", slot in "\\PC{0,300}",
    ) {
        let html = format!("{before}<div class=story-body>{body}</div>{after}");
        if let Ok(page) = compile(&html) {
            for outcome in [Outcome::Full, Outcome::Preview] {
                decoded(&page, outcome, None);
                decoded(&page, outcome, Some(&Slot::new(&slot)));
            }
        }
    }
}
