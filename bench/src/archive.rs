//! A newspaper's archive, made up: as many stories as wanted over twenty years,
//! of all lengths, by a seed. The same at every run.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
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

/// Writes the paper that the stories are in, and its one page.
pub(crate) fn write_paper(dir: &Path) -> Result<()> {
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
    Ok(())
}

/// Writes a content folder of `count` stories; those of a month lie in a folder.
pub(crate) fn write(dir: &Path, count: usize, seed: u64) -> Result<()> {
    ensure!(count <= MOST, "no more than {MOST} stories are written");
    write_paper(dir)?;
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

/// A story, before it is written down in one form or another.
struct Story {
    title: String,
    standfirst: String,
    section: &'static str,
    author: u64,
    label: String,
    /// One or two of them.
    tags: Vec<String>,
    tier: &'static str,
    related: Option<usize>,
    paragraphs: Vec<String>,
}

impl Story {
    fn draw(number: usize, draw: &mut Draw) -> Self {
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
        let author = draw.below(AUTHORS);
        let tier = draw.of(&["metered", "metered", "metered", "locked", "free"]);
        let label = topic(draw);
        let mut tags = vec![topic(draw), topic(draw)];
        tags.dedup();
        let mut related = None;
        if number > 1 && draw.below(3) == 0 {
            let other = draw.below(number as u64 - 1);
            related = usize::try_from(other).ok();
        }
        let mut paragraphs = Vec::new();
        for _ in 0..draw.of(&PARAGRAPHS).unwrap_or(6) {
            let mut text = String::new();
            for at in 0..2 + draw.below(4) {
                if at > 0 {
                    text.push(' ');
                }
                draw.sentence(&mut text);
            }
            paragraphs.push(text);
        }
        Self {
            title,
            standfirst,
            section,
            author,
            label,
            tags,
            tier: tier.unwrap_or("metered"),
            related,
            paragraphs,
        }
    }
}

/// Few topics have many stories, and many few.
fn topic(draw: &mut Draw) -> String {
    let widest = 1 + draw.below(TOPICS);
    format!("topic {}", draw.below(widest))
}

fn story(number: usize, published: Timestamp, draw: &mut Draw) -> String {
    let Story {
        title,
        standfirst,
        section,
        author,
        label,
        tags,
        tier,
        related,
        paragraphs,
    } = Story::draw(number, draw);
    let mut text = format!(
        "+++\ntitle = \"{title}\"\nstandfirst = \"{standfirst}\"\nlabel = \"{label}\"\nbyline = \
         [\"Author Number {author}\"]\npublished = {published}\nsection = \"{section}\"\ntags = \
         {tags:?}\ntier = \"{tier}\"\n"
    );
    if let Some(related) = related {
        let _ = writeln!(text, "related = [\"{}\"]", slug(related));
    }
    text.push_str("+++\n");
    for paragraph in paragraphs {
        let _ = write!(text, "\n{paragraph}\n");
    }
    text
}

/// Writes the same stories as WordPress exports them. What it doesn't know, which
/// stories belong together and who may read them, isn't in it.
pub(crate) fn write_export(file: &Path, count: usize, seed: u64) -> Result<()> {
    ensure!(count <= MOST, "no more than {MOST} stories are written");
    let mut to = BufWriter::new(fs::File::create(file)?);
    writeln!(
        to,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\"><channel>\n\
         <title>The Long Archive</title>\n<wp:wxr_version>1.2</wp:wxr_version>\n\
         <wp:base_blog_url>https://archive.example</wp:base_blog_url>"
    )?;
    let mut draw = Draw(seed);
    for number in 0..count {
        let published = published(number, count)?;
        write_item(&mut to, number, published, &Story::draw(number, &mut draw))?;
    }
    writeln!(to, "</channel></rss>")?;
    to.flush()?;
    Ok(())
}

fn write_item(
    to: &mut impl Write,
    number: usize,
    published: Timestamp,
    story: &Story,
) -> Result<()> {
    let (id, slug) = (number + 1, slug(number));
    let time = published.strftime("%Y-%m-%d %H:%M:%S");
    write!(
        to,
        "<item><title><![CDATA[{}]]></title><link>https://archive.example/{slug}/</link>\
         <dc:creator><![CDATA[Author Number {}]]></dc:creator><content:encoded><![CDATA[",
        story.title, story.author
    )?;
    for paragraph in &story.paragraphs {
        write!(
            to,
            "<!-- wp:paragraph -->\n<p>{paragraph}</p>\n<!-- /wp:paragraph -->\n\n"
        )?;
    }
    write!(
        to,
        "]]></content:encoded><excerpt:encoded><![CDATA[{}]]></excerpt:encoded>\
         <wp:post_id>{id}</wp:post_id><wp:post_date_gmt>{time}</wp:post_date_gmt>\
         <wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status>\
         <wp:post_type>post</wp:post_type>\
         <category domain=\"category\" nicename=\"{section}\">{section}</category>",
        story.standfirst,
        section = story.section
    )?;
    for tag in [&story.label].into_iter().chain(&story.tags) {
        let name = tag.replace(' ', "-");
        write!(
            to,
            "<category domain=\"post_tag\" nicename=\"{name}\">{tag}</category>"
        )?;
    }
    writeln!(to, "</item>")?;
    Ok(())
}

/// What somebody asks the search for, as the query of its address: each another thing,
/// and something is found each time.
pub(crate) fn query(number: usize, seed: u64) -> String {
    let mut draw = Draw(seed ^ number as u64);
    let (one, other) = (draw.word(), draw.word());
    let year = 2008 + draw.below(18);
    let letters = one.len().min(3);
    match number % 7 {
        0 => format!("q={one}+{other}+topic+{}", number % 100),
        1 => format!("q=%22{one}+{other}%22"),
        // Still being typed.
        2 => format!("q={other}+{}", one.get(..letters).unwrap_or(one)),
        3 => format!("q={other}+{}", misspelt(one)),
        4 => format!("q=author+number+{}", draw.below(AUTHORS)),
        5 => format!("q={one}&section=city&year={year}"),
        // A word that few stories have has one page only.
        _ => format!("q={one}&order=newest"),
    }
}

/// Two letters in the wrong order, where there are enough.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 4 {
        letters.swap(2, 3);
    }
    letters.into_iter().collect()
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

    #[test]
    fn an_export_has_every_story_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("export.xml");
        write_export(&file, 50, 1).expect("written");
        let text = fs::read_to_string(file).expect("text");
        for number in 0..50 {
            let name = format!("<wp:post_name>{}</wp:post_name>", slug(number));
            assert_eq!(text.matches(&name).count(), 1, "{name}");
        }
        assert_eq!(text.matches("</item>").count(), 50);
    }

    #[test]
    fn no_two_searches_in_a_row_are_alike() {
        let asked: std::collections::HashSet<String> =
            (0..500).map(|number| query(number, 1)).collect();
        assert!(asked.len() > 450, "{}", asked.len());
    }
}
