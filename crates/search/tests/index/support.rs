//! Small indexes for tests.

use ludgate_search::{
    Answer, Document, Facet, Fingerprint, Index, Language, Order, Query, Request, Second, Synced,
    Wanted,
};

pub(crate) const DAY: i64 = 86_400;

/// When questions are asked.
pub(crate) const NOW: Second = Second(1_000 * DAY);

/// A story that appeared on the day before [`NOW`].
pub(crate) fn story(id: &str, headline: &str) -> Document {
    Document {
        id: id.to_owned(),
        fingerprint: Fingerprint(1),
        language: Language::English,
        headline: headline.to_owned(),
        standfirst: String::new(),
        labels: Vec::new(),
        byline: Vec::new(),
        text: String::new(),
        published: Second(NOW.0 - DAY),
        facets: Default::default(),
    }
}

pub(crate) trait With: Sized {
    fn saying(self, text: &str) -> Self;
    fn standfirst(self, text: &str) -> Self;
    fn by(self, name: &str) -> Self;
    fn about(self, topic: &str) -> Self;
    fn within(self, section: &str, year: &str) -> Self;
    fn language(self, language: Language) -> Self;
    fn days_ago(self, days: i64) -> Self;
}

impl With for Document {
    fn saying(self, text: &str) -> Self {
        let text = text.to_owned();
        Self { text, ..self }
    }

    fn standfirst(self, text: &str) -> Self {
        let standfirst = text.to_owned();
        Self { standfirst, ..self }
    }

    fn by(mut self, name: &str) -> Self {
        self.byline.push(name.to_owned());
        self.facets[Facet::Author.place()].push(name.to_lowercase().replace(' ', "-"));
        self
    }

    fn about(mut self, topic: &str) -> Self {
        self.labels.push(topic.to_owned());
        self.facets[Facet::Topic.place()].push(topic.to_lowercase().replace(' ', "-"));
        self
    }

    fn within(mut self, section: &str, year: &str) -> Self {
        self.facets[Facet::Section.place()].push(section.to_owned());
        self.facets[Facet::Year.place()].push(year.to_owned());
        self
    }

    fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    fn days_ago(self, days: i64) -> Self {
        let published = Second(NOW.0 - days * DAY);
        Self { published, ..self }
    }
}

/// Makes the index hold these.
pub(crate) fn sync(index: &Index, stories: &[Document], now: Second) -> Synced {
    let wanted: Vec<Wanted<'_>> = stories
        .iter()
        .map(|story| Wanted {
            id: &story.id,
            fingerprint: story.fingerprint,
            published: story.published,
        })
        .collect();
    let mut fetch = |id: &str| stories.iter().find(|story| story.id == id).cloned();
    index.sync(&wanted, now, &mut fetch, &|| true).unwrap()
}

/// An index in memory that holds these.
pub(crate) fn index(stories: &[Document]) -> Index {
    let index = Index::new(None);
    sync(&index, stories, NOW);
    index
}

pub(crate) fn request(query: &str) -> Request {
    Request {
        query: Query::parse(query),
        filters: ludgate_search::Filters::default(),
        order: Order::Best,
        skip: 0,
        show: 10,
        now: NOW,
    }
}

pub(crate) fn ask(index: &Index, query: &str) -> Answer {
    index.search(&request(query)).unwrap()
}

/// The ids of what is found, the best first.
pub(crate) fn found(index: &Index, query: &str) -> Vec<String> {
    let answer = ask(index, query);
    let ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(answer.count, ids.len(), "{query}");
    ids
}

/// Everything of an answer that anybody could see.
pub(crate) fn visible(index: &Index, query: &str) -> String {
    let answer = ask(index, query);
    let suggestions = index.suggest(&Query::parse(query), NOW).unwrap();
    format!("{answer:?} {suggestions:?}")
}
