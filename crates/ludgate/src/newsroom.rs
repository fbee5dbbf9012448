//! The built-in publication as programs ask for it. Joins crates that know nothing of
//! each other.

use std::sync::Arc;

use api::{Doing, Hit, Listed, Listing, Lists, Newsroom, NotSearched, Search, wire};
use gateway::{NotTold, Whom};
use jiff::{SignedDuration, Timestamp};
use publication::{FoundStory, FoundText, ListingEntry, Of, Publication, Story, Wish};

use crate::newspaper::{Newspaper, NotDone};
use crate::texts::{NotFound, Texts, Wanted};

/// Where stories are: in the built-in publication, or in another content system.
pub(crate) struct Stand {
    paper: Option<Arc<Newspaper>>,
    texts: Arc<Texts>,
}

impl Stand {
    /// Of that publication, if it is the built-in one.
    pub(crate) fn new(paper: Option<Arc<Newspaper>>, texts: Arc<Texts>) -> Self {
        Self { paper, texts }
    }

    async fn found(
        &self,
        search: &Search<'_>,
        whom: Whom<'_>,
        now: Timestamp,
    ) -> Result<Vec<Hit>, NotFound> {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let wanted = Wanted {
            words: search.words.to_owned(),
            chosen: [
                own(search.section),
                own(search.topic),
                own(search.author),
                None,
            ],
            newest: false,
            from: search.from,
            most: search.most,
        };
        let hit = |paper: &Publication, found: &FoundText<'_>| Hit {
            story: listed(paper, found.story).story,
            excerpt: found.quotation(),
        };
        let found = self.texts.find(whom, &wanted, now, hit).await?;
        if found.count == 0 && !found.complete {
            return Err(NotFound::Busy);
        }
        Ok(found.shown)
    }
}

impl Newsroom for Stand {
    fn lists(&self) -> Option<Arc<dyn Lists>> {
        let paper = self.paper.as_ref()?;
        Some(Arc::new(Shelves {
            edition: paper.edition(),
            paper: Arc::clone(paper),
        }))
    }

    fn find_in_texts<'a>(
        &'a self,
        search: &'a Search<'a>,
        whom: Whom<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>> {
        Box::pin(async move {
            let found = self.found(search, whom, now).await;
            found.map_err(|why| match why {
                NotFound::Elsewhere => NotSearched::NoSuchScope,
                NotFound::NotEntitled => NotSearched::NotEntitled,
                NotFound::NotTold(NotTold::Token) => NotSearched::Token,
                NotFound::TooOften(seconds) => NotSearched::Often(seconds),
                NotFound::Busy | NotFound::NotTold(_) => NotSearched::NotYet,
                NotFound::Index(_) | NotFound::Broken(_) => {
                    tracing::error!(error = %why, "whole texts can't be searched");
                    NotSearched::NotYet
                }
            })
        })
    }
}

/// An edition's lists.
struct Shelves {
    edition: Arc<Publication>,
    paper: Arc<Newspaper>,
}

