//! How stories lie in the index.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::document::{Document, Facet, key};
use crate::language::Language;
use crate::token::Cutter;

/// Goes up whenever what is below changes, or how words are cut: an index of
/// another number is made anew.
pub(crate) const FORMAT: u32 = 1;

/// What words are searched in, with what finding one there is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Zone {
    Headline,
    Labels,
    Byline,
    Standfirst,
    Text,
}

impl Zone {
    pub(crate) const ALL: [Self; 5] = [
        Self::Headline,
        Self::Labels,
        Self::Byline,
        Self::Standfirst,
        Self::Text,
    ];

    /// What a word is worth there.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Self::Headline => 8.0,
            Self::Labels => 5.0,
            Self::Byline => 4.0,
            Self::Standfirst => 2.5,
            Self::Text => 1.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Labels => "labels",
            Self::Byline => "byline",
            Self::Standfirst => "standfirst",
            Self::Text => "text",
        }
    }
}

/// The schema with its fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    zones: [Field; 5],
    facets: [Field; 4],
    /// The key of the id, by which a story is replaced.
    pub(crate) key: Field,
    fingerprint: Field,
    published: Field,
    language: Field,
    id: Field,
    /// What excerpts are made of: headline, standfirst and text.
    kept: Field,
}

/// What an index keeps besides the words by which stories are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// What excerpts are made of.
    Excerpts,
    /// Nothing: whoever asks has the texts.
    Nothing,
}

/// What is kept of a story to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) language: Language,
    pub(crate) headline: String,
    pub(crate) standfirst: String,
    pub(crate) text: String,
}

impl Fields {
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        // Terms come ready made; the name of a tokeniser is asked for anyway.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing);
        let zones = Zone::ALL.map(|zone| schema.add_text_field(zone.name(), words.clone()));
        let column = TextOptions::default().set_fast("raw");
        let facets = Facet::ALL.map(|facet| schema.add_text_field(facet.column(), column.clone()));
        Self {
            zones,
            facets,
            key: schema.add_u64_field("key", INDEXED | FAST),
            fingerprint: schema.add_u64_field("fingerprint", FAST),
            published: schema.add_i64_field("published", FAST),
            language: schema.add_text_field("language", column.set_stored()),
            id: schema.add_text_field("id", STORED),
            kept: schema.add_text_field("kept", STORED),
            schema: schema.build(),
        }
    }

    pub(crate) fn zone(&self, zone: Zone) -> Field {
        let [headline, labels, byline, standfirst, text] = self.zones;
        match zone {
            Zone::Headline => headline,
            Zone::Labels => labels,
            Zone::Byline => byline,
            Zone::Standfirst => standfirst,
            Zone::Text => text,
        }
    }

    /// A story as it goes into the index; what excerpts are made of goes with it only
    /// where the index `keeps` that.
    pub(crate) fn write(
        &self,
        story: &Document,
        keeps: Keeps,
        cutter: &mut Cutter,
    ) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        let one = |text: &String| std::slice::from_ref(text).to_vec();
        let texts = [
            one(&story.headline),
            story.labels.clone(),
            story.byline.clone(),
            one(&story.standfirst),
            one(&story.text),
        ];
        for (field, texts) in self.zones.iter().zip(texts) {
            for text in texts {
                let terms = cutter.terms(&text, story.language).into_iter();
                let tokens = terms.map(|placed| Token {
                    position: placed.position,
                    text: placed.term,
                    ..Token::default()
                });
                let terms = PreTokenizedString {
                    text: String::new(),
                    tokens: tokens.collect(),
                };
                out.add_pre_tokenized_text(*field, terms);
            }
        }
        for (field, values) in self.facets.iter().zip(&story.facets) {
            for value in values {
                out.add_text(*field, value);
            }
        }
        out.add_u64(self.key, key(&story.id));
        out.add_u64(self.fingerprint, story.fingerprint.0);
        out.add_i64(self.published, story.published.0);
        out.add_text(self.language, story.language.name());
        out.add_text(self.id, &story.id);
        if keeps == Keeps::Excerpts {
            for text in [&story.headline, &story.standfirst, &story.text] {
                out.add_text(self.kept, text);
            }
        }
        out
    }

    /// What is kept of a story.
    pub(crate) fn read(&self, document: &TantivyDocument) -> Kept {
        let mut kept = document
            .get_all(self.kept)
            .filter_map(|value| value.as_str());
        let mut next = || kept.next().unwrap_or_default().to_owned();
        let text = |field| {
            let value = document.get_first(field);
            value.and_then(|value| value.as_str()).unwrap_or_default()
        };
        Kept {
            id: text(self.id).to_owned(),
            language: Language::named(text(self.language)),
            headline: next(),
            standfirst: next(),
            text: next(),
        }
    }
}
