//! What a publication says of itself.

use bytes::Bytes;
use commerce::delivery::Schedule;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use prompts::Locale;

use crate::app::ICONS;
use crate::oauth::App;

/// What a publication says of itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// Its origin, without a slash at the end: `https://review.example`. Links
    /// and cookies come from here, never from `Host`.
    pub site: String,
    /// Below what these pages are: `/-/`.
    pub prefix: String,
    /// The address of a style sheet with its colours and letters.
    pub looks: Option<String>,
    /// Its locales, the default first.
    pub locales: Vec<Locale>,
    /// Its zone, that days are told in.
    pub zone: TimeZone,
    /// How long a device stays signed in.
    pub session: SignedDuration,
    /// How many devices an account may be signed in on; those that weren't seen
    /// for longest give way.
    pub devices: usize,
    /// Whether readers are asked whether they want the publication's newsletter.
    pub newsletter: bool,
    /// Whether subscribers may give stories to others. The gate sees to it.
    pub gift_links: bool,
    /// The publication's own app; `None` where there is none.
    pub app: Option<OwnApp>,
    /// Which programs readers may let in.
    pub apps: Vec<App>,
    /// When print is delivered; `None` where nothing is printed.
    pub print: Option<Schedule>,
    /// Where Stripe's own script is, for those who are paid by Stripe.
    pub stripe: StripeScript,
}

/// The publication's own app.
#[derive(Clone, Debug)]
pub struct OwnApp {
    /// For how long stories may be kept on a device, from the last time that it asked.
    pub lease: SignedDuration,
    /// The pictures of [`ICONS`](crate::ICONS), in their order.
    pub icons: [Bytes; ICONS.len()],
    /// The colour of the paper in daylight, as `#` and hexadecimal digits.
    pub paper: String,
}

/// Where Stripe's own script is, or that of a server that speaks as it does.
#[derive(Clone, Debug)]
pub struct StripeScript {
    /// Its address.
    pub script: String,
    /// The origins that it is from, shows frames of and talks to, with spaces
    /// between them, as `Content-Security-Policy` has them.
    pub origins: String,
}

impl Default for StripeScript {
    /// Stripe itself: what its documentation says a policy has to allow.
    fn default() -> Self {
        Self {
            script: "https://js.stripe.com/v3/".to_owned(),
            origins: "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com \
                      https://api.stripe.com"
                .to_owned(),
        }
    }
}
