//! What is sold, as it is written: keys and their shapes.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::config::values::{Many, When as Date};

type Text = Spanned<String>;
type Texts = Spanned<Many>;

/// By their names.
pub(in crate::config) type Products = BTreeMap<Text, Product>;

/// By their names.
pub(in crate::config) type Plans = BTreeMap<Text, Plan>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Product {
    pub(super) grants: Texts,
    #[serde(default)]
    pub(super) one_story: bool,
    #[serde(default)]
    pub(super) delivered: bool,
    pub(super) tax: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Plan {
    pub(super) product: Text,
    pub(super) price: Texts,
    pub(super) every: Option<Text>,
    pub(super) lasts: Option<Text>,
    pub(super) seats: Option<Seats>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seats {
    pub(super) least: u32,
    pub(super) most: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Offer {
    pub(super) id: Text,
    pub(super) plan: Text,
    #[serde(default)]
    pub(super) phases: Vec<Spanned<Phase>>,
    pub(super) starts: Option<Spanned<Date>>,
    pub(super) ends: Option<Spanned<Date>>,
    #[serde(rename = "for")]
    pub(super) audience: Option<Text>,
    pub(super) code: Option<Text>,
    #[serde(default)]
    pub(super) uses: Uses,
    #[serde(default)]
    pub(super) payment_method: bool,
    #[serde(default)]
    pub(super) gift: bool,
}

/// A trial, which has a length only, or an introductory price.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phase {
    pub(super) trial: Option<Text>,
    pub(super) price: Option<Texts>,
    pub(super) lasts: Option<Text>,
    #[serde(default = "once")]
    pub(super) times: u16,
}

fn once() -> u16 {
    1
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Uses {
    pub(super) total: Option<u32>,
    pub(super) per_account: Option<u32>,
}

/// What new agreements say about failures and changes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Terms {
    pub(super) grace_days: Option<u16>,
    pub(super) retry_days: Option<Vec<u16>>,
    pub(super) withdrawal_days: Option<u16>,
    pub(super) withdrawal_refund: Option<Text>,
    pub(super) longest_pause_days: Option<u16>,
    pub(super) price_rise_notice_days: Option<u16>,
    pub(super) price_rise_silence: Option<Text>,
    pub(super) trial_reminder_days: Option<Vec<u16>>,
    pub(super) renewal_reminder_days: Option<Vec<u16>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Tax {
    pub(super) seller: Option<Text>,
    pub(super) prices: Option<Text>,
    #[serde(default)]
    pub(super) reverse_charge: Vec<Text>,
    #[serde(default)]
    pub(super) rates: Vec<Spanned<Levy>>,
}

impl Tax {
    /// Where the publisher is established.
    pub(in crate::config) fn seller(&self) -> Option<&Text> {
        self.seller.as_ref()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Levy {
    pub(super) country: Text,
    pub(super) class: Option<Text>,
    pub(super) from: Option<Spanned<Date>>,
    pub(super) rate: Text,
}

/// Who issues invoices.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct Invoices {
    pub(super) name: Option<Text>,
    #[serde(default)]
    pub(super) address: Vec<Text>,
    pub(super) vat_id: Option<Text>,
    pub(super) prefix: Option<Text>,
    pub(super) credit_prefix: Option<Text>,
}
