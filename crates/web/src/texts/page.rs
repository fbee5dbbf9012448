//! The page on which whole texts are searched.

use http::StatusCode;

use super::asked::{Asked, FACETS, LONGEST, PER_PAGE};
use super::view::{Choice, Hit, Narrow, Search, Standing, Turn};
use crate::gate::{FoundTexts, NotSearched, Sender};
use crate::limits::TooOften;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;

impl Pages {
    pub(super) async fn text_search(&self, visit: &Visit<'_>) -> Answer {
        let Sender::SignedIn { account, .. } = visit.sender else {
            return Ok(self.to_sign_in(visit));
        };
        let asked = Asked::read(&visit.request.asked());
        let wish = asked.wish();
        let found = self.gate.search_texts(&wish, account, visit.request.now);
        let (standing, found) = match found.await {
            Ok(found) => (Standing::Holds, found),
            Err(NotSearched::NotEntitled) => (Standing::Lacks, FoundTexts::default()),
            Err(NotSearched::Elsewhere) => {
                return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
            }
            Err(NotSearched::Busy) => return Err(Fault::Busy),
            Err(NotSearched::TooOften(wait)) => return Err(TooOften { wait }.into()),
            Err(NotSearched::Broken(error)) => {
                tracing::error!(error, "whole texts can't be searched");
                return Err(Fault::Busy);
            }
        };
        let pages = found.count.div_ceil(PER_PAGE).max(1);
        if asked.page >= pages && standing == Standing::Holds {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        }
        let page = self.text_page(&asked, standing, found, pages);
        self.show(visit, StatusCode::OK, &page)
    }

    fn text_page(
        &self,
        asked: &Asked,
        standing: Standing,
        found: FoundTexts,
        pages: usize,
    ) -> Search {
        let shown = |story| Hit::of(story, &self.settings.zone);
        Search {
            standing,
            sells: self.billing.is_some(),
            query: asked.words.clone(),
            longest: LONGEST,
            asked: !asked.words.is_empty(),
            narrows: narrows(asked, &found),
            is_narrow: asked.chosen.iter().any(Option::is_some),
            count: found.count,
            instead: found.instead,
            incomplete: !found.complete && standing == Standing::Holds,
            stories: found.stories.into_iter().map(shown).collect(),
            newest: asked.newest,
            other_order: asked.ordered(!asked.newest).query(),
            turn: (pages > 1).then(|| Turn {
                page: asked.page + 1,
                pages,
                before: (asked.page > 0).then(|| asked.at(asked.page - 1).query()),
                after: (asked.page + 1 < pages).then(|| asked.at(asked.page + 1).query()),
            }),
        }
    }
}

/// By what the results can be narrowed down, or are.
fn narrows(asked: &Asked, found: &FoundTexts) -> Vec<Narrow> {
    let facets = FACETS.iter().zip(&found.values).zip(&asked.chosen);
    let narrows = facets.enumerate().map(|(place, ((of, values), chosen))| {
        let mut all: Vec<Choice> = values
            .iter()
            .map(|value| Choice {
                name: value.name.clone(),
                stories: value.stories,
                query: asked.toggled(place, &value.id).query(),
                chosen: chosen.as_ref() == Some(&value.id),
            })
            .collect();
        // What is chosen can be left out again, whatever is found.
        if let Some(chosen) = chosen
            && !all.iter().any(|choice| choice.chosen)
        {
            all.push(Choice {
                name: chosen.clone(),
                stories: 0,
                query: asked.toggled(place, chosen).query(),
                chosen: true,
            });
        }
        Narrow { of, values: all }
    });
    // Of one value alone, all stories are.
    narrows
        .filter(|narrow| narrow.values.len() > 1 || narrow.values.iter().any(|one| one.chosen))
        .collect()
}
