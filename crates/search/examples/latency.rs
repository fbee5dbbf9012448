//! How long questions take to an index of 100,000 stories.
//!
//! `cargo run --release -p ludgate-search --example latency [STORIES] [FOLDER [WORDS]]`
//! makes stories of words that are as frequent as those of a language (by
//! Zipf), writes them, and asks a few thousand questions of every kind, the
//! dear ones included. With WORDS, whole texts of so many words are written and
//! searched as well.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, read by people"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "it measures time, and reads its arguments"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use ludgate_search::{
    Document, Facet, Filters, Fingerprint, Index, Language, Order, Query, Reach, Request, Second,
    Texts, Wanted,
};

/// Different words; a paper of some years has about so many.
const WORDS: usize = 120_000;
const DAY: i64 = 86_400;

/// A generator that gives the same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }

    /// A word by how frequent it is: the number of a rank.
    fn word(&mut self) -> String {
        let part = self.below(1 << 24) as f64 / f64::from(1 << 24);
        let rank = (WORDS as f64).powf(part) as usize;
        spelt(rank)
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// A word that can be spoken, one for every rank.
fn spelt(mut rank: usize) -> String {
    let (consonants, vowels) = (b"bdfghklmnprstvwz", b"aeiou");
    let mut word = String::new();
    loop {
        word.push(char::from(consonants[rank % 16]));
        rank /= 16;
        word.push(char::from(vowels[rank % 5]));
        rank /= 5;
        if rank == 0 {
            return word;
        }
    }
}

fn story(number: usize, now: Second) -> Document {
    let dice = &mut Dice(number as u64);
    let author = format!("author-{}", dice.below(300));
    let topics: Vec<String> = (0..3)
        .map(|_| format!("topic-{}", dice.below(3000)))
        .collect();
    let days = i64::try_from(number / 12).unwrap_or(i64::MAX);
    Document {
        id: format!("story-{number}"),
        fingerprint: Fingerprint(1),
        language: Language::English,
        headline: dice.words(8),
        standfirst: dice.words(25),
        labels: topics.iter().map(|topic| topic.replace('-', " ")).collect(),
        byline: vec![author.replace('-', " ")],
        text: dice.words(50),
        published: Second(now.0 - days * DAY),
        facets: [
            vec![format!("section-{}", dice.below(8))],
            topics,
            vec![author],
            vec![(2026 - days / 365).to_string()],
        ],
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let stories: usize = args.next().map_or(100_000, |count| count.parse().unwrap());
    let folder = args.next();
    let words: Option<usize> = args.next().map(|count| count.parse().unwrap());
    let now = Second(20_000 * DAY);
    let index = Index::new(folder.as_deref().map(Path::new));

    let ids: Vec<String> = (0..stories)
        .map(|number| format!("story-{number}"))
        .collect();
    let wanted: Vec<Wanted<'_>> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| Wanted {
            id,
            fingerprint: Fingerprint(1),
            published: Second(now.0 - i64::try_from(number / 12).unwrap_or(i64::MAX) * DAY),
        })
        .collect();
    let start = Instant::now();
    let mut fetch = |id: &str| {
        let number = id.strip_prefix("story-")?.parse().ok()?;
        Some(story(number, now))
    };
    let synced = index.sync(&wanted, now, &mut fetch, &|| true).unwrap();
    println!(
        "{} stories written in {:.1?}",
        synced.written,
        start.elapsed()
    );
    let start = Instant::now();
    index.sync(&wanted, now, &mut fetch, &|| true).unwrap();
    println!("nothing to do: {:.1?}", start.elapsed());

    open(&index, now);
    if let (Some(folder), Some(words)) = (folder, words) {
        let texts = Texts::new(Some(&Path::new(&folder).join("texts")));
        whole(&texts, &index, &wanted, (words, now));
    }
}

