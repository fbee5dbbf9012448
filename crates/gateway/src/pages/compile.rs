//! From the HTML of an answer to what is sent of it.

use std::sync::Arc;

use access::StoryId;
use http::{HeaderName, StatusCode, header};
use page::{CompileError, CompiledPage, Kind};

use super::NoPage;
use super::answer::Whole;
use super::plans::{Key, Planned, Plans};
use super::stored::{Content, StoryPage};
use super::tales;
use crate::media;
use crate::policy::Articles;

/// HTML that is to be compiled, and by what.
pub(super) struct Work<'a> {
    pub(super) path: &'a str,
    /// What the story is called if its page doesn't say.
    pub(super) id: &'a str,
    pub(super) response: &'a Whole,
    pub(super) articles: &'a Articles,
    /// The number of the policy that the articles are of.
    pub(super) policy: u64,
    /// Whether nothing is kept back, and only said that it would be.
    pub(super) observes: bool,
    pub(super) plans: &'a Plans,
}

impl Work<'_> {
    /// The compiled page with the story on it, and the names of the headers
    /// around it that repeat what is locked.
    pub(super) fn content(&self) -> Result<(Content, Vec<HeaderName>), NoPage> {
        let (path, observes) = (self.path, self.observes);
        let (compiled, repeating) = self.compiled().map_err(|error| {
            tracing::error!(
                path, %error, observes,
                "the page can't be taken apart safely, so it is kept back"
            );
            NoPage::Unreadable
        })?;
        let paths = &self.articles.paths;
        let must = self.response.status == StatusCode::OK
            && paths.iter().any(|pattern| pattern.matches(path));
        if must && compiled.kind() != Kind::Story {
            tracing::error!(
                path,
                observes,
                "the page should hold a story, but [articles] body matches nothing in it, \
                 so it is kept back"
            );
            return Err(NoPage::StoryMissing);
        }
        let story = (compiled.kind() == Kind::Story).then(|| Arc::new(StoryPage::of(&compiled)));
        Ok((Content::Html(Arc::new(compiled), story), repeating))
    }

    /// By the plan of the first time, where it is still there.
    fn compiled(&self) -> Result<(CompiledPage, Vec<HeaderName>), CompileError> {
        let line = self.response.headers.get(header::CONTENT_TYPE);
        let line = line.and_then(|line| line.to_str().ok()).unwrap_or_default();
        let charset = media::charset(line);
        let body = &self.response.body;
        let said = tales::said(&self.response.headers);
        let around: Vec<&str> = said.iter().map(|(_, value)| value.as_str()).collect();
        // Short ones are others each time, and say little.
        let long = around.iter().copied().filter(|value| tales::is_long(value));
        let key = Key::new(body, self.policy, charset, self.id, long);
        if let Some(planned) = self.plans.find(&key) {
            let compiled = planned.plan.compile(body, charset)?;
            return Ok((compiled, planned.repeating.clone()));
        }
        let (id, options) = (StoryId::new(self.id), &self.articles.compile);
        let (compiled, plan) = page::compile_and_plan(body, charset, id, &around, options)?;
        let names = plan.repeating().iter();
        let repeating: Vec<HeaderName> = names
            .filter_map(|number| Some(said.get(*number)?.0.clone()))
            .collect();
        let names = repeating.clone();
        self.plans.keep(key, Planned { plan, repeating });
        Ok((compiled, names))
    }
}
