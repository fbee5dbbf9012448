//! What pages bring along, under addresses that hold its hash, so that browsers
//! keep it for good.

use std::sync::LazyLock;

const BUNDLE: &[u8] = include_bytes!("../../../assets/shop/bundle.svg");
const CARD: &[u8] = include_bytes!("../../../assets/shop/card.js");

/// What keeps stories on the device, and the list of them.
const APP: &str = concat!(
    include_str!("../../../assets/app/kept.js"),
    include_str!("../../../assets/app/list.js"),
);

/// Each room's part of the one style sheet.
const STYLE: &str = concat!(
    include_str!("../../../assets/account/account.css"),
    include_str!("../../../assets/shop/shop.css"),
    include_str!("../../../assets/shop/offers.css"),
    include_str!("../../../assets/subscriptions/subscriptions.css"),
    include_str!("../../../assets/delivery/delivery.css"),
    include_str!("../../../assets/app/app.css"),
    include_str!("../../../assets/texts/texts.css"),
);

/// How many hexadecimal digits of the hash an address holds: 64 bits, of which
/// no two versions ever made will be the same.
const DIGITS: usize = 16;

/// Something that is served to everybody as it is.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its address, below the prefix.
    pub path: &'static str,
    /// What it is, as `Content-Type` says it.
    pub kind: &'static str,
    /// What it holds.
    pub content: &'static [u8],
}

/// All of them: whoever serves these pages serves these, too.
pub fn assets() -> [Asset; 4] {
    [*STYLE_SHEET, *PICTURE, *CARD_SCRIPT, *APP_SCRIPT]
}

/// The style sheet.
pub(crate) fn style() -> &'static Asset {
    &STYLE_SHEET
}

/// The picture of all that is sold: print, desktop, tablet, phone.
pub(crate) fn bundle() -> &'static Asset {
    &PICTURE
}

/// What enters cards by Stripe's script.
pub(crate) fn card_script() -> &'static Asset {
    &CARD_SCRIPT
}

/// What keeps stories on the device.
pub(crate) fn app_script() -> &'static Asset {
    &APP_SCRIPT
}

static PICTURE: LazyLock<Asset> = LazyLock::new(|| asset("bundle", "svg", "image/svg+xml", BUNDLE));

static CARD_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| asset("card", "js", "text/javascript; charset=utf-8", CARD));

static APP_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "app",
        "js",
        "text/javascript; charset=utf-8",
        APP.as_bytes(),
    )
});

static STYLE_SHEET: LazyLock<Asset> = LazyLock::new(|| {
    asset(
        "account",
        "css",
        "text/css; charset=utf-8",
        STYLE.as_bytes(),
    )
});

/// Its address is made once and kept as long as the program runs.
fn asset(name: &str, ending: &str, kind: &'static str, content: &'static [u8]) -> Asset {
    let hash = blake3::hash(content).to_hex();
    let path = format!("assets/{name}.{}.{ending}", &hash[..DIGITS]);
    Asset {
        path: Box::leak(path.into_boxed_str()),
        kind,
        content,
    }
}
