//! Finding a site's stories: by its feeds, its maps and the links on its front
//! page, as far as robots.txt lets a stranger go.

use std::collections::HashSet;

use anyhow::{Result, anyhow};
use page::outline::Outline;

use super::doors::Door;
use super::home::Home;
use super::listing::{Kind, Listing};
use super::nothing::Nothing;
use super::pages::{self, Looked, Sort};
use super::robots::Robots;
use super::visitor::{Answer, Visitor};

/// Feeds read: a site's own, and perhaps those of its largest sections.
const FEEDS: usize = 4;

/// Maps read, those of maps included.
const MAPS: usize = 5;

/// Where feeds are, where no page says it.
const FEED_GUESSES: [&str; 5] = ["/feed/", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml"];

/// Where maps are likewise.
const MAP_GUESSES: [&str; 2] = ["/sitemap.xml", "/wp-sitemap.xml"];

/// Names of maps with stories in them.
const STORY_MAPS: [&str; 5] = ["post", "article", "news", "stor", "content"];

/// What no page is called.
const FILES: [&str; 18] = [
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".pdf", ".zip", ".gz", ".mp3",
    ".mp4", ".css", ".js", ".json", ".xml", ".txt", ".rss",
];

/// Of how many pages one is looked at for being no story.
const CONTRAST: usize = 5;

/// What robots.txt keeps from us is named up to here.
const LEFT_OUT: usize = 20;

/// What was found.
pub(crate) struct Trail {
    pub(crate) pages: Vec<Looked>,
    pub(crate) feeds: Vec<Answer>,
    pub(crate) robots: Robots,
    /// Left out as robots.txt asks.
    pub(crate) left_out: Vec<String>,
    seen: HashSet<String>,
}

/// A page to look at, and whether a feed says that it is a story.
type Candidate = (String, bool);

impl Trail {
    /// Follows the links of a site from `start`, and looks at up to `limit`
    /// pages.
    pub(crate) async fn follow(visitor: &mut Visitor, start: &str, limit: usize) -> Result<Self> {
        let robots = match visitor.get("/robots.txt").await {
            Ok(answer) if answer.status.is_success() && !answer.is_html() => {
                Robots::parse(&answer.text())
            }
            Ok(_) | Err(Nothing::BrokeOff(_) | Nothing::Circle | Nothing::Elsewhere(_)) => {
                Robots::default()
            }
            Err(nothing) => return Err(nothing.about(visitor.home())),
        };
        let mut trail = Self {
            pages: Vec::new(),
            feeds: Vec::new(),
            robots,
            left_out: Vec::new(),
            seen: HashSet::new(),
        };
        trail.first(visitor, start).await?;
        if start != "/" {
            trail.look(visitor, ("/".to_owned(), false)).await;
        }
        let feeds = trail.read_feeds(visitor).await;
        let maps = trail.read_maps(visitor).await;
        for candidate in trail.candidates(visitor.home(), feeds, maps, limit) {
            if trail.pages.len() >= limit || !trail.look(visitor, candidate).await {
                break;
            }
        }
        pages::settle(&mut trail.pages);
        Ok(trail)
    }

    /// The page that the site was asked for.
    async fn first(&mut self, visitor: &mut Visitor, start: &str) -> Result<()> {
        let home = visitor.home().to_string();
        let answer = visitor.get(start).await;
        let answer = answer.map_err(|nothing| nothing.about(visitor.home()))?;
        let status = answer.status;
        let page = match status.as_u16() {
            200..=299 if !answer.is_html() => Err(anyhow!(
                "{home}{start} is {}, and no page; name the site's front page, or a story",
                answer.media()
            )),
            200..=299 => Looked::at(answer, start != "/").ok_or_else(|| {
                anyhow!("{home}{start} can't be taken apart; is it larger than 4 MB, or broken?")
            }),
            401 | 403 => Err(anyhow!(
                "{home} keeps strangers out ({status}); let this machine in, or probe the address \
                 where the site itself listens"
            )),
            404 | 410 => Err(anyhow!(
                "{home}{start} isn't there ({status}); name a page that is"
            )),
            429 => Err(anyhow!(
                "{home} is asked too much already ({status}); try again later"
            )),
            _ => Err(anyhow!(
                "{home} doesn't work just now ({status}); try again when it does"
            )),
        }?;
        if let Some(url) = own_address(&page.outline) {
            visitor.believe(url);
        }
        self.seen
            .extend([start.to_owned(), page.place().to_owned()]);
        self.pages.push(page);
        Ok(())
    }

    /// Looks at a page; false once there is no time for more.
    async fn look(&mut self, visitor: &mut Visitor, (place, expected): Candidate) -> bool {
        if !self.may(&place) {
            return true;
        }
        match visitor.get(&place).await {
            Ok(answer) => {
                let is_new = answer.place == place || self.seen.insert(answer.place.clone());
                self.pages
                    .extend(Looked::at(answer, expected).filter(|_| is_new));
                true
            }
            Err(Nothing::Enough) => false,
            Err(_) => true,
        }
    }

    /// Whether a place may be asked for, and hasn't been.
    fn may(&mut self, place: &str) -> bool {
        if self.robots.allow(place) {
            return self.seen.insert(place.to_owned());
        }
        if self.left_out.len() < LEFT_OUT && !self.left_out.iter().any(|one| one == place) {
            self.left_out.push(place.to_owned());
        }
        false
    }

    /// Asks for another door, unless robots.txt or a former asking is against it.
    /// A page that was looked at already is none.
    pub(crate) async fn try_door(&mut self, visitor: &mut Visitor, door: &Door) -> Option<Answer> {
        let place = visitor.home().place("/", &door.link)?;
        if !self.may(&place) {
            return None;
        }
        let answer = visitor.get(&place).await.ok()?;
        let is_new = answer.place == place || self.seen.insert(answer.place.clone());
        let is_known = || {
            self.pages
                .iter()
                .any(|page| page.answer.body == answer.body)
        };
        (answer.status.is_success() && is_new && !is_known()).then_some(answer)
    }

    /// The stories that the site's feeds name.
    async fn read_feeds(&mut self, visitor: &mut Visitor) -> Vec<String> {
        let said = self.pages.iter().flat_map(|page| &page.outline.links);
        let is_feed = |media: &str| {
            media.contains("rss") || media.contains("atom") || media.contains("feed+json")
        };
        let said = said.filter(|link| link.rel.contains("alternate") && is_feed(&link.media));
        let said = said.filter_map(|link| visitor.home().place("/", &link.href));
        let said: Vec<String> = said.take(FEEDS).collect();
        let is_known = !said.is_empty();
        let guesses = FEED_GUESSES.map(ToOwned::to_owned).to_vec();
        let mut stories = Vec::new();
        for place in if is_known { said } else { guesses } {
            let Some((listing, answer)) = self.read_list(visitor, &place).await else {
                continue;
            };
            if listing.kind == Kind::Feed {
                stories.extend(listing.links);
                self.feeds.push(answer);
                if !is_known {
                    break;
                }
            }
        }
        stories
    }

    /// The pages that the site's maps name.
    async fn read_maps(&mut self, visitor: &mut Visitor) -> Vec<String> {
        let said = self.robots.maps.iter();
        let said = said.filter_map(|map| visitor.home().place("/", map));
        let mut open: Vec<String> = said.collect();
        if open.is_empty() {
            open = MAP_GUESSES.map(ToOwned::to_owned).to_vec();
        }
        let mut pages = Vec::new();
        let mut read = 0;
        while let Some(place) = (!open.is_empty()).then(|| open.remove(0)) {
            let Some((listing, _)) = self.read_list(visitor, &place).await else {
                continue;
            };
            match listing.kind {
                Kind::Maps => {
                    let home = visitor.home();
                    let inner = listing.links.iter();
                    let inner = inner.filter_map(|link| home.place(&place, link));
                    let mut inner: Vec<String> = inner.collect();
                    inner.sort_by_key(|map| !STORY_MAPS.iter().any(|name| map.contains(name)));
                    open.splice(0..0, inner.into_iter().take(MAPS));
                }
                Kind::Map => pages.extend(listing.links),
                Kind::Feed => {}
            }
            read += 1;
            if read >= MAPS {
                break;
            }
        }
        pages
    }

    async fn read_list(&mut self, visitor: &mut Visitor, place: &str) -> Option<(Listing, Answer)> {
        if !self.may(place) {
            return None;
        }
        let answer = visitor.get(place).await.ok()?;
        if !answer.status.is_success() || answer.is_html() {
            return None;
        }
        Some((Listing::parse(&answer.text())?, answer))
    }

    /// The pages to look at, in their order: from each source by turns, with a
    /// few that are hardly stories in between.
    fn candidates(
        &self,
        home: &Home,
        feeds: Vec<String>,
        maps: Vec<String>,
        limit: usize,
    ) -> Vec<Candidate> {
        let here = |links: Vec<String>| -> Vec<String> {
            let places = links.iter().filter_map(|link| home.place("/", link));
            places.filter(|place| is_page(place)).collect()
        };
        let anchors = self.pages.iter().flat_map(|page| {
            let anchors = page.outline.anchors.iter();
            anchors.filter_map(|link| home.place(page.place(), link))
        });
        let (slugs, short): (Vec<String>, Vec<String>) = anchors
            .filter(|place| is_page(place))
            .partition(|place| pages::is_slug(place));
        let maps = spread(here(maps), limit);
        let mut sources = [here(feeds), maps, slugs].map(Vec::into_iter);
        let mut short = short.into_iter();
        let mut candidates: Vec<Candidate> = Vec::new();
        // Some can't be looked at, so there are more than are needed.
        while candidates.len() < limit * 4 {
            let before = candidates.len();
            for (number, source) in sources.iter_mut().enumerate() {
                candidates.extend(source.next().map(|place| (place, number == 0)));
            }
            if before % CONTRAST < 3 || candidates.len() == before {
                candidates.extend(short.next().map(|place| (place, false)));
            }
            if candidates.len() == before {
                break;
            }
        }
        candidates
    }

    /// Why there is nothing to propose, where no story was found.
    pub(crate) fn nothing(&self, home: &Home) -> anyhow::Error {
        let empty = self.pages.iter().find(|page| page.sort == Sort::Empty);
        let bare = self
            .pages
            .iter()
            .find(|page| page.outline.words == 0 && page.outline.scripts > 0);
        match empty.or(bare) {
            Some(page) => anyhow!(
                "the text of {home}{} isn't in the HTML ({} words are): scripts put it there. \
                 Ludgate can only withhold what the site sends as HTML; have the site send its pages \
                 with their text (server-side rendering), and probe again",
                page.place(),
                page.outline.words
            ),
            None => anyhow!(
                "no stories were found among {} pages of {home}; name one: ludgate probe \
                 {home}/a-story",
                self.pages.len()
            ),
        }
    }
}

/// What a page says is its own address.
fn own_address(outline: &Outline) -> Option<&str> {
    let canonical = outline.links.iter().find(|link| link.rel == "canonical");
    canonical
        .map(|link| link.href.as_str())
        .or_else(|| outline.meta("og:url"))
}

fn is_page(place: &str) -> bool {
    let path = place
        .split('?')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    !FILES.iter().any(|end| path.ends_with(end)) && !path.starts_with("/wp-admin")
}

/// So many of a list, from all over it.
fn spread(list: Vec<String>, most: usize) -> Vec<String> {
    let step = list.len().div_ceil(most.max(1)).max(1);
    list.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_no_pages() {
        assert!(is_page("/a.b/c") && !is_page("/a.JPG?x=1"));
    }

    #[test]
    fn a_long_list_is_looked_at_all_over() {
        let list: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        assert_eq!(spread(list.clone(), 4), ["0", "25", "50", "75"]);
        assert_eq!(spread(list, 1000).len(), 100);
    }
}
