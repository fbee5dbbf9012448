//! Which story is at a place, for whoever sells stories one by one.

use access::{StoryId, Tier};

use crate::gate::{Gate, finding};
use crate::target::Target;

impl Gate {
    /// The story at a place of this site, a path with perhaps a query; `None`
    /// where there is none, where it is a list of several, and where it is
    /// open to everybody as it is.
    pub async fn story_at(&self, place: &str) -> Option<StoryId> {
        let (number, policy) = self.policy();
        let (path, query) = match place.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (place, None),
        };
        let target = Target::new(path, query, &policy.parts.articles.query).ok()?;
        let how = finding(&policy, number, (self.world().now)());
        let page = self.pages().look(&target, how).await.ok()?;
        let (_, story) = page.story().filter(|_| page.status.is_success())?;
        let is_sold = !story.is_list && story.story.tier != Tier::Free;
        is_sold.then(|| story.story.id.clone())
    }
}
