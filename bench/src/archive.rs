//! A newspaper's archive, made up: as many stories as wanted over twenty years,
//! of all lengths, by a seed. The same at every run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use jiff::{SignedDuration, Timestamp};

/// The most that are written: what the server takes is 250 000.
const MOST: usize = 250_000;

/// When the last story appeared, and for how long there have been any.
const LAST: i64 = 1_795_000_000;
const SECONDS: i64 = 20 * 365 * 24 * 60 * 60;

/// Sections, each with how many of a hundred stories are in it.
const SECTIONS: [(&str, &str, u64); 8] = [
    ("city", "City", 28),
    ("harbour", "Harbour", 12),
    ("politics", "Politics", 18),
    ("business", "Business", 12),
    ("culture", "Culture", 10),
    ("sport", "Sport", 10),
    ("science", "Science", 4),
    ("opinion", "Opinion", 6),
];

/// Authors, and topics that tags and labels are of.
const AUTHORS: u64 = 300;
const TOPICS: u64 = 2_000;

/// Paragraphs of a story: mostly short ones, some long.
const PARAGRAPHS: [u64; 8] = [4, 6, 8, 8, 10, 12, 18, 45];

/// Words that stories are made of. What they say doesn't matter, but they are of
/// ordinary lengths and compress as prose does.
const WORDS: [&str; 96] = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "in",
    "that",
    "was",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "it",
    "this",
    "which",
    "had",
    "were",
    "but",
    "they",
    "have",
    "one",
    "all",
    "there",
    "ferry",
    "council",
    "harbour",
    "quay",
    "tide",
    "ward",
    "bridge",
    "market",
    "budget",
    "vote",
    "committee",
    "engine",
    "winter",
    "morning",
    "evening",
    "report",
    "letter",
    "gauge",
    "water",
    "school",
    "station",
    "garden",
    "theatre",
    "library",
    "hospital",
    "pilot",
    "mayor",
    "clerk",
    "engineer",
    "captain",
    "surveyor",
    "teacher",
    "river",
    "island",
    "railway",
    "street",
    "house",
    "window",
    "record",
    "season",
    "weather",
    "price",
    "pound",
    "meeting",
    "minute",
    "question",
    "answer",
    "reason",
    "year",
    "month",
    "week",
    "day",
    "night",
    "century",
    "first",
    "second",
    "last",
    "old",
    "new",
    "long",
    "short",
    "quiet",
    "narrow",
    "public",
    "private",
    "late",
    "early",
    "heavy",
    "bright",
    "empty",
];

/// A number that says nothing of the one before.
struct Draw(u64);

impl Draw {
    /// Below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        // The finaliser of splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit.max(1)
    }

    fn of<T: Copy>(&mut self, some: &[T]) -> Option<T> {
        let at = usize::try_from(self.below(some.len() as u64)).ok()?;
        some.get(at).copied()
    }

    fn word(&mut self) -> &'static str {
        self.of(&WORDS).unwrap_or("tide")
    }

    fn sentence(&mut self, text: &mut String) {
        let length = 6 + self.below(16);
        for at in 0..length {
            let word = self.word();
            if at == 0 {
                text.push_str(&capital(word));
            } else {
                text.push(' ');
                text.push_str(word);
            }
        }
        text.push('.');
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The file name of a story, without its ending.
pub(crate) fn slug(number: usize) -> String {
    format!("archive-{number:06}")
}

/// Writes a content folder of `count` stories; those of a month lie in a folder.
pub(crate) fn write(dir: &Path, count: usize, seed: u64) -> Result<()> {
    ensure!(count <= MOST, "no more than {MOST} stories are written");
    for folder in ["stories", "pages"] {
        fs::create_dir_all(dir.join(folder))?;
    }
    let mut paper = "name = \"The Long Archive\"\ncity = \"Ness\"\n".to_owned();
    for (id, name, _) in SECTIONS {
        // Writing to a string doesn't fail.
        let _ = write!(paper, "\n[[sections]]\nid = \"{id}\"\nname = \"{name}\"\n");
    }
    fs::write(dir.join("publication.toml"), paper)?;
    fs::write(
        dir.join("pages/subscribe.md"),
        "+++\ntitle = \"Subscribe\"\n+++\n\nA subscription opens every story.\n",
    )?;
    let mut draw = Draw(seed);
    let mut month = String::new();
    for number in 0..count {
        let published = published(number, count)?;
        let day = published.to_string();
        let folder = day.get(..7).context("a day")?.replace('-', "/");
        let folder = format!("stories/{folder}");
        if folder != month {
            fs::create_dir_all(dir.join(&folder))?;
            month.clone_from(&folder);
        }
        let text = story(number, published, &mut draw);
        fs::write(dir.join(format!("{folder}/{}.md", slug(number))), text)?;
    }
    Ok(())
}

/// Evenly over the years, the last one first.
fn published(number: usize, count: usize) -> Result<Timestamp> {
    let place = i64::try_from(number)?;
    let apart = SECONDS / i64::try_from(count.max(1))?;
    let last = Timestamp::from_second(LAST)?;
    Ok(last - SignedDuration::from_secs(place * apart))
}

fn story(number: usize, published: Timestamp, draw: &mut Draw) -> String {
    let mut section = SECTIONS[0].0;
    let mut share = draw.below(100);
    for (id, _, of_a_hundred) in SECTIONS {
        if share < of_a_hundred {
            section = id;
            break;
        }
        share -= of_a_hundred;
    }
    let mut title = String::new();
    draw.sentence(&mut title);
    title.truncate(title.trim_end_matches('.').len());
    let mut standfirst = String::new();
    draw.sentence(&mut standfirst);
    let topic = |draw: &mut Draw| {
        // Few topics have many stories, and many few.
        let widest = 1 + draw.below(TOPICS);
        format!("topic {}", draw.below(widest))
    };
    let author = draw.below(AUTHORS);
    let tier = draw.of(&["metered", "metered", "metered", "locked", "free"]);
    let mut text = format!(
        "+++\ntitle = \"{title}\"\nstandfirst = \"{standfirst}\"\nlabel = \"{}\"\nbyline = \
         [\"Author Number {author}\"]\npublished = {published}\nsection = \"{section}\"\ntags = \
         [\"{}\", \"{}\"]\ntier = \"{}\"\n",
        topic(draw),
        topic(draw),
        topic(draw),
        tier.unwrap_or("metered"),
    );
    if number > 1 && draw.below(3) == 0 {
        let other = draw.below(number as u64 - 1);
        let other = usize::try_from(other).unwrap_or_default();
        let _ = writeln!(text, "related = [\"{}\"]", slug(other));
    }
    text.push_str("+++\n");
    for _ in 0..draw.of(&PARAGRAPHS).unwrap_or(6) {
        text.push('\n');
        for at in 0..2 + draw.below(4) {
            if at > 0 {
                text.push(' ');
            }
            draw.sentence(&mut text);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_the_same_at_every_run() {
        let read = |seed| {
            let dir = tempfile::tempdir().expect("a folder");
            write(dir.path(), 50, seed).expect("written");
            let mut files = Vec::new();
            let mut folders = vec![dir.path().to_owned()];
            while let Some(folder) = folders.pop() {
                for entry in fs::read_dir(folder).expect("a folder") {
                    let path = entry.expect("an entry").path();
                    if path.is_dir() {
                        folders.push(path);
                    } else {
                        files.push(fs::read_to_string(path).expect("text"));
                    }
                }
            }
            files.sort();
            files
        };
        assert_eq!(read(1), read(1));
        assert_ne!(read(1), read(2));
        assert_eq!(read(1).len(), 52);
    }
}
