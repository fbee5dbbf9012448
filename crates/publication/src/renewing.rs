//! The same publication after something was written: what it is then, what is different,
//! and what of it has to wait.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock, RwLock};

use crate::content::{Catalogue, ContentErrors, PictureFile, Slug, Source, Story};
use crate::publication::{Aids, Publication};
use crate::search::Finder;

/// How a publication differs from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// In what every page shows, or in what isn't followed in detail.
    Anything,
    /// In the pages of these stories alone, and in lists of stories: they were
    /// written, changed or taken out, or name one that was.
    Stories(Vec<Slug>),
}

impl Publication {
    /// The same publication with the content as it is in `source` now. Neither
    /// settings nor theme are looked at again.
    ///
    /// `paths`, inside the content folder, are all that can have changed; where
    /// they are stories and not many, only they are looked at.
    pub fn renewed(
        &self,
        source: &Source,
        paths: Option<&[&str]>,
        aids: Aids<'_>,
    ) -> Result<Self, ContentErrors> {
        let reread = paths.and_then(|paths| self.catalogue.reread(paths, aids.now, aids.mistakes));
        let aids = Aids {
            before: Some(self),
            ..aids
        };
        let catalogue = match reread {
            Some(reread) => reread?,
            None => Catalogue::load(&self.settings.loading(source, aids))?,
        };
        self.with(catalogue).rehearsed()
    }

    fn with(&self, catalogue: Catalogue) -> Self {
        Self {
            finder: Finder::new(self.settings.search.as_ref(), self.settings.texts.as_ref()),
            darkroom: OnceLock::new(),
            assets: self.assets.named(&catalogue.paper.name),
            catalogue,
            settings: self.settings.clone(),
            theme: Arc::clone(&self.theme),
            most_read: RwLock::new(self.most_read()),
            is_themed: self.is_themed,
        }
    }

    /// The same with some stories as they were in `before`, or left out where they
    /// weren't there, with the reason why the pages of each can't be served. `None`
    /// where others depend on them.
    pub fn holding_back(&self, wrong: Vec<(Slug, String)>, before: &Self) -> Option<Self> {
        let catalogue = self.catalogue.holding_back(wrong, &before.catalogue)?;
        Some(self.with(catalogue))
    }

    /// What is wrong with stories that are therefore served as they were before, or
    /// not at all, and with old addresses that lead nowhere
    /// ([`Mistakes::HoldBack`](crate::Mistakes::HoldBack)); `None` where all is served as
    /// it is.
    pub fn held_back(&self) -> Option<ContentErrors> {
        self.catalogue.held.errors()
    }

    /// How many files of stories that are.
    pub fn held_back_count(&self) -> usize {
        self.catalogue.held.files().count()
    }

    /// How this differs from `before`, of which it was [`renewed`](Self::renewed).
    pub fn changes_since(&self, before: &Self) -> Changes {
        let (new, old) = (&self.catalogue, &before.catalogue);
        let is_same = Arc::ptr_eq(&self.theme, &before.theme)
            && new.frame == old.frame
            && same_pictures(&new.pictures, &old.pictures);
        if !is_same {
            return Changes::Anything;
        }
        let news = new.stories.changes_since(&old.stories);
        let changed = news.iter().filter_map(|change| {
            let story = change.after.as_ref().or(change.before.as_ref())?;
            Some(story.slug.clone())
        });
        let mut slugs: BTreeSet<Slug> = changed.collect();
        if !slugs.is_empty() {
            let relates = |story: &&Arc<Story>| {
                let mut related = story.related.iter();
                related.any(|slug| slugs.contains(slug))
            };
            let relating = self.stories().iter().filter(relates);
            let relating: Vec<Slug> = relating.map(|story| story.slug.clone()).collect();
            slugs.extend(relating);
        }
        Changes::Stories(slugs.into_iter().collect())
    }
}

/// Whether no picture has changed.
fn same_pictures(new: &BTreeMap<String, PictureFile>, old: &BTreeMap<String, PictureFile>) -> bool {
    let prints = |pictures: &BTreeMap<String, PictureFile>| {
        let named = pictures.iter();
        let named = named.map(|(name, file)| (name.clone(), file.fingerprint));
        named.collect::<Vec<_>>()
    };
    prints(new) == prints(old)
}
