//! Pictures: what kind they are, how large, and which prints are made of them.
//!
//! The size is written into pages so that nothing jumps while a picture
//! loads. Nothing here decodes or changes a picture.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use pictures::{Fingerprint, Form, Head, Kind, Matter, Negative, WIDTHS, nearest, widths};
use serde::{Deserialize, Serialize};

use super::drawing;
use super::error::Problem;
use super::files;

/// How wide, in pixels, the print is that browsers get which choose none
/// themselves: enough for any place but the largest.
const USUAL: u32 = 960;

const DRAWING: &str = "image/svg+xml";

/// A picture as it was handed in.
#[derive(Clone, Debug)]
pub(crate) struct PictureFile {
    original: Original,
    pub(crate) content_type: &'static str,
    /// In pixels, as it is seen.
    pub(crate) width: u32,
    /// In pixels, as it is seen.
    pub(crate) height: u32,
    pub(crate) fingerprint: Fingerprint,
    /// What prints are made of; `None` for a drawing that would look otherwise
    /// than in a browser.
    pub(crate) matter: Option<Matter>,
}

/// Where the file of a picture is.
#[derive(Clone, Debug)]
enum Original {
    Held(Bytes),
    /// It is read when it is asked for.
    At(Arc<Path>),
}

/// What is noted of a picture, to know it without looking into it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PictureNote {
    width: u32,
    height: u32,
    fingerprint: [u8; 8],
    matter: MatterNote,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum MatterNote {
    None,
    Drawing,
    Pixels { width: u32, is_opaque: bool },
}

impl PictureFile {
    /// What was noted of the file of that name, which is at `place`. `None` where
    /// the name is that of no picture.
    pub(crate) fn noted(name: &str, note: &PictureNote, place: Arc<Path>) -> Option<Self> {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let content_type = match extension {
            "svg" => DRAWING,
            other => Kind::named(other)?.media_type(),
        };
        Some(Self {
            original: Original::At(place),
            content_type,
            width: note.width,
            height: note.height,
            fingerprint: Fingerprint::from_bytes(note.fingerprint),
            matter: match note.matter {
                MatterNote::None => None,
                MatterNote::Drawing => Some(Matter::Drawing),
                MatterNote::Pixels { width, is_opaque } => {
                    Some(Matter::Pixels { width, is_opaque })
                }
            },
        })
    }

    /// What to note of it.
    pub(crate) fn note(&self) -> PictureNote {
        PictureNote {
            width: self.width,
            height: self.height,
            fingerprint: self.fingerprint.to_bytes(),
            matter: match self.matter {
                None => MatterNote::None,
                Some(Matter::Drawing) => MatterNote::Drawing,
                Some(Matter::Pixels { width, is_opaque }) => {
                    MatterNote::Pixels { width, is_opaque }
                }
            },
        }
    }

    /// The file as it was when it was looked into. One that has changed since isn't
    /// read: nobody has looked what it is now. May read from the disk.
    fn read(&self) -> io::Result<Bytes> {
        let place = match &self.original {
            Original::Held(bytes) => return Ok(bytes.clone()),
            Original::At(place) => place,
        };
        let bytes = files::read_within(place)?;
        if Fingerprint::of(&bytes) == self.fingerprint {
            Ok(bytes.into())
        } else {
            let gone = "the picture has changed";
            Err(io::Error::new(io::ErrorKind::NotFound, gone))
        }
    }

    /// Looks into the file of that name.
    pub(crate) fn open(name: &str, bytes: &Bytes) -> Result<Self, Problem> {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension == "svg" {
            return Self::drawing(bytes);
        }
        if Kind::named(extension).is_none() {
            let advice = "its name has no known ending".to_owned();
            return Err(Problem::BadPicture(advice));
        }
        let head = Head::read_named(extension, bytes)
            .map_err(|refusal| Problem::BadPicture(refusal.to_string()))?;
        Ok(Self {
            original: Original::Held(bytes.clone()),
            content_type: head.kind.media_type(),
            width: head.width,
            height: head.height,
            fingerprint: Fingerprint::of(bytes),
            matter: Some(Matter::Pixels {
                width: head.width,
                is_opaque: head.is_opaque,
            }),
        })
    }

