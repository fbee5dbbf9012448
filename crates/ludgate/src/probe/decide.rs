//! What a probe can't know, and leaves to the publisher: each with what to
//! write where.

use super::pages::Looked;
use super::proposal::Proposal;
use super::report::{Becomes, Fate, Leak, Story, counted};
use super::trail::Trail;

/// What is left to decide.
pub(crate) struct Doubts<'a> {
    pub(crate) proposal: &'a Proposal,
    pub(crate) trail: &'a Trail,
    pub(crate) stories: &'a [Story],
    pub(crate) leaks: &'a [Leak],
    /// Pages that are no stories and show the text of some.
    pub(crate) lists: &'a [String],
    /// Addresses that several stories say are theirs, and how many do.
    pub(crate) shared: &'a [(String, usize)],
    /// Whether anything was left untried for want of time.
    pub(crate) ran_out: bool,
    /// Selectors whose names a build has made up.
    pub(crate) generated: &'a [String],
}

impl Doubts<'_> {
    /// Each in a sentence or two, what is urgent first.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all = Vec::new();
        if self.ran_out {
            all.push(
                "more was there than there was time for, so not everything was tried: allow more \
                 (--time), or look at fewer pages (--pages)"
                    .to_owned(),
            );
        }
        self.about_leaks(&mut all);
        self.about_stories(&mut all);
        self.about_tiers(&mut all);
        self.about_the_rest(&mut all);
        all
    }

    fn about_leaks(&self, all: &mut Vec<String>) {
        for leak in self.leaks {
            let close = closing(&leak.path);
            match leak.becomes {
                Becomes::Open if leak.is_page => all.push(format!(
                    "{} still shows {} of withheld text. Name the element that holds it, too: \
                     [articles] body; unless it is a teaser that everybody may read",
                    leak.path,
                    counted(leak.behind, "paragraph")
                )),
                Becomes::Open => all.push(format!(
                    "{} still hands out {} of withheld text. Close it, unless readers need it: {close}",
                    leak.path,
                    counted(leak.behind, "paragraph")
                )),
                Becomes::Untried => all.push(format!(
                    "{} has withheld text in its first 4 MB, and is too large to be tried. Close it, \
                     unless readers need it: {close}",
                    leak.path
                )),
                Becomes::Cut | Becomes::Closed => {}
            }
        }
    }

    fn about_stories(&self, all: &mut Vec<String>) {
        let of = |fate| self.stories.iter().filter(move |story| story.fate == fate);
        if let Some(story) = of(Fate::NotCut).next() {
            all.push(format!(
                "not cut: {}, {} for one. Where that is a story, add the element that holds their \
                 text to [articles] body",
                counted(of(Fate::NotCut).count(), "page"),
                story.path
            ));
        }
        if let Some(story) = of(Fate::Refused).next() {
            all.push(format!(
                "not served at all: {}, {} for one; the log of `ludgate serve` says what is \
                 wrong with each",
                counted(of(Fate::Refused).count(), "page"),
                story.path
            ));
        }
        for (address, count) in self.shared {
            all.push(format!(
                "{count} stories say that they are at {address} (rel=\"canonical\"), so to the gate \
                 they are one: who has read the first has read them all. Let the site name the \
                 address of each"
            ));
        }
        for selector in self.generated {
            all.push(format!(
                "{selector} looks made up by a build of the site, and may be called otherwise after \
                 the next. Give the element a class of its own, such as story-body, and name that"
            ));
        }
        if let [list, ..] = self.lists {
            all.push(format!(
                "{list} shows stories' text and is no story; behind the gate it shows a beginning. If \
                 it is a list, say how such pages are known, so that no meter opens them: [articles] \
                 lists = [\".home\"]"
            ));
        }
        if let Some(paths) = self.paths() {
            all.push(format!(
                "all stories seen are under {paths}. To have a page there refused in which no text is \
                 found, as after a redesign: [articles] paths = [\"{paths}\"]"
            ));
        }
    }

    /// What all stories' paths begin with, and no other page's.
    fn paths(&self) -> Option<String> {
        let first = |page: &Looked| {
            let mut parts = page.place().split('/').skip(1);
            let first = parts.next()?.to_owned();
            parts.next().filter(|part| !part.is_empty())?;
            Some(first)
        };
        let pages = || self.trail.pages.iter();
        let mut stories = pages().filter(|page| page.is_story()).map(first);
        let common = stories.next()??;
        let all = stories.all(|one| one.as_ref() == Some(&common));
        let others = pages().filter(|page| !page.is_story());
        let alone = others.map(first).all(|one| one.as_ref() != Some(&common));
        let is_year = common.bytes().all(|byte| byte.is_ascii_digit());
        let several = self.stories.len() > 2;
        (all && alone && several && !is_year).then(|| format!("/{common}/**"))
    }

    fn about_tiers(&self, all: &mut Vec<String>) {
        let tiers = &self.proposal.tiers;
        if tiers.not_for_free > 0 && tiers.locked == 0 {
            all.push(format!(
                "{} by the structured data not for free (isAccessibleForFree), which the gate doesn't \
                 go by. Let the site name their tier, <meta property=\"article:content_tier\" \
                 content=\"locked\">, or make a rule for their section or tag",
                match tiers.not_for_free {
                    1 => "1 story is".to_owned(),
                    many => format!("{many} stories are"),
                }
            ));
        }
        if !tiers.sections.is_empty() || !tiers.tags.is_empty() {
            all.push(
                "the rules about sections and tags go by their names alone: check that they are for \
                 subscribers"
                    .to_owned(),
            );
        }
    }

    fn about_the_rest(&self, all: &mut Vec<String>) {
        let proposal = self.proposal;
        if proposal.subscribe.is_none() {
            all.push(
                "where subscriptions are sold: [links] subscribe = \"/subscribe/\"; without it, walls \
                 lead to /pages/subscribe"
                    .to_owned(),
            );
        }
        all.push(
            "the zone in which days and months begin: [publication] timezone, here a guess"
                .to_owned(),
        );
        if proposal.url == proposal.origin {
            all.push(format!(
                "another address of the site itself: once {} leads to the gate, [origin] url must \
                 still lead to the site",
                proposal.url
            ));
        }
        all.push(
            "what the site's own pages need that is neither a page nor a picture, style or script: \
             JSON is kept back unless [origin] open names its path. Begin with [gate] mode = \
             \"observe\", and the log says which"
                .to_owned(),
        );
    }
}

/// What closes an address: its path, or where that is the front page's the
/// parameter that makes it another.
fn closing(place: &str) -> String {
    match place.split_once('?') {
        Some(("/", query)) => {
            let parameter = query.split(['=', '&']).next().unwrap_or_default();
            format!("[origin] closed_query = [\"{parameter}\"]")
        }
        Some((path, _)) => format!("[origin] closed = [\"{path}\"]"),
        None => format!("[origin] closed = [\"{place}\"]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_closed_is_never_the_front_page() {
        for (place, expected) in [
            ("/data.json", "[origin] closed = [\"/data.json\"]"),
            ("/data?id=1", "[origin] closed = [\"/data\"]"),
            ("/?route=a&b=c", "[origin] closed_query = [\"route\"]"),
        ] {
            assert_eq!(closing(place), expected);
        }
    }
}
