//! What is said about gift links: as a page, or to a script as JSON.

use access::Minute;
use http::{HeaderValue, Response, StatusCode, header};
use jiff::civil::Date;
use prompts::{GiftPage, GiftSays, GiftTerms, Locale};

use super::Gifts;
use crate::body::Body;
use crate::head::{Fields, Head};
use crate::pages::html;
use crate::policy::Policy;
use crate::reception;
use crate::respond::{plain, refusal};
use crate::slots;

/// The page for one reader.
pub(crate) struct Page<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) gifts: Gifts,
    pub(crate) request: &'a Head<'a>,
    /// How many stories the reader may still give in this month; `None` for who
    /// may give none.
    pub(crate) left: Option<u16>,
    /// When the next month begins.
    pub(crate) renews: Minute,
}

impl Page<'_> {
    pub(crate) fn answer(&self, status: StatusCode, says: &GiftSays) -> Response<Body> {
        let mut response = if wants_json(&self.request.fields) {
            let json = HeaderValue::from_static("application/json");
            plain(status, json, self.data(says).to_string())
        } else {
            self.words(status, says)
        };
        let headers = response.headers_mut();
        reception::guard(headers);
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        response
    }

    fn words(&self, status: StatusCode, says: &GiftSays) -> Response<Body> {
        let parts = &self.policy.parts;
        let english = Locale::english();
        let place = slots::locale(self.policy, &self.request.fields, None);
        let locale = place.among(&parts.locales).unwrap_or(&english);
        let Gifts {
            a_month,
            days,
            browsers,
        } = self.gifts;
        let page = GiftPage {
            says: says.clone(),
            terms: GiftTerms {
                a_month,
                days,
                browsers,
            },
            left: self.left.map(|left| (left, self.day(self.renews))),
            action: format!("{}gift", parts.prefix),
            style: parts
                .articles
                .compile
                .style_href
                .clone()
                .unwrap_or_default(),
            looks: parts.looks.as_deref().map(str::to_owned),
        };
        match parts.prompts.gift_page(&page, locale) {
            Ok(page) => plain(status, html(), page),
            Err(error) => {
                tracing::error!(%error, "the page of gift links can't be rendered");
                refusal(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "This page can’t be shown just now",
                    "Please try again in a moment.",
                )
            }
        }
    }

    fn data(&self, says: &GiftSays) -> serde_json::Value {
        let (link, until) = match says {
            GiftSays::Made { link, until } => (Some(link), Some(until.to_string())),
            GiftSays::OpenToAll { address } => (Some(address), None),
            GiftSays::UsedUp { until } => (None, Some(until.to_string())),
            _ => (None, None),
        };
        serde_json::json!({
            "says": says.as_str(),
            "link": link,
            "until": until,
            "left": self.left,
            "limit": self.gifts.a_month,
            "renews": self.day(self.renews).to_string(),
        })
    }

    fn day(&self, minute: Minute) -> Date {
        let zone = self.policy.parts.rules.zone().clone();
        minute.timestamp().to_zoned_datetime(zone).date()
    }
}

/// Whether a script asks: browsers don't accept JSON by that name.
fn wants_json(fields: &Fields<'_>) -> bool {
    let accept = fields.text(&header::ACCEPT).unwrap_or_default();
    accept
        .split([',', ';'])
        .any(|one| one.trim().eq_ignore_ascii_case("application/json"))
}