    fn drawing(bytes: &Bytes) -> Result<Self, Problem> {
        let (width, height) = drawing::size(bytes)?;
        let renders = height / 3 <= width && pictures::renders(bytes).is_ok();
        Ok(Self {
            original: Original::Held(bytes.clone()),
            content_type: DRAWING,
            width,
            height,
            fingerprint: Fingerprint::of(bytes),
            matter: renders.then_some(Matter::Drawing),
        })
    }

    /// The picture without what isn't the picture. Each time anew: hardly anybody
    /// asks for more than prints of it.
    pub(crate) fn bare(&self) -> io::Result<Bytes> {
        let bytes = self.read()?;
        if self.content_type == DRAWING {
            return Ok(bytes);
        }
        Ok(match pictures::bare(&bytes) {
            Ok(Cow::Owned(bare)) => bare.into(),
            // What was sound when it was opened still is.
            Ok(Cow::Borrowed(_)) | Err(_) => bytes,
        })
    }

    /// What prints of the picture named `name` are made of.
    pub(crate) fn negative(&self, name: &str) -> Option<Negative> {
        let own = self.clone();
        Some(Negative {
            name: name.into(),
            fingerprint: self.fingerprint,
            matter: self.matter?,
            read: Arc::new(move || own.read()),
        })
    }

    /// Where the picture named `name` is for who chooses no print: a drawing
    /// itself, else a print that every browser knows.
    pub(crate) fn usual(&self, name: &str) -> String {
        match self.matter {
            Some(matter @ Matter::Pixels { width, .. }) => {
                self.print(name, nearest(width, USUAL), matter.fallback())
            }
            Some(Matter::Drawing) | None => format!("/pictures/{name}"),
        }
    }

    /// The prints to choose from, as `srcset` has them; `None` for a drawing.
    pub(crate) fn choice(&self, name: &str) -> Option<String> {
        let Some(Matter::Pixels { width, .. }) = self.matter else {
            return None;
        };
        let mut choice = String::with_capacity(WIDTHS.len() * (name.len() + 48));
        for width in widths(width) {
            if !choice.is_empty() {
                choice.push_str(", ");
            }
            let print = self.print(name, width, Form::Webp);
            // Writing to a string can't fail.
            let _ = write!(choice, "{print} {width}w");
        }
        Some(choice)
    }

    /// The print that networks show of a shared story: its address, width and
    /// height.
    pub(crate) fn shared(&self, name: &str) -> Option<(String, u32, u32)> {
        let (width, form) = self.matter?.shared();
        let height = pictures::scaled((self.width, self.height), width);
        Some((self.print(name, width, form), width, height))
    }

    /// The address of a print. It changes with the picture.
    pub(crate) fn print(&self, name: &str, width: u32, form: Form) -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (own, ending) = (self.fingerprint, form.kind().extension());
        format!("/pictures/{stem}.{own}.{width}.{ending}")
    }
}

/// What the name of a print says, as [`PictureFile::print`] writes it.
pub(crate) struct PrintName<'a> {
    pub(crate) stem: &'a str,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) width: u32,
    pub(crate) form: Form,
}

impl<'a> PrintName<'a> {
    pub(crate) fn parse(name: &'a str) -> Option<Self> {
        let mut parts = name.split('.');
        let name = Self {
            stem: parts.next()?,
            fingerprint: parts.next()?.parse().ok()?,
            width: parts.next()?.parse().ok()?,
            form: Form::of(parts.next()?)?,
        };
        parts.next().is_none().then_some(name)
    }
}