/// What everybody may search.
fn open(index: &Index, now: Second) {
    let dice = &mut Dice(7);
    let common = |dice: &mut Dice| spelt(dice.below(30));
    measure("a frequent word", 400, |_| ask(index, &common(dice), now));
    let dice = &mut Dice(8);
    measure("a word", 400, |_| ask(index, &dice.word(), now));
    measure("two words", 400, |_| ask(index, &dice.words(2), now));
    measure("five words", 200, |_| ask(index, &dice.words(5), now));
    measure("ten frequent words", 100, |_| {
        let words: Vec<String> = (0..10).map(|_| common(dice)).collect();
        ask(index, &words.join(" "), now);
    });
    measure("a phrase", 200, |_| {
        ask(index, &format!("\"{}\"", dice.words(2)), now);
    });
    measure("a phrase of frequent words", 100, |_| {
        ask(
            index,
            &format!("\"{} {}\"", common(dice), common(dice)),
            now,
        );
    });
    measure("a beginning", 200, |_| {
        ask(index, &spelt(5_000 + dice.below(9_000))[..3], now);
    });
    measure("a slip", 200, |_| {
        ask(
            index,
            &format!("{}q", spelt(5_000 + dice.below(9_000))),
            now,
        );
    });
    measure("two slips", 100, |_| {
        let word = format!(
            "{}{}",
            spelt(dice.below(9_000)),
            spelt(6_000 + dice.below(9_000))
        );
        ask(index, &format!("{word}qj"), now);
    });
    measure("five slips", 50, |_| {
        let slip = |dice: &mut Dice| format!("{}qj", spelt(6_000 + dice.below(9_000)).repeat(2));
        let words: Vec<String> = (0..5).map(|_| slip(dice)).collect();
        ask(index, &words.join(" "), now);
    });
    measure("a section alone", 100, |number| {
        let mut filters = Filters::default();
        filters.choose(Facet::Section, &format!("section-{}", number % 8));
        filters.choose(Facet::Year, "2020");
        let request = Request {
            filters,
            ..request("", now)
        };
        index.search(&request).unwrap();
    });
    measure("the fiftieth page", 100, |_| {
        let request = Request {
            skip: 588,
            ..request(&common(dice), now)
        };
        index.search(&request).unwrap();
    });
    measure("suggestions", 400, |_| {
        let word = dice.word();
        let typed = &word[..word.len().min(2 + dice.below(4))];
        index.suggest(&Query::parse(typed), now).unwrap();
    });
}

/// The same of whole texts, with their files and what of them is in memory.
fn whole(texts: &Texts, open: &Index, wanted: &[Wanted<'_>], (words, now): (usize, Second)) {
    let start = Instant::now();
    let mut fetch = |id: &str| {
        let number = id.strip_prefix("story-")?.parse().ok()?;
        Some(Document {
            text: Dice(number as u64 + 1).words(words),
            ..story(number, now)
        })
    };
    let synced = texts.sync(wanted, now, &mut fetch, &|| true).unwrap();
    println!(
        "{} texts of {words} words written in {:.1?}",
        synced.written,
        start.elapsed()
    );
    let ask = |query: &str, reach| {
        let request = Request::best(Query::parse(query), 100, now);
        texts.candidates(&request, reach, open).unwrap();
    };
    let dice = &mut Dice(9);
    measure("texts: a word", 400, |_| ask(&dice.word(), Reach::Words));
    measure("texts: two words", 400, |_| {
        ask(&dice.words(2), Reach::Words);
    });
    measure("texts: a phrase", 200, |_| {
        ask(&format!("\"{}\"", dice.words(2)), Reach::Words);
    });
    measure("texts: ten frequent words", 100, |_| {
        let words: Vec<String> = (0..10).map(|_| spelt(dice.below(30))).collect();
        ask(&words.join(" "), Reach::Words);
    });
    measure("texts: a beginning", 200, |_| {
        ask(&spelt(5_000 + dice.below(9_000))[..3], Reach::Beginnings);
    });
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().filter(|line| line.starts_with("Rss"));
    println!("{}", resident.collect::<Vec<_>>().join(", "));
}

fn request(query: &str, now: Second) -> Request {
    Request {
        query: Query::parse(query),
        filters: Filters::default(),
        order: Order::Best,
        skip: 0,
        show: 12,
        now,
    }
}

fn ask(index: &Index, query: &str, now: Second) {
    let answer = index.search(&request(query, now)).unwrap();
    for hit in &answer.hits {
        answer.marker.excerpt(&hit.text, hit.language, 180);
    }
}

fn measure(what: &str, times: usize, mut question: impl FnMut(usize)) {
    let mut took: Vec<Duration> = (0..times)
        .map(|number| {
            let start = Instant::now();
            question(number);
            start.elapsed()
        })
        .collect();
    took.sort();
    let at = |part: f64| took[((took.len() - 1) as f64 * part) as usize];
    println!("{what:28} p50 {:8.2?}   p99 {:8.2?}", at(0.5), at(0.99));
}
