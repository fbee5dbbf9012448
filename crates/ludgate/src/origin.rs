//! Where pages come from: the built-in publication, or the servers of a foreign
//! site, as an origin of the gate. Joins crates that know nothing of each other.

use std::path::PathBuf;
use std::sync::Arc;

use gateway::{Fetching, Origin, OriginBody, OriginError, OriginRequest, OriginResponse};
use http::StatusCode;
use http_body_util::BodyExt;
use prompts::Messages;
use publication::{Aids, ContentErrors, Publication, Settings, Source};
use upstream::Upstream;

use crate::newspaper::Newspaper;
use crate::world;

/// Where a publication is loaded from, so that it can be loaded again.
#[derive(Clone, Debug)]
pub(crate) struct Loader {
    pub(crate) source: Source,
    pub(crate) settings: Settings,
    pub(crate) theme: Option<PathBuf>,
}

impl Loader {
    pub(crate) fn load(
        &self,
        messages: Arc<Messages>,
        aids: Aids<'_>,
    ) -> Result<Publication, ContentErrors> {
        Publication::load_with(
            &self.source,
            self.settings.clone(),
            self.theme.as_deref(),
            messages,
            aids,
        )
    }
}

/// Where the pages of a configuration come from.
#[derive(Clone)]
pub(crate) enum Pages {
    /// From the built-in publication.
    Publication(Arc<Newspaper>),
    /// From a foreign site.
    Site(Arc<Upstream>),
}

impl Pages {
    /// The built-in publication as it is now, where it is one.
    pub(crate) fn publication(&self) -> Option<Arc<Publication>> {
        self.newspaper().map(|paper| paper.edition())
    }

    /// The built-in publication, whose content may be exchanged.
    pub(crate) fn newspaper(&self) -> Option<&Arc<Newspaper>> {
        match self {
            Self::Publication(paper) => Some(paper),
            Self::Site(_) => None,
        }
    }

    /// The foreign site, where it is one.
    pub(crate) fn site(&self) -> Option<&Arc<Upstream>> {
        match self {
            Self::Publication(_) => None,
            Self::Site(upstream) => Some(upstream),
        }
    }
}

impl Origin for Pages {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            match self {
                Self::Publication(paper) => paper.answer(request).await,
                Self::Site(upstream) => ask(upstream, request).await,
            }
        })
    }
}

async fn ask(
    upstream: &Upstream,
    request: OriginRequest<'_>,
) -> Result<OriginResponse, OriginError> {
    let target = match request.query {
        None => request.path.to_owned(),
        Some(query) => format!("{}?{query}", request.path),
    };
    let body = request.body.map_or_else(upstream::empty, |body| {
        body.map_err(upstream::BodyError::Broken).boxed_unsync()
    });
    let mut asked = http::Request::new(body);
    *asked.method_mut() = request.method;
    *asked.uri_mut() = target.parse().map_err(error)?;
    *asked.headers_mut() = request.headers;
    let mut response = upstream
        .send(asked, world::elapsed())
        .await
        .map_err(error)?;
    let switches = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    let upgrade = switches.then(|| hyper::upgrade::on(&mut response));
    let (head, body) = response.into_parts();
    let body = match body.whole() {
        Ok(bytes) => OriginBody::Whole(bytes),
        Err(body) => OriginBody::Stream(body.map_err(Into::into).boxed_unsync()),
    };
    Ok(OriginResponse {
        status: head.status,
        headers: head.headers,
        body,
        upgrade,
    })
}

fn error(error: impl std::fmt::Display) -> OriginError {
    OriginError(error.to_string())
}
