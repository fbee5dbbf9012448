//! Whether every story of the publication can be cut, asked before its pages
//! are served: a page on which nothing matches `[articles] body` is no story
//! to the gate, and would go out whole.
//!
//! Pages are taken apart as the gate would. That takes about a millisecond
//! each, so those that were taken apart before are only rendered again.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use access::StoryId;
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use publication::Publication;

/// What stands for a page and how it is cut: a hash, which is enough to know
/// it again by.
type Fingerprint = [u8; 32];

/// The pages that were found to be sound. Holds one fingerprint for each story
/// of the publication that was looked at last, and no others.
#[derive(Debug)]
pub(crate) struct Cuts {
    sound: Mutex<HashSet<Fingerprint>>,
    bar: ProgressBar,
}

impl Default for Cuts {
    fn default() -> Self {
        Self::shown_on(ProgressBar::hidden())
    }
}

impl Cuts {
    /// Nothing looked at yet; the bar shows how far looking has come.
    pub(crate) fn shown_on(bar: ProgressBar) -> Self {
        Self {
            sound: Mutex::default(),
            bar,
        }
    }

    /// Takes the page of every story apart that is new or has changed, those
    /// to come included. Returns how many those were. Blocks.
    pub(crate) fn check(&self, publication: &Publication, how: &page::Options) -> Result<usize> {
        let stories = publication.stories();
        self.bar.set_length(stories.len() as u64);
        let known = self.turn(|sound| sound.clone());
        let mut taken_apart = 0;
        let mut found = HashSet::with_capacity(stories.len());
        // Whatever can change a cut is in here, what will be added included.
        let key = *blake3::hash(format!("{how:?}").as_bytes()).as_bytes();
        for story in self.bar.wrap_iter(stories.iter()) {
            // Nothing of it is served.
            if story.gone.is_some() {
                continue;
            }
            let path = story.path();
            let page = publication.respond(&path, None, jiff::Timestamp::MAX);
            let fingerprint = fingerprint(&key, &path, &page.body);
            if !known.contains(&fingerprint) {
                cut(&path, &page.body, how)?;
                taken_apart += 1;
            }
            found.insert(fingerprint);
        }
        self.bar.finish_and_clear();
        self.turn(|sound| *sound = found);
        Ok(taken_apart)
    }

    fn turn<T>(&self, with: impl FnOnce(&mut HashSet<Fingerprint>) -> T) -> T {
        with(&mut self.sound.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn fingerprint(key: &[u8; 32], path: &str, html: &[u8]) -> Fingerprint {
    let mut hash = blake3::Hasher::new_keyed(key);
    // No path has this byte, so nothing runs together.
    hash.update(path.as_bytes()).update(&[0]).update(html);
    *hash.finalize().as_bytes()
}

fn cut(path: &str, html: &[u8], how: &page::Options) -> Result<()> {
    let compiled = page::compile(html, Some("utf-8"), StoryId::new(path), how)
        .with_context(|| format!("the page of {path} can't be taken apart safely"))?;
    if compiled.kind() != page::Kind::Story {
        bail!(
            "nothing on the page of {path} matches [articles] body, so its text would be open to \
             everybody; is the selector written right, and does the theme's story.html still have \
             that element?"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use prompts::{Locale, Messages};
    use publication::{Settings, Source};

    use super::*;

    fn publication(content: &Path) -> Publication {
        let settings = Settings {
            url: "http://127.0.0.1".to_owned(),
            locale: Locale::english(),
            zone: jiff::tz::TimeZone::UTC,
            account: None,
            subscribe: None,
            give: None,
            derived: None,
            beginning: publication::Beginning::default(),
            search: None,
        };
        let messages = Arc::new(Messages::load(None).expect("the messages"));
        let source = Source::Folder(content.to_owned());
        Publication::load(&source, settings, None, messages).expect("a publication")
    }

    fn how(body: &str) -> page::Options {
        let origin = page::Origin::parse("http://127.0.0.1").expect("an origin");
        page::Options::new(origin).body([body]).expect("a selector")
    }

    #[test]
    fn a_page_is_taken_apart_again_only_once_it_or_the_way_it_is_cut_has_changed() {
        let dir = tempfile::tempdir().expect("a folder");
        let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter/content");
        for file in ["publication.toml", "stories/hello.md", "pages/subscribe.md"] {
            let to = dir.path().join(file);
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            std::fs::copy(starter.join(file), to).expect("copied");
        }
        let cuts = Cuts::default();
        let check = |body| cuts.check(&publication(dir.path()), &how(body)).ok();
        assert_eq!(check(".story-body"), Some(1));
        assert_eq!(check(".story-body"), Some(0));
        assert_eq!(check("div.story-body, .story-body"), Some(1));
        let story = dir.path().join("stories/hello.md");
        let text = std::fs::read_to_string(&story).expect("a story");
        std::fs::write(&story, text + "\nAnd more.\n").expect("written");
        assert_eq!(check("div.story-body, .story-body"), Some(1));
        assert_eq!(check(".story-bdoy"), None);
        assert_eq!(check(".story-bdoy"), None, "known by nobody as sound");
    }
}
