//! An entry becomes the text of a file.

use access::Tier;
use publication::{MOST_PREVIEW, topic_id};

use super::Wish;
use super::place::Surroundings;
use super::sections::Filed;
use crate::entry::{Audience, Entry};
use crate::footnotes::without_marks;
use crate::html::{self, Places};
use crate::remark::{Remark, Remarks};
use crate::sheet::{self, LeadPicture, MAX_LIST, StoryHead};
use crate::slug;

/// How long a headline is at most, in bytes.
const MAX_TITLE: usize = 300;

/// How long a standfirst is that is made of the beginning, in characters: two lines.
const STANDFIRST: usize = 220;

/// How much later a change must be to be one, in seconds: what is put right within ten
/// minutes is part of publishing.
const A_CHANGE: i64 = 600;

/// The headline: the entry's, or the beginning of its text.
pub(crate) fn title_of(entry: &Entry, remarks: &mut Remarks) -> String {
    let title = html::plain(&entry.title, remarks);
    if title.is_empty() || title.len() > MAX_TITLE {
        remarks.add(Remark::Title);
    }
    shortened(&title, MAX_TITLE)
}

/// The file of a story, or why it can't be one.
pub(crate) fn story(
    entry: &Entry,
    filed: Filed,
    wish: &Wish,
    around: &mut Surroundings<'_>,
    remarks: &mut Remarks,
) -> Result<String, String> {
    let mut title = title_of(entry, remarks);
    let picture = lead(entry, &title, around, remarks);
    let text = body(entry, &title, picture.as_ref(), around, remarks)?;
    let file = picture.as_ref().map(|picture| picture.file.as_str());
    let open = Open::of(entry, (&text, file), wish, around);
    if title.is_empty() {
        title = open.title(entry)?;
    }
    let published = entry.published.ok_or("it doesn't say when it appeared")?;
    let changed = |updated: &jiff::Timestamp| {
        updated.as_second() - published.as_second() >= A_CHANGE && *updated <= wish.now
    };
    let head = StoryHead {
        standfirst: open.standfirst(entry, &title, remarks),
        label: filed.label,
        byline: byline(entry, wish, around, remarks),
        published,
        updated: entry.updated.filter(changed),
        section: filed.section,
        tags: some(filed.tags, "tags", remarks),
        tier: match entry.audience {
            Some(Audience::Public) => Tier::Free,
            Some(Audience::Members) => Tier::Metered,
            Some(Audience::Paying) => Tier::Locked,
            None => wish.tier,
        },
        preview: entry.is_closed().then_some(open.paragraphs),
        picture,
        title,
    };
    Ok(sheet::story(&head, &text.markdown))
}

/// Words that everybody may read, whoever may read the story: what stands in lists, in
/// search and in feeds is made of these alone.
struct Open {
    /// The text's beginning as far as everybody could read it; may be empty.
    beginning: String,
    /// How many paragraphs of the text they are.
    paragraphs: usize,
    /// What the site told search engines of it; may be empty.
    description: String,
}

impl Open {
    /// Of a text that came with that picture over it.
    fn of(
        entry: &Entry,
        (text, lead): (&html::Text, Option<&str>),
        wish: &Wish,
        around: &mut Surroundings<'_>,
    ) -> Self {
        // Where the publisher says that all is for subscribers, it was so before.
        let is_kept = entry.audience.is_none() && wish.tier == Tier::Locked;
        let part = if is_kept { "" } else { entry.open_part() };
        let (beginning, paragraphs) = if part.is_empty() {
            (String::new(), 0)
        } else if part.len() == entry.body.len() {
            (
                text.beginning.clone(),
                paragraphs(&text.markdown, &text.markdown),
            )
        } else {
            let unsaid = &mut Remarks::default();
            let open = html::markdown(part, entry.dialect, "", lead, around, unsaid);
            let paragraphs = paragraphs(&open.markdown, &text.markdown);
            (open.beginning, paragraphs)
        };
        Self {
            beginning: without_marks(&beginning),
            paragraphs,
            description: html::plain(&entry.description, &mut Remarks::default()),
        }
    }

    /// A headline for what has none.
    fn title(&self, entry: &Entry) -> Result<String, String> {
        // The name in addresses is one that everybody sees.
        let name = slug::safe(&entry.slug).map(|slug| slug.as_str().replace('-', " "));
        let name = name.unwrap_or_default();
        let words = [&self.beginning, &self.description, &name];
        let title = words.map(|words| shortened(words, STANDFIRST));
        let found = title.into_iter().find(|title| !title.is_empty());
        found.ok_or_else(|| {
            "it has neither a title nor words that everybody may read to make one of".to_owned()
        })
    }

    fn standfirst(&self, entry: &Entry, title: &str, remarks: &mut Remarks) -> String {
        let excerpt = html::plain(&entry.excerpt, remarks);
        if !excerpt.is_empty() {
            return excerpt;
        }
        let beginning = shortened(&self.beginning, STANDFIRST);
        if !beginning.is_empty() {
            remarks.add(Remark::Standfirst);
            return beginning;
        }
        if !self.description.is_empty() {
            remarks.add(Remark::StandfirstDescription);
            return self.description.clone();
        }
        remarks.add(Remark::StandfirstTitle);
        title.to_owned()
    }
}