impl Lists for Shelves {
    fn sections(&self) -> Vec<wire::Section> {
        let section = |entry: publication::SectionEntry<'_>| wire::Section {
            id: entry.id.to_owned(),
            name: entry.name.to_owned(),
            standfirst: entry.standfirst.map(str::to_owned),
            path: format!("/sections/{}", entry.id),
        };
        self.edition.section_entries().map(section).collect()
    }

    fn topics(&self, after: Option<&str>, most: usize, now: Timestamp) -> Vec<wire::Heading> {
        let entries = self.edition.topic_entries(now);
        part(entries, after, most).map(heading).collect()
    }

    fn authors(&self, after: Option<&str>, most: usize, now: Timestamp) -> Vec<wire::Heading> {
        let entries = self.edition.author_entries(now);
        part(entries, after, most).map(heading).collect()
    }

    fn stories(&self, listing: &Listing<'_>, now: Timestamp) -> Vec<Listed> {
        // The shortest list that all of them are in.
        let of = match (listing.author, listing.topic, listing.section) {
            (Some(author), ..) => Of::Author(author),
            (None, Some(topic), _) => Of::Topic(topic),
            (None, None, Some(section)) => Of::Section(section),
            (None, None, None) => Of::All,
        };
        let is_after = |story: &Story| match &listing.after {
            None => true,
            Some(after) => {
                let at = story.published;
                at < after.at || (at == after.at && story.slug.as_str() > after.id.as_str())
            }
        };
        let fits = |story: &&Story| {
            let is_in = |wanted: Option<&str>, own: &str| wanted.is_none_or(|id| id == own);
            let has = |wanted: Option<&str>, own: Vec<String>| {
                wanted.is_none_or(|id| own.iter().any(|one| one == id))
            };
            is_after(story)
                && is_in(listing.section, story.section.as_str())
                && is_in(listing.tier, story.tier.as_str())
                && (listing.topic.is_none() || has(listing.topic, story.topic_ids()))
                && (listing.author.is_none() || has(listing.author, story.author_ids()))
                && listing
                    .language
                    .is_none_or(|wanted| self.is_in(story, wanted))
        };
        let from = listing.from.unwrap_or(Timestamp::MIN);
        // Those of the same moment may come after it.
        let here = listing.after.as_ref().map(|after| {
            let moment = SignedDuration::from_micros(1);
            after.at.saturating_add(moment).unwrap_or(Timestamp::MAX)
        });
        let ends = [listing.until, here, Some(Timestamp::MAX)];
        let until = ends.into_iter().flatten().min();
        let between = (from, until.unwrap_or(Timestamp::MAX));
        let stories = self.edition.listed(of, between, now);
        let stories = stories.filter(fits).take(listing.most);
        stories.map(|story| listed(&self.edition, story)).collect()
    }

    fn story(&self, id: &str, now: Timestamp) -> Option<Listed> {
        self.edition
            .story_out(id, now)
            .map(|story| listed(&self.edition, story))
    }

    fn find<'a>(
        &'a self,
        search: &'a Search<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>> {
        Box::pin(async move {
            let own = |text: Option<&str>| text.map(str::to_owned);
            let words = search.words.to_owned();
            let (section, topic, author) =
                (own(search.section), own(search.topic), own(search.author));
            let (from, most) = (search.from, search.most);
            let edition = Arc::clone(&self.edition);
            let finding = self.paper.search(move || {
                let wish = Wish {
                    words: &words,
                    section: section.as_deref(),
                    topic: topic.as_deref(),
                    author: author.as_deref(),
                    from,
                    most,
                };
                found(&edition, &wish, now)
            });
            match finding.await {
                Ok(found) => found.ok_or(NotSearched::NotYet),
                Err(NotDone::Busy) => Err(NotSearched::NotYet),
                Err(NotDone::Broken(error)) => {
                    tracing::error!(%error, "a program's search broke off");
                    Err(NotSearched::NotYet)
                }
            }
        })
    }
}

/// What is found in what everybody may read; `None` until there is an index.
fn found(edition: &Publication, wish: &Wish<'_>, now: Timestamp) -> Option<Vec<Hit>> {
    let hit = |found: FoundStory<'_>| Hit {
        story: listed(edition, found.story).story,
        excerpt: found.excerpt,
    };
    let found = edition.found(wish, now)?;
    Some(found.into_iter().map(hit).collect())
}

fn heading(entry: ListingEntry<'_>) -> wire::Heading {
    wire::Heading {
        id: entry.id.to_owned(),
        name: entry.name.to_owned(),
        stories: entry.stories,
        path: entry.path,
    }
}

impl Shelves {
    /// Whether the story is written in that language, or a kind of it.
    fn is_in(&self, story: &Story, wanted: &str) -> bool {
        let own = self.edition.language_of(story);
        let is_same = own.eq_ignore_ascii_case(wanted);
        let is_kind = own.len() > wanted.len()
            && own
                .get(..wanted.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
            && own.as_bytes().get(wanted.len()) == Some(&b'-');
        is_same || is_kind
    }
}

/// What everybody may know of a story.
fn listed(paper: &Publication, story: &Story) -> Listed {
    let picture = story.picture.as_ref().map(|picture| wire::Picture {
        path: format!("/pictures/{}", picture.file),
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        credit: picture.credit.clone(),
    });
    let commission = |one: &publication::Commission| wire::Commission {
        by: one.in_a_sentence(),
        note: one.note.clone(),
    };
    let correction = |one: &publication::Correction| wire::Correction {
        date: one.date.to_string(),
        text: one.text.clone(),
    };
    Listed {
        published: story.published,
        story: wire::Story {
            id: story.slug.to_string(),
            path: story.path(),
            title: story.title.clone(),
            standfirst: story.standfirst.clone(),
            label: story.label.clone(),
            section: story.section.to_string(),
            topics: story.topic_ids(),
            authors: story.byline.clone(),
            language: paper.language_of(story),
            published: story.published.to_string(),
            updated: story.updated.map(|at| at.to_string()),
            tier: story.tier.as_str().to_owned(),
            sponsor: story
                .sponsor
                .as_ref()
                .map(|one| one.name.as_str().to_owned()),
            commission: story.sponsor.as_ref().map(commission),
            picture,
            corrections: story.corrections.iter().map(correction).collect(),
        },
    }
}

/// Those that have stories, after one of them.
fn part<'a>(
    entries: impl Iterator<Item = ListingEntry<'a>>,
    after: Option<&str>,
    most: usize,
) -> impl Iterator<Item = ListingEntry<'a>> {
    let is_after = move |entry: &ListingEntry<'_>| after.is_none_or(|after| entry.id > after);
    let entries = entries.filter(|entry| entry.stories > 0);
    entries.filter(is_after).take(most)
}
