//! Feeds for one reader, with whole stories in them. Which those are is decided by
//! whoever asks; what is answered is for that reader alone.

use std::collections::HashSet;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::FeedPlace;
use super::document::Document;
use super::text::absolute;
use crate::content::{BlockKind, Picture, Stories, Story};
use crate::publication::Publication;
use crate::view::{escape, sponsor};
use prompts::Arg;

/// Stories in one reader's feed: some 200 KB, made anew whenever it is asked for.
const MOST: usize = 30;

/// The stories in that feed.
pub(crate) fn stories<'a>(
    publication: &'a Publication,
    place: FeedPlace<'a>,
    now: Timestamp,
) -> Stories<'a> {
    let all = place.scope.stories(&publication.catalogue, now);
    all.cut(0..all.len().min(MOST))
}

/// The feed, with the text of the stories whose paths are in `whole`. It names its
/// own address nowhere: that is a secret, and what is in a feed is shown about.
pub(crate) fn with_whole(
    publication: &Publication,
    place: FeedPlace<'_>,
    whole: &HashSet<String>,
    now: Timestamp,
) -> Document {
    let stories = stories(publication, place, now);
    let is_whole = |story: &Story| whole.contains(&story.path());
    Document::with(publication, place.scope, &stories, is_whole, now)
}

/// The whole story as HTML that stands by itself: who paid for it, the picture,
/// the text, and what was wrong in it. No slots: what stands in them belongs to the
/// page. `None` where the text can't be had: then it is an excerpt.
pub(super) fn html(publication: &Publication, story: &Story) -> Option<String> {
    let body = publication.catalogue.body(story).ok()?;
    let url = &publication.settings.url;
    let (messages, locale) = (publication.theme.messages(), &publication.settings.locale);
    let mut html = String::with_capacity(2 * body.text.len() + 512);
    if let Some(by) = &story.sponsor {
        let name = sponsor(
            publication,
            locale,
            publication.catalogue.language_of(story),
            by,
        );
        let args = [("sponsor", Arg::Text(&name))];
        let paid = messages.text(locale, "pub-commissioned-by", &args);
        // Writing to a string can't fail.
        let _ = writeln!(
            html,
            "<p><strong>{}</strong> {}</p>",
            escape(&paid),
            escape(&by.note)
        );
    }
    if let Some(picture) = &story.picture {
        html.push_str(&figure(publication, picture));
    }
    let mut dateline = story.dateline.as_deref();
    for block in &body.blocks {
        if let BlockKind::Picture { file, alt } = &block.kind {
            let picture = Picture {
                file: file.clone(),
                alt: alt.clone(),
                caption: (!block.text.is_empty()).then(|| block.text.clone()),
                credit: None,
            };
            html.push_str(&figure(publication, &picture));
            continue;
        }
        let mut rest = block.html.as_str();
        if block.kind == BlockKind::Paragraph
            && let Some(place) = dateline.take()
            && let Some(paragraph) = rest.strip_prefix("<p>")
        {
            let _ = write!(html, "<p><strong>{}</strong> ", escape(place));
            rest = paragraph;
        }
        html.push_str(&absolute(rest, url));
        html.push('\n');
    }
    for correction in &story.corrections {
        let label = messages.text(locale, "pub-corrections", &[("count", Arg::Number(1))]);
        let _ = writeln!(
            html,
            "<p><em>{} ({}): {}</em></p>",
            escape(&label),
            correction.date,
            escape(&correction.text)
        );
    }
    Some(html)
}

fn figure(publication: &Publication, picture: &Picture) -> String {
    let Some(file) = publication.catalogue.pictures.get(&picture.file) else {
        return String::new();
    };
    let words = picture.caption.iter().chain(&picture.credit);
    let words: Vec<String> = words.map(|words| escape(words)).collect();
    let caption = match words.join(" ") {
        words if words.is_empty() => words,
        words => format!("<figcaption>{words}</figcaption>"),
    };
    format!(
        "<figure><img src=\"{}{}\" alt=\"{}\" width=\"{}\" height=\"{}\">{caption}</figure>\n",
        publication.settings.url,
        escape(&file.usual(&picture.file)),
        escape(&picture.alt),
        file.width,
        file.height
    )
}
