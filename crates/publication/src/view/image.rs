//! A picture on a page: what browsers choose from, and how much room it takes.

use serde::Serialize;

use super::markup::Markup;
use crate::content::{Catalogue, Picture};

/// A picture with its size.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Image {
    /// What every browser can show.
    src: Markup,
    /// What most browsers choose from, as `srcset` has it; `None` for a drawing,
    /// which is as sharp in any size.
    choice: Option<Markup>,
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
    width: u32,
    height: u32,
}

impl Image {
    /// `None` where the file isn't there, which loading has ruled out.
    pub(crate) fn of(catalogue: &Catalogue, picture: &Picture) -> Option<Self> {
        let (name, file) = (&picture.file, catalogue.pictures.get(&picture.file)?);
        Some(Self {
            src: Markup::url(&file.usual(name)),
            choice: file.choice(name).map(|choice| Markup::url(&choice)),
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
            width: file.width,
            height: file.height,
        })
    }
}

/// A picture for networks that show a story.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Shared {
    /// With the publication's own address before it.
    pub(crate) url: Markup,
    pub(crate) width: u32,
    pub(crate) height: u32,
    alt: String,
}

impl Shared {
    /// `None` where there is nothing that networks can show.
    pub(crate) fn of(catalogue: &Catalogue, url: &str, picture: &Picture) -> Option<Self> {
        let name = &picture.file;
        let (path, width, height) = catalogue.pictures.get(name)?.shared(name)?;
        Some(Self {
            url: Markup::url(&format!("{url}{path}")),
            width,
            height,
            alt: picture.alt.clone(),
        })
    }
}
