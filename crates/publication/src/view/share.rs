//! Where a story can be shared: plain links, which tell nobody anything until
//! they are followed.

use serde::Serialize;

use super::markup::{Markup, percent};
use crate::content::Story;

/// The addresses.
#[derive(Serialize)]
pub(crate) struct Share {
    facebook: Markup,
    linkedin: Markup,
    x: Markup,
    mail: Markup,
}

impl Share {
    pub(crate) fn of(story: &Story, url: &str) -> Self {
        let (page, title) = (
            percent(&format!("{url}{}", story.path())),
            percent(&story.title),
        );
        let words = percent(&format!("{}\n\n{url}{}", story.standfirst, story.path()));
        Self {
            facebook: Markup::url(&format!(
                "https://www.facebook.com/sharer/sharer.php?u={page}"
            )),
            linkedin: Markup::url(&format!(
                "https://www.linkedin.com/sharing/share-offsite/?url={page}"
            )),
            x: Markup::url(&format!(
                "https://x.com/intent/post?url={page}&text={title}"
            )),
            mail: Markup::url(&format!("mailto:?subject={title}&body={words}")),
        }
    }
}
