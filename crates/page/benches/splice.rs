//! What compiling and splicing cost, as `name value unit` lines.
//!
//! `cargo bench -p ludgate-page`

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use access::{Outcome, StoryId};
use ludgate_page::{CompiledPage, Encoding, Options, Origin, Slot, compile};

/// A news page of 55 KB: as much furniture, structured data and script around
/// a story of 1,500 words as its originals have.
fn page() -> String {
    const WORDS: [&str; 24] = [
        "harbour",
        "lantern",
        "the",
        "of",
        "council",
        "a",
        "winter",
        "said",
        "market",
        "bridge",
        "in",
        "printer",
        "had",
        "window",
        "to",
        "railway",
        "garden",
        "who",
        "letter",
        "signal",
        "orchard",
        "on",
        "yesterday",
        "morning",
    ];
    // A fixed sequence without a period, so that it compresses like prose.
    let mut state = 7_u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(state >> 16) as usize % WORDS.len()]
    };
    let mut story = String::new();
    for _ in 0..30 {
        story.push_str("<p>");
        for _ in 0..50 {
            story.push_str(word());
            story.push(' ');
        }
        story.push_str("</p>\n");
    }
    let mut furniture = String::new();
    let mut number = 0;
    while furniture.len() < 30_000 {
        number += 1;
        let _ = writeln!(
            furniture,
            "<li class=\"teaser teaser--{number}\"><a href=\"/stories/2026/11/{}-{}-{number}\"><img src=\"/img/{number}.jpg\" alt=\"{} {}\" width=\"320\" height=\"180\" loading=\"lazy\"><h3>{} {} {} {}</h3></a></li>",
            word(),
            word(),
            word(),
            word(),
            word(),
            word(),
            word(),
            word(),
        );
    }
    let text = story.replace("<p>", "").replace("</p>\n", "\\n");
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A quiet harbour</title>\
         <meta property=\"og:title\" content=\"A quiet harbour\"><link rel=\"canonical\" href=\"https://review.example/stories/harbour\">\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"A quiet harbour\",\"articleBody\":\"{text}\"}}</script>\
         <script>{}</script></head><body><header><nav><ul>{furniture}</ul></nav></header><main><h1>A quiet harbour</h1>\
         <div class=\"story-body\">{story}</div></main><footer>The Review</footer></body></html>",
        "function f(a,b){for(var i=0;i<a.length;i++){b(a[i],i)}}".repeat(80)
    )
}

fn options() -> Result<Options, Box<dyn std::error::Error>> {
    let origin = Origin::parse("https://review.example").ok_or("an origin")?;
    let mut options = Options::new(origin).body([".story-body"])?;
    options.style_href = Some("/-/assets/prompts.css".to_owned());
    options.script_href = Some("/-/assets/prompts.js".to_owned());
    Ok(options)
}

/// The median of `rounds` runs of `times` calls each, for one call.
#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark is for reading the clock"
)]
fn median<T>(rounds: usize, times: u32, mut call: impl FnMut() -> T) -> Duration {
    let mut runs: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = std::time::Instant::now();
            for _ in 0..times {
                black_box(call());
            }
            start.elapsed() / times
        })
        .collect();
    runs.sort();
    runs[rounds / 2]
}

fn splices(page: &CompiledPage, slot: &Slot) {
    for (name, encoding) in [
        ("gzip", Encoding::Gzip),
        ("identity", Encoding::Identity),
        ("zstd", Encoding::Zstd),
    ] {
        for (version, outcome) in [("preview", Outcome::Preview), ("full", Outcome::Full)] {
            let time = median(101, 1000, || page.splice(outcome, encoding, Some(slot)));
            println!("splice_{version}_{name} {} ns", time.as_nanos());
            println!(
                "size_{version}_{name} {} bytes",
                page.splice(outcome, encoding, Some(slot)).len()
            );
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options()?;
    let html = page();
    println!("page {} bytes", html.len());
    let id = StoryId::new("/stories/harbour");
    let time = median(101, 4, || {
        compile(html.as_bytes(), None, id.clone(), &options)
    });
    println!("compile {} µs", time.as_micros());
    let compiled = compile(html.as_bytes(), None, id, &options)?;
    println!("memory {} bytes", compiled.memory());
    let slot = Slot::new(&"<aside class=wall>Subscribe to go on reading.</aside>".repeat(20));
    splices(&compiled, &slot);
    let time = median(101, 100, || {
        Slot::new("<aside>One story left this month.</aside>")
    });
    println!("slot {} ns", time.as_nanos());
    Ok(())
}
