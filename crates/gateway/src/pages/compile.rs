//! From the HTML of an answer to what is sent of it.

use std::sync::Arc;

use access::StoryId;
use http::{StatusCode, header};
use page::{CompileError, CompiledPage, Kind};

use super::NoPage;
use super::answer::Whole;
use super::plans::{Key, Plans};
use super::stored::{Content, StoryPage};
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
    /// The compiled page, and the story on it.
    pub(super) fn content(&self) -> Result<Content, NoPage> {
        let (path, observes) = (self.path, self.observes);
        let compiled = self.compiled().map_err(|error| {
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
        Ok(Content::Html(Arc::new(compiled), story))
    }

    /// By the plan of the first time, where it is still there.
    fn compiled(&self) -> Result<CompiledPage, CompileError> {
        let line = self.response.headers.get(header::CONTENT_TYPE);
        let line = line.and_then(|line| line.to_str().ok()).unwrap_or_default();
        let charset = media::charset(line);
        let body = &self.response.body;
        let key = Key::new(body, self.policy, charset, self.id);
        if let Some(plan) = self.plans.find(&key) {
            return plan.compile(body, charset);
        }
        let (id, options) = (StoryId::new(self.id), &self.articles.compile);
        let (compiled, plan) = page::compile_and_plan(body, charset, id, options)?;
        self.plans.keep(key, plan);
        Ok(compiled)
    }
}
