//! Asking the origin, and making a page of what it answers.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use http::{HeaderMap, Method, StatusCode, Uri, header};
use tokio::sync::OwnedSemaphorePermit;

use super::Pages;
use super::finding::{Finding, Found, NoPage};
use super::make::{Made, Making};
use super::stored::{Page, Stamp};
use super::{confirm, tales};
use crate::forward;
use crate::head::Fields;
use crate::origin::{OriginRequest, OriginResponse};
use crate::policy::addressed;
use crate::site::Site;
use crate::target::Target;

impl Pages {
    /// The page as it would be at `how.now`, which need not be the present:
    /// nothing of it is kept, so that asking about tomorrow shows nobody
    /// tomorrow's paper.
    pub(crate) async fn look(
        &self,
        target: &Target<'_>,
        how: Finding<'_>,
    ) -> Result<Arc<Page>, NoPage> {
        match self
            .alone(target, &Fields::default(), how, how.stamp())
            .await?
        {
            Found::Page(page) => Ok(page),
            Found::Streams(_) => Err(NoPage::Closed),
        }
    }

    pub(super) async fn fetch(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        old: Option<&Page>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Made, NoPage> {
        let asked = how.site.map(|site| forward::for_everybody(site, fields));
        let ask = async |headers| {
            let request = OriginRequest {
                headers,
                ..OriginRequest::get(target.path(), target.query(), how.now)
            };
            how.ask(request).await
        };
        let response = match &asked {
            None => ask(HeaderMap::new()).await?,
            Some(asked) => {
                let question = conditional(asked, old, how);
                let question = question.as_ref().unwrap_or(asked);
                match ask(question.clone()).await? {
                    answer if is_answer(question, &answer, old, how) => answer,
                    _ => whole(target, ask(asked.clone()).await?)?,
                }
            }
        };
        if is_failing(response.status) && old.is_some() && how.site.is_some() {
            tracing::warn!(path = target.path(), status = %response.status, "the origin fails");
            return Err(NoPage::Origin);
        }
        let permit = self.permit().await?;
        let making = Making {
            target,
            how,
            stamp,
            shelf: &self.shelf,
            plans: &self.plans,
            claims: &self.claims,
            workshop: &self.workshop,
            old,
            asked: asked.as_ref(),
            held: OnceLock::new(),
            is_quieted: AtomicBool::new(false),
            permit,
        };
        match how.site {
            None => making.of_ours(response).await,
            Some(site) => making.of_theirs(site, response).await,
        }
    }

    /// What the origin answers to one reader, whose own `request` this is:
    /// nothing of it is kept for others.
    pub(crate) async fn exchange(
        &self,
        target: &Target<'_>,
        request: OriginRequest<'_>,
        how: Finding<'_>,
    ) -> Result<Made, NoPage> {
        let is_change = !matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let has_asked = [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE]
            .iter()
            .any(|condition| request.headers.contains_key(condition));
        let mut response = how.ask(request).await?;
        if !has_asked {
            response = whole(target, response)?;
        }
        if is_change && (response.status.is_success() || response.status.is_redirection()) {
            // RFC 9111, 4.4: what was changed isn't shown as it was before.
            self.has_changed(target);
            for other in named(&response.headers, how.site) {
                if let Ok(other) = addressed(
                    how.articles,
                    how.site.map(|s| &**s),
                    other.path(),
                    other.query(),
                ) {
                    self.has_changed(&other);
                }
            }
        }
        let making = Making {
            target,
            how,
            stamp: how.stamp(),
            shelf: &self.shelf,
            plans: &self.plans,
            claims: &self.claims,
            workshop: &self.workshop,
            old: None,
            asked: None,
            held: OnceLock::new(),
            is_quieted: AtomicBool::new(false),
            permit: self.permit().await?,
        };
        match how.site {
            None => making.of_ours(response).await,
            Some(site) => making.of_theirs(site, response).await,
        }
    }

    async fn permit(&self) -> Result<Arc<OwnedSemaphorePermit>, NoPage> {
        let permit = Arc::clone(&self.fetches).acquire_owned().await;
        permit.map(Arc::new).map_err(|_| NoPage::Busy)
    }
}

/// The request's headers, asking only whether `old` is still the same where
/// that is worth asking.
fn conditional(asked: &HeaderMap, old: Option<&Page>, how: Finding<'_>) -> Option<HeaderMap> {
    let said = old
        .filter(|old| old.cut_by == how.policy)
        .and_then(|old| old.freshness.said());
    said.map(|said| confirm::question(asked, said))
}

/// Whether the origin says that it can't answer just now (RFC 5861, 4).
fn is_failing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 503 | 504)
}

/// Whether the answer can be used as it is. A 304 can't that is no answer to
/// `question`; nor one that says so much anew beside a story that it could repeat
/// it: for that it has to be compared with the text, which isn't kept as it came.
fn is_answer(
    question: &HeaderMap,
    answer: &OriginResponse,
    old: Option<&Page>,
    how: Finding<'_>,
) -> bool {
    if answer.status != StatusCode::NOT_MODIFIED {
        return true;
    }
    let story = old.filter(|old| old.story().is_some() && !how.observes);
    let says_much = story.is_some_and(|old| tales::say_much_anew(&answer.headers, &old.head));
    confirm::answers(question, &answer.headers) && !says_much
}

/// The answer to a request without conditions, which can't be that nothing has
/// changed.
fn whole(target: &Target<'_>, answer: OriginResponse) -> Result<OriginResponse, NoPage> {
    if answer.status != StatusCode::NOT_MODIFIED {
        return Ok(answer);
    }
    tracing::error!(
        path = target.path(),
        "the site says that the page hasn't changed (304), which nobody asked, instead of sending it"
    );
    Err(NoPage::Origin)
}

/// The other pages of the site that the answer to a change says it is about
/// (RFC 9111, 4.4): two at most, and of no other host.
fn named(headers: &HeaderMap, site: Option<&Arc<Site>>) -> Vec<Uri> {
    let names = [header::LOCATION, header::CONTENT_LOCATION];
    let uris = names.iter().filter_map(|name| {
        let uri: Uri = headers.get(name)?.to_str().ok()?.parse().ok()?;
        let host = site?.host.to_str().ok()?;
        let is_ours = uri.authority().is_none_or(|own| own.as_str() == host);
        (is_ours && uri.path().starts_with('/')).then_some(uri)
    });
    uris.collect()
}
