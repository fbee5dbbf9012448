//! The publication's own app: how long it keeps stories, and its icons, which are made
//! of the paper's name and the colours of its theme.

use anyhow::{Context, Result};
use bytes::Bytes;
use jiff::SignedDuration;
use pictures::{Cut, Emblem};
use publication::Colours;
use web::{ICONS, OwnApp, Purpose};

use crate::assemble::Appearance;
use crate::config::Config;

/// The app, where the publication has one. The stories of another content system aren't
/// in lists that could be saved from.
pub(super) fn own_app(config: &Config, appearance: &Appearance) -> Result<Option<OwnApp>> {
    let Some(lease) = config.app.filter(|_| config.has_own_app()) else {
        return Ok(None);
    };
    let looks = appearance.looks.as_ref();
    let colours = looks.map(|looks| looks.colours.clone()).unwrap_or_default();
    Ok(Some(OwnApp {
        lease: SignedDuration::try_from(lease)?,
        icons: icons(&config.name, &colours)?,
        paper: colours.paper().to_owned(),
    }))
}

fn icons(name: &str, colours: &Colours) -> Result<[Bytes; ICONS.len()]> {
    let emblem = Emblem::of(name, colours.tints());
    let mut drawn = [const { Bytes::new() }; ICONS.len()];
    for (drawn, icon) in drawn.iter_mut().zip(&ICONS) {
        let cut = match icon.purpose {
            Purpose::Any => Cut::Square,
            Purpose::Maskable => Cut::Any,
            Purpose::Monochrome => Cut::Outline,
        };
        let png = emblem.png(cut, icon.side);
        *drawn = png.context("an icon of the app can't be drawn")?.into();
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn_and_another_theme_has_others() {
        let usual = icons("The Ludgate Review", &Colours::default()).expect("icons");
        for (icon, png) in ICONS.iter().zip(&usual) {
            // The width and the height of a PNG (its specification, 11.2.2).
            let side = u32::from(icon.side).to_be_bytes();
            assert!(png.starts_with(b"\x89PNG"), "{}", icon.path);
            assert_eq!((&png[16..20], &png[20..24]), (&side[..], &side[..]));
        }
        let night = Colours::of(b":root { --night: #400 }");
        let other = icons("The Ludgate Review", &night).expect("icons");
        assert_ne!(usual[0], other[0]);
        assert_eq!(usual[3], other[3], "an outline has no ground");
    }
}
