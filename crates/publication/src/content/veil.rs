//! Pictures that nothing shows but stories that are to come, or were withdrawn. They
//! aren't there without those: a picture can tell as much as its story, and its name is
//! easily guessed.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::catalogue::Catalogue;
use super::draft::{Reference, ReferenceKind};
use super::paper::Paper;
use super::story::Story;

/// The pictures that pages and the paper itself show, whichever stories are out.
pub(super) fn shown_always<'a>(
    paper: &'a Paper,
    pages: impl Iterator<Item = &'a Reference>,
) -> BTreeSet<String> {
    let authors = paper.authors.iter();
    let people = authors.filter_map(|author| author.picture_file.as_ref());
    let notices = [&paper.promotion, &paper.advertisement];
    let notices = notices.into_iter().filter_map(|slot| slot.notice.as_ref());
    let links = notices.filter_map(|notice| linked(&notice.link.as_ref()?.0.value));
    (people.chain(&paper.logo).map(|file| file.value.as_str()))
        .chain(links)
        .chain(pages.filter_map(picture))
        .map(str::to_owned)
        .collect()
}

impl Catalogue {
    /// Whether a picture isn't there at `now`. One that no story shows is: nobody has
    /// said when it may be seen.
    pub(crate) fn is_veiled(&self, name: &str, now: Timestamp) -> bool {
        let shows = |story: &Story| {
            story
                .references
                .iter()
                .any(|one| picture(one) == Some(name))
        };
        // Few are to come or were withdrawn, and mostly none of them shows it; only then
        // are all asked.
        let coming = self.stories.all.coming(now).iter();
        let mut hidden = coming.map(|story| &**story).chain(self.stories.withdrawn());
        hidden.any(shows) && !self.shown_always.contains(name) && !self.out(now).any(shows)
    }
}

/// The picture that is referred to, if one is.
fn picture(reference: &Reference) -> Option<&str> {
    match reference.kind {
        ReferenceKind::Picture => Some(&reference.name),
        ReferenceKind::Link => linked(&reference.name),
        _ => None,
    }
}

fn linked(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix("/pictures/")
}
