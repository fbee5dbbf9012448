//! An export is never in memory as a whole.

use std::io::{BufReader, Read};

use ludgate_exports::{Format, bring};

use crate::press::{Press, item};

/// An export that is made while it is read: so many stories of so many words, each with
/// so many bytes of readers' comments, and every hundredth of them broken.
struct Made {
    stories: usize,
    next: usize,
    words: String,
    comments: String,
    held: Vec<u8>,
    at: usize,
}

impl Made {
    fn new(stories: usize, bytes: usize, comments: usize) -> Self {
        let head = crate::press::wxr("");
        let head = head.split(|byte| *byte == b'\n').take(2);
        let comment = "<wp:comment><wp:comment_content><![CDATA[Well said, all of it.]]>\
                       </wp:comment_content></wp:comment>\n";
        let words = "<p>The tide was high, &amp; <b>higher</b> than the quay.</p>\n";
        Self {
            stories,
            next: 0,
            words: words.repeat(bytes / words.len()),
            comments: comment.repeat(comments / comment.len()),
            held: head.flat_map(|line| [line, b"\n"].concat()).collect(),
            at: 0,
        }
    }
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.held.len() {
            self.at = 0;
            self.next += 1;
            self.held = if self.next <= self.stories {
                let item = item(self.next, &format!("Story {}", self.next), &self.words);
                let item = item.replace("</item>", &format!("{}</item>", self.comments));
                let broken = self.next.is_multiple_of(100);
                let item = if broken {
                    item.replace("</wp:status>", "")
                } else {
                    item
                };
                item.into_bytes()
            } else if self.next == self.stories + 1 {
                b"</channel></rss>".to_vec()
            } else {
                Vec::new()
            };
        }
        let length = into.len().min(self.held.len() - self.at);
        into[..length].copy_from_slice(&self.held[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// The most memory that this process has had, in megabytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .expect("it is told");
    let number = line
        .split_ascii_whitespace()
        .nth(1)
        .and_then(|number| number.parse::<u64>().ok());
    number.expect("a number") / 1024
}

fn check(stories: usize, bytes: usize, comments: usize, most: u64) {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    let before = peak();
    let mut open = |_| Ok(BufReader::new(Made::new(stories, bytes, comments)));
    let summary = bring(&wish, &mut open, &mut std::io::sink()).expect("it is brought over");
    let broken = (stories / 100) as u64;
    assert_eq!(
        (summary.stories, summary.failed),
        (stories as u64 - broken, broken)
    );
    let grown = peak() - before;
    assert!(grown <= most, "{grown} MB more than before");
}

#[test]
fn forty_megabytes_take_ten() {
    check(400, 2_000, 100_000, 10);
}

#[test]
#[ignore = "reads half a gigabyte three times"]
fn half_a_gigabyte_takes_less_than_a_hundred_megabytes() {
    check(25_000, 10_000, 10_000, 100);
}