/// How many whole paragraphs `open` begins with, up to what is no paragraph, or isn't the
/// same in the `whole` text.
fn paragraphs(open: &str, whole: &str) -> usize {
    let both = open.trim().split("\n\n").zip(whole.trim().split("\n\n"));
    // One that goes on is another in the whole text.
    let same = both.take_while(|(open, whole)| open == whole && is_paragraph(open));
    same.count().min(usize::from(MOST_PREVIEW))
}

/// Whether a part of Markdown, as it is written here, is a paragraph of words.
fn is_paragraph(markdown: &str) -> bool {
    let first = markdown.chars().next();
    first.is_some_and(|first| first.is_alphabetic() || "“‘\"'«„(".contains(first))
}

/// The file of a page, or why it can't be one.
pub(crate) fn page(
    entry: &Entry,
    around: &mut Surroundings<'_>,
    remarks: &mut Remarks,
) -> Result<String, String> {
    let mut title = title_of(entry, remarks);
    let text = body(entry, &title, None, around, remarks)?;
    if title.is_empty() {
        title = shortened(&text.beginning, STANDFIRST);
    }
    if title.is_empty() {
        return Err("it has neither a title nor words to make one of".to_owned());
    }
    let standfirst = html::plain(&entry.excerpt, remarks);
    Ok(sheet::page(&title, &standfirst, &text.markdown))
}

fn body(
    entry: &Entry,
    title: &str,
    picture: Option<&LeadPicture>,
    around: &mut Surroundings<'_>,
    remarks: &mut Remarks,
) -> Result<html::Text, String> {
    if entry.body.len() > html::MAX_HTML {
        return Err("its text has more than 4 MB of HTML".to_owned());
    }
    let lead = picture.map(|picture| picture.file.as_str());
    let text = html::markdown(&entry.body, entry.dialect, title, lead, around, remarks);
    if text.markdown.trim().is_empty() {
        return Err("it has no text".to_owned());
    }
    Ok(text)
}

fn lead(
    entry: &Entry,
    title: &str,
    around: &mut Surroundings<'_>,
    remarks: &mut Remarks,
) -> Option<LeadPicture> {
    let found = entry.picture.as_ref()?;
    let file = match around.picture(&found.address) {
        Ok(file) => file,
        Err(remark) => {
            remarks.add(remark);
            return None;
        }
    };
    let mut words = |text: &Option<String>| {
        let text = text.as_deref().map(|text| html::plain(text, remarks));
        text.filter(|text| !text.is_empty())
    };
    let (alt, caption) = (words(&found.alt), words(&found.caption));
    let alt = alt.or_else(|| {
        remarks.add(Remark::NoDescription(file.clone()));
        caption.clone()
    });
    Some(LeadPicture {
        alt: alt.unwrap_or_else(|| match title {
            "" => file.split('.').next().unwrap_or_default().to_owned(),
            title => title.to_owned(),
        }),
        caption,
        file,
    })
}

fn byline(
    entry: &Entry,
    wish: &Wish,
    around: &Surroundings<'_>,
    remarks: &mut Remarks,
) -> Vec<String> {
    let mut byline: Vec<String> = Vec::new();
    for name in &entry.byline {
        let name = html::plain(name, remarks);
        let id = topic_id(&name);
        if !id.is_empty() && !byline.iter().any(|known| topic_id(known) == id) {
            byline.push(name);
        }
    }
    if byline.is_empty() {
        remarks.add(Remark::NoByline);
        let paper = around
            .home
            .masthead
            .as_ref()
            .map(|paper| paper.name.as_str());
        let site = Some(around.directory.site.name.as_str());
        let names = [wish.byline.as_deref(), paper, site, Some("The newsroom")];
        let first = names
            .into_iter()
            .flatten()
            .find(|name| !topic_id(name).is_empty());
        byline.extend(first.map(str::to_owned));
    }
    some(byline, "authors", remarks)
}

/// As many as a story may have.
fn some(mut list: Vec<String>, what: &'static str, remarks: &mut Remarks) -> Vec<String> {
    if list.len() > MAX_LIST {
        remarks.add(Remark::TooMany(what));
        list.truncate(MAX_LIST);
    }
    list
}

/// The text up to the end of a sentence, or of a word, before `limit`.
fn shortened(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit).collect();
    let ends = [
        ". ", "! ", "? ", "。", "！", "？", "؟ ", ".” ", "!” ", "?” ",
    ];
    let sentence = ends
        .iter()
        .filter_map(|end| cut.rfind(end).map(|at| at + end.trim_end().len()))
        .max();
    // A sentence of a word or two says nothing.
    if let Some(end) = sentence.filter(|end| *end > limit / 4) {
        return cut[..end].to_owned();
    }
    let word = cut.rfind(' ').map_or(&*cut, |blank| &cut[..blank]);
    format!(
        "{}…",
        word.trim_end_matches([',', ';', ':', '–', '—', '-', ' '])
    )
}
