//! The story alone: the content of its body, out of a version of its page.
//!
//! A program that reads stories wants no page around them. What it is given comes
//! out of the very version of the page that a browser would be sent under the
//! same decision, so nothing can be in it that isn't in that version: the page is
//! read again after it was spliced, never its source.

use access::Outcome;

use crate::error::CompileError;
use crate::found::Text;
use crate::options::Options;
use crate::page::CompiledPage;
use crate::read;
use crate::{Encoding, html::entity};

/// What one version of a page says, without the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Its first heading, or its title where it has none.
    pub headline: Option<String>,
    /// What it says of itself in a sentence.
    pub description: Option<String>,
    /// The HTML in the story's body. Of several bodies one after the other; empty
    /// where the page has none that the options tell.
    pub body: String,
}

impl CompiledPage {
    /// The story under a decision's `outcome`: all of it, or its beginning.
    /// `options` are those that the page was compiled by.
    ///
    /// # Errors
    ///
    /// That version of the page can't be read safely; nothing of it may be told.
    pub fn body(&self, outcome: Outcome, options: &Options) -> Result<Excerpt, CompileError> {
        let page = self.splice(outcome, Encoding::Identity, None).to_vec();
        let page = String::from_utf8_lossy(&page);
        let found = read::read(&page, &options.body)?;
        let mut body = String::new();
        let mut end = 0;
        for one in &found.bodies {
            if one.inner.start < end {
                continue;
            }
            end = one.inner.end;
            if !body.is_empty() {
                body.push('\n');
            }
            body.push_str(one.inner.of(&page).trim());
        }
        let heading: String = found.heading.iter().map(|span| span.of(&page)).collect();
        let title = || found.title.map(|title| title.of(&page));
        let headline = Some(heading.as_str()).filter(|text| !text.trim().is_empty());
        let metas = |name: &str| {
            let mut metas = found.metas.iter();
            metas.find(|(known, _)| known == name)
        };
        let described = metas("og:description").or_else(|| metas("description"));
        Ok(Excerpt {
            headline: headline
                .or_else(title)
                .map(line)
                .filter(|text| !text.is_empty()),
            description: described.map(|(_, text)| text.clone()),
            body,
        })
    }
}

/// The text in one line, its references decoded.
fn line(text: &str) -> String {
    let text = entity::decode(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// What `html` says, without any markup: a line for each of its blocks. Empty for
/// what can't be read.
pub fn plain(html: &str) -> String {
    let Ok(found) = read::read(html, &[]) else {
        return String::new();
    };
    let mut lines: Vec<(u32, String)> = Vec::new();
    for Text { span, block, .. } in &found.texts {
        let text = entity::decode(span.of(html));
        match lines.last_mut() {
            Some((last, line)) if last == block => line.push_str(&text),
            _ => lines.push((*block, text.into_owned())),
        }
    }
    let lines = lines.into_iter().map(|(_, line)| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
