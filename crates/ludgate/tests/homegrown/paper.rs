//! What the site has to tell: stories of many paragraphs, each with a canary, a
//! word that stands nowhere else.

use crate::siege::Story;

/// The stories, and the sections that they are in. The rules of the gate leave
/// all of "Service" open and "Exclusive" to subscribers.
const STORIES: [(&str, &str); 10] = [
    ("a", "City"),
    ("b", "City"),
    ("c", "Harbour"),
    ("d", "Harbour"),
    ("e", "Region"),
    ("f", "Region"),
    ("g", "City"),
    ("h", "City"),
    ("locked", "Exclusive"),
    ("free", "Service"),
];

/// Paragraphs of a story.
const PARAGRAPHS: usize = 12;

/// Words of a paragraph beside its canary: two paragraphs are more than an
/// excerpt of a feed.
const WORDS: usize = 33;

/// How many paragraphs everybody may read.
const SHOWN: usize = 2;

/// What paragraphs are made of.
const VOCABULARY: [&str; 64] = [
    "harbour", "pilot", "lantern", "rope", "tide", "gauge", "winter", "ferry", "market", "council",
    "bridge", "engine", "letter", "captain", "window", "garden", "signal", "storm", "paper",
    "morning", "river", "mason", "clock", "tower", "bread", "copper", "island", "sailor", "school",
    "railway", "pocket", "mirror", "summer", "orchard", "ladder", "candle", "hammer", "velvet",
    "thunder", "basket", "chimney", "meadow", "anchor", "barrel", "cellar", "violin", "marble",
    "saddle", "kettle", "feather", "granite", "willow", "pepper", "cotton", "silver", "bottle",
    "pigeon", "rabbit", "turnip", "quarry", "beacon", "cradle", "sparrow", "tunnel",
];

/// One story.
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) section: &'static str,
    canaries: Vec<String>,
    pub(crate) paragraphs: Vec<String>,
}

impl Text {
    fn new(number: usize, (name, section): (&'static str, &'static str)) -> Self {
        let canaries: Vec<String> = (0..PARAGRAPHS)
            .map(|paragraph| format!("kanary{name}{paragraph:02}x"))
            .collect();
        // No two paragraphs have seven words in common.
        let mut state = 2_463_534_242 + u32::try_from(number).expect("few");
        let mut word = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            VOCABULARY[(state % 64) as usize]
        };
        let paragraph = |canary: &String| {
            let words: Vec<&str> = (0..WORDS).map(|_| word()).collect();
            format!("{canary} {}.", words.join(" "))
        };
        let paragraphs = canaries.iter().map(paragraph).collect();
        Self {
            name,
            section,
            canaries,
            paragraphs,
        }
    }

    pub(crate) fn path(&self) -> String {
        format!("/stories/{}", self.name)
    }

    /// All of it in one line.
    pub(crate) fn plain(&self) -> String {
        self.paragraphs.join(" ")
    }

    /// As a page shows it.
    pub(crate) fn html(&self) -> String {
        paragraphs(&self.paragraphs)
    }
}

pub(crate) fn paragraphs(texts: &[String]) -> String {
    let all: Vec<String> = texts
        .iter()
        .map(|text| format!("<p>{text}</p>\n"))
        .collect();
    all.concat()
}

pub(crate) struct Paper {
    pub(crate) texts: Vec<Text>,
}

impl Paper {
    pub(crate) fn new() -> Self {
        let texts = STORIES.into_iter().enumerate();
        Self {
            texts: texts
                .map(|(number, story)| Text::new(number, story))
                .collect(),
        }
    }

    /// The stories as attackers know them.
    pub(crate) fn stories(&self) -> Vec<Story> {
        let stories = self.texts.iter().zip(1..);
        stories
            .map(|(text, id)| Story {
                name: text.name.to_owned(),
                id,
                path: text.path(),
                shown: SHOWN,
                canaries: text.canaries.clone(),
            })
            .collect()
    }

    /// By its name or its number.
    pub(crate) fn find(&self, name: &str) -> Option<&Text> {
        let number = name
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let by_number = number.and_then(|number| self.texts.get(number));
        by_number.or_else(|| self.texts.iter().find(|text| text.name == name))
    }
}
